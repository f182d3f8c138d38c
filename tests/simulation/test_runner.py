"""A run has the same bits however it is advanced, and signals of older runs are ignored."""

from __future__ import annotations

import math
import time
from itertools import pairwise

import pytest
from desk import Desk, bits, computed, endless, has_running_thread, record_advances
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import choose, rule_of, schedule_of
from gdsim.simulation.run_requests import NewRun
from gdsim.simulation.runner import Runner
from gdsim.simulation.worker import Worker


@pytest.mark.parametrize("optimizer", catalogue.optimizers())
def test_stepping_playing_and_advancing_give_the_same_bits(desk: Desk, optimizer: str) -> None:
    experiment = endless("himmelblau", optimizer=optimizer)
    wanted = bits(computed(experiment, 30), 31)
    desk.load(experiment)
    desk.step_to(30)
    assert bits(desk.trace, 31) == wanted
    for speed in (2_000.0, math.inf):
        desk.load(experiment)
        desk.runner.set_speed(speed)
        desk.runner.play()
        desk.wait(lambda: desk.runner.shown >= 30)
        desk.runner.pause()
        assert bits(desk.trace, 31) == wanted


@pytest.mark.parametrize("batch", [1, 32, None])
def test_batches_are_the_same_however_the_run_gets_there(desk: Desk, batch: int | None) -> None:
    experiment = endless("noisy-line", batch=batch, seed=8)
    desk.load(experiment)
    desk.step_to(12)
    desk.runner.show(4)
    desk.runner.set_speed(math.inf)
    desk.runner.play()
    desk.wait(lambda: desk.runner.shown >= 60)
    desk.runner.pause()
    assert bits(desk.trace, 61) == bits(computed(experiment, 60), 61)


@pytest.mark.parametrize("optimizer", catalogue.optimizers())
def test_going_back_and_on_again_changes_no_bit(desk: Desk, optimizer: str) -> None:
    experiment = endless("himmelblau", optimizer=optimizer)
    desk.load(experiment)
    desk.step_to(20)
    for row in (13, 5, 0, 17, 20):
        desk.runner.show(row)
        assert desk.runner.shown == row
        assert desk.runner.trace is desk.trace
    desk.step_to(30)
    assert bits(desk.trace, 31) == bits(computed(experiment, 30), 31)


def test_quick_steps_after_a_new_start_at_full_speed_are_all_taken(desk: Desk) -> None:
    desk.load(endless())
    desk.play_flat_out()
    desk.runner.load(endless("beale"))
    desk.wait(lambda: not desk.runner.is_loading)
    for _ in range(5):
        desk.runner.step()
    desk.wait(lambda: desk.runner.shown == 5)


def test_every_step_is_shown_in_turn(desk: Desk) -> None:
    desk.load(endless())
    shown = QSignalSpy(desk.runner.shown_changed)
    desk.step_to(25)
    assert [shown.at(i)[0] for i in range(shown.count())] == list(range(1, 26))


def test_quick_steps_are_all_taken(desk: Desk) -> None:
    desk.load(endless())
    for _ in range(50):
        desk.runner.step()
    desk.wait(lambda: desk.runner.shown == 50)
    desk.rest(0.05)
    assert desk.runner.shown == 50
    assert desk.runner.last == 50, "nothing is computed that nobody asked for"


def test_pausing_acts_within_a_slice_at_full_speed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    slices = record_advances(monkeypatch)
    desk.load(endless())
    desk.play_flat_out()
    rested = QSignalSpy(desk.runner.became_idle)
    desk.runner.pause()
    assert not desk.runner.playing
    begun = len(slices)
    desk.wait(lambda: rested.count() > 0)
    # The slice that was being computed may be followed by one that had its turn before the request.
    assert len(slices) <= begun + 1
    desk.wait(lambda: desk.runner.shown == desk.runner.last)


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


