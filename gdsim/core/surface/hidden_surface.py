"""Hidden-surface removal: which point of a surface is visible at each pixel, without a GPU.

In a parallel projection with a vertical axis, each column of pixels shows a single vertical slice
of the surface. Along this slice, from near to far, a part of the upper side is visible where it is
higher on the screen than everything nearer, and a part of the underside where it is lower.

It is written by hand because OpenGL is missing on some machines and over remote connections.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, sin

import numpy as np
from numpy.typing import NDArray

from gdsim.core.arrays import Flags, Singles
from gdsim.core.surface.projection import Projection
from gdsim.core.surface.surface import Surface

Pixels = NDArray[np.int32]

# Samples along a slice: the number at zoom 1, and the largest number.
_USUAL, _MOST = 280, 640


@dataclass(frozen=True, slots=True, eq=False)
class VisiblePixels:
    """The pixels at which the surface is visible, and the point of the surface at each.

    ``rows`` and ``columns`` (n,): the pixels, counted from the top left corner;
    ``u`` and ``v`` (n,): the point, as shares in [0, 1] of the x and y range of the surface;
    ``beneath`` (n,): whether the underside is visible.
    """

    rows: Pixels
    columns: Pixels
    u: Singles
    v: Singles
    beneath: Flags


@dataclass(frozen=True, slots=True, eq=False)
class _Slices:
    """The vertical slice behind each column of pixels.

    Sample k = 0, 1, … of a slice is at u = u_start + k·u_step, and v likewise. ``height``
    (columns, samples) is its height on the screen, in pixels above the bottom.
    """

    columns: Pixels
    u_start: Singles
    u_step: Singles
    v_start: Singles
    v_step: Singles
    height: Singles


def visible_pixels(
    surface: Surface, projection: Projection, width: int, height: int
) -> VisiblePixels:
    """The visible points of the surface on a screen of ``width`` × ``height`` pixels."""
    slices = _slices(surface, projection, width, height)
    above = _seen(slices, height, upwards=True)
    beneath = _seen(slices, height, upwards=False)
    rows, columns, u, v = (np.concatenate(pair) for pair in zip(above, beneath, strict=True))
    is_beneath = np.zeros(len(rows), dtype=np.bool_)
    is_beneath[len(above[0]) :] = True
    return VisiblePixels(rows, columns, u, v, is_beneath)


def _slices(surface: Surface, projection: Projection, width: int, height: int) -> _Slices:
    wide, deep, high = surface.size
    right, away = projection.right, projection.away
    across = (np.arange(width) + 0.5 - projection.middle[0]) / projection.scale
    # Seen from above, a line of sight is across·right + depth·away. Which depths are in the box?
    with np.errstate(all="ignore"):
        limits = [
            np.sort(
                [(edge - across * right[axis]) / away[axis] for edge in (-side / 2, side / 2)], 0
            )
            for axis, side in ((0, wide), (1, deep))
        ]
    # A line parallel to a side has no intersection with it: 0/0 gives NaN, which fmax ignores.
    near = np.fmax(limits[0][0], limits[1][0])
    far = np.fmin(limits[0][1], limits[1][1])
    columns = np.flatnonzero(far > near).astype(np.int32)
    across, near, far = across[columns], near[columns], far[columns]
    zoom = projection.scale * max(wide, deep) / max(min(width, height), 1)
    samples = int(min(max(_USUAL, _USUAL * zoom * 1.5), _MOST))
    step = (far - near) / (samples - 1)
    u_start = ((across * right[0] + near * away[0]) / wide + 0.5).astype(np.float32)
    v_start = ((across * right[1] + near * away[1]) / deep + 0.5).astype(np.float32)
    u_step = (step * away[0] / wide).astype(np.float32)
    v_step = (step * away[1] / deep).astype(np.float32)
    k = np.arange(samples, dtype=np.float32)
    heights = _heights(surface, u_start[:, None] + u_step[:, None] * k, v_start, v_step, k)
    heights -= np.float32(0.5)
    heights *= np.float32(high * cos(projection.tilt) * projection.scale)
    lift = sin(projection.tilt) * projection.scale
    bottom = height - projection.middle[1]
    heights += (near * lift + bottom).astype(np.float32)[:, None]
    heights += (step * lift).astype(np.float32)[:, None] * k
    return _Slices(columns, u_start, u_step, v_start, v_step, heights)


def _heights(
    surface: Surface, u: Singles, v_start: Singles, v_step: Singles, k: Singles
) -> Singles:
    """The height of the surface at the samples of the slices, by bilinear interpolation."""
    rows, columns = surface.heights.shape
    x = u
    x *= np.float32(columns - 1)
    y = v_start[:, None] + v_step[:, None] * k
    y *= np.float32(rows - 1)
    # Slightly inside the last row and column, so that there is always a next one.
    np.clip(x, 0, np.float32(columns - 1.001), out=x)
    np.clip(y, 0, np.float32(rows - 1.001), out=y)
    i, j = x.astype(np.int32), y.astype(np.int32)
    x -= i
    y -= j
    corner = j * np.int32(columns) + i
    flat = surface.heights.ravel()
    low, high = flat.take(corner), flat.take(corner + columns)
    low += (flat.take(corner + 1) - low) * x
    high += (flat.take(corner + columns + 1) - high) * x
    low += (high - low) * y
    return low


def _seen(
    slices: _Slices, height: int, *, upwards: bool
) -> tuple[Pixels, Pixels, Singles, Singles]:
    """Rows, columns, u and v of the pixels that become visible along each slice."""
    samples = slices.height.shape[1]
    extreme = np.fmax if upwards else np.fmin
    edge = extreme.accumulate(slices.height, axis=1)
    finite = np.isfinite(slices.height)
    has_holes = not finite.all()
    if has_holes:
        # Nothing is visible before the first finite sample.
        first = np.take_along_axis(edge, finite.argmax(axis=1)[:, None], axis=1)
        edge = np.where(np.isnan(edge), np.nan_to_num(first), edge)
    edge = np.rint(np.clip(edge, 0, height)).astype(np.int32)
    won = np.abs(np.diff(edge, axis=1))
    total = won.sum(axis=1)
    gap = np.repeat(np.arange(won.size, dtype=np.int32), won.ravel())
    line = np.repeat(np.arange(len(won), dtype=np.int32), total)
    begin = (np.cumsum(total) - total).astype(np.int32)
    above = np.arange(len(gap), dtype=np.int32) - np.repeat(begin, total)
    start = np.repeat(edge[:, 0], total)
    above = start + above if upwards else start - 1 - above
    sample = gap + line  # in the flat (columns, samples)
    flat = slices.height.ravel()
    before, after = flat.take(sample), flat.take(sample + 1)
    with np.errstate(all="ignore"):
        middle = above.astype(np.float32) + np.float32(0.5)
        share = np.clip((middle - before) / (after - before), 0, 1)
    if has_holes:
        solid = np.isfinite(before) & np.isfinite(after)
        line, sample, above, share = line[solid], sample[solid], above[solid], share[solid]
    k = (sample - line * np.int32(samples)).astype(np.float32) + share
    u = slices.u_start.take(line) + k * slices.u_step.take(line)
    v = slices.v_start.take(line) + k * slices.v_step.take(line)
    return np.int32(height - 1) - above, slices.columns.take(line), u, v
