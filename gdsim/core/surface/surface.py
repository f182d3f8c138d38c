"""A landscape as a surface in a box: heights over a plane, and which points hide which others."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdsim.core.arrays import Flags, Floats, Range, Singles
from gdsim.core.landscape.landscape import Landscape
from gdsim.core.landscape.loss_scale import LossScale, Spacing, loss_ticks, with_spacing
from gdsim.core.surface.projection import Projection

Reals = NDArray[np.floating[Any]]

# Beyond this ratio of the two ranges, equal scales would make the box too narrow to see into.
_MOST_UNEQUAL = 4.0
# Of a longer plane only the middle is shown: length as a multiple of the width.
_LONGEST = 1.25
# The height of the box, as a multiple of the width of its floor.
_HEIGHT = 0.6
# The shares of a line of sight at which the surface is tested, denser near its beginning.
_TESTS = np.linspace(0.0, 1.0, 48) ** 1.5
_PICKS = 3_000  # tests along the line of sight through a picked pixel
# Tolerances, in units of the box, so that a point is not hidden by the surface right beside it.
_NEAREST, _SKIN = 0.012, 0.006
# The direction towards the light, and the brightness of slopes that face away from it.
_LIGHT = (-0.35, -0.2, 0.91)
_DARKEST = 0.72


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """The losses of a landscape as heights in a box around the origin.

    ``heights`` (ny, nx): in [0, 1], NaN where the loss is not finite, row 0 at the lowest y;
    ``scale``: the loss of each height; ``ticks``: (height, loss) of round losses;
    ``size``: of the box along x, along y and upwards; the longer side of the floor is 1;
    ``has_equal_scales``: whether x and y have the same scale;
    ``part``: the rows and columns of the landscape that the surface shows.
    """

    x_range: Range
    y_range: Range
    heights: Singles
    scale: LossScale
    ticks: tuple[tuple[float, float], ...]
    size: tuple[float, float, float]
    has_equal_scales: bool
    part: tuple[slice, slice]

    # Positions in the box

    def draped(self, x: Floats, y: Floats) -> Floats:
        """The points (n, 3) of the surface above coordinates of the plane; NaN where it is not."""
        (x0, x1), (y0, y1) = self.x_range, self.y_range
        with np.errstate(all="ignore"):
            u, v = (x - x0) / (x1 - x0), (y - y0) / (y1 - y0)
            return np.column_stack((u, v, self._height(u, v))) * self.size - np.array(self.size) / 2

    def _height(self, u: Reals, v: Reals) -> Reals:
        """The height at shares of the two sides, by bilinear interpolation; NaN outside."""
        rows, columns = self.heights.shape
        inside = (u >= 0) & (u <= 1) & (v >= 0) & (v <= 1)
        x, y = np.where(inside, u, 0), np.where(inside, v, 0)
        x *= columns - 1
        y *= rows - 1
        i = np.minimum(x.astype(np.int32), columns - 2)
        j = np.minimum(y.astype(np.int32), rows - 2)
        x -= i
        y -= j
        j *= columns
        j += i
        flat = self.heights.ravel()
        low: Reals = flat.take(j)
        low = low + (flat.take(j + 1) - low) * x
        high: Reals = flat.take(j + columns)
        high = high + (flat.take(j + (columns + 1)) - high) * x
        high -= low
        high *= y
        high += low
        high[~inside] = np.nan
        return high

    # Visibility

    def hides(self, points: Floats, projection: Projection, *, roughly: bool = False) -> Flags:
        """Whether the surface hides these of its points (n, 3) from the viewer, (n,).

        ``roughly``: test half as many places along the line of sight; a narrow ridge can be missed.
        """
        if not len(points):
            return np.zeros(0, dtype=np.bool_)
        eye, reach = projection.eye, self._reach()
        with np.errstate(all="ignore"):
            # Above the top of the box there is no surface.
            ways = np.minimum((self.size[2] / 2 - points[:, 2:]) / eye[2], reach)
            # Single precision halves the time; a path may have thousands of points.
            tests = _TESTS[::2] if roughly else _TESTS
            distances = (_NEAREST + ways * tests).astype(np.float32)
            above = self._above(points.astype(np.float32), distances, eye.tolist())
            hidden: Flags = np.any(above < -_SKIN, axis=1)
        return hidden

    def pick(self, x: float, y: float, projection: Projection) -> tuple[float, float] | None:
        """The coordinates in the plane of the point that is visible at a pixel, or None."""
        point = projection.on_screen(x, y)[None]
        reach = self._reach()
        along = np.linspace(reach, -reach, _PICKS)
        above = self._above(point, along[None], projection.eye.tolist())[0]
        with np.errstate(invalid="ignore"):
            crossed = np.flatnonzero(above[:-1] * above[1:] <= 0)
        if not crossed.size:
            return None
        first = crossed[0]
        drop = above[first] - above[first + 1]
        share = above[first] / drop if drop else 0.0
        distance = along[first] + share * (along[first + 1] - along[first])
        spot = point[0] + distance * projection.eye
        (x0, x1), (y0, y1) = self.x_range, self.y_range
        return (
            float(x0 + (spot[0] / self.size[0] + 0.5) * (x1 - x0)),
            float(y0 + (spot[1] / self.size[1] + 0.5) * (y1 - y0)),
        )

    def _reach(self) -> float:
        """The diagonal of the box: the largest distance of two points in it."""
        return sqrt(sum(side * side for side in self.size))

    def _above(self, points: Reals, distances: Reals, eye: list[float]) -> Reals:
        """The heights (n, m) above the surface, at distances (n, m) from points to the viewer."""
        x, y, z = (points[:, axis, None] + distances * eye[axis] for axis in range(3))
        heights = self._height(x / self.size[0] + 0.5, y / self.size[1] + 0.5)
        z -= (heights - 0.5) * self.size[2]
        return z

    def brightness(self) -> Singles:
        """Shading (ny, nx) in [0, 1]: 1 where it is level or faces the light, less elsewhere."""
        rows, columns = self.heights.shape
        height = self.heights * np.float32(self.size[2])
        slope_y, slope_x = np.gradient(
            height, self.size[1] / (rows - 1), self.size[0] / (columns - 1)
        )
        x, y, z = _LIGHT
        facing = (z - slope_x * x - slope_y * y) / np.sqrt(1 + slope_x**2 + slope_y**2)
        bright: Singles = np.clip(np.nan_to_num(facing / z, nan=1.0), _DARKEST, 1.0)
        return bright.astype(np.float32)


def surface_of(
    landscape: Landscape,
    spacing: Spacing | None = None,
    home: tuple[Range, Range] | None = None,
) -> Surface:
    """The landscape as a surface.

    Parameters
    ----------
    spacing : of the heights; by default that of the landscape's colours, so that both agree.
    home : ranges of x and y that are shown even where only the middle of a long plane is.
    """
    own = spacing is None or spacing is landscape.scale.spacing
    if own or spacing is None:
        scale, heights = landscape.scale, landscape.normalised
    else:
        scale = with_spacing(landscape.scale, landscape.z, spacing)
        heights = scale.position(landscape.z)
    part = _part(landscape, home or ((0.0, 0.0), (0.0, 0.0)))
    x, y = landscape.x[part[1]], landscape.y[part[0]]
    ratio = float((x[-1] - x[0]) / (y[-1] - y[0]))
    has_equal_scales = 1 / _MOST_UNEQUAL <= ratio <= _MOST_UNEQUAL
    sides = (min(1.0, ratio), min(1.0, 1 / ratio)) if has_equal_scales else (1.0, 1.0)
    return Surface(
        x_range=(float(x[0]), float(x[-1])),
        y_range=(float(y[0]), float(y[-1])),
        heights=np.ascontiguousarray(heights[part], dtype=np.float32),
        scale=scale,
        ticks=landscape.ticks if own else loss_ticks(scale),
        size=(*sides, _HEIGHT * sqrt(sides[0] * sides[1])),
        has_equal_scales=has_equal_scales,
        part=part,
    )


def _part(landscape: Landscape, home: tuple[Range, Range]) -> tuple[slice, slice]:
    """The rows and columns to show."""
    sides = [landscape.x, landscape.y]
    lengths = [float(side[-1] - side[0]) for side in sides]
    if max(lengths) > _MOST_UNEQUAL * min(lengths):
        return slice(None), slice(None)
    columns, rows = (
        _middle(side, _LONGEST * min(lengths), required)
        for side, required in zip(sides, home, strict=True)
    )
    return rows, columns


def _middle(side: Floats, length: float, required: Range) -> slice:
    """The samples in a middle part of this length, extended to the required range."""
    middle = (side[0] + side[-1]) / 2
    low, high = middle - length / 2, middle + length / 2
    if required[0] < required[1]:
        low, high = min(low, required[0]), max(high, required[1])
    within = np.flatnonzero((side >= low) & (side <= high))
    return slice(int(within[0]), int(within[-1]) + 1)
