"""The editor of an optimizer: hyperparameters, state, and the rule line by line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from gdsim.views.theme import LIGHT, SPACING, Theme, color
from gdsim.views.widgets.entry_field import LineEdit
from gdsim.views.widgets.style_roles import restyle, role_label


class RuleText(QPlainTextEdit):
    """A text field with line numbers, in which a wrong line can be marked."""

    applied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._wrong: tuple[int, int | None] | None = None
        self._numbers = _LineNumbers(self)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._on_update_request)
        self._make_room()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._mark()

    def set_wrong(self, line: int | None, column: int | None) -> None:
        """Mark a line and a column in it, both counted from 1; None marks nothing."""
        self._wrong = None if line is None else (line, column)
        restyle(self, "invalid", line is not None)
        self._mark()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # Dropping a file here by mistake would insert its path into the rule.
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.applied.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_numbers()

    def margin_width(self) -> int:
        """The width of the line numbers in pixels."""
        digits = max(2, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + 12

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Paint the numbers of the visible lines in the margin."""
        painter = QPainter(self._numbers)
        painter.setFont(self.font())
        block: QTextBlock = self.firstVisibleBlock()
        offset = QPointF(self.contentOffset())
        width = self._numbers.width() - 6
        while block.isValid():
            rect = self.blockBoundingGeometry(block).translated(offset)
            if rect.top() > event.rect().bottom():
                break
            number = block.blockNumber() + 1
            is_wrong = self._wrong is not None and self._wrong[0] == number
            painter.setPen(QColor(self._theme.error if is_wrong else self._theme.text_muted))
            painter.drawText(
                QRect(0, round(rect.top()), width, round(rect.height())),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop,
                str(number),
            )
            block = block.next()

    def _mark(self) -> None:
        marks: list[QTextEdit.ExtraSelection] = []
        if self._wrong is not None:
            line, column = self._wrong
            cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
            whole = QTextEdit.ExtraSelection()
            whole.cursor = cursor
            shade = QTextCharFormat()
            shade.setBackground(color(self._theme.error, 0.16))
            shade.setProperty(QTextFormat.Property.FullWidthSelection, True)
            whole.format = shade
            marks.append(whole)
            if column is not None:
                marks.append(self._underline(cursor, column))
        self.setExtraSelections(marks)
        self._numbers.update()

    def _underline(self, line: QTextCursor, column: int) -> QTextEdit.ExtraSelection:
        selected = QTextCursor(line)
        # A column after the end of the line is marked at the last character.
        last = max(line.block().length() - 2, 0)
        selected.setPosition(line.block().position() + max(0, min(column - 1, last)))
        selected.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(QColor(self._theme.error))
        mark = QTextEdit.ExtraSelection()
        mark.cursor = selected
        mark.format = wave
        return mark

    def _make_room(self) -> None:
        self.setViewportMargins(self.margin_width(), 0, 0, 0)
        self._place_numbers()

    def _place_numbers(self) -> None:
        inside = self.contentsRect()
        width = self.margin_width()
        self._numbers.setGeometry(inside.left(), inside.top(), width, inside.height())

    def _on_update_request(self, area: QRect, scrolled: int) -> None:
        if scrolled:
            self._numbers.scroll(0, scrolled)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())


