"""A muted sentence that takes two lines at the most."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel

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
        text = self.text()
        layout = QTextLayout(text, self.font())
        layout.beginLayout()
        starts = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(text)]
        lines = [text[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]
        if len(lines) <= _MOST_LINES:
            return lines
        rest = text[starts[_MOST_LINES - 1] :]
        cut = self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, width)
        return [*lines[: _MOST_LINES - 1], cut]

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
