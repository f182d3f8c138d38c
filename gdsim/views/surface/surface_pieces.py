"""Line segments of a plane, cut into pieces short enough to follow a surface."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QPainter

from gdsim.core.arrays import Flags, Floats, Indices
from gdsim.core.surface.surface import Surface
from gdsim.views.plot.growing_array import GrowingRows
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.surface.surface_scene import Scene

Layers = tuple[QPainter, QPainter]
"""The painters of the visible and of the hidden parts."""

# Paths are thinned as on a plot on which a side of length 1 has this many pixels.
_FINENESS = 400.0


class Pieces:
    """The pieces of a path on the current surface; each segment is cut once for each surface.

    ``piece``: the longest length of a piece, in pixels of ``plane``. ``roughly``: whether pieces
    are hidden is computed roughly, because there are many; the same while the view moves.
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
        self._hidden = GrowingRows(1)  # NaN where it is not known

    def __len__(self) -> int:
        return len(self._ends)

    @property
    def owners(self) -> Floats:
        """The index of the segment to which each piece belongs, (n,), ascending."""
        return self._owners.rows()[:, 0]

    def lay(self, segments: Floats, pixels: PixelMap, scene: Scene) -> None:
        """Lay segments (m, 4), in pixels of the plane, on the surface of the scene.

        The first ``laid`` of them have been laid already.
        """
        if scene.surface is not self._surface:
            self._surface = scene.surface
            self._forget()
        angles = (scene.projection.turn, scene.projection.tilt, scene.is_moving)
        if angles != self._angles:
            self._angles = angles
            self._hidden.rows()[:] = np.nan
        new_segments = segments[self.laid :]
        if not len(new_segments):
            return
        ends, owners = self._cut(new_segments)
        both = np.hstack([scene.draped(unscaled(pixels, part)) for part in ends])
        is_inside = np.isfinite(both).all(axis=1)
        self._ends.append(both[is_inside])
        self._owners.append(owners[is_inside, None] + self.laid)
        self._hidden.append(np.full((int(is_inside.sum()), 1), np.nan))
        self.laid += len(new_segments)

    def _cut(self, segments: Floats) -> tuple[tuple[Floats, Floats], Indices]:
        """Tails and heads of short pieces, (k, 2) each, and the index of each one's segment."""
        lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
        counts = np.maximum(1, np.ceil(lengths / self._piece)).astype(np.intp)
        owner = np.repeat(np.arange(len(segments)), counts)
        index = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        tails, directions = segments[owner, :2], segments[owner, 2:] - segments[owner, :2]
        shares = [((index + part) / counts[owner])[:, None] for part in (0, 1)]
        return (tails + shares[0] * directions, tails + shares[1] * directions), owner

    def seen(self, chosen: Indices, scene: Scene) -> tuple[Floats, Flags]:
        """The pieces with these indices as segments (k, 4) in pixels, and which are hidden."""
        hidden = self._hidden.rows()[:, 0]
        unknown = chosen[np.isnan(hidden[chosen])]
        ends = self._ends.rows()
        if len(unknown):
            points = ends[unknown, 3:]
            roughly = self._roughly or scene.is_moving
            hidden[unknown] = scene.surface.hides(points, scene.projection, roughly=roughly)
        pieces = ends[chosen]
        segments = np.hstack([scene.pixels(pieces[:, :3]), scene.pixels(pieces[:, 3:])])
        return segments, hidden[chosen] > 0


def plane(surface: Surface) -> tuple[PixelMap, float, float]:
    """The map from the plane to pixels for thinning paths, y upwards, with width and height."""
    width, height = (_FINENESS * side for side in surface.size[:2])
    (x0, x1), (y0, y1) = surface.x_range, surface.y_range
    x_scale, y_scale = width / (x1 - x0), height / (y1 - y0)
    return PixelMap(x_scale, -x0 * x_scale, y_scale, -y0 * y_scale), width, height


def unscaled(pixels: PixelMap, points: Floats) -> Floats:
    """Points (n, 2) in those pixels as coordinates of the plane."""
    return np.column_stack(
        (
            (points[:, 0] - pixels.x_shift) / pixels.x_scale,
            (points[:, 1] - pixels.y_shift) / pixels.y_scale,
        )
    )
