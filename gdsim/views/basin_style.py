"""How a basin is told from others: by its colour, and by a pattern where colours repeat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPixmap

from gdsim.core.attribution import Fate
from gdsim.views.theme import BASIN_COLOURS, Theme

Labels = NDArray[np.int16]

_DEEPEST = 0.45  # how much darker the pixel with the most steps is
_LINE = 0.62  # how much darker the lines of a pattern are
_PERIOD = 10
# Patterns need pixels: a coarse picture is enlarged to about this many.
_FINE = 512


def basin_image(theme: Theme, labels: Labels, shade: NDArray[np.float64]) -> QImage:
    """The picture of a map whose rows run upwards; it has rows enough for patterns."""
    times = max(1, _FINE // len(labels))
    labels = np.repeat(np.repeat(labels, times, axis=0), times, axis=1)[::-1]
    shade = np.repeat(np.repeat(shade, times, axis=0), times, axis=1)[::-1]
    return _image(_coloured(theme, labels, shade))


def swatch(theme: Theme, label: int, size: int, ratio: float) -> QPixmap:
    """A small square of a basin, for the legend."""
    labels = np.full((round(size * ratio),) * 2, label, dtype=np.int16)
    pixmap = QPixmap.fromImage(_image(_coloured(theme, labels, np.zeros(labels.shape))))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _coloured(theme: Theme, labels: Labels, shade: NDArray[np.float64]) -> NDArray[np.float64]:
    """(ny, nx, 3) in [0, 255]."""
    greys = (theme.basin_diverged, theme.basin_strewn, theme.basin_moving)
    table = np.array([_rgb(colour) for colour in (*greys, *BASIN_COLOURS)])
    places = np.where(labels >= 0, labels % len(BASIN_COLOURS), labels) + len(greys)
    light = 1 - _DEEPEST * shade
    light[_lines(labels)] *= _LINE
    light[labels >= 0] *= theme.image_alpha
    return np.asarray(table[places] * light[:, :, np.newaxis])


def _lines(labels: Labels) -> NDArray[np.bool_]:
    """Where the lines of the patterns run: none, slanted, the other way, level, upright, both."""
    rows, columns = np.indices(labels.shape)
    patterns = (
        rows + columns,
        rows - columns,
        rows,
        columns,
    )
    drawn = np.zeros(labels.shape, dtype=bool)
    cycle = np.where(labels >= 0, labels // len(BASIN_COLOURS), 0) % (len(patterns) + 1)
    for number, along in enumerate(patterns, start=1):
        drawn |= (cycle == number) & (along % _PERIOD < 2)
    drawn |= (labels == Fate.DIVERGED) & ((rows - columns) % _PERIOD < 2)
    dots = (rows % _PERIOD < 2) & (columns % _PERIOD < 2)
    return np.asarray(drawn | ((labels == Fate.STREWN) & dots))


def _rgb(colour: str) -> tuple[int, int, int]:
    parsed = QColor(colour)
    return parsed.red(), parsed.green(), parsed.blue()


def _image(colours: NDArray[np.float64]) -> QImage:
    red, green, blue = np.moveaxis(colours.astype(np.uint32), 2, 0)
    pixels = np.ascontiguousarray(0xFF000000 | red << 16 | green << 8 | blue)
    height, width = colours.shape[:2]
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    # The picture must own its memory: NumPy's is gone after this function.
    return image.copy()
