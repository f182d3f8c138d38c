"""A muted sentence that takes two lines at the most."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel

from gdsim.views.elided import elided_lines

_MOST_LINES = 2
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class NoteLabel(QLabel):
    """Cut short with … where it would take more lines; the tool tip then tells the whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def set_note(self, sentence: str) -> None:
        """Show a sentence; an empty one takes no room."""
        self.setText(sentence)
        self.setVisible(bool(sentence))
        self._retip()

    def shown_lines(self, width: int) -> list[str]:
        """What is shown in that width."""
        return elided_lines(self.text(), self.font(), width, _MOST_LINES)

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, width, 10_000)
        shown = "\n".join(self.shown_lines(width))
        return self.fontMetrics().boundingRect(room, _FLAGS, shown).height()

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

    def _retip(self) -> None:
        shown = "".join(self.shown_lines(self.width()))
        whole = shown.replace(" ", "") == self.text().replace(" ", "")
        self.setToolTip("" if whole else self.text())
