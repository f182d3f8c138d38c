"""The loss along one parameter, and its tangent at the shown point."""

from __future__ import annotations

from math import hypot, isfinite

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from gdsim.core.landscape.landscape import Curve
from gdsim.views.plot.plot_box import CachedLayer, Layer, PlotBox, draw_segments
from gdsim.views.plot.polyline import PixelMap, clipped, finite_segments
from gdsim.views.theme import curve_pen, tangent_pen

# The length of the tangent to each side, as a share of the view's smaller side.
_REACH = 0.3


class CurveLayer(CachedLayer):
    """The curve of the loss."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, -10)
        self._curve: Curve | None = None

    def set_curve(self, curve: Curve | None) -> None:
        """Set the samples of the curve; None draws nothing."""
        self._curve = curve
        self.invalidate()

    def draw_once(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        if self._curve is None:
            return
        segments = finite_segments(pixels.x(self._curve.x), pixels.y(self._curve.y))
        painter.setPen(curve_pen(self._theme))
        draw_segments(painter, clipped(segments, width, height)[0])


class TangentLayer(Layer):
    """A short tangent at a point of the curve, beneath the arrows of the step."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 29)
        self._point: tuple[float, float] | None = None
        self._slope = 0.0

    def set_tangent(self, point: tuple[float, float] | None, slope: float = 0.0) -> None:
        """Set the point (θ, L) and dL/dθ there; None draws nothing."""
        finite = point is not None and all(map(isfinite, (*point, slope)))
        self._point, self._slope = (point if finite else None), slope
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        if self._point is None:
            return
        here = QPointF(*pixels.point(*self._point))
        run, rise = pixels.x_scale, self._slope * pixels.y_scale
        length = hypot(run, rise)
        if isfinite(length) and abs(here.x()) < 1e7 and abs(here.y()) < 1e7:
            reach = QPointF(run / length, rise / length) * _REACH * min(width, height)
            pen = tangent_pen(self._theme)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(here - reach, here + reach)
