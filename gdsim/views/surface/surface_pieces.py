"""Straight stretches of a plane, cut into pieces short enough to follow a surface."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QPainter

from gdsim.core.arrays import Flags, Floats, Indices
from gdsim.core.surface.surface import Surface
from gdsim.views.plot.growing_array import GrowingRows
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.surface.surface_scene import Scene

Layers = tuple[QPainter, QPainter]
"""What paints in sight, and what paints the parts that the surface hides."""

# The plane is thinned as if a side of length 1 had so many pixels.
_FINENESS = 400.0


class Pieces:
    """Pieces on one surface after the other; only what is new is laid on the one of now.

    ``piece``: how long one is at most, in pixels of ``plane``. ``roughly``: there are many, and
    what hides them need not be known exactly; nor is it while the view is being moved.
    """

    def __init__(self, piece: float, *, roughly: bool = False) -> None:
        self._piece = piece
        self._roughly = roughly
        self._surface: Surface | None = None
        self._angles: tuple[float, float, bool] | None = None
        self._forget()

    def _forget(self) -> None:
        self.laid = 0
        self._ends = GrowingRows(6)  # both ends in the box
        self._owners = GrowingRows(1)
        self._hidden = GrowingRows(1)  # NaN where it was not asked for

    def __len__(self) -> int:
        return len(self._ends)

    @property
    def owners(self) -> Floats:
        """(n,): the number of the segment that each piece belongs to, ascending."""
        return self._owners.rows()[:, 0]

    def lay(self, segments: Floats, pixels: PixelMap, scene: Scene) -> None:
        """Lay segments (m, 4), in pixels of the plane, on the scene's surface.

        The first ``laid`` ones of them are there already.
        """
        if scene.surface is not self._surface:
            self._surface = scene.surface
            self._forget()
        angles = (scene.projection.turn, scene.projection.tilt, scene.is_moving)
        if angles != self._angles:
            self._angles = angles
            self._hidden.rows()[:] = np.nan
        fresh = segments[self.laid :]
        if not len(fresh):
            return
        ends, owners = self._cut(fresh)
        both = np.hstack([scene.draped(unscaled(pixels, part)) for part in ends])
        there = np.isfinite(both).all(axis=1)
        self._ends.append(both[there])
        self._owners.append(owners[there, None] + self.laid)
        self._hidden.append(np.full((int(there.sum()), 1), np.nan))
        self.laid += len(fresh)

    def _cut(self, segments: Floats) -> tuple[tuple[Floats, Floats], Indices]:
        """Both ends (m, 2) of short pieces, and which segment each is of."""
        lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
        counts = np.maximum(1, np.ceil(lengths / self._piece)).astype(np.intp)
        owner = np.repeat(np.arange(len(segments)), counts)
        place = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        tails, ways = segments[owner, :2], segments[owner, 2:] - segments[owner, :2]
        shares = [((place + part) / counts[owner])[:, None] for part in (0, 1)]
        return (tails + shares[0] * ways, tails + shares[1] * ways), owner

    def seen(self, chosen: Indices, scene: Scene) -> tuple[Floats, Flags]:
        """The chosen pieces as segments (k, 4) in pixels of the view, and which are hidden."""
        known = self._hidden.rows()[:, 0]
        asked = chosen[np.isnan(known[chosen])]
        ends = self._ends.rows()
        if len(asked):
            places = ends[asked, 3:]
            roughly = self._roughly or scene.is_moving
            known[asked] = scene.surface.hides(places, scene.projection, roughly=roughly)
        pieces = ends[chosen]
        segments = np.hstack([scene.pixels(pieces[:, :3]), scene.pixels(pieces[:, 3:])])
        return segments, known[chosen] > 0


def plane(surface: Surface) -> tuple[PixelMap, float, float]:
    """The plane as a picture, fine enough for the thinning of paths; y runs upwards."""
    width, height = (_FINENESS * side for side in surface.size[:2])
    (x0, x1), (y0, y1) = surface.x_range, surface.y_range
    x_scale, y_scale = width / (x1 - x0), height / (y1 - y0)
    return PixelMap(x_scale, -x0 * x_scale, y_scale, -y0 * y_scale), width, height


def unscaled(pixels: PixelMap, points: Floats) -> Floats:
    """Points of that picture as points of the plane."""
    return np.column_stack(
        (
            (points[:, 0] - pixels.x_shift) / pixels.x_scale,
            (points[:, 1] - pixels.y_shift) / pixels.y_scale,
        )
    )
