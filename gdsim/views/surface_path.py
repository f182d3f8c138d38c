"""The path of one run, laid on a surface."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from gdsim.core.surface import Surface
from gdsim.views.growing_rows import GrowingRows
from gdsim.views.marker import Labels, draw_dots, draw_marker
from gdsim.views.pixel_path import PixelMap, PixelPath, dashed
from gdsim.views.plot_box import draw_segments
from gdsim.views.run_style import RunView
from gdsim.views.surface_scene import Scene
from gdsim.views.theme import path_outline_pen, pen

if TYPE_CHECKING:
    from gdsim.core.trace import Trace

Floats = NDArray[np.float64]
Columns = Callable[["Trace", int, int], tuple[Floats, Floats]]
"""Reads rows start … stop − 1 of a trace as points of the plane."""

# The plane is thinned as if a side of length 1 had so many pixels.
_FINENESS = 400.0
# A straight stretch is cut into pieces this long, in those pixels, to follow the surface.
_PIECE = 4.0
# More pieces than this are not drawn: the newest are, and some of the older.
_NEWEST, _OLDER = 4_000, 2_000
_MOST_DOTS = 1_500
# Reading may take this long in one frame, in seconds.
_PATIENCE = 0.004
_ROWS_AT_ONCE = 8_192
_FUTURE_DASH = (5.0, 4.0)


class SurfacePath:
    """Reads a trace once for each part of the plane, and drapes only what is new."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self.run: RunView | None = None
        self._path: PixelPath | None = None
        self._surface: Surface | None = None
        self._angles: tuple[float, float] | None = None
        self._forget_pieces()

    def set_run(self, run: RunView) -> None:
        """Show a run; one with the same trace goes on where the last drawing ended."""
        if self.run is None or self.run.trace is not run.trace:
            self._path = None
        self.run = run

    def forget(self) -> None:
        """The trace is to be read anew: another plane is shown."""
        self._path = None

    def state(self) -> tuple[object, ...]:
        """Whatever the picture of the path depends on, beside the view."""
        run = self.run
        return () if run is None else (run, len(run.trace))

    def draw(self, painter: QPainter, behind: QPainter, scene: Scene) -> bool:
        """Paint the path on a transparent ground, and on another what the surface hides of it.

        Returns whether there is more to be read.
        """
        run = self.run
        if run is None or not run.visible:
            return False
        path, is_behind = self._read(run.trace, scene.surface)
        self._drape(path, scene)
        now = path.segments_until(run.shown)
        past = int(np.searchsorted(self._owner.rows()[:, 0], now))
        colour = run.colour or scene.theme.path
        line = pen(scene.theme, colour, 2)
        self._stroke(painter, behind, scene, self._chosen(0, past), line, run.dash, rim=True)
        if run.future and run.shown < len(run.trace) - 1:
            faint = pen(scene.theme, colour, 1.5, alpha=0.6)
            rest = self._chosen(past, len(self._owner))
            self._stroke(painter, behind, scene, rest, faint, _FUTURE_DASH, rim=False)
        self._draw_dots(painter, scene, path, run)
        self._draw_marks(painter, scene, run)
        return is_behind

    # Inside

    def _forget_pieces(self) -> None:
        self._pieces = GrowingRows(6)  # both ends in the box
        self._owner = GrowingRows(1)  # the segment each piece belongs to
        self._hidden = GrowingRows(1)
        self._draped = 0  # segments

    def _read(self, trace: Trace, surface: Surface) -> tuple[PixelPath, bool]:
        pixels, width, height = _plane(surface)
        path = self._path
        if path is None or path.pixels != pixels:
            path = self._path = PixelPath(pixels, width, height)
            self._surface = None
        deadline = perf_counter() + _PATIENCE
        length = len(trace)
        while path.read < length:
            stop = min(length, path.read + _ROWS_AT_ONCE)
            path.extend(*self._columns(trace, path.read, stop))
            if perf_counter() > deadline:
                break
        return path, path.read < length

    def _drape(self, path: PixelPath, scene: Scene) -> None:
        """Lay the segments that are new onto the surface, in pieces."""
        if scene.surface is not self._surface:
            self._surface = scene.surface
            self._forget_pieces()
        angles = (scene.projection.turn, scene.projection.tilt)
        if angles != self._angles:
            self._angles = angles
            self._hidden = GrowingRows(1)
        segments = path.segments[self._draped :]
        if len(segments):
            ends, owner = _cut(segments)
            places = [scene.draped(_unscaled(path.pixels, part)) for part in ends]
            both = np.hstack(places)
            there = np.isfinite(both).all(axis=1)
            self._pieces.append(both[there])
            self._owner.append(owner[there, None] + self._draped)
            self._draped += len(segments)
        fresh = self._pieces.rows()[len(self._hidden) :, 3:]
        if len(fresh):
            self._hidden.append(scene.surface.hides(fresh, scene.projection)[:, None])

    def _chosen(self, start: int, stop: int) -> NDArray[np.intp]:
        """Which pieces to draw of a stretch: all, or when there are too many the newest."""
        count = stop - start
        if count <= _NEWEST + _OLDER:
            return np.arange(start, stop)
        newest = np.arange(stop - _NEWEST, stop)
        older = np.linspace(start, stop - _NEWEST - 1, _OLDER).astype(np.intp)
        return np.concatenate((older, newest))

    def _stroke(
        self,
        painter: QPainter,
        behind: QPainter,
        scene: Scene,
        chosen: NDArray[np.intp],
        line: QPen,
        dash: tuple[float, ...],
        *,
        rim: bool,
    ) -> None:
        """Stroke pieces, with a dark rim where they are in sight and not yet to come."""
        pieces = self._pieces.rows()[chosen]
        hidden = self._hidden.rows()[chosen, 0] > 0
        segments = np.hstack([scene.pixels(pieces[:, :3]), scene.pixels(pieces[:, 3:])])
        if dash:
            lengths = np.hypot(*(segments[:, 2:] - segments[:, :2]).T)
            starts = np.cumsum(lengths) - lengths
            pattern = tuple(part * line.widthF() for part in dash)
            line.setCapStyle(Qt.PenCapStyle.FlatCap)
            groups = [dashed(segments[part], starts[part], pattern) for part in (hidden, ~hidden)]
        else:
            groups = [segments[hidden], segments[~hidden]]
        for target, group in zip((behind, painter), groups, strict=True):
            target.setPen(line)
            draw_segments(target, group)
        if rim:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOver)
            painter.setPen(path_outline_pen(scene.theme))
            draw_segments(painter, groups[1])
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _draw_dots(self, painter: QPainter, scene: Scene, path: PixelPath, run: RunView) -> None:
        """The iterates that are in sight."""
        dots = path.dots[: path.dots_until(run.shown)][-_MOST_DOTS:]
        places = scene.draped(_unscaled(path.pixels, dots))
        places = places[np.isfinite(places).all(axis=1)]
        places = places[~scene.surface.hides(places, scene.projection)]
        colour = run.colour or scene.theme.path_point
        draw_dots(painter, scene.theme, scene.pixels(places), colour, run.marker)

    def _draw_marks(self, painter: QPainter, scene: Scene, run: RunView) -> None:
        """Where a setting was changed in mid-run."""
        labels = Labels(painter, scene.theme, scene.view)
        for row, label in run.marks:
            if not 0 <= row < len(run.trace):
                continue
            x, y = self._columns(run.trace, row, row + 1)
            seen = scene.spot((float(x[0]), float(y[0])))
            if seen is None:
                continue
            draw_marker(painter, scene.theme, seen[0], "d", 12, scene.theme.mark)
            labels.write(label, seen[0], QPointF(0, 1), scene.theme.text_muted)


