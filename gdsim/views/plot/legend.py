"""The legend of a plot: each sign with its words, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdsim.views.theme import LIGHT, Theme

Entry = tuple[str, str]
"""One of the lines or marks of the plot by name, and what it is."""

DrawSign = Callable[[QPainter, Theme, str, QRectF], None]
"""Paints the sign of an entry into a small area."""

_SAMPLE, _GAP, _BETWEEN = 24, 6, 16


class Legend(QWidget):
    """Entries side by side; one that has no room left begins a new line."""

    def __init__(self, draw_sign: DrawSign, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draw_sign = draw_sign
        self._theme = LIGHT
        self._entries: tuple[Entry, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """The signs by name, each with its words."""
        if tuple(entries) == self._entries:
            return
        before = self.heightForWidth(self.width())
        self._entries = tuple(entries)
        self.setAccessibleName("; ".join(text for _, text in entries))
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        self.update()

    def texts(self) -> list[str]:
        """What is written, entry by entry."""
        return [text for _, text in self._entries]

    def places(self, width: int) -> list[QRectF]:
        """Where each entry stands in that width."""
        line, left, top = self._line_height(), 0.0, 0.0
        result = []
        for _, text in self._entries:
            own = self._sample() + _GAP + self.fontMetrics().horizontalAdvance(text)
            if left > 0 and left + own > width:
                left, top = 0.0, top + line
            result.append(QRectF(left, top, own, line))
            left += own + _BETWEEN
        return result

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self.places(max(width, 1))
        return round(places[-1].bottom()) if places else 0

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._line_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (name, text), place in zip(self._entries, self.places(self.width()), strict=True):
            sign = QRectF(place.left(), place.top(), self._sample(), place.height())
            self._draw_sign(painter, self._theme, name, sign)
            painter.setPen(QColor(self._theme.text))
            place.setLeft(place.left() + self._sample() + _GAP)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    def _sample(self) -> int:
        return self._theme.pixels(_SAMPLE)

    def _line_height(self) -> int:
        return self.fontMetrics().height() + 2
