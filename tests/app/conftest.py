"""Fixtures of the tests of the whole window, which opens off screen with settings of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from teacher import Teacher

from gdsim.app.application import SWITCH_SECONDS, Session
from gdsim.app.settings import Settings
from gdsim.views.setup.function_section import FunctionSection

SIZE = (1440, 860)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> None:
    """Neither read nor change the settings of whoever runs the tests."""
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture
def open_window(qtbot: QtBot, own_look: QApplication) -> Iterator[Callable[[], Teacher]]:
    """A function that opens a window with the current settings; a test may call it twice."""
    switching = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)  # as in the program
    opened: list[Session] = []

    def start() -> Teacher:
        session = Session(Settings())
        opened.append(session)
        session.window.show()
        session.window.resize(*SIZE)  # larger than the screen of the offscreen platform
        qtbot.waitUntil(session.window.isActiveWindow)
        qtbot.waitUntil(lambda: session.is_open)
        teacher = Teacher(session, qtbot)
        qtbot.waitUntil(lambda: teacher.row() == 0)
        return teacher

    yield start
    for session in opened:
        threads = session.controller.findChildren(QThread)
        session.window.close()
        assert threads
        assert not any(thread.isRunning() for thread in threads)
        session.window.languages["en"].trigger()
        session.window.deleteLater()
        session.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    sys.setswitchinterval(switching)


@pytest.fixture
def teacher(open_window: Callable[[], Teacher]) -> Teacher:
    """A teacher at a window that has just been opened."""
    return open_window()


@pytest.fixture
def section(teacher: Teacher) -> FunctionSection:
    """The section of the setup panel that chooses the loss function."""
    return teacher.panel.function


@pytest.fixture
def three_points(teacher: Teacher) -> Teacher:
    """A teacher who has chosen the smallest learning task."""
    teacher.choose_function("Three points")
    return teacher
