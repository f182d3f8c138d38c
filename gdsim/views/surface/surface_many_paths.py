"""The paths of many descents on a surface."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QPainter

from gdsim.core.arrays import Floats
from gdsim.core.surface.surface import Surface
from gdsim.views.overlays.basin_style import basin_colour
from gdsim.views.overlays.many_paths_layer import (
    END_RADIUS,
    FAINT,
    START_RADIUS,
    ManyPaths,
    many_paths_segments,
)
from gdsim.views.plot.markers import stamp_markers
from gdsim.views.plot.plot_box import draw_segments
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.surface.surface_pieces import Layers, Pieces, plane
from gdsim.views.surface.surface_scene import Scene
from gdsim.views.theme import pen

# The longest piece of a path, and the least distance of its points, in pixels of the plane.
_PIECE, _GRAIN = 20.0, 8.0


class SurfaceManyPaths:
    """Paths in the colour of the point to which they lead, with discs at their starts and ends."""

    def __init__(self, many_paths: ManyPaths) -> None:
        self.many_paths = many_paths
        self._pixels: PixelMap | None = None
        self._lines: list[tuple[int, Floats, Pieces]] = []  # label, segments, the same in pieces

    def draw(self, layers: Layers, scene: Scene) -> None:
        """Paint the visible parts of the paths, and on the other layer the hidden parts."""
        theme, many_paths = scene.theme, self.many_paths
        pixels = self._thinned(scene.surface)
        for label, segments, pieces in self._lines:
            pieces.lay(segments, pixels, scene)
            seen, hidden = pieces.seen(np.arange(len(pieces)), scene)
            colour = basin_colour(theme, label)
            line = pen(theme, colour, 1.2, alpha=FAINT)
            if scene.is_moving:
                line.setWidth(0)  # a pixel
            for painter, group in zip(layers, (seen[~hidden], seen[hidden]), strict=True):
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, not scene.is_moving)
                painter.setPen(line)
                draw_segments(painter, group)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        labels = np.array(many_paths.labels)
        for label, _, _ in self._lines:
            mine = labels == label
            for row, radius in ((0, START_RADIUS), (-1, END_RADIUS)):
                spots = np.column_stack((many_paths.x[row, mine], many_paths.y[row, mine]))
                self._draw_discs(layers, scene, spots, 2 * radius, basin_colour(theme, label))

    # Internals

    def _draw_discs(
        self, layers: Layers, scene: Scene, spots: Floats, size: float, colour: str
    ) -> None:
        points = scene.draped(spots)
        points = points[np.isfinite(points).all(axis=1)]
        hidden = scene.surface.hides(points, scene.projection, roughly=True)
        for painter, group in zip(layers, (points[~hidden], points[hidden]), strict=True):
            weighty = size * scene.theme.line_weight
            stamp_markers(painter, scene.theme, scene.pixels(group), "o", weighty, colour)

    def _thinned(self, surface: Surface) -> PixelMap:
        """Compute the segments of each label, without steps that are too short to be visible."""
        pixels, width, height = plane(surface)
        if pixels == self._pixels:
            return pixels
        self._pixels, labels = pixels, np.array(self.many_paths.labels)
        x, y = pixels.x(self.many_paths.x), pixels.y(self.many_paths.y)
        self._lines = []
        for label in sorted(set(self.many_paths.labels)):
            mine = labels == label
            near = many_paths_segments(x[:, mine], y[:, mine], width, height, _GRAIN)
            self._lines.append((label, near, Pieces(_PIECE, roughly=True)))
        return pixels