def _plane(surface: Surface) -> tuple[PixelMap, float, float]:
    """The plane as a picture, fine enough for the thinning of paths; y runs upwards."""
    width, height = (_FINENESS * side for side in surface.size[:2])
    (x0, x1), (y0, y1) = surface.x_range, surface.y_range
    x_scale, y_scale = width / (x1 - x0), height / (y1 - y0)
    return PixelMap(x_scale, -x0 * x_scale, y_scale, -y0 * y_scale), width, height


def _unscaled(pixels: PixelMap, points: Floats) -> Floats:
    """Points of that picture as points of the plane."""
    return np.column_stack(
        (
            (points[:, 0] - pixels.x_shift) / pixels.x_scale,
            (points[:, 1] - pixels.y_shift) / pixels.y_scale,
        )
    )


def _cut(segments: Floats) -> tuple[tuple[Floats, Floats], NDArray[np.intp]]:
    """Both ends (m, 2) of short pieces, and which segment each is of."""
    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    counts = np.maximum(1, np.ceil(lengths / _PIECE)).astype(np.intp)
    owner = np.repeat(np.arange(len(segments)), counts)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    tails, ways = segments[owner, :2], segments[owner, 2:] - segments[owner, :2]
    shares = [((place + part) / counts[owner])[:, None] for part in (0, 1)]
    return (tails + shares[0] * ways, tails + shares[1] * ways), owner
