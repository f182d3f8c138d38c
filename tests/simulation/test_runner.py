"""A run has the same bits however it is advanced, and signals of older runs are ignored."""

from __future__ import annotations

import math
import time
from itertools import pairwise

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot
from runner_driver import RunnerDriver, bits, computed, endless, has_running_thread, record_advances

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.run.choices import choose, rule_of, schedule_of
from gdsim.core.run.descent import Descent
from gdsim.simulation.run_requests import NewRun
from gdsim.simulation.runner import Runner
from gdsim.simulation.worker import Worker


@pytest.mark.parametrize("optimizer", catalogue.optimizers())
def test_stepping_playing_and_advancing_give_the_same_bits(
    driver: RunnerDriver, optimizer: str
) -> None:
    experiment = endless("himmelblau", optimizer=optimizer)
    wanted = bits(computed(experiment, 30), 31)
    driver.load(experiment)
    driver.step_to(30)
    assert bits(driver.trace, 31) == wanted
    for speed in (2_000.0, math.inf):
        driver.load(experiment)
        driver.runner.set_speed(speed)
        driver.runner.play()
        driver.wait(lambda: driver.runner.shown >= 30)
        driver.runner.pause()
        assert bits(driver.trace, 31) == wanted


@pytest.mark.parametrize("batch", [1, 32, None])
def test_batches_are_the_same_however_the_run_gets_there(
    driver: RunnerDriver, batch: int | None
) -> None:
    experiment = endless("noisy-line", batch=batch, seed=8)
    driver.load(experiment)
    driver.step_to(12)
    driver.runner.show(4)
    driver.runner.set_speed(math.inf)
    driver.runner.play()
    driver.wait(lambda: driver.runner.shown >= 60)
    driver.runner.pause()
    assert bits(driver.trace, 61) == bits(computed(experiment, 60), 61)


@pytest.mark.parametrize("optimizer", catalogue.optimizers())
def test_going_back_and_on_again_changes_no_bit(driver: RunnerDriver, optimizer: str) -> None:
    experiment = endless("himmelblau", optimizer=optimizer)
    driver.load(experiment)
    driver.step_to(20)
    for row in (13, 5, 0, 17, 20):
        driver.runner.show(row)
        assert driver.runner.shown == row
        assert driver.runner.trace is driver.trace
    driver.step_to(30)
    assert bits(driver.trace, 31) == bits(computed(experiment, 30), 31)


def test_quick_steps_after_a_new_start_at_full_speed_are_all_taken(driver: RunnerDriver) -> None:
    driver.load(endless())
    driver.play_flat_out()
    driver.runner.load(endless("beale"))
    driver.wait(lambda: not driver.runner.is_loading)
    for _ in range(5):
        driver.runner.step()
    driver.wait(lambda: driver.runner.shown == 5)


def test_every_step_is_shown_in_turn(driver: RunnerDriver) -> None:
    driver.load(endless())
    shown = QSignalSpy(driver.runner.shown_changed)
    driver.step_to(25)
    assert [shown.at(i)[0] for i in range(shown.count())] == list(range(1, 26))


def test_quick_steps_are_all_taken(driver: RunnerDriver) -> None:
    driver.load(endless())
    for _ in range(50):
        driver.runner.step()
    driver.wait(lambda: driver.runner.shown == 50)
    driver.rest(0.05)
    assert driver.runner.shown == 50
    assert driver.runner.last == 50, "nothing is computed that nobody asked for"


