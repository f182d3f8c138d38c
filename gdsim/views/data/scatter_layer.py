"""Rows of data as points: all of them, and on top the rows that the shown step uses."""

from __future__ import annotations

import numpy as np
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gdsim.core.arrays import Floats, Integers
from gdsim.core.learning.model_picture import PlotKind, Scatter
from gdsim.views.plot.plot_box import CachedLayer, Layer, PlotBox
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.theme import Theme, color, loss_colormap

_SIZE = 7.0
_CROWDED_SIZE = 4.0
# With more points than this they are drawn smaller.
_CROWD = 1_000
_FAINT = 0.3
_SHADES = 32

_points = PrimitiveArray(QPointF, 2)


def draw_rows(
    painter: QPainter, spots: Floats, size: float, colour: QColor, *, square: bool = False
) -> None:
    """Draw discs or squares at pixels (n, 2), in one call."""
    if not len(spots):
        return
    _points.resize(len(spots))
    _points.ndarray()[:] = spots
    cap = Qt.PenCapStyle.SquareCap if square else Qt.PenCapStyle.RoundCap
    painter.setPen(QPen(colour, size, c=cap))
    painter.drawPoints(*_points.drawargs())


def draw_class_sign(painter: QPainter, theme: Theme, high: bool, spot: QPointF) -> None:
    """Draw the sign of a class, in the plot or in its legend."""
    spots = np.array([[spot.x(), spot.y()]])
    size = _SIZE * theme.line_weight
    draw_rows(painter, spots, size + 2, color(theme.outline, 0.6), square=high)
    draw_rows(painter, spots, size, QColor(_class_colour(theme, high)), square=high)


def draw_row_sign(painter: QPainter, theme: Theme, spot: QPointF, *, lit: bool) -> None:
    """Draw the sign of a row; ``lit``: of a row that the step uses."""
    spots = np.array([[spot.x(), spot.y()]])
    if lit:
        _draw_rings(painter, theme, spots, _SIZE)
    draw_rows(painter, spots, _SIZE * theme.line_weight, QColor(theme.row))


def _class_colour(theme: Theme, high: bool) -> str:
    return theme.class_high if high else theme.class_low


def _draw_rings(painter: QPainter, theme: Theme, spots: Floats, size: float) -> None:
    draw_rows(painter, spots, size * theme.line_weight + 6, QColor(theme.current))
    draw_rows(painter, spots, size * theme.line_weight + 2.5, QColor(theme.card))


class _Painter:
    """Paints chosen rows in the colours and shapes of their kind."""

    def __init__(self, points: Scatter, theme: Theme) -> None:
        self._points = points
        self._theme = theme
        self.size = _CROWDED_SIZE if len(points.drawn) > _CROWD else _SIZE

    def spots(
        self, rows: Integers, pixels: PixelMap, width: float, height: float
    ) -> tuple[Integers, Floats]:
        """The rows inside the view, and their pixels."""
        points = self._points
        spots = np.column_stack((pixels.x(points.x[rows]), pixels.y(points.y[rows])))
        with np.errstate(invalid="ignore"):
            inside = ((spots > -20) & (spots < (width + 20, height + 20))).all(axis=1)
        return rows[inside], spots[inside]

    def draw(self, painter: QPainter, rows: Integers, spots: Floats) -> None:
        theme, points = self._theme, self._points
        size = self.size * theme.line_weight
        if points.kind is PlotKind.CLASSES:
            for high in (False, True):
                chosen = spots[(points.shade[rows] > 0.5) == high]
                draw_rows(painter, chosen, size + 2, color(theme.outline, 0.6), square=high)
                colour = QColor(_class_colour(theme, high))
                draw_rows(painter, chosen, size, colour, square=high)
        elif points.kind is PlotKind.VALUES:
            draw_rows(painter, spots, size + 2, color(theme.outline, 0.9))
            shades = np.round(points.shade[rows] * (_SHADES - 1)).astype(np.int64)
            for shade in np.unique(shades).tolist():
                entry = loss_colormap()[round(shade / (_SHADES - 1) * 255)]
                draw_rows(painter, spots[shades == shade], size, QColor(*entry[:3].tolist()))
        else:
            draw_rows(painter, spots, size + 1.5, color(theme.card, 0.9))
            draw_rows(painter, spots, size, QColor(theme.row))


class RowsLayer(CachedLayer):
    """All drawn rows; faint while some of them are highlighted."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 5)
        self._points: Scatter | None = None
        self._is_faint = False

    def set_points(self, points: Scatter | None) -> None:
        """The rows as points; None draws nothing."""
        self._points = points
        self.invalidate()

    def set_faint(self, faint: bool) -> None:
        """Whether the points are faint, because others are highlighted."""
        if faint != self._is_faint:
            self._is_faint = faint
            self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        painter.setOpacity(_FAINT if self._is_faint else 1.0)
        super().draw(painter, pixels, width, height)
        painter.setOpacity(1.0)

    def draw_once(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        if self._points is not None:
            brush = _Painter(self._points, self._theme)
            brush.draw(painter, *brush.spots(self._points.drawn, pixels, width, height))


class LitRowsLayer(Layer):
    """The rows that the shown step uses."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 6)
        self._points: Scatter | None = None
        self._rows: Integers | None = None

    def set_lit(self, points: Scatter | None, rows: Integers | None) -> None:
        """Highlight ``rows`` of the points; None highlights nothing."""
        self._points, self._rows = points, rows
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        if self._points is None or self._rows is None:
            return
        brush = _Painter(self._points, self._theme)
        rows, spots = brush.spots(self._rows, pixels, width, height)
        _draw_rings(painter, self._theme, spots, brush.size)
        brush.draw(painter, rows, spots)


def draw_shades_sign(painter: QPainter, theme: Theme, area: QRectF) -> None:
    """Draw a strip of colours from the lowest to the highest target."""
    strip = QRectF(area.left() + 1, area.center().y() - 4, area.width() - 2, 8)
    for place in range(_SHADES):
        entry = loss_colormap()[round(place / (_SHADES - 1) * 255)]
        left = strip.left() + strip.width() * place / _SHADES
        painter.fillRect(
            QRectF(left, strip.top(), strip.width() / _SHADES + 0.5, strip.height()),
            QColor(*entry[:3].tolist()),
        )
