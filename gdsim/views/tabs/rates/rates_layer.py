"""A quantity over η: its points, the ranges of η that diverge, and rates from the theory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, log10

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter

from gdsim.core.arrays import Flags, Floats, Range
from gdsim.views.overlays.basin_style import basin_colour
from gdsim.views.plot.markers import Labels, draw_marker
from gdsim.views.plot.plot_box import Layer, PlotBox, draw_segments
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.theme import color, pen

_POINT = 7.0
_SMALL_POINT = 5.0
_EDGE = 4.0
_TOP = 12.0
_LEAST_BAND = 40.0  # the least width of a band with a label, in pixels
_MANY = 80  # the number of points from which on they are small


@dataclass(frozen=True, slots=True, eq=False)
class RatePoints:
    """The points of a quantity.

    ``rates`` (n,), ascending; ``heights`` (n,) in units of the axis, NaN for no point; ``hollow``
    (n,): the run did not converge; ``labels``: the basin of each point, None for the usual colour;
    ``bands``: the ranges of η that diverge.
    """

    rates: Floats
    heights: Floats
    hollow: Flags
    labels: tuple[int | None, ...]
    bands: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class RateMark:
    """A rate from the theory with its label; ``own``: whether it holds for the current rule."""

    rate: float
    label: str
    own: bool = True


class RatesLayer(Layer):
    """Everything on one of the two plots, whose x axis is log₁₀ η."""

    def __init__(self, box: PlotBox, *, labelled: bool) -> None:
        super().__init__(box, 10)
        self._labelled = labelled
        self._points: RatePoints | None = None
        self._marks: tuple[RateMark, ...] = ()
        self._chosen: float | None = None
        self._band_label = ""
        self._hovered: int | None = None

    def set_points(self, points: RatePoints | None) -> None:
        self._points = points
        self._hovered = None
        self.update()

    def set_marks(self, marks: Sequence[RateMark]) -> None:
        self._marks = tuple(marks)
        self.update()

    @property
    def marks(self) -> tuple[RateMark, ...]:
        """The learning rates that are marked by a line."""
        return self._marks

    @property
    def chosen(self) -> float | None:
        """The learning rate that stands out as the current one."""
        return self._chosen

    def set_chosen(self, rate: float | None) -> None:
        """Set the current η."""
        self._chosen = rate
        self.update()

    def set_band_label(self, label: str) -> None:
        self._band_label = label
        self.update()

    def set_hovered(self, index: int | None) -> None:
        """Highlight the point that a click would choose."""
        self._hovered = index
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        view = QRectF(0, 0, width, height)
        points = self._points
        if points is not None:
            self._draw_bands(painter, points, pixels, view)
        self._draw_marks(painter, pixels, view)
        if points is not None:
            self._draw_points(painter, points, pixels, view)
        if self._labelled:
            self._write(Labels(painter, self._theme, view), pixels, view)

    def _draw_bands(
        self, painter: QPainter, points: RatePoints, pixels: PixelMap, view: QRectF
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for band in self._band_rects(points, pixels, view):
            painter.fillRect(band, color(self._theme.error, 0.10))
            # A pattern, so that the band does not only differ by colour.
            hatch = QBrush(color(self._theme.error, 0.28), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(band, hatch)

    def _band_rects(self, points: RatePoints, pixels: PixelMap, view: QRectF) -> list[QRectF]:
        found = []
        for low, high in points.bands:
            left = pixels.point(log10(low), 0.0)[0] if low > points.rates[0] else 0.0
            right = pixels.point(log10(high), 0.0)[0] if high < points.rates[-1] else view.right()
            band = QRectF(left, 0, right - left, view.height()).intersected(view)
            if band.width() > 0:
                found.append(band)
        return found

    def _draw_marks(self, painter: QPainter, pixels: PixelMap, view: QRectF) -> None:
        for mark in self._marks:
            x = self._x(mark.rate, pixels, view)
            if x is not None:
                theme = self._theme
                name = theme.threshold if mark.own else theme.mark
                painter.setPen(pen(theme, name, 1.5, dash=(6, 4) if mark.own else (2, 3)))
                painter.drawLine(QLineF(x, 0, x, view.height()))
        x = None if self._chosen is None else self._x(self._chosen, pixels, view)
        if x is not None:
            painter.setPen(pen(self._theme, self._theme.current, 1.5))
            painter.drawLine(QLineF(x, 0, x, view.height()))

    def _draw_points(
        self, painter: QPainter, points: RatePoints, pixels: PixelMap, view: QRectF
    ) -> None:
        x, y = self._spots(points, pixels, view)
        segments = np.column_stack((x[:-1], y[:-1], x[1:], y[1:]))
        painter.setPen(pen(self._theme, self._theme.mark, 1, alpha=0.7))
        draw_segments(painter, segments[np.isfinite(segments).all(axis=1)])
        size = (_SMALL_POINT if x.size > _MANY else _POINT) * self._theme.line_weight
        for index in np.flatnonzero(np.isfinite(y)).tolist():
            spot = QPointF(float(x[index]), float(y[index]))
            if not view.adjusted(-size, 0, size, 0).contains(spot):
                continue
            label, theme = points.labels[index], self._theme
            colour = theme.loss_line if label is None else basin_colour(theme, label)
            if points.hollow[index]:
                draw_marker(painter, theme, spot, "o", size, theme.card, colour)
            else:
                draw_marker(painter, theme, spot, "o", size, colour)
            if index == self._hovered:
                painter.setPen(pen(theme, theme.text, 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(spot, size, size)

    def _write(self, labels: Labels, pixels: PixelMap, view: QRectF) -> None:
        if self._points is not None:
            x, y = self._spots(self._points, pixels, view)
            labels.keep_clear(
                *(QRectF(a - 5, b - 5, 10, 10) for a, b in zip(x.tolist(), y.tolist(), strict=True))
            )
        highest = max((mark.rate for mark in self._marks), default=0.0)
        for mark in self._marks:
            x_mark = self._x(mark.rate, pixels, view)
            if x_mark is not None:
                colour = self._theme.threshold if mark.own else self._theme.text_muted
                # The highest rate has its label on the right: where η diverges there are no points.
                side = 1 if mark.rate == highest else -1
                labels.write(mark.label, QPointF(x_mark, _TOP), QPointF(side, 0), colour)
        if self._points is not None and self._band_label:
            for band in self._band_rects(self._points, pixels, view):
                if band.width() > _LEAST_BAND:
                    spot = QPointF(band.center().x(), view.height() - _TOP)
                    labels.write(self._band_label, spot, QPointF(0, -1), self._theme.error)

    def _spots(self, points: RatePoints, pixels: PixelMap, view: QRectF) -> tuple[Floats, Floats]:
        """The pixels of the points; points outside the view are at its edge."""
        y = np.clip(pixels.y(points.heights), _EDGE, view.height() - _EDGE)
        return pixels.x(np.log10(points.rates)), y

    def _x(self, rate: float, pixels: PixelMap, view: QRectF) -> float | None:
        if not (rate > 0 and isfinite(rate)):
            return None
        x = pixels.point(log10(rate), 0.0)[0]
        return x if 0 <= x <= view.width() else None

    def nearest(self, x: float) -> int | None:
        """The index of the point nearest to x = log₁₀ η; None: there are no points."""
        if self._points is None:
            return None
        return int(np.argmin(np.abs(np.log10(self._points.rates) - x)))
