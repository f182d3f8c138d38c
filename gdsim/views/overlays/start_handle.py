"""The start point on a landscape, which can be dragged with the mouse."""

from __future__ import annotations

from math import floor, hypot, isfinite, log10

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath

from gdsim.views.plot.markers import draw_disc
from gdsim.views.plot.plot_box import Layer, PlotBox
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.theme import pen, start_pen

_RADIUS = 9.0
# The handle can be grabbed this many pixels from its middle.
_GRAB_RADIUS = 15.0


def rounded_to_pixel(value: float, pixels_per_unit: float) -> float:
    """A value rounded to the decimals that one pixel can show, so that it has few digits."""
    if not isfinite(value) or pixels_per_unit == 0:
        return value
    return round(value, -floor(log10(1 / abs(pixels_per_unit))))


class StartHandle(Layer):
    """A ring at the start. It follows the mouse; ``set_start`` sets where the start really is."""

    dragged = Signal(float, float)
    dropped = Signal(float, float)

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 40)
        self._spot: tuple[float, float] | None = None
        self._dragged_point: tuple[float, float] | None = None
        box.add_handle(self)

    @property
    def spot(self) -> tuple[float, float] | None:
        """Where the start is, as a point of the plot; None where it cannot be shown."""
        return self._spot

    def set_start(self, x: float, y: float) -> None:
        """Set the start in coordinates of the plot; if it is not finite, the ring is hidden."""
        spot = (x, y) if isfinite(x) and isfinite(y) else None
        if spot != self._spot:
            self._spot = spot
            self.update()

    def holds(self, position: QPointF) -> bool:
        middle = self._middle()
        if middle is None:
            return False
        offset = position - middle
        return hypot(offset.x(), offset.y()) <= _GRAB_RADIUS

    def drag_to(self, position: QPointF) -> None:
        pixels, rect = self.box.pixels(), self.box.rect()
        # A start outside the view could not be dragged back.
        x, y = pixels.inverse(
            min(max(position.x(), 0.0), rect.width()), min(max(position.y(), 0.0), rect.height())
        )
        self._dragged_point = (
            rounded_to_pixel(x, pixels.x_scale),
            rounded_to_pixel(y, pixels.y_scale),
        )
        self.set_start(*self._dragged_point)
        self.dragged.emit(*self._dragged_point)

    def drop(self) -> None:
        if self._dragged_point is not None:
            held, self._dragged_point = self._dragged_point, None
            self.dropped.emit(*held)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        middle = self._middle()
        if middle is not None:
            path.addEllipse(middle, _GRAB_RADIUS, _GRAB_RADIUS)
        return path

    def _middle(self) -> QPointF | None:
        if self._spot is None:
            return None
        x, y = self.box.pixels().point(*self._spot)
        return QPointF(x, y) if abs(x) < 1e6 and abs(y) < 1e6 else None

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        middle = self._middle()
        if middle is None:
            return
        radius = _RADIUS * self._theme.line_weight
        nothing = QColor(Qt.GlobalColor.transparent)
        draw_disc(
            painter, middle, radius, nothing, pen(self._theme, self._theme.outline, 4.5, alpha=0.6)
        )
        draw_disc(painter, middle, radius, nothing, start_pen(self._theme))
