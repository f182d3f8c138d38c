"""A loss that kept rising because the learning rate is too large for the curvature."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdsim.core.catalogue.entries import GRADIENT_DESCENT
from gdsim.core.loss.many_rows import row_sample
from gdsim.core.number_text import shown
from gdsim.core.run.trace import Trace

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

    def __str__(self) -> str:
        return (
            f"the loss rose in {self.rises} of the last {self.updates} updates:"
            f" η·λ_max = {shown(self.product, 3)}, and above 2 gradient descent overshoots"
        )


def overshoot(trace: Trace) -> Overshoot | None:
    """Whether the loss rose in most of the last updates while η·λ_max > 2 at the last point.

    λ_max is the largest eigenvalue of the Hessian. None for other optimizers, a rate that changes
    and batches, for which 2/λ_max is no limit, and where the Hessian is not finite or large.

    References
    ----------
    Nesterov, *Lectures on Convex Optimization*, 2018, section 2.1.
    """
    experiment = trace.experiment
    named = experiment.rule.named()
    if named is None or named.key != GRADIENT_DESCENT or experiment.learns_in_parts:
        return None
    if not experiment.schedule.read().is_constant or len(trace.parameters) > _MOST_PARAMETERS:
        return None
    last = len(trace) - 1
    updates = min(UPDATES, last)
    loss = trace.loss(last - updates, last + 1)
    rises = int(np.count_nonzero(loss[1:] > loss[:-1]))
    if rises < _FEWEST or 2 * rises <= updates:
        return None
    step = trace.step(last)
    hessian = row_sample(experiment.objective()).hessian(step.theta)
    if not np.isfinite(hessian).all():
        return None
    product = step.eta * float(np.linalg.eigvalsh(hessian).max())
    return Overshoot(rises, updates, product) if product > _LARGEST_STABLE else None
