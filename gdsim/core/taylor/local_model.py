"""The Taylor expansion of a loss at θ: what it predicts for a step, and the actual change.

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
# The relative errors up to which a prediction is called right, and beyond which wrong.
_RIGHT, _WRONG = 0.01, 0.25


@dataclass(frozen=True, eq=False)
class LocalModel:
    """L, ∇L and H at θ (d,). Its methods take a step (d,), or n steps (d, n) at once.

    ``value`` is L, ``gradient`` is ∇L (d,), and ``form(θ, u, v)`` is uᵀHv.
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
        """∇L·Δ: the first-order prediction of the change of L, by the tangent plane."""
        with np.errstate(all="ignore"):
            return self.gradient @ delta

    def curvature(self, delta: Floats) -> Any:
        """ΔᵀHΔ: twice the second-order term of the change of L."""
        return self.form(self.theta, delta, delta)

    def second_order(self, delta: Floats) -> Any:
        """∇L·Δ + ½ ΔᵀHΔ: the second-order prediction of the change of L."""
        with np.errstate(all="ignore"):
            return self.first_order(delta) + self.curvature(delta) / 2

    def actual(self, delta: Floats) -> Any:
        """L(θ + Δ) − L(θ): the actual change of L."""
        with np.errstate(all="ignore"):
            start = self.theta if delta.ndim == 1 else self.theta[:, np.newaxis]
            return self.objective.value(start + delta) - self.value


def local_model(
    objective: Objective,
    theta: Floats,
    gradient: Floats | None = None,
    form: HessianForm | None = None,
) -> LocalModel:
    """The local model of L at θ (d,).

    Parameters
    ----------
    gradient, form : ∇L at θ and the Hessian form, where they are known already.

    Raises
    ------
    Problem : the formula has no second derivative that can be written with real floats.
    """
    return LocalModel(
        objective=objective,
        theta=theta,
        value=objective.value(theta),
        gradient=objective.gradient(theta) if gradient is None else gradient,
        form=hessian_form(objective) if form is None else form,
    )


class Comparison(Enum):
    """How the predictions for a step compare with the actual change of the loss."""

    NOT_FINITE = auto()
    """A prediction or the actual change is not finite."""
    BELOW_ROUNDING = auto()
    """The predicted and the actual change are both within the rounding error of L."""
    UPHILL = auto()
    """The step points uphill: ∇L·Δ > 0."""
    OVERSHOT = auto()
    """The gradient predicted a decrease, but the second-order term made the loss rise."""
    UNPREDICTED_RISE = auto()
    """The loss rose although both predictions were a decrease."""
    RIGHT = auto()
    """The first-order prediction is right to 1 %."""
    CURVED = auto()
    """The second-order prediction has at most a quarter of the error of the first-order one."""
    ROUGHLY_RIGHT = auto()
    """The first-order prediction is right to 25 %."""
    WRONG = auto()
    """The first-order prediction is off by more than 25 %."""


@dataclass(frozen=True, slots=True)
class StepPrediction:
    """The change of L by one step: predicted to first and second order, and actual."""

    first: float
    second: float
    actual: float
    resolution: float
    """The rounding error that ``actual`` can have."""

    @property
    def first_error(self) -> float:
        """The error of the first-order prediction: predicted minus actual."""
        return self.first - self.actual

    @property
    def second_error(self) -> float:
        """The error of the second-order prediction: predicted minus actual."""
        return self.second - self.actual

    def relative(self, error: float) -> float:
        """An error as a share of the actual change; NaN where that is within rounding error."""
        if not abs(self.actual) > self.resolution:
            return math.nan
        return abs(error) / abs(self.actual)

    def is_resolved(self, error: float) -> bool:
        """Whether an error is larger than the rounding error."""
        return not abs(error) <= self.resolution

    @property
    def comparison(self) -> Comparison:
        """The first comparison that is true, in the order of :class:`Comparison`."""
        if not all(map(math.isfinite, (self.first, self.second, self.actual))):
            return Comparison.NOT_FINITE
        if not self.is_resolved(self.first) and not self.is_resolved(self.actual):
            return Comparison.BELOW_ROUNDING
        if self.first > 0:
            return Comparison.UPHILL
        if self.actual > self.resolution:
            return Comparison.OVERSHOT if self.second > 0 else Comparison.UNPREDICTED_RISE
        first, second = map(self.relative, (self.first_error, self.second_error))
        if first <= _RIGHT or not self.is_resolved(self.first_error):
            return Comparison.RIGHT
        if second <= first / 4:
            return Comparison.CURVED
        return Comparison.ROUGHLY_RIGHT if first <= _WRONG else Comparison.WRONG


def predict_step(model: LocalModel, delta: Floats) -> StepPrediction:
    """The predictions for the step Δ (d,), and the actual change."""
    actual = float(model.actual(delta))
    # Each value of L is rounded a few times. So is θ + Δ, which changes L by the slope times that.
    heights = abs(model.value) + abs(model.value + actual)
    with np.errstate(all="ignore"):
        shift = float(np.abs(model.gradient) @ np.abs(model.theta + delta))
    resolution = 4 * _EPSILON * (heights + shift)
    return StepPrediction(
        float(model.first_order(delta)), float(model.second_order(delta)), actual, resolution
    )


@dataclass(frozen=True, eq=False)
class TaylorPolynomial:
    """The Taylor polynomial Σ L⁽ᵏ⁾(c)/k! · (θ − c)ᵏ of a loss of one parameter.

    ``centre`` is c, and ``coefficients`` (order + 1,) are L⁽ᵏ⁾(c)/k!.
    """

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
        """The value of the polynomial at θ, an array of any shape."""
        h = np.asarray(theta, dtype=np.float64) - self.centre
        with np.errstate(all="ignore"):
            result: Any = np.zeros_like(h)
            for coefficient in self.coefficients[::-1]:
                result = result * h + coefficient
        return float(result) if h.ndim == 0 else result

    def cut(self, order: int) -> TaylorPolynomial:
        """The Taylor polynomial of a lower order at the same point."""
        return TaylorPolynomial(self.centre, self.coefficients[: order + 1])


def taylor_polynomial(objective: Objective, centre: float, order: int) -> TaylorPolynomial:
    """The Taylor polynomial of a loss of one parameter.

    Parameters
    ----------
    order : 0 … 10. The result has a lower order where a derivative is too long or does not exist.

    Raises
    ------
    ValueError : the loss has more than one parameter.
    """
    derived = derivatives(objective)
    reached = derived.extend_to(order)
    factorials = np.array([math.factorial(k) for k in range(reached + 1)], dtype=np.float64)
    return TaylorPolynomial(centre, derived.at(centre, reached) / factorials)
