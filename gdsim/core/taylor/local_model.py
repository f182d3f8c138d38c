"""The local model of a loss: what slope and curvature at θ foretell of a step, and what comes.

L(θ + Δ) ≈ L(θ) + ∇L·Δ + ½ ΔᵀHΔ
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from gdsim.core.arrays import Floats
from gdsim.core.loss.objective import Objective
from gdsim.core.taylor.derivatives import HessianForm, derivatives, hessian_form

_EPSILON = float(np.finfo(np.float64).eps)
# A prediction this near to what came is called right, and one this far off wrong.
_RIGHT, _WRONG = 0.01, 0.25


@dataclass(frozen=True, eq=False)
class LocalModel:
    """L, ∇L and H at θ. Steps are (d,), or (d, n) for n steps at once.

    ``form(θ, u, v)`` is uᵀHv; ``gradient`` is (d,).
    """

    objective: Objective
    theta: Floats
    value: float
    gradient: Floats
    form: HessianForm

    @cached_property
    def hessian(self) -> Floats:
        """H at θ, (d, d)."""
        return self.form.hessian(self.theta)

    def first_order(self, delta: Floats) -> Any:
        """∇L·Δ: what the tangent plane foretells for the change of L."""
        with np.errstate(all="ignore"):
            return self.gradient @ delta

    def curvature(self, delta: Floats) -> Any:
        """ΔᵀHΔ: twice what the bend of the landscape adds to the change of L."""
        return self.form(self.theta, delta, delta)

    def second_order(self, delta: Floats) -> Any:
        """∇L·Δ + ½ ΔᵀHΔ: what the paraboloid foretells for the change of L."""
        with np.errstate(all="ignore"):
            return self.first_order(delta) + self.curvature(delta) / 2

    def actual(self, delta: Floats) -> Any:
        """L(θ + Δ) − L(θ), as it comes."""
        with np.errstate(all="ignore"):
            start = self.theta if delta.ndim == 1 else self.theta[:, np.newaxis]
            return self.objective.value(start + delta) - self.value


def local_model(
    objective: Objective,
    theta: Floats,
    gradient: Floats | None = None,
    form: HessianForm | None = None,
) -> LocalModel:
    """The local model of L at θ (d,); what is known already is not worked out again.

    Raises
    ------
    Problem : where the formula has no second derivative that floats can hold.
    """
    return LocalModel(
        objective=objective,
        theta=theta,
        value=objective.value(theta),
        gradient=objective.gradient(theta) if gradient is None else gradient,
        form=hessian_form(objective) if form is None else form,
    )


class Verdict(Enum):
    """What a step teaches about the local model."""

    NOT_FINITE = auto()
    BELOW_ROUNDING = auto()
    """Slope and loss differ by less than the rounding of L can tell."""
    UPHILL = auto()
    """The step does not even point downhill: Δ·∇L > 0."""
    OVERSHOT = auto()
    """The slope foretold a fall; the bend outweighed it, and the loss rose."""
    UNPREDICTED_RISE = auto()
    """The loss rose though slope and bend together foretold a fall."""
    RIGHT = auto()
    CURVED = auto()
    """The slope alone is off, slope and bend together are near."""
    ROUGHLY_RIGHT = auto()
    WRONG = auto()


@dataclass(frozen=True, slots=True)
class StepPrediction:
    """The change of L over one step: by the slope, by slope and bend, and as it came."""

    first: float
    second: float
    actual: float
    resolution: float
    """How far rounding alone may put ``actual`` off."""

    @property
    def first_error(self) -> float:
        """Foretold by the slope, minus actual."""
        return self.first - self.actual

    @property
    def second_error(self) -> float:
        """Foretold by slope and bend, minus actual."""
        return self.second - self.actual

    def relative(self, error: float) -> float:
        """An error as a share of what came; NaN where nothing came that rounding can tell."""
        if not abs(self.actual) > self.resolution:
            return math.nan
        return abs(error) / abs(self.actual)

    def is_resolved(self, error: float) -> bool:
        """Whether an error is larger than what rounding may have made of it."""
        return not abs(error) <= self.resolution

    @property
    def verdict(self) -> Verdict:
        """The first of the verdicts that holds, in the order of the enumeration."""
        if not all(map(math.isfinite, (self.first, self.second, self.actual))):
            return Verdict.NOT_FINITE
        if not self.is_resolved(self.first) and not self.is_resolved(self.actual):
            return Verdict.BELOW_ROUNDING
        if self.first > 0:
            return Verdict.UPHILL
        if self.actual > self.resolution:
            return Verdict.OVERSHOT if self.second > 0 else Verdict.UNPREDICTED_RISE
        first, second = map(self.relative, (self.first_error, self.second_error))
        if first <= _RIGHT or not self.is_resolved(self.first_error):
            return Verdict.RIGHT
        if second <= first / 4:
            return Verdict.CURVED
        return Verdict.ROUGHLY_RIGHT if first <= _WRONG else Verdict.WRONG


def predict_step(model: LocalModel, delta: Floats) -> StepPrediction:
    """What is foretold of the step Δ (d,), and what comes of it."""
    actual = float(model.actual(delta))
    # Each value of L is rounded a few times; so is θ + Δ, which costs the slope times that.
    heights = abs(model.value) + abs(model.value + actual)
    with np.errstate(all="ignore"):
        shift = float(np.abs(model.gradient) @ np.abs(model.theta + delta))
    resolution = 4 * _EPSILON * (heights + shift)
    return StepPrediction(
        float(model.first_order(delta)), float(model.second_order(delta)), actual, resolution
    )


@dataclass(frozen=True, eq=False)
class TaylorPolynomial:
    """Σ L⁽ᵏ⁾(c)/k! · (θ − c)ᵏ of a loss of one parameter; ``coefficients`` are L⁽ᵏ⁾(c)/k!."""

    centre: float
    coefficients: Floats

    @property
    def order(self) -> int:
        """The highest power of (θ − c)."""
        return len(self.coefficients) - 1

    @property
    def is_finite(self) -> bool:
        """Whether every derivative is finite at the centre."""
        return bool(np.isfinite(self.coefficients).all())

    def at(self, theta: npt.ArrayLike) -> Any:
        """The polynomial's value at θ, of any shape."""
        h = np.asarray(theta, dtype=np.float64) - self.centre
        with np.errstate(all="ignore"):
            result: Any = np.zeros_like(h)
            for coefficient in self.coefficients[::-1]:
                result = result * h + coefficient
        return float(result) if h.ndim == 0 else result

    def cut(self, order: int) -> TaylorPolynomial:
        """The polynomial of a lower order at the same point."""
        return TaylorPolynomial(self.centre, self.coefficients[: order + 1])


def taylor_polynomial(objective: Objective, centre: float, order: int) -> TaylorPolynomial:
    """The Taylor polynomial of a loss of one parameter, as far as its derivatives are at hand.

    Parameters
    ----------
    order : 0 … 10. Where a derivative is too long to write down the polynomial ends before it.

    Raises
    ------
    ValueError : the loss has more than one parameter.
    """
    known = derivatives(objective)
    reached = known.extend_to(order)
    factorials = np.array([math.factorial(k) for k in range(reached + 1)], dtype=np.float64)
    return TaylorPolynomial(centre, known.at(centre, reached) / factorials)
