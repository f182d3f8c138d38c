"""The descent as one function call, for notebooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import Any

from gdsim.core.data.dataset import Dataset
from gdsim.core.run.choices import choose
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
) -> Trace:
    """Descend to the end and return every step.

    Parameters
    ----------
    loss : the key of a function or of a learning task, or a formula such as
        ``"(x - 1)^2 + y^2"``.
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
    descent = Descent(experiment)
    while descent.ending is None and not descent.is_full:
        descent.advance(max_steps)
    return descent.trace
