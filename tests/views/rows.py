"""Traces for the plots' tests: rows that are given, and a count of those that were read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdsim.core.experiment import choose
from gdsim.core.trace import Segment, Trace, row_width

Floats = NDArray[np.float64]


class CountingTrace(Trace):
    """A trace that knows how many rows the plots have read."""

    rows_read = 0

    def _columns(self, start: int, stop: int | None, left: int, right: int) -> Floats:
        columns = super()._columns(start, stop, left, right)
        self.rows_read += len(columns)
        return columns

    def add(self, theta: ArrayLike, loss: ArrayLike) -> None:
        """Append rows with these θ (n, d) and L (n,); the rest does not matter here."""
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
    trace = CountingTrace(Segment(0, 0, choose(formula)))
    trace.add(points, loss)
    return trace


def losses(values: Sequence[float] | Floats) -> CountingTrace:
    """A trace with these losses."""
    return trace_of(np.zeros((len(values), 2)), values)


def colour_at(widget: Any, x: float, y: float) -> tuple[int, int, int]:
    """The colour of a plot at a point of its plane."""
    spot = widget.box.mapToScene(*widget.box.pixels().point(x, y))
    picture = widget.grab().toImage()
    place = widget._canvas.mapTo(widget, spot.toPoint())
    colour = picture.pixelColor(place)
    return cast(tuple[int, int, int], colour.getRgb()[:3])
