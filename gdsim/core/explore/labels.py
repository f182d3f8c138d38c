"""Labels for the outcomes of descents that reached no point in common with others.

Among many descents, a label from 0 up is the index of the point that one reached. The labels of all
others are negative and say what happened instead.
"""

from __future__ import annotations

from gdsim.core.run.ending import Outcome

LABELS = {
    Outcome.STEP_LIMIT: -1,  # also while the descent is under way
    Outcome.STOP_RULE: -2,  # met at a point of its own: the loss is too flat there to go on
    Outcome.DIVERGED: -3,
    Outcome.UNDEFINED: -4,
}
"""The label of each outcome."""

LOWEST_LABEL = min(LABELS.values())


def outcome_of(label: int) -> Outcome:
    """The outcome that a negative label stands for."""
    return next(outcome for outcome, its_own in LABELS.items() if its_own == label)
