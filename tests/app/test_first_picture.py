"""The window opens in two steps: first one contour, then everything that it did not need."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot

from gdsim.app import first_picture
from gdsim.app.application import Session, spare_collections
from gdsim.app.language.languages import LANGUAGES
from gdsim.app.settings import Settings

NOT_YET = {
    "hashlib",
    "html",
    "numpy.ma",
    "pydantic",
    "sympy",
    "ziamath",
    "gdsim.core.run.experiment",
    "gdsim.core.ensemble.ensemble",
    "gdsim.app.controller",
    "gdsim.views.surface.surface_view",
    "gdsim.views.tabs.taylor.taylor_view",
}


@pytest.fixture
def rest(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """An event until which the rest of the program is not loaded, as on a slow disk."""
    go = threading.Event()

    def load(name: str) -> ModuleType:
        assert go.wait(60)
        return import_module(name)

    monkeypatch.setattr(first_picture, "import_module", load)
    yield go
    go.set()


@pytest.fixture
def session(
    qtbot: QtBot, qapp: QApplication, rest: threading.Event, request: pytest.FixtureRequest
) -> Iterator[Session]:
    """A window that has just been shown, in English or in the parameter's language."""
    look = (qapp.styleSheet(), qapp.palette(), qapp.font())
    settings = Settings()
    settings.language = getattr(request, "param", "en")
    session = Session(settings)
    session.window.resize(1440, 860)
    session.window.show()
    yield session
    session.window.close()
    session.window.languages["en"].trigger()
    session.window.deleteLater()
    session.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    sheet, palette, font = look
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


def wait_for_picture(qtbot: QtBot, session: Session) -> None:
    contour = session.window.landscape.contour
    qtbot.waitUntil(lambda: contour.shown_landscape() is not None)


def test_what_the_first_picture_does_not_need_is_not_loaded_before_it(tmp_path: Path) -> None:
    program = """
import sys
from PySide6.QtWidgets import QApplication
application = QApplication([])
from gdsim.app.application import Session
from gdsim.app.settings import Settings
session = Session(Settings())
contour = session.window.landscape.contour
session.window.show()
while contour.shown_landscape() is None:
    assert not session.is_open
    loaded = set(sys.modules)
    application.processEvents()
print(*loaded)
session.window.close()
session.window.deleteLater()
application.processEvents()
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "XDG_CONFIG_HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "gdsim.core.landscape.landscape" in loaded
    assert not loaded & NOT_YET


@pytest.mark.parametrize("session", LANGUAGES, indirect=True)
@pytest.mark.parametrize("size", [(1280, 800), (1440, 860), (1920, 1080)])
def test_nothing_moves_when_the_rest_is_loaded(
    qtbot: QtBot, session: Session, rest: threading.Event, size: tuple[int, int]
) -> None:
    window = session.window
    window.resize(*size)
    wait_for_picture(qtbot, session)
    parts = (window.panel, window.landscape, window.landscape.contour, window.loss, window.tabs)
    before = [part.geometry() for part in parts]
    rest.set()
    qtbot.waitUntil(lambda: session.is_open)
    qtbot.waitUntil(lambda: session.controller.runner.trace is not None)
    assert [part.geometry() for part in parts] == before


def test_the_first_picture_stays_visible(
    qtbot: QtBot, session: Session, rest: threading.Event
) -> None:
    contour = session.window.landscape.contour
    wait_for_picture(qtbot, session)
    rest.set()
    seen = []
    session.opened.connect(lambda: seen.append(contour.shown_landscape()))
    while not session.is_open:
        assert contour.shown_landscape() is not None
        QApplication.processEvents()
    assert seen[0] is not None
    qtbot.waitUntil(lambda: session.controller.runner.trace is not None)
    assert contour.shown_landscape() is not None


def test_keys_pressed_before_the_rest_is_loaded_do_nothing(
    qtbot: QtBot, session: Session, rest: threading.Event
) -> None:
    window = session.window
    for key in ("Space", "Right", "Ctrl+Tab", "0", "R", "End", "P", "[", "Shift+Right"):
        QTest.keySequence(window, QKeySequence(key))
        QApplication.processEvents()
    assert not session.is_open
    rest.set()
    qtbot.waitUntil(lambda: session.is_open)
    runner = session.controller.runner
    qtbot.waitUntil(lambda: runner.trace is not None)
    assert runner.shown == 0
    assert not runner.playing


def test_theme_and_language_chosen_early_apply_to_what_is_loaded_later(
    qtbot: QtBot, session: Session, rest: threading.Event
) -> None:
    session.window.themes["dark"].trigger()
    session.window.languages["zh"].trigger()
    rest.set()
    qtbot.waitUntil(lambda: session.is_open)
    window = session.window
    tabs = window.tabs.findChild(QTabBar)
    assert isinstance(tabs, QTabBar)
    assert tabs.tabText(1) == window.tab_view("taylor").tab_title() == "泰勒"
    window.tabs.show_tab("taylor")
    ground = window.tabs.grab().toImage().pixelColor(20, 20)
    assert ground.lightness() < 80


def test_the_loaded_program_is_exempt_from_garbage_collection(
    qtbot: QtBot, session: Session, rest: threading.Event
) -> None:
    thresholds = gc.get_threshold()
    gc.disable()
    try:
        spare_collections(session)
        wait_for_picture(qtbot, session)
        assert gc.get_freeze_count() == 0
        rest.set()
        qtbot.waitUntil(gc.isenabled)
        assert session.controller.runner.trace is not None
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
        gc.enable()
        gc.set_threshold(*thresholds)


@pytest.mark.parametrize("picture", [False, True])
def test_the_window_can_be_closed_before_everything_is_loaded(
    qtbot: QtBot, session: Session, rest: threading.Event, picture: bool
) -> None:
    if picture:
        wait_for_picture(qtbot, session)
    assert not session.is_open
    session.window.close()
    rest.set()
    qtbot.wait(50)
    assert not session.is_open
    assert not any(thread.isRunning() for thread in session.findChildren(QThread))
