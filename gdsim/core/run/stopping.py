"""When a descent ends, and the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Outcome(Enum):
    """How a descent ended; the value is the English sentence with its fields."""

    CONVERGED = "converged at t = {t}: {quantity} = {value} < ε = {epsilon}"
    STEP_LIMIT = "step limit reached at t = {t}: no stop rule was met"
    LOSS_NOT_FINITE = "diverged at t = {t}: the loss is {value}"
    GRADIENT_NOT_FINITE = "diverged at t = {t}: the gradient is not finite"
    UPDATE_NOT_FINITE = "diverged at t = {t}: the update is not finite"
    NEXT_NOT_FINITE = "diverged at t = {t}: the next point is not finite"
    STATE_NOT_FINITE = "diverged at t = {t}: what the optimizer remembers is not finite"
    STOPPED = "stopped by the user at t = {t}"

    @property
    def is_divergence(self) -> bool:
        """Whether something ceased to be finite."""
        return self in _DIVERGENCES


_DIVERGENCES = (
    Outcome.LOSS_NOT_FINITE,
    Outcome.GRADIENT_NOT_FINITE,
    Outcome.UPDATE_NOT_FINITE,
    Outcome.NEXT_NOT_FINITE,
    Outcome.STATE_NOT_FINITE,
)


@dataclass(frozen=True, slots=True)
class Ending:
    """An outcome with its numbers: where it happened and what fired."""

    outcome: Outcome
    t: int
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The English sentence with its fields, by which its translation is found."""
        return self.outcome.value

    def __str__(self) -> str:
        return self.template.format(t=self.t, **self.fields)
