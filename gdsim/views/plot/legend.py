"""The legend of a plot: symbols with their texts, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdsim.views.theme import LIGHT, Theme

Entry = tuple[str, str]
"""The name of a line or marker of the plot, and the text that explains it."""

DrawSymbol = Callable[[QPainter, Theme, str, QRectF], None]
"""Paints the symbol of the named entry into a small area."""

_SYMBOL, _GAP, _ENTRY_GAP = 24, 6, 16


class Legend(QWidget):
    """Entries side by side; an entry that does not fit begins a new line."""

    def __init__(self, draw_symbol: DrawSymbol, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draw_symbol = draw_symbol
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
        """Show these entries: names of symbols with their texts."""
        if tuple(entries) == self._entries:
            return
        before = self.heightForWidth(self.width())
        self._entries = tuple(entries)
        self.setAccessibleName("; ".join(text for _, text in entries))
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        self.update()

    def texts(self) -> list[str]:
        """The text of each entry."""
        return [text for _, text in self._entries]

    def entry_rects(self, width: int) -> list[QRectF]:
        """The rectangle of each entry when the legend is ``width`` pixels wide."""
        line, left, top = self._line_height(), 0.0, 0.0
        result = []
        for _, text in self._entries:
            entry_width = self._symbol_width() + _GAP + self.fontMetrics().horizontalAdvance(text)
            if left > 0 and left + entry_width > width:
                left, top = 0.0, top + line
            result.append(QRectF(left, top, entry_width, line))
            left += entry_width + _ENTRY_GAP
        return result

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rects = self.entry_rects(max(width, 1))
        return round(rects[-1].bottom()) if rects else 0

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._line_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (name, text), rect in zip(self._entries, self.entry_rects(self.width()), strict=True):
            symbol = QRectF(rect.left(), rect.top(), self._symbol_width(), rect.height())
            self._draw_symbol(painter, self._theme, name, symbol)
            painter.setPen(QColor(self._theme.text))
            rect.setLeft(rect.left() + self._symbol_width() + _GAP)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)

    def _symbol_width(self) -> int:
        return self._theme.pixels(_SYMBOL)

    def _line_height(self) -> int:
        return self.fontMetrics().height() + 2
