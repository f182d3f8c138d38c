"""The runs of a race as a Qt model, a run in each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon

from gdsim.views.run.run_symbol import run_icon
from gdsim.views.theme import LIGHT, RunStyle, Theme

Index = QModelIndex | QPersistentModelIndex

RUN, T, LOSS, SLOPE, EVALUATIONS, STATUS = range(6)

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class RaceRow:
    """One run: its style, its name, and its numbers and status at the shown t.

    ``status``: a word, or its rank and the t at which it met its stop rule; ``sentence``: the same
    as a sentence.
    """

    style: RunStyle
    name: str
    is_visible: bool
    has_own_start: bool
    t: str
    loss: str
    slope: str
    evaluations: str
    status: str
    sentence: str

    def text(self, column: int) -> str:
        texts = (self.name, self.t, self.loss, self.slope, self.evaluations, self.status)
        return texts[column]


class RaceModel(QAbstractTableModel):
    """Shows rows. What the user ticks or types is only emitted as a request."""

    visibility_requested = Signal(int, bool)
    name_requested = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[RaceRow, ...] = ()
        self._titles: tuple[tuple[str, str], ...] = ()
        self._theme = LIGHT
        self._ratio = 1.0
        self._icons: dict[RunStyle, QIcon] = {}

    def set_rows(self, rows: Sequence[RaceRow]) -> None:
        """Show these rows; only rows that have changed are painted again."""
        old, self.rows = self.rows, tuple(rows)
        if len(old) != len(self.rows):
            self.beginResetModel()
            self.endResetModel()
            return
        for row_index, (before, after) in enumerate(zip(old, self.rows, strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(row_index, RUN), self.index(row_index, STATUS))

    def set_titles(self, titles: Sequence[tuple[str, str]]) -> None:
        """Set the title of each column and a sentence for its tool tip."""
        self._titles = tuple(titles)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, RUN, STATUS)

    def set_look(self, theme: Theme, ratio: float) -> None:
        """Set the theme, and the number of physical pixels per pixel."""
        self._theme, self._ratio = theme, ratio
        self._icons = {}
        if self.rows:
            self.dataChanged.emit(self.index(0, RUN), self.index(len(self.rows) - 1, RUN))

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._titles):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section][0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._titles[section][1]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.text(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.sentence if column == STATUS else row.text(column)
        if role == Qt.ItemDataRole.TextAlignmentRole and T <= column <= EVALUATIONS:
            return _RIGHT
        if column == RUN and role == Qt.ItemDataRole.DecorationRole:
            if row.style not in self._icons:
                self._icons[row.style] = run_icon(self._theme, row.style, self._ratio)
            return self._icons[row.style]
        if column == RUN and role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.is_visible else Qt.CheckState.Unchecked
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.column() == RUN:
            flags |= Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Emit what the user wants; the rows change only by ``set_rows``."""
        if role == Qt.ItemDataRole.CheckStateRole:
            is_visible = Qt.CheckState(value) is Qt.CheckState.Checked
            self.visibility_requested.emit(index.row(), is_visible)
        elif role == Qt.ItemDataRole.EditRole:
            self.name_requested.emit(index.row(), str(value).strip())
        return False
