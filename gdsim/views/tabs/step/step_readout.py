"""The shown step in numbers: each line of the rule typeset, and the same line with numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gdsim.views.formula.arithmetic_text import ArithmeticText
from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.theme import LIGHT, SPACING, Theme
from gdsim.views.widgets.status_line import Activity, RunState, StateIcon, text_color
from gdsim.views.widgets.style_roles import role_label

_COLUMN_GAP = 18
_ROW_GAP = 5
_INDENT = 16
# Numbers are beside the formulas only if there is space for this many digits.
_ROOM_BESIDE = 42
# A formula wider than this share of the card has its numbers below it, and the column of the
# formulas is not made that wide.
_WIDEST_COLUMN = 0.45
_SETTLE_MS = 400
# The area scrolls, so a formula may have as many lines as it needs.
_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class ReadoutLine:
    """One line of the rule: as LaTeX, as plain text, and with numbers for each parameter.

    ``numbers`` holds (parameter name, arithmetic); the name is empty if the line holds for all.
    """

    latex: str
    plain: str
    numbers: tuple[tuple[str, str], ...]


class _Row:
    """The widgets of one line, which are kept while only its numbers change."""

    def __init__(self, sheet: _Sheet, line: ReadoutLine) -> None:
        self.line = line
        self.formula = FormulaLabel(most_lines=_MOST_LINES, parent=sheet)
        self.formula.set_latex(line.latex, line.plain)
        self.numbers = [ArithmeticText(sheet) for _ in line.numbers]
        for entry in self.numbers:
            entry.copy_all_requested.connect(sheet.copy_all_requested)
        for widget in self.widgets():
            widget.show()
        self.fill(line)

    def fill(self, line: ReadoutLine) -> bool:
        """Show the line of another step; return whether the size of its formula has changed."""
        before = self.formula.sizeHint()
        if line.latex != self.line.latex:
            self.formula.set_latex(line.latex, line.plain)
        self.line = line
        for widget, (name, text) in zip(self.numbers, line.numbers, strict=True):
            widget.set_entry(name, text)
        return self.formula.sizeHint() != before

    def widgets(self) -> list[QWidget]:
        return [self.formula, *self.numbers]

    def set_theme(self, theme: Theme) -> None:
        self.formula.set_theme(theme)
        for widget in self.numbers:
            widget.set_theme(theme)

    def discard(self) -> None:
        for widget in self.widgets():
            widget.hide()
            widget.deleteLater()


class _Sheet(QWidget):
    """Places formulas and numbers side by side if there is space, else below each other.

    It does so without a layout, which would measure each line again sixty times a second.
    """

    arranged = Signal()
    copy_all_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")  # transparent on its card
        self._rows: list[_Row] = []
        self._heights: list[int] = []
        self._arranged_width = 0
        self._arranging = False
        self._theme = LIGHT

    def rows(self) -> list[_Row]:
        return self._rows

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row in self._rows:
            row.set_theme(theme)
        self.arrange()

    def set_lines(self, lines: Sequence[ReadoutLine]) -> None:
        kept = len(self._rows) == len(lines) and all(map(_same_shape, self._rows, lines))
        if kept:
            resized = [row.fill(line) for row, line in zip(self._rows, lines, strict=True)]
            if any(resized) or self._has_outgrown_heights():
                self.arrange(keep_heights=True)
            return
        # When a step is shown line by line, only its last lines change.
        same = 0
        while same < min(len(lines), len(self._rows)) and _same_shape(
            self._rows[same], lines[same]
        ):
            self._rows[same].fill(lines[same])
            same += 1
        for row in self._rows[same:]:
            row.discard()
        new_rows = [_Row(self, line) for line in lines[same:]]
        for row in new_rows:
            row.set_theme(self._theme)
        self._rows = [*self._rows[:same], *new_rows]
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The scroll bar makes the sheet narrower and the formulas smaller, so the bar may disappear
        # again; arranging at the full width would bring it back, and so on for ever.
        widened = self.width() > self._arranged_width
        if self.width() != self._arranged_width and not (self._arranging and widened):
            self.arrange()

    def event(self, event: QEvent) -> bool:
        # The size of a formula changes when it has been typeset and when the font changes.
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.FontChange):
            self.arrange(keep_heights=True)
        return super().event(event)

    def arrange(self, keep_heights: bool = False) -> None:
        """Place all widgets.

        With ``keep_heights`` a line may grow but not shrink, so that nothing below it moves up and
        down while the descent plays.
        """
        self._arranged_width = self.width()
        kept_heights = iter(self._heights if keep_heights else ())
        self._heights = []
        entries = [entry for row in self._rows for entry in row.numbers]
        label_width = max((entry.label_width() for entry in entries), default=0.0)
        for entry in entries:
            entry.set_label_width(label_width)
        column = self._column()
        top = 0
        for row in self._rows:
            formula = _formula_size(row.formula, self.width())
            beside = column > 0 and formula.width() <= column
            left = column + _COLUMN_GAP if beside else _INDENT
            line = row.numbers[0].line_height() if row.numbers else 0
            first = max(formula.height(), line) if beside else formula.height()
            row.formula.setGeometry(
                0, top + (first - formula.height()) // 2, formula.width(), formula.height()
            )
            y = top + ((first - line) // 2 if beside else first)
            for entry in row.numbers:
                width = max(self.width() - left, 1)
                lines = max(entry.lines_at(width), next(kept_heights, 1))
                self._heights.append(lines)
                entry.setGeometry(left, y, width, lines * line)
                y += lines * line
            top = max(top + first, y) + _ROW_GAP
        nested, self._arranging = self._arranging, True
        self.setFixedHeight(max(top - _ROW_GAP, 0))
        self._arranging = nested
        self.arranged.emit()

    def _has_outgrown_heights(self) -> bool:
        entries = (entry for row in self._rows for entry in row.numbers)
        return any(
            entry.lines_at(entry.width()) > height
            for entry, height in zip(entries, self._heights, strict=True)
        )

    def _column(self) -> int:
        """The width of the column of formulas; 0 if the card is too narrow for two columns."""
        widths = [row.formula.sizeHint().width() for row in self._rows]
        column = max((w for w in widths if w <= self.width() * _WIDEST_COLUMN), default=0)
        digit = max(
            (row.numbers[0].digit_width() for row in self._rows if row.numbers), default=0.0
        )
        room = self.width() - column - _COLUMN_GAP
        return column if room >= _ROOM_BESIDE * digit else 0


def _formula_size(formula: FormulaLabel, room: int) -> QSize:
    """The size of a formula, broken into lines if it is wider than ``room``."""
    hint = formula.sizeHint()
    if hint.width() <= room:
        return hint
    return QSize(room, formula.heightForWidth(room))


def _same_shape(row: _Row, line: ReadoutLine) -> bool:
    return [name for name, _ in row.line.numbers] == [name for name, _ in line.numbers]


class StepReadout(QWidget):
    """The title of the step, the rule with its numbers, and the result of the stop test."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._state: RunState | None = None
        self._title = role_label("title")
        self.header = QHBoxLayout()
        self.header.addWidget(self._title, 1)
        self._sheet = _Sheet()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._sheet)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._state_icon = StateIcon()
        self._verdict = role_label("verdict", wraps=True)
        self._remark = role_label("muted", wraps=True)
        self._remark.hide()
        for label in (self._title, self._verdict, self._remark):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # When nothing has changed for a while, lines that grew may shrink again.
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settling.timeout.connect(self._settle)
        self._sheet.arranged.connect(self._fit)
        self._sheet.copy_all_requested.connect(self.copy)
        self._lay_out()
        self._retranslate()

    # Setters

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._sheet.set_theme(theme)
        self._state_icon.set_theme(theme)
        self._recolor()

    def set_title(self, text: str) -> None:
        """Set the title, which names the update."""
        self._title.setText(text)

    def set_lines(self, lines: Sequence[ReadoutLine]) -> None:
        """Show the lines of the update, as far as they may be shown."""
        self._sheet.set_lines(lines)
        self._settling.start()

    def show_last_line(self) -> None:
        """Scroll to the newest line."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    def set_verdict(self, text: str, state: RunState) -> None:
        """Show the result of the stop test, with the icon of the state."""
        self._verdict.setText(text)
        if state != self._state:
            self._state = state
            self._state_icon.set_state(None if state is Activity.MOVING else state)
            self._recolor()

    def set_remark(self, text: str) -> None:
        """Show a remark below the result of the stop test; empty: none."""
        self._remark.setText(text)
        self._remark.setVisible(bool(text))

    def text(self) -> str:
        """The whole step as text, as copied to the clipboard."""
        lines = [self._title.text()]
        for row in self._sheet.rows():
            lines.append(row.line.plain)
            lines.extend(f"    {entry.text()}" for entry in row.numbers)
        return "\n".join(filter(None, [*lines, self._verdict.text(), self._remark.text()]))

    # Its parts

    def _lay_out(self) -> None:
        verdict = QHBoxLayout()
        verdict.setSpacing(6)
        verdict.addWidget(self._state_icon, 0, Qt.AlignmentFlag.AlignTop)
        verdict.addWidget(self._verdict, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(self.header)
        column.addWidget(self._scroll, 1000)
        column.addLayout(verdict)
        column.addWidget(self._remark)
        column.addStretch(1)

    @Slot()
    def _fit(self) -> None:
        """Limit the height so that the verdict is right below the last line if all lines fit."""
        self._scroll.setMaximumHeight(self._sheet.height())

    @Slot()
    def _settle(self) -> None:
        self._sheet.arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    @Slot()
    def copy(self) -> None:
        """Copy the whole step to the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("This step"))
        self._scroll.setAccessibleName(self.tr("The rule with the numbers of this step"))
        self._scroll.setAccessibleDescription(self.tr("Ctrl+C copies the whole step"))

    def _recolor(self) -> None:
        # A style sheet, because that of the application overrides a palette.
        self._verdict.setStyleSheet(f"color: {text_color(self._state, self._theme)};")
