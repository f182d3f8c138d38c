"""The grid of the step table: its look, its sizes, and which of its columns are shown."""

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
    """As wide as it is told to be; the library would measure 200 sections at every new row."""

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
    """Rows of a StepModel, with t in front of each row wherever it is scrolled to."""

    row_chosen = Signal(int)
    """The user went to this row."""

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
        # Painting a title asks whether its neighbours are selected, which the library answers by
        # going through every selected row. Only rows are ever selected: an empty selection will do.
        columns.setSelectionModel(QItemSelectionModel(self._steps, columns))

    def _label_corner(self) -> QWidget:
        """Say above the row headers that they are t; that corner is a button without a text."""
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

    def renew(self) -> None:
        """Another run is in the model."""
        self._shown = -1
        self._size_columns()
        self.take_in_rows()

    def take_in_rows(self) -> None:
        """The run has grown: room for the largest t."""
        digits = max(3, int(log10(max(self._steps.rowCount(), 1))) + 1)
        width = self.fontMetrics().horizontalAdvance("0" * digits) + _PADDING + 4
        self._row_header.set_width(width)

    def set_shown(self, row: int) -> None:
        """Select this row and bring it into sight, once: the user may scroll away from it."""
        if row == self._shown or not 0 <= row < self._steps.rowCount():
            return
        self._shown = row
        index = self._steps.index(row, self._whole_column())
        self.selectionModel().setCurrentIndex(index, _SELECT_ROW)
        self.scrollTo(index)
        self._widen()

    def selected_spans(self) -> list[tuple[int, int]]:
        """The selected rows as first … last; a list of a million indices would take seconds."""
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
        """Letters are the window's keys; a search would read a million rows."""

    # Columns

    def is_hidden(self, column: Column) -> bool:
        """Whether the column is switched off."""
        return column.key in self._hidden or column.quantity in self._hidden_quantities

    def show_columns(self, keys: frozenset[str]) -> None:
        """Show these and hide the others.

        Both are remembered: a quantity without any column stays hidden when the parameters change.
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
        """The keys of the columns that are switched off, and the quantities that are."""
        return self._hidden, self._hidden_quantities

    def hide_columns(self, keys: frozenset[str], quantities: frozenset[str]) -> None:
        """Switch off what ``hidden_columns`` gave, and nothing else."""
        self._hidden, self._hidden_quantities = keys, quantities
        self._size_columns()

    # Sizes

    def measure(self) -> None:
        """Size everything anew, after another font."""
        self._widths.clear()
        self._row_header.setDefaultSectionSize(self.fontMetrics().height() + 6)
        self._size_columns()
        self.take_in_rows()

    def _size_columns(self) -> None:
        for place, column in enumerate(self._steps.columns):
            self.setColumnHidden(place, self.is_hidden(column))
            least = max(map(self._needed_width, (column.title, _SHORT_NUMBER)))
            self.setColumnWidth(place, self._widths.setdefault(column.key, least))
        self._widen()

    @Slot()
    def _widen(self) -> None:
        """Let visible columns grow to their numbers; one that the user has sized stays."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0:
            return
        rows = range(first, (last if last >= 0 else self._steps.rowCount() - 1) + 1)
        for place in self._visible_columns():
            key = self._steps.columns[place].key
            width = self._widths.get(key)
            if width is None or self.columnWidth(place) != width:
                continue
            needed = self._needed_width(
                max((self._steps.text(row, place) for row in rows), key=len)
            )
            if needed > width:
                self._widths[key] = needed
                self.setColumnWidth(place, needed)

    def _whole_column(self) -> int:
        """A column that is wholly in sight: going to a cell of it scrolls up and down only."""
        for place in self._visible_columns():
            left = self.columnViewportPosition(place)
            if left >= 0 and left + self.columnWidth(place) <= self.viewport().width():
                return place
        return max(self.columnAt(0), 0)

    def _needed_width(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + _PADDING

    def _visible_columns(self) -> list[int]:
        first, last = self.columnAt(0), self.columnAt(self.viewport().width() - 1)
        if first < 0:
            return []
        places = range(first, (last if last >= 0 else len(self._steps.columns) - 1) + 1)
        return [place for place in places if not self.isColumnHidden(place)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()
