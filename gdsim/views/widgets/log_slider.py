"""A slider with a logarithmic scale."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from gdsim.views.widgets.jump_slider import JumpSlider

_TICKS_PER_DECADE = 100


class LogSlider(JumpSlider):
    """A positive number on a logarithmic scale, rounded to two digits while it is dragged.

    ``set_value`` accepts any number; outside the scale the handle is at the nearer end.
    """

    value_changed = Signal(float)

    def __init__(self, low: float, high: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low = math.log10(low)
        self._value = low
        self.setRange(0, round((math.log10(high) - self._low) * _TICKS_PER_DECADE))
        self.setSingleStep(_TICKS_PER_DECADE // 20)
        self.setPageStep(_TICKS_PER_DECADE // 2)
        self.setMinimumWidth(60)
        self.valueChanged.connect(self._on_moved)

    def set_value(self, value: float) -> None:
        """Move the handle to a value, or to the nearer end of the scale. Emits nothing."""
        self._value = value
        position = 0.0
        if value > 0:
            position = (math.log10(min(value, 1e300)) - self._low) * _TICKS_PER_DECADE
        with QSignalBlocker(self):
            self.setValue(round(max(self.minimum(), min(self.maximum(), position))))

    def pixel_of(self, value: float) -> float | None:
        """The x position of the handle's middle for a value; None outside the scale."""
        if not (value > 0 and math.isfinite(value)):
            return None
        share = (math.log10(value) - self._low) * _TICKS_PER_DECADE / self.maximum()
        if not 0 <= share <= 1:
            return None
        handle = self.handle_rect().width()
        return handle / 2 + share * (self.width() - handle)

    def _on_moved(self, position: int) -> None:
        value = float(f"{10 ** (self._low + position / _TICKS_PER_DECADE):.1e}")
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)
