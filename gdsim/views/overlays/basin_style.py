"""How a basin is told from others: by its colour, and by a pattern where colours repeat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPixmap

from gdsim.core.arrays import Flags, Floats, Labels
from gdsim.core.explore.unsettled import Fate
from gdsim.views.theme import BASIN_COLOURS, Theme

_DEEPEST = 0.45  # how much darker the pixel with the most steps is
_LINE = 0.62  # how much darker the lines of a pattern are
_PERIOD = 10
_SHADES = 64
_CYCLES = 4  # through the colours with lines, after the one without
# Patterns need pixels: a coarse picture is enlarged to about this many.
_FINE = 512


def basin_image(theme: Theme, labels: Labels, shade: Floats) -> QImage:
    """The picture of a map whose rows run upwards."""
    if _has_pattern(labels):
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
        Fate.STREWN: theme.basin_no_minimum,
        Fate.DIVERGED: theme.basin_diverged,
    }[Fate(label)]


def _image(theme: Theme, labels: Labels, shade: Floats) -> QImage:
    light = 1 - _DEEPEST * np.linspace(0, 1, _SHADES)
    places = labels - np.int16(min(Fate))
    tables = [_table(theme, int(places.max()), light)]
    # Where a pixel's colour stands in the tables, one behind the other.
    spots = places.astype(np.int32)
    spots *= _SHADES
    spots += (shade * (_SHADES - 1)).astype(np.uint8)
    if _has_pattern(labels):
        spots += _lines(labels) * np.int32(tables[0].size)
        tables.append(_table(theme, int(places.max()), light * _LINE))
    pixels = np.concatenate(tables).ravel().take(spots)
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    # The picture must own its memory: NumPy's is gone after this function.
    return image.copy()


def _table(theme: Theme, most: int, light: Floats) -> NDArray[np.uint32]:
    """The pixel of each label, from the least on, and of each level of light."""
    bases = [basin_colour(theme, min(Fate) + place) for place in range(most + 1)]
    colours = np.array([_rgb(base) for base in bases])[:, :, np.newaxis] * light
    colours[len(Fate) :] *= theme.image_alpha
    red, green, blue = np.moveaxis(colours.astype(np.uint32), 1, 0)
    return np.asarray(0xFF000000 | red << 16 | green << 8 | blue, dtype=np.uint32)


def _has_pattern(labels: Labels) -> bool:
    return bool(labels.max() >= len(BASIN_COLOURS) or labels.min() < Fate.MOVING)


def _lines(labels: Labels) -> Flags:
    """Where the lines of the patterns run; the first colours have none."""
    rows, columns = np.arange(_PERIOD)[:, np.newaxis], np.arange(_PERIOD)
    down, up = ((rows + sign * columns) % _PERIOD < 2 for sign in (1, -1))
    level, upright = rows < 2, columns < 2
    # Every pattern has a bit: where its lines run, and at the labels that it belongs to.
    lines = (down, up, level | (columns < 0), upright | (rows < 0), level & upright)
    mask = sum(np.where(line, np.uint8(1 << bit), np.uint8(0)) for bit, line in enumerate(lines))
    height, width = labels.shape
    masks = np.tile(mask, (-(-height // _PERIOD), -(-width // _PERIOD)))[:height, :width]
    kinds = np.array([_pattern(label) for label in range(min(Fate), int(labels.max()) + 1)])
    return np.asarray(masks & kinds.take(labels - np.int16(min(Fate))) != 0)


def _pattern(label: int) -> np.uint8:
    """The bit of a label's pattern, 0 for none."""
    if label >= 0:
        cycle = label // len(BASIN_COLOURS) % (_CYCLES + 1)
        return np.uint8(1 << cycle >> 1)
    return np.uint8({Fate.DIVERGED: 2, Fate.STREWN: 1 << _CYCLES}.get(Fate(label), 0))


def _rgb(colour: str) -> tuple[int, int, int]:
    parsed = QColor(colour)
    return parsed.red(), parsed.green(), parsed.blue()
