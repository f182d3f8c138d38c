"""How far a step may go: the curvature at a point, and what a descent will do there."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from gdsim.core.expression import Call, names_in, walk
from gdsim.core.linear_rule import LinearRule, linear_rule
from gdsim.core.objective import Objective
from gdsim.core.rule import Rule
from gdsim.core.trace import Array

CRAWL = 100.0
"""From so many steps for one more digit on, a descent is said to crawl."""

# Eigenvalues are right to some bits of the largest; what is smaller than that is no curvature.
_FLAT = 16 * 2.0**-52
# How far from 1 rounding may put the size of a factor that is exactly 1.
_ROUNDING = 1e-13
# A double eigenvalue comes out as a pair this far apart.
_DOUBLE = 1e-7
_BENT = frozenset({"abs", "sign", "min", "max"})


class Forecast(Enum):
    """What gradient steps will do on the quadratic model at a point.

    The last four say why there is no forecast.
    """

    CONVERGES = auto()
    CRAWLS = auto()
    """It converges, but one more digit takes more than :data:`CRAWL` steps."""
    ZIGZAGS = auto()
    """It converges, and in some direction every step lands on the other side."""
    SWINGS = auto()
    """It converges, rolling to and fro through the minimum in waves of several steps."""
    HOVERS = auto()
    """Some direction neither shrinks nor grows: exactly on the boundary."""
    DIVERGES = auto()
    NEGATIVE_CURVATURE = auto()
    """It is driven away along a direction in which the loss curves downwards."""
    NO_MINIMUM = auto()
    """It converges, on the level point of a model that has no minimum."""
    FLAT = auto()
    """There is no curvature at all: the model is a plane."""
    SINGULAR = auto()
    """The rule divides by a curvature that is zero in some direction."""
    NOT_LINEAR = auto()
    """The rule is not linear in the gradient and its memory."""
    UNDEFINED = auto()
    """The Hessian or the rule is not finite here."""

    @property
    def applies(self) -> bool:
        return self not in _NO_FORECAST


_NO_FORECAST = (Forecast.FLAT, Forecast.SINGULAR, Forecast.NOT_LINEAR, Forecast.UNDEFINED)


@dataclass(frozen=True, slots=True, eq=False)
class Curvature:
    """The eigenvalues of a Hessian, in ascending order, (d,)."""

    eigenvalues: Array

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
        """A curvature that is no larger than this cannot be told from zero."""
        return _FLAT * len(self.eigenvalues) * float(np.abs(self.eigenvalues).max())

    @property
    def condition(self) -> float:
        """The condition number: largest |λ| by smallest |λ|; infinite where some λ is zero."""
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
        """The η of gradient descent that levels the steepest direction in one step: 1 / λ_max.

        Returns
        -------
        float: ``inf`` where no direction curves upwards.
        """
        return 1 / self.highest if self.has_upward else math.inf

    @property
    def stable_rate(self) -> float:
        """The η past which gradient descent overshoots more than it gains: 2 / λ_max.

        Returns
        -------
        float: ``inf`` where no direction curves upwards.

        References
        ----------
        Nesterov, *Lectures on Convex Optimization*, 2018, section 2.1.
        """
        return 2 / self.highest if self.has_upward else math.inf


def curvature(hessian: Array) -> Curvature | None:
    """The curvature of a Hessian (d, d), or None where it is not finite."""
    if not np.isfinite(hessian).all():
        return None
    try:
        return Curvature(np.linalg.eigvalsh(hessian))
    except np.linalg.LinAlgError:
        return None


@dataclass(frozen=True, slots=True)
class Prospect:
    """A forecast with its numbers.

    ``along`` is the λ of the direction that decides it, and ``factor`` what one update multiplies
    the error by there: an eigenvalue of the update, complex where it goes round in waves.
    ``radius`` is the size of the largest factor of all directions that curve.
    """

    forecast: Forecast
    along: float = math.nan
    factor: complex = complex(math.nan)
    radius: float = math.nan

    @property
    def steps_for_a_digit(self) -> float:
        """Updates after which the error is a tenth of what it was, in the long run."""
        if not self.radius > 0:
            return 0.0 if self.radius == 0 else math.nan
        return math.inf if self.radius >= 1 else math.log(10) / -math.log(self.radius)

    @property
    def steps_in_a_wave(self) -> float:
        """Updates from one swing to the same side to the next; 2 where each changes sides."""
        angle = abs(math.atan2(self.factor.imag, self.factor.real))
        return 2 * math.pi / angle if angle else math.inf


def forecast(rule: Rule, eta: float, t: float, curved: Curvature | None) -> Prospect:
    """What the rule does on the quadratic of this curvature, from the text of the rule.

    Parameters
    ----------
    eta, t : η and the optimizer's count at the update in question; they are taken as constant.
    curved : the curvature at the point, None where the Hessian is not finite.
    """
    try:
        linear = linear_rule(rule, eta, t)
    except (ArithmeticError, ValueError):
        return Prospect(Forecast.UNDEFINED)
    if linear is None:
        return Prospect(Forecast.NOT_LINEAR)
    if curved is None:
        return Prospect(Forecast.UNDEFINED)
    return _foretell(linear, curved)


def _foretell(linear: LinearRule, curved: Curvature) -> Prospect:
    is_flat = np.abs(curved.eigenvalues) <= curved.flat
    if is_flat.any() and linear.newton.any():
        return Prospect(Forecast.SINGULAR)
    factors = _factors(linear, np.where(is_flat, 0.0, curved.eigenvalues))
    if factors is None:
        return Prospect(Forecast.UNDEFINED)
    sizes = np.abs(factors)
    grows = sizes > 1 + _ROUNDING
    bends_up, bends_down = curved.eigenvalues > curved.flat, curved.eigenvalues < -curved.flat

    def found(kind: Forecast, among: Array) -> Prospect:
        """The direction with the largest factor among some decides."""
        place = int(np.argmax(np.where(among, sizes, -1.0)))
        radius = float(sizes[~is_flat].max(initial=0.0))
        return Prospect(
            kind, float(curved.eigenvalues[place]), complex(factors[place]), max(radius, 0.0)
        )

    # Along a flat direction an error stays what it is, unless the rule's own memory blows up.
    for kind, among in (
        (Forecast.DIVERGES, grows & ~bends_down),
        (Forecast.NEGATIVE_CURVATURE, grows),
    ):
        if among.any():
            return found(kind, among)
    if is_flat.all():
        return Prospect(Forecast.FLAT)
    changes_sides = (factors.real < -_ROUNDING) & ~is_flat
    waves = np.abs(factors.imag) > _DOUBLE * sizes
    swings = (changes_sides | waves) & ~is_flat
    hovers = swings & (sizes >= 1 - _ROUNDING)
    slow = found(Forecast.CONVERGES, ~is_flat)
    crawls = slow.steps_for_a_digit > CRAWL
    for kind, among in (
        (Forecast.HOVERS, hovers),
        (Forecast.NO_MINIMUM, bends_down),
        (Forecast.ZIGZAGS, changes_sides),
        (Forecast.SWINGS, swings),
        (Forecast.CRAWLS, bends_up & crawls),
    ):
        if among.any():
            return found(kind, among)
    return slow


def _factors(linear: LinearRule, curvatures: Array) -> Array | None:
    """The largest eigenvalue of the update for each λ, complex (m,); None where undefined.

    Of several of one size the one that turns the error round most: it decides what is seen.
    """
    matrices = linear.iteration(curvatures)
    if not np.isfinite(matrices).all():
        return None
    eigenvalues = np.linalg.eigvals(matrices).astype(complex)
    sizes = np.abs(eigenvalues)
    leading = sizes >= sizes.max(axis=1, keepdims=True) * (1 - _DOUBLE)
    places = np.argmin(np.where(leading, eigenvalues.real, np.inf), axis=1)
    chosen: Array = eigenvalues[np.arange(len(places)), places]
    return chosen


def largest_stable_rate(rule: Rule, t: float, curved: Curvature) -> float | None:
    """The η up to which the rule converges in every direction that curves upwards.

    Returns
    -------
    float: ``inf`` where no limit was found; None where the rule is not linear, or no η is stable.

    Notes
    -----
    For θ − ηg it is 2/λ_max, for momentum as PyTorch writes it 2(1 + β)/λ_max, for Nesterov's
    2(1 + β)/((1 + 2β)λ_max). The text of the rule is all that is asked here, so η is found by
    looking: first at powers of four, then by halving.
    """
    upward = curved.eigenvalues[curved.eigenvalues > curved.flat]
    if not len(upward):
        return None

    def is_stable(eta: float) -> bool:
        try:
            linear = linear_rule(rule, eta, t)
        except (ArithmeticError, ValueError):
            return False
        factors = None if linear is None else _factors(linear, upward)
        return factors is not None and bool((np.abs(factors) < 1.0).all())

    if linear_rule(rule, 1 / curved.highest, t) is None:
        return None
    return _end_of_stability(is_stable, [4.0**power / curved.highest for power in range(-18, 19)])


def _end_of_stability(is_stable: Callable[[float], bool], rates: list[float]) -> float | None:
    """Where the first stable stretch of these ascending rates ends, to the last bit but one."""
    low: float | None = None
    for rate in rates:
        if is_stable(rate):
            low = rate
        elif low is not None:
            break
    else:
        return None if low is None else math.inf
    assert low is not None
    high = rate
    while True:
        middle = (low + high) / 2
        if not low < middle < high:
            return middle
        if is_stable(middle):
            low = middle
        else:
            high = middle


def is_quadratic(objective: Objective) -> bool:
    """Whether the loss is a quadratic everywhere, so that what holds at one point holds at all."""
    bent = any(
        isinstance(part, Call) and part.function in _BENT and names_in(part)
        for part in walk(objective.root)
    )
    return not bent and not any(names_in(node) for row in objective.hessian_nodes for node in row)
