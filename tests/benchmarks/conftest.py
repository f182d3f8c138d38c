"""The whole window, for benchmarks of how long its user has to wait."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gdsim.app.application import SWITCH_SECONDS, Session
from gdsim.app.settings import Settings


@pytest.fixture
def session(qtbot: QtBot, own_look: QApplication, tmp_path: Path) -> Iterator[Session]:
    """The whole window, as the program sets it up."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    switching = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    session = Session(Settings())
    session.window.show()
    session.window.resize(1440, 860)
    qtbot.waitUntil(lambda: session.is_open, timeout=10_000)
    runner = session.controller.runner
    qtbot.waitUntil(lambda: runner.trace is not None, timeout=10_000)
    qtbot.wait(500)
    yield session
    session.window.close()
    session.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    sys.setswitchinterval(switching)
