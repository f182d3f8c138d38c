"""The tab "Futures": the current run, and runs that were left and can be resumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QVBoxLayout, QWidget

from gdsim.views.run.run_symbol import run_icon, symbol_size
from gdsim.views.run.run_table import RunTable
from gdsim.views.theme import LIGHT, SPACING, RunStyle, Theme
from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.style_roles import role_label

_SETTINGS, _STATUS = 0, 4


@dataclass(frozen=True, slots=True)
class FutureRow:
    """One run: its style, its settings, the step at which it branches, its length and status."""

    style: RunStyle
    settings: str
    since: str
    steps: str
    loss: str
    status: str


class FuturesView(QWidget):
    """A table of runs; the first row is the current one."""

    take_up_requested = Signal(int)
    """The row of the run to resume."""
    forget_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._rows: tuple[FutureRow, ...] = ()
        self._note = role_label("muted", wraps=True)
        self._model = QStandardItemModel(0, 5, self)
        self.table = RunTable(self._model)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_SETTINGS, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_STATUS, QHeaderView.ResizeMode.Fixed)
        self.table.resized.connect(self._share_width)
        self.take_up, self.forget = QPushButton(), QPushButton()
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addWidget(self.take_up)
        buttons.addWidget(self.forget)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self._note)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.table.doubleClicked.connect(self._on_take_up)
        self.take_up.clicked.connect(self._on_take_up)
        self.forget.clicked.connect(self._on_forget)
        self._retranslate()
        self._enable()

    def tab_title(self) -> str:
        """The title of the tab."""
        return self.tr("Futures")

    def set_runs(self, rows: Sequence[FutureRow]) -> None:
        """Show the current run, then those that were left."""
        if tuple(rows) == self._rows:
            return
        chosen = self._chosen()
        self._rows = tuple(rows)
        self._fill()
        if 0 <= chosen < len(rows):
            with QSignalBlocker(self.table.selectionModel()):
                self.table.selectRow(chosen)
        self._enable()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.table.setIconSize(symbol_size(theme))
        self._fill()

    def _fill(self) -> None:
        self._model.setRowCount(len(self._rows))
        for index, row in enumerate(self._rows):
            texts = (row.settings, row.since, row.steps, row.loss, row.status)
            for column, text in enumerate(texts):
                item = QStandardItem(text)
                item.setToolTip(literal(text))
                if column == _SETTINGS:
                    item.setIcon(run_icon(self._theme, row.style, self.devicePixelRatioF()))
                self._model.setItem(index, column, item)
        self._share_width()

    @Slot()
    def _share_width(self) -> None:
        """Divide the width that the numbers leave between settings and status."""
        full_width = self.table.full_width
        numbers = sum(full_width(column) for column in range(_SETTINGS + 1, _STATUS))
        left = self.table.viewport().width() - numbers
        most = max(left // 2, left - full_width(_SETTINGS))
        self.table.horizontalHeader().resizeSection(_STATUS, min(full_width(_STATUS), most))

    def _chosen(self) -> int:
        rows = self.table.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    @Slot()
    def _enable(self) -> None:
        left = self._chosen() > 0
        self.take_up.setEnabled(left)
        self.forget.setEnabled(left)

    @Slot()
    def _on_take_up(self) -> None:
        if self._chosen() > 0:
            self.take_up_requested.emit(self._chosen())

    @Slot()
    def _on_forget(self) -> None:
        if self._chosen() > 0:
            self.forget_requested.emit(self._chosen())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._note.setText(
            self.tr(
                "Go back, change a setting and go on: the run branches from exactly that"
                " state. The steps that followed before are kept in this list and as a faint"
                " line."
            )
        )
        self._model.setHorizontalHeaderLabels(
            [
                self.tr("Settings"),
                self.tr("From t"),
                self.tr("To t"),
                self.tr("L at the end"),
                self.tr("Status"),
            ]
        )
        self._share_width()
        self.table.setAccessibleName(self.tr("Futures of this run"))
        self.take_up.setText(self.tr("Continue this one"))
        self.take_up.setToolTip(
            self.tr("Go on with the chosen future; the present one is kept in its place")
        )
        self.forget.setText(self.tr("Remove"))
        self.forget.setToolTip(self.tr("Remove the chosen future"))
