"""Small drawings on a plot, in pixels: dots, markers, arrows, and labels that do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import ceil, hypot, isfinite

import numpy as np
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)

from gdsim.core.arrays import Floats
from gdsim.views.theme import Theme, color, font, pen

_points = PrimitiveArray(QPointF, 2)
_DOT_SIZE = 5.0
_SPACING = 9.0  # side, in pixels, of the squares along a line that labels avoid
# Up to this many markers are painted faster one by one than with a stamp.
_FEW = 8

# Candidate positions of a label: distances from its point in pixels, and directions in eighths of
# a turn from the preferred one. Greater distances and greater turns cost more.
_DISTANCES = np.repeat((8.0, 26.0, 48.0), 8)
_TURNS = np.tile(np.arange(8.0), 3)
_COSINES, _SINES = np.cos(_TURNS * np.pi / 4), np.sin(_TURNS * np.pi / 4)
_COSTS = 4 * _DISTANCES + 12 * np.minimum(_TURNS, 8 - _TURNS)


def draw_dots(
    painter: QPainter,
    theme: Theme,
    dots: Floats,
    colour: str,
    symbol: str,
) -> None:
    """Paint the iterates of a path, (n, 2) in pixels, with a dark rim beneath."""
    if not len(dots):
        return
    size = _DOT_SIZE * theme.line_weight
    if symbol != "o":
        if len(dots) > _FEW:
            stamp_markers(painter, theme, dots, symbol, size + 2.5, colour)
            return
        for x, y in dots.tolist():
            draw_marker(painter, theme, QPointF(x, y), symbol, size + 2.5, colour)
        return
    _points.resize(len(dots))
    _points.ndarray()[:] = dots
    painter.setPen(QPen(QColor(colour), size, c=Qt.PenCapStyle.RoundCap))
    painter.drawPoints(*_points.drawargs())
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOver)
    painter.setPen(QPen(color(theme.outline, 0.45), size + 2, c=Qt.PenCapStyle.RoundCap))
    painter.drawPoints(*_points.drawargs())
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def draw_marker(
    painter: QPainter,
    theme: Theme,
    spot: QPointF,
    symbol: str,
    size: float,
    colour: str,
    rim: str = "",
) -> None:
    """Paint one of pyqtgraph's symbols, with a rim that makes it visible on any background."""
    painter.save()
    painter.translate(spot)
    painter.scale(size, size)
    painter.setPen(pen(theme, rim or theme.outline, 1, alpha=1.0 if rim else 0.6))
    painter.setBrush(QColor(colour))
    painter.drawPath(Symbols[symbol])
    painter.restore()


def stamp_markers(
    painter: QPainter,
    theme: Theme,
    spots: Floats,
    symbol: str,
    size: float,
    colour: str,
) -> None:
    """Paint one symbol at many points (n, 2) in pixels.

    It is painted once and then copied, which takes a tenth of the time.
    """
    if not len(spots):
        return
    half = size / 2 + 2
    ratio = painter.device().devicePixelRatio()
    stamp = QPixmap(ceil(2 * half * ratio), ceil(2 * half * ratio))
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    stamp_painter = QPainter(stamp)
    stamp_painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_marker(stamp_painter, theme, QPointF(half, half), symbol, size, colour)
    stamp_painter.end()
    for x, y in (spots - half).tolist():
        painter.drawPixmap(QPointF(x, y), stamp)


