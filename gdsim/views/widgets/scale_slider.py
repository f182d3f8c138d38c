"""Sliders with a scale of their own: logarithmic, or equally spaced."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from gdsim.views.widgets.jump_slider import JumpSlider

_TICKS_PER_DECADE = 100
_LINEAR_TICKS = 400
_DECADES_AROUND = 2
# Positive numbers between these two are as likely to become negative as to grow tenfold.
_SMALL, _LARGE = 0.1, 10.0
_NEARLY_ZERO = 1e-200
_HALF = 5.0  # of an equally spaced scale around numbers of one digit


@dataclass(frozen=True, slots=True)
class NumberScale:
    """The numbers from ``low`` to ``high``, logarithmic (then ``low`` > 0) or equally spaced."""

    low: float
    high: float
    is_log: bool

    @classmethod
    def around(cls, value: float) -> NumberScale:
        """A scale on which a number can be varied: in decades if it is large or small and positive.

        Otherwise it is equally spaced, with zero in the middle.
        """
        if abs(value) < _NEARLY_ZERO:
            return cls(-_HALF, _HALF, False)
        decade = math.floor(math.log10(min(abs(value), 1e200)))
        if value > 0 and not _SMALL < value < _LARGE:
            return cls(10.0 ** (decade - _DECADES_AROUND), 10.0 ** (decade + _DECADES_AROUND), True)
        half = _HALF * 10.0**decade
        if abs(value) >= half:
            half *= 2
        return cls(-half, half, False)

    @property
    def ticks(self) -> int:
        """The number of positions of a slider, minus one."""
        if not self.is_log:
            return _LINEAR_TICKS
        return round(math.log10(self.high / self.low) * _TICKS_PER_DECADE)

    def share(self, value: float) -> float:
        """Where a number is: 0 at ``low``, 1 at ``high``; smaller or larger outside."""
        if not self.is_log:
            return (value - self.low) / (self.high - self.low)
        if value <= 0:
            return -math.inf
        return math.log10(min(value, 1e300) / self.low) / math.log10(self.high / self.low)

    def value(self, share: float) -> float:
        """The number there, rounded to two digits, or to a thousandth of an equal scale's width."""
        if self.is_log:
            return float(f"{self.low * (self.high / self.low) ** share:.1e}")
        finest = (self.high - self.low) / 1000
        exact = self.low + share * (self.high - self.low)
        return float(f"{round(exact / finest) * finest:.12g}")


class ScaleSlider(JumpSlider):
    """A number on a scale, rounded while it is dragged.

    ``set_value`` accepts any number; outside the scale the handle is at the nearer end.
    """

    value_changed = Signal(float)

    def __init__(self, scale: NumberScale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self._value = scale.low
        self.set_scale(scale)
        self.setMinimumWidth(60)
        self.valueChanged.connect(self._on_moved)

    @property
    def scale(self) -> NumberScale:
        """The numbers that the slider reaches."""
        return self._scale

    def set_scale(self, scale: NumberScale) -> None:
        """Reach other numbers; the value stays. Emits nothing."""
        self._scale = scale
        with QSignalBlocker(self):
            self.setRange(0, scale.ticks)
        step = _TICKS_PER_DECADE // 20 if scale.is_log else _LINEAR_TICKS // 100
        self.setSingleStep(step)
        self.setPageStep(10 * step)
        self.set_value(self._value)

    def set_value(self, value: float) -> None:
        """Move the handle to a value, or to the nearer end of the scale. Emits nothing."""
        self._value = value
        share = min(max(self._scale.share(value), 0.0), 1.0)
        with QSignalBlocker(self):
            self.setValue(round(share * self.maximum()))

    def pixel_of(self, value: float) -> float | None:
        """The x position of the handle's middle for a value; None outside the scale."""
        if not math.isfinite(value):
            return None
        share = self._scale.share(value)
        if not 0 <= share <= 1:
            return None
        handle = self.handle_rect().width()
        return handle / 2 + share * (self.width() - handle)

    def _on_moved(self, position: int) -> None:
        value = self._scale.value(position / self.maximum())
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)


class LogSlider(ScaleSlider):
    """A positive number on a logarithmic scale."""

    def __init__(self, low: float, high: float, parent: QWidget | None = None) -> None:
        super().__init__(NumberScale(low, high, is_log=True), parent)
