"""The loss sampled for the eye: a plane with levels and iso-lines, or a curve.

A ``Landscape`` and a ``Curve`` are finished pictures in numbers. The views only paint them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gdsim.core.arrays import Floats, Indices, Range, Samplable
from gdsim.core.landscape.loss_scale import LossScale, loss_levels, loss_scale, loss_ticks
from gdsim.core.landscape.plane import Plane

# Beyond this a difference of two values may overflow; such values are masked like infinity.
_LARGEST = 1e300


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """The loss on a grid over a plane, with all that a contour plot shows.

    ``x`` (nx,), ``y`` (ny,), ``z`` (ny, nx) with NaN where the loss is not finite;
    ``normalised`` (ny, nx) in [0, 1] for colours, NaN as in ``z``;
    ``lines`` (n, 2): every iso-line, separated by rows of NaN;
    ``ticks``: (position in [0, 1], loss) of the colour bar's numbers.
    """

    x: Floats
    y: Floats
    z: Floats
    scale: LossScale
    levels: tuple[float, ...]
    normalised: Floats
    lines: Floats
    ticks: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The loss along one parameter: ``x`` and ``y`` (n,), with NaN where the line must break.

    ``extent`` is the range of the loss, without what runs off at a pole.
    """

    x: Floats
    y: Floats
    extent: Range


def sample_plane(
    objective: Samplable,
    plane: Plane,
    *,
    x_range: Range,
    y_range: Range,
    resolution: int = 400,
) -> Landscape:
    """The loss over a part of a plane, with so many samples along each side."""
    x = np.linspace(*x_range, resolution)
    y = np.linspace(*y_range, resolution)
    theta = plane.lift(x, y[:, None])
    z = finite(np.broadcast_to(objective.value(theta), theta.shape[1:]))
    scale = loss_scale(z)
    levels = loss_levels(scale)
    return Landscape(
        x=x,
        y=y,
        z=z,
        scale=scale,
        levels=levels,
        normalised=scale.position(z),
        lines=iso_lines(x, y, z, levels),
        ticks=loss_ticks(scale),
    )


def sample_curve(
    objective: Samplable,
    point: Floats,
    *,
    axis: int = 0,
    x_range: Range,
    resolution: int = 1000,
) -> Curve:
    """The loss along one axis through ``point``; the other parameters stay.

    The line breaks where the loss is not finite and where it jumps.
    """

    def along(positions: Floats) -> Floats:
        theta = np.empty((len(point), len(positions)))
        theta[:] = np.asarray(point, dtype=np.float64)[:, None]
        theta[axis] = positions
        return finite(np.broadcast_to(objective.value(theta), positions.shape))

    x = np.linspace(*x_range, resolution)
    y = along(x)
    jumps = _jumps(along, x, y)
    extent = _extent(y, broken=bool(jumps.size) or bool(np.isnan(y).any()))
    gap = (x[jumps] + x[jumps + 1]) / 2
    return Curve(np.insert(x, jumps + 1, gap), np.insert(y, jumps + 1, np.nan), extent)


def finite(values: Floats) -> Floats:
    """A copy in which whatever cannot be drawn is NaN."""
    result = np.array(values, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        result[~(np.abs(result) < _LARGEST)] = np.nan
    return result


def iso_lines(x: Floats, y: Floats, z: Floats, levels: tuple[float, ...]) -> Floats:
    """Every iso-line as one list of points, with a row of NaN between two lines."""
    if not levels:
        return np.empty((0, 2))
    from contourpy import LineType, contour_generator

    generator = contour_generator(
        x, y, np.ma.masked_invalid(z), line_type=LineType.ChunkCombinedNan
    )
    pause = np.full((1, 2), np.nan)
    pieces: list[Floats] = []
    for level in levels:
        for points in generator.lines(level)[0]:
            if points is not None:
                pieces += (points, pause)
    return np.concatenate(pieces[:-1]) if pieces else np.empty((0, 2))


def _jumps(along: Callable[[Floats], Floats], x: Floats, y: Floats) -> Indices:
    """The samples i after which the loss jumps before sample i + 1, at a pole or a step.

    A steep but continuous stretch flattens when it is halved again and again; a jump does not.
    """
    rise = np.abs(np.diff(y))
    if not np.isfinite(rise).any():
        return np.empty(0, dtype=np.intp)
    # A jump too small to see is let pass: it may be no more than rounding.
    visible = 1e-3 * (np.nanmax(y) - np.nanmin(y))
    suspects = np.flatnonzero(rise > max(20 * np.nanmedian(rise), visible))
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


def _extent(y: Floats, broken: bool) -> Range:
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