def test_the_end_is_reached_and_shown(desk: Desk) -> None:
    desk.load(choose("quadratic"))
    desk.runner.end()
    desk.wait(lambda: not desk.runner.playing)
    assert desk.runner.is_at_end
    ending = desk.trace.ending
    assert ending is not None
    assert ending.t == desk.runner.shown == desk.runner.last
    for command in (desk.runner.step, desk.runner.play, desk.runner.end, desk.runner.toggle):
        command()
        desk.rest(0.02)
        assert not desk.runner.playing
        assert desk.runner.shown == ending.t


def test_the_step_limit_is_an_end(desk: Desk) -> None:
    desk.load(choose("rosenbrock", max_steps=7))
    desk.runner.set_speed(200.0)
    desk.runner.play()
    desk.wait(lambda: not desk.runner.playing)
    assert desk.runner.is_at_end
    assert desk.runner.shown == 7


def test_showing_beyond_either_end_shows_the_end(desk: Desk) -> None:
    desk.load(endless())
    desk.step_to(5)
    desk.runner.show(-3)
    assert desk.runner.shown == 0
    desk.runner.show(10**12)
    assert desk.runner.shown == 5
    desk.runner.back()
    desk.runner.back()
    assert desk.runner.shown == 3
    desk.runner.home()
    desk.runner.back()
    assert desk.runner.shown == 0


