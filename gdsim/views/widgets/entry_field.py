"""A line of text that commits on Enter or on leaving, and says beneath what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPolygonF,
)
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from gdsim.views.widgets.style_roles import restyle, role_label


class TextLine(QLineEdit):
    """A line edit into which text may be dropped, but no file: that is for the window around it."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)


class MarkedLine(TextLine):
    """A line edit that can underline one character, and that Esc takes back."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: int | None = None

    def set_mark(self, column: int | None) -> None:
        """Underline the character at that column, counted from 1."""
        self._column = column
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.cancelled.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._column is None:
            return
        # The text scrolls inside the field; the cursor is the one place whose pixel Qt tells.
        cursor = self.cursorRect()
        metrics = QFontMetricsF(self.font())
        before = metrics.horizontalAdvance(self.text()[: self.cursorPosition()])
        origin = cursor.center().x() - before
        at = self._column - 1
        left = origin + metrics.horizontalAdvance(self.text()[:at])
        right = max(origin + metrics.horizontalAdvance(self.text()[: at + 1]), left + 6)
        base = cursor.bottom() - 1
        wave = QPolygonF()
        x, up = left, False
        while x <= right:
            wave.append(QPointF(x, base - (2 if up else 0)))
            x, up = x + 2, not up
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.rect().adjusted(4, 2, -4, -1))
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawPolyline(wave)


class EntryField(QWidget):
    """The common part of fields for numbers and formulas.

    What is in force changes only when ``_submit`` takes the text; a wrong text stays in the field
    with its error, and Esc brings back what is in force. ``error_label`` lies beneath the line; a
    narrow field's owner may put it into a layout of its own.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._in_force = ""
        self._tried: str | None = None
        self.line = MarkedLine()
        self.line.setMinimumWidth(40)
        self.error_label: QLabel = role_label("error", wraps=True)
        self.error_label.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.line)
        layout.addWidget(self.error_label)
        self.setFocusProxy(self.line)
        self.line.editingFinished.connect(self._on_editing_finished)
        self.line.textEdited.connect(self._on_text_edited)
        self.line.cancelled.connect(self.restore)

    def set_error(self, sentence: str | None, column: int | None = None) -> None:
        """Say what is wrong and underline where; None: nothing is."""
        self.error_label.setText(sentence or "")
        self.error_label.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence or "")
        self.line.set_mark(column if sentence else None)
        if sentence:
            self.line.setModified(True)  # what was refused is still an edit: Esc takes it back
        restyle(self.line, "invalid", bool(sentence))

    @property
    def has_error(self) -> bool:
        """Whether what stands in the field is said to be wrong."""
        return bool(self.error_label.text())

    @property
    def is_being_edited(self) -> bool:
        """Whether the user is in the middle of typing, or left something that is refused."""
        return self.has_error or (self.line.isModified() and self.line.hasFocus())

    def set_accessible_name(self, name: str) -> None:
        """What a screen reader calls the field."""
        self.line.setAccessibleName(name)

    def set_tool_tip(self, text: str) -> None:
        self.line.setToolTip(text)

    def restore(self) -> None:
        """Back to what is in force."""
        self._show(self._in_force)

    def _show(self, text: str) -> None:
        self._in_force = text
        self._tried = text
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self.line.setModified(False)
        self.set_error(None)

    def _submit(self, text: str) -> None:
        """Take a text that the user committed, or refuse it by ``set_error``."""
        raise NotImplementedError

    def _on_text_edited(self) -> None:
        self._tried = None
        if self.has_error:
            self.set_error(None)

    def _on_editing_finished(self) -> None:
        text = self.line.text()
        # Leaving a field after Enter must not submit the same text twice.
        if text == self._tried:
            return
        self._tried = text
        if text == self._in_force:
            self.restore()
        else:
            self._submit(text)
