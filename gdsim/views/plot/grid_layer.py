"""Faint grid lines at the numbered ticks of an axis."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QPainter

from gdsim.views.plot.plot_axis import NumberAxis
from gdsim.views.plot.plot_box import CachedLayer, PlotBox, draw_segments
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.theme import grid_pen


class GridLayer(CachedLayer):
    """Horizontal lines at the ticks of the vertical axis."""

    def __init__(self, box: PlotBox, y_axis: NumberAxis) -> None:
        super().__init__(box, -60)
        self._y_axis = y_axis

    def draw_once(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(grid_pen(self._theme))
        ticks = np.round(pixels.y(np.array(self._y_axis.major_ticks(height))))
        lines = np.column_stack((np.zeros_like(ticks), ticks, np.full_like(ticks, width), ticks))
        draw_segments(painter, lines)
