"""The paths of many descents, faint, each in the colour of the point to which it leads."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from gdsim.core.arrays import Floats
from gdsim.views.overlays.basin_style import basin_colour
from gdsim.views.plot.markers import draw_disc
from gdsim.views.plot.plot_box import CachedLayer, PlotBox, draw_segments
from gdsim.views.plot.polyline import PixelMap, clipped, finite_segments
from gdsim.views.theme import pen

FAINT = 0.55
START_RADIUS, END_RADIUS = 1.8, 4.0
_FINEST = 1.0  # pixels along a path between two drawn points


@dataclass(frozen=True, slots=True, eq=False)
class ManyPaths:
    """``x``, ``y`` (rows, m): the points of m paths. ``labels`` (m,): the basin of each."""

    x: Floats
    y: Floats
    labels: tuple[int, ...]


class ManyPathsLayer(CachedLayer):
    """The paths, above the picture of the loss and beneath the runs."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, -5)
        self._many_paths: ManyPaths | None = None

    @property
    def many_paths(self) -> ManyPaths | None:
        """The paths that are drawn; None where there are none."""
        return self._many_paths

    def set_many_paths(self, many_paths: ManyPaths | None) -> None:
        """Set the paths; None shows none."""
        if many_paths is not self._many_paths:
            self._many_paths = many_paths
            self.invalidate()

    def draw_once(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        many_paths, theme = self._many_paths, self._theme
        if many_paths is None:
            return
        x, y = pixels.x(many_paths.x), pixels.y(many_paths.y)
        labels = np.array(many_paths.labels)
        for label in sorted(set(many_paths.labels)):
            mine = labels == label
            segments = many_paths_segments(x[:, mine], y[:, mine], width, height)
            painter.setPen(pen(theme, theme.outline, 2.6, alpha=0.18))
            draw_segments(painter, segments)
            painter.setPen(pen(theme, basin_colour(theme, label), 1.2, alpha=FAINT))
            draw_segments(painter, segments)
        view = QRectF(0, 0, width, height).adjusted(
            -END_RADIUS, -END_RADIUS, END_RADIUS, END_RADIUS
        )
        for label in sorted(set(many_paths.labels)):
            colour = QColor(basin_colour(theme, label))
            ring = pen(theme, theme.outline, 1, alpha=0.7)
            for place in np.flatnonzero(labels == label).tolist():
                for row, radius in ((0, START_RADIUS), (-1, END_RADIUS)):
                    spot = QPointF(float(x[row, place]), float(y[row, place]))
                    # QRectF.contains answers True for NaN.
                    if isfinite(spot.x() + spot.y()) and view.contains(spot):
                        draw_disc(painter, spot, radius * theme.line_weight, colour, ring)


def many_paths_segments(
    x: Floats, y: Floats, width: float, height: float, finest: float = _FINEST
) -> Floats:
    """All paths as line segments (n, 4) in one array, cut to the view.

    ``x`` and ``y`` (rows, m) are in pixels. Points less than ``finest`` pixels further along a path
    than the previous one are left out.
    """
    with np.errstate(all="ignore"):
        lengths = np.hypot(np.diff(x, axis=0), np.diff(y, axis=0))
        pixels = np.floor(np.cumsum(lengths, axis=0) / finest)
    told = np.ones((len(x) + 1, x.shape[1]), dtype=bool)
    told[1 : len(x) - 1] = np.diff(pixels, axis=0, prepend=0.0)[:-1] != 0
    gap = np.full((1, x.shape[1]), np.nan)
    across = np.concatenate((x, gap)).T[told.T]
    down = np.concatenate((y, gap)).T[told.T]
    segments = finite_segments(across, down)
    moving = (segments[:, :2] != segments[:, 2:]).any(axis=1)
    return clipped(segments[moving], width, height)[0]
