"""A stopping quantity over t on a log axis: its line, ε, and where rules would have stopped."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from gdsim.core.arrays import Floats
from gdsim.views.loss.loss_layer import heights
from gdsim.views.loss.loss_summary import LossRows, LossSummary
from gdsim.views.plot.markers import Labels, draw_disc, draw_marker
from gdsim.views.plot.plot_box import Layer, PlotBox, draw_segments
from gdsim.views.plot.polyline import PixelMap, clipped, finite_segments
from gdsim.views.theme import (
    current_outline_pen,
    loss_future_pen,
    loss_pen,
    mark_pen,
    threshold_pen,
)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """An ε with its label, valid from row ``start`` on."""

    start: int
    value: float
    label: str


@dataclass(frozen=True, slots=True)
class StopMark:
    """A row at which a rule would have stopped; ``plotted``: whether its quantity is shown."""

    row: int
    label: str
    plotted: bool


class QuantityLayer(Layer):
    """Everything on the plot of a quantity. The past is solid, the future faint."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 10)
        self.rows: LossRows | None = None
        self.summary: LossSummary | None = None
        self._shown = 0
        self._tolerances: tuple[Tolerance, ...] = ()
        self._stops: tuple[StopMark, ...] = ()

    def set_rows(self, rows: LossRows | None) -> None:
        """Set the values to draw; of known rows only the new ones are read."""
        if rows is not self.rows:
            self.rows = rows
            self.summary = None if rows is None else LossSummary(rows)
        if self.summary is not None:
            self.summary.update()
        self.update()

    def set_shown(self, shown: int) -> None:
        """Set the shown row, up to which the line is the past."""
        self._shown = shown
        self.update()

    def set_tolerances(self, tolerances: tuple[Tolerance, ...]) -> None:
        """Set all values of ε, in the order of their rows."""
        self._tolerances = tolerances
        self.update()

    def set_stops(self, stops: tuple[StopMark, ...]) -> None:
        """Set where rules would have stopped."""
        self._stops = stops
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        rows, summary = self.rows, self.summary
        if rows is None or summary is None or not len(rows):
            return
        view = QRectF(0, 0, width, height)
        labels = Labels(painter, self._theme, view)
        self._draw_stop_lines(painter, pixels, view)
        self._draw_tolerances(painter, pixels, view)
        first = max(0, int(pixels.inverse(0, 0)[0]) - 1)
        last = min(len(rows), int(pixels.inverse(width, 0)[0]) + 2)
        if first < last:
            self._draw_line(painter, summary, pixels, view, first, last)
        self._draw_points(painter, rows, pixels, view)
        self._write_labels(labels, pixels, view)

    def _draw_line(
        self,
        painter: QPainter,
        summary: LossSummary,
        pixels: PixelMap,
        view: QRectF,
        first: int,
        last: int,
    ) -> None:
        line = summary.envelope(first, last, bins=max(50, int(view.width())))
        if line.exact:
            rows, values = line.rows, line.low
        else:
            rows = np.repeat(line.rows, 2)
            values = np.column_stack((line.positive, line.high)).ravel()
        x, y = pixels.x(rows), pixels.y(heights(values, log=True))
        cut = int(np.searchsorted(rows, self._shown, side="right"))
        self._stroke(painter, x[max(cut - 1, 0) :], y[max(cut - 1, 0) :], self._future(), view)
        self._stroke(painter, x[:cut], y[:cut], loss_pen(self._theme), view)

    def _future(self) -> QPen:
        faint = loss_future_pen(self._theme)
        # Dashes would be slow to paint for a long run; the faint colour is enough.
        faint.setDashPattern([])
        return faint

    def _stroke(
        self, painter: QPainter, x: Floats, y: Floats, line_pen: QPen, view: QRectF
    ) -> None:
        painter.setPen(line_pen)
        draw_segments(painter, clipped(finite_segments(x, y), view.width(), view.height())[0])

    def _draw_tolerances(self, painter: QPainter, pixels: PixelMap, view: QRectF) -> None:
        painter.setPen(threshold_pen(self._theme))
        for left, right, y in self._tolerance_lines(pixels, view):
            painter.drawLine(QLineF(left, y, right, y))

    def _tolerance_lines(self, pixels: PixelMap, view: QRectF) -> list[tuple[float, float, float]]:
        """Left, right and y of the line of each ε, from its first row to that of the next ε."""
        edges = [pixels.point(float(each.start), 0.0)[0] for each in self._tolerances]
        return [
            (
                max(edge, 0.0) if index else 0.0,
                min(following, view.width()),
                pixels.point(0.0, log10(each.value))[1],
            )
            for index, (each, edge, following) in enumerate(
                zip(self._tolerances, edges, [*edges[1:], view.width()], strict=False)
            )
        ]

    def _draw_stop_lines(self, painter: QPainter, pixels: PixelMap, view: QRectF) -> None:
        painter.setPen(mark_pen(self._theme))
        for stop in self._stops:
            x = pixels.point(float(stop.row), 0.0)[0]
            if 0 <= x <= view.width():
                painter.drawLine(QLineF(x, 0, x, view.height()))

    def _draw_points(
        self, painter: QPainter, rows: LossRows, pixels: PixelMap, view: QRectF
    ) -> None:
        for stop in self._stops:
            spot = self._spot(rows, stop.row, pixels)
            if stop.plotted and spot is not None and view.contains(spot):
                draw_marker(painter, self._theme, spot, "s", 9, self._theme.threshold)
        here = self._spot(rows, self._shown, pixels)
        if here is not None and view.adjusted(-8, -8, 8, 8).contains(here):
            radius = 5.5 * self._theme.line_weight
            ring = current_outline_pen(self._theme)
            draw_disc(painter, here, radius, QColor(self._theme.current), ring)

    def _spot(self, rows: LossRows, row: int, pixels: PixelMap) -> QPointF | None:
        values = rows.loss(row, row + 1)
        if not len(values) or not 0 < values[0] < np.inf:
            return None
        return QPointF(*pixels.point(float(row), log10(values[0])))

    def _write_labels(self, labels: Labels, pixels: PixelMap, view: QRectF) -> None:
        for tolerance, (left, right, y) in zip(
            self._tolerances, self._tolerance_lines(pixels, view), strict=True
        ):
            if right > left and 0 <= y <= view.height():
                # A run comes close to ε at its end, so the label is at the beginning.
                spot = QPointF(left, y)
                labels.write(tolerance.label, spot, QPointF(0, -1), self._theme.threshold)
        for stop in self._stops:
            x = pixels.point(float(stop.row), 0.0)[0]
            if 0 <= x <= view.width():
                labels.write(stop.label, QPointF(x, 12), QPointF(1, 0), self._theme.text_muted)
