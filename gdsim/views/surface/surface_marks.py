"""Marks on a surface: a step with its arrows, the next point, the start, minima, a guess."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from gdsim.core.arrays import Floats
from gdsim.views.plot.markers import Labels, draw_disc, draw_marker, squares_along
from gdsim.views.run.step_layer import Part, ShownStep, arrow_factor, reach_inside
from gdsim.views.surface.surface_scene import Point, Scene
from gdsim.views.theme import (
    arrow_outline_pen,
    color,
    current_outline_pen,
    delta_pen,
    ghost_pen,
    gradient_pen,
    guess_pen,
    pen,
    start_pen,
    state_pen,
)

# Arrows have the length of a flat plot whose longer side has this many pixels, in any view.
_SIDE = 440.0
_SHORTEST = 3.0
_PIECES = 32
# The opacity of what the surface hides.
_HIDDEN = 0.4
_RADIUS, _START_RADIUS, _STAR, _CROSS = 6.5, 9.0, 15.0, 14.0


@dataclass(frozen=True, slots=True)
class Guess:
    """A guess of the next point; after the step also the true point and a label."""

    point: Point
    landed: Point | None
    label: str


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything on the surface except paths, in coordinates of the plane."""

    step: ShownStep | None = None
    start: Point | None = None
    minima: tuple[Point, ...] = ()
    guess: Guess | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Arrow:
    """An arrow that follows the surface.

    ``line`` (n, 2) in pixels; ``headed``: whether its tip is on the surface; ``factor``: the scale
    of the arrow relative to its vector.
    """

    line: Floats
    headed: bool
    factor: float

    @property
    def tip(self) -> QPointF:
        return QPointF(*self.line[-1])

    def ahead(self, length: float) -> QPointF:
        """The unit vector along its last part, which is about ``length`` pixels long."""
        back = self.line[-1] - self.line
        far = np.hypot(*back.T)
        reached = np.flatnonzero(far >= length)
        start = reached[-1] if reached.size else int(far.argmax())
        return QPointF(*(back[start] / max(far[start], 1e-9)))


