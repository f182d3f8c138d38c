"""Marks below a slider: short strokes at some values, with labels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdsim.views.theme import CAPTION, LIGHT, Theme, font, pen
from gdsim.views.widgets.scale_slider import LogSlider

Mark = tuple[float, str]
"""A value of the slider and the label of its mark."""

_STROKE = 5
_ROOM = 6.0  # pixels between two labels


class SliderMarks(QWidget):
    """The marks of the slider above it; values outside its range are left out."""

    def __init__(self, slider: LogSlider, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = slider
        self._theme = LIGHT
        self._marks: tuple[Mark, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marked values with their labels."""
        return self._marks

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Mark these values. Without marks the space stays empty, so that nothing below moves."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.setAccessibleName(", ".join(f"{label} = {value:.3g}" for value, label in marks))
            self.update()

    def labels(self) -> list[tuple[str, QRectF]]:
        """The labels with their rectangles, as near to their strokes as possible."""
        metrics = QFontMetricsF(self._font())
        placed = [
            (x, label, metrics.horizontalAdvance(label)) for x, label in sorted(self._strokes())
        ]
        lefts = spread([x - width / 2 for x, _, width in placed], [w for *_, w in placed])
        # Keep all labels inside the widget, in their order.
        right = sum((width + _ROOM for *_, width in placed), -_ROOM)
        result = []
        least = 0.0
        for left, (_, label, width) in zip(lefts, placed, strict=True):
            at = max(least, min(left, self.width() - right))
            result.append((label, QRectF(at, _STROKE, width, metrics.height())))
            least = at + width + _ROOM
            right -= width + _ROOM
        return result

    def sizeHint(self) -> QSize:
        return QSize(60, _STROKE + round(QFontMetricsF(self._font()).height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        painter.setPen(pen(self._theme, self._theme.text_muted, 1.5))
        for x, _ in self._strokes():
            painter.drawLine(QPointF(x, 0.0), QPointF(x, _STROKE - 1.0))
        painter.setPen(QColor(self._theme.text_muted))
        for label, rect in self.labels():
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, label)

    def _strokes(self) -> list[tuple[float, str]]:
        found = ((self._slider.pixel_of(value), label) for value, label in self._marks)
        shift = self._slider.x() - self.x()
        return [(x + shift, label) for x, label in found if x is not None]

    def _font(self) -> QFont:
        return font(self._theme, CAPTION)


def spread(lefts: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Move intervals apart, as little as possible, so that they do not overlap.

    ``lefts`` are their preferred left ends in ascending order; the result is their new left ends.
    Intervals that would overlap form a block at the mean of their preferred positions.
    """
    blocks: list[tuple[float, float, int]] = []  # left end, width and number of intervals
    for left, width in zip(lefts, widths, strict=True):
        blocks.append((left, width, 1))
        while len(blocks) > 1 and blocks[-2][0] + blocks[-2][1] + _ROOM > blocks[-1][0]:
            (a, a_width, a_parts), (b, b_width, b_parts) = blocks[-2:]
            # The mean of the left ends that the intervals of both blocks prefer for the new block.
            weighted_sum = a * a_parts + (b - a_width - _ROOM) * b_parts
            parts = a_parts + b_parts
            blocks[-2:] = [(weighted_sum / parts, a_width + _ROOM + b_width, parts)]
    result: list[float] = []
    for left, _, parts in blocks:
        for width in widths[len(result) : len(result) + parts]:
            result.append(left)
            left += width + _ROOM
    return result
