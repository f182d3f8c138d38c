"""The tab "Race": all runs side by side at the shown t, with buttons to change the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdsim.views.run.run_symbol import run_icon, symbol_size
from gdsim.views.run.run_table import RunTable
from gdsim.views.tabs.race.race_model import (
    EVALUATIONS,
    LOSS,
    RUN,
    SLOPE,
    STATUS,
    RaceModel,
    RaceRow,
    T,
)
from gdsim.views.theme import LIGHT, RUN_STYLES, SPACING, RunStyle, Theme
from gdsim.views.widgets.choice_box import Choice
from gdsim.views.widgets.flow_layout import FlowLayout
from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.style_roles import role_label, scrolled

# The longest text of a number.
_NUMBER = "1.23e−10"
# Pixels beside a number; pixels of the check box and the gaps beside a name.
_ROOM = 8
_BESIDE_NAME = 37


class RaceView(QWidget):
    """A table of runs with buttons to add and remove runs. Its row is the selected run."""

    run_selected = Signal(int)
    visibility_requested = Signal(int, bool)
    own_start_requested = Signal(int, bool)
    name_requested = Signal(int, str)
    """The row and its new name; an empty name stands for a name from the settings."""
    colour_requested = Signal(int, int)
    """The row and the index of the colour in RUN_STYLES."""
    line_up_requested = Signal(str)
    add_requested = Signal(str)
    """The key of the optimizer of the run to add."""
    duplicate_requested = Signal(int)
    remove_requested = Signal(int)
    remove_others_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        # Actions of menus that are filled later.
        self._alone = self._shown = self._own_start = self._rename = QAction(self)
        self._selected = -1
        self._note = role_label("muted", wraps=True)
        self._model = RaceModel(self)
        self._model.visibility_requested.connect(self.visibility_requested)
        self._model.name_requested.connect(self.name_requested)
        self._build_table()
        self._build_buttons()
        sheet = QWidget()
        sheet.setObjectName("panel")  # transparent on its card
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self._note)
        column.addWidget(self.table, 1)
        column.addLayout(self._buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(sheet))
        for keys, slot in (("Del", self._on_remove), ("Ctrl+D", self._on_duplicate)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
        self._retranslate()
        self._enable()

    def _build_table(self) -> None:
        self.table = RunTable(self._model)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.table.resized.connect(self._share_width)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)

    def _build_buttons(self) -> None:
        self.line_up, self.add, self.more = QToolButton(), QToolButton(), QToolButton()
        self.duplicate, self.remove = QPushButton(), QPushButton()
        self._buttons = FlowLayout(spacing=SPACING)
        for button in (self.line_up, self.add, self.duplicate, self.remove, self.more):
            self._buttons.addWidget(button)
            # Otherwise buttons with a menu would be a little higher than those without.
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        for button in (self.line_up, self.add, self.more):
            button.setMenu(QMenu(button))
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.duplicate.clicked.connect(self._on_duplicate)
        self.remove.clicked.connect(self._on_remove)
        self.line_up.menu().triggered.connect(self._on_line_up)
        self.add.menu().triggered.connect(self._on_add)
        self.more.menu().setToolTipsVisible(True)
        self.more.menu().aboutToShow.connect(self._fill_more)
        self.more.menu().triggered.connect(self._on_more)

    def tab_title(self) -> str:
        """The title of the tab."""
        return self.tr("Race")

    # Setters

    def set_runs(self, rows: Sequence[RaceRow], selected: int) -> None:
        """Show these runs and the index of the selected one."""
        count, before = len(self._model.rows), _lengths(self._model.rows)
        self._model.set_rows(rows)
        if _lengths(rows) != before:
            self._share_width()
        if len(rows) != count or selected != self._selected:
            self._selected = selected
            with QSignalBlocker(self.table.selectionModel()):
                self.table.selectionModel().setCurrentIndex(
                    self._model.index(selected, RUN),
                    QItemSelectionModel.SelectionFlag.ClearAndSelect
                    | QItemSelectionModel.SelectionFlag.Rows,
                )
            self.table.scrollTo(self._model.index(selected, RUN))
            self.table.viewport().update()
            self._enable()

    def set_note(self, note: str) -> None:
        """Set the note above the table: which run was first, or what can be done here."""
        self._note.setText(note)

    def note(self) -> str:
        """The note above the table."""
        return self._note.text()

    def set_line_ups(self, choices: Sequence[Choice]) -> None:
        """Set the ready-made races."""
        menu = self.line_up.menu()
        _fill(menu, choices)
        menu.addSeparator()
        self._alone = menu.addAction(self.tr("Only the selected run"))
        self._enable()

    def set_optimizers(self, choices: Sequence[Choice]) -> None:
        """Set the optimizers with which a run can be added."""
        _fill(self.add.menu(), choices)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.table.setIconSize(symbol_size(theme))
        self._model.set_look(theme, self.devicePixelRatioF())

    # Internals

    @property
    def rows(self) -> tuple[RaceRow, ...]:
        """The rows that are shown."""
        return self._model.rows

    def _enable(self) -> None:
        several = len(self._model.rows) > 1
        self.remove.setEnabled(several)
        for button in (self.add, self.duplicate, self.line_up, self.more):
            button.setEnabled(bool(self._model.rows))
        self._alone.setEnabled(several)

    @Slot()
    def _on_current_changed(self, *_: object) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            self._selected = row
            self.run_selected.emit(row)

    @Slot()
    def _on_duplicate(self) -> None:
        if self._model.rows:
            self.duplicate_requested.emit(self._selected)

    @Slot()
    def _on_remove(self) -> None:
        if self.remove.isEnabled():
            self.remove_requested.emit(self._selected)

    @Slot(QAction)
    def _on_line_up(self, action: QAction) -> None:
        if action is self._alone:
            self.remove_others_requested.emit(self._selected)
        else:
            self.line_up_requested.emit(action.data())

    @Slot(QAction)
    def _on_add(self, action: QAction) -> None:
        self.add_requested.emit(action.data())

    @Slot()
    def _fill_more(self) -> None:
        """Fill the menu of the selected run: its colour, visibility, start and name."""
        menu, row = self.more.menu(), self._model.rows[self._selected]
        menu.clear()
        for index, name in enumerate(self._colour_names()):
            style = RunStyle(RUN_STYLES[index].color, row.style.dash, row.style.marker)
            icon = run_icon(self._theme, style, self.devicePixelRatioF())
            menu.addAction(icon, name).setData(index)
        menu.addSeparator()
        self._shown = menu.addAction(self.tr("Show on the plots"))
        self._shown.setCheckable(True)
        self._shown.setChecked(row.is_visible)
        self._own_start = menu.addAction(self.tr("Own start"))
        self._own_start.setCheckable(True)
        self._own_start.setChecked(row.has_own_start)
        self._own_start.setToolTip(
            self.tr("Its start moves alone; otherwise all starts of the race move together")
        )
        self._rename = menu.addAction(self.tr("Rename"))

    @Slot(QAction)
    def _on_more(self, action: QAction) -> None:
        if action is self._shown:
            self.visibility_requested.emit(self._selected, action.isChecked())
        elif action is self._own_start:
            self.own_start_requested.emit(self._selected, action.isChecked())
        elif action is self._rename:
            # Only after the menu has returned the focus: an editor that loses it closes.
            QTimer.singleShot(0, self, self._edit_name)
        else:
            self.colour_requested.emit(self._selected, action.data())

    @Slot()
    def _edit_name(self) -> None:
        self.table.setFocus()
        self.table.edit(self._model.index(self._selected, RUN))

    def _colour_names(self) -> tuple[str, ...]:
        return (
            self.tr("Orange"),
            self.tr("Sky blue"),
            self.tr("Pink"),
            self.tr("Yellow"),
            self.tr("Vermilion"),
            self.tr("Green"),
            self.tr("Blue"),
        )

    @Slot()
    def _share_width(self) -> None:
        """Give the name the rest of the width, with two lines if needed, but no word is cut."""
        table, rows = self.table, self._model.rows
        metrics, header = table.fontMetrics(), table.horizontalHeader()
        # Widths that follow the numbers would change all the time while runs move.
        digits = "0" * max((len(row.evaluations) for row in rows), default=1)
        used = 0
        for column, sample in (
            (T, digits),
            (LOSS, _NUMBER),
            (SLOPE, _NUMBER),
            (EVALUATIONS, digits),
        ):
            wanted = max(metrics.horizontalAdvance(sample) + _ROOM, header.sectionSizeHint(column))
            header.resizeSection(column, wanted)
            used += wanted
        beside_name = table.iconSize().width() + _BESIDE_NAME
        least = beside_name + self._longest_word([row.name for row in rows])
        left = table.viewport().width() - used
        status = table.full_width(STATUS)
        if left - status < least:
            # The status may have two lines, too.
            word = self._longest_word([row.status for row in rows]) + 2 * _ROOM
            status = max(min(left - least, status), word, header.sectionSizeHint(STATUS))
        header.resizeSection(STATUS, status)
        header.resizeSection(RUN, max(left - status, least))
        table.resizeRowsToContents()

    def _longest_word(self, texts: Sequence[str]) -> int:
        """The width of the widest word, which cannot be broken into lines."""
        metrics = self.table.fontMetrics()
        words = [word for text in texts for word in text.split()]
        return max((metrics.horizontalAdvance(word) for word in words), default=0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._model.set_titles(
            (
                (self.tr("Run"), self.tr("How it is drawn; untick it to hide it")),
                (self.tr("t"), self.tr("The shown step of this run")),
                (self.tr("L"), self.tr("The loss there")),
                (self.tr("‖∇L‖"), self.tr("The length of the gradient there")),
                (
                    self.tr("# ∇L"),
                    self.tr(
                        "Gradient evaluations so far: one per step. A rule that uses the"
                        " Hessian counts one more for each parameter, because each column of"
                        " the Hessian is the derivative of ∇L along one parameter."
                    ),
                ),
                (
                    self.tr("Status"),
                    self.tr(
                        "The state of the run at the shown t; after it met its stop rule, its rank"
                    ),
                ),
            )
        )
        self.table.setAccessibleName(self.tr("Runs of the race"))
        for button, text, note in (
            (self.line_up, self.tr("Line-up"), self.tr("Start a prepared race")),
            (
                self.add,
                self.tr("Add"),
                self.tr("Add a run with another optimizer, from the same start"),
            ),
            (
                self.duplicate,
                self.tr("Duplicate"),
                self.tr("Add a run like the selected one, to change it from here on"),
            ),
            (self.remove, self.tr("Remove"), self.tr("Remove the selected run from the race")),
            (self.more, self.tr("More"), self.tr("Colour, start and name of the selected run")),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(literal(note))
        self._share_width()


def _lengths(rows: Sequence[RaceRow]) -> list[tuple[str, str, int]]:
    """Everything on which the widths of the columns depend."""
    return [(row.name, row.status, len(row.evaluations)) for row in rows]


def _fill(menu: QMenu, choices: Sequence[Choice]) -> None:
    menu.clear()
    menu.setToolTipsVisible(True)
    for key, name, note in choices:
        action = menu.addAction(name)
        action.setData(key)
        action.setToolTip(literal(note))
