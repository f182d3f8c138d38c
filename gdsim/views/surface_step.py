"""One step on a surface: the point, −∇L and Δ laid on it, the next point; start, minima, guess."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import hypot, inf

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from gdsim.views.marker import Labels, along, draw_disc, draw_marker
from gdsim.views.step_layer import ShownStep, arrow_factor, scaled_label
from gdsim.views.surface_scene import Floats, Point, Scene
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

# An arrow is as long as on a plane whose longer side has so many pixels, at any zoom.
_SIDE = 440.0
_PIECES = 32
_HIDDEN = 0.4
_RADIUS = 6.5
_START_RADIUS = 9.0


@dataclass(slots=True)
class Marks:
    """All that stands on the surface beside the paths, as points of the plane."""

    step: ShownStep | None = None
    start: Point | None = None
    minima: tuple[Point, ...] = ()
    guess: Point | None = None
    landed: Point | None = None
    guess_label: str = ""
    taken: list[QRectF] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Arrow:
    """An arrow laid on the surface, in pixels: its line, and whether its tip is on the surface."""

    line: Floats
    headed: bool

    @property
    def tip(self) -> QPointF:
        return QPointF(*self.line[-1])

    def ahead(self) -> QPointF:
        """The direction at its tip, of length 1."""
        away = self.line[-1] - self.line
        length = np.hypot(*away.T)
        far = np.flatnonzero(length >= 6)
        unit = away[far[-1]] / length[far[-1]] if far.size else np.array((1.0, 0.0))
        return QPointF(*unit)


def draw_marks(painter: QPainter, scene: Scene, marks: Marks) -> None:
    """Everything, from what matters least to what matters most."""
    theme = scene.theme
    for minimum in marks.minima:
        with _Seen(painter, scene, minimum) as spot:
            if spot is not None:
                draw_marker(painter, theme, spot, "star", 15 * theme.line_weight, theme.minimum)
    labels = Labels(painter, theme, scene.view)
    if marks.start is not None:
        _draw_start(painter, scene, marks.start)
    if marks.step is not None:
        _draw_step(painter, scene, labels, marks.step)
    if marks.guess is not None:
        _draw_guess(painter, scene, labels, marks)
