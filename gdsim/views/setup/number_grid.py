"""Named numbers side by side: a start point, hyperparameters, constants of a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import ceil

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.theme import LIGHT, Theme
from gdsim.views.theme.icons import icon
from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.number_field import NumberField

Symbol = tuple[str, str]
"""A name as LaTeX and as plain text."""

_COLUMN_GAP = 10
_NAME_GAP = 6
# The smallest width of a field in pixels, and the width at which it shows 0.999.
_LEAST_FIELD, _PREFERRED_FIELD = 40, 60


class NumberGrid(QWidget):
    """A field for each symbol, ``columns`` in a row, with errors below all of them.

    A name that is too long for one column has several columns.

    Parameters
    ----------
    has_switches : whether there can be a switch beside each name; :meth:`set_switches` shows them.
    """

    number_entered = Signal(int, float)
    switched = Signal(int)
    """The switch beside the name with this index was pressed."""

    def __init__(
        self, columns: int, parent: QWidget | None = None, *, has_switches: bool = False
    ) -> None:
        super().__init__(parent)
        self._has_switches = has_switches
        self._columns = columns
        self._theme = LIGHT
        self._tool_tip = ""
        self._symbols: tuple[Symbol, ...] = ()
        self._cells: list[QWidget] = []
        self._labels: list[FormulaLabel] = []
        self._fields: list[NumberField] = []
        self._switches: list[QToolButton] = []
        self._switch_texts: tuple[tuple[str, str], ...] = ()
        self._spans: list[int] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(_COLUMN_GAP)
        self._grid.setVerticalSpacing(4)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._errors = QVBoxLayout()
        self._errors.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._grid)
        layout.addLayout(self._errors)
        self.hide()

    @property
    def fields(self) -> Sequence[NumberField]:
        """The fields, in the order of the names."""
        return tuple(self._fields)

    @property
    def switches(self) -> Sequence[QToolButton]:
        """The switches beside the names; none where there are none."""
        return tuple(self._switches if self._switch_texts else ())

    def set_switches(self, texts: Sequence[tuple[str, str]]) -> None:
        """Show a switch beside each name, with this accessible name and tool tip.

        Without texts there are no switches. To be called after :meth:`set_numbers`.
        """
        self._switch_texts = tuple(texts)
        for switch in self._switches:
            switch.setVisible(bool(texts))
        for switch, (name, tip) in zip(self._switches, texts, strict=bool(texts)):
            switch.setAccessibleName(name)
            switch.setToolTip(literal(tip))
        self._place()

    def set_numbers(self, symbols: Sequence[Symbol], values: Sequence[float]) -> None:
        """Show the values; if the symbols have changed, the fields are built anew."""
        if tuple(symbols) != self._symbols:
            self._build(tuple(symbols))
        for field, value in zip(self._fields, values, strict=True):
            field.set_value(value)

    def set_tool_tip(self, text: str) -> None:
        self._tool_tip = text
        for field in self._fields:
            field.set_tool_tip(text)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for switch in self._switches:
            switch.setIcon(icon("unlock", theme))
        for label, field in zip(self._labels, self._fields, strict=True):
            label.set_theme(theme)
            field.setMinimumWidth(theme.pixels(_LEAST_FIELD))

    def _build(self, symbols: tuple[Symbol, ...]) -> None:
        for widget in (*self._cells, *(field.error_label for field in self._fields)):
            # Hide it at once, because deletion waits for the event loop.
            widget.hide()
            widget.deleteLater()
        self._symbols = symbols
        self._cells, self._labels, self._fields, self._switches = [], [], [], []
        self._switch_texts = ()
        self._spans = []
        before = self._previous_in_tab_order()
        for index, symbol in enumerate(symbols):
            line = self._add(index, symbol).line
            # New widgets are last in the window's tab order, so they are moved here.
            for widget in (*self._switches[index:], line):
                if before is not None:
                    QWidget.setTabOrder(before, widget)
                before = widget
        self._place()
        self.setVisible(bool(symbols))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def event(self, event: QEvent) -> bool:
        # The size of a name changes when it has been typeset and when the font changes.
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def _place(self) -> None:
        """Put the cells in rows, as many per row as fit with whole names."""
        spans = [self._span(label) for label in self._labels]
        if spans == self._spans:
            return
        self._spans = spans
        row = column = 0
        for cell, span in zip(self._cells, spans, strict=True):
            self._grid.removeWidget(cell)
            if column + span > self._columns:
                row, column = row + 1, 0
            self._grid.addWidget(cell, row, column, 1, span)
            column += span

    def _span(self, label: FormulaLabel) -> int:
        """The number of columns that a name and its field need."""
        needed = (
            label.sizeHint().width()
            + _NAME_GAP
            + (self._switches[0].sizeHint().width() if self._switch_texts else 0)
            + self._theme.pixels(_PREFERRED_FIELD)
            + _COLUMN_GAP
        )
        column = (self.width() + _COLUMN_GAP) / self._columns
        return min(max(ceil(needed / column), 1), self._columns)

    def _previous_in_tab_order(self) -> QWidget | None:
        """The widget before this grid in the tab order; None: the grid is in no window yet."""
        widget = self.previousInFocusChain()
        while widget is not None and widget is not self:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not self.isAncestorOf(widget):
                return widget
            widget = widget.previousInFocusChain()
        return None

    def _add(self, index: int, symbol: Symbol) -> NumberField:
        latex, plain = symbol
        label = FormulaLabel()
        label.set_theme(self._theme)
        label.set_latex(latex, plain)
        field = NumberField()
        field.set_accessible_name(plain)
        field.set_tool_tip(self._tool_tip)
        field.value_entered.connect(partial(self._on_value_entered, index))
        # The field has the width that its name leaves free.
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        field.setMinimumWidth(self._theme.pixels(_LEAST_FIELD))
        cell = QWidget(self)
        row = QHBoxLayout(cell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_NAME_GAP)
        if self._has_switches:
            self._add_switch(index, row)
        row.addWidget(label)
        row.addWidget(field, 1)
        # The error is below the grid, because a field is too narrow for a sentence.
        self._errors.addWidget(field.error_label)
        self._cells.append(cell)
        self._labels.append(label)
        self._fields.append(field)
        return field

    def _add_switch(self, index: int, row: QHBoxLayout) -> None:
        switch = QToolButton()
        switch.setProperty("flat", True)
        switch.setIcon(icon("unlock", self._theme))
        switch.clicked.connect(partial(self._on_switched, index))
        row.addWidget(switch)
        switch.hide()
        self._switches.append(switch)

    def _on_switched(self, index: int) -> None:
        self.switched.emit(index)

    def _on_value_entered(self, index: int, value: float) -> None:
        self.number_entered.emit(index, value)
