"""What everything drawn on a surface needs to know of the view."""

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
    """A surface, seen in a view of so many pixels.

    ``is_moving``: whether the view is just being moved, so that what there is much of may be drawn
    more roughly.
    """

    surface: Surface
    projection: Projection
    width: float
    height: float
    theme: Theme
    is_moving: bool = False

    @property
    def view(self) -> QRectF:
        """The whole view."""
        return QRectF(0, 0, self.width, self.height)

    def draped(self, points: Floats) -> Floats:
        """(n, 2) points of the plane as (n, 3) on the surface; NaN where there is none."""
        return self.surface.draped(points[:, 0], points[:, 1])

    def pixels(self, points: Floats) -> Floats:
        """(n, 3) points of the box in pixels, (n, 2)."""
        return self.projection.pixels(points)

    def spot(self, point: Point) -> tuple[QPointF, bool] | None:
        """Where a point of the plane is seen, and whether the surface hides it; None outside."""
        place = self.draped(np.array([point]))
        if not np.isfinite(place).all():
            return None
        x, y = self.pixels(place)[0]
        return QPointF(x, y), bool(self.surface.hides(place, self.projection)[0])
