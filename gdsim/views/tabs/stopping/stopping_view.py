"""The tab "Stopping": why the run stopped, and where the other rules would have stopped it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gdsim.views.tabs.stopping.quantity_plot import QuantityPlot
from gdsim.views.theme import LIGHT, SPACING, Theme
from gdsim.views.widgets.choice_box import Choice, ChoiceBox
from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.status_line import Activity, RunState, StateIcon, text_color
from gdsim.views.widgets.style_roles import role_label, scrolled

_LINK_COLUMN = 2


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A stop rule: its key and text, its quantity at the shown step, where it would have stopped.

    ``row`` is the number of that row, None if there is none; ``is_current``: whether the run uses
    this rule.
    """

    key: str
    rule: str
    value: str
    first: str
    row: int | None
    is_current: bool


class StoppingView(QWidget):
    """The sentence on the ending, the plot of a quantity, and the table of stop rules."""

    rule_chosen = Signal(str)
    """The key of the rule whose quantity the user wants to plot."""
    step_selected = Signal(int)
    """The user went to this row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._state: RunState | None = None
        self._rows: tuple[RuleRow, ...] = ()
        self._heading = ""
        self._state_icon = StateIcon()
        self._sentence = role_label("heading", wraps=True)
        self._test = role_label("muted", wraps=True)
        for label in (self._sentence, self._test):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._choice_title = role_label("plain")
        self.choice = ChoiceBox()
        self._choice_title.setBuddy(self.choice)
        self.plot = QuantityPlot()
        self.table = QTableWidget(0, 3)
        self._set_up_table()
        self._lay_out()
        self.choice.chosen.connect(self.rule_chosen)
        self.plot.step_selected.connect(self.step_selected)
        self.table.cellClicked.connect(self._on_clicked)
        self.table.cellActivated.connect(self._on_activated)
        self._retranslate()

    def _set_up_table(self) -> None:
        table = self.table
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setStyleSheet("QTableView::item { padding: 0 4px; }")  # in line with its header
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(1)  # the rows are as high as their text
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)

    def _lay_out(self) -> None:
        sentence = QHBoxLayout()
        sentence.setSpacing(6)
        sentence.addWidget(self._state_icon, 0, Qt.AlignmentFlag.AlignTop)
        sentence.addWidget(self._sentence, 1)
        choice = QHBoxLayout()
        choice.setSpacing(SPACING)
        choice.addWidget(self._choice_title)
        choice.addWidget(self.choice, 1)
        sheet = QWidget()
        sheet.setObjectName("panel")  # transparent on its card
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING - 2)
        column.addLayout(sentence)
        column.addWidget(self._test)
        column.addLayout(choice)
        column.addWidget(self.plot, 1)
        column.addWidget(self.table)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(sheet))

    def tab_title(self) -> str:
        """The title of the tab."""
        return self.tr("Stopping")

    # Setters

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._state_icon.set_theme(theme)
        self.plot.set_theme(theme)
        self._recolor()
        self._fill()

    def set_sentence(self, text: str, state: RunState) -> None:
        """Show the ending, or that there is none, with the icon of the state."""
        self._sentence.setText(text)
        if state != self._state:
            self._state = state
            self._state_icon.set_state(None if state is Activity.MOVING else state)
            self._recolor()

    def set_test(self, text: str) -> None:
        """Show the result of the stop test at the shown step; empty if the sentence has it."""
        self._test.setText(text)
        self._test.setVisible(bool(text))

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Set the rules whose quantities can be plotted."""
        self.choice.set_choices(choices)

    def set_choice(self, key: str) -> None:
        """Show the rule whose quantity is plotted."""
        self.choice.set_key(key)

    def set_rules(self, heading: str, rows: Sequence[RuleRow]) -> None:
        """Set the rows of the table; ``heading`` is above the quantities, such as ``t = 12``."""
        if (heading, tuple(rows)) != (self._heading, self._rows):
            self._heading, self._rows = heading, tuple(rows)
            self._fill()

    # Internals

    def _fill(self) -> None:
        table = self.table
        table.setRowCount(len(self._rows))
        self._title_columns()
        for index, row in enumerate(self._rows):
            for column, text in enumerate((row.rule, row.value, row.first)):
                item = table.item(index, column) or QTableWidgetItem()
                item.setText(text)
                item.setToolTip(literal(text))
                item_font = item.font()
                item_font.setBold(row.is_current and column == 0)
                item.setFont(item_font)
                link = column == _LINK_COLUMN and row.row is not None
                item.setForeground(QColor(self._theme.accent if link else self._theme.text))
                if table.item(index, column) is None:
                    table.setItem(index, column, item)
            table.setRowHeight(index, self.fontMetrics().height() + 4)
        header = table.horizontalHeader().sizeHint().height()
        body = sum(table.rowHeight(index) for index in range(len(self._rows)))
        table.setFixedHeight(header + body + 2 * table.frameWidth())

    def _recolor(self) -> None:
        # A style sheet, because that of the application overrides a palette.
        self._sentence.setStyleSheet(f"color: {text_color(self._state, self._theme)};")

    @Slot(int, int)
    def _on_clicked(self, index: int, column: int) -> None:
        """A click on a row number goes to that row; a click on a rule plots its quantity."""
        if column == _LINK_COLUMN:
            self._on_activated(index, column)
        elif index < len(self._rows):
            self.rule_chosen.emit(self._rows[index].key)

    @Slot(int, int)
    def _on_activated(self, index: int, _column: int) -> None:
        row = self._rows[index].row if index < len(self._rows) else None
        if row is not None:
            self.step_selected.emit(row)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _title_columns(self) -> None:
        self.table.setHorizontalHeaderLabels(
            [self.tr("Stop rule"), self._heading, self.tr("Would stop at")]
        )

    def _retranslate(self) -> None:
        self._choice_title.setText(self.tr("Quantity"))
        self.choice.setAccessibleName(self.tr("Quantity on the plot"))
        self.choice.setToolTip(
            self.tr("The rule whose quantity is plotted; the run does not change")
        )
        self.table.setAccessibleName(self.tr("Where each stop rule would have stopped"))
        self.table.setToolTip(
            self.tr("Click a rule to plot its quantity, a step to go there (or press Enter)")
        )
        self._title_columns()
