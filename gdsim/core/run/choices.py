"""An experiment from a user's choices: keys of the catalogue, formulas and numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from typing import Any

import numpy as np

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import tasks
from gdsim.core.catalogue.typed_rule import read_rule
from gdsim.core.data.dataset import Dataset
from gdsim.core.data.standardise import standardised_for_learning
from gdsim.core.formula.expression import FUNCTIONS
from gdsim.core.formula.names import GREEK_LETTERS
from gdsim.core.formula.notation import canonical_name
from gdsim.core.formula.tokens import shortened
from gdsim.core.loss.objectives import objective
from gdsim.core.loss.proposed_start import own_start
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.optimizer.schedule import Schedule
from gdsim.core.problem import Problem
from gdsim.core.run.dataset_source import dataset_of
from gdsim.core.run.experiment import (
    DEFAULT_EPSILON,
    DEFAULT_ETA,
    DEFAULT_MAX_STEPS,
    Experiment,
    RuleText,
    ScheduleText,
    build_value,
    create,
)
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.run.typed_schedule import read_schedule


def choose(
    loss: str,
    *,
    optimizer: str | None = None,
    rule: str | None = None,
    hyperparameters: Mapping[str, float] | None = None,
    parameters: Sequence[str] | None = None,
    start: Sequence[float] | float | None = None,
    eta: float | str | None = None,
    stop: StopRule | str = StopRule.STEP,
    epsilon: float | None = None,
    max_steps: int = DEFAULT_MAX_STEPS,
    seed: int = 0,
    data: Dataset | Mapping[str, Any] | str | PathLike[str] | None = None,
    prediction: str | None = None,
    batch: int | None = None,
    constants: Mapping[str, float] | None = None,
) -> Experiment:
    """An experiment from a user's choices.

    Parameters
    ----------
    loss : the key of a function or of a learning task, or a formula.
    optimizer : a key of the catalogue; by default the task's own, else gradient descent.
    rule : an optimizer of one's own, as :func:`gdsim.core.catalogue.typed_rule.read_rule` reads
        it; ``optimizer`` then only has the numbers that are not given.
    hyperparameters : values that replace the optimizer's own, and the schedule's constants.
    start : by default the function's or the task's own; for a formula zeros, or where these have
        no slope, what :func:`gdsim.core.loss.proposed_start.own_start` proposes.
    eta : a number, the key of a schedule, or a formula of t, as
        :func:`gdsim.core.run.typed_schedule.read_schedule` reads it; by default the function's own,
        0.1 for a formula.
    epsilon : by default the function's own, else 1e-6.
    data : rows to learn from: a data set, columns of numbers by name, or the path of a CSV file, of
        which the columns that the formulas read are taken, and rows that lack a number left out.
        The loss is then that of a row, over the columns and ``prediction``.
    prediction : the model, a formula over columns and parameters.
    batch : rows an update; by default the task's own, else all.
    constants : the values of names in the formulas that are not learned.

    Raises
    ------
    Problem : one sentence.
    """
    if not isinstance(loss, str):
        raise Problem("the loss is given as text: a key of the catalogue or a formula")
    given = {canonical_name(name): _plain(value) for name, value in (constants or {}).items()}
    own = _own_choices(loss.strip(), parameters, data, prediction, _plain(seed), given)
    schedule, others = _schedule(own.eta if eta is None else eta, own.eta, hyperparameters or {})
    return create(
        loss=own.loss,
        parameters=own.parameters,
        start=own.start if start is None else _point(start),
        rule=(
            rule_of(own.optimizer if optimizer is None else optimizer, others)
            if rule is None
            else _own_rule(rule, others, optimizer)
        ),
        schedule=schedule,
        stop=_stop_rule(stop),
        epsilon=_plain(epsilon) if epsilon is not None else own.epsilon or DEFAULT_EPSILON,
        max_steps=_plain(max_steps),
        seed=_plain(seed),
        data=own.data,
        prediction=own.prediction,
        batch=own.batch if batch is None else _plain(batch),
        constants={**own.constants, **given},
    )


def _plain(value: Any) -> Any:
    """A number of NumPy, as notebooks have them, as one of Python."""
    return value.item() if isinstance(value, np.generic) else value


def _point(start: Any) -> tuple[float, ...]:
    """The numbers of a start; with one parameter it may be a number alone."""
    try:
        numbers = np.atleast_1d(np.asarray(start, dtype=np.float64))
    except (TypeError, ValueError, OverflowError):
        numbers = np.empty((0, 0))
    if numbers.ndim != 1:
        raise Problem("the start must be one number for each parameter")
    return tuple(numbers.tolist())


@dataclass(frozen=True, slots=True)
class _Own:
    """The defaults that belong to a loss."""

    loss: str
    parameters: tuple[str, ...]
    start: tuple[float, ...]
    optimizer: str = catalogue.GRADIENT_DESCENT
    eta: float = DEFAULT_ETA
    epsilon: float | None = None
    data: Dataset | None = None
    prediction: str | None = None
    batch: int | None = None
    constants: Mapping[str, float] = field(default_factory=dict)


def _own_choices(
    loss: str,
    parameters: Sequence[str] | None,
    data: Dataset | Mapping[str, Any] | str | PathLike[str] | None,
    prediction: str | None,
    seed: Any,
    constants: Mapping[str, float],
) -> _Own:
    task = tasks().get(loss) if data is None else None
    if task is not None and prediction is None and parameters is None:
        return _Own(
            task.formula,
            task.parameters,
            task.start,
            task.optimizer,
            task.eta,
            task.epsilon,
            task.data,
            task.prediction,
            task.batch,
        )
    if task is not None:
        loss, data, prediction = task.formula, task.data, prediction or task.prediction
    entry = catalogue.named_function(loss) if data is None else None
    if entry is None and data is None and parameters is None and _is_mistyped_key(loss):
        raise Problem(
            "no function and no learning task is called {key}; known: {known}",
            key=shortened(loss),
            known=", ".join((*catalogue.functions(), *tasks())),
        )
    if entry is not None:
        names = entry.parameters
        if parameters is not None:
            given = tuple(map(canonical_name, parameters))
            names = objective(entry.loss, given, constants=entry.constants).parameters
        at = dict(zip(entry.parameters, entry.start, strict=True))
        start = tuple(at.get(name, 0.0) for name in names)
        return _Own(
            entry.loss,
            names,
            start,
            eta=entry.eta,
            epsilon=entry.epsilon,
            constants=entry.constants,
        )
    order = None if parameters is None else tuple(canonical_name(name) for name in parameters)
    rows = None if data is None else dataset_of(data, loss, prediction, constants)
    own = objective(loss, order, rows, prediction, constants)
    start = own_start(own, seed if isinstance(seed, int) and seed >= 0 else 0)
    return _Own(loss, own.parameters, start, data=rows, prediction=prediction)


def _is_mistyped_key(loss: str) -> bool:
    """Whether the text looks like ``Rosenbrok`` or ``levy13``: alone it means nothing."""
    if re.fullmatch(r"[A-Za-z][a-z0-9]*(-[A-Za-z0-9]+)*", loss) is None:
        return False
    symbols = {*GREEK_LETTERS.values(), *FUNCTIONS}
    stems = [word.rstrip("0123456789") for word in loss.split("-")]
    return any(len(stem) > 2 and stem.isalpha() and stem not in symbols for stem in stems)


def rule_of(optimizer: str, hyperparameters: Mapping[str, float] | None = None) -> RuleText:
    """The rule of a catalogue optimizer, some of its hyperparameters replaced.

    Raises
    ------
    Problem : where the optimizer or one of the hyperparameters does not exist.
    """
    entry = catalogue.optimizer(optimizer)
    for name in hyperparameters or {}:
        if name not in entry.hyperparameters:
            raise Problem(
                "{optimizer} has no hyperparameter {name}; it has: {known}",
                optimizer=optimizer,
                name=name,
                known=", ".join(entry.hyperparameters) or "–",
            )
    return build_value(
        RuleText,
        {
            "lines": tuple(entry.rule),
            "state": dict(entry.state),
            "hyperparameters": {
                name: _plain(value)
                for name, value in {**entry.hyperparameters, **(hyperparameters or {})}.items()
            },
        },
    )


def _own_rule(text: str, settings: Mapping[str, float], optimizer: str | None) -> RuleText:
    if not isinstance(text, str):
        raise Problem("the rule is given as text: lines divided by semicolons")
    typed = read_rule(text, {name: _plain(value) for name, value in settings.items()}, optimizer)
    fields = {
        "lines": typed.lines,
        "state": dict(typed.state),
        "hyperparameters": dict(typed.hyperparameters),
    }
    return build_value(RuleText, fields)


def schedule_of(eta: float | str) -> ScheduleText:
    """A constant learning rate from a number, a schedule from a formula of t.

    Raises
    ------
    Problem : where η is not a finite number greater than 0.
    """
    if isinstance(eta, str):
        return _schedule(eta, DEFAULT_ETA, {})[0]
    try:
        eta = float(eta)
    except (TypeError, ValueError, OverflowError):
        raise Problem("the learning rate is given as a number or as a formula of t") from None
    if not math.isfinite(eta):
        raise Problem("the learning rate must be a finite number, not {value}", value=eta)
    if eta <= 0:
        raise Problem("the learning rate must be greater than 0, not {value}", value=f"{eta:g}")
    return ScheduleText(formula="eta0", constants={"eta0": eta})


def _schedule(
    eta: float | str, usual_rate: float, settings: Mapping[str, float]
) -> tuple[ScheduleText, Mapping[str, float]]:
    """The schedule that was typed, and the settings that do not belong to it."""
    if not isinstance(eta, str):
        return schedule_of(eta), settings
    typed = read_schedule(eta, usual_rate, settings)
    if typed.formula == "eta0":
        return schedule_of(typed.constants["eta0"]), typed.others
    fields = {"formula": typed.formula, "constants": dict(typed.constants)}
    Schedule(typed.formula, typed.constants)  # refuses what cannot be read
    return build_value(ScheduleText, fields), typed.others


def _stop_rule(stop: StopRule | str) -> StopRule:
    try:
        return stop if isinstance(stop, StopRule) else StopRule(stop)
    except ValueError:
        raise Problem(
            "there is no stop rule {key}; known: {known}",
            key=stop,
            known=", ".join(rule.value for rule in StopRule),
        ) from None


def standardise(experiment: Experiment) -> Experiment:
    """The experiment with its columns standardised, all but a target of two classes.

    Raises
    ------
    Problem : there are no data.
    """
    function = experiment.objective()
    if not isinstance(function, RowObjective):
        raise Problem("only data can be standardised: give data, or a task of the catalogue")
    return experiment.replace(data=standardised_for_learning(function.data, function.target)[0])
