"""Where no window can be opened, ``gdsim`` says in one sentence what to do, and exits 2."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
from collections.abc import Container
from pathlib import Path
from unittest.mock import Mock

import pytest

from gdsim.app import platform
from gdsim.cli import main

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland")


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """``gdsim`` as from a terminal, with these variables and no display otherwise."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    inherited = {key: value for key, value in os.environ.items() if key not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "gdsim"],
        env={**inherited, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "there is no display"),
        ({"DISPLAY": ""}, "there is no display"),
        ({"DISPLAY": ":987"}, "the display :987 does not answer"),
        ({"DISPLAY": "127.0.0.1:987"}, "the display 127.0.0.1:987 does not answer"),
        ({"DISPLAY": "nonsense"}, "the display nonsense does not answer"),
        ({"QT_QPA_PLATFORM": "xcb"}, "there is no display"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "on QT_QPA_PLATFORM=nonsense"),
        ({"WAYLAND_DISPLAY": "gone"}, "there is no display"),
        ({"WAYLAND_DISPLAY": "gone", "DISPLAY": ":987"}, "the display :987 does not answer"),
    ],
)
def test_without_a_display_it_says_so_and_exits_2(
    environment: dict[str, str], sentence: str
) -> None:
    done = start(**environment)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert sentence in done.stderr
    assert "`gdsim run`" in done.stderr


class System:
    """A computer that loads every library but the missing ones, with a display that answers."""

    def __init__(self, missing: Container[str] = ()) -> None:
        self.missing = missing
        self.asked: list[str] = []

    def __call__(self, library: str) -> Mock:
        self.asked.append(library)
        if library in self.missing:
            raise OSError(f"{library}: cannot open shared object file")
        return Mock(xcb_connection_has_error=Mock(return_value=0))


@pytest.fixture
def on_x11(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr(ctypes, "CDLL", System())
    return monkeypatch


def test_nothing_is_missing_where_every_library_loads(on_x11: pytest.MonkeyPatch) -> None:
    assert platform.missing_for_a_window() is None


@pytest.mark.parametrize("library", platform.LIBRARIES)
def test_a_missing_library_is_named_with_its_package(
    on_x11: pytest.MonkeyPatch, library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    on_x11.setattr(ctypes, "CDLL", System(missing={library}))
    assert main([]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.endswith(f"sudo apt-get install {platform.LIBRARIES[library]}\n")


def test_all_missing_packages_are_installed_by_one_command(on_x11: pytest.MonkeyPatch) -> None:
    on_x11.setattr(ctypes, "CDLL", System(missing=platform.LIBRARIES))
    sentence = platform.missing_for_a_window()
    assert sentence is not None
    assert all(package in sentence for package in platform.LIBRARIES.values())
    assert sentence.count("apt-get install") == 1


def test_without_x11_its_libraries_are_not_needed(
    on_x11: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    system = System()
    on_x11.setattr(ctypes, "CDLL", system)
    on_x11.delenv("DISPLAY")
    on_x11.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-0"))
        compositor.listen()
        for variable, value in (("QT_QPA_PLATFORM", "offscreen"), ("WAYLAND_DISPLAY", "wayland-0")):
            with on_x11.context() as elsewhere:
                elsewhere.setenv(variable, value)
                assert platform.missing_for_a_window() is None
    assert system.asked
    assert not any("xcb" in library for library in system.asked)


def test_a_qt_that_cannot_be_imported_is_reported(on_x11: pytest.MonkeyPatch) -> None:
    on_x11.setitem(sys.modules, "PySide6.QtWidgets", None)
    sentence = platform.missing_for_a_window()
    assert sentence is not None
    assert "Qt cannot be loaded" in sentence
    assert "`gdsim run`" in sentence


def test_other_systems_than_linux_need_only_qt(on_x11: pytest.MonkeyPatch) -> None:
    on_x11.setattr(sys, "platform", "win32")
    on_x11.delenv("DISPLAY")
    on_x11.setattr(ctypes, "CDLL", System(missing=platform.LIBRARIES))
    assert platform.missing_for_a_window() is None
