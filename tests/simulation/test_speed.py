"""Playing at a speed shows at most the rows that are due, and none after a pause."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QSignalSpy
from runner_driver import RunnerDriver, endless

from gdsim.simulation import player

FRAME_SECONDS = 1 / 60


class Clock:
    """Stands in for the module ``time`` where the player reads it."""

    def __init__(self) -> None:
        self.now = 100.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(player, "time", clock)
    return clock


PlayByHand = Callable[[float], QTimer]


@pytest.fixture
def play_by_hand(driver: RunnerDriver, monkeypatch: pytest.MonkeyPatch) -> PlayByHand:
    """Play at a speed with a timer that fires when the test says so."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    (timer,) = driver.runner.findChildren(QTimer, options=direct)
    monkeypatch.setattr(timer, "start", timer.setInterval)

    def play(speed: float) -> QTimer:
        driver.load(endless())
        driver.runner.set_speed(speed)
        driver.runner.play()
        return timer

    return play


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0, 3.0, 10.0, 30.0, 60.0])
def test_a_slow_speed_is_that_of_its_timer_and_skips_no_row(
    driver: RunnerDriver, play_by_hand: PlayByHand, speed: float
) -> None:
    timer = play_by_hand(speed)
    assert timer.interval() == round(1000 / speed)
    shown = QSignalSpy(driver.runner.shown_changed)
    for row in range(1, 9):
        timer.timeout.emit()
        driver.wait(lambda row=row: driver.runner.shown == row)
    assert [shown.at(i)[0] for i in range(shown.count())] == list(range(1, 9))


@pytest.mark.parametrize("speed", [64.0, 100.0, 500.0, 5_000.0])
def test_a_high_speed_follows_the_clock(
    driver: RunnerDriver, clock: Clock, play_by_hand: PlayByHand, speed: float
) -> None:
    timer = play_by_hand(speed)
    assert timer.interval() <= 1000 * FRAME_SECONDS + 1
    begun = clock.now
    # Irregular ticks make no difference; these times are sums of powers of two, which are exact.
    for late in (1, 1, 3, 2, 8, 1, 16, 5, 1):
        clock.now += late / 64
        timer.timeout.emit()
        due = int(speed * (clock.now - begun))
        driver.wait(lambda due=due: driver.runner.shown >= due)
        assert driver.runner.shown == due


def test_a_computer_that_was_suspended_does_not_catch_up(
    driver: RunnerDriver, clock: Clock, play_by_hand: PlayByHand
) -> None:
    timer = play_by_hand(500.0)
    clock.now += 60.0
    timer.timeout.emit()
    driver.wait(lambda: driver.runner.shown == 126)
    clock.now += 1 / 64
    timer.timeout.emit()
    driver.wait(lambda: driver.runner.shown == 126 + 7)
    assert driver.runner.last == 126 + 7


def test_the_speed_changes_at_once(driver: RunnerDriver) -> None:
    driver.load(endless())
    driver.play_flat_out()
    rested = QSignalSpy(driver.runner.became_idle)
    driver.runner.set_speed(0.5)
    driver.wait(lambda: rested.count() > 0)
    held, computed_ahead = driver.runner.shown, driver.runner.last
    driver.rest(0.2)
    assert driver.runner.shown <= held + 1
    assert driver.runner.last == computed_ahead, "the worker still runs ahead"
    driver.runner.set_speed(math.inf)
    driver.wait(lambda: driver.runner.shown > held + 1_000)
    assert driver.runner.playing


def test_a_pause_at_a_limited_speed_waits_for_no_row(
    driver: RunnerDriver, play_by_hand: PlayByHand
) -> None:
    timer = play_by_hand(10.0)
    timer.timeout.emit()
    driver.wait(lambda: driver.runner.shown == 1)
    rested = QSignalSpy(driver.runner.became_idle)
    timer.timeout.emit()
    held = driver.runner.shown  # the next one may have been computed already
    driver.runner.pause()
    driver.wait(lambda: rested.count() > 0)
    driver.rest(0.02)
    assert driver.runner.shown == held
    driver.step_to(held + 1)