def draw_disc(
    painter: QPainter, spot: QPointF, radius: float, fill: QBrush | QColor, ring: QPen
) -> None:
    """Paint a filled circle with a ring."""
    painter.setPen(ring)
    painter.setBrush(fill)
    painter.drawEllipse(spot, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def draw_arrow(
    painter: QPainter, shaft: QLineF, line_pen: QPen, rim_pen: QPen, *, headed: bool = True
) -> None:
    """Paint an arrow with a dark rim; ``headed`` is False where its tip is outside the view."""
    length = shaft.length()
    width = line_pen.widthF()
    head = min(4.5 * width, 0.55 * length) if headed else 0.0
    unit = QPointF(shaft.dx() / length, shaft.dy() / length)
    side = QPointF(-unit.y(), unit.x()) * (0.45 * head)
    neck = shaft.p2() - unit * (0.85 * head)
    outline = QPainterPath(shaft.p1())
    outline.lineTo(neck)
    tip = QPainterPath()
    if headed:
        tip.addPolygon(
            QPolygonF(
                [shaft.p2(), shaft.p2() - unit * head + side, shaft.p2() - unit * head - side]
            )
        )
        tip.closeSubpath()
    flat = QPen(line_pen)
    flat.setCapStyle(Qt.PenCapStyle.FlatCap)
    rim = QPen(rim_pen)
    rim.setWidthF(width + 2.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(rim)
    painter.drawPath(outline)
    rim.setWidthF(2.5)
    painter.setPen(rim)
    painter.drawPath(tip)
    painter.setPen(flat)
    painter.drawPath(outline)
    painter.fillPath(tip, line_pen.color())


@cache
def _label_font(theme: Theme) -> tuple[QFont, QFontMetricsF]:
    """The font of labels with its metrics; looking it up takes longer than painting a label."""
    label_font = font(theme)
    return label_font, QFontMetricsF(label_font)


class Labels:
    """Labels on one plot: each is put where it covers as little as possible inside the view."""

    def __init__(self, painter: QPainter, theme: Theme, view: QRectF) -> None:
        self._painter = painter
        self._theme = theme
        self._view = view.adjusted(4, 4, -4, -4)
        self._taken: list[QRectF] = []
        self.rects: list[QRectF] = []
        self._font, self._metrics = _label_font(theme)

    def keep_clear(self, *areas: QRectF) -> None:
        """Put no label over these areas; areas that are not finite are ignored."""
        self._taken += [area for area in areas if isfinite(sum(_sides(area)))]

    def write(self, text: str, spot: QPointF, away: QPointF, colour: str) -> QRectF:
        """Write a label beside a point and return its rectangle; all in pixels.

        The preferred side is the one that ``away``, a unit vector, points to.
        """
        width = self._metrics.horizontalAdvance(text) + 10
        height = self._metrics.height() + 3
        best = self._best_rect(spot, away, width, height)
        self._taken.append(best)
        self.rects.append(best)
        painter = self._painter
        painter.setFont(self._font)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(self._theme.card, 0.88))
        painter.drawRoundedRect(best, 4, 4)
        painter.setPen(QColor(colour))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawText(best, Qt.AlignmentFlag.AlignCenter, text)
        return best

    def _best_rect(self, spot: QPointF, away: QPointF, width: float, height: float) -> QRectF:
        """The rectangle inside the view that costs least: it covers little and is near ``spot``."""
        across = away.x() * _COSINES - away.y() * _SINES
        down = away.x() * _SINES + away.y() * _COSINES
        # The distance is that of the rectangle's nearest point, not of its middle.
        left = spot.x() + across * (_DISTANCES + width / 2) - width / 2
        top = spot.y() + down * (_DISTANCES + height / 2) - height / 2
        view = self._view
        left = np.clip(left, view.left(), max(view.left(), view.right() - width))
        top = np.clip(top, view.top(), max(view.top(), view.bottom() - height))
        cost = _COSTS
        if self._taken:
            edges = np.array([_sides(area) for area in self._taken])
            wide = np.minimum(left[:, None] + width, edges[:, 2]) - np.maximum(
                left[:, None], edges[:, 0]
            )
            tall = np.minimum(top[:, None] + height, edges[:, 3]) - np.maximum(
                top[:, None], edges[:, 1]
            )
            cost = cost + 10 * (wide.clip(0) * tall.clip(0)).sum(axis=1)
        best = int(cost.argmin())
        return QRectF(float(left[best]), float(top[best]), width, height)


def _sides(area: QRectF) -> tuple[float, float, float, float]:
    return area.left(), area.top(), area.right(), area.bottom()


def squares_along(shaft: QLineF) -> Sequence[QRectF]:
    """Small squares along a line, so that labels can avoid it."""
    length = hypot(shaft.dx(), shaft.dy())
    count = max(1, min(60, int(length / _SPACING)))
    half = _SPACING / 2
    return [
        QRectF(spot.x() - half, spot.y() - half, _SPACING, _SPACING)
        for spot in (shaft.pointAt(index / count) for index in range(count + 1))
    ]
