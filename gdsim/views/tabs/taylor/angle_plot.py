"""The plot of ΔL over the angle β between ∇L and a step of length r."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QSize, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from gdsim.core.arrays import Floats
from gdsim.views.overlays.approximation_layer import line_pen, stroke
from gdsim.views.plot.grid_layer import GridLayer
from gdsim.views.plot.markers import draw_disc
from gdsim.views.plot.plot_axis import AxisKind
from gdsim.views.plot.plot_box import Layer, PlotBox
from gdsim.views.plot.plot_view import PlotView
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.theme import Theme, axis_pen, current_outline_pen, dial_pen, mark_pen

KINDS = ("actual", "second", "first")
"""The curves, in the order of painting."""

_ANGLE, _CHANGE = "β", "ΔL"
_HEIGHT = 165
_LEAST_FILLED = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class AngleCurves:
    """ΔL in all directions: β in degrees (n,), and a curve (n,) for each of ``KINDS``."""

    beta: Floats
    curves: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class AngleMark:
    """The hand of the dial: its β, and ΔL at β for each of ``KINDS``."""

    beta: float
    values: tuple[tuple[str, float], ...]


class _AngleLayer(Layer):
    """The curves, the lines ΔL = 0 and β = 180°, and the hand."""

    turned = Signal(float)

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 10)
        self.curves: AngleCurves | None = None
        self.mark: AngleMark | None = None
        box.add_handle(self)

    # The whole plot is a handle: the hand moves to where the mouse is pressed.

    def holds(self, position: QPointF) -> bool:
        return self.curves is not None

    def drag_to(self, position: QPointF) -> None:
        beta, _ = self.box.pixels().inverse(position.x(), position.y())
        if isfinite(beta):
            self.turned.emit(min(max(beta, 0.0), 360.0))

    def drop(self) -> None:
        """Nothing to do: the hand stays where it is."""

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        if self.curves is None:
            return
        zero = pixels.point(0.0, 0.0)[1]
        painter.setPen(axis_pen(self._theme))
        if 0 <= zero <= height:
            painter.drawLine(QLineF(0, zero, width, zero))
        painter.setPen(mark_pen(self._theme))
        half = pixels.point(180.0, 0.0)[0]
        painter.drawLine(QLineF(half, 0, half, height))
        x = pixels.x(self.curves.beta)
        for kind in KINDS:
            y = pixels.y(self.curves.curves[kind])
            stroke(painter, line_pen(self._theme, kind), x, y, width, height)
        if self.mark is not None:
            self._draw_mark(painter, self.mark, pixels, width, height)

    def _draw_mark(
        self, painter: QPainter, mark: AngleMark, pixels: PixelMap, width: float, height: float
    ) -> None:
        x = pixels.point(mark.beta, 0.0)[0]
        if not 0 <= x <= width:
            return
        painter.setPen(dial_pen(self._theme))
        painter.drawLine(QLineF(x, 0, x, height))
        for kind, value in mark.values:
            y = pixels.point(0.0, value)[1]
            if isfinite(y) and -10 < y < height + 10:
                fill = QColor(line_pen(self._theme, kind).color())
                radius = 4.5 * self._theme.line_weight
                draw_disc(painter, QPointF(x, y), radius, fill, current_outline_pen(self._theme))


class AnglePlot(PlotView):
    """Predicted and actual ΔL over β; clicking and dragging turn the hand of the dial."""

    turned = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = GridLayer(self.box, self.y_axis)
        self._layer = _AngleLayer(self.box)
        self._layer.turned.connect(self.turned)
        self.box.clicked.connect(self._on_clicked)
        self.box.setMouseEnabled(x=False, y=False)
        self.x_axis.set_kind(AxisKind.DEGREES)
        self.x_axis.set_title(_ANGLE)
        self.y_axis.set_title(_CHANGE)
        self.set_theme(self.theme)
        self.set_home_range((0.0, 360.0), (-1.0, 1.0))
        self.setFixedHeight(_HEIGHT)
        self._retranslate()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.setFixedHeight(round(_HEIGHT * theme.text_size / 10))
        for layer in (self._grid, self._layer):
            layer.set_theme(theme)

    def set_curves(self, curves: AngleCurves | None) -> None:
        """Show ΔL in all directions; None shows an empty plot."""
        self._layer.curves = curves
        self._layer.update()
        if curves is None:
            return
        values = np.concatenate(list(curves.curves.values()))
        values = values[np.isfinite(values) & (np.abs(values) < 1e300)]
        if values.size:
            self._make_room(min(0.0, float(values.min())), max(0.0, float(values.max())))

    def set_mark(self, mark: AngleMark | None) -> None:
        """Show the hand of the dial; None: no hand."""
        self._layer.mark = mark
        self._layer.update()

    def _make_room(self, low: float, high: float) -> None:
        """Make the axis show this range; it does not change while the curves nearly fill it."""
        old_low, old_high = self._home[1]
        filled = (high - low) / (old_high - old_low)
        if old_low <= low and high <= old_high and filled >= _LEAST_FILLED:
            return
        room = 0.12 * (high - low) or 1.0
        self.set_home_range((0.0, 360.0), (low - room, high + room))
        self._grid.invalidate()

    def sizeHint(self) -> QSize:
        return QSize(300, _HEIGHT)

    def _on_clicked(self, x: float, _y: float) -> None:
        if self._layer.curves is not None and isfinite(x):
            self.turned.emit(min(max(x, 0.0), 360.0))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("ΔL against the angle β"))
        self.setAccessibleDescription(
            self.tr(
                "The change of the loss over a step of length r, predicted by the slope, by slope"
                " and curvature, and actual, for every angle β between the step and the gradient."
            )
        )
