"""The table of the points where many descents end: colour, loss, and share as a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gdsim.views.overlays.basin_style import basin_colour, swatch
from gdsim.views.theme import LIGHT, Theme
from gdsim.views.widgets.literal_text import literal

_SWATCH = 14
_ROOM = 4
_WIDEST = 32  # the largest minimum width, as a multiple of the size of text
_BAR = 2
_SHARE, _COLOUR = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class EndRow:
    """A point: ``label`` gives its colour, ``share`` the length of its bar from 0 to 1."""

    label: int
    point: str
    loss: str
    count: str
    share: float


class _BarDelegate(QStyledItemDelegate):
    """Paints a bar beneath the text of a cell."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        bar_rect = QRectF(option.rect).adjusted(2, 3, -2, -3)
        bar_rect.setWidth(bar_rect.width() * float(index.data(_SHARE) or 0.0))
        painter.fillRect(bar_rect, QColor(index.data(_COLOUR)))
        super().paint(painter, option, index)


class EndsTable(QTableWidget):
    """A table that emits the row on which the user pressed Enter or double-clicked."""

    row_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self._theme = LIGHT
        self._rows: tuple[EndRow, ...] = ()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_BAR, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegateForColumn(_BAR, _BarDelegate(self))
        self.cellActivated.connect(lambda row, _: self.row_chosen.emit(row))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._fill()

    def set_rows(self, rows: Sequence[EndRow]) -> None:
        """Show rows in this order."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._fill()

    def texts(self) -> list[tuple[str, str, str]]:
        """The texts of the rows."""
        return [(row.point, row.loss, row.count) for row in self._rows]

    def _fill(self) -> None:
        self.setRowCount(len(self._rows))
        ratio, size = self.devicePixelRatioF(), self._theme.pixels(_SWATCH)
        self.setIconSize(QSize(size, size))
        for index, row in enumerate(self._rows):
            point, loss, bar = (QTableWidgetItem(text) for text in (row.point, row.loss, row.count))
            point.setIcon(QIcon(swatch(self._theme, row.label, size, ratio)))
            faint = QColor(basin_colour(self._theme, row.label))
            faint.setAlphaF(0.45)
            bar.setData(_SHARE, row.share)
            bar.setData(_COLOUR, faint)
            for column, item in enumerate((point, loss, bar)):
                item.setToolTip(literal(item.text()))
                self.setItem(index, column, item)
            self.setRowHeight(index, self.fontMetrics().height() + 6)
        self._set_minimum_width()

    def _set_minimum_width(self) -> None:
        """Set the minimum width at which no cell is cut off, unless it is very long."""
        header = self.horizontalHeader()
        needed = (
            2 * self.frameWidth()
            + _ROOM
            + sum(
                max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
                for column in range(self.columnCount())
            )
        )
        self.setMinimumWidth(min(needed, round(_WIDEST * self._theme.text_size)))
