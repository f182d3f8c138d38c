"""Why a step made the loss larger."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from gdsim.core.trace import Trace

# A loss is computed to about this many units in its last place.
_ROUNDING = 16 * np.finfo(np.float64).eps


class Cause(Enum):
    """Why the loss rose: by the terms of L(θ + Δ) = L + ∇L·Δ + ½ΔᵀHΔ + …."""

    NOT_DOWNHILL = auto()
    """∇L·Δ > 0: the step led uphill from the start."""
    SECOND_ORDER = auto()
    """∇L·Δ ≤ 0, but ½ΔᵀHΔ outweighed it: the slope turned on the way."""
    HIGHER_ORDER = auto()
    """The first two terms together foretell no rise; the terms after them made it."""
    ROUNDING = auto()
    """As above, and the rise is no larger than the last digits of L."""
    UNKNOWN = auto()
    """A term is not finite, or the second one was not asked for."""


@dataclass(frozen=True, slots=True)
class Rise:
    """A step after which the loss rose: row ``t`` and its update to row ``t + 1``.

    ``first`` is ∇L·Δ. ``second`` is ½ΔᵀHΔ, NaN where it was not needed.
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


def rise(trace: Trace, t: int, *, with_hessian: bool = True) -> Rise | None:
    """Why the loss rose in the step from row ``t``; None where it did not.

    Parameters
    ----------
    with_hessian : whether H may be computed. The first time it is derived, which takes a while.
    """
    if not rose(trace, t):
        return None
    before, after = trace.loss(t, t + 2).tolist()
    step = trace.step(t)
    second = math.nan
    with np.errstate(all="ignore"):
        first = float(step.gradient @ step.delta)
        if not first > 0 and with_hessian:
            hessian = trace.segment(t).experiment.objective().hessian(step.theta)
            second = 0.5 * float(step.delta @ hessian @ step.delta)
    return Rise(t, before, after, first, second, _cause(before, after, first, second))


def _cause(before: float, after: float, first: float, second: float) -> Cause:
    if first > 0:
        return Cause.NOT_DOWNHILL
    if not math.isfinite(first + second):
        return Cause.UNKNOWN
    if first + second > 0:
        return Cause.SECOND_ORDER
    if math.isfinite(after) and after - before <= _ROUNDING * max(abs(before), abs(after)):
        return Cause.ROUNDING
    return Cause.HIGHER_ORDER