class MarksPainter:
    """Draws the marks in a scene, the most important ones last."""

    def __init__(self, painter: QPainter, scene: Scene) -> None:
        self._painter = painter
        self._scene = scene
        self._theme = scene.theme
        self._labels = Labels(painter, scene.theme, scene.view)

    def draw(self, marks: Marks) -> None:
        weight = self._theme.line_weight
        for minimum in marks.minima:
            spot = self._seen(minimum)
            if spot is not None:
                size = _STAR * weight
                draw_marker(self._painter, self._theme, spot, "star", size, self._theme.minimum)
        if marks.start is not None and (spot := self._seen(marks.start)) is not None:
            self._draw_ring(spot, _START_RADIUS * weight)
        if marks.step is not None:
            self._draw_step(marks.step)
        if marks.guess is not None:
            self._draw_guess(marks.guess)
        self._painter.setOpacity(1.0)

    # Internals

    def _seen(self, point: Point) -> QPointF | None:
        """The pixel of a point, or None; also sets the opacity, which is low if it is hidden."""
        found = self._scene.spot(point)
        if found is None:
            return None
        self._painter.setOpacity(_HIDDEN if found[1] else 1.0)
        return found[0]

    def _draw_ring(self, spot: QPointF, radius: float) -> None:
        nothing = QColor(Qt.GlobalColor.transparent)
        rim = pen(self._theme, self._theme.outline, 4.5, alpha=0.6)
        draw_disc(self._painter, spot, radius, nothing, rim)
        draw_disc(self._painter, spot, radius, nothing, start_pen(self._theme))

    def _draw_step(self, step: ShownStep) -> None:
        theme = self._theme
        here = self._seen(step.point)
        if here is None:
            return
        painter, radius = self._painter, _RADIUS * theme.line_weight
        wide = gradient_pen(theme)
        # Beneath Δθ, and wider, so that both are visible where they have the same direction.
        wide.setWidthF(wide.widthF() * 2)
        arrows: list[tuple[_Arrow | None, QPen, Part, str]] = [
            (self._scaled_arrow(step.point, step.gradient), wide, Part.GRADIENT, theme.text)
        ]
        if step.state is not None:
            memory = self._scaled_arrow(step.point, step.state[1])
            arrows.append((memory, state_pen(theme), Part.STATE, theme.text))
        delta = None if step.delta is None else self._arrow(step.point, step.delta, 1.0)
        arrows.append((delta, delta_pen(theme), Part.DELTA, theme.delta_arrow))
        self._labels.keep_clear(_around(here, radius + 2))
        for arrow, line, _, _ in arrows:
            if arrow is not None:
                self._labels.keep_clear(*squares_along(QLineF(here, arrow.tip)))
                _draw_bent_arrow(painter, arrow, line, arrow_outline_pen(theme))
        opacity = painter.opacity()
        if step.ghost is not None and (there := self._seen(step.ghost)) is not None:
            self._draw_ghost(there, radius)
        painter.setOpacity(opacity)
        draw_disc(painter, here, radius, QColor(theme.current), current_outline_pen(theme))
        painter.setOpacity(1.0)
        for arrow, _, part, colour in arrows:
            if arrow is not None:
                text = step.label(part, arrow.factor)
                self._labels.write(text, arrow.tip, arrow.ahead(12), colour)

    def _draw_ghost(self, there: QPointF, radius: float) -> None:
        theme = self._theme
        ring, rim = ghost_pen(theme), arrow_outline_pen(theme)
        rim.setWidthF(ring.widthF() + 2)
        draw_disc(self._painter, there, radius, color(theme.ghost, 0.25), rim)
        draw_disc(self._painter, there, radius, QColor(Qt.GlobalColor.transparent), ring)
        self._labels.keep_clear(_around(there, radius + 1))

    def _draw_guess(self, guess: Guess) -> None:
        spot = self._seen(guess.point)
        if spot is None:
            return
        painter, theme = self._painter, self._theme
        landed = None if guess.landed is None else self._scene.spot(guess.landed)
        if landed is not None:
            painter.setPen(guess_pen(theme))
            painter.drawLine(QLineF(spot, landed[0]))
        draw_marker(painter, theme, spot, "x", _CROSS * theme.line_weight, theme.guess)
        if guess.label:
            painter.setOpacity(1.0)
            self._labels.write(guess.label, spot, QPointF(0, -1), theme.text)

    def _scaled_arrow(self, point: Point, uphill: Point | None) -> _Arrow | None:
        """The arrow of −``uphill``, scaled if that is needed to be readable."""
        if uphill is None:
            return None
        scale_x, scale_y = self._plane_scale()
        surface = self._scene.surface
        plane = QRectF(0, 0, _SIDE * surface.size[0], _SIDE * surface.size[1])
        tail = QPointF(
            (point[0] - surface.x_range[0]) * scale_x, (point[1] - surface.y_range[0]) * scale_y
        )
        dx, dy = -uphill[0] * scale_x, -uphill[1] * scale_y
        side = min(plane.width(), plane.height())
        factor = arrow_factor(hypot(dx, dy), side, reach_inside(tail, dx, dy, plane))
        return self._arrow(point, (-uphill[0], -uphill[1]), factor)

    def _plane_scale(self) -> Point:
        surface = self._scene.surface
        (x0, x1), (y0, y1) = surface.x_range, surface.y_range
        return _SIDE * surface.size[0] / (x1 - x0), _SIDE * surface.size[1] / (y1 - y0)

    def _arrow(self, point: Point, vector: Point, factor: float) -> _Arrow | None:
        """The arrow of a vector of the plane; None if it is too short to be visible."""
        scale_x, scale_y = self._plane_scale()
        length = hypot(vector[0] * scale_x * factor, vector[1] * scale_y * factor)
        if not _SHORTEST <= length < 1e12:
            return None
        # Nothing is drawn outside the surface, so very long arrows are cut.
        share = min(1.0, 3 * _SIDE / length)
        steps = np.linspace(0.0, share, max(_PIECES, int(share * length / 6)))[:, None]
        points = self._scene.draped(np.array(point) + factor * steps * np.array(vector))
        off = np.flatnonzero(~np.isfinite(points).all(axis=1))
        kept = points[: off[0]] if off.size else points
        if len(kept) < 2:
            return None
        return _Arrow(self._scene.pixels(kept), headed=not off.size, factor=factor)


def _draw_bent_arrow(painter: QPainter, arrow: _Arrow, line_pen: QPen, rim_pen: QPen) -> None:
    """Paint a curved arrow with a dark rim; it has a head if its tip is on the surface."""
    width, line = line_pen.widthF(), arrow.line
    length = float(np.hypot(*np.diff(line, axis=0).T).sum())
    head = min(4.5 * width, 0.55 * length) if arrow.headed else 0.0
    unit = arrow.ahead(head)
    side = QPointF(-unit.y(), unit.x()) * (0.45 * head)
    left = np.hypot(*(line[-1] - line).T) > 0.85 * head
    shaft = QPainterPath(QPointF(*line[0]))
    for x, y in line[1:][left[1:]].tolist():
        shaft.lineTo(x, y)
    tip = QPainterPath()
    if arrow.headed:
        shaft.lineTo(arrow.tip - unit * (0.85 * head))
        neck = arrow.tip - unit * head
        tip.addPolygon(QPolygonF([arrow.tip, neck + side, neck - side]))
        tip.closeSubpath()
    flat, rim = QPen(line_pen), QPen(rim_pen)
    flat.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    rim.setWidthF(width + 2.5)
    painter.setPen(rim)
    painter.drawPath(shaft)
    rim.setWidthF(2.5)
    painter.setPen(rim)
    painter.drawPath(tip)
    painter.setPen(flat)
    painter.drawPath(shaft)
    painter.fillPath(tip, line_pen.color())


def _around(spot: QPointF, radius: float) -> QRectF:
    return QRectF(spot.x() - radius, spot.y() - radius, 2 * radius, 2 * radius)
