"""The dial: the circle of all steps of one length around θ_t, with a hand to turn."""

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
# The knob can be grabbed this many pixels from its middle.
_GRAB_RADIUS = 16.0
# The knob is this many pixels outside the circle, so that it does not hide θ_{t+1}; on a small
# circle it is at least ``_NEAREST`` from the centre, so that it can be turned.
_OUTSIDE = 22.0
_NEAREST = 52.0
_EDGE = 14.0
# Near the edge of the view the knob may come this close to the centre.
_CLOSEST = 24.0
_ARC = 26.0
# Iso-lines of the linear model are at least this many pixels apart.
_LINE_GAP = 13.0
# A circle with a larger radius is not drawn: inside the view it would be a straight line.
_LARGEST = 2e4


@dataclass(frozen=True, slots=True, eq=False)
class Dial:
    """A circle in the plane of the axes: centre, radius, and the direction of the hand.

    ``direction`` and ``uphill`` are unit vectors. The angle is measured from ``uphill``, the
    direction of ∇L; None if the gradient is 0. ``lines`` (n, 4) are iso-lines of the linear model
    inside the circle; ``label`` is the text at the hand.
    """

    centre: Point
    radius: float
    direction: Point
    uphill: Point | None
    lines: Floats
    label: str

    @property
    def is_drawable(self) -> bool:
        """Whether it can be drawn: all numbers are finite, and the radius is positive."""
        numbers = (*self.centre, self.radius, *self.direction)
        return all(map(isfinite, numbers)) and self.radius > 0


class DialLayer(Layer):
    """The circle, the iso-lines and the angle, beneath the arrows of the step."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 24)
        self._dial: Dial | None = None

    def set_dial(self, dial: Dial | None) -> None:
        """Set the circle with its hand; None draws nothing."""
        self._dial = dial if dial is not None and dial.is_drawable else None
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
        # The middle line is always kept: along it the linear model does not change.
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
        """Paint the direction of ∇L, and the arc from there to the hand."""
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
        # With different scales of the axes, circle and arc are elliptic.
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
    """The hand of the dial. Dragging it only emits ``turned``; ``set_dial`` moves it."""

    turned = Signal(float, float)
    """x and y of a direction in the plane, of any length."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 45)
        self._dial: Dial | None = None
        box.add_handle(self)

    def set_dial(self, dial: Dial | None) -> None:
        """Set the circle around which the knob is turned; None removes the knob."""
        self._dial = dial if dial is not None and dial.is_drawable else None
        self.update()

    @property
    def dial(self) -> Dial | None:
        """The dial that the knob belongs to; None where there is no knob."""
        return self._dial

    def spot(self) -> QPointF | None:
        """The position of the knob in pixels of the box; None if it cannot be shown."""
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
        room = _free_length(middle, ray, rect.width(), rect.height())
        return ray.pointAt(min(length, max(room, _CLOSEST)) / ray.length())

    def holds(self, position: QPointF) -> bool:
        knob = self.spot()
        if knob is None:
            return False
        return hypot(position.x() - knob.x(), position.y() - knob.y()) <= _GRAB_RADIUS

    def drag_to(self, position: QPointF) -> None:
        if self._dial is None:
            return
        pixels = self.box.pixels()
        x, y = pixels.inverse(position.x(), position.y())
        offset = (x - self._dial.centre[0], y - self._dial.centre[1])
        if all(map(isfinite, offset)) and any(offset):
            self.turned.emit(*offset)

    def drop(self) -> None:
        """Nothing to do: the hand stays where it is."""

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        knob = self.spot()
        if knob is not None:
            path.addEllipse(knob, _GRAB_RADIUS, _GRAB_RADIUS)
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
        around = QRectF(
            middle.x() - _GRAB_RADIUS, middle.y() - _GRAB_RADIUS, 2 * _GRAB_RADIUS, 2 * _GRAB_RADIUS
        )
        labels.keep_clear(around, *self.box.handle_rects())
        # Beside the hand, where there are no labels of arrows.
        across = QPointF(hand.dy() / hand.length(), -hand.dx() / hand.length())
        labels.write(self._dial.label, knob, across, theme.text)
        uphill = self._dial.uphill
        ray = None if uphill is None else _ray(self._dial, uphill, middle, pixels)
        if ray is not None:
            away = QPointF(ray.dx() / ray.length(), ray.dy() / ray.length())
            labels.write("∇L", ray.p2(), away, theme.text)


def _ray(dial: Dial, direction: Point, middle: QPointF, pixels: PixelMap) -> QLineF | None:
    """The line from the centre to the circle in a direction, in pixels; None if it is a point."""
    dx = dial.radius * direction[0] * pixels.x_scale
    dy = dial.radius * direction[1] * pixels.y_scale
    length = hypot(dx, dy)
    if not isfinite(length) or length == 0:
        return None
    # Very long lines, which end outside the view anyway, would overflow in the painter.
    shorter = min(1.0, _LARGEST / length)
    line = QLineF(middle, middle + QPointF(dx, dy) * shorter)
    return line if line.length() else None  # a tiny one ends where it begins


def _free_length(middle: QPointF, ray: QLineF, width: float, height: float) -> float:
    """The length in pixels along the ray up to the margin at the edge of the view."""
    ux, uy = ray.dx() / ray.length(), ray.dy() / ray.length()
    reach = []
    for at, step, size in ((middle.x(), ux, width), (middle.y(), uy, height)):
        if step:
            edge = size - _EDGE if step > 0 else _EDGE
            reach.append((edge - at) / step)
    return min(reach)
