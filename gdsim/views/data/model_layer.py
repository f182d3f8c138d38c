"""The model's predictions: a curve with residual lines, or a map with its boundary."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage, QPainter

from gdsim.core.learning.model_picture import ModelCurve, ModelMap, PlotKind, Scatter
from gdsim.views.landscape.landscape_layer import coloured_image, draw_sampled
from gdsim.views.overlays.approximation_layer import stroke
from gdsim.views.plot.plot_box import CachedLayer, Layer, PlotBox, draw_segments
from gdsim.views.plot.polyline import PixelMap, clipped, finite_segments
from gdsim.views.theme import (
    Theme,
    boundary_pen,
    class_colormap,
    curve_pen,
    diagonal_pen,
    residual_pen,
)

# More residual lines than this are drawn faintly, so that they do not fill the plot.
_MANY = 200


class ResidualLayer(Layer):
    """Lines from the rows to their predictions."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, -5)
        self._points: Scatter | None = None
        self._curve: ModelCurve | None = None

    def set_curve(self, points: Scatter | None, curve: ModelCurve | None) -> None:
        """The points and the model's predictions of them; None draws nothing."""
        self._points, self._curve = points, curve
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        points, curve = self._points, self._curve
        if points is None or curve is None:
            return
        x = pixels.x(points.x[curve.rows])
        ends = np.column_stack((x, pixels.y(points.y[curve.rows]), x, pixels.y(curve.predicted)))
        painter.setPen(residual_pen(self._theme, faint=len(ends) > _MANY))
        draw_segments(painter, clipped(ends[np.isfinite(ends).all(axis=1)], width, height)[0])


class ModelCurveLayer(Layer):
    """The model along its one input, drawn above the points, which could hide it."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 8)
        self._is_diagonal = False
        self._curve: ModelCurve | None = None

    @property
    def curve(self) -> ModelCurve | None:
        """What is drawn; None where nothing is."""
        return self._curve

    def set_curve(self, curve: ModelCurve | None, *, diagonal: bool) -> None:
        """``diagonal``: the curve is the line ŷ = y of a perfect model."""
        self._curve, self._is_diagonal = curve, diagonal
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        if self._curve is None:
            return
        x, y = pixels.x(self._curve.x), pixels.y(self._curve.y)
        if self._is_diagonal:
            stroke(painter, diagonal_pen(self._theme), x, y, width, height)
        else:
            painter.setPen(curve_pen(self._theme))
            draw_segments(painter, clipped(finite_segments(x, y), width, height)[0])


class MapLayer(CachedLayer):
    """The model over its two inputs, in colours, with the boundary between two classes."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, -50)
        self._kind = PlotKind.CLASSES
        self._map: ModelMap | None = None
        self._image: QImage | None = None

    def set_theme(self, theme: Theme) -> None:
        self._image = None
        super().set_theme(theme)

    def set_map(self, kind: PlotKind, picture: ModelMap | None) -> None:
        """What the model says over its two inputs, and what it tells apart; None draws nothing."""
        self._kind, self._map, self._image = kind, picture, None
        self.invalidate()

    def draw_once(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        picture = self._map
        if picture is None:
            return
        if self._image is None:
            # The points' own colours, so that a point that the model hits melts into the map.
            table = class_colormap(self._theme) if self._kind is PlotKind.CLASSES else None
            self._image = coloured_image(picture.shade, table=table)
        draw_sampled(painter, pixels, picture.x, picture.y, self._image)
        if len(picture.boundary):
            x, y = pixels.x(picture.boundary[:, 0]), pixels.y(picture.boundary[:, 1])
            painter.setPen(boundary_pen(self._theme))
            draw_segments(painter, clipped(finite_segments(x, y), width, height)[0])
