"""Why a step made the loss larger."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np

from gdsim.core.run.trace import Trace
from gdsim.core.taylor.local_model import local_model, predict_step

if TYPE_CHECKING:
    from gdsim.core.taylor.derivatives import HessianForm


class Cause(Enum):
    """Why the loss rose: by the terms of L(θ + Δ) = L + ∇L·Δ + ½ΔᵀHΔ + …."""

    NOT_DOWNHILL = auto()
    """∇L·Δ > 0: the step led uphill from the start."""
    SECOND_ORDER = auto()
    """∇L·Δ ≤ 0, but ½ΔᵀHΔ outweighed it: the slope turned on the way."""
    HIGHER_ORDER = auto()
    """The first two terms together foretell no rise; the terms after them made it."""
    ROUNDING = auto()
    """As above, and the rise is no larger than what rounding may have made of L."""
    OTHER_ROWS = auto()
    """The two losses are means over two batches of the data, which cannot be compared."""
    UNKNOWN = auto()
    """A term is not finite, or the second one is not known."""


@dataclass(frozen=True, slots=True)
class Rise:
    """A step after which the loss rose: row ``t`` and its update to row ``t + 1``.

    ``first`` is ∇L·Δ and ``second`` ½ΔᵀHΔ, NaN where it was not needed.
    """

    t: int
    before: float
    after: float
    first: float
    second: float
    cause: Cause


def rose(trace: Trace, t: int) -> bool:
    """Whether the loss is larger in row ``t + 1`` than in row ``t``, as far as both are there."""
    if not 0 <= t < len(trace) - 1:
        return False
    before, after = trace.loss(t, t + 2).tolist()
    return bool(after > before)


def rise(trace: Trace, t: int, form: HessianForm | None = None) -> Rise | None:
    """Why the loss rose in the step from row ``t``; None where it did not.

    Parameters
    ----------
    form : uᵀHv of the loss; without it nothing is said beyond the slope.
    """
    if not rose(trace, t):
        return None
    before, after = trace.loss(t, t + 2).tolist()
    step = trace.step(t)
    if trace.segment(t).experiment.learns_in_parts:
        return Rise(t, before, after, math.nan, math.nan, Cause.OTHER_ROWS)
    second, resolution = math.nan, 0.0
    with np.errstate(all="ignore"):
        first = float(step.gradient @ step.delta)
        if not first > 0 and form is not None:
            objective = trace.segment(t).experiment.objective()
            model = local_model(objective, step.theta, step.gradient, form)
            second = float(model.curvature(step.delta)) / 2
            resolution = predict_step(model, step.delta).resolution
    return Rise(t, before, after, first, second, _cause(after - before, first, second, resolution))


def _cause(change: float, first: float, second: float, resolution: float) -> Cause:
    if first > 0:
        return Cause.NOT_DOWNHILL
    if not math.isfinite(first + second):
        return Cause.UNKNOWN
    if first + second > 0:
        return Cause.SECOND_ORDER
    return Cause.ROUNDING if math.isfinite(change) and change <= resolution else Cause.HIGHER_ORDER
