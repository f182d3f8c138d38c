"""Stars at the known minima of a function."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from gdsim.views.plot.markers import draw_marker
from gdsim.views.plot.plot_box import Layer, PlotBox
from gdsim.views.plot.polyline import PixelMap


class MinimaLayer(Layer):
    """A star with a rim at each minimum inside the view."""

    def __init__(self, box: PlotBox, *, on_card: bool = False) -> None:
        super().__init__(box, 0)
        self._on_card = on_card
        self._minima: tuple[tuple[float, float], ...] = ()

    def set_minima(self, minima: Sequence[tuple[float, float]]) -> None:
        """Set the minima, in coordinates of the plot; points that are not finite are ignored."""
        self._minima = tuple(spot for spot in minima if all(isfinite(value) for value in spot))
        self.update()

    @property
    def minima(self) -> tuple[tuple[float, float], ...]:
        """The minima that have a star, as points of the plot."""
        return self._minima

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        theme = self._theme
        colour = theme.minimum_on_card if self._on_card else theme.minimum
        for minimum in self._minima:
            x, y = pixels.point(*minimum)
            if -20 < x < width + 20 and -20 < y < height + 20:
                draw_marker(painter, theme, QPointF(x, y), "star", 15 * theme.line_weight, colour)
