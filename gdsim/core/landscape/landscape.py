"""The loss sampled for a plot: on a plane with contour levels and iso-lines, or along a curve.

A ``Landscape`` and a ``Curve`` contain all the numbers of a plot. The views only paint them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gdsim.core.arrays import Floats, Indices, Range, Samplable, quantiles
from gdsim.core.landscape.loss_scale import LossScale, loss_levels, loss_scale, loss_ticks
from gdsim.core.landscape.plane import Plane

# Beyond this a difference of two values may overflow; such values are masked like infinity.
_LARGEST = 1e300


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """The loss on a grid over a plane, with everything that a contour plot shows.

    ``x`` (nx,) and ``y`` (ny,): coordinates in the plane;
    ``z`` (ny, nx): the loss, NaN where it is not finite;
    ``levels``: the losses of the iso-lines;
    ``normalised`` (ny, nx): positions in [0, 1] on the colour bar, NaN as in ``z``;
    ``lines`` (n, 2): the points of all iso-lines, which are separated by rows of NaN;
    ``ticks``: (position in [0, 1], loss) of each number on the colour bar.
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
    """The loss along one parameter.

    ``x`` and ``y`` (n,): parameter and loss, with NaN where the curve is interrupted;
    ``extent``: the range of losses to show, which leaves out the ends that run off to a pole.
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
    """The loss over a rectangle of a plane, with ``resolution`` samples along each side."""
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
    """The loss along one axis through ``point`` (d,); the other parameters are constant.

    The curve is interrupted where the loss is not finite and where it jumps.
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
    """A copy with NaN in place of all values that cannot be drawn: infinite or near overflow."""
    result = np.array(values, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        result[~(np.abs(result) < _LARGEST)] = np.nan
    return result


def iso_lines(x: Floats, y: Floats, z: Floats, levels: tuple[float, ...]) -> Floats:
    """The points (n, 2) of all iso-lines of z (ny, nx), with a row of NaN between two lines.

    No line passes through a corner at which z is not finite.
    """
    if not levels:
        return np.empty((0, 2))
    # Not contour_generator(), which imports numpy.ma: every start would wait for it.
    from contourpy import FillType, LineType, SerialContourGenerator, ZInterp

    generator = SerialContourGenerator(
        *np.meshgrid(x, y),
        z,
        ~np.isfinite(z),
        corner_mask=True,
        line_type=LineType.ChunkCombinedNan,
        fill_type=FillType.OuterOffset,
        quad_as_tri=False,
        z_interp=ZInterp.Linear,
    )
    pause = np.full((1, 2), np.nan)
    pieces: list[Floats] = []
    for level in levels:
        for points in generator.lines(level)[0]:
            if points is not None:
                pieces += (points, pause)
    return np.concatenate(pieces[:-1]) if pieces else np.empty((0, 2))


def _jumps(along: Callable[[Floats], Floats], x: Floats, y: Floats) -> Indices:
    """The indices i such that the loss jumps between samples i and i + 1, at a pole or a step.

    A steep but continuous interval loses its rise when it is halved again and again; a jump keeps
    it.
    """
    rise = np.abs(np.diff(y))
    if not np.isfinite(rise).any():
        return np.empty(0, dtype=np.intp)
    # A jump too small to be visible is ignored: it may be rounding.
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
    # NaN inside the interval counts as a jump too.
    steady = np.abs(y_right - y_left) < rise[suspects] / 2
    return suspects[~steady]


def _extent(y: Floats, broken: bool) -> Range:
    """The lowest and highest loss to show; an interrupted curve is cut off towards its poles."""
    values = y[np.isfinite(y)]
    if not values.size:
        return (float("nan"), float("nan"))
    low, high = float(values.min()), float(values.max())
    if not broken:
        return (low, high)
    lower, upper = (float(value) for value in quantiles(values, (0.05, 0.95)))
    reach = upper - lower
    return (max(low, lower - reach), min(high, upper + reach))
