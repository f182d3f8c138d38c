"""The grid of the step table: its look, its sizes, and the choice of columns."""

from __future__ import annotations

from math import log10

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QWidget,
)

from gdsim.core.run.step_rows import Column
from gdsim.views.tabs.steps.step_model import StepModel
from gdsim.views.widgets.style_roles import role_label

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SHORT_NUMBER = "−0.123"
_PADDING = 16
_SELECT_ROW = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)


class _RowHeader(QHeaderView):
    """A header of a fixed width. Qt would measure 200 sections at each new row."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultAlignment(_RIGHT)
        self._width = 0

    def set_width(self, width: int) -> None:
        if width != self._width:
            self._width = width
            self.setFixedWidth(width)

    def sizeHint(self) -> QSize:
        return QSize(self._width, 0)


class StepGrid(QTableView):
    """The rows of a StepModel, with t always visible at the left."""

    row_chosen = Signal(int)
    """The row to which the user went."""

    def __init__(self, model: StepModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = model
        self._shown = -1
        self._hidden: frozenset[str] = frozenset()
        self._hidden_quantities: frozenset[str] = frozenset()
        self._widths: dict[str, int] = {}
        self._row_header = _RowHeader()
        self.setVerticalHeader(self._row_header)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self._set_up_headers()
        self.corner = self._label_corner()
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(self._widen)
        self.measure()

    def _set_up_headers(self) -> None:
        columns = self.horizontalHeader()
        columns.setDefaultAlignment(_RIGHT)
        columns.setHighlightSections(False)
        columns.setResizeContentsPrecision(0)  # only what is visible
        columns.setMinimumSectionSize(32)
        # When it paints a title, Qt checks all selected rows to find out whether the neighbouring
        # columns are selected. Only rows can be selected, so an empty selection model is enough.
        columns.setSelectionModel(QItemSelectionModel(self._steps, columns))

    def _label_corner(self) -> QWidget:
        """Label the corner above the row headers with t; Qt's corner is a button without text."""
        corner = self.findChild(QAbstractButton)
        assert isinstance(corner, QAbstractButton)
        label = role_label("muted")
        label.setText("t")
        label.setAlignment(_RIGHT)
        box = QHBoxLayout(corner)
        box.setContentsMargins(0, 0, _PADDING // 2, 0)
        box.addWidget(label)
        return corner

    # Rows

    def reset(self) -> None:
        """Adapt to another run in the model."""
        self._shown = -1
        self._size_columns()
        self.fit_row_header()

    def fit_row_header(self) -> None:
        """Adapt the width of the row header to the largest t, after rows were added."""
        digits = max(3, int(log10(max(self._steps.rowCount(), 1))) + 1)
        width = self.fontMetrics().horizontalAdvance("0" * digits) + _PADDING + 4
        self._row_header.set_width(width)

    def set_shown(self, row: int) -> None:
        """Select a row and scroll to it, but only once: the user may scroll away from it."""
        if row == self._shown or not 0 <= row < self._steps.rowCount():
            return
        self._shown = row
        index = self._steps.index(row, self._whole_column())
        self.selectionModel().setCurrentIndex(index, _SELECT_ROW)
        self.scrollTo(index)
        self._widen()

    def selected_spans(self) -> list[tuple[int, int]]:
        """The selected rows as (first, last); a list of a million indices would take seconds."""
        selection = self.selectionModel().selection()
        ranges = sorted((each.top(), each.bottom()) for each in selection.toList())
        spans: list[tuple[int, int]] = []
        for first, last in ranges:
            if spans and first <= spans[-1][1] + 1:
                spans[-1] = (spans[-1][0], max(spans[-1][1], last))
            else:
                spans.append((first, last))
        return spans

    @Slot(QModelIndex, QModelIndex)
    def _on_current_row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and current.row() != self._shown:
            self._shown = current.row()
            self.row_chosen.emit(self._shown)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are keys of the window, and a search would read a million rows."""

    # Columns

    def is_hidden(self, column: Column) -> bool:
        """Whether the user has hidden the column."""
        return column.key in self._hidden or column.quantity in self._hidden_quantities

    def show_columns(self, keys: frozenset[str]) -> None:
        """Show the columns with these keys and hide the others.

        Both are remembered: a quantity of which all columns are hidden stays hidden when the
        parameters change.
        """
        columns = self._steps.columns
        every = {column.key for column in columns}
        quantities = {column.quantity for column in columns}
        visible = {column.quantity for column in columns if column.key in keys}
        self._hidden = (self._hidden - every) | (every - keys)
        self._hidden_quantities = (self._hidden_quantities - visible) | (quantities - visible)
        self._size_columns()

    @property
    def hidden_columns(self) -> tuple[frozenset[str], frozenset[str]]:
        """The keys of the hidden columns, and the hidden quantities."""
        return self._hidden, self._hidden_quantities

    def hide_columns(self, keys: frozenset[str], quantities: frozenset[str]) -> None:
        """Hide these columns and quantities, as ``hidden_columns`` returns them, and no others."""
        self._hidden, self._hidden_quantities = keys, quantities
        self._size_columns()

    # Sizes

    def measure(self) -> None:
        """Compute all sizes again, after the font has changed."""
        self._widths.clear()
        self._row_header.setDefaultSectionSize(self.fontMetrics().height() + 6)
        self._size_columns()
        self.fit_row_header()

    def _size_columns(self) -> None:
        for index, column in enumerate(self._steps.columns):
            self.setColumnHidden(index, self.is_hidden(column))
            least = max(map(self._needed_width, (column.title, _SHORT_NUMBER)))
            self.setColumnWidth(index, self._widths.setdefault(column.key, least))
        self._widen()

    @Slot()
    def _widen(self) -> None:
        """Widen visible columns to their numbers, except columns that the user has resized."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0:
            return
        rows = range(first, (last if last >= 0 else self._steps.rowCount() - 1) + 1)
        for index in self._visible_columns():
            key = self._steps.columns[index].key
            width = self._widths.get(key)
            if width is None or self.columnWidth(index) != width:
                continue
            needed = self._needed_width(
                max((self._steps.text(row, index) for row in rows), key=len)
            )
            if needed > width:
                self._widths[key] = needed
                self.setColumnWidth(index, needed)

    def _whole_column(self) -> int:
        """A column that is wholly visible: going to one of its cells scrolls only vertically."""
        for index in self._visible_columns():
            left = self.columnViewportPosition(index)
            if left >= 0 and left + self.columnWidth(index) <= self.viewport().width():
                return index
        return max(self.columnAt(0), 0)

    def _needed_width(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + _PADDING

    def _visible_columns(self) -> list[int]:
        first, last = self.columnAt(0), self.columnAt(self.viewport().width() - 1)
        if first < 0:
            return []
        indices = range(first, (last if last >= 0 else len(self._steps.columns) - 1) + 1)
        return [index for index in indices if not self.isColumnHidden(index)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()
