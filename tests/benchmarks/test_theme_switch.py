"""How long a change of theme, and projector mode, hold the window.

Budget: a tenth of what Qt takes when the application gets another style sheet, which is how the
theme was changed before. Both ways are measured alternately in the same window. The measure is the
longest turn of the event loop in time of its own thread, so that other load does not count.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from gdsim.app.application import Session
from gdsim.views.theme import DARK, LIGHT, PROJECTOR, Theme, apply_theme

ROUNDS = 2
SHARE = 0.1


def longest_turn(session: Session, begin: Callable[[], None]) -> float:
    """The seconds of the longest turn of the event loop until all is styled and painted."""
    longest, end = 0.0, time.perf_counter() + 0.5
    deed = begin
    while time.perf_counter() < end or not session.is_styled:
        began = time.thread_time()
        deed()
        QApplication.processEvents()
        longest = max(longest, time.thread_time() - began)
        deed = _nothing
        time.sleep(0.001)
    return longest


def _nothing() -> None:
    """In the turns after the first, only events are processed."""


def style_at_once(session: Session, application: QApplication, theme: Theme) -> None:
    """Set the sheet of the whole application, and restyle every view, in one go."""
    apply_theme(application, theme)
    session.window.set_theme(theme)


@pytest.mark.parametrize("mode", ["theme", "projector"])
def test_a_switch_holds_the_window_for_a_tenth(
    session: Session, own_look: QApplication, qtbot: QtBot, mode: str, benchmark: BenchmarkFixture
) -> None:
    window = session.window
    window.themes["light"].trigger()
    other = DARK if mode == "theme" else PROJECTOR
    to_other: QAction = window.themes["dark"] if mode == "theme" else window.projector
    to_light: QAction = window.themes["light"] if mode == "theme" else window.projector
    now, before = [], []
    for _ in range(ROUNDS):
        for action, theme, back in ((to_other, LIGHT, other), (to_light, other, LIGHT)):
            now.append(longest_turn(session, action.trigger))
            # The old way there and back, which leaves the window as it was.
            before += [
                longest_turn(session, partial(style_at_once, session, own_look, target))
                for target in (theme, back)
            ]
    ratio = statistics.median(now) / statistics.median(before)
    benchmark.extra_info["ratio"] = ratio
    benchmark.extra_info["milliseconds"] = 1000 * statistics.median(now)
    benchmark.extra_info["milliseconds at once"] = 1000 * statistics.median(before)
    benchmark.pedantic(to_other.trigger, rounds=1)
    qtbot.waitUntil(lambda: session.is_styled)
    print(f"{mode}: {ratio:.3f}", benchmark.extra_info)
    assert ratio <= SHARE
