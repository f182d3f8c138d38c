"""The plot of the chance of finding the minimum over the number of starts."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from gdsim.core.arrays import Floats
from gdsim.views.plot.grid_layer import GridLayer
from gdsim.views.plot.markers import Labels, draw_marker
from gdsim.views.plot.plot_axis import AxisKind
from gdsim.views.plot.plot_box import Layer, PlotBox, draw_segments
from gdsim.views.plot.plot_view import PlotView
from gdsim.views.plot.polyline import PixelMap, finite_segments
from gdsim.views.theme import Theme, color, loss_pen, threshold_pen


@dataclass(frozen=True, slots=True, eq=False)
class ChanceCurve:
    """The chance in per cent for each number of starts N.

    All arrays are (k,): ``starts`` are the N, ``low`` and ``high`` bound the chance. ``sure`` is
    the chance that counts as sure, ``needed`` the N that reaches it, ``label`` the text there.
    """

    starts: Floats
    chance: Floats
    low: Floats
    high: Floats
    sure: float
    needed: int | None
    label: str


class ChanceLayer(Layer):
    """The curve, its uncertainty as a band, and the point at which it is sure."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 10)
        self._curve: ChanceCurve | None = None

    @property
    def curve(self) -> ChanceCurve | None:
        """The curve that is shown."""
        return self._curve

    def set_curve(self, curve: ChanceCurve | None) -> None:
        """Set the curve with its band; None draws nothing."""
        self._curve = curve
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        curve, theme = self._curve, self._theme
        if curve is None:
            return
        view = QRectF(0, 0, width, height)
        x = pixels.x(np.log10(curve.starts))
        y, low, high = (pixels.y(part) for part in (curve.chance, curve.low, curve.high))
        corners = [*zip(x, low, strict=True), *zip(x[::-1], high[::-1], strict=True)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(theme.loss_line, 0.18))
        painter.drawPolygon(QPolygonF([QPointF(float(a), float(b)) for a, b in corners]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        level = pixels.point(0.0, curve.sure)[1]
        painter.setPen(threshold_pen(theme))
        painter.drawLine(QLineF(0, level, width, level))
        painter.setPen(loss_pen(theme))
        draw_segments(painter, finite_segments(x, y))
        if curve.needed is not None:
            spot = QPointF(pixels.point(log10(curve.needed), 0.0)[0], level)
            if view.adjusted(-6, -6, 6, 6).contains(spot):
                draw_marker(painter, theme, spot, "o", 9 * theme.line_weight, theme.threshold)
                labels = Labels(painter, theme, view)
                labels.write(curve.label, spot, QPointF(0, 1), theme.threshold)


class ChancePlot(PlotView):
    """1 − (1 − p)^N over N, with N on a log scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = GridLayer(self.box, self.y_axis)
        self.layer = ChanceLayer(self.box)
        self.x_axis.set_kind(AxisKind.LOG)
        self.x_axis.set_title("N")
        self.y_axis.set_title("%")
        self.set_theme(self.theme)
        self.set_home_range((0.0, 3.0), (-3.0, 103.0))
        self._retranslate()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for layer in (self._grid, self.layer):
            layer.set_theme(theme)

    def set_curve(self, curve: ChanceCurve | None) -> None:
        """Show a curve; None shows an empty plot."""
        before = self.layer.curve
        self.layer.set_curve(curve)
        if curve is not None and (before is None or before.starts[-1] != curve.starts[-1]):
            last = log10(curve.starts[-1])
            self.set_home_range((-0.02 * last, last), (-3.0, 103.0))
            self._grid.invalidate()

    def sizeHint(self) -> QSize:
        return QSize(220, 150)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 110)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Plot of the probability against the number of starts"))
        self.setAccessibleDescription(
            self.tr(
                "The sentence below says the same: p, its confidence interval, and the number"
                " of starts."
            )
        )

    def _on_hovered(self, position: tuple[float, float] | None) -> None:
        text, curve = "", self.layer.curve
        if position is not None and curve is not None:
            index = int(np.argmin(np.abs(np.log10(curve.starts) - position[0])))
            text = f"N = {curve.starts[index]:.0f}: {curve.chance[index]:.1f} %"
        self.position_note.set_note(text)
        self._place_notes()
