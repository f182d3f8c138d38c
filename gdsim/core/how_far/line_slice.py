"""The loss along the line of a gradient step: L(θ − τ∇L) against τ.

Every learning rate η is a point τ = η of this line, so that one plot shows which learning rates
decrease the loss, which one decreases it most, and from which one on it rises.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.formula.expression import Negate, Node, Product, Sum, evaluate
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.row_objective import RowObjective

SAMPLES = 321

_FINENESS = 8  # samples of the search for each doubling of τ
# The rounding error of one value of the loss, as a share of the largest number in its formula.
_NOISE = 16 * 2.0**-52
_SAMPLED_ROWS = 100  # rows of data by which the size of the numbers in a mean is estimated
# The loss must decrease by this many times the noise, or the marked points would be inaccurate.
_CLEAR = 500.0
# The largest τ of the search, as a multiple of the τ that changes θ by its own size.
_FAR = 100.0
_NEAREST = 2.0**-500  # the smallest τ of the search, as a share of the largest one
_FARTHEST = 1e6  # as _FAR, where the learning rate is larger
# The plot ends at this multiple of the first rise, or to show η at up to this multiple of that.
_BEHIND = 1.3
_STRETCH = 6.0


class NoSlice(Enum):
    """Why there is no plot of the loss along the line."""

    LEVEL = auto()
    """The gradient is zero, so that there is no direction."""
    UNDEFINED = auto()
    """The loss, its gradient or η is not finite."""
    ROUNDED = auto()
    """The gradient is so small that the change of the loss is within its rounding error."""


@dataclass(frozen=True, slots=True, eq=False)
class LineSlice:
    """The loss along −∇L, with the points that are marked on it.

    ``tau`` and ``loss`` (n,): the curve, NaN where the loss is not finite;
    ``tau_range``, ``loss_range``: the ranges to show;
    ``start``: L(θ); ``slope``: dL/dτ at τ = 0, which is −‖∇L‖²;
    ``eta``: the learning rate; ``eta_loss``: the loss after a gradient step with it;
    ``rise``: the smallest τ at which the loss exceeds L(θ), or, where ``rise_is_end``, ceases to
    be defined; None where there is none up to ``searched``;
    ``best``, ``best_loss``: the minimum of the loss before ``rise``; None and NaN where there is
    none.
    """

    tau: Floats
    loss: Floats
    start: float
    slope: float
    eta: float
    eta_loss: float
    best: float | None
    best_loss: float
    rise: float | None
    rise_is_end: bool
    searched: float
    tau_range: tuple[float, float]
    loss_range: tuple[float, float]


class _Line:
    """The loss and its derivative along one line."""

    def __init__(self, objective: Objective, theta: Floats, gradient: Floats) -> None:
        self._objective = objective
        self._theta = theta
        self.gradient = gradient

    def loss(self, tau: float) -> float:
        return float(self._objective.value(self._at(tau)))

    def losses(self, taus: Floats) -> Floats:
        with np.errstate(all="ignore"):
            points = self._theta[:, None] - taus * self.gradient[:, None]
        values: Floats = np.broadcast_to(self._objective.value(points), taus.shape)
        return values

    def slope(self, tau: float) -> float:
        """dL/dτ."""
        with np.errstate(all="ignore"):
            return -float(self.gradient @ self._objective.gradient(self._at(tau)))

    def _at(self, tau: float) -> Floats:
        with np.errstate(all="ignore"):
            point: Floats = self._theta - tau * self.gradient
        return point


def slice_along_gradient(
    objective: Objective, theta: Floats, gradient: Floats, eta: float
) -> LineSlice | NoSlice:
    """The loss along −∇L from a point, up to where it rises and, if not too far, up to η.

    Parameters
    ----------
    theta, gradient : the point and ∇L there, (d,).
    eta : the learning rate.
    """
    start = float(objective.value(theta))
    with np.errstate(all="ignore"):
        steepness = float(gradient @ gradient)
    if not (math.isfinite(start) and math.isfinite(steepness) and math.isfinite(eta)):
        return NoSlice.UNDEFINED
    if steepness == 0.0:
        return NoSlice.LEVEL
    line = _Line(objective, theta, gradient)
    noise = _NOISE * _rounded(objective, theta, gradient)
    unit = (1.0 + float(np.abs(theta).max())) / math.sqrt(steepness)
    far = max(_FAR * unit, min(2 * eta, _FARTHEST * unit))
    if not math.isfinite(far):
        return NoSlice.UNDEFINED
    taus, losses = _search(line, start, max(noise, 1e-300) / steepness, far, noise)
    if not losses.size or start - np.nanmin(losses) < _CLEAR * noise:
        return NoSlice.ROUNDED
    searched, rise = float(taus[-1]), None
    while not losses[-1] <= start + noise:
        rise = _first_rise(line, start, float(taus[-2]), float(taus[-1]))
        # Search again with a fine grid: an earlier, short rise may lie between two samples.
        taus = np.linspace(0.0, rise, SAMPLES)
        losses = line.losses(taus)
        end = _end(losses[:-1], start + noise)
        if end == len(losses) - 1:
            break
        taus, losses = taus[: end + 1], losses[: end + 1]
    best = _best(line, taus, losses)
    if rise is not None:
        reach = _BEHIND * rise
    else:
        reach = min(max(3 * eta, 1e-3 * unit), far) if best is None else 2 * best
    if reach < 1.1 * eta <= _STRETCH * reach:
        reach = 1.1 * eta
    return _picture(line, start, eta, best, rise, reach, searched)


def _search(
    line: _Line, start: float, nearest: float, far: float, noise: float
) -> tuple[Floats, Floats]:
    """Samples τ and L from the nearest τ to the first at which the loss is not below the start."""
    nearest = max(min(nearest, far / 2), far * _NEAREST)
    count = math.ceil(math.log2(far / nearest) * _FINENESS) + 1
    taus = nearest * (far / nearest) ** np.linspace(0.0, 1.0, max(count, 2))
    losses = line.losses(taus)
    end = _end(losses, start + noise) + 1
    return (taus[:end], losses[:end]) if end > 1 else (taus[:0], losses[:0])


def _end(losses: Floats, most: float) -> int:
    """The index of the first loss above ``most`` or undefined; the length where there is none."""
    with np.errstate(invalid="ignore"):
        above = ~(losses <= most)
    return int(np.argmax(above)) if above.any() else len(losses)


def _first_rise(line: _Line, start: float, below: float, above: float) -> float:
    """The τ between two at which the loss first exceeds the start or is undefined, by bisection."""
    while True:
        middle = (below + above) / 2
        if not below < middle < above:
            return above
        if line.loss(middle) <= start:
            below = middle
        else:
            above = middle


def _best(line: _Line, taus: Floats, losses: Floats) -> float | None:
    """The τ of the lowest of these losses; where the loss is smooth, by bisection of its slope."""
    lowest = int(np.nanargmin(losses))
    if lowest in (0, len(taus) - 1) or not math.isfinite(losses[lowest]):
        return None
    below, above = float(taus[lowest - 1]), float(taus[lowest + 1])
    if not (line.slope(below) < 0 < line.slope(above)):
        return float(taus[lowest])
    while True:
        middle = (below + above) / 2
        if not below < middle < above:
            return middle
        if line.slope(middle) < 0:
            below = middle
        else:
            above = middle


def _picture(
    line: _Line,
    start: float,
    eta: float,
    best: float | None,
    rise: float | None,
    reach: float,
    searched: float,
) -> LineSlice:
    tau = np.linspace(0.0, reach, SAMPLES)
    loss = np.array(line.losses(tau))
    loss[~np.isfinite(loss)] = np.nan
    loss[0] = start
    eta_loss = line.loss(eta)
    low = float(np.nanmin(loss))
    drop = max(start - low, 1e-12 * abs(start), 1e-300)
    top = start + 0.6 * drop
    if eta <= reach and start < eta_loss <= start + 3 * drop:
        top = max(top, eta_loss + 0.15 * drop)
    return LineSlice(
        tau=tau,
        loss=loss,
        start=start,
        slope=-float(line.gradient @ line.gradient),
        eta=eta,
        eta_loss=eta_loss,
        best=best,
        best_loss=math.nan if best is None else line.loss(best),
        rise=rise,
        rise_is_end=rise is not None and math.isnan(line.loss(rise)),
        searched=searched,
        tau_range=(-0.04 * reach, reach),
        loss_range=(low - 0.15 * drop, top),
    )


def _rounded(objective: Objective, theta: Floats, gradient: Floats) -> float:
    """The size of the numbers whose rounding changes the loss: terms of its formula, and θ."""
    values = dict(zip(objective.parameters, theta.tolist(), strict=True))
    rows: list[dict[str, float]] = [{}]
    if isinstance(objective, RowObjective):
        rows = objective.row_values(_SAMPLED_ROWS)
    sizes = [_magnitude(objective.root, {**values, **row}) for row in rows]
    return sum(sizes) / len(sizes) + float(np.abs(theta) @ np.abs(gradient))


def _magnitude(node: Node, values: dict[str, float]) -> float:
    """The sum of the absolute values of the terms that are added up to the value of the tree."""
    match node:
        case Sum(terms):
            return sum(_magnitude(term, values) for _, term in terms)
        case Negate(operand):
            return _magnitude(operand, values)
        case Product(factors) if all(power > 0 for power, _ in factors):
            return math.prod(_magnitude(factor, values) for _, factor in factors)
        case _:
            try:
                return abs(evaluate(node, values))
            except (ArithmeticError, ValueError):
                return math.inf
