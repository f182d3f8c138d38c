"""The circle of all steps of one length around θ_t, and the hand that is turned around it."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, ceil, degrees, hypot, isfinite

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gdsim.core.arrays import Floats
from gdsim.views.plot.markers import Labels, draw_disc, squares_along
from gdsim.views.plot.plot_box import Layer, PlotBox, draw_segments
from gdsim.views.plot.polyline import PixelMap, clipped
from gdsim.views.theme import (
    arrow_outline_pen,
    circle_pen,
    current_outline_pen,
    dial_pen,
    level_pen,
)

Point = tuple[float, float]

_KNOB = 8.0
# A finger or an unsteady hand takes hold this far from the middle.
_REACH = 16.0
# The knob stands this far outside the circle, so that it does not hide θ_{t+1}; a circle too small
# to be turned by hand has it at the least distance.
_OUTSIDE = 22.0
_NEAREST = 52.0
_EDGE = 14.0
# At the edge of the view it comes this close.
_CLOSEST = 24.0
_ARC = 26.0
# Lines closer than this are a tangle.
_LINE_GAP = 13.0
# A circle beyond this is as good as straight within the view.
_LARGEST = 2e4


@dataclass(frozen=True, slots=True, eq=False)
class Dial:
    """A circle in the plane: centre, radius, and unit vectors in the units of the axes.

    ``uphill`` is the direction that the angle counts from, None where there is none; ``lines``
    (n, 4) are the contours of the linear model inside the circle; ``label`` stands at the hand.
    """

    centre: Point
    radius: float
    direction: Point
    uphill: Point | None
    lines: Floats
    label: str

    @property
    def is_sound(self) -> bool:
        """Whether it can be painted."""
        numbers = (*self.centre, self.radius, *self.direction)
        return all(map(isfinite, numbers)) and self.radius > 0


class DialLayer(Layer):
    """Circle, lines and angle beneath the arrows of the step."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 24)
        self._dial: Dial | None = None

    def set_dial(self, dial: Dial | None) -> None:
        """The circle with its hand; None draws nothing."""
        self._dial = dial if dial is not None and dial.is_sound else None
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        dial = self._dial
        if dial is None:
            return
        middle = QPointF(*pixels.point(*dial.centre))
        if max(abs(middle.x()), abs(middle.y())) > 1e6:
            return
        across = dial.radius * abs(pixels.x_scale)
        along = dial.radius * abs(pixels.y_scale)
        if max(across, along) < _LARGEST:
            self._draw_lines(painter, dial.lines, pixels, width, height)
            for pen in (self._rim(), circle_pen(self._theme)):
                painter.setPen(pen)
                painter.drawEllipse(middle, across, along)
        self._draw_angle(painter, dial, middle, pixels, QRectF(0, 0, width, height))

    def _rim(self) -> QPen:
        rim = arrow_outline_pen(self._theme)
        rim.setWidthF(circle_pen(self._theme).widthF() + 2)
        return rim

    def _draw_lines(
        self, painter: QPainter, lines: Floats, pixels: PixelMap, width: float, height: float
    ) -> None:
        if not len(lines):
            return
        segments = np.column_stack(
            (
                pixels.x(lines[:, 0]),
                pixels.y(lines[:, 1]),
                pixels.x(lines[:, 2]),
                pixels.y(lines[:, 3]),
            )
        )
        # The middle line always stays: the steps that do not change the model.
        middles = (segments[:, :2] + segments[:, 2:]) / 2
        gap = float(np.hypot(*(middles[1] - middles[0]))) if len(middles) > 1 else _LINE_GAP
        stride = max(1, ceil(_LINE_GAP / gap)) if gap > 0 else len(segments)
        segments, _ = clipped(segments[len(segments) // 2 % stride :: stride], width, height)
        rim = arrow_outline_pen(self._theme)
        rim.setWidthF(level_pen(self._theme).widthF() + 1)
        for pen in (rim, level_pen(self._theme)):
            painter.setPen(pen)
            draw_segments(painter, segments)

    def _draw_angle(
        self, painter: QPainter, dial: Dial, middle: QPointF, pixels: PixelMap, view: QRectF
    ) -> None:
        """The direction of ∇L, and the arc from there to the hand."""
        if dial.uphill is None or not view.contains(middle):
            return
        ray = _ray(dial, dial.uphill, middle, pixels)
        if ray is None:
            return
        painter.setPen(self._rim())
        painter.drawLine(ray)
        painter.setPen(level_pen(self._theme))
        painter.drawLine(ray)
        start = degrees(atan2(dial.uphill[1], dial.uphill[0]))
        sweep = (degrees(atan2(dial.direction[1], dial.direction[0])) - start) % 360.0
        # The arc has the shape of the circle, which unequal scales make an ellipse.
        scale = _ARC / max(abs(pixels.x_scale), abs(pixels.y_scale))
        across, along = scale * abs(pixels.x_scale), scale * abs(pixels.y_scale)
        box = QRectF(middle.x() - across, middle.y() - along, 2 * across, 2 * along)
        arc = QPainterPath()
        arc.arcMoveTo(box, start)
        arc.arcTo(box, start, sweep)
        for pen in (self._rim(), circle_pen(self._theme)):
            painter.setPen(pen)
            painter.drawPath(arc)


class DialKnob(Layer):
    """The hand. It says where the mouse points; where the hand then is, the setter says."""

    turned = Signal(float, float)
    """A direction in the units of the axes, of any length."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 45)
        self._dial: Dial | None = None
        box.add_handle(self)

    def set_dial(self, dial: Dial | None) -> None:
        """The circle on which the knob sits; None takes it away."""
        self._dial = dial if dial is not None and dial.is_sound else None
        self.update()

    def spot(self) -> QPointF | None:
        """Where the knob is, in pixels of the box; None where it cannot be shown."""
        dial, pixels, rect = self._dial, self.box.pixels(), self.box.rect()
        if dial is None:
            return None
        middle = QPointF(*pixels.point(*dial.centre))
        if not QRectF(0, 0, rect.width(), rect.height()).contains(middle):
            return None
        ray = _ray(dial, dial.direction, middle, pixels)
        if ray is None:
            return None
        length = max(ray.length() + _OUTSIDE, _NEAREST)
        room = _room(middle, ray, rect.width(), rect.height())
        return ray.pointAt(min(length, max(room, _CLOSEST)) / ray.length())

    def holds(self, position: QPointF) -> bool:
        knob = self.spot()
        if knob is None:
            return False
        return hypot(position.x() - knob.x(), position.y() - knob.y()) <= _REACH

    def drag_to(self, position: QPointF) -> None:
        if self._dial is None:
            return
        pixels = self.box.pixels()
        x, y = pixels.inverse(position.x(), position.y())
        offset = (x - self._dial.centre[0], y - self._dial.centre[1])
        if all(map(isfinite, offset)) and any(offset):
            self.turned.emit(*offset)

    def drop(self) -> None:
        """The hand stays where it was turned to."""

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        knob = self.spot()
        if knob is not None:
            path.addEllipse(knob, _REACH, _REACH)
        return path

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        knob = self.spot()
        if knob is None or self._dial is None:
            return
        middle = QPointF(*pixels.point(*self._dial.centre))
        theme = self._theme
        hand = QLineF(middle, knob)
        rim = arrow_outline_pen(theme)
        rim.setWidthF(dial_pen(theme).widthF() + 2)
        for pen in (rim, dial_pen(theme)):
            painter.setPen(pen)
            painter.drawLine(hand)
        radius = _KNOB * theme.line_weight
        draw_disc(painter, knob, radius + 1, QColor(theme.dial), rim)
        draw_disc(painter, knob, radius, QColor(theme.dial), current_outline_pen(theme))
        labels = Labels(painter, theme, QRectF(0, 0, width, height))
        labels.keep_clear(*self.box.label_rects, *squares_along(hand))
        around = QRectF(middle.x() - _REACH, middle.y() - _REACH, 2 * _REACH, 2 * _REACH)
        labels.keep_clear(around, *self.box.handle_rects())
        # Across the hand, where the labels of the arrows are not.
        across = QPointF(hand.dy() / hand.length(), -hand.dx() / hand.length())
        labels.write(self._dial.label, knob, across, theme.text)
        uphill = self._dial.uphill
        ray = None if uphill is None else _ray(self._dial, uphill, middle, pixels)
        if ray is not None:
            away = QPointF(ray.dx() / ray.length(), ray.dy() / ray.length())
            labels.write("∇L", ray.p2(), away, theme.text)


def _ray(dial: Dial, direction: Point, middle: QPointF, pixels: PixelMap) -> QLineF | None:
    """From the centre to the circle in a direction of the plane, in pixels."""
    dx = dial.radius * direction[0] * pixels.x_scale
    dy = dial.radius * direction[1] * pixels.y_scale
    length = hypot(dx, dy)
    if not isfinite(length) or length == 0:
        return None
    # A painter's line of a length that it can take; where it ends is out of sight anyway.
    shorter = min(1.0, _LARGEST / length)
    return QLineF(middle, middle + QPointF(dx, dy) * shorter)


def _room(middle: QPointF, ray: QLineF, width: float, height: float) -> float:
    """How far one can go along the ray before the edge of the view comes near."""
    ux, uy = ray.dx() / ray.length(), ray.dy() / ray.length()
    reach = []
    for at, step, size in ((middle.x(), ux, width), (middle.y(), uy, height)):
        if step:
            edge = size - _EDGE if step > 0 else _EDGE
            reach.append((edge - at) / step)
    return min(reach)
