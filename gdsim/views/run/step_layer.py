"""One step on a landscape: its point, the arrows −∇L and Δθ, and the next point."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from math import floor, hypot, inf, isfinite, log10

import numpy as np
from PySide6.QtCore import (
    QAbstractAnimation,
    QCoreApplication,
    QEasingCurve,
    QLineF,
    QPointF,
    QRectF,
    Qt,
    QVariantAnimation,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gdsim.views.plot.markers import Labels, draw_arrow, draw_disc, squares_along
from gdsim.views.plot.plot_axis import number_text
from gdsim.views.plot.plot_box import Layer, PlotBox
from gdsim.views.plot.polyline import PixelMap, clipped
from gdsim.views.theme import (
    arrow_outline_pen,
    color,
    current_outline_pen,
    delta_pen,
    ghost_pen,
    gradient_pen,
    state_pen,
)

Point = tuple[float, float]

# Arrows shorter than this many pixels are not drawn.
_SHORTEST = 4.0
# −∇L has its true length if that is from this many pixels to ``_WIDEST`` of the view; otherwise it
# is scaled to about ``_PREFERRED`` of the view, and its label tells the factor.
_READABLE = 28.0
_SHORTEST_INSIDE = 20.0  # pixels: not shortened further to fit inside the view
_WIDEST = 0.4  # of the view's smaller side
_PREFERRED = 0.24
# Where the gradient is almost 0, its arrow may become too short to be visible.
_LARGEST_FACTOR = 1000.0
# The duration of the animation in which an arrow grows, in ms.
_GROWTH_MS = 300


def arrow_factor(length: float, side: float, reach: float = inf) -> float:
    """A factor (1, 2 or 5 times a power of ten) that makes an arrow readable; 1 if it already is.

    ``length`` is the arrow's true length, ``side`` the smaller side of the view, and ``reach`` the
    distance from the arrow's tail to the edge of the view, all in pixels. An arrow that would cross
    the edge is shortened further, unless it would become too short to read.
    """
    if not (isfinite(length) and length > 0):
        return 1.0
    factor = 1.0
    if not _READABLE <= length <= _WIDEST * side:
        # For a length near 0 the factor would be infinite.
        factor = _round_below(min(_PREFERRED * side / length, _LARGEST_FACTOR))
    if factor * length > reach >= _SHORTEST_INSIDE:
        inside = _round_below(reach / length)
        if inside * length >= _SHORTEST_INSIDE:
            return inside
    return factor


def _round_below(limit: float) -> float:
    """The largest of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, … that is at most ``limit``."""
    power = 10.0 ** floor(log10(limit))
    return next(digit * power for digit in (5, 2, 1) if digit * power <= limit * (1 + 1e-9))


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as vectors of the plane (x, y), as far as it may be shown.

    ``ghost`` is the next point. ``state`` is the optimizer's memory if it is a direction, as
    (label, vector), drawn as −vector beside −∇L. ``projected``: the arrows whose vectors do not
    lie in the plane, so that only their projections are drawn.
    """

    point: Point
    gradient: Point | None
    delta: Point | None
    ghost: Point | None
    state: tuple[str, Point] | None = None
    projected: frozenset[Part] = frozenset()

    def label(self, part: Part, factor: float = 1.0) -> str:
        """The text at an arrow; it tells the factor by which the arrow is scaled."""
        names = {Part.GRADIENT: "−∇L", Part.DELTA: "Δθ"}
        if self.state is not None:
            names[Part.STATE] = f"−{self.state[0]}"
        text = names[part] if factor == 1 else f"{names[part]} × {number_text(factor, 1)}"
        if part not in self.projected:
            return text
        return QCoreApplication.translate("StepLayer", "{vector}, projected").format(vector=text)


class Part(Enum):
    """A part of a step that can appear in an animation."""

    GRADIENT = auto()
    STATE = auto()
    DELTA = auto()
    GHOST = auto()


