"""The tab "Steps": all steps in numbers, for reading, copying and screen readers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from gdsim.core.number_text import grouped
from gdsim.core.run.step_rows import tab_separated
from gdsim.core.run.trace import Trace
from gdsim.views.tabs.steps.column_chooser import ColumnChooser
from gdsim.views.tabs.steps.step_grid import StepGrid
from gdsim.views.tabs.steps.step_model import StepModel
from gdsim.views.theme import SPACING, Theme
from gdsim.views.widgets.style_roles import role_label

MOST_COPIED = 10_000
"""The most rows that are copied: more would block the window. A file may have all rows."""

_NOTE_MS = 4_000


class StepTable(QWidget):
    """A table of steps. Its selected row is the shown step; columns can be hidden, rows copied."""

    step_selected = Signal(int)
    """The row to which the user went."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = StepModel()
        self.grid = StepGrid(self.model)
        self.columns_button, self.copy_button = QPushButton(), QPushButton()
        self._note = role_label("muted", wraps=True)
        self._chooser = ColumnChooser(self)
        self._menu = QMenu(self)
        self._copy = QAction(self)
        self._copy.setShortcut(QKeySequence.StandardKey.Copy)
        self._copy.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.grid.addAction(self._copy)
        # After this time, the note about a copy is replaced by the number of rows again.
        self._note_timer = QTimer(self, singleShot=True, interval=_NOTE_MS)
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addWidget(self._note, 1)
        buttons.addWidget(self.columns_button)
        buttons.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(buttons)
        column.addWidget(self.grid, 1)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        header = self.grid.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _connect(self) -> None:
        self.grid.row_chosen.connect(self.step_selected)
        self.grid.horizontalHeader().customContextMenuRequested.connect(self._open_menu)
        self.columns_button.clicked.connect(self._choose_columns)
        self.copy_button.clicked.connect(self.copy)
        self._copy.triggered.connect(self.copy)
        self._chooser.chosen.connect(self.grid.show_columns)
        self._note_timer.timeout.connect(self._count_rows)

    def tab_title(self) -> str:
        """The title of the tab."""
        return self.tr("Steps")

    # Setters

    def set_theme(self, theme: Theme) -> None:
        """Compute the sizes for the font of the theme; its colours come from the style sheet."""
        self.grid.measure()

    def set_trace(self, trace: Trace | None, most: int | None = None) -> None:
        """Show a run, or its first ``most`` rows; of a known run only new rows are added."""
        if trace is self.model.trace and most == self.model.most:
            self.model.refresh()
            self.grid.fit_row_header()
        else:
            self.model.set_trace(trace, most)
            self.grid.reset()
        if not self._note_timer.isActive():
            self._count_rows()

    def set_shown(self, row: int) -> None:
        """Select the row of the shown step and scroll to it."""
        self.grid.set_shown(row)

    # Copying

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows to the clipboard, tab-separated and with all digits."""
        trace, spans = self.model.trace, self.grid.selected_spans()
        if trace is None or not spans:
            return
        keys = [column.key for column in self.model.columns if not self.grid.is_hidden(column)]
        text = tab_separated(trace, keys, _first_rows(spans, MOST_COPIED))
        QGuiApplication.clipboard().setText(text)
        selected = sum(last - first + 1 for first, last in spans)
        note = (
            self.tr("Rows copied: {count}")
            if selected <= MOST_COPIED
            else self.tr("Only the first {count} rows were copied; a file takes all")
        )
        self._note.setText(note.format(count=grouped(min(selected, MOST_COPIED))))
        self._note_timer.start()

    # Choosing columns

    @Slot()
    def _choose_columns(self) -> None:
        button, columns = self.columns_button, self.model.columns
        spot = button.mapToGlobal(QPoint(button.width(), button.height() + 2))
        hidden = [column.key for column in columns if self.grid.is_hidden(column)]
        self._chooser.open_at(spot, columns, hidden)

    @Slot(QPoint)
    def _open_menu(self, spot: QPoint) -> None:
        header, columns = self.grid.horizontalHeader(), self.model.columns
        index = header.logicalIndexAt(spot)
        self._menu.clear()
        if 0 <= index < len(columns):
            hide = self._menu.addAction(
                self.tr("Hide {column}").format(column=columns[index].title)
            )
            hide.setData(columns[index].key)
            hide.triggered.connect(self._on_hide)
        show_all = self._menu.addAction(self.tr("Show all columns"))
        show_all.setEnabled(any(map(self.grid.is_hidden, columns)))
        show_all.triggered.connect(self._on_show_all)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Columns…")).triggered.connect(self._choose_columns)
        self._menu.popup(header.mapToGlobal(spot))

    @Slot()
    def _on_hide(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        columns = (column for column in self.model.columns if not self.grid.is_hidden(column))
        self.grid.show_columns(frozenset({column.key for column in columns} - {action.data()}))

    @Slot()
    def _on_show_all(self) -> None:
        self.grid.show_columns(frozenset(column.key for column in self.model.columns))

    # Texts

    @Slot()
    def _count_rows(self) -> None:
        count = self.model.rowCount()
        self._note.setText(self.tr("Rows: {count}").format(count=grouped(count)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._count_rows()
        self.grid.setAccessibleName(self.tr("Table of the steps"))
        self.grid.setAccessibleDescription(
            self.tr("Each row is a step. Ctrl+← and Ctrl+→ go from column to column.")
        )
        self.grid.corner.setAccessibleName(self.tr("Select all rows"))
        self.grid.corner.setToolTip(self.tr("Select all rows"))
        self.columns_button.setText(self.tr("Columns…"))
        self.columns_button.setToolTip(self.tr("Choose the columns that are shown"))
        self.copy_button.setText(self.tr("Copy rows"))
        self.copy_button.setToolTip(
            self.tr("Copy the selected rows, tab-separated and with all digits (Ctrl+C)")
        )
        self._copy.setText(self.tr("Copy rows"))


def _first_rows(spans: list[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """The first ``most`` rows of the spans."""
    kept = []
    for first, last in spans:
        if most <= 0:
            break
        kept.append((first, min(last, first + most - 1)))
        most -= last - first + 1
    return kept
