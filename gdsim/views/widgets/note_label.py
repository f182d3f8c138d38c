"""A muted sentence that takes no more lines than there is room for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel

from gdsim.views.widgets.elided_label import elided_lines

_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class NoteLabel(QLabel):
    """Cut short with … where it would take more lines; the tool tip then tells the whole."""

    def __init__(self) -> None:
        super().__init__()
        self._most_lines = 2
        self.setProperty("role", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def set_note(self, sentence: str) -> None:
        """Show a sentence; an empty one takes no room."""
        self.setText(sentence)
        self._show_or_hide()

    def set_most_lines(self, lines: int) -> None:
        """How many lines it may take; with none it is not there."""
        if lines != self._most_lines:
            self._most_lines = lines
            self.updateGeometry()
            self._show_or_hide()

    def height_in(self, lines: int, width: int) -> int:
        """How high it is in that width if it may take so many lines."""
        shown = elided_lines(self.text(), self.font(), width, lines) if lines else []
        room = QRect(0, 0, width, 10_000)
        text = "\n".join(shown)
        return self.fontMetrics().boundingRect(room, _FLAGS, text).height() if text else 0

    def shown_lines(self, width: int) -> list[str]:
        """What is shown in that width."""
        return elided_lines(self.text(), self.font(), width, max(self._most_lines, 1))

    def heightForWidth(self, width: int) -> int:
        return self.height_in(self._most_lines, width)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._retip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._retip()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.style().drawItemText(
            QPainter(self),
            self.rect(),
            int(_FLAGS.value),
            self.palette(),
            self.isEnabled(),
            "\n".join(self.shown_lines(self.width())),
            self.foregroundRole(),
        )

    def _show_or_hide(self) -> None:
        self.setVisible(bool(self.text()) and self._most_lines > 0)
        self._retip()

    def _retip(self) -> None:
        shown = "".join(self.shown_lines(self.width()))
        whole = shown.replace(" ", "") == self.text().replace(" ", "")
        self.setToolTip("" if whole else self.text())
