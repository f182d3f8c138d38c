"""How a descent ended: what happened, where, and the numbers that say so.

These are the only words for it: single runs, the columns of ensembles, maps, sweeps and starts, and
the colours and icons of the window all use :class:`Outcome`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from gdsim.core.number_text import compared, shown
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.sentence import Sentence


class Outcome(Enum):
    """What happened at the last row; the value is its name in files."""

    STOP_RULE = "stop-rule"
    """The quantity of the stop rule was below ε, before the move."""
    STEP_LIMIT = "step-limit"
    """As many updates were made as are allowed."""
    DIVERGED = "diverged"
    """The loss was beyond 10¹⁰ max(|L₀|, 1) and went on so, or a number became too large to compute
    with."""
    UNDEFINED = "undefined"
    """The loss, its gradient or H⁻¹∇L has no value at this point."""
    STOPPED = "stopped"
    """The user stopped the run."""

    @property
    def is_failure(self) -> bool:
        """Whether the descent could not have gone on."""
        return self in (Outcome.DIVERGED, Outcome.UNDEFINED)


class NotFinite(Enum):
    """What is infinite or undefined where a descent failed; the value is the sentence about it.

    The sentence of a descent that came to a point without a value begins with *undefined*.
    """

    LOSS = "diverged at t = {t}: the loss is {value}"
    GRADIENT = "diverged at t = {t}: the gradient is not finite"
    UPDATE = "diverged at t = {t}: the update is not finite"
    NEXT_POINT = "diverged at t = {t}: the next point is not finite"
    STATE = "diverged at t = {t}: what the optimizer remembers is not finite"

    def sentence(self, outcome: Outcome) -> str:
        """The sentence about a descent that diverged or has no value."""
        return self.value.replace(Outcome.DIVERGED.value, outcome.value, 1)


_STOPPED_BY = {
    Outcome.STOP_RULE: "stop rule met at t = {t}: {quantity} = {value} < ε = {epsilon}",
    Outcome.STEP_LIMIT: "step limit reached at t = {t}: no stop rule was met",
    Outcome.STOPPED: "stopped by the user at t = {t}",
}

_ROSE = "diverged at t = {t}: {quantity} grew from {first} to {value} and still rises"
_FELL = "diverged at t = {t}: {quantity} fell from {first} to {value} and still falls"

_AT_EPOCH = "{t} (end of epoch {epoch})"
_OVER_EPOCH = "{quantity} over the epoch"
_OVER_ALL_ROWS = "{quantity} over all rows"

SENTENCES = (
    *_STOPPED_BY.values(),
    *(part.sentence(how) for how in Outcome if how.is_failure for part in NotFinite),
    *(_ROSE, _FELL, _AT_EPOCH, _OVER_EPOCH, _OVER_ALL_ROWS),
)
"""The English sentences of all endings, and their parts, with their fields."""


def tested_quantity(stop: StopRule, epoch: int | None) -> Sentence:
    """What a rule compares with ε.

    Parameters
    ----------
    epoch : the updates in an epoch, where the rule is tested at the ends of epochs.
    """
    if epoch is None or not stop.compares:
        return Sentence(stop.sign)
    over = _OVER_EPOCH if stop.reads("delta") else _OVER_ALL_ROWS
    return Sentence(over, {"quantity": stop.sign_after(epoch)})


@dataclass(frozen=True, slots=True)
class Ending:
    """How a descent ended.

    Parameters
    ----------
    t : the last row.
    stop, value, epsilon : the rule that was met, its quantity at that row and the ε that it was
        compared with.
    not_finite : what is infinite or undefined, after a failure; ``value`` is then the loss.
    epoch : the updates in an epoch, where this was found at the end of one, over all rows.
    first_loss : L₀, where the loss is beyond all bounds; ``value`` is then L.
    """

    outcome: Outcome
    t: int
    value: float = math.nan
    epsilon: float = math.nan
    stop: StopRule | None = None
    not_finite: NotFinite | None = None
    epoch: int | None = None
    first_loss: float = math.nan

    @property
    def template(self) -> str:
        """The English sentence with its fields, by which its translation is found."""
        if self.not_finite is not None:
            return self.not_finite.sentence(self.outcome)
        if self.outcome is Outcome.DIVERGED:
            return _ROSE if self.value > 0 else _FELL
        return _STOPPED_BY[self.outcome]

    @property
    def fields(self) -> dict[str, str | Sentence]:
        """The fields of the sentence: numbers as text, and parts that have to be translated."""
        if self.stop is not None:
            small, epsilon = compared(self.value, self.epsilon, 4)
            quantity = tested_quantity(self.stop, self.epoch)
            return {"t": self._when, "quantity": quantity, "value": small, "epsilon": epsilon}
        if self.not_finite is not None or self.outcome is not Outcome.DIVERGED:
            return {"t": str(self.t), "value": _not_finite_text(self.value)}
        quantity = tested_quantity(StopRule.LOSS, self.epoch)
        first, value = shown(self.first_loss, 4), shown(self.value, 4)
        return {"t": self._when, "quantity": quantity, "first": first, "value": value}

    @property
    def _when(self) -> str | Sentence:
        if self.epoch is None:
            return str(self.t)
        return Sentence(_AT_EPOCH, {"t": str(self.t), "epoch": str(self.t // self.epoch)})

    @property
    def said(self) -> Sentence:
        """The sentence with its fields."""
        return Sentence(self.template, self.fields)

    def __str__(self) -> str:
        return str(self.said)


def _not_finite_text(value: float) -> str:
    return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
