"""Five thousand random actions: no error, no warning, nothing left behind, memory within limits."""

from __future__ import annotations

import resource
import sys
import threading
import time
from pathlib import Path

import pytest
from monkey import Monkey
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from teacher import Teacher

SEEDS = range(10)
ACTIONS = 520
TAIL = 25  # actions that are printed when something goes wrong
LARGEST_BYTES = 1_000_000_000
LONGEST_SECONDS = 10.0


def memory() -> int:
    """The memory of this process in bytes: now on Linux, elsewhere at its largest."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest if sys.platform == "darwin" else largest * 1024


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_random_actions_break_nothing(
    teacher: Teacher, qtbot: QtBot, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    monkey = Monkey(teacher, seed, folder)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", monkey.chosen_file)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", monkey.chosen_place)
    bugs: list[object] = []
    monkeypatch.setattr(threading, "excepthook", bugs.append)
    teacher.session.controller.workplace.bug_reported.connect(lambda: bugs.append("in a thread"))
    before = memory()
    monkey.begin()
    try:
        with qtbot.captureExceptions() as errors:
            for _ in range(ACTIONS):
                began = time.perf_counter()
                monkey.act()
                assert not errors
                assert not bugs
                assert time.perf_counter() - began < LONGEST_SECONDS, "the window was held"
                assert memory() - before < LARGEST_BYTES
                assert teacher.window.isVisible()
            teacher.wait_until(lambda: teacher.session.is_styled)
        assert not errors
        assert not bugs
    except BaseException:
        print(f"seed {seed}, after {len(monkey.actions)} actions; the last of them:")
        print(*monkey.actions[-TAIL:], sep="\n")
        raise
    finally:
        monkey.stop()
