"""The loss sampled for the eye: a plane with levels and iso-lines, or a curve.

A ``Landscape`` and a ``Curve`` are finished pictures in numbers. The views only paint them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from math import ceil, floor, isfinite, log10
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Range = tuple[float, float]

# Beyond this a difference of two values may overflow; such values are masked like infinity.
_LARGEST = 1e300
# Where the highest value lies this many times further above the lowest than the median does,
# evenly spaced levels would leave most of the plane empty.
_WIDE = 8.0
_LEVELS = 20
# How many levels a decade, and where they lie in it.
_MANTISSAS: dict[int, tuple[float, ...]] = {
    1: (1.0,),
    2: (1.0, 3.0),
    3: (1.0, 2.0, 5.0),
    5: (1.0, 1.5, 2.5, 4.0, 6.0),
    10: (1.0, 1.25, 1.6, 2.0, 2.5, 3.2, 4.0, 5.0, 6.3, 8.0),
}


class Samplable(Protocol):
    """What is needed of an objective: its value at many points at once."""

    def value(self, theta: NDArray[np.float64], /) -> NDArray[np.float64] | float:
        """The loss at points of shape (d, …), of shape (…)."""


class Spacing(Enum):
    """How the colours and the levels of a landscape follow the loss."""

    LINEAR = auto()
    LOG = auto()
    """By the logarithm of the height above the minimum."""
    FLAT = auto()
    """One value everywhere, or none: there is nothing to tell apart."""


@dataclass(frozen=True, slots=True)
class LossScale:
    """A loss as a position between 0 (lowest colour) and 1 (highest colour).

    Linear: (L − low) / (high − low).
    Log: log((L − low) / first) / log((high − low) / first), where ``first`` is the height above
    ``low`` at which the colours begin to change.
    """

    spacing: Spacing
    low: float
    high: float
    first: float = 0.0

    def position(self, loss: Matrix) -> Matrix:
        """Where the loss lies on the scale, in [0, 1]; NaN where it is not a number."""
        if self.spacing is Spacing.FLAT:
            flat: Matrix = np.where(np.isnan(loss), np.nan, 0.5)
            return flat
        with np.errstate(all="ignore"):
            height = (loss - self.low) / (self.high - self.low)
            if self.spacing is Spacing.LINEAR:
                return np.clip(height, 0.0, 1.0)
            # What lies below the lowest sample has no logarithm; it takes the lowest colour.
            decades = np.log10((self.high - self.low) / self.first)
            position: Matrix = 1.0 + np.log10(np.maximum(height, 1e-300)) / decades
            return np.clip(position, 0.0, 1.0)

    def loss_at(self, position: float) -> float:
        """The loss that lies at a position: the inverse of ``position``."""
        if self.spacing is Spacing.LOG:
            ratio = (self.high - self.low) / self.first
            return float(self.low + self.first * ratio**position)
        return self.low + position * (self.high - self.low)


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """The loss on a grid over two parameters, with all that a contour plot shows.

    ``x`` (nx,), ``y`` (ny,), ``z`` (ny, nx) with NaN where the loss is not finite;
    ``normalised`` (ny, nx) in [0, 1] for colours, NaN as in ``z``;
    ``lines`` (n, 2): every iso-line, separated by rows of NaN;
    ``ticks``: (position in [0, 1], loss) of the colour bar's numbers.
    """

    x: Vector
    y: Vector
    z: Matrix
    scale: LossScale
    levels: tuple[float, ...]
    normalised: Matrix
    lines: Matrix
    ticks: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The loss along one parameter: ``x`` and ``y`` (n,), with NaN where the line must break.

    ``extent`` is the range of the loss, without what runs off at a pole.
    """

    x: Vector
    y: Vector
    extent: Range


