"""Points of the data that are moved with the mouse while points are being added."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QPainterPath

from gdsim.core.learning.model_picture import PlotKind, Scatter
from gdsim.views.overlays.start_handle import rounded_to_pixel
from gdsim.views.plot.plot_box import PlotBox

_GRAB_RADIUS = 10.0  # pixels
_MOVABLE = (PlotKind.CURVE, PlotKind.CLASSES)


class PointHandle(QObject):
    """The point nearest to the mouse: a press on it moves it."""

    dragged = Signal(object)
    """The points, one of them moved."""
    dropped = Signal(int, float, float)
    """The row of the moved point, and its new x and y."""

    def __init__(self, box: PlotBox, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._box = box
        self._points: Scatter | None = None
        self._is_enabled = False
        self._row = 0
        self._spot: tuple[float, float] | None = None
        box.add_handle(self)

    def set_points(self, points: Scatter | None) -> None:
        """The points that can be moved."""
        self._points, self._spot = points, None

    def set_enabled(self, enabled: bool) -> None:
        """Whether points can be moved."""
        self._is_enabled = enabled

    # What the box asks for

    def holds(self, position: QPointF) -> bool:
        row = self._row_at(position)
        if row is not None and self._spot is None:
            self._row = row
        return row is not None

    def drag_to(self, position: QPointF) -> None:
        if self._points is None:
            return
        pixels, rect = self._box.pixels(), self._box.rect()
        x, y = pixels.inverse(
            min(max(position.x(), 0.0), rect.width()), min(max(position.y(), 0.0), rect.height())
        )
        self._spot = rounded_to_pixel(x, pixels.x_scale), rounded_to_pixel(y, pixels.y_scale)
        moved_x, moved_y = self._points.x.copy(), self._points.y.copy()
        moved_x[self._row], moved_y[self._row] = self._spot
        self.dragged.emit(replace(self._points, x=moved_x, y=moved_y))

    def drop(self) -> None:
        if self._spot is not None:
            spot, self._spot = self._spot, None
            self.dropped.emit(self._row, *spot)

    def shape(self) -> QPainterPath:
        """Nothing that labels would have to avoid: points are everywhere."""
        return QPainterPath()

    def _row_at(self, position: QPointF) -> int | None:
        points = self._points
        if not self._is_enabled or points is None or points.kind not in _MOVABLE:
            return None
        if not len(points.drawn):
            return None
        pixels = self._box.pixels()
        x, y = pixels.x(points.x[points.drawn]), pixels.y(points.y[points.drawn])
        distances = np.hypot(x - position.x(), y - position.y())
        nearest = int(distances.argmin())
        return int(points.drawn[nearest]) if distances[nearest] <= _GRAB_RADIUS else None
