"""The first rows of a file as they are read, with the role of each column."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from gdsim.core.data.csv_preview import Preview
from gdsim.views.widgets.literal_text import literal

_WIDEST = 220
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CellTable(QTableWidget):
    """Numbers are shown as they are read, on the right; other cells are greyed out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Preview | None = None
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultAlignment(_RIGHT)
        self._retranslate()

    def set_preview(self, preview: Preview | None, roles: Mapping[int, str]) -> None:
        """The rows, and the roles of some of the preview's columns; None shows nothing."""
        if preview is not self._shown:
            self._shown = preview
            self._fill(preview)
        if preview is None:
            return
        for place, column in enumerate(preview.columns[: preview.width]):
            has_role = [
                f"{other.kind}: {roles[at]}" if other.kind else roles[at]
                for at, other in enumerate(preview.columns)
                if other.place == place and at in roles
            ]
            below = " · ".join((column.shown, *has_role))
            heading = QTableWidgetItem(f"{column.title}\n{below}" if column.title else below)
            font = heading.font()
            font.setBold(bool(has_role))
            heading.setFont(font)
            heading.setToolTip(literal(heading.text()))
            self.setHorizontalHeaderItem(place, heading)
        self._fit()

    def _fill(self, preview: Preview | None) -> None:
        self.clear()
        self.setRowCount(0 if preview is None else len(preview.rows))
        self.setColumnCount(0 if preview is None else preview.width)
        if preview is None:
            return
        for row in range(len(preview.rows)):
            for place in range(preview.width):
                text, is_number = preview.text_at(row, place)
                item = QTableWidgetItem(text)
                if is_number:
                    item.setTextAlignment(_RIGHT)
                else:
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
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
