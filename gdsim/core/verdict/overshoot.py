"""A loss that kept rising because the learning rate is too large for the curvature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.catalogue.entries import GRADIENT_DESCENT
from gdsim.core.loss.many_rows import row_sample
from gdsim.core.number_text import shown
from gdsim.core.problem import Problem
from gdsim.core.run.trace import Trace
from gdsim.core.sentence import Sentence
from gdsim.core.verdict.end_sentences import OVERSHOOT

UPDATES = 64
"""How many of the last updates are looked at."""

_FEWEST = 5
_MOST_PARAMETERS = 100
_LARGEST_STABLE = 2.0


@dataclass(frozen=True, slots=True)
class Overshoot:
    """The loss rose in ``rises`` of the last ``updates`` updates, and η·λ_max is ``product``."""

    rises: int
    updates: int
    product: float

    @property
    def said(self) -> Sentence:
        """The sentence that says so."""
        fields = {"rises": str(self.rises), "updates": str(self.updates)}
        return Sentence(OVERSHOOT, {**fields, "product": shown(self.product, 3)})

    def __str__(self) -> str:
        return str(self.said)


def overshoot(
    trace: Trace, row: int | None = None, hessian: Callable[[Floats], Floats] | None = None
) -> Overshoot | None:
    """Whether the loss rose in most of the updates before a row, and η·λ_max > 2 there.

    λ_max is the largest eigenvalue of the Hessian. None for other optimizers, a rate that changes
    and batches, for which 2/λ_max is no limit, and where the Hessian is not finite or large.

    Parameters
    ----------
    row : by default the last one. hessian : gives the Hessian at θ, where it was derived already.

    References
    ----------
    Nesterov, *Lectures on Convex Optimization*, 2018, section 2.1.
    """
    row = len(trace) - 1 if row is None else row
    found = rises_before(trace, row)
    if found is None:
        return None
    step, experiment = trace.step(row), trace.stretch(row).experiment
    try:
        derived = (hessian or row_sample(experiment.objective()).hessian)(step.theta)
    except Problem:
        return None
    if not np.isfinite(derived).all():
        return None
    product = step.eta * float(np.linalg.eigvalsh(derived).max())
    return Overshoot(*found, product) if product > _LARGEST_STABLE else None


def rises_before(trace: Trace, row: int) -> tuple[int, int] | None:
    """In how many of how many updates before a row the loss rose, where these were most of them.

    None where it did not, and where 2/λ_max is no limit.
    """
    stretch = trace.stretch(row)
    experiment = stretch.experiment
    updates = min(UPDATES, row - stretch.start)
    if updates < _FEWEST or len(trace.parameters) > _MOST_PARAMETERS:
        return None
    loss = trace.loss(row - updates, row + 1)
    rises = int(np.count_nonzero(loss[1:] > loss[:-1]))
    if rises < _FEWEST or 2 * rises <= updates or experiment.learns_in_parts:
        return None
    named = experiment.rule.named()
    if named is None or named.key != GRADIENT_DESCENT:
        return None
    return (rises, updates) if experiment.schedule.read().is_constant else None
