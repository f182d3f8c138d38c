"""The local model of a loss: what slope and curvature at θ foretell of a step, and what comes.

L(θ + Δ) ≈ L(θ) + ∇L·Δ + ½ ΔᵀHΔ
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from gdsim.core.objective import Objective

if TYPE_CHECKING:
    from gdsim.core.directional import SecondForm

Array = npt.NDArray[np.float64]

MAX_ORDER = 10
"""The highest order of a Taylor polynomial."""

_EPSILON = float(np.finfo(np.float64).eps)
# A prediction this near to what came is called right, and one this far off wrong.
_RIGHT, _WRONG = 0.01, 0.25


@dataclass(frozen=True, eq=False)
class LocalModel:
    """L, ∇L and H at θ. Steps are (d,), or (d, n) for n steps at once.

    ``form(θ, u, v)`` is uᵀHv; ``gradient`` is (d,).
    """

    objective: Objective
    theta: Array
    value: float
    gradient: Array
    form: SecondForm

    @cached_property
    def hessian(self) -> Array:
        """H at θ, (d, d)."""
        d = len(self.theta)
        rows, columns = np.tril_indices(d)
        unit = np.eye(d)
        entries = self.form(self.theta, unit[:, rows], unit[:, columns])
        result = np.empty((d, d))
        result[rows, columns] = result[columns, rows] = entries
        return result

    def first_order(self, delta: Array) -> Any:
        """∇L·Δ: what the tangent plane foretells for the change of L."""
        with np.errstate(all="ignore"):
            return self.gradient @ delta

    def curvature(self, delta: Array) -> Any:
        """ΔᵀHΔ: twice what the bend of the landscape adds to the change of L."""
        return self.form(self.theta, delta, delta)

    def second_order(self, delta: Array) -> Any:
        """∇L·Δ + ½ ΔᵀHΔ: what the paraboloid foretells for the change of L."""
        with np.errstate(all="ignore"):
            return self.first_order(delta) + self.curvature(delta) / 2

    def actual(self, delta: Array) -> Any:
        """L(θ + Δ) − L(θ), as it comes."""
        with np.errstate(all="ignore"):
            start = self.theta if delta.ndim == 1 else self.theta[:, np.newaxis]
            return self.objective.value(start + delta) - self.value


def local_model(
    objective: Objective,
    theta: Array,
    gradient: Array | None = None,
    form: SecondForm | None = None,
) -> LocalModel:
    """The local model of L at θ (d,); what is known already is not worked out again.

    Raises
    ------
    Problem : where the formula has no second derivative that floats can hold.
    """
    from gdsim.core.directional import second_form

    return LocalModel(
        objective=objective,
        theta=theta,
        value=objective.value(theta),
        gradient=objective.gradient(theta) if gradient is None else gradient,
        form=second_form(objective) if form is None else form,
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
    SURPRISED = auto()
    """The loss rose though slope and bend together foretold a fall."""
    RIGHT = auto()
    BENT = auto()
    """The slope alone is off, slope and bend together are near."""
    ROUGHLY_RIGHT = auto()
    WRONG = auto()


@dataclass(frozen=True, slots=True)
class Forecast:
    """The change of L over one step: by the slope, by slope and bend, and as it came."""

    first: float
    second: float
    actual: float
    resolution: float
    """How far rounding alone may put ``actual`` off."""

    @property
    def first_error(self) -> float:
        """Foretold minus actual."""
        return self.first - self.actual

    @property
    def second_error(self) -> float:
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
        if not all(map(math.isfinite, (self.first, self.second, self.actual))):
            return Verdict.NOT_FINITE
        if not self.is_resolved(self.first) and not self.is_resolved(self.actual):
            return Verdict.BELOW_ROUNDING
        if self.first > 0:
            return Verdict.UPHILL
        if self.actual > self.resolution:
            return Verdict.OVERSHOT if self.second > 0 else Verdict.SURPRISED
        first, second = map(self.relative, (self.first_error, self.second_error))
        if first <= _RIGHT or not self.is_resolved(self.first_error):
            return Verdict.RIGHT
        if second <= first / 4:
            return Verdict.BENT
        return Verdict.ROUGHLY_RIGHT if first <= _WRONG else Verdict.WRONG


def forecast(model: LocalModel, delta: Array) -> Forecast:
    """What is foretold of the step Δ (d,), and what comes of it."""
    actual = float(model.actual(delta))
    # Each value of L is rounded a few times; so is θ + Δ, which costs the slope times that.
    heights = abs(model.value) + abs(model.value + actual)
    with np.errstate(all="ignore"):
        shift = float(np.abs(model.gradient) @ np.abs(model.theta + delta))
    resolution = 4 * _EPSILON * (heights + shift)
    return Forecast(
        float(model.first_order(delta)), float(model.second_order(delta)), actual, resolution
    )


@dataclass(frozen=True, eq=False)
class Circle:
    """Every step of length r in a plane through θ, by its angle β to the gradient.

    ``axes`` are the two parameters that span the plane. β is in degrees and counts anticlockwise
    from the part of ∇L that lies in the plane, (2,) ``slope``; where that is zero or not finite,
    from the first axis.
    """

    model: LocalModel
    axes: tuple[int, int]
    radius: float

    @cached_property
    def slope(self) -> Array:
        return self.model.gradient[list(self.axes)]

    @cached_property
    def steepness(self) -> float:
        """‖∇L‖ within the plane."""
        return float(np.hypot(*self.slope))

    @property
    def has_slope(self) -> bool:
        """Whether there is a direction that β can be measured from."""
        return 0 < self.steepness < math.inf

    @cached_property
    def uphill(self) -> Array:
        """The unit vector at β = 0, (2,)."""
        if not self.has_slope:
            return np.array([1.0, 0.0])
        result: Array = self.slope / self.steepness
        return result

    def direction(self, beta: npt.ArrayLike) -> Array:
        """The unit vector in the plane at the angle β, (2,) or (2, n)."""
        angle = np.radians(np.asarray(beta, dtype=np.float64))
        (x, y), (cos, sin) = self.uphill, (np.cos(angle), np.sin(angle))
        return np.array([x * cos - y * sin, x * sin + y * cos])

    def angle(self, x: float, y: float) -> float:
        """β of a direction in the plane, from 0 up to 360; NaN of no direction."""
        if not (math.isfinite(x) and math.isfinite(y)) or (x == 0 and y == 0):
            return math.nan
        size = math.hypot(x, y)
        (gx, gy), (ux, uy) = self.uphill.tolist(), (x / size, y / size)
        beta = math.degrees(math.atan2(gx * uy - gy * ux, gx * ux + gy * uy)) % 360.0
        # A hair below zero comes out as 360 itself.
        return 0.0 if beta == 360.0 else beta

    def step(self, beta: npt.ArrayLike) -> Array:
        """The step of length r at the angle β, (d,) or (d, n)."""
        flat = self.radius * self.direction(beta)
        result = np.zeros((len(self.model.theta), *flat.shape[1:]))
        result[list(self.axes)] = flat
        return result

    def first_order(self, beta: npt.ArrayLike) -> Any:
        """‖∇L‖ r cos β, least at 180°."""
        slope = self.steepness if self.has_slope else 0.0 * self.steepness
        return slope * self.radius * cosine(beta)

    def second_order(self, beta: npt.ArrayLike) -> Any:
        """‖∇L‖ r cos β + ½ ΔᵀHΔ."""
        return self.first_order(beta) + self.model.curvature(self.step(beta)) / 2

    def actual(self, beta: npt.ArrayLike) -> Any:
        """L(θ + Δ) − L(θ) at the angle β."""
        return self.model.actual(self.step(beta))

    def level_lines(self, parts: int = 8) -> Array:
        """Contours of the linear model inside the circle: segments x0, y0, x1, y1, (n, 4).

        They cut the diameter along ∇L into equal parts and are at right angles to it; empty where
        the model is level.
        """
        if not self.has_slope or not (0 < self.radius < math.inf):
            return np.empty((0, 4))
        along = self.radius * np.linspace(-1.0, 1.0, parts + 1)[1:-1]
        half = np.sqrt(self.radius**2 - along**2)
        centre = self.model.theta[list(self.axes)]
        ux, uy = self.uphill
        x, y = centre[0] + along * ux, centre[1] + along * uy
        return np.column_stack((x - half * uy, y + half * ux, x + half * uy, y - half * ux))


def cosine(beta: npt.ArrayLike) -> Any:
    """cos of an angle in degrees, exactly 0 and ±1 at the quarters."""
    degrees = np.asarray(beta, dtype=np.float64) % 360.0
    quarters = np.round(degrees / 90.0)
    exact = np.array([1.0, 0.0, -1.0, 0.0, 1.0])
    result = np.where(
        degrees == quarters * 90.0,
        exact[np.clip(np.nan_to_num(quarters), 0, 4).astype(np.int64)],
        np.cos(np.radians(degrees)),
    )
    return float(result) if result.ndim == 0 else result


def default_angle(circle: Circle, delta: Array) -> float:
    """β of the part of Δ (d,) in the plane; 180° where there is none."""
    angle = circle.angle(*(float(delta[axis]) for axis in circle.axes))
    return 180.0 if math.isnan(angle) else angle


@dataclass(frozen=True, eq=False)
class TaylorPolynomial:
    """Σ L⁽ᵏ⁾(c)/k! · (θ − c)ᵏ of a loss of one parameter; ``coefficients`` are L⁽ᵏ⁾(c)/k!."""

    centre: float
    coefficients: Array

    @property
    def order(self) -> int:
        return len(self.coefficients) - 1

    @property
    def is_finite(self) -> bool:
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
    from gdsim.core.directional import derivatives

    known = derivatives(objective)
    reached = known.extend_to(order)
    factorials = np.array([math.factorial(k) for k in range(reached + 1)], dtype=np.float64)
    return TaylorPolynomial(centre, known.at(centre, reached) / factorials)
