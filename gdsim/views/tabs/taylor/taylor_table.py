"""The table of predicted and actual ΔL of a step, with the arithmetic."""

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
    """A piece of a line of the plots, as a legend; for its kinds see ``line_pen``."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.set_theme(LIGHT)

    def set_kind(self, kind: str) -> None:
        """Show the line of another kind."""
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
    """Arithmetic whose height in a layout depends on its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_text(self, text: str) -> None:
        """Show arithmetic without the name of a parameter."""
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
    """ΔL, predicted or actual: kind, name, formula, arithmetic, value, and error."""

    kind: str
    name: str
    latex: str
    plain: str
    numbers: str
    value: str
    error: str


class _Row:
    """The widgets of one row of the table."""

    def __init__(self, grid: QGridLayout, index: int) -> None:
        self.sample = LineSample("actual")
        self.name = role_label("heading")
        self.formula = FormulaLabel("text_muted", 1.0)
        self.numbers = Arithmetic()
        self.value, self.error = role_label("numbers"), role_label("")
        for label in (self.name, self.value, self.error):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.sample, index, 0, middle)
        grid.addWidget(self.name, index, 1, middle)
        grid.addWidget(self.value, index, 2, right | middle)
        grid.addWidget(self.error, index, 3, right | middle)
        grid.addWidget(self.formula, index + 1, 1, top)
        grid.addWidget(self.numbers, index + 1, 2, 1, 2)

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
    """ΔL predicted by first order, second order and perhaps a higher one, and the actual ΔL."""

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
        """Show these rows; widgets are reused."""
        self._shown = tuple(rows)
        while len(self._rows) < len(rows):
            row = _Row(self._grid, 1 + 2 * len(self._rows))
            row.set_theme(self._theme)
            self._rows.append(row)
        for index, row in enumerate(self._rows):
            for widget in row.widgets():
                widget.setVisible(index < len(rows))
            if index < len(rows):
                row.fill(rows[index])
        for title in (self._value_title, self._error_title):
            title.setVisible(bool(rows))

    def text(self) -> str:
        """The table as text, for screen readers and for copying."""
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
        self._error_title.setText(self.tr("error"))
        self._error_title.setToolTip(
            self.tr("Predicted minus actual change, and the same as a share of the actual change")
        )
