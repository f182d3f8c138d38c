"""A line of text that is submitted on Enter or when it loses the focus, with an error below."""

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

from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.style_roles import restyle, role_label


class LineEdit(QLineEdit):
    """A line edit that accepts dropped text but leaves dropped files to the window around it."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)


class MarkedLineEdit(LineEdit):
    """A line edit that can underline one character, and reports Esc while it is being edited."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: int | None = None

    def set_mark(self, column: int | None) -> None:
        """Underline the character at this column, counted from 1; None underlines nothing."""
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
        # The text scrolls inside the field, and Qt tells the pixel position only of the cursor.
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
    """The common base of fields for numbers and formulas.

    The field has a current value, written as text. It changes only when ``_submit`` accepts a new
    text. A text that is refused stays in the field with its error, and Esc restores the current
    text. ``error_label`` is below the line; where the field is narrow, its owner may put the label
    into another layout.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current_text = ""
        self._submitted_text: str | None = None
        self.line = MarkedLineEdit()
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
        """Show what is wrong and underline the character at ``column``; None removes the error."""
        self.error_label.setText(sentence or "")
        self.error_label.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence or "")
        self.line.set_mark(column if sentence else None)
        if sentence:
            self.line.setModified(True)  # a refused text is still an edit, which Esc undoes
        restyle(self.line, "invalid", bool(sentence))

    @property
    def has_error(self) -> bool:
        """Whether an error is shown for the text in the field."""
        return bool(self.error_label.text())

    @property
    def is_being_edited(self) -> bool:
        """Whether the user is typing, or the text in the field was refused."""
        return self.has_error or (self.line.isModified() and self.line.hasFocus())

    def set_accessible_name(self, name: str) -> None:
        """Set the name that a screen reader speaks."""
        self.line.setAccessibleName(name)

    def set_tool_tip(self, text: str) -> None:
        self.line.setToolTip(literal(text))

    def restore(self) -> None:
        """Show the current text again and forget what was typed."""
        self._show(self._current_text)

    def _show(self, text: str) -> None:
        self._current_text = text
        self._submitted_text = text
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self.line.setModified(False)
        self.set_error(None)

    def _submit(self, text: str) -> None:
        """Accept a text that the user entered, or refuse it with ``set_error``."""
        raise NotImplementedError

    def _on_text_edited(self) -> None:
        self._submitted_text = None
        if self.has_error:
            self.set_error(None)

    def _on_editing_finished(self) -> None:
        text = self.line.text()
        # Enter and then leaving the field must not submit the same text twice.
        if text == self._submitted_text:
            return
        self._submitted_text = text
        if text == self._current_text:
            self.restore()
        else:
            self._submit(text)
