"""A sentence in small grey letters with a limited number of lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel

from gdsim.views.widgets.elided_label import elided_lines
from gdsim.views.widgets.literal_text import literal

_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class NoteLabel(QLabel):
    """A label cut with “…” where it needs more lines; the tool tip then holds the whole text."""

    def __init__(self) -> None:
        super().__init__()
        self._most_lines = 2
        self.setProperty("role", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def set_note(self, sentence: str) -> None:
        """Show a sentence; with an empty one the label is hidden."""
        self.setText(sentence)
        self._show_or_hide()

    def set_most_lines(self, lines: int) -> None:
        """Set how many lines it may have; with 0 the label is hidden."""
        if lines != self._most_lines:
            self._most_lines = lines
            self.updateGeometry()
            self._show_or_hide()

    def height_in(self, lines: int, width: int) -> int:
        """The height in pixels at this width with at most so many lines."""
        shown = elided_lines(self.text(), self.font(), width, lines) if lines else []
        room = QRect(0, 0, width, 10_000)
        text = "\n".join(shown)
        return self.fontMetrics().boundingRect(room, _FLAGS, text).height() if text else 0

    def shown_lines(self, width: int) -> list[str]:
        """The lines that are shown at this width."""
        return elided_lines(self.text(), self.font(), width, max(self._most_lines, 1))

    def heightForWidth(self, width: int) -> int:
        return self.height_in(self._most_lines, width)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._update_tool_tip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_tool_tip()

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
        self._update_tool_tip()

    def _update_tool_tip(self) -> None:
        shown = "".join(self.shown_lines(self.width()))
        whole = shown.replace(" ", "") == self.text().replace(" ", "")
        self.setToolTip(literal("" if whole else self.text()))
