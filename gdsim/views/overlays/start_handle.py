"""The start point on a landscape, which can be dragged."""

from __future__ import annotations

from math import floor, hypot, isfinite, log10

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath

from gdsim.views.plot.markers import draw_disc
from gdsim.views.plot.plot_box import Layer, PlotBox
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.theme import pen, start_pen

_RADIUS = 9.0
# A finger or an unsteady hand takes hold this far from the middle.
_REACH = 15.0


def to_pixel(value: float, pixels_per_unit: float) -> float:
    """The value to no more decimals than a pixel can tell, so that it can be read aloud."""
    if not isfinite(value) or pixels_per_unit == 0:
        return value
    return round(value, -floor(log10(1 / abs(pixels_per_unit))))


class StartHandle(Layer):
    """A ring around the start. It follows the mouse; where the start then is, the setter says."""

    dragged = Signal(float, float)
    dropped = Signal(float, float)

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 40)
        self._spot: tuple[float, float] | None = None
        self._held: tuple[float, float] | None = None
        box.add_handle(self)

    @property
    def spot(self) -> tuple[float, float] | None:
        """Where the start is, as a point of the plot; None where it cannot be shown."""
        return self._spot

    def set_start(self, x: float, y: float) -> None:
        """Where the start is; nowhere when it cannot be shown."""
        spot = (x, y) if isfinite(x) and isfinite(y) else None
        if spot != self._spot:
            self._spot = spot
            self.update()

    def holds(self, position: QPointF) -> bool:
        middle = self._middle()
        if middle is None:
            return False
        offset = position - middle
        return hypot(offset.x(), offset.y()) <= _REACH

    def drag_to(self, position: QPointF) -> None:
        pixels, rect = self.box.pixels(), self.box.rect()
        # A start outside the view could not be taken hold of again.
        x, y = pixels.inverse(
            min(max(position.x(), 0.0), rect.width()), min(max(position.y(), 0.0), rect.height())
        )
        self._held = (to_pixel(x, pixels.x_scale), to_pixel(y, pixels.y_scale))
        self.set_start(*self._held)
        self.dragged.emit(*self._held)

    def drop(self) -> None:
        if self._held is not None:
            held, self._held = self._held, None
            self.dropped.emit(*held)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        middle = self._middle()
        if middle is not None:
            path.addEllipse(middle, _REACH, _REACH)
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
