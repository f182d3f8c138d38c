"""The list for choosing columns: quantities, with their parameters below them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from gdsim.core.run.step_rows import Column
from gdsim.views.theme import SPACING

_KEY = Qt.ItemDataRole.UserRole
_MOST_ROWS = 14
# With at most this many parameters, the lines of the parameters are shown at once.
_FEW = 3


class ColumnChooser(QFrame):
    """A popup that stays open while columns are ticked; Esc or a click outside closes it."""

    chosen = Signal(object)
    """The keys of the ticked columns, as a frozenset."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.list = QTreeWidget()
        self.list.setHeaderHidden(True)
        self.list.setUniformRowHeights(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.itemChanged.connect(self._on_changed)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACING, SPACING, SPACING, SPACING)
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        box.addWidget(self.list)
        self._retranslate()

    def open_at(self, spot: QPoint, columns: Sequence[Column], hidden: Collection[str]) -> None:
        """Open the popup with its top right corner at ``spot``; visible columns are ticked."""
        with QSignalBlocker(self.list):
            self._fill(columns, hidden)
        tops = self._tops()
        few = all(item.childCount() <= _FEW for item in tops)
        for item in tops:
            item.setExpanded(few)
        rows = sum(1 + item.childCount() * item.isExpanded() for item in tops)
        height = self.list.sizeHintForRow(0) * min(rows, _MOST_ROWS) + 4
        self.list.setFixedSize(max(self.list.sizeHintForColumn(0) + 40, 150), height)
        self.adjustSize()
        self.move(spot - QPoint(self.width(), 0))
        self.show()
        self.list.setFocus()
        if tops:
            self.list.setCurrentItem(tops[0])

    def _fill(self, columns: Sequence[Column], hidden: Collection[str]) -> None:
        self.list.clear()
        for _, group in groupby(columns, key=lambda column: column.quantity):
            members = list(group)
            top = QTreeWidgetItem(self.list, [members[0].symbol])
            if len(members) == 1:
                _tick(top, members[0], hidden)
                continue
            top.setFlags(top.flags() | Qt.ItemFlag.ItemIsAutoTristate)
            for column in members:
                _tick(QTreeWidgetItem(top, [column.title]), column, hidden)

    def _tops(self) -> list[QTreeWidgetItem]:
        found = (self.list.topLevelItem(index) for index in range(self.list.topLevelItemCount()))
        return [item for item in found if item is not None]

    @Slot()
    def _on_changed(self) -> None:
        ticked = Qt.CheckState.Checked
        leaves = [leaf for top in self._tops() for leaf in _leaves(top)]
        self.chosen.emit(
            frozenset(leaf.data(0, _KEY) for leaf in leaves if leaf.checkState(0) == ticked)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Columns of the step table"))


def _tick(item: QTreeWidgetItem, column: Column, hidden: Collection[str]) -> None:
    item.setData(0, _KEY, column.key)
    shown = column.key not in hidden
    item.setCheckState(0, Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)


def _leaves(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    children = (item.child(index) for index in range(item.childCount()))
    return [child for child in children if child is not None] or [item]
