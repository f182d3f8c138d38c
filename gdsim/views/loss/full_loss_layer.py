"""The loss over all rows, at the steps at which it was computed, above the losses of batches."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter

from gdsim.core.arrays import Floats
from gdsim.views.loss.loss_layer import heights
from gdsim.views.plot.plot_box import Layer, PlotBox, draw_segments
from gdsim.views.plot.polyline import PixelMap, clipped, finite_segments
from gdsim.views.theme import Theme, batch_loss_pen, full_loss_pen


class FullLossLayer(Layer):
    """A line through the computed points."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 12)
        self._log = False
        self._rows: Floats = np.empty(0)
        self._losses: Floats = np.empty(0)

    def set_log(self, log: bool) -> None:
        """Set whether the vertical axis is logarithmic."""
        self._log = log
        self.update()

    def set_points(self, rows: Floats, losses: Floats) -> None:
        """Set the loss over all rows at the steps t = ``rows``, ascending, both (n,)."""
        self._rows, self._losses = rows, losses
        self.update()

    @property
    def points(self) -> tuple[Floats, Floats]:
        """The points that the line joins, as (t, L), both (n,)."""
        return self._rows, self._losses

    def extent(self) -> Floats:
        """The losses that are finite."""
        return self._losses[np.isfinite(self._losses)]

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        x, y = pixels.x(self._rows), pixels.y(heights(self._losses, self._log))
        painter.setPen(full_loss_pen(self._theme))
        draw_segments(painter, clipped(finite_segments(x, y), width, height)[0])


def draw_loss_symbol(painter: QPainter, theme: Theme, name: str, area: QRectF) -> None:
    """Paint the line of the loss over all rows ("full") or of batches ("batch") in the legend."""
    line_pen = full_loss_pen(theme) if name == "full" else batch_loss_pen(theme)
    line_pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(line_pen)
    middle = area.center().y()
    painter.drawLine(QLineF(area.left() + 1, middle, area.right() - 1, middle))