class _LineNumbers(QWidget):
    def __init__(self, text: RuleText) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(self._text.margin_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._text.paint_numbers(event)


class RuleEditor(QDialog):
    """A dialog that does not block the window: plots stay visible, a refused text stays here."""

    rule_entered = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current_texts = ("", "", "")
        self._labels = [role_label("heading") for _ in range(3)]
        self.hyperparameters = LineEdit()
        self.state = LineEdit()
        self.rule = RuleText()
        self.error_label = role_label("error", wraps=True)
        self._names = role_label("muted", wraps=True)
        self.apply_button = QPushButton()
        self.apply_button.setProperty("primary", True)
        self.discard_button = QPushButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(SPACING)
        fields: tuple[QWidget, ...] = (self.hyperparameters, self.state, self.rule)
        for label, field in zip(self._labels, fields, strict=True):
            field.setProperty("code", True)
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field, 1 if field is self.rule else 0)
        column.addWidget(self.error_label)
        column.addWidget(self._names)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.discard_button)
        buttons.addWidget(self.apply_button)
        column.addLayout(buttons)
        for button in (self.apply_button, self.discard_button):
            # Otherwise Enter in a field would press the first button of the dialog.
            button.setAutoDefault(False)
        for line in (self.hyperparameters, self.state):
            line.returnPressed.connect(self.apply)
            line.textChanged.connect(self._on_text_changed)
        self.rule.textChanged.connect(self._on_text_changed)
        self.rule.applied.connect(self.apply)
        self.apply_button.clicked.connect(self.apply)
        self.discard_button.clicked.connect(self.discard)
        self.set_error(None, None, None)
        self.set_theme(LIGHT)
        self.retranslate()
        self.resize(560, 460)

    @property
    def texts(self) -> tuple[str, str, str]:
        """The texts of the fields: hyperparameters, state and rule."""
        return self.hyperparameters.text(), self.state.text(), self.rule.toPlainText()

    def set_rule_text(self, hyperparameters: str, state: str, rule: str) -> None:
        """Show the current rule; if it is unchanged, the user's edits stay."""
        new = (hyperparameters, state, rule)
        if new == self._current_texts and self.texts != new:
            return
        self._current_texts = new
        if self.texts != new:
            self.hyperparameters.setText(hyperparameters)
            self.state.setText(state)
            self.rule.setPlainText(rule)
        self.set_error(None, None, None)
        self._on_text_changed()

    def set_error(self, sentence: str | None, line: int | None, column: int | None) -> None:
        """Show what is wrong, and mark line and column of the rule if they are known."""
        self.error_label.setText(sentence or "")
        self.error_label.setVisible(bool(sentence))
        self.rule.setAccessibleDescription(sentence or "")
        self.rule.set_wrong(line if sentence else None, column)

    def set_theme(self, theme: Theme) -> None:
        self.rule.set_theme(theme)

    def apply(self) -> None:
        """Emit the texts of the fields if they differ from the current rule."""
        if self.texts != self._current_texts:
            self.rule_entered.emit(*self.texts)

    def discard(self) -> None:
        """Show the current rule again and close the dialog."""
        hyperparameters, state, rule = self._current_texts
        self.hyperparameters.setText(hyperparameters)
        self.state.setText(state)
        self.rule.setPlainText(rule)
        self.set_error(None, None, None)
        self.close()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("The optimizer's rule"))
        texts: tuple[tuple[LineEdit | RuleText, str, str], ...] = (
            (self.hyperparameters, self.tr("Hyperparameters"), "beta1 = 0.9, beta2 = 0.999"),
            (self.state, self.tr("State at the start"), "m = 0, v = 0"),
            (self.rule, self.tr("Rule, line by line"), "theta = theta - eta*g"),
        )
        for label, (field, text, example) in zip(self._labels, texts, strict=True):
            label.setText(text)
            field.setAccessibleName(text)
            field.setPlaceholderText(example)
        self.hyperparameters.setToolTip(
            self.tr(
                "Numbers that can be changed in the panel, as name = value, with commas between"
            )
        )
        self.state.setToolTip(
            self.tr(
                "What the rule keeps for each parameter from step to step, as name = value at"
                " the start"
            )
        )
        self.rule.setToolTip(
            self.tr(
                "One assignment a line; the last one assigns theta. Ctrl+Enter applies the rule."
            )
        )
        self._names.setText(
            self.tr(
                "The rule is applied to each parameter separately. It may use theta, g (the"
                " slope), t (1 at the first update), eta, newton (the entry of H⁻¹∇L), and the"
                " names above."
            )
        )
        self.apply_button.setText(self.tr("Apply"))
        self.apply_button.setToolTip(self.tr("Use this rule from the shown step on (Ctrl+Enter)"))
        self.discard_button.setText(self.tr("Discard"))
        self.discard_button.setToolTip(self.tr("Close without keeping the changes"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_text_changed(self) -> None:
        self.apply_button.setEnabled(self.texts != self._current_texts)
        if self.error_label.text():
            self.set_error(None, None, None)
