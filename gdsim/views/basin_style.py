"""How a basin is told from others: by its colour, and by a pattern where colours repeat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPixmap

from gdsim.core.fate import Fate
from gdsim.views.theme import BASIN_COLOURS, Theme

Labels = NDArray[np.int16]

_DEEPEST = 0.45  # how much darker the pixel with the most steps is
_LINE = 0.62  # how much darker the lines of a pattern are
_PERIOD = 10
_SHADES = 64
# Patterns need pixels: a coarse picture is enlarged to about this many.
_FINE = 512


def basin_image(theme: Theme, labels: Labels, shade: NDArray[np.float64]) -> QImage:
    """The picture of a map whose rows run upwards."""
    if _has_pattern(labels).any():
        height, width = labels.shape
        times = max(1, _FINE // width)
        rows = _PERIOD if height == 1 else times
        labels = labels.repeat(rows, axis=0).repeat(times, axis=1)
        shade = shade.repeat(rows, axis=0).repeat(times, axis=1)
    return _image(theme, labels[::-1], shade[::-1])


def swatch(theme: Theme, label: int, size: int, ratio: float) -> QPixmap:
    """A small square of a basin, for the legend."""
    labels = np.full((round(size * ratio),) * 2, label, dtype=np.int16)
    pixmap = QPixmap.fromImage(_image(theme, labels, np.zeros(labels.shape)))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def basin_colour(theme: Theme, label: int) -> str:
    """The colour of a basin, or of a fate; on a map it comes again with a pattern."""
    if label >= 0:
        return BASIN_COLOURS[label % len(BASIN_COLOURS)]
    return {
        Fate.MOVING: theme.basin_moving,
        Fate.STREWN: theme.basin_strewn,
        Fate.DIVERGED: theme.basin_diverged,
    }[Fate(label)]


def _image(theme: Theme, labels: Labels, shade: NDArray[np.float64]) -> QImage:
    light = 1 - _DEEPEST * np.linspace(0, 1, _SHADES)
    levels = (shade * (_SHADES - 1)).astype(np.uint8)
    places = labels - min(Fate)
    most = int(places.max())
    pixels = _table(theme, most, light)[places, levels]
    lines = _lines(labels)
    if lines.any():
        pixels[lines] = _table(theme, most, light * _LINE)[places[lines], levels[lines]]
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    # The picture must own its memory: NumPy's is gone after this function.
    return image.copy()


def _table(theme: Theme, most: int, light: NDArray[np.float64]) -> NDArray[np.uint32]:
    """The pixel of each label, from the least on, and of each level of light."""
    bases = [basin_colour(theme, min(Fate) + place) for place in range(most + 1)]
    colours = np.array([_rgb(base) for base in bases])[:, :, np.newaxis] * light
    colours[len(Fate) :] *= theme.image_alpha
    red, green, blue = np.moveaxis(colours.astype(np.uint32), 1, 0)
    return np.asarray(0xFF000000 | red << 16 | green << 8 | blue, dtype=np.uint32)


def _has_pattern(labels: Labels) -> NDArray[np.bool_]:
    return np.asarray((labels >= len(BASIN_COLOURS)) | (labels < Fate.MOVING))


def _lines(labels: Labels) -> NDArray[np.bool_]:
    """Where the lines of the patterns run; the first colours have none."""
    drawn = np.zeros(labels.shape, dtype=bool)
    if not _has_pattern(labels).any():
        return drawn
    rows, columns = np.arange(labels.shape[0])[:, np.newaxis], np.arange(labels.shape[1])
    down, up = ((rows + sign * columns) % _PERIOD < 2 for sign in (1, -1))
    level, upright = rows % _PERIOD < 2, columns % _PERIOD < 2
    patterns = (down, up, np.broadcast_to(level, labels.shape), upright)
    cycle = labels // len(BASIN_COLOURS) % (len(patterns) + 1)
    cycle[labels < 0] = 0
    for number, pattern in enumerate(patterns, start=1):
        drawn |= (cycle == number) & pattern
    drawn |= (labels == Fate.DIVERGED) & up
    return np.asarray(drawn | ((labels == Fate.STREWN) & level & upright))


def _rgb(colour: str) -> tuple[int, int, int]:
    parsed = QColor(colour)
    return parsed.red(), parsed.green(), parsed.blue()
