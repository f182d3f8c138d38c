"""Triangles on a path at the points where the loss has risen."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter

from gdsim.core.arrays import Floats
from gdsim.views.plot.growing_array import GrowingRows
from gdsim.views.plot.markers import stamp_markers
from gdsim.views.plot.plot_box import Canvas, Layer, PlotBox
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.run.path_layer import Columns
from gdsim.views.run.run_view import RunView
from gdsim.views.theme import Theme

if TYPE_CHECKING:
    from gdsim.core.run.trace import Trace


_SIZE = 9.0
# There is at most one triangle in each square of this side in pixels.
_PATCH = 10.0
# A frame may spend this many seconds on reading rows; the rest waits for the next frame.
_SECONDS_PER_FRAME = 0.002
_ROWS_AT_ONCE = 8_192


class RiseLayer(Layer):
    """Marks each point at which L is larger than at the previous one, up to the shown step.

    Rows are read once for each view. Triangles are painted once onto a canvas, which only grows
    unless the shown step goes back. Their number is limited by the pixels, not by the length of
    the run.
    """

    def __init__(self, box: PlotBox, columns: Columns) -> None:
        super().__init__(box, 12)
        self._columns = columns
        self._run: RunView | None = None
        self._seen: tuple[int, int] = (0, 0)
        self._pixels: PixelMap | None = None
        self._canvas: Canvas | None = None
        self._drawn = self._read = 0
        self._occupied = np.zeros((0, 0), dtype=bool)
        self._rows, self._spots = GrowingRows(1), GrowingRows(2)
        self._next_frame = QTimer(self, singleShot=True, interval=0)
        self._next_frame.timeout.connect(self._on_next_frame)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._pixels = None

    def set_run(self, run: RunView | None) -> None:
        """Set the run whose rises are marked; for the same trace only the new rows are read."""
        old, self._run = self._run, run
        if run is None or old is None or old.trace is not run.trace:
            self._pixels = None
            self.update()
        if run is None:
            return
        self.setVisible(run.visible)
        seen = (len(run.trace), run.shown)
        if seen != self._seen:
            self._seen = seen
            self.update()

    def spots(self) -> Floats:
        """The positions of the triangles, (n, 2), in pixels."""
        return self._spots.rows()[: self._count()]

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        run, canvas = self._run, self._canvas
        if run is None:
            return
        if pixels != self._pixels or canvas is None or not canvas.fits(painter, width, height):
            canvas = self._canvas = Canvas(painter, width, height)
            self._pixels = pixels
            self._drawn = self._read = 0
            self._occupied = np.zeros(
                (int(height / _PATCH) + 1, int(width / _PATCH) + 1), dtype=bool
            )
            self._rows, self._spots = GrowingRows(1), GrowingRows(2)
        self._read_new_rows(run.trace, pixels, width, height)
        count = self._count()
        if count < self._drawn:
            canvas.clear()
            self._drawn = 0
        if count > self._drawn:
            self._add_triangles(canvas, self._spots.rows()[self._drawn : count])
            self._drawn = count
        if count:
            painter.drawPixmap(0, 0, canvas.pixmap)

    def _add_triangles(self, canvas: Canvas, spots: Floats) -> None:
        size = _SIZE * self._theme.line_weight
        painter = canvas.painter()
        stamp_markers(painter, self._theme, spots, "t1", size, self._theme.rise)
        painter.end()

    def _read_new_rows(self, trace: Trace, pixels: PixelMap, width: float, height: float) -> None:
        """Read new rows for a limited time."""
        deadline = perf_counter() + _SECONDS_PER_FRAME
        length = len(trace)
        while self._read < length:
            stop = min(length, self._read + _ROWS_AT_ONCE)
            self._add_rows(trace, self._read, stop, pixels, width, height)
            self._read = stop
            if perf_counter() > deadline:
                break
        if self._read < length:
            self._next_frame.start()

    def _add_rows(
        self, trace: Trace, start: int, stop: int, pixels: PixelMap, width: float, height: float
    ) -> None:
        first = max(start - 1, 0)
        losses = trace.loss(first, stop)
        rose = np.flatnonzero(losses[1:] > losses[:-1]) + 1
        if not len(rose):
            return
        xs, ys = self._columns(trace, first, stop)
        x, y = pixels.x(xs[rose]), pixels.y(ys[rose])
        with np.errstate(invalid="ignore"):
            inside = (x >= 0) & (x <= width) & (y >= 0) & (y <= height)
        x, y, rows = x[inside], y[inside], rose[inside] + first
        across, down = (x / _PATCH).astype(np.int64), (y / _PATCH).astype(np.int64)
        _, indices = np.unique(down * self._occupied.shape[1] + across, return_index=True)
        indices = np.sort(indices[~self._occupied[down[indices], across[indices]]])
        self._occupied[down[indices], across[indices]] = True
        self._rows.append(rows[indices, None])
        self._spots.append(np.column_stack((x[indices], y[indices])))

    def _count(self) -> int:
        """The number of triangles at or before the shown row."""
        shown = -1 if self._run is None else self._run.shown
        return int(np.searchsorted(self._rows.rows()[:, 0], shown, side="right"))

    def _on_next_frame(self) -> None:
        self.update()
