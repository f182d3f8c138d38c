"""Starts the program with a window: language, theme, error handling, and the event loop."""

from __future__ import annotations

import gc
import signal
import sys
import threading
import traceback
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from gdsim.app.first_picture import FirstPicture
from gdsim.app.language.languages import fonts_for
from gdsim.app.language.translation import Translation
from gdsim.app.main_window import MainWindow
from gdsim.app.settings import Settings
from gdsim.views.formula.typesetting import Typesetter
from gdsim.views.theme import DARK, LIGHT, PROJECTOR, Theme, apply_theme, prepare_theme
from gdsim.views.theme.restyling import Restyling

if TYPE_CHECKING:
    from gdsim.app.controller import Controller

SWITCH_SECONDS = 0.0001
"""The thread switch interval: how soon a computing thread lets the window continue.

Painting a frame releases Python's global lock about a hundred times and waits for it as often. With
the default interval of 5 ms a frame would take half a second.
"""

_COLLECTIONS = (10_000, 20, 20)
"""The thresholds of the garbage collector's three generations."""


class Session(QObject):
    """A window with everything that belongs to it; the controller comes when it is complete."""

    opened = Signal()
    """The window is complete, and the first run has been requested."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._translation = Translation()
        self._translation.speak(settings.language)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._application = application
        self._worn = self._theme()
        prepare_theme(application, self._worn)
        self.window = MainWindow(settings)
        # The style sheet is set once, on the complete window; otherwise every widget would be
        # styled again each time it gets a new parent.
        apply_theme(application, self._worn)
        self.window.set_theme(self._worn)
        self._restyling = Restyling(application, self.window)
        # Several changes of theme within one turn of the event loop are one.
        self._changing = QTimer(self, singleShot=True, interval=0)
        self._changing.timeout.connect(self._change_theme)
        self._controller: Controller | None = None
        self._first_picture = FirstPicture(self.window, self)
        self._first_picture.ready.connect(self._open)
        self.window.closing.connect(self.shut_down)
        self.window.language_chosen.connect(self._on_language_chosen)
        self.window.theme_chosen.connect(self._on_theme_chosen)
        QApplication.styleHints().colorSchemeChanged.connect(self._on_theme_chosen)

    @property
    def controller(self) -> Controller:
        """The controller; only after ``opened`` has been emitted."""
        assert self._controller is not None
        return self._controller

    @property
    def is_open(self) -> bool:
        return self._controller is not None

    @property
    def is_styled(self) -> bool:
        """Whether everything, hidden or not, is shown in the chosen theme."""
        return self._restyling.is_done and not self._changing.isActive()

    @Slot()
    def _open(self) -> None:
        from gdsim.app.controller import Controller

        self._controller = Controller(self.window, self._translation, self._first_picture.sampler)
        self.opened.emit()

    @Slot()
    def shut_down(self) -> None:
        """Stop the threads; the window may be closed before it was complete."""
        self._changing.stop()
        self._restyling.stop()
        self._first_picture.shut_down()
        if self._controller is not None:
            self._controller.shut_down()

    def report(self, bug: str) -> None:
        """Show the traceback of an uncaught error in the window, or print it."""
        if self._controller is not None:
            self._controller.bug_found.emit(bug)
        else:
            print(bug, file=sys.stderr)

    def _theme(self) -> Theme:
        """The chosen colours, with the fonts of the current language."""
        return replace(self._colours(), fonts=fonts_for(self._translation.language))

    def _colours(self) -> Theme:
        if self._settings.projector:
            return PROJECTOR
        chosen = self._settings.theme
        if chosen == "system":
            dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if chosen == "dark" else LIGHT

    @Slot(str)
    def _on_language_chosen(self, language: str) -> None:
        self._translation.speak(language)
        self._changing.start()  # another language may need other fonts
        if self._controller is not None:
            self._controller.retranslate()

    @Slot()
    def _on_theme_chosen(self, *_: object) -> None:
        self._changing.start()

    @Slot()
    def _change_theme(self) -> None:
        """Restyle the window if the theme is another one than before."""
        theme = self._theme()
        if theme != self._worn:
            self._worn = theme
            self._restyling.restyle(theme, self.window)


def open_window(reset: bool = False) -> int:
    """Open the window and run until it is closed; returns the exit status."""
    application = QApplication([sys.argv[0]])
    application.setApplicationName("gdsim")
    application.setDesktopFileName("gdsim")
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.disable()
    settings = Settings()
    if reset:
        settings.forget()
    session = Session(settings)
    spare_collections(session)
    _report_bugs(session)
    session.window.show()
    with_interrupts = _listen_for_interrupts(application)
    status = application.exec()
    with_interrupts.stop()
    session.shut_down()
    Typesetter.instance().finish()
    session.window.deleteLater()
    application.processEvents()
    return int(status)


def spare_collections(session: Session) -> None:
    """Exclude the objects of the loaded program from garbage collection.

    A collection stops all threads, including that of the window. With half a million objects that
    are never deleted it takes a quarter of a second, and long formulas trigger it repeatedly.
    """

    def spare(*_: object) -> None:
        gc.freeze()
        gc.set_threshold(*_COLLECTIONS)
        gc.enable()

    def wait_for_run() -> None:
        # The modules that derive and typeset formulas are loaded with the first run.
        arrived = session.controller.runner.trace_changed
        arrived.connect(spare, Qt.ConnectionType.SingleShotConnection)

    session.opened.connect(wait_for_run)


def _listen_for_interrupts(application: QApplication) -> QTimer:
    """Let Ctrl+C, SIGTERM and SIGHUP close the window as its own button does.

    Qt's event loop runs no Python, so a timer has to. A signal that is ignored, as SIGHUP is under
    nohup, stays ignored.
    """

    def close(*_: object) -> None:
        # From the event loop, which may not have begun yet.
        QTimer.singleShot(0, application.closeAllWindows)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, close)
    timer = QTimer(application)
    timer.timeout.connect(_look_up)
    timer.start(250)
    return timer


def _look_up() -> None:
    """Run some Python code, so that Python handles a pending signal."""


def _report_bugs(session: Session) -> None:
    """Show every uncaught error in the window, and print its traceback."""

    def on_error(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        session.report("".join(traceback.format_exception(kind, error, trace)))

    def on_thread_error(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            on_error(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def on_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and kind is not QtMsgType.QtInfoMsg:
            print(f"Qt: {message}", file=sys.stderr)

    sys.excepthook = on_error
    threading.excepthook = on_thread_error
    qInstallMessageHandler(on_message)
