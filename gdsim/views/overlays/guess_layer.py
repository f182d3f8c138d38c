"""A user's guess of the next point, and its distance from the true one."""

from __future__ import annotations

from math import isfinite

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter

from gdsim.views.plot.markers import Labels, draw_marker
from gdsim.views.plot.plot_box import Layer, PlotBox
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.theme import guess_pen

Point = tuple[float, float]

_SIZE = 14.0


class GuessLayer(Layer):
    """A cross at the guess, with a line to the point where the step really leads."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 28)
        self._guess: Point | None = None
        self._landed: Point | None = None
        self._label = ""

    def set_guess(self, guess: Point | None, landed: Point | None = None, label: str = "") -> None:
        """Show a guess; after the step, also the true point ``landed`` and a label."""
        self._guess, self._landed, self._label = guess, landed, label
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        spot = self._pixel(pixels, self._guess)
        if spot is None:
            return
        landed = self._pixel(pixels, self._landed)
        if landed is not None:
            painter.setPen(guess_pen(self._theme))
            painter.drawLine(QLineF(spot, landed))
        colour = self._theme.guess
        draw_marker(painter, self._theme, spot, "x", _SIZE * self._theme.line_weight, colour)
        if self._label:
            labels = Labels(painter, self._theme, QRectF(0, 0, width, height))
            labels.write(self._label, spot, QPointF(0, -1), self._theme.text)

    def _pixel(self, pixels: PixelMap, point: Point | None) -> QPointF | None:
        if point is None:
            return None
        x, y = pixels.point(*point)
        return QPointF(x, y) if isfinite(x + y) and max(abs(x), abs(y)) < 1e6 else None
