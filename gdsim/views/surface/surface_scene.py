"""The scene: a surface with the view in which it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from gdsim.core.arrays import Floats
from gdsim.core.surface.projection import Projection
from gdsim.core.surface.surface import Surface
from gdsim.views.theme import Theme

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scene:
    """A surface and its projection onto a view of this size in pixels.

    ``is_moving``: whether the view is just being moved, so that large numbers of things may be
    drawn more roughly.
    """

    surface: Surface
    projection: Projection
    width: float
    height: float
    theme: Theme
    is_moving: bool = False

    @property
    def view(self) -> QRectF:
        """The rectangle of the view."""
        return QRectF(0, 0, self.width, self.height)

    def draped(self, points: Floats) -> Floats:
        """Points (n, 2) of the plane as points (n, 3) on the surface; NaN outside it."""
        return self.surface.draped(points[:, 0], points[:, 1])

    def pixels(self, points: Floats) -> Floats:
        """Points (n, 3) of the box in pixels, (n, 2)."""
        return self.projection.pixels(points)

    def spot(self, point: Point) -> tuple[QPointF, bool] | None:
        """The pixel of a point of the plane, and whether the surface hides it; None outside."""
        on_surface = self.draped(np.array([point]))
        if not np.isfinite(on_surface).all():
            return None
        x, y = self.pixels(on_surface)[0]
        return QPointF(x, y), bool(self.surface.hides(on_surface, self.projection)[0])
