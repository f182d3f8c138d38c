"""Experiment: every choice that defines a run, frozen. It is also the document."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from os import PathLike
from typing import Annotated, Any, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.entries import FunctionEntry, OptimizerEntry, ScheduleEntry
from gdsim.core.catalogue.tasks import tasks
from gdsim.core.data.batches import Batches
from gdsim.core.data.dataset import Dataset
from gdsim.core.formula.expression import FUNCTIONS
from gdsim.core.formula.names import GREEK_LETTERS
from gdsim.core.formula.notation import MAX_LENGTH, canonical_name
from gdsim.core.formula.tokens import shortened
from gdsim.core.loss.objective import MAX_PARAMETERS, Objective
from gdsim.core.loss.objectives import objective
from gdsim.core.loss.proposed_start import own_start
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.number_text import grouped
from gdsim.core.optimizer.rule import Rule
from gdsim.core.optimizer.schedule import Schedule
from gdsim.core.problem import Problem
from gdsim.core.run.dataset_source import dataset_of
from gdsim.core.run.stop_rules import StopRule

DEFAULT_ETA = 0.1
DEFAULT_EPSILON = 1e-6
DEFAULT_MAX_STEPS = 10_000
MOST_STEPS = 1_000_000_000

Finite = Annotated[float, Field(allow_inf_nan=False)]
Text = Annotated[str, Field(max_length=MAX_LENGTH)]
Constants = Annotated[dict[str, Finite], Field(max_length=64)]


class _Value(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, revalidate_instances="always"
    )


Value = TypeVar("Value", bound=_Value)


class RuleText(_Value):
    """An optimizer as text: its lines, its state at the start, its hyperparameters."""

    lines: Annotated[tuple[Text, ...], Field(max_length=200)]
    state: Constants = {}
    hyperparameters: Constants = {}

    def named(self) -> OptimizerEntry | None:
        """The optimizer of the catalogue that this is, whatever its hyperparameters' values."""
        return catalogue.find_optimizer(self.lines, self.state, self.hyperparameters)

    def read(self) -> Rule:
        """The rule, ready to run; a Problem names the line that cannot be read."""
        return _rule(self.lines, tuple(self.state.items()), tuple(self.hyperparameters.items()))


class ScheduleText(_Value):
    """η_t as a formula of t and its constants."""

    formula: Text = "eta0"
    constants: Constants = {"eta0": DEFAULT_ETA}

    def named(self) -> ScheduleEntry | None:
        """The schedule of the catalogue that this is, whatever its constants' values."""
        return catalogue.find_schedule(self.formula, self.constants)

    def read(self) -> Schedule:
        """The schedule, ready to run; a Problem says what cannot be read."""
        return Schedule(self.formula, self.constants)


class Experiment(_Value):
    """One descent, completely: the same value gives the same bits on every machine.

    It carries formulas, not catalogue keys, so a document needs nothing but itself. Build one with
    :func:`create`, which turns what is wrong into one sentence.
    """

    loss: Text
    parameters: Annotated[tuple[str, ...], Field(min_length=1, max_length=MAX_PARAMETERS)]
    start: tuple[Finite, ...]
    rule: RuleText
    schedule: ScheduleText = ScheduleText()
    stop: Annotated[StopRule, Field(strict=False)] = StopRule.STEP
    epsilon: Finite = DEFAULT_EPSILON
    max_steps: int = DEFAULT_MAX_STEPS
    seed: int = 0
    data: Dataset | None = None
    prediction: Text | None = None
    batch: int | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Experiment:
        self.objective()
        if self.batch is not None and self.data is None:
            raise Problem("a batch needs data to be taken from")
        if self.batch is not None and self.batch < 1:
            raise Problem("a batch has at least one row")
        if len(self.start) != len(self.parameters):
            raise Problem(
                "numbers in the start: {given}; parameters of the function: {count} ({names})",
                given=len(self.start),
                count=len(self.parameters),
                names=", ".join(self.parameters),
            )
        if not self.epsilon > 0:
            raise Problem("the tolerance ε must be greater than 0")
        if not 1 <= self.max_steps <= MOST_STEPS:
            raise Problem(
                "the number of steps must be between 1 and {most}", most=grouped(MOST_STEPS)
            )
        if not 0 <= self.seed < 2**63:
            raise Problem("the seed must be a whole number from 0 to {most}", most=2**63 - 1)
        self.rule.read()
        self.schedule.read()
        return self

    def function(self) -> FunctionEntry | None:
        """The function of the catalogue that is descended; None with data or for somebody's own."""
        if self.data is not None:
            return None
        return catalogue.find_function(self.loss, self.parameters)

    def objective(self) -> Objective:
        """The loss; with data, its mean over all rows."""
        return objective(self.loss, self.parameters, self.data, self.prediction)

    def batches(self) -> Batches | None:
        """Which rows every update learns from; None without data."""
        return None if self.data is None else Batches(self.data.rows, self.batch, self.seed)

    @property
    def learns_in_parts(self) -> bool:
        """Whether an update learns from some of the rows only."""
        batches = self.batches()
        return batches is not None and not batches.is_whole

    def objective_at(self, t: int) -> Objective:
        """The loss that update ``t`` → ``t + 1`` goes by: the mean over that update's rows."""
        whole, batches = self.objective(), self.batches()
        if batches is None or batches.is_whole or not isinstance(whole, RowObjective):
            return whole
        return whole.over(batches.rows_of(t))

    def replace(self, **changes: Any) -> Experiment:
        """The same experiment with some choices changed, validated again."""
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return create(**{**kept, **changes})


