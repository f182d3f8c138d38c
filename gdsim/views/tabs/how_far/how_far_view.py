"""The tab "How far": the loss along −∇L, the curvature in numbers, and a forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from gdsim.core.how_far.line_slice import LineSlice
from gdsim.views.formula.arithmetic_text import ArithmeticText
from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.plot.legend import Entry, Legend
from gdsim.views.tabs.how_far.slice_layer import draw_slice_symbol
from gdsim.views.tabs.how_far.slice_view import SliceView
from gdsim.views.theme import LIGHT, SPACING, Theme
from gdsim.views.widgets.style_roles import role_label, scrolled

_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class NamedNumber:
    """A quantity as LaTeX and as plain text, with the text of its value, such as ``= 74.2``."""

    latex: str
    plain: str
    text: str


class _Cell(QWidget):
    """The widgets of one named number."""

    def __init__(self) -> None:
        super().__init__()
        self.symbol = FormulaLabel("text_muted", 1.0)
        self.number = ArithmeticText()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self.symbol)
        row.addWidget(self.number, 1)

    def fill(self, named: NamedNumber) -> None:
        self.symbol.set_latex(named.latex, named.plain)
        self.number.set_entry("", named.text)

    def set_theme(self, theme: Theme) -> None:
        self.symbol.set_theme(theme)
        self.number.set_theme(theme)


class HowFarView(QWidget):
    """The plot of the slice, the named numbers and the forecast for the shown step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._forecast_texts = ("", "", "")
        self.plot = SliceView()
        self.legend = Legend(draw_slice_symbol)
        self._no_line = role_label("muted", wraps=True)
        self._aside = role_label("muted", wraps=True)
        self._cells = [_Cell() for _ in range(2 * _COLUMNS)]
        self._shown: tuple[NamedNumber, ...] = ()
        self._forecast = role_label("", wraps=True)
        # Rich text, because the first word is coloured; neither text comes from the user.
        self._forecast.setTextFormat(Qt.TextFormat.RichText)
        self._scope = role_label("muted", wraps=True)
        for label in self._labels():
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self.set_slice(None, (), "")
        self.set_numbers(())
        self.set_forecast("", "", "", "")
        self._retranslate()

    def _labels(self) -> tuple[QLabel, ...]:
        return (self._no_line, self._aside, self._forecast, self._scope)

    def _lay_out(self) -> None:
        contents = QWidget()
        contents.setObjectName("panel")  # transparent on its card
        column = QVBoxLayout(contents)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING - 2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for index, cell in enumerate(self._cells):
            grid.addWidget(cell, index // _COLUMNS, index % _COLUMNS)
        for index, share in enumerate((5, 5, 4)):  # the third holds the shortest number
            grid.setColumnStretch(index, share)
        column.addWidget(self.plot, 1)
        column.addWidget(self._no_line)
        column.addWidget(self.legend)
        column.addWidget(self._forecast)
        column.addLayout(grid)
        column.addWidget(self._aside)
        column.addWidget(self._scope)
        column.addStretch(0)
        self._scroll = scrolled(contents)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def tab_title(self) -> str:
        """The title of the tab."""
        return self.tr("How far")

    # Setters

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.plot.set_theme(theme)
        self.legend.set_theme(theme)
        for cell in self._cells:
            cell.set_theme(theme)
        self._write_forecast()

    def set_slice(self, line: LineSlice | None, legend: Sequence[Entry], aside: str) -> None:
        """Show a line with its legend and a sentence; without a line the sentence says why."""
        self.plot.set_slice(line)
        self.plot.setVisible(line is not None)
        self.legend.set_entries(legend)
        self.legend.setVisible(line is not None)
        for label, text in (
            (self._no_line, "" if line is not None else aside),
            (self._aside, aside if line is not None else ""),
        ):
            _set_text(label, text)

    def set_numbers(self, numbers: Sequence[NamedNumber]) -> None:
        """Show up to six numbers: eigenvalues, and what follows from them."""
        if tuple(numbers) == self._shown:
            return
        self._shown = tuple(numbers)
        for index, cell in enumerate(self._cells):
            cell.setVisible(index < len(numbers))
            if index < len(numbers):
                cell.fill(numbers[index])

    def set_forecast(self, word: str, sentence: str, scope: str, mood: str) -> None:
        """Show what will happen, in a word and in a sentence; ``scope``: when that holds.

        ``mood``: good, slow, bad, or empty where there is no forecast.
        """
        if (word, sentence, mood) != self._forecast_texts:
            self._forecast_texts = (word, sentence, mood)
            self._write_forecast()
        _set_text(self._scope, scope)

    def text(self) -> str:
        """All texts of the tab."""
        numbers = [f"{named.plain} {named.text}" for named in self._shown]
        word, sentence, _ = self._forecast_texts
        texts = [self._no_line.text(), self._aside.text(), word, sentence, self._scope.text()]
        return "\n".join(line for line in [*self.legend.texts(), *numbers, *texts] if line)

    # Internals

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("How far"))
        self._scroll.setAccessibleName(self.tr("How long a step may be here"))

    def _write_forecast(self) -> None:
        word, sentence, mood = self._forecast_texts
        colours = {
            "good": self._theme.minimum_on_card,
            "slow": self._theme.warning,
            "bad": self._theme.error,
        }
        colour = colours.get(mood, self._theme.text)
        head = f'<b style="color: {colour}">{escape(word)}</b>' if word else ""
        space = "&nbsp; " if head and sentence else ""
        _set_text(self._forecast, f"{head}{space}{escape(sentence)}")


def _set_text(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
    label.setVisible(bool(text))
