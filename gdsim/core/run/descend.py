"""The descent as one function call, for notebooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import Any

from gdsim.core.catalogue.typed_choice import read_choice
from gdsim.core.data.csv_dialect import DialectChoices
from gdsim.core.data.csv_preview import preview_csv
from gdsim.core.data.dataset import Dataset
from gdsim.core.data.table_files import source_of
from gdsim.core.formula.notation import canonical_name
from gdsim.core.run.choices import choose
from gdsim.core.run.choices import standardise as standardised
from gdsim.core.run.dataset_source import check_is_formula, table_from
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import DEFAULT_MAX_STEPS
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.run.trace import Trace


def descend(
    loss: str,
    *,
    start: Sequence[float] | float | None = None,
    eta: float | str | None = None,
    optimizer: str | None = None,
    rule: str | None = None,
    hyperparameters: Mapping[str, float] | None = None,
    parameters: Sequence[str] | None = None,
    stop: StopRule | str = StopRule.STEP,
    epsilon: float | None = None,
    max_steps: int = DEFAULT_MAX_STEPS,
    seed: int = 0,
    data: Dataset | Mapping[str, Any] | str | PathLike[str] | None = None,
    prediction: str | None = None,
    batch: int | None = None,
    constants: Mapping[str, float] | None = None,
    standardise: bool = False,
) -> Trace:
    """Descend to the end and return every step.

    Parameters
    ----------
    loss : the key of a function or of a learning task, or a formula such as
        ``"(x - 1)^2 + y^2"``. Formulas are read as people type them: ``"2xy"`` is 2·x·y.
    start : (d,), one number a parameter, or a number alone where there is one parameter; by default
        the catalogue's own, zeros for a formula.
    eta : the learning rate, a number or a formula of ``t``.
    optimizer : a key of the catalogue: ``gradient-descent``, ``momentum``, ``adam`` …; by default
        the task's own, else gradient descent.
    rule : an optimizer of one's own, such as ``"v = beta*v + g; theta = theta - eta*v"``; names
        that it reads before it assigns them are 0 before the first update.
    hyperparameters : values that replace the optimizer's own, or those that the rule needs.
    parameters : the order of the formula's parameters; by default sorted by name.
    stop : a :class:`gdsim.core.run.stop_rules.StopRule` or its key, such as ``"gradient"``.
    epsilon : the tolerance of the stop rule.
    max_steps : the most updates that are made.
    seed : decides which rows make up a batch.
    data : rows to learn from: a data set, columns of numbers by name, or the path of a CSV file.
        The loss is then the mean of ``loss`` over the rows, in which ``prediction`` and the
        columns may be named.
    prediction : the model, a formula over columns and parameters.
    batch : rows an update, shuffled anew each epoch; by default the task's own, else all.
    constants : the values of names in the formulas that are no parameters, such as
        ``{"lambda": 0.1}``.
    standardise : whether each column x is replaced by (x − mean)/deviation first, all but a target
        of two classes. The parameters are then those of the standardised columns.

    Returns
    -------
    Trace : its rows are the states before each update, the last row is the result; ``ending``
        says how it ended, and is None where the trace has taken all the memory that it may.

    Raises
    ------
    Problem : one sentence that says what is wrong and where.

    Examples
    --------
    >>> trace = descend("(theta - 3)^2", start=[0.0], eta=0.1)
    >>> float(trace.theta()[2, 0])
    1.08
    >>> rows = {"x": [1, 2, 3], "y": [2, 3, 4]}
    >>> trace = descend("(prediction - y)^2", data=rows, prediction="a*x", eta=0.1)
    >>> float(trace.theta()[1, 0])
    1.3333333333333335
    """
    loss, prediction, data = _as_typed(loss, prediction, data, constants or {}, parameters or ())
    experiment = choose(
        loss,
        optimizer=optimizer,
        rule=rule,
        hyperparameters=hyperparameters,
        parameters=parameters,
        start=start,
        eta=eta,
        stop=stop,
        epsilon=epsilon,
        max_steps=max_steps,
        seed=seed,
        data=data,
        prediction=prediction,
        batch=batch,
        constants=constants,
    )
    descent = Descent(standardised(experiment) if standardise else experiment)
    while descent.ending is None and not descent.is_full:
        descent.advance(max_steps)
    return descent.trace


def _as_typed(
    loss: str,
    prediction: str | None,
    data: Dataset | Mapping[str, Any] | str | PathLike[str] | None,
    constants: Mapping[str, float],
    parameters: Sequence[str],
) -> tuple[str, str | None, Dataset | Mapping[str, Any] | None]:
    """The formulas in the notation, and the data, from which a path is read.

    What is of a wrong type stays as it is, and is refused by :func:`choose`.
    """
    if not isinstance(loss, str) or not isinstance(prediction, str | None):
        return loss, prediction, data
    if data is not None:
        check_is_formula(loss)
    names = [canonical_name(name) for name in constants]
    whole = [canonical_name(name) for name in parameters]
    if isinstance(data, str | PathLike):
        preview = preview_csv(source_of(data), DialectChoices())
        columns = [column.name for column in preview.columns]
        texts = read_choice(loss, prediction, columns, names, whole).texts
        return *texts, table_from(preview, *texts, names).dataset()
    known: list[str] | None = None
    if isinstance(data, Dataset):
        known = list(data.names)
    elif isinstance(data, Mapping):
        known = [canonical_name(name) for name in data]
    elif data is not None:
        return loss, prediction, data
    return *read_choice(loss, prediction, known, names, whole).texts, data
