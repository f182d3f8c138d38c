"""How soon the window responds: while the worker runs at full speed, and to a chosen function.

Budgets: 99th percentile under 50 ms; a frame of a race of twelve under 33 ms; a chosen function's
contour on screen within 150 ms.
"""

from __future__ import annotations

import math
import statistics
import time

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from gdsim.app.application import Session
from gdsim.core.arrays import Floats
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.race.line_ups import line_up
from gdsim.core.run.stop_rules import StopRule
from gdsim.views.landscape.landscape_layer import LandscapeLayer

FLAT_OUT_SECONDS = 5.0
# A turn of the event loop that takes longer has drawn something.
LEAST_FRAME_SECONDS = 0.005
RACE = "all first-order optimizers side by side"
TWO_PARAMETERS = [key for key, entry in catalogue.functions().items() if len(entry.view) == 2]


def choose(session: Session, key: str) -> None:
    """As a click on the function in the list."""
    box = session.window.panel.function.choice
    index = box.findData(key, Qt.ItemDataRole.UserRole)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def waits_of(turns: Floats, share: float) -> float:
    """The longest wait for a response, at this share of all moments.

    ``turns``: the durations of consecutive turns of the event loop. Input that arrives in the
    middle of a turn waits for its end, and it is more likely to arrive in a long turn.
    """
    low, high = 0.0, float(turns.max())
    for _ in range(60):
        wait = (low + high) / 2
        later = np.clip(turns - wait, 0, None).sum() / turns.sum()
        low, high = (wait, high) if later > 1 - share else (low, wait)
    return high


@pytest.mark.parametrize("optimizer", ["gradient-descent", "adam", RACE])
def test_the_window_responds_while_the_worker_runs_at_full_speed(
    benchmark: BenchmarkFixture,
    qtbot: QtBot,
    session: Session,
    capsys: pytest.CaptureFixture[str],
    optimizer: str,
) -> None:
    controller, panel = session.controller, session.window.panel
    choose(session, "rosenbrock")
    panel.optimizer_chosen.emit("gradient-descent" if optimizer == RACE else optimizer)
    panel.stop_chosen.emit("none")
    panel.max_steps_entered.emit(10**9)
    runner = controller.runner
    qtbot.waitUntil(
        lambda: runner.trace is not None and runner.trace.experiment == controller.experiment
    )
    if optimizer == RACE:
        session.window.tabs.show_tab("race")
        endless = line_up("first-order", controller.experiment)
        runner.race([one.replace(stop=StopRule.NONE) for one in endless])
        qtbot.waitUntil(lambda: len(runner.runs) == 12 and not runner.is_loading)
    qtbot.wait(1_000)  # formulas are typeset once
    ticks: list[float] = []
    clock = QTimer()
    clock.setTimerType(Qt.TimerType.PreciseTimer)
    clock.timeout.connect(lambda: ticks.append(time.perf_counter()))

    def run() -> None:
        runner.set_speed(math.inf)
        runner.play()
        qtbot.wait(300)
        ticks.clear()
        clock.start(1)
        qtbot.wait(round(1_000 * FLAT_OUT_SECONDS))
        clock.stop()
        runner.pause()

    begun = runner.last
    benchmark.pedantic(run, rounds=1)
    turns = np.diff(ticks)
    frames = turns[turns > LEAST_FRAME_SECONDS]
    figures = {
        "steps a second": (runner.last - begun) / (FLAT_OUT_SECONDS + 0.3),
        "median wait, ms": 1e3 * waits_of(turns, 0.5),
        "99 % wait, ms": 1e3 * waits_of(turns, 0.99),
        "frames a second": len(frames) / FLAT_OUT_SECONDS,
        "median frame, ms": 1e3 * float(np.median(frames)),
        "99 % of frames, ms": 1e3 * float(np.percentile(frames, 99)),
        "longest turn, ms": 1e3 * float(turns.max()),
    }
    benchmark.extra_info.update(figures)
    with capsys.disabled():
        print(f"\n{optimizer}: " + ", ".join(f"{k} {v:.1f}" for k, v in figures.items()))
        print("budget: 99 % of waits under 50 ms; a frame of the race under 33 ms")
    assert runner.last > 10_000 / len(runner.runs)


def test_a_chosen_function_is_on_screen_at_once(
    benchmark: BenchmarkFixture,
    qtbot: QtBot,
    session: Session,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    painted: list[float] = []
    draw_once = LandscapeLayer.draw_once

    def draw_and_tell(layer: LandscapeLayer, *place: object) -> None:
        draw_once(layer, *place)  # type: ignore[arg-type]
        if layer.landscape is not None:
            painted.append(time.perf_counter())

    monkeypatch.setattr(LandscapeLayer, "draw_once", draw_and_tell)
    spent: dict[str, float] = {}
    frozen: dict[str, float] = {}

    def choose_each() -> None:
        for key in TWO_PARAMETERS:
            painted.clear()
            begun = time.perf_counter()
            choose(session, key)
            while not painted:
                QApplication.processEvents()
            spent[key] = painted[0] - begun
            frozen[key] = longest_turn_until_idle()

    choose(session, "quadratic")
    longest_turn_until_idle()
    benchmark.pedantic(choose_each, rounds=1)
    figures = {"median, ms": 1e3 * statistics.median(spent.values())}
    for what, times in (("slowest", spent), ("longest turn after it", frozen)):
        worst = max(times, key=lambda key: times[key])
        figures[f"{what} ({worst}), ms"] = 1e3 * times[worst]
    benchmark.extra_info.update(figures)
    with capsys.disabled():
        print("\nchosen to contour: " + ", ".join(f"{k} {v:.0f}" for k, v in figures.items()))
        print("budget: 150 ms")


def longest_turn_until_idle() -> float:
    """The longest turn of the event loop until half a second has passed without work.

    In processor time of the window's thread, which other programs do not affect.
    """
    longest, quiet_since = 0.0, time.perf_counter()
    while time.perf_counter() - quiet_since < 0.5:
        begun = time.thread_time()
        QApplication.processEvents()
        turn = time.thread_time() - begun
        longest = max(longest, turn)
        if turn > 0.003:
            quiet_since = time.perf_counter()
    return longest
