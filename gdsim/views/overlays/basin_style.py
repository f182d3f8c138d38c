"""The colour of each basin, with a pattern where colours repeat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPixmap

from gdsim.core.arrays import Flags, Floats, Labels
from gdsim.core.explore.labels import LABELS, LOWEST_LABEL, outcome_of
from gdsim.core.run.ending import Outcome
from gdsim.views.theme import BASIN_COLOURS, Theme

_DEEPEST = 0.45  # by which share the pixel with the most steps is darker
_LINE_BRIGHTNESS = 0.62  # the brightness of the lines of a pattern
_PERIOD = 10
_SHADES = 64
_CYCLES = 4  # rounds through the colours with patterns, after the first round without
# A coarse picture is enlarged to about this many pixels, because patterns need fine pixels.
_LEAST_PIXELS = 512


def basin_image(theme: Theme, labels: Labels, shade: Floats) -> QImage:
    """The image of a basin map.

    Parameters
    ----------
    labels : (ny, nx), y upwards; the basin of each pixel, or a label of an outcome.
    shade : (ny, nx), from 0 (bright) to 1 (dark).
    """
    if _has_pattern(labels):
        height, width = labels.shape
        times = max(1, _LEAST_PIXELS // width)
        rows = _PERIOD if height == 1 else times
        labels = labels.repeat(rows, axis=0).repeat(times, axis=1)
        shade = shade.repeat(rows, axis=0).repeat(times, axis=1)
    return _image(theme, labels[::-1], shade[::-1])


def swatch(theme: Theme, label: int, size: int, ratio: float) -> QPixmap:
    """A square with the colour and pattern of a basin, for the legend."""
    labels = np.full((round(size * ratio),) * 2, label, dtype=np.int16)
    pixmap = QPixmap.fromImage(_image(theme, labels, np.zeros(labels.shape)))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def basin_colour(theme: Theme, label: int) -> str:
    """The colour of a basin, or of a start that leads to no minimum (the label of an outcome).

    Colours repeat; on a map, repeated colours have patterns.
    """
    if label >= 0:
        return BASIN_COLOURS[label % len(BASIN_COLOURS)]
    return {
        Outcome.STEP_LIMIT: theme.basin_moving,
        Outcome.STOP_RULE: theme.basin_no_minimum,
        Outcome.DIVERGED: theme.basin_diverged,
        Outcome.UNDEFINED: theme.basin_undefined,
    }[outcome_of(label)]


def _image(theme: Theme, labels: Labels, shade: Floats) -> QImage:
    light = 1 - _DEEPEST * np.linspace(0, 1, _SHADES)
    offsets = labels - np.int16(LOWEST_LABEL)
    tables = [_table(theme, int(offsets.max()), light)]
    # The index of each pixel's colour in the concatenated tables.
    indices = offsets.astype(np.int32)
    indices *= _SHADES
    indices += (shade * (_SHADES - 1)).astype(np.uint8)
    if _has_pattern(labels):
        indices += _lines(labels) * np.int32(tables[0].size)
        tables.append(_table(theme, int(offsets.max()), light * _LINE_BRIGHTNESS))
    pixels = np.concatenate(tables).ravel().take(indices)
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    # A copy, because NumPy's memory is freed at the end of this function.
    return image.copy()


def _table(theme: Theme, most: int, light: Floats) -> NDArray[np.uint32]:
    """The colour of each label, beginning with the lowest, at each brightness."""
    bases = [basin_colour(theme, LOWEST_LABEL + offset) for offset in range(most + 1)]
    colours = np.array([_rgb(base) for base in bases])[:, :, np.newaxis] * light
    colours[len(LABELS) :] *= theme.image_alpha
    red, green, blue = np.moveaxis(colours.astype(np.uint32), 1, 0)
    return np.asarray(0xFF000000 | red << 16 | green << 8 | blue, dtype=np.uint32)


def _has_pattern(labels: Labels) -> bool:
    return bool(labels.max() >= len(BASIN_COLOURS) or labels.min() < LABELS[Outcome.STEP_LIMIT])


def _lines(labels: Labels) -> Flags:
    """The pixels on lines of patterns; the first round of colours has no patterns."""
    rows, columns = np.arange(_PERIOD)[:, np.newaxis], np.arange(_PERIOD)
    down, up = ((rows + sign * columns) % _PERIOD < 2 for sign in (1, -1))
    level, upright = rows < 2, columns < 2
    # Each pattern has a bit, set in ``mask`` on its lines and in ``kinds`` for its labels.
    lines = (down, up, level | (columns < 0), upright | (rows < 0), level & upright)
    mask = sum(np.where(line, np.uint8(1 << bit), np.uint8(0)) for bit, line in enumerate(lines))
    height, width = labels.shape
    masks = np.tile(mask, (-(-height // _PERIOD), -(-width // _PERIOD)))[:height, :width]
    kinds = np.array([_pattern(label) for label in range(LOWEST_LABEL, int(labels.max()) + 1)])
    return np.asarray(masks & kinds.take(labels - np.int16(LOWEST_LABEL)) != 0)


def _pattern(label: int) -> np.uint8:
    """The bit of a label's pattern; 0: no pattern."""
    if label >= 0:
        cycle = label // len(BASIN_COLOURS) % (_CYCLES + 1)
        return np.uint8(1 << cycle >> 1)
    patterns = {Outcome.UNDEFINED: 1, Outcome.DIVERGED: 2, Outcome.STOP_RULE: 1 << _CYCLES}
    return np.uint8(patterns.get(outcome_of(label), 0))


def _rgb(colour: str) -> tuple[int, int, int]:
    parsed = QColor(colour)
    return parsed.red(), parsed.green(), parsed.blue()
