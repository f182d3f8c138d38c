"""Taylor polynomials over the loss curve: tangent, parabola, and one of a higher order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gdsim.core.arrays import Floats
from gdsim.core.taylor.local_model import TaylorPolynomial
from gdsim.views.plot.markers import draw_disc
from gdsim.views.plot.plot_box import Layer, PlotBox, draw_segments
from gdsim.views.plot.polyline import PixelMap, clipped, dashed, finite_segments
from gdsim.views.theme import (
    Theme,
    current_outline_pen,
    curve_pen,
    first_order_pen,
    higher_order_pen,
    second_order_pen,
)

# Polynomials are sampled at points this many pixels apart.
_SPACING = 3.0
_DOT = 4.5


def line_pen(theme: Theme, kind: str) -> QPen:
    """The pen of an approximation on all plots; ``kind``: first, second, higher or actual."""
    make = {
        "first": first_order_pen,
        "second": second_order_pen,
        "higher": higher_order_pen,
        "actual": curve_pen,
    }[kind]
    return make(theme)


def stroke(painter: QPainter, pen: QPen, x: Floats, y: Floats, width: float, height: float) -> None:
    """Paint a polyline x, y in pixels; dashes continue from segment to segment."""
    segments, _ = clipped(finite_segments(x, y), width, height)
    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    pattern = tuple(part * pen.widthF() for part in pen.dashPattern())
    if pattern:
        segments = dashed(segments, np.cumsum(lengths) - lengths, pattern)
    solid = QPen(pen)
    solid.setStyle(Qt.PenStyle.SolidLine)
    solid.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(solid)
    draw_segments(painter, segments)


@dataclass(frozen=True, slots=True, eq=False)
class Approximation:
    """A polynomial and the kind of its line: first, second or higher."""

    kind: str
    polynomial: TaylorPolynomial


class ApproximationLayer(Layer):
    """The polynomials across the whole view, each with a dot at the next point of the descent."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 4)
        self._approximations: tuple[Approximation, ...] = ()
        self._landing: float | None = None

    @property
    def approximations(self) -> tuple[Approximation, ...]:
        """The polynomials that are drawn, in ascending order."""
        return self._approximations

    def set_approximations(
        self, approximations: Sequence[Approximation], landing: float | None
    ) -> None:
        """Set what is drawn; ``landing`` is θ + Δθ, or None if there is no step."""
        self._approximations = tuple(approximations)
        self._landing = landing if landing is not None and isfinite(landing) else None
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        columns = np.arange(-_SPACING, width + 2 * _SPACING, _SPACING)
        if pixels.x_scale == 0:
            return
        theta = (columns - pixels.x_shift) / pixels.x_scale
        for one in self._approximations:
            rows = pixels.y(one.polynomial.at(theta))
            stroke(painter, line_pen(self._theme, one.kind), columns, rows, width, height)
        if self._landing is None:
            return
        for one in self._approximations:
            x, y = pixels.point(self._landing, one.polynomial.at(self._landing))
            if isfinite(y) and -_DOT < x < width + _DOT and -_DOT < y < height + _DOT:
                fill = QColor(line_pen(self._theme, one.kind).color())
                radius = _DOT * self._theme.line_weight
                draw_disc(painter, QPointF(x, y), radius, fill, current_outline_pen(self._theme))
