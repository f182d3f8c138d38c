"""The texture of a surface: the colours of the contour plot, shaded like a relief."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from gdsim.core.arrays import Singles
from gdsim.core.landscape.landscape import Landscape
from gdsim.core.surface.projection import Projection
from gdsim.core.surface.surface import Surface
from gdsim.views.landscape.landscape_layer import coloured_image
from gdsim.views.plot.plot_box import draw_segments
from gdsim.views.plot.polyline import finite_segments
from gdsim.views.theme import Theme, iso_pen

# Pixels along each side per sample of the landscape, so that iso-lines are fine.
_FINENESS = 2
_LARGEST = 800


class SurfaceRenderer(Protocol):
    """Something that renders a surface."""

    def set_surface(self, surface: Surface | None, drape: QImage | None) -> None:
        """Set the surface and its texture, whose top row is at the highest y."""

    def picture(self, projection: Projection, width: int, height: int) -> QImage:
        """The rendered surface with a transparent background, of this size in pixels."""

    def release(self) -> None:
        """Release resources outside Python."""


def drape(landscape: Landscape, surface: Surface, theme: Theme) -> QImage:
    """The colours and iso-lines of a landscape, darker where it faces away from the light."""
    positions = landscape.normalised[surface.part]
    rows, columns = positions.shape
    width = min(_FINENESS * columns, _LARGEST)
    height = min(_FINENESS * rows, _LARGEST)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    # In some themes the colours are translucent, with the colour of the card behind them.
    image.fill(QColor(theme.card))
    area = QRectF(0, 0, width, height)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawImage(area, coloured_image(positions, theme.image_alpha))
    painter.drawImage(area, _shadow(surface.brightness()))
    if len(landscape.lines):
        (x0, x1), (y0, y1) = surface.x_range, surface.y_range
        pen = QPen(iso_pen(theme))
        pen.setWidthF(1.3 * theme.line_weight)
        painter.setPen(pen)
        x = (landscape.lines[:, 0] - x0) / (x1 - x0) * width
        y = (y1 - landscape.lines[:, 1]) / (y1 - y0) * height
        draw_segments(painter, finite_segments(x, y))
    painter.end()
    return image


def _shadow(brightness: Singles) -> QImage:
    """Black, less transparent where the surface is darker."""
    alpha = np.rint((1 - brightness[::-1]) * 255).astype(np.uint32) << 24
    height, width = alpha.shape
    image = QImage(alpha.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()
