"""The base of tables with a run in each row."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gdsim.views.run.run_symbol import symbol_size
from gdsim.views.theme import LIGHT


class RunTable(QTableView):
    """A table in which one whole row is selected; its first cell shows the symbol of the run."""

    resized = Signal()
    """The width for all columns has changed."""

    def __init__(self, model: QAbstractItemModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setIconSize(symbol_size(LIGHT))
        self.setProperty("role", "dense")
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        # Widths that follow the numbers would change all the time while runs move.
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)

    def full_width(self, column: int) -> int:
        """The smallest width at which no cell of a column is cut off."""
        return max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
