"""Axes with round numbers: plain numbers, whole numbers, powers of ten, or angles."""

from __future__ import annotations

from enum import Enum, auto
from math import ceil, floor, isfinite, log10
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from gdsim.core.number_text import grouped
from gdsim.views.theme import SMALL, Theme, axis_pen, color, font

_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")

Ticks = list[tuple[float, list[float]]]

# If a logarithmic axis has a number only at every n-th power of ten, the powers between have ticks
# up to this n.
_MOST_BETWEEN = 10
_LEAST_SPAN = 1e-300  # an axis with a smaller range has no ticks: their spacing would underflow


class AxisKind(Enum):
    """What kind of numbers an axis shows."""

    PLAIN = auto()
    WHOLE = auto()
    LOG = auto()
    """The axis measures log₁₀ of what it shows."""
    DEGREES = auto()


def nice_step(least: float) -> float:
    """The smallest number ≥ ``least`` of the form 1, 2 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))


def number_text(value: float, digits: int = 3) -> str:
    """A number rounded for a tick or a label: −0.05, 250, 3×10⁶.

    ``digits`` is the largest number of significant digits. Not finite: the empty string.
    """
    if not isfinite(value):
        return ""
    if value == 0:
        return "0"
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    power = int(exponent)
    if -4 < power < 5:
        plain = f"{float(f'{value:.{digits - 1}e}'):.{max(0, digits - 1 - power)}f}"
        return _minus(plain.rstrip("0").rstrip(".") if "." in plain else plain)
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    raised = f"10{str(power).translate(_SUPERSCRIPT)}"
    factor = {"1": "", "-1": "−"}.get(mantissa, _minus(mantissa) + "×")
    return factor + raised


def distinct_texts(values: list[float]) -> list[str]:
    """The numbers with as many digits as make different numbers differ, at least three."""
    for digits in range(3, 18):
        texts = [number_text(value, digits) for value in values]
        if len(set(texts)) == len(set(values)):
            break
    return texts


def plain_texts(values: list[float], spacing: float) -> list[str]:
    """The numbers at ticks that are ``spacing`` apart, all with the same number of decimals."""
    largest = max((abs(value) for value in values), default=0.0)
    if largest >= 1e5 or (0 < largest < 1e-3):
        digits = max(1, ceil(log10(largest / spacing) + 1e-9) + 1)
        return [number_text(0.0 if abs(v) < spacing / 2 else v, digits) for v in values]
    places = max(0, -floor(log10(spacing) + 1e-9))
    return [
        _minus(
            f"{value:.{places}f}".removeprefix("-")
            if abs(value) < spacing / 2
            else f"{value:.{places}f}"
        )
        for value in values
    ]


def position_text(title: str, value: float, pixels_per_unit: float) -> str:
    """The position of the mouse along an axis, “title = number”, exact to a pixel."""
    if not isfinite(value) or pixels_per_unit == 0:
        return ""
    finest = floor(log10(1 / abs(pixels_per_unit)))
    largest = floor(log10(abs(value))) if value else 0
    return f"{title} = {number_text(value, max(1, largest - finest + 1))}"


def _minus(text: str) -> str:
    return text.replace("-", "−")


_LEAST_ROOM = (30, 18)
"""Width and height of the numbers in pixels, with which an axis begins."""


class NumberAxis(pg.AxisItem):
    """An axis of a plot. The mouse acts only on the plot, not on the axis."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=4)
        self._kind = AxisKind.PLAIN
        self._letter = 7.0
        self._rooms: dict[float, tuple[float, float]] = {}
        self.enableAutoSIPrefix(False)
        self.setStyle(maxTickLevel=1, maxTextLevel=0, tickTextOffset=4, tickAlpha=255)
        self.setZValue(-150)

    def set_theme(self, theme: Theme) -> None:
        """Set the colours and the size of the numbers."""
        small = font(theme, SMALL)
        letter = QFontMetricsF(small).horizontalAdvance("0")
        if letter != self._letter:
            # The room for the numbers also depends on those that were shown before. Only so does
            # the plot have its old size again after the text was large for a while.
            self._rooms[self._letter] = self._room
            self._room = self._rooms.get(letter, _LEAST_ROOM)
        self._letter = letter
        self.setTickFont(small)
        self.label.setFont(font(theme))
        self.setPen(axis_pen(theme))
        self.setTextPen(color(theme.text_muted))
        # A larger font needs a wider axis.
        self._adjustSize()

    @property
    def _room(self) -> tuple[float, float]:
        """Width and height that pyqtgraph keeps for the numbers, in pixels."""
        return self.textWidth, self.textHeight

    @_room.setter
    def _room(self, room: tuple[float, float]) -> None:
        self.textWidth: float
        self.textHeight: float
        self.textWidth, self.textHeight = room

    def set_kind(self, kind: AxisKind) -> None:
        """Plain numbers, whole numbers, powers of ten or angles."""
        if kind is not self._kind:
            self._kind = kind
            self.picture = None
            self.update()

    def set_title(self, title: str) -> None:
        """Name the quantity of the axis; beside a vertical axis a short name is not rotated."""
        if self.orientation == "left":
            self.label.setRotation(0 if len(title) <= 2 else -90)
        self.setLabel(title.replace("&", "&amp;").replace("<", "&lt;"))
        self.resizeEvent()

    def major_ticks(self, size: float) -> list[float]:
        """The positions of the numbered ticks when the axis is ``size`` pixels long."""
        levels: Ticks = self.tickValues(self.range[0], self.range[1], size)
        return levels[0][1] if levels else []

    # Methods that pyqtgraph calls

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        span = maxVal - minVal
        if not (span > _LEAST_SPAN and isfinite(span) and size > 0):
            return []
        if self._kind is AxisKind.DEGREES:
            least = span * 5 * self._letter / size
            major = next((step for step in (45.0, 90.0) if step >= least), 180.0)
            return [(major, 0.0), (15.0, 0.0)]
        major = self._major_step(minVal, maxVal, size)
        parts = 4 if f"{major:e}".startswith("2") else 5
        minor = major / parts
        if self._kind is AxisKind.WHOLE and minor != round(minor):
            return [(major, 0.0)]
        return [(major, 0.0), (minor, 0.0)]

    def _major_step(self, low: float, high: float, size: float) -> float:
        """The smallest round step at which neighbouring numbers do not overlap."""
        least = 1.0 if self._kind is AxisKind.WHOLE else 0.0
        step = max(nice_step((high - low) * 6 * self._letter / size), least)
        if self.orientation == "left":
            return step
        while True:
            edges = [step * floor(low / step), step * ceil(high / step)]
            longest = max(len(text) for text in self.tickStrings(edges, 1.0, step))
            if step * size / (high - low) >= (longest + 2.5) * self._letter or step > high - low:
                return step
            step = nice_step(step * 1.5)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:
        if self._kind is not AxisKind.LOG:
            levels: Ticks = super().tickValues(minVal, maxVal, size)
            return levels
        return _log_ticks(minVal, maxVal, size / (6 * self._letter))

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self._kind is AxisKind.LOG:
            return [number_text(10.0**value, 6) if -300 < value < 300 else "" for value in values]
        if self._kind is AxisKind.DEGREES:
            return [_minus(f"{value:.0f}°") for value in values]
        if self._kind is AxisKind.WHOLE:
            return [_minus(grouped(round(value))) for value in values]
        return plain_texts(values, spacing)

    def resizeEvent(self, ev: Any = None) -> None:
        super().resizeEvent(ev)
        if self.orientation != "left" or self.label is None:
            return
        box: QRectF = self.label.boundingRect()
        if self.label.rotation():
            # pyqtgraph reserves 4/5 of a line's height for it; the rest would be cut off.
            self.label.setX(-0.25 * box.height())
        else:
            self.label.setPos(QPointF(-3, self.size().height() / 2 - box.height() / 2))

    def mouseDragEvent(self, event: Any) -> None:
        event.ignore()

    def mouseClickEvent(self, event: Any) -> None:
        event.ignore()

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


