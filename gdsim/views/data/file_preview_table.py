"""The first rows of a file as they are understood, with what each column is for."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from gdsim.core.data.csv_dialect import number
from gdsim.core.data.csv_preview import Preview
from gdsim.core.formula.names import plain_name

_WIDEST = 220
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CellTable(QTableWidget):
    """Cells are texts as in the file; numbers stand to the right, what is none is greyed out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Preview | None = None
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultAlignment(_RIGHT)
        self._retranslate()

    def set_preview(self, preview: Preview | None, roles: Mapping[int, str]) -> None:
        """The rows, and what the columns at some places are for; None shows nothing."""
        if preview is not self._shown:
            self._shown = preview
            self._fill(preview)
        if preview is None:
            return
        for place, column in enumerate(preview.columns):
            name = plain_name(column.name)
            below = " · ".join(part for part in (name, roles.get(place, "")) if part)
            heading = QTableWidgetItem(f"{column.title}\n{below}" if column.title else below)
            font = heading.font()
            font.setBold(place in roles)
            heading.setFont(font)
            heading.setToolTip(heading.text())
            self.setHorizontalHeaderItem(place, heading)
        self._fit()

    def _fill(self, preview: Preview | None) -> None:
        self.clear()
        self.setRowCount(0 if preview is None else len(preview.rows))
        self.setColumnCount(0 if preview is None else len(preview.columns))
        if preview is None:
            return
        decimal = preview.dialect.decimal
        for row, cells in enumerate(preview.rows):
            for place in range(len(preview.columns)):
                text = cells[place] if place < len(cells) else ""
                item = QTableWidgetItem(text.strip())
                if number(text, decimal) is None:
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                else:
                    item.setTextAlignment(_RIGHT)
                self.setItem(row, place, item)

    def _fit(self) -> None:
        self.resizeColumnsToContents()
        for place in range(self.columnCount()):
            self.setColumnWidth(place, min(self.columnWidth(place), _WIDEST))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("The first rows of the file"))
