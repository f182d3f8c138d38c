"""The main window: where everything stands, its menus and its keys."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsView,
    QMainWindow,
    QMenu,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gdsim.app.language.languages import LANGUAGES
from gdsim.app.settings import Settings
from gdsim.views.setup.control_panel import ControlPanel
from gdsim.views.tabs.step.step_tab import StepTab
from gdsim.views.theme import GAP, Theme
from gdsim.views.theme.icons import icon
from gdsim.views.widgets.card import Card
from gdsim.views.window.help_dialog import HelpDialog
from gdsim.views.window.landscape_panel import LandscapePanel
from gdsim.views.window.loss_card import LossCard
from gdsim.views.window.tab_panel import Tab, TabPanel
from gdsim.views.window.transport_bar import TransportBar
from gdsim.views.window.usual_layout import UsualLayout
from gdsim.views.window.window_columns import Columns

_SIZE = (1440, 860)
_CARDS = (310, 450)


class MainWindow(QMainWindow):
    """Holds the views and the actions; the controller gives both their meaning."""

    closing = Signal()
    file_dropped = Signal(str)
    """The path of a file that was dropped onto the window."""
    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.panel = ControlPanel()
        self.landscape = LandscapePanel()
        self.loss_card = LossCard()
        self.loss = self.loss_card.loss
        self.transport = TransportBar()
        self.tabs = TabPanel()
        self._transport_card = Card()
        self._help: HelpDialog | None = None
        self._theme: Theme | None = None
        self._tab_views: dict[str, Tab] = {}
        self._lay_out()
        self._make_actions()
        self._make_menus()
        self._retranslate()
        self._restore()
        self.transport.setFocus()

    def _lay_out(self) -> None:
        # The first picture has the tab of the step beside it already.
        self._add_tab("step", StepTab(), "step")
        self._transport_card.body.addWidget(self.transport)
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.addWidget(self.loss_card)
        self._right.addWidget(self.tabs)
        self._right.setSizes(list(_CARDS))
        self._right.setChildrenCollapsible(False)
        self._right.setHandleWidth(GAP)
        self._columns = Columns(self.panel, self.landscape, self._right)
        self._usual = UsualLayout(self, self._columns, self._right)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self._columns, 1)
        column.addWidget(self._transport_card)
        centre.setObjectName("panel")  # transparent
        sheet = QScrollArea()  # where the window is too small for everything, it scrolls
        sheet.setFrameShape(QFrame.Shape.NoFrame)
        sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet.setWidgetResizable(True)
        sheet.setWidget(centre)
        self.setCentralWidget(sheet)
        self.setAcceptDrops(True)

    def build_rest(self) -> Iterator[None]:
        """Build what the first picture does not need: the tabs, and other ways of looking.

        It pauses after each part, so that the window answers in between.
        """
        from gdsim.app.tabs.registry import TABS

        self.landscape.build_rest()
        yield
        self.loss_card.build_rest()
        self.data = self.loss_card.data
        yield
        for tab in TABS:
            if tab.key not in self._tab_views:
                self._add_tab(tab.key, tab.make_view(), tab.group)
                yield
        # A plot would take a drag for one within its scene, and the window never hear of it.
        for plot in self.findChildren(QGraphicsView):
            plot.setAcceptDrops(False)
            plot.viewport().setAcceptDrops(False)

    def tab_view(self, key: str) -> Tab:
        """The view of the tab of this key."""
        return self._tab_views[key]

    def _add_tab(self, key: str, view: Tab, group: str) -> None:
        if self._theme is not None:
            view.set_theme(self._theme)
        self._tab_views[key] = view
        self.tabs.add_tab(key, view, group)

    # Actions and menus

    def _make_actions(self) -> None:
        self.play = self._action(["Space"])
        self.step = self._action(["Right", "PgDown"])
        self.back = self._action(["Left", "PgUp"])
        self.next_line = self._action(["Shift+Right"])
        self.line_before = self._action(["Shift+Left"])
        self.rise_before = self._action(["["])
        self.rise_after = self._action(["]"])
        self.guess = self._action(["P"])
        self.guess.setCheckable(True)
        self.home = self._action(["Home"])
        self.end = self._action(["End"])
        self.faster = self._action(["+", "="])
        self.slower = self._action(["-"])
        self.random_start = self._action(["R"])
        self.reset_view = self._action(["0"])
        self.setup_or_step = self._action(["S"])
        self.projector = self._action(["F5"])
        self.full_screen = self._action(["F11"])
        self.keys = self._action(["F1"])
        self.open_data = self._action([QKeySequence.StandardKey.Open])
        self.paste_data = self._action([QKeySequence.StandardKey.Paste])
        self.export_steps = self._action([QKeySequence.StandardKey.Save])
        self.copy_step = self._action(["Ctrl+Shift+C"])
        self.log_loss = self._action(["L"])
        self.data_or_loss = self._action(["D"])
        self.quit = self._action([QKeySequence.StandardKey.Quit])
        self.setup_or_step.setEnabled(False)
        self.projector.setCheckable(True)
        self.projector.setChecked(self._settings.projector)
        self.full_screen.setCheckable(True)
        self.log_loss.setCheckable(True)
        self.setup_or_step.triggered.connect(self._columns.turn)
        self._columns.all_fit_changed.connect(self.setup_or_step.setDisabled)
        self.projector.toggled.connect(self._on_projector_toggled)
        self.full_screen.triggered.connect(self._toggle_full_screen)
        self.keys.triggered.connect(self._show_keys)
        self.quit.triggered.connect(self.close)
        self.reset_view.triggered.connect(self._reset_views)
        self.data_or_loss.triggered.connect(self.loss_card.toggle)
        self.faster.triggered.connect(self.transport.faster)
        self.slower.triggered.connect(self.transport.slower)
        for action in (self.step, self.back, self.faster, self.slower):
            action.setAutoRepeat(True)
        for action in (self.play, self.home, self.end, self.random_start):
            action.setAutoRepeat(False)
        # The keys work in the windows beside this one too.
        self.panel.optimizer.editor.addActions(self.actions())

    def _action(self, keys: list[str | QKeySequence.StandardKey]) -> QAction:
        action = QAction(self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        self.addAction(action)
        return action

    def _make_menus(self) -> None:
        bar = self.menuBar()
        self._menus = {name: bar.addMenu("") for name in ("file", "edit", "view", "run", "help")}
        self._menus["file"].addActions([self.open_data, self.paste_data, self.export_steps])
        self._menus["file"].addSeparator()
        self._menus["file"].addAction(self.quit)
        self._menus["edit"].addActions([self.copy_step, self.random_start])
        view = self._menus["view"]
        view.addActions([self.reset_view, self.log_loss, self.data_or_loss, self.setup_or_step])
        view.addSeparator()
        self._language_menu = view.addMenu("")
        self._theme_menu = view.addMenu("")
        view.addSeparator()
        view.addActions([self.projector, self.full_screen])
        self._menus["run"].addActions([self.play, self.step, self.back, self.home, self.end])
        self._menus["run"].addSeparator()
        self._menus["run"].addActions([self.next_line, self.line_before, self.guess])
        self._menus["run"].addActions([self.rise_before, self.rise_after])
        self._menus["run"].addSeparator()
        self._menus["run"].addActions([self.faster, self.slower])
        self._menus["help"].addAction(self.keys)
        self.languages = self._choices(self._language_menu, ("system", *LANGUAGES))
        self.themes = self._choices(self._theme_menu, ("system", "light", "dark"))
        for language in LANGUAGES.values():
            self.languages[language.key].setText(language.own_name)
        self.languages[self._settings.language].setChecked(True)
        self.themes[self._settings.theme].setChecked(True)

    def _choices(self, menu: QMenu, keys: tuple[str, ...]) -> dict[str, QAction]:
        group = QActionGroup(self)
        actions = {}
        for key in keys:
            action = QAction(self)
            action.setCheckable(True)
            action.setData(key)
            group.addAction(action)
            menu.addAction(action)
            actions[key] = action
        group.triggered.connect(self._on_choice)
        return actions

    @Slot(QAction)
    def _on_choice(self, action: QAction) -> None:
        key = action.data()
        if action in self.languages.values():
            self._settings.language = key
            self.language_chosen.emit(key)
        else:
            self._settings.theme = key
            self.projector.setChecked(False)  # that is light, whatever is chosen
            self.theme_chosen.emit(key)

    @Slot(bool)
    def _on_projector_toggled(self, on: bool) -> None:
        self._settings.projector = on
        self.theme_chosen.emit("projector")

    @Slot(bool)
    def _toggle_full_screen(self, full: bool) -> None:
        if full:
            self.showFullScreen()
        else:
            self.showNormal()

    @Slot()
    def _reset_views(self) -> None:
        self.landscape.reset_view()
        self.loss_card.reset_view()

    @Slot()
    def _show_keys(self) -> None:
        if self._help is None:
            self._help = HelpDialog(self)
            self._help.addActions([action for action in self.actions() if action is not self.keys])
        if self._theme is not None:
            self._help.set_theme(self._theme)
        self._help.show()
        self._help.raise_()

    # Look

    def parts(self) -> list[QWidget]:
        """The parts of the window, without overlap, and every tab as a part of its own."""
        return [self.panel, self.landscape, self.loss_card, self.transport, *self.tabs.views]

    def begin_theme(self, theme: Theme) -> None:
        """Remember what this theme may change in the layout, before anything is restyled."""
        self._usual.begin(theme)

    def end_theme(self) -> None:
        """Restore the layout that text of another size had changed."""
        self._usual.end()

    def set_theme(self, theme: Theme) -> None:
        """Restyle the window and every view."""
        self._theme = theme
        for view in (self.panel, self.landscape, self.loss_card, self.tabs, self.transport):
            view.set_theme(theme)
        self._columns.set_theme(theme)
        if self._help is not None:
            self._help.set_theme(theme)
        self.setWindowIcon(icon("gdsim", theme))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("gdsim – gradient descent, step by step"))
        for name, title in {
            "file": self.tr("&File"),
            "edit": self.tr("&Edit"),
            "view": self.tr("&View"),
            "run": self.tr("&Run"),
            "help": self.tr("&Help"),
        }.items():
            self._menus[name].setTitle(title)
        for action, text in (
            (self.play, self.tr("Play or pause")),
            (self.step, self.tr("Step")),
            (self.back, self.tr("Step back")),
            (self.next_line, self.tr("Next line of the rule")),
            (self.line_before, self.tr("Previous line of the rule")),
            (self.rise_before, self.tr("Previous step at which the loss rose")),
            (self.rise_after, self.tr("Next step at which the loss rose")),
            (self.guess, self.tr("Predict, then reveal")),
            (self.home, self.tr("Back to the start")),
            (self.end, self.tr("Run to the end")),
            (self.faster, self.tr("Faster")),
            (self.slower, self.tr("Slower")),
            (self.random_start, self.tr("Random start")),
            (self.reset_view, self.tr("Reset the view")),
            (self.setup_or_step, self.tr("Loss and step, or setup")),
            (self.projector, self.tr("Projector mode")),
            (self.full_screen, self.tr("Full screen")),
            (self.keys, self.tr("Keys")),
            (self.open_data, self.tr("Open data…")),
            (self.paste_data, self.tr("Paste data from a spreadsheet")),
            (self.export_steps, self.tr("Export the steps as CSV…")),
            (self.copy_step, self.tr("Copy this step")),
            (self.log_loss, self.tr("Loss on a log scale")),
            (self.data_or_loss, self.tr("Loss or data")),
            (self.quit, self.tr("Quit")),
            (self.languages["system"], self.tr("Same as the system")),
            (self.themes["system"], self.tr("Same as the system")),
            (self.themes["light"], self.tr("Light")),
            (self.themes["dark"], self.tr("Dark")),
        ):
            action.setText(text)
        self._language_menu.setTitle(self.tr("Language"))
        self._theme_menu.setTitle(self.tr("Theme"))

    # Files dropped onto the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    # What is remembered

    def _restore(self) -> None:
        screen = self.screen().availableGeometry()
        # Room for the frame that the window manager adds.
        self.resize(
            min(_SIZE[0], screen.width() - 2 * GAP), min(_SIZE[1], screen.height() - 4 * GAP)
        )
        self.restoreGeometry(self._settings.geometry)
        self._columns.restoreState(self._settings.splitter("columns"))
        self._right.restoreState(self._settings.splitter("right"))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.geometry = self.saveGeometry()
        self._settings.set_splitter("columns", self._usual.state(self._columns))
        self._settings.set_splitter("right", self._usual.state(self._right))
        if self._help is not None:
            self._help.close()
        self.closing.emit()
        super().closeEvent(event)


def _dropped(event: QDropEvent) -> str:
    """The path of the one file that is dropped; nothing where it is something else."""
    urls = event.mimeData().urls()
    return urls[0].toLocalFile() if len(urls) == 1 else ""
