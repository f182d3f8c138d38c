"""The box around a surface, with names and numbers of its three axes."""

from __future__ import annotations

from math import ceil, floor, hypot

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from gdsim.core.surface.box_frame import BoxFrame, Edge, box_frame
from gdsim.views.plot.plot_axis import distinct_texts, nice_step, plain_texts
from gdsim.views.surface.surface_scene import Scene
from gdsim.views.theme import SMALL, axis_pen, font, grid_pen

# The space of a number along its axis, in digits.
_LETTERS = 7.0
# An axis that is shorter than this on the screen, in pixels, has no numbers.
_SHORTEST = 36.0
_TICK = 5.0

Ticks = list[tuple[float, str]]
"""The position of each tick on its axis, from 0 to 1, and its number."""


class SurfaceAxes:
    """Draws the parts of the box behind the surface and in front of it."""

    def __init__(self, scene: Scene, titles: tuple[str, str]) -> None:
        self._scene = scene
        self._titles = titles
        self._frame: BoxFrame = box_frame(scene.surface.size, scene.projection)
        theme = scene.theme
        self._font: QFont = font(theme, SMALL)
        self._metrics = QFontMetricsF(self._font)
        surface = scene.surface
        self._x = self._ticks(self._frame.x, surface.x_range)
        self._y = self._ticks(self._frame.y, surface.y_range)
        self._z: Ticks = []
        if self._length(self._frame.z) >= _SHORTEST:
            positions, losses = zip(*surface.ticks, strict=True) if surface.ticks else ((), ())
            self._z = list(zip(positions, distinct_texts(list(losses)), strict=True))

    def draw_behind(self, painter: QPainter) -> None:
        """Draw the floor and the far walls with a grid."""
        theme, frame = self._scene.theme, self._frame
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.window))
        for side in (frame.floor, *frame.walls):
            painter.drawPolygon(self._polygon(side))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(grid_pen(theme))
        half = np.array(self._scene.surface.size) / 2
        x, y, z = half * (*frame.far, 1)
        for share, _ in self._x:
            self._line(painter, (p := (2 * share - 1) * half[0], -half[1], -z), (p, half[1], -z))
            self._line(painter, (p, y, -z), (p, y, z))
        for share, _ in self._y:
            self._line(painter, (-half[0], p := (2 * share - 1) * half[1], -z), (half[0], p, -z))
            self._line(painter, (x, p, -z), (x, p, z))
        for share, _ in self._z:
            p = (2 * share - 1) * z
            self._line(painter, (-half[0], y, p), (half[0], y, p))
            self._line(painter, (x, -half[1], p), (x, half[1], p))
        outline = QPen(axis_pen(theme))
        color = QColor(theme.axis)
        color.setAlphaF(0.35)
        outline.setColor(color)
        painter.setPen(outline)
        for side in (frame.floor, *frame.walls):
            painter.drawPolygon(self._polygon(side))

    def draw_before(self, painter: QPainter) -> None:
        """Draw three edges with ticks, numbers and names."""
        painter.setFont(self._font)
        frame = self._frame
        x_title, y_title = self._titles
        occupied: list[QRectF] = []
        self._draw_axis(painter, frame.x, self._x, x_title, occupied)
        self._draw_axis(painter, frame.y, self._y, y_title, occupied)
        if self._z:
            self._draw_axis(painter, frame.z, self._z, "", occupied)
            top = self._pixel(frame.z.end)
            height = self._metrics.height()
            self._write(painter, "L", top + QPointF(0, -0.9 * height), "text")

    def _draw_axis(
        self, painter: QPainter, edge: Edge, ticks: Ticks, name: str, occupied: list[QRectF]
    ) -> None:
        begin, end = self._pixel(edge.begin), self._pixel(edge.end)
        painter.setPen(axis_pen(self._scene.theme))
        painter.drawLine(QLineF(begin, end))
        if not ticks:
            return
        out = self._outward(edge)
        widest = 0.0
        for share, text in ticks:
            spot = self._pixel(edge.at(share))
            painter.setPen(axis_pen(self._scene.theme))
            painter.drawLine(QLineF(spot, spot + out * _TICK))
            room = self._room(text, out)
            widest = max(widest, room)
            rect = self._box(text, spot + out * (_TICK + 3 + room))
            if not any(rect.intersects(other) for other in occupied):
                occupied.append(rect)
                self._write(painter, text, rect.center(), "text_muted")
        if name:
            middle = (begin + end) / 2
            room = self._room(name, out)
            away = _TICK + 7 + 2 * widest + room
            self._write(painter, name, middle + out * away, "text")

    # Internals

    def _ticks(self, edge: Edge, limits: tuple[float, float]) -> Ticks:
        """Round numbers that do not overlap."""
        length = self._length(edge)
        if length < _SHORTEST:
            return []
        low, high = limits
        room = _LETTERS * self._metrics.horizontalAdvance("0")
        step = nice_step((high - low) * room / length)
        if step > high - low:
            step = nice_step((high - low) / 2)
        values = [
            index * step for index in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)
        ]
        texts = plain_texts(values, step)
        return [
            ((value - low) / (high - low), text) for value, text in zip(values, texts, strict=True)
        ]

    def _length(self, edge: Edge) -> float:
        along = self._pixel(edge.end) - self._pixel(edge.begin)
        return hypot(along.x(), along.y())

    def _outward(self, edge: Edge) -> QPointF:
        """The unit vector on the screen that points away from the box."""
        away = self._pixel(edge.outward) - self._pixel(np.zeros(3))
        length = hypot(away.x(), away.y())
        # Seen from the side, the direction of the near edge vanishes; below it there is space.
        if length < 0.2 * self._scene.projection.scale:
            return QPointF(0, 1)
        return away / length

    def _room(self, text: str, out: QPointF) -> float:
        """The distance of a text's middle from a line at which they do not overlap."""
        width, height = self._metrics.horizontalAdvance(text), self._metrics.height() * 0.8
        return (abs(out.x()) * width + abs(out.y()) * height) / 2

    def _box(self, text: str, middle: QPointF) -> QRectF:
        width, height = self._metrics.horizontalAdvance(text) + 2, self._metrics.height()
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    def _write(self, painter: QPainter, text: str, middle: QPointF, role: str) -> None:
        painter.setPen(QColor(getattr(self._scene.theme, role)))
        painter.drawText(self._box(text, middle), Qt.AlignmentFlag.AlignCenter, text)

    def _pixel(self, point: np.ndarray) -> QPointF:
        x, y = self._scene.projection.pixels(point)
        return QPointF(x, y)

    def _polygon(self, corners: np.ndarray) -> QPolygonF:
        return QPolygonF([self._pixel(corner) for corner in corners])

    def _line(
        self, painter: QPainter, a: tuple[float, float, float], b: tuple[float, float, float]
    ) -> None:
        painter.drawLine(QLineF(self._pixel(np.array(a)), self._pixel(np.array(b))))