class StepLayer(Layer):
    """The point of a step, its arrows with labels, and the ring of the next point."""

    def __init__(self, box: PlotBox, *, on_card: bool = False) -> None:
        super().__init__(box, 30)
        self._on_card = on_card
        self._step: ShownStep | None = None
        self._growing: Part | None = None
        self._growth = QVariantAnimation(self)
        self._growth.setStartValue(0.0)
        self._growth.setEndValue(1.0)
        self._growth.setDuration(_GROWTH_MS)
        self._growth.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._growth.valueChanged.connect(self._on_growth_changed)

    @property
    def step(self) -> ShownStep | None:
        """The step that is drawn; None where none is."""
        return self._step

    def grow(self, part: Part) -> None:
        """Start the animation in which a part of the step grows to its full length."""
        self._growing = part
        self._growth.stop()
        self._growth.start()

    def growing(self) -> Part | None:
        """The part that is growing now; None if all parts have their full length."""
        is_running = self._growth.state() is QAbstractAnimation.State.Running
        return self._growing if is_running else None

    @Slot()
    def _on_growth_changed(self) -> None:
        self.update()

    def _growth_share(self, part: Part) -> float:
        """The share of its full length that a part has now, from 0 to 1."""
        if part is self.growing():
            return float(self._growth.currentValue())
        return 1.0

    def set_step(self, step: ShownStep | None) -> None:
        """Show a step; None, or a point that is not finite, shows nothing."""
        if step is not None and not all(isfinite(value) for value in step.point):
            step = None
        if step != self._step:
            self._step = step
            self.update()

    def is_outside(self) -> bool:
        """Whether the point of the step is outside the view."""
        if self._step is None:
            return False
        return not self.box.rect().contains(QPointF(*self.box.pixels().point(*self._step.point)))

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        step, theme = self._step, self._theme
        self.box.label_rects = []
        if step is None:
            return
        view = QRectF(0, 0, width, height)
        labels = Labels(painter, theme, view)
        # Far outside the view, pixels are too large for the painter.
        x, y = pixels.point(*step.point)
        here = QPointF(min(max(x, -1e7), 1e7), min(max(y, -1e7), 1e7))
        radius = 6.5 * theme.line_weight
        labels.keep_clear(_around(here, radius + 2), *self.box.handle_rects())
        gradient, factor = self._scaled_arrow(step.gradient, pixels, here, view)
        memory = None if step.state is None else step.state[1]
        state, state_factor = self._scaled_arrow(memory, pixels, here, view)
        delta = None if step.delta is None else _shaft(here, step.delta, pixels, 1.0)
        gradient = _shortened(gradient, self._growth_share(Part.GRADIENT))
        state = _shortened(state, self._growth_share(Part.STATE))
        delta = _shortened(delta, self._growth_share(Part.DELTA))
        for shaft in (gradient, state, delta):
            if shaft is not None:
                labels.keep_clear(*squares_along(_visible_part(shaft, width, height)[0]))
        if gradient is not None:
            line_pen = gradient_pen(theme, on_card=self._on_card)
            # Beneath Δθ, and wider, so that both are visible where they have the same direction.
            line_pen.setWidthF(line_pen.widthF() * 2)
            self._draw_shaft(painter, gradient, line_pen, width, height)
        if state is not None:
            self._draw_shaft(painter, state, state_pen(theme, on_card=self._on_card), width, height)
        if delta is not None:
            self._draw_shaft(painter, delta, delta_pen(theme), width, height)
        if step.ghost is not None and self._growth_share(Part.GHOST) == 1.0:
            self._draw_ghost(painter, labels, delta, step.ghost, pixels, view)
        draw_disc(painter, here, radius, QColor(theme.current), current_outline_pen(theme))
        if not view.contains(here):
            self._draw_hint(painter, here, view)
        if gradient is not None:
            self._write(labels, step.label(Part.GRADIENT, factor), gradient, theme.text, view)
        if state is not None:
            text = step.label(Part.STATE, state_factor)
            self._write(labels, text, state, theme.text, view)
        if delta is not None:
            text = step.label(Part.DELTA)
            self._write(labels, text, delta, theme.delta_arrow, view, upwards=self._on_card)
        self.box.label_rects = labels.rects

    def _scaled_arrow(
        self, uphill: Point | None, pixels: PixelMap, here: QPointF, view: QRectF
    ) -> tuple[QLineF | None, float]:
        """The arrow of −``uphill``, and the factor by which it is scaled to be readable."""
        if uphill is None:
            return None, 1.0
        downhill = (-uphill[0], -uphill[1])
        dx, dy = downhill[0] * pixels.x_scale, downhill[1] * pixels.y_scale
        side = min(view.width(), view.height())
        factor = arrow_factor(hypot(dx, dy), side, reach_inside(here, dx, dy, view))
        return _shaft(here, downhill, pixels, factor), factor

    def _draw_shaft(
        self, painter: QPainter, shaft: QLineF, line_pen: QPen, width: float, height: float
    ) -> None:
        visible, whole = _visible_part(shaft, width, height)
        if visible.length() >= 1:
            rim = arrow_outline_pen(self._theme)
            draw_arrow(painter, visible, line_pen, rim, headed=whole)

    def _draw_ghost(
        self,
        painter: QPainter,
        labels: Labels,
        delta: QLineF | None,
        ghost: Point,
        pixels: PixelMap,
        view: QRectF,
    ) -> None:
        if not all(isfinite(value) for value in ghost):
            return
        there = QPointF(*pixels.point(*ghost))
        if delta is not None and QLineF(delta.p2(), there).length() > 2:
            drop, _ = _visible_part(QLineF(delta.p2(), there), view.width(), view.height())
            painter.setPen(ghost_pen(self._theme))
            painter.drawLine(drop)
        if view.contains(there):
            radius = 6.5 * self._theme.line_weight
            ring = ghost_pen(self._theme)
            rim = arrow_outline_pen(self._theme)
            rim.setWidthF(ring.widthF() + 2)
            draw_disc(painter, there, radius, color(self._theme.ghost, 0.25), rim)
            draw_disc(painter, there, radius, QColor(Qt.GlobalColor.transparent), ring)
            labels.keep_clear(_around(there, radius + 1))

    def _draw_hint(self, painter: QPainter, here: QPointF, view: QRectF) -> None:
        """A triangle at the edge of the view, pointing towards the point outside it."""
        middle = view.center()
        away = here - middle
        length = max(hypot(away.x(), away.y()), 1e-9)
        unit = QPointF(away.x() / length, away.y() / length)
        reach = min(
            (view.width() / 2 - 14) / max(abs(unit.x()), 1e-9),
            (view.height() / 2 - 14) / max(abs(unit.y()), 1e-9),
        )
        tip = middle + unit * (reach + 8)
        side = QPointF(-unit.y(), unit.x()) * 8
        painter.setPen(current_outline_pen(self._theme))
        painter.setBrush(QColor(self._theme.current))
        painter.drawPolygon(QPolygonF([tip, tip - unit * 16 + side, tip - unit * 16 - side]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _write(
        self,
        labels: Labels,
        text: str,
        shaft: QLineF,
        colour: str,
        view: QRectF,
        *,
        upwards: bool = False,
    ) -> None:
        visible, _ = _visible_part(shaft, view.width(), view.height())
        length = visible.length()
        if length >= 1:
            ahead = QPointF(visible.dx() / length, visible.dy() / length)
            labels.write(text, visible.p2(), QPointF(0, -1) if upwards else ahead, colour)


def _shaft(tail: QPointF, vector: Point, pixels: PixelMap, factor: float) -> QLineF | None:
    """The arrow of a vector in pixels; None if it is too short to be visible or not finite."""
    dx = vector[0] * pixels.x_scale * factor
    dy = vector[1] * pixels.y_scale * factor
    if not (isfinite(dx) and isfinite(dy)) or hypot(dx, dy) < _SHORTEST:
        return None
    return QLineF(tail, tail + QPointF(dx, dy))


def reach_inside(tail: QPointF, dx: float, dy: float, view: QRectF) -> float:
    """The distance from a tail to the edge of the view in a direction; 0 if it is outside."""
    if not view.contains(tail) or not (isfinite(dx) and isfinite(dy)):
        return 0.0
    across = view.right() - tail.x() if dx > 0 else tail.x() - view.left()
    down = view.bottom() - tail.y() if dy > 0 else tail.y() - view.top()
    shares = [room / abs(part) for room, part in ((across, dx), (down, dy)) if part]
    return min(shares, default=inf) * hypot(dx, dy)


def _shortened(shaft: QLineF | None, share: float) -> QLineF | None:
    if shaft is None or share <= 0:
        return None
    return QLineF(shaft.p1(), shaft.pointAt(share))


def _visible_part(shaft: QLineF, width: float, height: float) -> tuple[QLineF, bool]:
    """The visible part of an arrow, and whether that includes the tip."""
    segment = np.array([[shaft.x1(), shaft.y1(), shaft.x2(), shaft.y2()]])
    cut, kept = clipped(segment, width, height)
    if not kept[0]:
        return QLineF(), False
    visible = QLineF(*(float(value) for value in cut[0]))
    return visible, QLineF(visible.p2(), shaft.p2()).length() < 0.5


def _around(spot: QPointF, radius: float) -> QRectF:
    return QRectF(spot.x() - radius, spot.y() - radius, 2 * radius, 2 * radius)
