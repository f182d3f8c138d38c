"""Experiment: every choice that defines a run, frozen. It is also the document."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.entries import FunctionEntry, OptimizerEntry, ScheduleEntry
from gdsim.core.data.batches import Batches
from gdsim.core.data.dataset import Dataset
from gdsim.core.formula.notation import MAX_LENGTH
from gdsim.core.loss.objective import MAX_PARAMETERS, Objective
from gdsim.core.loss.objectives import objective
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.number_text import grouped
from gdsim.core.optimizer.rule import Rule
from gdsim.core.optimizer.schedule import Schedule
from gdsim.core.problem import Problem
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
        """The catalogue's entry for this optimizer, with any values of its hyperparameters."""
        return catalogue.find_optimizer(self.lines, self.state, self.hyperparameters)

    def read(self) -> Rule:
        """The rule, ready to run; a Problem names the line that cannot be read."""
        return _rule(self.lines, tuple(self.state.items()), tuple(self.hyperparameters.items()))


class ScheduleText(_Value):
    """η_t as a formula of t and its constants."""

    formula: Text = "eta0"
    constants: Constants = {"eta0": DEFAULT_ETA}

    def named(self) -> ScheduleEntry | None:
        """The catalogue's entry for this schedule, with any values of its constants."""
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
    parameters: Annotated[tuple[str, ...], Field(max_length=MAX_PARAMETERS)]
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
    constants: Constants = {}

    @model_validator(mode="after")
    def _consistent(self) -> Experiment:
        self.objective()
        if self.batch is not None and self.data is None:
            raise Problem("batches need data: there are no rows to take them from")
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
        """The catalogue's entry for this function; None with data, or for a user's own function."""
        if self.data is not None:
            return None
        return catalogue.find_function(self.loss, self.parameters, self.constants)

    def objective(self) -> Objective:
        """The loss; with data, its mean over all rows."""
        return objective(self.loss, self.parameters, self.data, self.prediction, self.constants)

    def batches(self) -> Batches | None:
        """Which rows every update learns from; None without data."""
        return None if self.data is None else Batches(self.data.rows, self.batch, self.seed)

    @property
    def epoch(self) -> int | None:
        """The updates in an epoch, where an update learns from some of the rows only; else None."""
        batches = self.batches()
        return None if batches is None or batches.is_whole else batches.in_epoch

    @property
    def learns_in_parts(self) -> bool:
        """Whether an update learns from some of the rows only."""
        return self.epoch is not None

    def objective_at(self, t: int) -> Objective:
        """The loss that update ``t`` → ``t + 1`` uses: the mean over the rows of its batch."""
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
    return build_value(Experiment, fields)


def build_value(kind: type[Value], fields: dict[str, Any]) -> Value:
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