def sample_plane(
    objective: Samplable,
    point: Vector,
    *,
    axes: tuple[int, int] = (0, 1),
    x_range: Range,
    y_range: Range,
    resolution: int = 400,
) -> Landscape:
    """The loss over the plane through ``point`` along two axes; the other parameters stay.

    Parameters
    ----------
    point : (d,); its entries at ``axes`` do not matter.
    axes : which parameters run along x and y.
    resolution : samples along each axis.
    """
    x = np.linspace(*x_range, resolution)
    y = np.linspace(*y_range, resolution)
    theta = np.empty((len(point), resolution, resolution))
    theta[:] = np.asarray(point, dtype=np.float64)[:, None, None]
    theta[axes[0]] = x
    theta[axes[1]] = y[:, None]
    z = _finite(np.broadcast_to(objective.value(theta), theta.shape[1:]))
    scale = loss_scale(z)
    levels = loss_levels(scale)
    return Landscape(
        x=x,
        y=y,
        z=z,
        scale=scale,
        levels=levels,
        normalised=scale.position(z),
        lines=_iso_lines(x, y, z, levels),
        ticks=_ticks(scale),
    )


def sample_curve(
    objective: Samplable,
    point: Vector,
    *,
    axis: int = 0,
    x_range: Range,
    resolution: int = 1000,
) -> Curve:
    """The loss along one axis through ``point``; the other parameters stay.

    The line breaks where the loss is not finite and where it jumps.
    """

    def along(positions: Vector) -> Vector:
        theta = np.empty((len(point), len(positions)))
        theta[:] = np.asarray(point, dtype=np.float64)[:, None]
        theta[axis] = positions
        return _finite(np.broadcast_to(objective.value(theta), positions.shape))

    x = np.linspace(*x_range, resolution)
    y = along(x)
    jumps = _jumps(along, x, y)
    extent = _extent(y, broken=bool(jumps.size) or bool(np.isnan(y).any()))
    gap = (x[jumps] + x[jumps + 1]) / 2
    return Curve(np.insert(x, jumps + 1, gap), np.insert(y, jumps + 1, np.nan), extent)


