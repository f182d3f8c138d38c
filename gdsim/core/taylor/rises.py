"""Why the loss rose in a step."""

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
    """Which term of L(θ + Δ) = L + ∇L·Δ + ½ΔᵀHΔ + … made the loss rise."""

    NOT_DOWNHILL = auto()
    """∇L·Δ > 0: the step pointed uphill."""
    SECOND_ORDER = auto()
    """∇L·Δ ≤ 0, but ∇L·Δ + ½ΔᵀHΔ > 0: the slope changed its sign along the step."""
    HIGHER_ORDER = auto()
    """∇L·Δ + ½ΔᵀHΔ ≤ 0: terms of higher order made the loss rise."""
    ROUNDING = auto()
    """∇L·Δ + ½ΔᵀHΔ ≤ 0, and the rise is within the rounding error of L."""
    OTHER_ROWS = auto()
    """The two losses are means over different batches of the data and cannot be compared."""
    UNKNOWN = auto()
    """A term is not finite, or the second-order term is not known."""


@dataclass(frozen=True, slots=True)
class Rise:
    """A step in which the loss rose, from ``before`` in row ``t`` to ``after`` in row ``t + 1``.

    ``first`` is ∇L·Δ and ``second`` is ½ΔᵀHΔ; a term that was not needed is NaN.
    """

    t: int
    before: float
    after: float
    first: float
    second: float
    cause: Cause


def rose(trace: Trace, t: int) -> bool:
    """Whether both rows exist and the loss is larger in row ``t + 1`` than in row ``t``."""
    if not 0 <= t < len(trace) - 1:
        return False
    before, after = trace.loss(t, t + 2).tolist()
    return bool(after > before)


def rise(trace: Trace, t: int, form: HessianForm | None = None) -> Rise | None:
    """Why the loss rose in the step from row ``t``; None where it did not.

    Parameters
    ----------
    form : uᵀHv of the loss; without it only the first-order term is examined.
    """
    if not rose(trace, t):
        return None
    before, after = trace.loss(t, t + 2).tolist()
    step = trace.step(t)
    if trace.stretch(t).experiment.learns_in_parts:
        return Rise(t, before, after, math.nan, math.nan, Cause.OTHER_ROWS)
    second, resolution = math.nan, 0.0
    with np.errstate(all="ignore"):
        first = float(step.gradient @ step.delta)
        if not first > 0 and form is not None:
            objective = trace.stretch(t).experiment.objective()
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
