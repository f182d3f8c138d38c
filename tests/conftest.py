"""What every test stands on: no screen, one locale, and nothing left running behind."""

from __future__ import annotations

import os
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from PySide6.QtCore import QThread
    from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_GRACE_SECONDS = 60.0
_PATIENCE_MS = 60_000
_BENCHMARKS = Path(__file__).parent / "benchmarks"

_started_threads: list[weakref.ref[Any]] = []


def pytest_configure(config: pytest.Config) -> None:
    # What Qt's offscreen platform says of every window; nothing is wrong with the window.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support ")
    # How ziamath finds its font.
    config.addinivalue_line("filterwarnings", "ignore:path is deprecated:DeprecationWarning")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """A worker a core; none for benchmarks, which want the machine to themselves, or for a file."""
    asked = [config.invocation_params.dir / word.split("::")[0] for word in config.args]
    if any(path.is_relative_to(_BENCHMARKS) for path in asked):
        return 0
    return 0 if all(path.is_file() for path in asked) else None


def pytest_sessionstart() -> None:
    """Note every QThread that starts: looking for one among all objects takes 0.1 s a test."""
    from PySide6.QtCore import QThread

    start = QThread.start

    def start_and_remember(thread: QThread, *priority: QThread.Priority) -> None:
        _started_threads.append(weakref.ref(thread))
        start(thread, *priority)

    QThread.start = start_and_remember  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _c_locale() -> None:
    """Numbers are read and written alike on every machine; a test of the core needs no Qt."""
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QLocale

        QLocale.setDefault(QLocale.c())


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread running, a window open, or the application dressed up."""
    before, look = set(threading.enumerate()), _look()
    yield
    left = [*_windows(), *_qt_threads(), *_threads(before)]
    if look is not None and _look() != look:
        left.append("style sheet, palette or font (use the fixture own_look)")
    assert not left, f"left behind: {', '.join(left)}"


class PatientBot(QtBot):
    """Looks every millisecond, where the library's own looks every ten, and waits longer."""

    def waitUntil(self, callback: Callable[[], bool], *, timeout: int = _PATIENCE_MS) -> None:
        end = time.monotonic() + timeout / 1000
        while not callback():
            if time.monotonic() > end:
                raise self.TimeoutError(f"waited {timeout / 1000:g} s in vain")
            self.wait(1)

    def waitSignal(self, signal: Any, *, timeout: int = _PATIENCE_MS, **options: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **options)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def own_look(qapp: QApplication) -> Iterator[QApplication]:
    """The application, to be dressed as the test likes; it is undressed afterwards."""
    sheet, palette, font = qapp.styleSheet(), qapp.palette(), qapp.font()
    yield qapp
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


def _look() -> tuple[object, ...] | None:
    if "PySide6.QtWidgets" not in sys.modules:
        return None
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return None
    return application.styleSheet(), application.palette(), application.font()


def _threads(before: set[threading.Thread]) -> list[str]:
    end = time.monotonic() + _GRACE_SECONDS
    while new := [thread for thread in threading.enumerate() if thread not in before]:
        # Qt's threads show as dummies for as long as Python remembers them, and their class has no
        # public name.
        new = [thread for thread in new if not isinstance(thread, threading._DummyThread)]
        if not new or time.monotonic() > end:
            return [f"thread {thread.name}" for thread in new]
        time.sleep(0.01)
    return []


def _windows() -> list[str]:
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    for widget in shown:
        # The tests that follow must not fail for this one.
        widget.close()
    return [f"window {type(widget).__name__}" for widget in shown]


def _qt_threads() -> list[str]:
    if not _started_threads:
        return []
    import shiboken6

    started = [thread for known in _started_threads if (thread := known()) is not None]
    running = [thread for thread in started if shiboken6.isValid(thread) and thread.isRunning()]
    _started_threads.clear()  # the tests that follow must not fail for these
    return [f"QThread {thread.objectName()}" for thread in running]