def test_signals_of_an_older_run_are_ignored(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.runner.shut_down()
    worker = Worker()
    monkeypatch.setattr("gdsim.simulation.runner.Worker", lambda: worker)
    desk.runner = Runner()
    first, second = endless("rosenbrock"), endless("quadratic")
    desk.load(first)
    desk.play_flat_out()
    stale = desk.trace
    changed = QSignalSpy(desk.runner.trace_changed)
    desk.runner.load(endless("beale"))
    desk.runner.load(second)
    desk.wait(lambda: desk.trace.experiment == second)
    worker.loaded.emit(0, {run.key: stale for run in desk.runner.runs})
    worker.published.emit(1)
    worker.became_idle.emit(1)
    worker.failed.emit(1, "an old bug")
    failed = QSignalSpy(desk.runner.failed)
    published = QSignalSpy(desk.runner.published)
    desk.rest(0.05)
    assert [changed.at(i)[0].experiment for i in range(changed.count())] == [second]
    assert failed.count() == published.count() == 0
    assert (desk.runner.shown, desk.runner.last) == (0, 0)


def test_commands_during_loading_are_carried_out_afterwards(desk: Desk) -> None:
    desk.runner.load(endless("beale"))
    desk.runner.step()
    desk.runner.step()
    desk.wait(lambda: desk.runner.shown == 2)
    desk.runner.load(endless("himmelblau"))
    desk.runner.set_speed(math.inf)
    desk.runner.play()
    desk.wait(lambda: desk.runner.shown > 100)
    desk.runner.pause()
    desk.runner.load(choose("quadratic"))
    desk.runner.end()
    desk.wait(lambda: desk.runner.is_at_end)


def test_a_pause_during_loading_cancels_a_play_command(desk: Desk) -> None:
    desk.load(endless("beale"))
    for command in (desk.runner.play, desk.runner.end):
        desk.runner.change(endless("beale", eta=0.001))
        command()
        desk.runner.pause()
        desk.settle()
        desk.rest(0.05)
        assert (desk.runner.playing, desk.runner.row) == (False, 0)
    desk.runner.change(endless("beale", eta=0.002))
    desk.runner.toggle()
    desk.runner.toggle()
    desk.settle()
    assert not desk.runner.playing


def test_a_command_for_a_run_that_was_replaced_is_dropped(desk: Desk) -> None:
    desk.runner.load(endless("beale"))
    desk.runner.step()
    desk.load(endless("himmelblau"))
    desk.rest(0.05)
    assert desk.runner.shown == 0


@pytest.mark.parametrize("playing", [False, True])
def test_a_change_goes_on_from_the_shown_row(desk: Desk, playing: bool) -> None:
    experiment = endless("himmelblau", optimizer="adam")
    desk.load(experiment)
    if playing:
        desk.play_flat_out()
    else:
        desk.step_to(30)
        desk.runner.show(12)
    changed = experiment.replace(schedule=schedule_of(0.001))
    shown = desk.runner.shown
    old = desk.trace
    desk.runner.change(changed)
    desk.wait(lambda: desk.trace.experiment == changed)
    assert desk.runner.playing == playing
    start = desk.trace.segments[-1].start
    assert start >= shown
    assert bits(desk.trace, start) == bits(old, start)
    assert desk.trace.theta(start, start + 1).tobytes() == old.theta(start, start + 1).tobytes()
    desk.runner.pause()


def test_a_change_during_loading_starts_from_the_beginning(desk: Desk) -> None:
    desk.load(endless("beale"))
    desk.step_to(3)
    other = endless("himmelblau")
    desk.runner.load(other)
    changed = other.replace(rule=rule_of("adam"))
    desk.runner.change(changed)
    desk.wait(lambda: desk.trace.experiment == changed)
    assert desk.runner.shown == 0
    assert len(desk.trace.segments) == 1


def test_a_bug_in_the_worker_is_reported_and_survived(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.load(endless())
    desk.step_to(2)
    failed = QSignalSpy(desk.runner.failed)
    with monkeypatch.context() as broken:
        broken.setattr(Descent, "advance", lambda *_: 1 / 0)
        desk.runner.set_speed(math.inf)
        desk.runner.play()
        desk.wait(lambda: failed.count() > 0)
    assert "ZeroDivisionError" in failed.at(0)[0]
    assert not desk.runner.playing
    assert desk.runner.shown == 2
    desk.step_to(4)
    desk.load(endless("beale"))
    desk.step_to(1)


def test_after_a_load_that_fails_the_previous_run_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.load(endless())
    desk.step_to(2)
    trace = desk.trace
    failed = QSignalSpy(desk.runner.failed)
    with monkeypatch.context() as broken:
        broken.setattr(Descent, "__init__", lambda *_: 1 / 0)
        desk.runner.load(endless("beale"))
        desk.wait(lambda: failed.count() == 1)
    assert desk.trace is trace
    desk.step_to(5)
    assert bits(desk.trace, 6) == bits(computed(endless(), 5), 6)


def test_a_run_stops_at_the_memory_limit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdsim.core.run.descent.MEMORY_LIMIT", 2_000_000)
    desk.load(endless())
    desk.runner.set_speed(math.inf)
    desk.runner.play()
    desk.wait(lambda: not desk.runner.playing)
    assert desk.runner.is_full
    assert desk.runner.shown == desk.runner.last
    assert desk.trace.ending is None
    assert 2_000_000 <= desk.trace.nbytes < 4_000_000
    full = desk.runner.last
    desk.runner.step()
    desk.runner.play()
    desk.rest(0.05)
    assert desk.runner.last == full
    desk.runner.show(3)
    assert desk.runner.shown == 3


@pytest.mark.parametrize("moment", ["idle", "loading", "playing", "paused"])
def test_shutting_down_at_any_moment_ends_the_thread_quietly(
    qtbot: QtBot, moment: str, capfd: pytest.CaptureFixture[str]
) -> None:
    runner = Runner()
    desk = Desk(runner, qtbot)
    if moment == "loading":
        runner.load(endless("wood", optimizer="newton"))
    elif moment != "idle":
        desk.load(endless())
        desk.play_flat_out()
        if moment == "paused":
            runner.pause()
    runner.shut_down()
    runner.shut_down()
    assert not has_running_thread(runner)
    del runner, desk.runner  # Qt would warn of a timer that is still running
    assert capfd.readouterr().err == ""
