"""What was foretold of a step and what came of it, line beneath line, with the arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gdsim.views.formula.arithmetic_text import ArithmeticText
from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.overlays.approximation_layer import line_pen
from gdsim.views.theme import LIGHT, Theme
from gdsim.views.widgets.style_roles import role_label

_SAMPLE = (26, 12)


class LineSample(QWidget):
    """A piece of the line that stands for something on the plots: a legend."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.set_theme(LIGHT)

    def set_kind(self, kind: str) -> None:
        """Which of the curves it is a sample of."""
        self._kind = kind
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFixedSize(*map(theme.pixels, _SAMPLE))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = line_pen(self._theme, self._kind)
        if pen.dashPattern():
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(2, self.height() // 2, self.width() - 2, self.height() // 2)


class Arithmetic(ArithmeticText):
    """Arithmetic that tells a layout how many lines it takes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_text(self, text: str) -> None:
        """Show a line of arithmetic."""
        before = self.lines_at(max(self.width(), 1))
        self.set_entry("", text)
        if self.lines_at(max(self.width(), 1)) != before:
            self.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.lines_at(width) * self.line_height()

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.line_height())


@dataclass(frozen=True, slots=True)
class TaylorRow:
    """One way to ΔL: its name, the formula, the arithmetic, the value, and how far off it is."""

    kind: str
    name: str
    latex: str
    plain: str
    numbers: str
    value: str
    error: str


class _Row:
    """The widgets of one line of the table."""

    def __init__(self, grid: QGridLayout, place: int) -> None:
        self.sample = LineSample("actual")
        self.name = role_label("heading")
        self.formula = FormulaLabel("text_muted", 1.0)
        self.numbers = Arithmetic()
        self.value, self.error = role_label("numbers"), role_label("")
        for label in (self.name, self.value, self.error):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.sample, place, 0, middle)
        grid.addWidget(self.name, place, 1, middle)
        grid.addWidget(self.value, place, 2, right | middle)
        grid.addWidget(self.error, place, 3, right | middle)
        grid.addWidget(self.formula, place + 1, 1, top)
        grid.addWidget(self.numbers, place + 1, 2, 1, 2)

    def widgets(self) -> tuple[QWidget, ...]:
        return (self.sample, self.name, self.formula, self.numbers, self.value, self.error)

    def fill(self, row: TaylorRow) -> None:
        self.sample.set_kind(row.kind)
        self.formula.set_latex(row.latex, row.plain)
        self.numbers.set_text(row.numbers)
        for label, text in (
            (self.name, row.name),
            (self.value, row.value),
            (self.error, row.error),
        ):
            if label.text() != text:
                label.setText(text)

    def set_theme(self, theme: Theme) -> None:
        self.sample.set_theme(theme)
        self.formula.set_theme(theme)
        self.numbers.set_theme(theme)


class TaylorTable(QWidget):
    """First order, second order, perhaps a higher one, and what came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._rows: list[_Row] = []
        self._shown: tuple[TaylorRow, ...] = ()
        self._value_title, self._error_title = role_label("muted"), role_label("muted")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1)
        right = Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(self._value_title, 0, 2, right)
        self._grid.addWidget(self._error_title, 0, 3, right)
        self._retranslate()

    def set_rows(self, rows: Sequence[TaylorRow]) -> None:
        """Show these lines; widgets are kept from step to step."""
        self._shown = tuple(rows)
        while len(self._rows) < len(rows):
            row = _Row(self._grid, 1 + 2 * len(self._rows))
            row.set_theme(self._theme)
            self._rows.append(row)
        for place, row in enumerate(self._rows):
            for widget in row.widgets():
                widget.setVisible(place < len(rows))
            if place < len(rows):
                row.fill(rows[place])
        for title in (self._value_title, self._error_title):
            title.setVisible(bool(rows))

    def text(self) -> str:
        """The table in words, as a screen reader or a copy has it."""
        return "\n".join(
            f"{row.name}: {row.plain} {'' if row.numbers[:1] in '=≈' else '= '}{row.numbers}"
            + (f"  [{row.error}]" if row.error else "")
            for row in self._shown
        )

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row in self._rows:
            row.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._value_title.setText(self.tr("change of L"))
        self._error_title.setText(self.tr("how wrong"))
        self._error_title.setToolTip(
            self.tr("Foretold minus actual, and its share of what really happened")
        )
