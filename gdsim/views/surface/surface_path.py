"""The path of a run on a surface."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from gdsim.core.arrays import Floats, Indices
from gdsim.core.surface.surface import Surface
from gdsim.views.plot.markers import Labels, draw_dots, draw_marker
from gdsim.views.plot.plot_box import draw_segments
from gdsim.views.plot.polyline import PixelPath, dashed
from gdsim.views.run.run_view import RunView
from gdsim.views.surface.surface_layers import HIDDEN, SurfaceLayers
from gdsim.views.surface.surface_pieces import Layers, Pieces, plane, unscaled
from gdsim.views.surface.surface_scene import Scene
from gdsim.views.theme import path_outline_pen, pen

if TYPE_CHECKING:
    from gdsim.core.run.trace import Trace

Columns = Callable[["Trace", int, int], tuple[Floats, Floats]]
"""Reads rows start … stop − 1 of a trace as coordinates x, y of the plane."""

# Segments are cut into pieces of this length, in pixels of the plane, to follow the surface.
_PIECE = 6.0
# The most pieces that all paths together draw: the newest, and a sample of the older ones.
_NEWEST, _OLDER = 4_000, 2_000
_MOST_DOTS = 1_500
_ROWS_AT_ONCE = 8_192
_FUTURE_DASH = (5.0, 4.0)
_FARTHEST = 1e6  # the largest coordinate in the box, whose edges are about 1, of what is drawn
_HEAD = 12.0


class SurfacePath:
    """Reads each row of a trace once for each part of the plane, and lays it on the surface."""

    def __init__(self, columns: Columns, run: RunView) -> None:
        self._columns = columns
        self.run = run
        self._path: PixelPath | None = None
        self._pieces = Pieces(_PIECE)
        self.picture = SurfaceLayers()

    def forget(self) -> None:
        """Read the trace again, because another plane is shown."""
        self._path = None
        self.picture.forget()

    def state(self) -> tuple[object, ...]:
        """Everything on which the picture of the path depends, except the view."""
        path, run = self._path, self.run
        if path is None:
            return ()
        return (
            (run.colour, run.dash, run.marker, run.marks),
            (path.segments_until(run.shown), path.dots_until(run.shown)),
            len(path.segments) if self._has_future() else None,
        )

    def shown_point(self) -> Floats:
        """The shown row in coordinates of the plane, (1, 2)."""
        shown = self.run.shown
        return np.column_stack(self._columns(self.run.trace, shown, shown + 1))

    def read(self, surface: Surface, deadline: float) -> bool:
        """Read new rows while there is time; return whether some are left."""
        pixels, width, height = plane(surface)
        path = self._path
        if path is None or path.pixels != pixels:
            path = self._path = PixelPath(pixels, width, height)
            self._pieces = Pieces(_PIECE)
        length = len(self.run.trace)
        while path.rows_read < length and perf_counter() < deadline:
            stop = min(length, path.rows_read + _ROWS_AT_ONCE)
            path.extend(*self._columns(self.run.trace, path.rows_read, stop))
        return path.rows_read < length

    def draw(self, layers: Layers, scene: Scene, share: float) -> None:
        """Paint the rows that were read.

        ``share``: the path's share, from 0 to 1, of the pieces that may be drawn.
        """
        path, run, pieces = self._path, self.run, self._pieces
        if path is None:
            return
        pieces.lay(path.segments, path.pixels, scene)
        now = path.segments_until(run.shown)
        past = int(np.searchsorted(pieces.owners, now))
        colour = run.colour or scene.theme.path
        line = pen(scene.theme, colour, 2)
        self._stroke(layers, scene, _chosen(0, past, share), line, run.dash, rim=True)
        if self._has_future():
            faint = pen(scene.theme, colour, 1.5, alpha=0.6)
            rest = _chosen(past, len(pieces), share)
            self._stroke(layers, scene, rest, faint, _FUTURE_DASH, rim=False)
        if not (run.is_companion and scene.is_moving):
            self._draw_dots(layers[0], scene, path, round(share * _MOST_DOTS))
        self._draw_marks(layers[0], scene)

    # Internals

    def _has_future(self) -> bool:
        return self.run.future and self.run.shown < len(self.run.trace) - 1

    def _stroke(
        self,
        layers: Layers,
        scene: Scene,
        chosen: Indices,
        line: QPen,
        dash: tuple[float, ...],
        *,
        rim: bool,
    ) -> None:
        """Stroke pieces; ``rim``: with a dark rim beneath the visible ones."""
        if not len(chosen):
            return
        segments, hidden = self._pieces.seen(chosen, scene)
        groups = [segments[~hidden], segments[hidden]]
        if dash:
            lengths = np.hypot(*(segments[:, 2:] - segments[:, :2]).T)
            starts = np.cumsum(lengths) - lengths
            pattern = tuple(part * line.widthF() for part in dash)
            line.setCapStyle(Qt.PenCapStyle.FlatCap)
            groups = [dashed(segments[part], starts[part], pattern) for part in (~hidden, hidden)]
        for painter, group in zip(layers, groups, strict=True):
            painter.setPen(line)
            draw_segments(painter, group)
        if rim:
            painter = layers[0]
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOver)
            painter.setPen(path_outline_pen(scene.theme))
            draw_segments(painter, groups[0])
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _draw_dots(self, painter: QPainter, scene: Scene, path: PixelPath, most: int) -> None:
        """Paint the newest iterates that are visible."""
        run = self.run
        until = path.dots_until(run.shown)
        dots = path.dots[max(0, until - most) : until]
        points = scene.draped(unscaled(path.pixels, dots))
        points = points[np.isfinite(points).all(axis=1)]
        points = points[~scene.surface.hides(points, scene.projection)]
        colour = run.colour or scene.theme.path_point
        draw_dots(painter, scene.theme, scene.pixels(points), colour, run.marker)

    def _draw_marks(self, painter: QPainter, scene: Scene) -> None:
        """Paint marks at steps where a setting was changed."""
        if not self.run.marks:
            return
        labels = Labels(painter, scene.theme, scene.view)
        for row, label in self.run.marks:
            if not 0 <= row < len(self.run.trace):
                continue
            x, y = self._columns(self.run.trace, row, row + 1)
            seen = scene.spot((float(x[0]), float(y[0])))
            if seen is not None:
                draw_marker(painter, scene.theme, seen[0], "d", 12, scene.theme.mark)
                labels.write(label, seen[0], QPointF(0, 1), scene.theme.text_muted)


def draw_heads(painter: QPainter, scene: Scene, paths: Sequence[SurfacePath]) -> None:
    """Paint the current points of unselected runs, faint where the surface hides them."""
    moving = [path for path in paths if path.run.is_companion]
    if not moving:
        return
    points = scene.draped(np.concatenate([path.shown_point() for path in moving]))
    visible = (np.abs(points) < _FARTHEST).all(axis=1)  # not so if undefined, either
    hidden = np.zeros(len(points), dtype=np.bool_)
    hidden[visible] = scene.surface.hides(points[visible], scene.projection)
    spots, theme = scene.pixels(points), scene.theme
    for index in np.flatnonzero(visible).tolist():
        run = moving[index].run
        painter.setOpacity(HIDDEN if hidden[index] else 1.0)
        colour, rim = run.colour or theme.path_point, theme.current_outline
        draw_marker(painter, theme, QPointF(*spots[index]), run.marker, _HEAD, colour, rim)
    painter.setOpacity(1.0)


def _chosen(start: int, stop: int, share: float) -> Indices:
    """The indices of the pieces to draw: all, or the newest and a sample of the older ones."""
    newest, older = round(share * _NEWEST), round(share * _OLDER)
    if stop - start <= newest + older:
        return np.arange(start, stop)
    some = np.linspace(start, stop - newest - 1, older).astype(np.intp)
    return np.concatenate((some, np.arange(stop - newest, stop)))
