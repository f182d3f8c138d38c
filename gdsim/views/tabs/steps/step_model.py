"""The rows of a run as a Qt model: read in small windows, never all at once."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gdsim.core.number_text import shown
from gdsim.core.run.step_rows import Column, Row, columns, read_rows
from gdsim.core.run.trace import Trace

Index = QModelIndex | QPersistentModelIndex

_WINDOW = 64
_WINDOWS_KEPT = 16
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NO_INDEX = QModelIndex()
_NONE_THERE = "–"
_ROSE = "▲"


class StepModel(QAbstractTableModel):
    """A row for each step, with t as its header; the columns are those of ``step_rows``.

    It knows the number of rows and reads only rows that are visible, so new rows cost nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trace: Trace | None = None
        self.most: int | None = None
        self.columns: tuple[Column, ...] = ()
        self._loss = -1
        self._length = 0
        self._windows: OrderedDict[int, list[Row]] = OrderedDict()

    def set_trace(self, trace: Trace | None, most: int | None = None) -> None:
        """Show another run, at most its first ``most`` rows; None: no run."""
        self.beginResetModel()
        self.trace, self.most = trace, most
        self.columns = () if trace is None else columns(trace)
        keys = [column.key for column in self.columns]
        self._loss = keys.index("loss") if keys else -1
        self._length = self._available()
        self._windows.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Add the rows that were added to the trace."""
        length = self._available()
        if length > self._length:
            self.beginInsertRows(QModelIndex(), self._length, length - 1)
            self._length = length
            self.endInsertRows()

    def _available(self) -> int:
        length = 0 if self.trace is None else len(self.trace)
        return length if self.most is None else min(length, self.most)

    def value(self, row: int, column: int) -> float | None:
        """The number in a cell; None if the optimizer of that row has no such state."""
        return self._row(row)[column]

    def text(self, row: int, column: int) -> str:
        """The text of a cell; a loss that has risen has the same mark as on the plots."""
        value = self.value(row, column)
        if value is None:
            return _NONE_THERE
        if column == self._loss and row > 0:
            before = self.value(row - 1, column)
            if before is not None and value > before:
                return f"{_ROSE} {shown(value)}"
        return shown(value)

    def _row(self, row: int) -> Row:
        assert self.trace is not None
        window_number, offset = divmod(row, _WINDOW)
        window = self._windows.get(window_number)
        if window is None or offset >= len(window):
            # The newest window grows with the run.
            start = window_number * _WINDOW
            window = read_rows(self.trace, start, min(start + _WINDOW, self._length))
            self._windows[window_number] = window
            while len(self._windows) > _WINDOWS_KEPT:
                self._windows.popitem(last=False)
        return window[offset]

    # Methods that Qt calls

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self._length

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._exactly(index.row(), index.column())
        return None

    def _exactly(self, row: int, column: int) -> str:
        """The number of a cell with all its digits, with t and the name of the column."""
        value = self.value(row, column)
        number = _NONE_THERE if value is None else repr(value).replace("-", "−")
        return f"t = {row}: {self.columns[column].title} = {number}"

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return str(section)
            return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole else None
        if role == Qt.ItemDataRole.DisplayRole and section < len(self.columns):
            return self.columns[section].title
        return None
