"""Marks on the landscape where other stop rules would have ended the path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gdsim.views.plot.markers import Labels, draw_marker
from gdsim.views.plot.plot_box import Layer, PlotBox
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.run.path_layer import Columns

if TYPE_CHECKING:
    from gdsim.core.run.trace import Trace


class StopLayer(Layer):
    """A square with a label at each of the given rows."""

    def __init__(self, box: PlotBox, columns: Columns) -> None:
        super().__init__(box, 15)
        self._columns = columns
        self._trace: Trace | None = None
        self._stops: tuple[tuple[int, str], ...] = ()

    def set_stops(self, trace: Trace | None, stops: tuple[tuple[int, str], ...]) -> None:
        """Set the rows of a trace to mark, each with its label."""
        if trace is not self._trace or stops != self._stops:
            self._trace, self._stops = trace, stops
            self.update()

    def labels(self) -> list[str]:
        """The marks on the path, each by its label; none where no run is shown."""
        return [] if self._trace is None else [label for _, label in self._stops]

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        if self._trace is None:
            return
        view = QRectF(0, 0, width, height)
        labels = Labels(painter, self._theme, view)
        spots = []
        for row, label in self._stops:
            xs, ys = self._columns(self._trace, row, row + 1)
            spot = QPointF(*pixels.point(float(xs[0]), float(ys[0])))
            if view.contains(spot):
                draw_marker(painter, self._theme, spot, "s", 11, self._theme.threshold)
                spots.append((spot, label))
        labels.keep_clear(*(QRectF(spot.x() - 8, spot.y() - 8, 16, 16) for spot, _ in spots))
        for spot, label in spots:
            labels.write(label, spot, QPointF(-1, 0), self._theme.text)
