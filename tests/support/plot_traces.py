"""For tests of the plots: traces with given rows, and simulated mouse input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from wheel import turn_wheel

from gdsim.core.arrays import Floats
from gdsim.core.run.choices import choose
from gdsim.core.run.trace import Stretch, Trace, row_width
from gdsim.views.loss.loss_layer import LossLayer
from gdsim.views.plot.plot_view import PlotView
from gdsim.views.run.path_layer import PathLayer


class CountingTrace(Trace):
    """A trace that counts the rows that plots read."""

    rows_read = 0

    def _columns(self, start: int, stop: int | None, left: int, right: int) -> Floats:
        # The one way in which every column is read; a subclass may count it.
        columns = super()._columns(start, stop, left, right)
        self.rows_read += len(columns)
        return columns

    def add(self, theta: ArrayLike, loss: ArrayLike) -> None:
        """Append rows with these θ (n, d) and L (n,); the other columns are arbitrary."""
        points = np.atleast_2d(np.asarray(theta, dtype=np.float64))
        d = len(self.parameters)
        rows = np.zeros((len(points), row_width(d, len(self.experiment.rule.state))))
        rows[:, :d] = points
        rows[:, d] = loss
        self.append(rows)


def trace_of(theta: ArrayLike, loss: ArrayLike) -> CountingTrace:
    """A trace with these θ (n, d) and L (n,)."""
    points = np.atleast_2d(np.asarray(theta, dtype=np.float64))
    formula = "(a - 3)^2" if points.shape[1] == 1 else "a^2 + b^2"
    trace = CountingTrace(Stretch(0, 0, choose(formula)))
    trace.add(points, loss)
    return trace


def losses(values: Sequence[float] | Floats) -> CountingTrace:
    """A trace with these losses."""
    return trace_of(np.zeros((len(values), 2)), values)


def double_click(qtbot: QtBot, widget: PlotView, spot: QPoint) -> None:
    """A complete double click; Qt's simulation omits the first click and the release."""
    qtbot.mouseClick(widget.paper, Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(widget.paper, Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseRelease(widget.paper, Qt.MouseButton.LeftButton, pos=spot)


def pixel(widget: PlotView, x: float, y: float) -> QPoint:
    """Where a point of the plane is, in pixels of the plot's paper."""
    return cast(QPoint, widget.box.mapToScene(*widget.box.pixels().point(x, y)).toPoint())


def wheel(widget: PlotView, spot: QPoint, notches: int) -> None:
    """Turn the mouse wheel over a pixel of the paper."""
    turn_wheel(widget.paper, spot, notches)


def drag(qtbot: QtBot, widget: PlotView, start: QPoint, end: QPoint) -> None:
    """Press, move in three strokes, release."""
    qtbot.mouseMove(widget.paper, start)
    qtbot.mousePress(widget.paper, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.3, 0.6, 1.0):
        qtbot.mouseMove(widget.paper, start + (end - start) * share)
        qtbot.wait(20)
    qtbot.mouseRelease(widget.paper, Qt.MouseButton.LeftButton, pos=end)


def run_layers(widget: PlotView) -> list[PathLayer | LossLayer]:
    """The layers that draw the runs of a plot, from the lowest to the highest."""
    items = widget.box.scene().items(Qt.SortOrder.AscendingOrder)
    return [item for item in items if isinstance(item, (PathLayer, LossLayer))]


def settle(widget: PlotView, frames: int = 30) -> None:
    """Wait until layouts and long paths are complete."""
    for _ in range(frames):
        widget.repaint_now()
        QApplication.processEvents()


def colour_at(widget: PlotView, x: float, y: float) -> tuple[int, int, int]:
    """The colour of a plot at a point of its plane."""
    place = widget.paper.mapTo(widget, pixel(widget, x, y))
    colour = widget.grab().toImage().pixelColor(place)
    return cast(tuple[int, int, int], colour.getRgb()[:3])
