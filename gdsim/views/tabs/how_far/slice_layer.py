"""The loss along −∇L: the curve, its tangent, and marked learning rates."""

from __future__ import annotations

from math import isfinite

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gdsim.core.how_far.line_slice import LineSlice
from gdsim.views.overlays.approximation_layer import stroke
from gdsim.views.plot.markers import draw_disc, draw_marker
from gdsim.views.plot.plot_box import Layer, PlotBox
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.theme import (
    Theme,
    color,
    current_outline_pen,
    curve_pen,
    font,
    ghost_pen,
    mark_pen,
    tangent_pen,
)

LINES = ("loss", "tangent")
"""The names of the lines."""


def slice_pen(theme: Theme, line: str) -> QPen:
    """The pen of a line on the plot and in its legend."""
    return curve_pen(theme) if line == "loss" else tangent_pen(theme)


def draw_slice_mark(painter: QPainter, theme: Theme, mark: str, spot: QPointF) -> None:
    """Paint the symbol of a mark: here, eta, best or rise; on the plot and in its legend."""
    radius = 5.5 * theme.line_weight
    if mark == "here":
        draw_disc(painter, spot, radius, QColor(theme.current), current_outline_pen(theme))
    elif mark == "eta":
        draw_disc(painter, spot, radius, color(theme.ghost, 0.25), ghost_pen(theme))
    elif mark == "best":
        colour = theme.minimum_on_card
        draw_marker(painter, theme, spot, "star", 14 * theme.line_weight, colour)
    else:
        draw_marker(painter, theme, spot, "t1", 10 * theme.line_weight, theme.rise)


def draw_slice_symbol(painter: QPainter, theme: Theme, name: str, area: QRectF) -> None:
    """Paint the symbol of a line or a mark in the legend."""
    if name not in LINES:
        draw_slice_mark(painter, theme, name, area.center())
        return
    pen = slice_pen(theme, name)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    middle = area.center().y()
    painter.drawLine(QLineF(area.left() + 1, middle, area.right() - 1, middle))


class SliceLayer(Layer):
    """Everything on the plot of the slice except its grid."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 10)
        self._line: LineSlice | None = None

    def set_slice(self, line: LineSlice | None) -> None:
        """Set the loss along the line; None draws nothing."""
        self._line = line
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        line = self._line
        if line is None:
            return
        marks = {
            "here": (0.0, line.start),
            "rise": (line.rise, line.start),
            "best": (line.best, line.best_loss),
            "eta": (line.eta, line.eta_loss),
        }
        spots = {
            name: QPointF(*pixels.point(x, y if isfinite(y) else line.start))
            for name, (x, y) in marks.items()
            if x is not None
        }
        painter.setPen(mark_pen(self._theme))
        level = spots["here"].y()
        painter.drawLine(QLineF(0, level, width, level))
        for name in ("rise", "best", "eta"):
            if name in spots and 0 <= (x := spots[name].x()) <= width:
                painter.setPen(self._stem_pen(name))
                painter.drawLine(QLineF(x, 0, x, height))
        self._draw_lines(painter, line, pixels, width, height)
        for name, spot in spots.items():
            if -12 < spot.x() < width + 12 and -12 < spot.y() < height + 12:
                draw_slice_mark(painter, self._theme, name, spot)
        if spots["eta"].x() > width:
            self._draw_beyond(painter, width, level)
        # The title is inside the plot, because below the axis it would take height from a low plot.
        painter.setFont(font(self._theme))
        painter.setPen(color(self._theme.text_muted))
        corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(QRectF(0, 0, width - 8, height - 4), corner, "τ")

    def _stem_pen(self, mark: str) -> QPen:
        """The pen of the vertical line at a mark, which is visible even if the mark is not."""
        result = mark_pen(self._theme)
        names = {
            "rise": self._theme.rise,
            "best": self._theme.minimum_on_card,
            "eta": self._theme.ghost,
        }
        result.setColor(QColor(names[mark]))
        return result

    def _draw_lines(
        self,
        painter: QPainter,
        line: LineSlice,
        pixels: PixelMap,
        width: float,
        height: float,
    ) -> None:
        ends = np.array(line.tau_range)
        for name, x, y in (
            ("tangent", ends, line.start + line.slope * ends),
            ("loss", line.tau, line.loss),
        ):
            stroke(painter, slice_pen(self._theme, name), pixels.x(x), pixels.y(y), width, height)

    def _draw_beyond(self, painter: QPainter, width: float, level: float) -> None:
        """Paint a pointer at the right edge, because the current η is outside the view."""
        tip = QPointF(width - 2, level)
        painter.setPen(current_outline_pen(self._theme))
        painter.setBrush(color(self._theme.ghost))
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-14, -8), tip + QPointF(-14, 8)]))
