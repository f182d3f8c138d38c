"""How a descent ended: what happened, where, and the numbers that say so.

These are the only words for it: single runs, the columns of ensembles, maps, sweeps and starts, and
the colours and icons of the window all use :class:`Outcome`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from gdsim.core.number_text import compared
from gdsim.core.run.stop_rules import StopRule


class Outcome(Enum):
    """What happened at the last row; the value is its name in files."""

    STOP_RULE = "stop-rule"
    """The quantity of the stop rule was below ε, before the move."""
    STEP_LIMIT = "step-limit"
    """As many updates were made as are allowed."""
    DIVERGED = "diverged"
    """A number became too large to compute with."""
    UNDEFINED = "undefined"
    """The loss, its gradient or H⁻¹∇L has no value at this point."""
    STOPPED = "stopped"
    """The user stopped the run."""

    @property
    def is_failure(self) -> bool:
        """Whether the descent could not have gone on."""
        return self in (Outcome.DIVERGED, Outcome.UNDEFINED)


class NotFinite(Enum):
    """What is infinite or undefined where a descent failed; the value is the sentence about it."""

    LOSS = "diverged at t = {t}: the loss is {value}"
    GRADIENT = "diverged at t = {t}: the gradient is not finite"
    UPDATE = "diverged at t = {t}: the update is not finite"
    NEXT_POINT = "diverged at t = {t}: the next point is not finite"
    STATE = "diverged at t = {t}: what the optimizer remembers is not finite"


_STOPPED_BY = {
    Outcome.STOP_RULE: "stop rule met at t = {t}: {quantity} = {value} < ε = {epsilon}",
    Outcome.STEP_LIMIT: "step limit reached at t = {t}: no stop rule was met",
    Outcome.STOPPED: "stopped by the user at t = {t}",
}

SENTENCES = (*_STOPPED_BY.values(), *(part.value for part in NotFinite))
"""The English sentences of all endings, with their fields."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a descent ended.

    Parameters
    ----------
    t : the last row.
    stop, value, epsilon : the rule that was met, its quantity at that row and the ε that it was
        compared with.
    not_finite : what is infinite or undefined, after a failure; ``value`` is then the loss.
    """

    outcome: Outcome
    t: int
    value: float = math.nan
    epsilon: float = math.nan
    stop: StopRule | None = None
    not_finite: NotFinite | None = None

    @property
    def template(self) -> str:
        """The English sentence with its fields, by which its translation is found."""
        return _STOPPED_BY[self.outcome] if self.not_finite is None else self.not_finite.value

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the sentence as text."""
        if self.stop is None:
            return {"t": str(self.t), "value": _not_finite_text(self.value)}
        small, epsilon = compared(self.value, self.epsilon, 4)
        return {"t": str(self.t), "quantity": self.stop.sign, "value": small, "epsilon": epsilon}

    def __str__(self) -> str:
        return self.template.format(**self.fields)


def _not_finite_text(value: float) -> str:
    return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
