"""The loss along the line that a gradient step takes: L(θ − τ∇L) against τ.

Every η is a place on this line, so one picture shows which steps gain, which gains most, and from
which η on the loss rises.
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
# Rounding of one value of the loss, as a share of the largest number that goes into it.
_NOISE = 16 * 2.0**-52
_ASKED = 100  # of all rows of the data, which suffices for the size of a mean over them
# The loss must fall by this many times the noise for the marks to be right to some digits.
_CLEAR = 500.0
# How much of the line is searched, as a multiple of the τ that moves θ by its own size.
_FAR = 100.0
_NEAREST = 2.0**-500  # of what is searched, where nothing can be told any more
_FARTHEST = 1e6  # of the chosen η, if that is larger
# The view ends so far behind the first rise; the chosen η stretches it up to so many times that.
_BEHIND = 1.3
_STRETCH = 6.0


class NoSlice(Enum):
    """Why there is nothing to be seen along the line."""

    LEVEL = auto()
    """The gradient is zero: there is no direction to step along."""
    UNDEFINED = auto()
    """The loss or its gradient is not finite here."""
    ROUNDED = auto()
    """The slope is so small that rounding hides how the loss changes."""


@dataclass(frozen=True, slots=True, eq=False)
class LineSlice:
    """The loss along −∇L, with what there is to mark on it.

    ``tau`` and ``loss`` are (n,), NaN where the loss is not finite; the view is ``tau_range`` by
    ``loss_range``. ``start`` is L(θ) and ``slope`` dL/dτ at τ = 0, which is −‖∇L‖².

    ``eta`` is the chosen rate and ``eta_loss`` the loss that a plain gradient step would end at.
    ``best`` is where the loss is lowest before it first exceeds L(θ), at ``rise``; each is None
    where there is no such place up to ``searched``. ``rise_is_end``: from there on the loss is not
    above L(θ) but undefined.
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
    """The loss and its slope along one line."""

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
    """The loss along −∇L from a point, far enough to see where it rises, and the chosen η.

    Parameters
    ----------
    theta, gradient : the point and ∇L there, (d,).
    eta : the learning rate in force.
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
        # Now closely: a short rise may hide between two samples of the search.
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
    """Samples from where the fall first shows to the first that is not below the start any more."""
    nearest = max(min(nearest, far / 2), far * _NEAREST)
    count = math.ceil(math.log2(far / nearest) * _FINENESS) + 1
    taus = nearest * (far / nearest) ** np.linspace(0.0, 1.0, max(count, 2))
    losses = line.losses(taus)
    end = _end(losses, start + noise) + 1
    return (taus[:end], losses[:end]) if end > 1 else (taus[:0], losses[:0])


def _end(losses: Floats, most: float) -> int:
    """The first place that is not at most this high; past the last where all are."""
    with np.errstate(invalid="ignore"):
        above = ~(losses <= most)
    return int(np.argmax(above)) if above.any() else len(losses)


def _first_rise(line: _Line, start: float, below: float, above: float) -> float:
    """The τ between two at which the loss first exceeds the start, or ceases to be defined."""
    while True:
        middle = (below + above) / 2
        if not below < middle < above:
            return above
        if line.loss(middle) <= start:
            below = middle
        else:
            above = middle


def _best(line: _Line, taus: Floats, losses: Floats) -> float | None:
    """Where the loss is lowest among these, to the last bits where it is smooth there."""
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
    """What the rounding of θ, and of the sums in the formula, is a share of in the loss."""
    values = dict(zip(objective.parameters, theta.tolist(), strict=True))
    rows: list[dict[str, float]] = [{}]
    if isinstance(objective, RowObjective):
        rows = objective.row_values(_ASKED)
    sizes = [_magnitude(objective.root, {**values, **row}) for row in rows]
    return sum(sizes) / len(sizes) + float(np.abs(theta) @ np.abs(gradient))


def _magnitude(node: Node, values: dict[str, float]) -> float:
    """The size of the numbers that are added up to the value, which rounding is a share of."""
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
