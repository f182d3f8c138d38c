"""Rendering a surface without OpenGL."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from gdsim.core.surface.hidden_surface import visible_pixels
from gdsim.core.surface.projection import Projection
from gdsim.core.surface.surface import Surface

# The brightness of the underside.
_BENEATH = 0.6
# A larger picture is rendered with fewer pixels and then enlarged.
_MOST_PIXELS = 620_000


class RasterSurface:
    """Finds for each pixel the point of the surface that is visible there, and its colour."""

    def __init__(self) -> None:
        self._surface: Surface | None = None
        self._colours = np.zeros((1, 1), dtype=np.uint32)

    def set_surface(self, surface: Surface | None, drape: QImage | None) -> None:
        self._surface = surface if drape is not None else None
        if drape is not None:
            self._colours = _pixels(drape)

    def picture(self, projection: Projection, width: int, height: int) -> QImage:
        coarseness = max(1.0, (width * height / _MOST_PIXELS) ** 0.5)
        columns, rows = round(width / coarseness), round(height / coarseness)
        canvas = np.zeros((rows, columns), dtype=np.uint32)
        if self._surface is not None:
            self._paint(canvas, self._surface, projection.magnified(1 / coarseness))
        image = QImage(
            canvas.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied
        )
        if coarseness == 1.0:
            return image.copy()
        return image.scaled(
            width,
            height,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )

    def release(self) -> None:
        """Nothing to do: all memory belongs to Python."""

    def _paint(self, canvas: NDArray[np.uint32], surface: Surface, projection: Projection) -> None:
        rows, columns = canvas.shape
        seen = visible_pixels(surface, projection, columns, rows)
        height, width = self._colours.shape
        x = np.clip((seen.u * np.float32(width)).astype(np.int32), 0, width - 1)
        y = np.clip((seen.v * np.float32(height)).astype(np.int32), 0, height - 1)
        index = (height - 1 - y) * width + x
        colours = self._colours.ravel().take(index)
        beneath = seen.beneath
        colours[beneath] = _darker(colours[beneath])
        canvas[seen.rows, seen.columns] = colours


def _pixels(image: QImage) -> NDArray[np.uint32]:
    opaque = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(opaque.constBits(), dtype=np.uint32)
    # Images with 32 bits per pixel have no padding at the ends of their rows.
    return flat.reshape(opaque.height(), opaque.width()) | np.uint32(0xFF000000)


def _darker(colours: NDArray[np.uint32]) -> NDArray[np.uint32]:
    parts = colours.view(np.uint8).reshape(-1, 4).astype(np.uint16)
    dark = (parts * round(256 * _BENEATH) >> 8).astype(np.uint8)
    result: NDArray[np.uint32] = dark.view(np.uint32)[:, 0] | np.uint32(0xFF000000)
    return result