def test_pausing_acts_within_a_slice_at_full_speed(
    driver: RunnerDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    slices = record_advances(monkeypatch)
    driver.load(endless())
    driver.play_flat_out()
    rested = QSignalSpy(driver.runner.became_idle)
    driver.runner.pause()
    assert not driver.runner.playing
    begun = len(slices)
    driver.wait(lambda: rested.count() > 0)
    # The slice that was being computed may be followed by one that had its turn before the request.
    assert len(slices) <= begun + 1
    driver.wait(lambda: driver.runner.shown == driver.runner.last)


class Clock:
    """Stands in for the module ``time`` where the worker reads it, and remembers what it told."""

    now = 0.0

    def perf_counter(self) -> float:
        self.now = time.perf_counter()
        return self.now


def test_the_worker_publishes_at_most_sixty_times_a_second(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, told = Clock(), []
    monkeypatch.setattr("gdsim.simulation.worker.time", clock)
    worker = Worker()
    worker.published.connect(lambda _: told.append(clock.now))
    worker.load(1, {1: NewRun(endless())}, True)
    worker.advance_to(10**9)
    while len(told) < 20:
        before = len(told)
        qtbot.waitUntil(lambda before=before: len(told) > before)
        worker.resume()  # the window has drawn at once
    assert all(later - earlier >= 1 / 60 for earlier, later in pairwise(told))


def test_the_worker_waits_until_the_window_has_drawn(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gdsim.simulation.worker.LONGEST_WAIT_MS", 60_000)
    worker = Worker()
    heard, loaded = QSignalSpy(worker.published), QSignalSpy(worker.loaded)
    idle = QSignalSpy(worker.became_idle)
    worker.load(1, {1: NewRun(endless())}, True)
    trace = loaded.at(0)[1][1]
    worker.advance_to(10**9)
    for _ in range(3):
        before = heard.count()
        qtbot.waitUntil(lambda before=before: heard.count() > before)
        length = len(trace)
        qtbot.wait(30)
        assert len(trace) == length
        worker.resume()
    worker.advance_to(0)
    before = heard.count()
    qtbot.waitUntil(lambda: heard.count() > before)  # a request to stop is answered at once
    assert idle.count() == 1
    length = len(trace)
    qtbot.wait(30)
    assert len(trace) == length


def test_a_window_that_never_draws_does_not_stop_the_worker(qtbot: QtBot) -> None:
    worker = Worker()
    heard, idle = QSignalSpy(worker.published), QSignalSpy(worker.became_idle)
    worker.load(1, {1: NewRun(endless())}, True)
    worker.advance_to(10**9)
    qtbot.waitUntil(lambda: heard.count() > 3)
    worker.advance_to(0)
    qtbot.waitUntil(lambda: idle.count() == 1)


def test_the_end_is_reached_and_shown(driver: RunnerDriver) -> None:
    driver.load(choose("quadratic"))
    driver.runner.end()
    driver.wait(lambda: not driver.runner.playing)
    assert driver.runner.is_at_end
    ending = driver.trace.ending
    assert ending is not None
    assert ending.t == driver.runner.shown == driver.runner.last
    for command in (
        driver.runner.step,
        driver.runner.play,
        driver.runner.end,
        driver.runner.toggle,
    ):
        command()
        driver.rest(0.02)
        assert not driver.runner.playing
        assert driver.runner.shown == ending.t


def test_the_step_limit_is_an_end(driver: RunnerDriver) -> None:
    driver.load(choose("rosenbrock", max_steps=7))
    driver.runner.set_speed(200.0)
    driver.runner.play()
    driver.wait(lambda: not driver.runner.playing)
    assert driver.runner.is_at_end
    assert driver.runner.shown == 7


def test_showing_beyond_either_end_shows_the_end(driver: RunnerDriver) -> None:
    driver.load(endless())
    driver.step_to(5)
    driver.runner.show(-3)
    assert driver.runner.shown == 0
    driver.runner.show(10**12)
    assert driver.runner.shown == 5
    driver.runner.back()
    driver.runner.back()
    assert driver.runner.shown == 3
    driver.runner.home()
    driver.runner.back()
    assert driver.runner.shown == 0


def test_signals_of_an_older_run_are_ignored(
    driver: RunnerDriver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.runner.shut_down()
    worker = Worker()
    monkeypatch.setattr("gdsim.simulation.runner.Worker", lambda: worker)
    driver.runner = Runner()
    first, second = endless("rosenbrock"), endless("quadratic")
    driver.load(first)
    driver.play_flat_out()
    stale = driver.trace
    changed = QSignalSpy(driver.runner.trace_changed)
    driver.runner.load(endless("beale"))
    driver.runner.load(second)
    driver.wait(lambda: driver.trace.experiment == second)
    worker.loaded.emit(0, {run.key: stale for run in driver.runner.runs})
    worker.published.emit(1)
    worker.became_idle.emit(1)
    worker.failed.emit(1, "an old bug")
    failed = QSignalSpy(driver.runner.failed)
    published = QSignalSpy(driver.runner.published)
    driver.rest(0.05)
    assert [changed.at(i)[0].experiment for i in range(changed.count())] == [second]
    assert failed.count() == published.count() == 0
    assert (driver.runner.shown, driver.runner.last) == (0, 0)


def test_commands_during_loading_are_carried_out_afterwards(driver: RunnerDriver) -> None:
    driver.runner.load(endless("beale"))
    driver.runner.step()
    driver.runner.step()
    driver.wait(lambda: driver.runner.shown == 2)
    driver.runner.load(endless("himmelblau"))
    driver.runner.set_speed(math.inf)
    driver.runner.play()
    driver.wait(lambda: driver.runner.shown > 100)
    driver.runner.pause()
    driver.runner.load(choose("quadratic"))
    driver.runner.end()
    driver.wait(lambda: driver.runner.is_at_end)


def test_a_pause_during_loading_cancels_a_play_command(driver: RunnerDriver) -> None:
    driver.load(endless("beale"))
    for command in (driver.runner.play, driver.runner.end):
        driver.runner.change(endless("beale", eta=0.001))
        command()
        driver.runner.pause()
        driver.settle()
        driver.rest(0.05)
        assert (driver.runner.playing, driver.runner.row) == (False, 0)
    driver.runner.change(endless("beale", eta=0.002))
    driver.runner.toggle()
    driver.runner.toggle()
    driver.settle()
    assert not driver.runner.playing


def test_a_command_for_a_run_that_was_replaced_is_dropped(driver: RunnerDriver) -> None:
    driver.runner.load(endless("beale"))
    driver.runner.step()
    driver.load(endless("himmelblau"))
    driver.rest(0.05)
    assert driver.runner.shown == 0


@pytest.mark.parametrize("playing", [False, True])
def test_a_change_goes_on_from_the_shown_row(driver: RunnerDriver, playing: bool) -> None:
    experiment = endless("himmelblau", optimizer="adam")
    driver.load(experiment)
    if playing:
        driver.play_flat_out()
    else:
        driver.step_to(30)
        driver.runner.show(12)
    changed = experiment.replace(schedule=schedule_of(0.001))
    shown = driver.runner.shown
    old = driver.trace
    driver.runner.change(changed)
    driver.wait(lambda: driver.trace.experiment == changed)
    assert driver.runner.playing == playing
    start = driver.trace.stretches[-1].start
    assert start >= shown
    assert bits(driver.trace, start) == bits(old, start)
    assert driver.trace.theta(start, start + 1).tobytes() == old.theta(start, start + 1).tobytes()
    driver.runner.pause()


def test_a_change_during_loading_starts_from_the_beginning(driver: RunnerDriver) -> None:
    driver.load(endless("beale"))
    driver.step_to(3)
    other = endless("himmelblau")
    driver.runner.load(other)
    changed = other.replace(rule=rule_of("adam"))
    driver.runner.change(changed)
    driver.wait(lambda: driver.trace.experiment == changed)
    assert driver.runner.shown == 0
    assert len(driver.trace.stretches) == 1


def test_a_bug_in_the_worker_is_reported_and_survived(
    driver: RunnerDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.load(endless())
    driver.step_to(2)
    failed = QSignalSpy(driver.runner.failed)
    with monkeypatch.context() as broken:
        broken.setattr(Descent, "advance", lambda *_: 1 / 0)
        driver.runner.set_speed(math.inf)
        driver.runner.play()
        driver.wait(lambda: failed.count() > 0)
    assert "ZeroDivisionError" in failed.at(0)[0]
    assert not driver.runner.playing
    assert driver.runner.shown == 2
    driver.step_to(4)
    driver.load(endless("beale"))
    driver.step_to(1)


def test_after_a_load_that_fails_the_previous_run_stays(
    driver: RunnerDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.load(endless())
    driver.step_to(2)
    trace = driver.trace
    failed = QSignalSpy(driver.runner.failed)
    with monkeypatch.context() as broken:
        broken.setattr(Descent, "__init__", lambda *_: 1 / 0)
        driver.runner.load(endless("beale"))
        driver.wait(lambda: failed.count() == 1)
    assert driver.trace is trace
    driver.step_to(5)
    assert bits(driver.trace, 6) == bits(computed(endless(), 5), 6)


def test_a_run_stops_at_the_memory_limit(
    driver: RunnerDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gdsim.core.run.descent.MEMORY_LIMIT", 2_000_000)
    driver.load(endless())
    driver.runner.set_speed(math.inf)
    driver.runner.play()
    driver.wait(lambda: not driver.runner.playing)
    assert driver.runner.is_full
    assert driver.runner.shown == driver.runner.last
    assert driver.trace.ending is None
    assert 2_000_000 <= driver.trace.nbytes < 4_000_000
    full = driver.runner.last
    driver.runner.step()
    driver.runner.play()
    driver.rest(0.05)
    assert driver.runner.last == full
    driver.runner.show(3)
    assert driver.runner.shown == 3


@pytest.mark.parametrize("moment", ["idle", "loading", "playing", "paused"])
def test_shutting_down_at_any_moment_ends_the_thread_quietly(
    qtbot: QtBot, moment: str, capfd: pytest.CaptureFixture[str]
) -> None:
    runner = Runner()
    driver = RunnerDriver(runner, qtbot)
    if moment == "loading":
        runner.load(endless("wood", optimizer="newton"))
    elif moment != "idle":
        driver.load(endless())
        driver.play_flat_out()
        if moment == "paused":
            runner.pause()
    runner.shut_down()
    runner.shut_down()
    assert not has_running_thread(runner)
    del runner, driver.runner  # Qt would warn of a timer that is still running
    assert capfd.readouterr().err == ""
