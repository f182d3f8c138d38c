"""Polylines in pixels: clipped to the view, thinned to what is visible, dashed. NumPy only.

It is written by hand because pyqtgraph draws long antialiased lines many times slower.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdsim.core.arrays import Flags, Floats, Indices, Integers
from gdsim.views.plot.growing_array import GrowingRows

# Cells per pixel: two ends of segments in one cell (half a pixel) count as equal.
_CELLS_PER_PIXEL = 2.0
_DOT_SPACING = 5.0  # pixels: at most one dot is drawn in a square of this side
# Segments are cut this many pixels outside the view, so that their caps are never visible.
_MARGIN = 40.0
# Beyond this many segments, a segment is kept only where it ends in a patch of the view (a square
# of ``_PATCH`` pixels) that has none yet: the other patches are already covered with lines.
_MANY_SEGMENTS = 40_000
_PATCH = 4.0


class PixelMap(NamedTuple):
    """From coordinates of the plot to pixels: (x·x_scale + x_shift, y·y_scale + y_shift)."""

    x_scale: float
    x_shift: float
    y_scale: float
    y_shift: float

    def x(self, values: Floats) -> Floats:
        """Pixels to the right of the view's left edge."""
        with np.errstate(over="ignore", invalid="ignore"):
            return values * self.x_scale + self.x_shift

    def y(self, values: Floats) -> Floats:
        """Pixels below the view's top edge."""
        with np.errstate(over="ignore", invalid="ignore"):
            return values * self.y_scale + self.y_shift

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of one point."""
        return (x * self.x_scale + self.x_shift, y * self.y_scale + self.y_shift)

    def inverse(self, x: float, y: float) -> tuple[float, float]:
        """The coordinates of the plot at a pixel."""
        return ((x - self.x_shift) / self.x_scale, (y - self.y_shift) / self.y_scale)


def clipped(segments: Floats, width: float, height: float) -> tuple[Floats, Flags]:
    """Line segments cut to the view and a margin around it.

    Without this, the coordinates of a diverging run would overflow in the painter.

    Parameters
    ----------
    segments : (n, 4), x and y of both ends, in pixels.
    width, height : the size of the view in pixels.

    Returns
    -------
    The segments that are left, (m, 4), and a mask (n,) of the given ones that are.
    """
    low, high = -_MARGIN, np.array((width, height)) + _MARGIN
    inside = (segments >= low) & (segments <= np.tile(high, 2))
    outside: Flags = np.logical_not(np.all(inside, axis=1))
    if not outside.any():
        return segments, ~outside
    result = segments.copy()
    kept = ~outside
    result[outside], kept[outside] = _cut(segments[outside], low, high)
    return result[kept], kept


def _cut(segments: Floats, low: float, high: Floats) -> tuple[Floats, Flags]:
    """The part of each segment between ``low`` and ``high``, and whether there is one.

    The edges are treated one after the other, and an end beyond an edge is put exactly on it. This
    is accurate however far away the end is.
    """
    ends = [segments[:, :2].copy(), segments[:, 2:].copy()]
    possible: Flags = np.all(np.isfinite(segments), axis=1)
    with np.errstate(all="ignore"):
        for along, across in ((0, 1), (1, 0)):
            for edge, beyond in ((low, np.less), (float(high[along]), np.greater)):
                out = [beyond(end[:, along], edge) for end in ends]
                possible &= ~(out[0] & out[1])
                for end, other, cut in ((ends[0], ends[1], out[0]), (ends[1], ends[0], out[1])):
                    step = other[cut] - end[cut]
                    end[cut, across] += (edge - end[cut, along]) * (
                        step[:, across] / step[:, along]
                    )
                    end[cut, along] = edge
    both = np.hstack(ends)
    return both, possible & np.isfinite(both).all(axis=1)


def finite_segments(x: Floats, y: Floats) -> Floats:
    """The segments (n − 1, 4) of a polyline, except those with an end that is not finite."""
    segments = np.column_stack((x[:-1], y[:-1], x[1:], y[1:]))
    return segments[np.isfinite(segments).all(axis=1)]


def dashed(segments: Floats, starts: Floats, pattern: tuple[float, ...]) -> Floats:
    """The strokes of a dashed line whose pattern continues from segment to segment.

    Parameters
    ----------
    segments : (n, 4), in pixels.
    starts : (n,), the length of the line before each segment, in pixels.
    pattern : lengths of stroke, gap, stroke, gap… in pixels.

    Returns
    -------
    (m, 4): a segment for each stroke.
    """
    period = sum(pattern)
    if not len(segments) or period <= 0:
        return segments
    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    first = np.floor(starts / period).astype(np.int64)
    periods = np.floor((starts + lengths) / period).astype(np.int64) - first + 1
    owner = np.repeat(np.arange(len(segments)), periods)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(periods) - periods, periods)
    origin = (first[owner] + within) * period - starts[owner]
    strokes = []
    offset = 0.0
    for index in range(0, len(pattern) - 1, 2):
        begin = np.maximum(origin + offset, 0.0)
        end = np.minimum(origin + offset + pattern[index], lengths[owner])
        drawn = end > begin
        chosen, size = owner[drawn], lengths[owner[drawn]]
        tail, head = segments[chosen, :2], segments[chosen, 2:]
        strokes.append(
            np.hstack(
                (
                    tail + (head - tail) * (begin[drawn] / size)[:, None],
                    tail + (head - tail) * (end[drawn] / size)[:, None],
                )
            )
        )
        offset += pattern[index] + pattern[index + 1]
    return np.concatenate(strokes)


class PixelPath:
    """The path of a run in one view, thinned, as far as it has been read.

    A segment is kept only if no earlier one has the same two ends (to half a pixel). So a run that
    oscillates between two points costs two segments, however long it does. Segments and dots are in
    the order of their rows: those up to a row of the trace are a prefix.
    """

    def __init__(self, pixels: PixelMap, width: float, height: float) -> None:
        self.pixels = pixels
        self.rows_read = 0
        self._width, self._height = width, height
        self._segments = GrowingRows(4)
        self._starts = GrowingRows(1)
        self._rows = GrowingRows(1)
        self._dots = GrowingRows(2)
        self._dot_rows = GrowingRows(1)
        self._last = np.full(2, np.nan)
        self._last_cell = np.zeros(2, dtype=np.int64)
        self._seen_keys: Integers = np.empty(0, dtype=np.int64)
        self._length = 0.0
        columns, rows = int(width / _DOT_SPACING) + 2, int(height / _DOT_SPACING) + 2
        self._dotted = np.zeros((rows, columns), dtype=bool)
        columns, rows = (int((size + 2 * _MARGIN) / _PATCH) + 2 for size in (width, height))
        self._covered = np.zeros((rows, columns), dtype=bool)

    @property
    def segments(self) -> Floats:
        """The line segments that are kept, (n, 4), in pixels."""
        return self._segments.rows()

    @property
    def starts(self) -> Floats:
        """The length of the line before each segment, (n,), in pixels."""
        return self._starts.rows()[:, 0]

    @property
    def dots(self) -> Floats:
        """The iterates to draw as dots, (m, 2), in pixels; at most one in each small square."""
        return self._dots.rows()

    def segments_until(self, row: int) -> int:
        """The number of segments that end at or before a row of the trace."""
        return int(np.searchsorted(self._rows.rows()[:, 0], row, side="right"))

    def segments_within(self, first: int, length: float) -> int:
        """The index after the last segment of a stretch of about this length, in pixels."""
        end = np.searchsorted(self.starts, self.starts[first] + length, side="left")
        return max(first + 1, int(end))

    def row_of(self, segment: int) -> int:
        """The row of the trace at which a segment ends."""
        return int(self._rows.rows()[segment, 0])

    def dots_until(self, row: int) -> int:
        """The number of dots at or before a row of the trace."""
        return int(np.searchsorted(self._dot_rows.rows()[:, 0], row, side="right"))

    def extend(self, x: Floats, y: Floats) -> None:
        """Read the next rows of the trace, given in coordinates of the plot, (k,) each."""
        if not len(x):
            return
        first_row = self.rows_read
        self.rows_read += len(x)
        points = np.column_stack((self.pixels.x(x), self.pixels.y(y)))
        points[~np.isfinite(points).all(axis=1)] = np.nan
        with np.errstate(invalid="ignore", over="ignore"):
            cells = np.nan_to_num(np.clip(points * _CELLS_PER_PIXEL, -1e9, 1e9), nan=2e9).astype(
                np.int64
            )
        before = np.vstack((self._last_cell, cells[:-1]))
        moved = np.flatnonzero((cells != before).any(axis=1))
        if first_row == 0:
            moved = np.union1d(0, moved)
        self._last_cell = cells[-1]
        if not len(moved):
            return
        kept = points[moved]
        rows = moved + first_row
        self._add_dots(kept, rows)
        tails = np.vstack((self._last, kept[:-1]))
        self._last = kept[-1]
        self._add_segments(np.hstack((tails, kept)), rows)

    def _add_segments(self, segments: Floats, rows: Indices) -> None:
        finite = np.isfinite(segments).all(axis=1)
        segments, kept = clipped(segments[finite], self._width, self._height)
        rows = rows[finite][kept]
        new = self._new_segments(segments)
        segments, rows = segments[new], rows[new]
        if not len(segments):
            return
        lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
        ends = self._length + np.cumsum(lengths)
        self._starts.append((ends - lengths)[:, None])
        self._length = float(ends[-1])
        self._segments.append(segments)
        self._rows.append(rows[:, None])

    def _new_segments(self, segments: Floats) -> Indices:
        """The indices, in order, of the segments whose two ends no earlier segment has."""
        cells = ((segments + _MARGIN) * _CELLS_PER_PIXEL).astype(np.int64)
        keys = ((cells[:, 0] << 45) | (cells[:, 1] << 30)) | ((cells[:, 2] << 15) | cells[:, 3])
        unique, indices = np.unique(keys, return_index=True)
        if len(self._seen_keys):
            found = np.searchsorted(self._seen_keys, unique)
            unseen = self._seen_keys[np.minimum(found, len(self._seen_keys) - 1)] != unique
            unique, indices = unique[unseen], indices[unseen]
        patches = ((segments[indices, 2:] + _MARGIN) / _PATCH).astype(np.int64)
        if len(self._seen_keys) > _MANY_SEGMENTS:
            uncovered = ~self._covered[patches[:, 1], patches[:, 0]]
            unique, indices, patches = unique[uncovered], indices[uncovered], patches[uncovered]
        self._covered[patches[:, 1], patches[:, 0]] = True
        # A stable sort merges two sorted sequences in one pass.
        self._seen_keys = np.sort(np.concatenate((self._seen_keys, unique)), kind="stable")
        return np.sort(indices)

    def _add_dots(self, points: Floats, rows: Indices) -> None:
        with np.errstate(invalid="ignore"):
            inside = ((points >= 0) & (points <= (self._width, self._height))).all(axis=1)
        points, rows = points[inside], rows[inside]
        cells = (points / _DOT_SPACING).astype(np.int64)
        free = ~self._dotted[cells[:, 1], cells[:, 0]]
        points, rows, cells = points[free], rows[free], cells[free]
        _, indices = np.unique(cells[:, 1] * self._dotted.shape[1] + cells[:, 0], return_index=True)
        indices.sort()
        self._dotted[cells[indices, 1], cells[indices, 0]] = True
        self._dots.append(points[indices])
        self._dot_rows.append(rows[indices, None])