def loss_scale(z: Matrix) -> LossScale:
    """The scale that shows the most of these values: linear, or log where the range is wide."""
    values = z[np.isfinite(z)]
    if not values.size:
        return LossScale(Spacing.FLAT, float("nan"), float("nan"))
    low, high = float(values.min()), float(values.max())
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        return LossScale(Spacing.FLAT, low, high)
    sample = values[:: max(1, values.size // 20_000)]
    median, least = (float(value) for value in np.quantile(sample, (0.5, 0.002)))
    if high - low <= _WIDE * (median - low):
        return LossScale(Spacing.LINEAR, low, high)
    # The first level rings a small patch around the minimum, not one sample of it.
    first = max(least - low, (high - low) * 1e-9)
    unit = 10.0 ** floor(log10(first))
    # A round base keeps the levels where they are while the view is moved.
    base = floor(low / unit) * unit
    return LossScale(Spacing.LOG, base, high, unit * floor(first / unit))


def loss_levels(scale: LossScale) -> tuple[float, ...]:
    """About 20 round values of the loss, strictly inside the scale, for iso-lines."""
    if scale.spacing is Spacing.FLAT:
        return ()
    if scale.spacing is Spacing.LINEAR:
        step = _nice_step((scale.high - scale.low) / _LEVELS)
        first = floor(scale.low / step) + 1
        count = ceil(scale.high / step) - first
        return tuple((first + index) * step for index in range(count))
    begin, end = log10(scale.first), log10(scale.high - scale.low)
    decades = end - begin
    density = min(_MANTISSAS, key=lambda per_decade: abs(per_decade * decades - _LEVELS))
    # Past 30 decades even one level each would be too many.
    stride = max(1, round(decades / _LEVELS)) if density == 1 else 1
    heights = (
        mantissa * 10.0**exponent
        for exponent in range(floor(begin), ceil(end) + 1, stride)
        for mantissa in _MANTISSAS[density]
    )
    top = scale.high - scale.low
    return tuple(scale.low + height for height in heights if scale.first <= height < top)


def _finite(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """A copy in which whatever cannot be drawn is NaN."""
    result = np.array(values, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        result[~(np.abs(result) < _LARGEST)] = np.nan
    return result


def _nice_step(step: float) -> float:
    """The nearest of 1, 2, 2.5, 5 times a power of ten."""
    power = 10.0 ** floor(log10(step))
    candidates = (factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0))
    return min(candidates, key=lambda candidate: abs(log10(candidate / step)))


def _iso_lines(x: Vector, y: Vector, z: Matrix, levels: tuple[float, ...]) -> Matrix:
    """Every iso-line as one list of points, with a row of NaN between two lines."""
    if not levels:
        return np.empty((0, 2))
    from contourpy import LineType, contour_generator

    generator = contour_generator(
        x, y, np.ma.masked_invalid(z), line_type=LineType.ChunkCombinedNan
    )
    pause = np.full((1, 2), np.nan)
    pieces: list[Matrix] = []
    for level in levels:
        for points in generator.lines(level)[0]:
            if points is not None:
                pieces += (points, pause)
    return np.concatenate(pieces[:-1]) if pieces else np.empty((0, 2))


def _ticks(scale: LossScale) -> tuple[tuple[float, float], ...]:
    """Round values of the loss, spread over the colour bar, each where it truly lies."""
    if scale.spacing is Spacing.FLAT:
        return ((0.5, scale.low),) if isfinite(scale.low) else ()
    if scale.spacing is Spacing.LINEAR:
        step = _nice_step((scale.high - scale.low) / 5)
        first, last = ceil(scale.low / step), floor(scale.high / step)
        values = [index * step for index in range(first, last + 1)]
    else:
        values = [_shortest(scale, target) for target in np.linspace(0.0, 1.0, 7)]
    unique = sorted(set(values))
    positions = scale.position(np.array(unique))
    return tuple((float(p), v) for p, v in zip(positions, unique, strict=True))


def _shortest(scale: LossScale, target: float) -> float:
    """The value with the fewest digits that lies near a position of the scale."""
    exact = scale.loss_at(target)
    for digits in range(1, 12):
        value = float(f"{exact:.{digits - 1}e}")
        inside = scale.low + scale.first <= value <= scale.high
        if inside and abs(float(scale.position(np.array(value))) - target) < 0.05:
            return value
    return exact


def _jumps(along: Callable[[Vector], Vector], x: Vector, y: Vector) -> NDArray[np.intp]:
    """The samples i after which the loss jumps before sample i + 1, at a pole or a step.

    A steep but continuous stretch flattens when it is halved again and again; a jump does not.
    """
    rise = np.abs(np.diff(y))
    if not np.isfinite(rise).any():
        return np.empty(0, dtype=np.intp)
    suspects = np.flatnonzero(rise > 20 * np.nanmedian(rise))
    if not suspects.size:
        return suspects
    left, right = x[suspects], x[suspects + 1]
    y_left, y_right = y[suspects], y[suspects + 1]
    for _ in range(30):
        middle = (left + right) / 2
        y_middle = along(middle)
        first_half = ~(np.abs(y_right - y_middle) >= np.abs(y_middle - y_left))
        left = np.where(first_half, left, middle)
        right = np.where(first_half, middle, right)
        y_left = np.where(first_half, y_left, y_middle)
        y_right = np.where(first_half, y_middle, y_right)
    # Not-a-number inside the gap is a break as well.
    steady = np.abs(y_right - y_left) < rise[suspects] / 2
    return suspects[~steady]


def _extent(y: Vector, broken: bool) -> Range:
    """The lowest and highest loss to show; a broken line is cut where it runs off to a pole."""
    values = y[np.isfinite(y)]
    if not values.size:
        return (float("nan"), float("nan"))
    low, high = float(values.min()), float(values.max())
    if not broken:
        return (low, high)
    lower, upper = (float(value) for value in np.quantile(values, (0.05, 0.95)))
    reach = upper - lower
    return (max(low, lower - reach), min(high, upper + reach))
