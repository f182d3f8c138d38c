"""What every test stands on: no screen, one locale, and nothing left running behind."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_GRACE_SECONDS = 2.0


def pytest_configure(config: pytest.Config) -> None:
    # What Qt's offscreen platform says of every window; nothing is wrong with the window.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support ")
    # How ziamath finds its font.
    config.addinivalue_line("filterwarnings", "ignore:path is deprecated:DeprecationWarning")


@pytest.fixture(autouse=True)
def _c_locale() -> None:
    """Numbers are read and written alike on every machine; a test of the core needs no Qt."""
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QLocale

        QLocale.setDefault(QLocale.c())


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread running or a window open."""
    before = set(threading.enumerate())
    yield
    left = [*_windows(), *_qt_threads(), *_threads(before)]
    assert not left, f"left behind: {', '.join(left)}"


def _threads(before: set[threading.Thread]) -> list[str]:
    end = time.monotonic() + _GRACE_SECONDS
    while new := [thread for thread in threading.enumerate() if thread not in before]:
        # Qt's threads show as dummies for as long as Python remembers them.
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
    # Only the simulation starts such threads; looking through all objects takes its time.
    if "gdsim.simulation.runner" not in sys.modules:
        return []
    import shiboken6
    from PySide6.QtCore import QThread

    application_thread = QThread.currentThread()
    running = [
        thread
        for thread in gc.get_objects()
        if isinstance(thread, QThread)
        and thread is not application_thread
        and shiboken6.isValid(thread)
        and thread.isRunning()
    ]
    return [f"QThread {thread.objectName()}" for thread in running]