@lru_cache(maxsize=64)
def _rule(
    lines: tuple[str, ...],
    state: tuple[tuple[str, float], ...],
    hyperparameters: tuple[tuple[str, float], ...],
) -> Rule:
    return Rule(lines, dict(state), dict(hyperparameters))


def create(**fields: Any) -> Experiment:
    """A validated experiment.

    Raises
    ------
    Problem : the first thing that is wrong, in one sentence.
    """
    return _build(Experiment, fields)


def _build(kind: type[Value], fields: dict[str, Any]) -> Value:
    """The value of these fields; what pydantic finds wrong becomes one sentence."""
    try:
        return kind(**fields)
    except ValidationError as error:
        first = error.errors()[0]
        cause = first.get("ctx", {}).get("error")
        if isinstance(cause, Problem):
            raise cause from None
        place = ".".join(str(part) for part in first["loc"])
        if first["type"] == "finite_number":
            raise Problem("{place} must be a finite number", place=place) from None
        raise Problem("{place}: {reason}", place=place, reason=first["msg"]) from None


def choose(
    loss: str,
    *,
    optimizer: str | None = None,
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
) -> Experiment:
    """An experiment from choices as people make them.

    Parameters
    ----------
    loss : the key of a function or of a learning task, or a formula.
    optimizer : a key of the catalogue; by default the task's own, else gradient descent.
    hyperparameters : values that replace the optimizer's own.
    start : by default the function's or the task's own; for a formula zeros, or where these have
        no slope, what :func:`gdsim.core.loss.proposed_start.own_start` proposes.
    eta : a number or a formula of t; by default the function's own, 0.1 for a formula.
    epsilon : by default the function's own, else 1e-6.
    data : rows to learn from: a data set, columns of numbers by name, or the path of a CSV file, of
        which the columns that the formulas read are taken, and rows that lack a number left out.
        The loss is then that of a row, over the columns and ``prediction``.
    prediction : the model, a formula over columns and parameters.
    batch : rows an update; by default the task's own, else all.

    Raises
    ------
    Problem : one sentence.
    """
    if not isinstance(loss, str):
        raise Problem("the loss is given as text: a key of the catalogue or a formula")
    own = _own_choices(loss.strip(), parameters, data, prediction, _plain(seed))
    return create(
        loss=own.loss,
        parameters=own.parameters,
        start=own.start if start is None else _point(start),
        rule=rule_of(own.optimizer if optimizer is None else optimizer, hyperparameters),
        schedule=schedule_of(own.eta if eta is None else eta),
        stop=_stop_rule(stop),
        epsilon=_plain(epsilon) if epsilon is not None else own.epsilon or DEFAULT_EPSILON,
        max_steps=_plain(max_steps),
        seed=_plain(seed),
        data=own.data,
        prediction=own.prediction,
        batch=own.batch if batch is None else _plain(batch),
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
    """What a loss brings along where nobody has chosen otherwise."""

    loss: str
    parameters: tuple[str, ...]
    start: tuple[float, ...]
    optimizer: str = catalogue.GRADIENT_DESCENT
    eta: float = DEFAULT_ETA
    epsilon: float | None = None
    data: Dataset | None = None
    prediction: str | None = None
    batch: int | None = None


def _own_choices(
    loss: str,
    parameters: Sequence[str] | None,
    data: Dataset | Mapping[str, Any] | str | PathLike[str] | None,
    prediction: str | None,
    seed: Any,
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
    entry = catalogue.functions().get(loss) if data is None else None
    if entry is None and data is None and parameters is None and _is_mistyped_key(loss):
        raise Problem(
            "no function and no learning task is called {key}; known: {known}",
            key=shortened(loss),
            known=", ".join((*catalogue.functions(), *tasks())),
        )
    if entry is not None:
        names = entry.parameters
        if parameters is not None:
            names = objective(entry.loss, tuple(map(canonical_name, parameters))).parameters
        at = dict(zip(entry.parameters, entry.start, strict=True))
        start = tuple(at.get(name, 0.0) for name in names)
        return _Own(entry.loss, names, start, eta=entry.eta, epsilon=entry.epsilon)
    order = None if parameters is None else tuple(canonical_name(name) for name in parameters)
    rows = None if data is None else dataset_of(data, loss, prediction)
    own = objective(loss, order, rows, prediction)
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
    return _build(
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


def schedule_of(eta: float | str) -> ScheduleText:
    """A constant learning rate from a number, a schedule from a formula of t.

    Raises
    ------
    Problem : where η is not a finite number greater than 0.
    """
    if isinstance(eta, str):
        formula = eta
        try:
            eta = float(formula.replace("_", "?"))  # Python would take 1_0 for 10
        except ValueError:
            Schedule(formula, {})  # refuses what cannot be read
            return ScheduleText(formula=formula, constants={})
    try:
        eta = float(eta)
    except (TypeError, ValueError, OverflowError):
        raise Problem("the learning rate is given as a number or as a formula of t") from None
    if not math.isfinite(eta):
        raise Problem("the learning rate must be a finite number, not {value}", value=eta)
    if eta <= 0:
        raise Problem("the learning rate must be greater than 0, not {value}", value=f"{eta:g}")
    return ScheduleText(formula="eta0", constants={"eta0": eta})


def _stop_rule(stop: StopRule | str) -> StopRule:
    try:
        return stop if isinstance(stop, StopRule) else StopRule(stop)
    except ValueError:
        raise Problem(
            "there is no stop rule {key}; known: {known}",
            key=stop,
            known=", ".join(rule.value for rule in StopRule),
        ) from None
