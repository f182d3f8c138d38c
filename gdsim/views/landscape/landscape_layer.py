"""The coloured picture of the loss with iso-lines, painted once for each view."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from gdsim.core.arrays import Floats
from gdsim.core.landscape.landscape import Landscape
from gdsim.views.plot.plot_box import CachedLayer, PlotBox, draw_segments
from gdsim.views.plot.polyline import PixelMap, finite_segments
from gdsim.views.theme import Theme, iso_pen, loss_colormap


def coloured_image(
    positions: Floats, alpha: float = 1.0, table: NDArray[np.uint8] | None = None
) -> QImage:
    """An image of positions on a colour map.

    Parameters
    ----------
    positions : (ny, nx), y upwards, from 0 to 1; NaN becomes transparent.
    table : the colours from 0 to 1, (256, 3) or (256, 4); by default those of the loss.
    """
    table = loss_colormap() if table is None else table
    shade = (table[:, :3] * alpha).astype(np.uint32)
    # Premultiplied ARGB; the last entry stands for "no value".
    colours = np.zeros(257, dtype=np.uint32)
    opaque = np.uint32(round(255 * alpha) << 24)
    colours[:256] = opaque | shade[:, 0] << 16 | shade[:, 1] << 8 | shade[:, 2]
    indices = np.where(np.isnan(positions), 256, np.nan_to_num(positions) * 255).astype(np.uint16)
    pixels = np.ascontiguousarray(colours[indices][::-1])
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    # A copy, because NumPy's memory is freed at the end of this function.
    return image.copy()


def draw_sampled(
    painter: QPainter,
    pixels: PixelMap,
    x: Floats,
    y: Floats,
    image: QImage,
) -> None:
    """Paint an image whose pixels are samples at ``x`` and ``y``, in coordinates of the plot."""
    # Samples are at the centres of pixels, so the image is half a sample larger on each side.
    half_x, half_y = (x[1] - x[0]) / 2, (y[1] - y[0]) / 2
    left, top = pixels.point(x[0] - half_x, y[-1] + half_y)
    right, bottom = pixels.point(x[-1] + half_x, y[0] - half_y)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(left, top, right - left, bottom - top), image)


class LandscapeLayer(CachedLayer):
    """The colours and the iso-lines of the loss."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, -50)
        self._landscape: Landscape | None = None
        self._image: QImage | None = None

    def set_theme(self, theme: Theme) -> None:
        self._image = None
        super().set_theme(theme)

    def set_landscape(self, landscape: Landscape | None) -> None:
        """Set the picture of the loss; None draws nothing."""
        self._landscape = landscape
        self._image = None
        self.invalidate()

    @property
    def landscape(self) -> Landscape | None:
        """The picture of the loss that is painted; None where none is."""
        return self._landscape

    def draw_once(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        landscape = self._landscape
        if landscape is None:
            return
        if self._image is None:
            self._image = coloured_image(landscape.normalised, self._theme.image_alpha)
        draw_sampled(painter, pixels, landscape.x, landscape.y, self._image)
        lines = landscape.lines
        if not len(lines):
            return
        pen = iso_pen(self._theme)
        painter.setPen(pen)
        x, y = pixels.x(lines[:, 0]), pixels.y(lines[:, 1])
        if pen.widthF() <= 1:
            painter.drawPath(pg.arrayToQPath(x, y, connect="finite"))
        else:
            draw_segments(painter, finite_segments(x, y))
