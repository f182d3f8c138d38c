"""Polylines in pixels: clipped, thinned to what the eye can tell apart, dashed. NumPy only."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdsim.core.arrays import Flags, Floats, Indices, Integers
from gdsim.views.plot.growing_array import GrowingRows

# Ends of segments are told apart to half a pixel; dots to five pixels.
_FINE = 2.0
_DOT = 5.0
# Segments keep this far outside the view, so that their caps and joints stay out of sight.
_MARGIN = 40.0
# From this many segments on, only those that reach a new patch of the view are kept: by then the
# old patches are covered with ink.
_PLENTY = 40_000
_PATCH = 4.0


class PixelMap(NamedTuple):
    """How a point of the plane becomes a pixel: (x·x_scale + x_shift, y·y_scale + y_shift)."""

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
        """One point in pixels."""
        return (x * self.x_scale + self.x_shift, y * self.y_scale + self.y_shift)

    def inverse(self, x: float, y: float) -> tuple[float, float]:
        """The point of the plane under a pixel."""
        return ((x - self.x_shift) / self.x_scale, (y - self.y_shift) / self.y_scale)


def clipped(segments: Floats, width: float, height: float) -> tuple[Floats, Flags]:
    """Segments (n, 4) cut to the view and a margin, and which of the given ones are left.

    Without this a diverging run's coordinates would overflow the painter's.
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
    """Each segment's part between ``low`` and ``high``, and whether there is one.

    One edge after the other, and an end that lies beyond it is put exactly on it: that stays
    accurate however far away the end is.
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


def joined(x: Floats, y: Floats) -> Floats:
    """The segments (n − 1, 4) of a polyline, without those that touch a NaN or an infinity."""
    segments = np.column_stack((x[:-1], y[:-1], x[1:], y[1:]))
    return segments[np.isfinite(segments).all(axis=1)]


def dashed(segments: Floats, starts: Floats, pattern: tuple[float, ...]) -> Floats:
    """The strokes of a dashed line that runs on from segment to segment.

    Parameters
    ----------
    segments : (n, 4).
    starts : (n,), the length of line before each segment.
    pattern : stroke, gap, stroke, gap… in pixels.
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
    for place in range(0, len(pattern) - 1, 2):
        begin = np.maximum(origin + offset, 0.0)
        end = np.minimum(origin + offset + pattern[place], lengths[owner])
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
        offset += pattern[place] + pattern[place + 1]
    return np.concatenate(strokes)


class PixelPath:
    """The path of a run in one view, as far as it was read.

    A segment is kept only when no kept one has the same two ends (to half a pixel), so a run
    that swings between two points costs two segments however long it swings. Segments and dots
    stand in the order of their rows: what was drawn up to a row is a prefix.
    """

    def __init__(self, pixels: PixelMap, width: float, height: float) -> None:
        self.pixels = pixels
        self.read = 0
        self._width, self._height = width, height
        self._segments = GrowingRows(4)
        self._starts = GrowingRows(1)
        self._rows = GrowingRows(1)
        self._dots = GrowingRows(2)
        self._dot_rows = GrowingRows(1)
        self._last = np.full(2, np.nan)
        self._last_cell = np.zeros(2, dtype=np.int64)
        self._known: Integers = np.empty(0, dtype=np.int64)
        self._length = 0.0
        columns, rows = int(width / _DOT) + 2, int(height / _DOT) + 2
        self._dotted = np.zeros((rows, columns), dtype=bool)
        columns, rows = (int((size + 2 * _MARGIN) / _PATCH) + 2 for size in (width, height))
        self._inked = np.zeros((rows, columns), dtype=bool)

    @property
    def segments(self) -> Floats:
        """(n, 4), in pixels."""
        return self._segments.rows()

    @property
    def starts(self) -> Floats:
        """(n,), the length of line in pixels before each segment."""
        return self._starts.rows()[:, 0]

    @property
    def dots(self) -> Floats:
        """(m, 2), in pixels: iterates, not more than one in each small patch."""
        return self._dots.rows()

    def segments_until(self, row: int) -> int:
        """How many segments end at or before a row."""
        return int(np.searchsorted(self._rows.rows()[:, 0], row, side="right"))

    def segments_within(self, first: int, length: float) -> int:
        """The end of the stretch that begins with a segment and is about as long as that."""
        end = np.searchsorted(self.starts, self.starts[first] + length, side="left")
        return max(first + 1, int(end))

    def row_of(self, segment: int) -> int:
        """The row at which a segment ends."""
        return int(self._rows.rows()[segment, 0])

    def dots_until(self, row: int) -> int:
        """How many dots belong to a row or an earlier one."""
        return int(np.searchsorted(self._dot_rows.rows()[:, 0], row, side="right"))

    def extend(self, x: Floats, y: Floats) -> None:
        """Read the next rows, given as points of the plane."""
        if not len(x):
            return
        first_row = self.read
        self.read += len(x)
        points = np.column_stack((self.pixels.x(x), self.pixels.y(y)))
        points[~np.isfinite(points).all(axis=1)] = np.nan
        with np.errstate(invalid="ignore", over="ignore"):
            cells = np.nan_to_num(np.clip(points * _FINE, -1e9, 1e9), nan=2e9).astype(np.int64)
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
        fresh = self._fresh(segments)
        segments, rows = segments[fresh], rows[fresh]
        if not len(segments):
            return
        lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
        ends = self._length + np.cumsum(lengths)
        self._starts.append((ends - lengths)[:, None])
        self._length = float(ends[-1])
        self._segments.append(segments)
        self._rows.append(rows[:, None])

    def _fresh(self, segments: Floats) -> Indices:
        """Which segments have two ends that no earlier one has, in their order."""
        cells = ((segments + _MARGIN) * _FINE).astype(np.int64)
        keys = ((cells[:, 0] << 45) | (cells[:, 1] << 30)) | ((cells[:, 2] << 15) | cells[:, 3])
        unique, places = np.unique(keys, return_index=True)
        if len(self._known):
            found = np.searchsorted(self._known, unique)
            new = self._known[np.minimum(found, len(self._known) - 1)] != unique
            unique, places = unique[new], places[new]
        patches = ((segments[places, 2:] + _MARGIN) / _PATCH).astype(np.int64)
        if len(self._known) > _PLENTY:
            bare = ~self._inked[patches[:, 1], patches[:, 0]]
            unique, places, patches = unique[bare], places[bare], patches[bare]
        self._inked[patches[:, 1], patches[:, 0]] = True
        # A stable sort merges two sorted runs in one pass.
        self._known = np.sort(np.concatenate((self._known, unique)), kind="stable")
        return np.sort(places)

    def _add_dots(self, points: Floats, rows: Indices) -> None:
        with np.errstate(invalid="ignore"):
            inside = ((points >= 0) & (points <= (self._width, self._height))).all(axis=1)
        points, rows = points[inside], rows[inside]
        cells = (points / _DOT).astype(np.int64)
        free = ~self._dotted[cells[:, 1], cells[:, 0]]
        points, rows, cells = points[free], rows[free], cells[free]
        _, places = np.unique(cells[:, 1] * self._dotted.shape[1] + cells[:, 0], return_index=True)
        places.sort()
        self._dotted[cells[places, 1], cells[places, 0]] = True
        self._dots.append(points[places])
        self._dot_rows.append(rows[places, None])