def _log_ticks(low: float, high: float, most: float) -> Ticks:
    """Major and minor ticks of an axis from 10^low to 10^high with room for ``most`` numbers."""
    decades = high - low
    if not (decades > 0 and isfinite(decades)):
        return []
    if decades < 0.7 and low > -300 and high < 300:
        step = nice_step((10.0**high - 10.0**low) / max(most, 1.0))
        first, last = ceil(10.0**low / step), floor(10.0**high / step)
        return [(1.0, [log10(place * step) for place in range(first, last + 1) if place > 0])]
    stride = max(1, ceil(decades / max(most, 1.0)))
    powers = range(ceil(low / stride) * stride, floor(high) + 1, stride)
    if stride > 1:
        every = range(ceil(low), floor(high) + 1) if stride <= _MOST_BETWEEN else ()
        between = [float(power) for power in every if power % stride]
        return [(1.0, [float(power) for power in powers]), (1.0, between)]
    named = (1, 2, 5) if decades < 2 else (1,)
    inside = [
        (digit, power + log10(digit))
        for power in range(floor(low), floor(high) + 1)
        for digit in range(1, 10)
        if low <= power + log10(digit) <= high
    ]
    major = [value for digit, value in inside if digit in named]
    minor = [value for digit, value in inside if digit not in named]
    return [(1.0, major), (1.0, minor if decades < 8 else [])]
