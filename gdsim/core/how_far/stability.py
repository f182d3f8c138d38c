"""Stability of an update rule on the quadratic model of the loss at a point."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from gdsim.core.arrays import Flags, Floats
from gdsim.core.loss.objective import Objective
from gdsim.core.optimizer.linear_rule import LinearRule, linear_rule
from gdsim.core.optimizer.rule import Rule
from gdsim.core.taylor.local_model import LocalModel

if TYPE_CHECKING:
    from gdsim.core.taylor.derivatives import HessianForm

CRAWL_STEPS = 100.0
"""A descent that needs more steps than this to reduce the error to a tenth is called crawling."""

# An eigenvalue that is a smaller share of the largest one (per dimension) is zero up to rounding.
_FLAT = 16 * 2.0**-52
# The rounding error of the absolute value of a factor that is exactly 1.
_ROUNDING = 1e-13
# The distance at which rounding separates a double eigenvalue into a pair.
_DOUBLE = 1e-7
# The search for the largest stable η: exponents of four around 1/λ_max, then points in an interval.
_FAR = 20
_POINTS = 65


class Forecast(Enum):
    """What a descent will do on the quadratic model at a point.

    The last four members say why there is no forecast.
    """

    CONVERGES = auto()
    """It converges to the minimum, without any of the following."""
    CRAWLS = auto()
    """It converges, but needs more than :data:`CRAWL_STEPS` steps for one more digit."""
    ZIGZAGS = auto()
    """It converges, and in some direction every step lands on the other side of the minimum."""
    SWINGS = auto()
    """It converges and oscillates around the minimum, with a period of several steps."""
    HOVERS = auto()
    """In some direction the error neither shrinks nor grows: η is at the limit of stability."""
    DIVERGES = auto()
    """The error grows in a direction in which the loss curves upwards or is flat."""
    NEGATIVE_CURVATURE = auto()
    """The error grows, but only in directions in which the loss curves downwards."""
    NO_MINIMUM = auto()
    """It converges to the stationary point of a model that has no minimum."""
    FLAT = auto()
    """All eigenvalues are zero: the model is a plane."""
    SINGULAR = auto()
    """The rule uses the inverse of a Hessian that is singular."""
    NOT_LINEAR = auto()
    """The rule is not linear in the gradient and its state."""
    UNDEFINED = auto()
    """The Hessian or the rule is not finite."""

    @property
    def applies(self) -> bool:
        """Whether there is a forecast."""
        return self not in _NO_FORECAST


_NO_FORECAST = (Forecast.FLAT, Forecast.SINGULAR, Forecast.NOT_LINEAR, Forecast.UNDEFINED)


@dataclass(frozen=True, slots=True, eq=False)
class Curvature:
    """The eigenvalues of a Hessian, in ascending order, (d,)."""

    eigenvalues: Floats

    @property
    def lowest(self) -> float:
        """λ_min."""
        return float(self.eigenvalues[0])

    @property
    def highest(self) -> float:
        """λ_max."""
        return float(self.eigenvalues[-1])

    @property
    def flat(self) -> float:
        """An eigenvalue whose absolute value is at most this is zero up to rounding."""
        return _FLAT * len(self.eigenvalues) * float(np.abs(self.eigenvalues).max())

    @property
    def condition(self) -> float:
        """The condition number: largest |λ| / smallest |λ|; ``inf`` where some λ is zero."""
        sizes = np.abs(self.eigenvalues)
        if sizes.min() <= self.flat:
            return math.inf
        return float(sizes.max() / sizes.min())

    @property
    def has_upward(self) -> bool:
        """Whether the loss curves upwards in some direction."""
        return self.highest > self.flat

    @property
    def has_downward(self) -> bool:
        """Whether the loss curves downwards in some direction."""
        return self.lowest < -self.flat

    @property
    def fastest_rate(self) -> float:
        """The η with which one step reaches the minimum along the steepest direction: 1 / λ_max.

        Returns
        -------
        float: ``inf`` where no direction curves upwards.
        """
        return 1 / self.highest if self.has_upward else math.inf

    @property
    def stable_rate(self) -> float:
        """The η above which gradient descent diverges on the quadratic model: 2 / λ_max.

        Returns
        -------
        float: ``inf`` where no direction curves upwards.

        References
        ----------
        Nesterov, *Lectures on Convex Optimization*, 2018, section 2.1.
        """
        return 2 / self.highest if self.has_upward else math.inf


def curvature(hessian: Floats) -> Curvature | None:
    """The curvature of a Hessian (d, d), or None where it is not finite."""
    if not np.isfinite(hessian).all():
        return None
    try:
        return Curvature(np.asarray(np.linalg.eigvalsh(hessian), dtype=np.float64))
    except np.linalg.LinAlgError:
        return None


@dataclass(frozen=True, slots=True)
class StabilityForecast:
    """A forecast with its numbers.

    ``along`` is the eigenvalue λ of the direction that decides the forecast. ``factor`` is the
    factor of the error in this direction in one update: the dominant eigenvalue of the update
    matrix, which is complex where the error oscillates. ``radius`` is the largest absolute value of
    such a factor, over all directions with λ ≠ 0.
    """

    forecast: Forecast
    along: float = math.nan
    factor: complex = complex(math.nan)
    radius: float = math.nan

    @property
    def steps_for_a_digit(self) -> float:
        """The number of updates that reduce the error to a tenth, asymptotically."""
        return _steps_for_a_digit(self.radius)

    @property
    def steps_in_a_wave(self) -> float:
        """The period of the oscillation in updates; 2 where every update changes sides."""
        angle = abs(math.atan2(self.factor.imag, self.factor.real))
        return 2 * math.pi / angle if angle else math.inf


def forecast(rule: Rule, eta: float, t: float, curved: Curvature | None) -> StabilityForecast:
    """What the rule does on the quadratic model with this curvature.

    Parameters
    ----------
    eta, t : the learning rate, and the t of the rule; both are assumed to be constant.
    curved : the curvature at the point; None where the Hessian is not finite.
    """
    linear = linear_rule(rule, eta, t) if math.isfinite(eta) else None
    if linear is None and math.isfinite(eta):
        return StabilityForecast(Forecast.NOT_LINEAR)
    if linear is None or curved is None:
        return StabilityForecast(Forecast.UNDEFINED)
    with np.errstate(all="ignore"):
        return _predict(linear, curved)


def _predict(linear: LinearRule, curved: Curvature) -> StabilityForecast:
    flat = np.abs(curved.eigenvalues) <= curved.flat
    downward = (curved.eigenvalues < 0) & ~flat
    if flat.any() and linear.newton.any():
        return StabilityForecast(Forecast.SINGULAR)
    factors = _factors(linear, np.where(flat, 0.0, curved.eigenvalues))[0]
    if not np.isfinite(factors).all():
        return StabilityForecast(Forecast.UNDEFINED)
    sizes = np.abs(factors)
    radius = float(sizes[~flat].max(initial=0.0))
    grows = sizes > 1 + _ROUNDING
    across = (factors.real < -_DOUBLE) & ~flat
    swings = across | ((np.abs(factors.imag) > _DOUBLE) & ~flat)
    crawls = ~flat & (_steps_for_a_digit(radius) > CRAWL_STEPS)
    # The first case that is true in some direction; among several directions the largest factor
    # decides. Along a flat direction an error is constant, unless the state of the rule grows.
    cases = (
        (Forecast.DIVERGES, grows & ~downward),
        (Forecast.NEGATIVE_CURVATURE, grows),
        (Forecast.FLAT, np.full_like(flat, flat.all())),
        (Forecast.HOVERS, swings & (sizes >= 1 - _ROUNDING)),
        (Forecast.NO_MINIMUM, downward),
        (Forecast.ZIGZAGS, across),
        (Forecast.SWINGS, swings),
        (Forecast.CRAWLS, crawls),
        (Forecast.CONVERGES, ~flat),
    )
    kind, where = next(case for case in cases if case[1].any())
    place = int(np.argmax(np.where(where, sizes, -1.0)))
    return StabilityForecast(
        kind, float(curved.eigenvalues[place]), complex(factors[place]), radius
    )


def _steps_for_a_digit(radius: float) -> float:
    if radius == 0.0 or radius >= 1.0:
        return 0.0 if radius == 0.0 else math.inf
    return math.log(10) / -math.log(radius)


def _factors(linear: LinearRule, curvatures: Floats) -> npt.NDArray[np.complex128]:
    """The dominant eigenvalue of the update matrix for each η and λ, (m, d); NaN if undefined.

    Of several with the same absolute value it is the one with the smallest real part, because its
    oscillation is the one that is visible.
    """
    matrices = linear.iteration(curvatures)
    broken = ~np.isfinite(matrices).all(axis=(2, 3))
    matrices[broken] = 0.0
    eigenvalues = np.linalg.eigvals(matrices).astype(np.complex128)
    sizes = np.abs(eigenvalues)
    leading = sizes >= sizes.max(axis=2, keepdims=True) * (1 - _DOUBLE)
    places = np.argmin(np.where(leading, eigenvalues.real, np.inf), axis=2)
    factors = np.take_along_axis(eigenvalues, places[..., None], axis=2)[..., 0]
    factors[broken] = complex(math.nan, math.nan)
    return factors


def largest_stable_rate(rule: Rule, t: float, curved: Curvature) -> float | None:
    """The η up to which the rule converges in every direction in which the loss curves upwards.

    Returns
    -------
    float: ``inf`` where there is no limit; None where the rule is not linear, no direction curves
        upwards, or no η is stable.

    Notes
    -----
    For θ − ηg it is 2/λ_max, for momentum in PyTorch's form 2(1 + β)/λ_max, for Nesterov momentum
    2(1 + β)/((1 + 2β)λ_max). Here it is computed for any linear rule: by a search over powers of
    four, then by subdividing the interval down to the last bits.
    """
    upward = curved.eigenvalues[curved.eigenvalues > curved.flat]
    if not len(upward):
        return None
    with np.errstate(over="ignore"):
        rates: Floats = np.power(4.0, np.arange(-_FAR, _FAR + 1)) / curved.highest
    rates = rates[np.isfinite(rates)]
    stable = _are_stable(rule, rates, t, upward)
    if not stable.any():
        return None
    first = int(np.argmax(stable))
    if stable[first:].all():
        return math.inf
    while True:
        last = first + int(np.argmin(stable[first:])) - 1
        low, high = float(rates[last]), float(rates[last + 1])
        if high - low <= 2 * math.ulp(high):
            return low
        rates, first = np.linspace(low, high, _POINTS), 0
        stable = _are_stable(rule, rates, t, upward)


def _are_stable(rule: Rule, rates: Floats, t: float, curvatures: Floats) -> Flags:
    """Whether the rule reduces the error in all these directions, for each η, (m,)."""
    linear = linear_rule(rule, rates, t)
    if linear is None:
        return np.zeros(len(rates), dtype=bool)
    with np.errstate(all="ignore"):
        sizes = np.abs(_factors(linear, curvatures))
    return np.asarray((sizes < 1.0).all(axis=1), dtype=np.bool_)


def curvature_at(objective: Objective, form: HessianForm, theta: Floats) -> Curvature | None:
    """The curvature of a loss at θ (d,); None where its Hessian is not finite."""
    model = LocalModel(objective, theta, math.nan, np.full_like(theta, math.nan), form)
    return curvature(model.hessian)
