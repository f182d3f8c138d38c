"""In a race each run is what it would be alone, and all runs are shown at the same t."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot
from runner_driver import RunnerDriver, bits, computed, endless, has_running_thread, record_advances

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.race.line_ups import BATCHES, LINE_UPS, line_up
from gdsim.core.run.choices import choose, rule_of, schedule_of
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.stop_rules import StopRule
from gdsim.simulation.runner import Runner
from gdsim.simulation.runs import Run


def all_optimizers(function: str = "himmelblau") -> list[Experiment]:
    return [endless(function, optimizer=key) for key in catalogue.optimizers()]


def rows(driver: RunnerDriver) -> set[int]:
    """The last rows of the runs that can advance."""
    return {run.last for run in driver.runner.runs if run.can_advance}


@pytest.mark.parametrize("way", ["step", "play", "flat out"])
def test_every_run_of_a_race_is_what_it_would_be_alone(driver: RunnerDriver, way: str) -> None:
    experiments = all_optimizers()
    driver.race(*experiments)
    if way == "step":
        driver.step_to(40)
    else:
        driver.runner.set_speed(math.inf if way == "flat out" else 400.0)
        driver.runner.play()
        driver.wait(lambda: driver.runner.row >= 40)
        driver.runner.pause()
    for experiment, trace in zip(experiments, driver.traces, strict=True):
        alone = computed(experiment, 40)
        count = min(41, len(alone))
        assert bits(trace, count) == bits(alone, count)


def test_all_runs_are_at_the_same_t(driver: RunnerDriver) -> None:
    driver.race(*all_optimizers("rosenbrock"))
    driver.step_to(5)
    assert rows(driver) == {5}
    driver.play_flat_out()
    driver.runner.pause()
    driver.settle()
    assert rows(driver) == {driver.runner.row}
    driver.rest(0.05)
    assert rows(driver) == {driver.runner.row}


def test_a_run_that_has_ended_stays_while_the_others_advance(driver: RunnerDriver) -> None:
    short, long = choose("quadratic", max_steps=3), endless("quadratic")
    driver.race(short, long)
    driver.step_to(9)
    assert [len(trace) for trace in driver.traces] == [4, 10]
    assert (driver.runner.row, driver.runner.shown) == (9, 3)
    assert driver.runner.is_at_end
    assert not driver.runner.is_over
    driver.runner.back()
    assert (driver.runner.row, driver.runner.shown) == (8, 3)
    driver.runner.show(2)
    assert (driver.runner.row, driver.runner.shown) == (2, 2)


def test_a_race_is_over_when_every_run_has_ended(driver: RunnerDriver) -> None:
    limits = (3, 70, 20)
    driver.race(*(choose("quadratic", max_steps=most, stop=StopRule.NONE) for most in limits))
    driver.runner.end()
    driver.wait(lambda: not driver.runner.playing)
    assert driver.runner.is_over
    assert driver.runner.row == 70
    for command in (driver.runner.step, driver.runner.play, driver.runner.end):
        command()
        driver.rest(0.02)
        assert (driver.runner.row, driver.runner.playing) == (70, False)


@pytest.mark.parametrize("playing", [False, True])
def test_a_run_that_joins_catches_up_and_is_selected(driver: RunnerDriver, playing: bool) -> None:
    driver.load(endless())
    if playing:
        driver.play_flat_out()
    else:
        driver.step_to(30)
    other = endless(optimizer="adam")
    driver.runner.add(other)
    driver.settle()
    assert driver.trace.experiment == other
    assert driver.runner.row >= (500 if playing else 30)
    assert driver.runner.playing == playing
    driver.runner.pause()
    driver.settle()
    assert min(rows(driver)) >= driver.runner.row
    assert bits(driver.trace, 20) == bits(computed(other, 20), 20)
    assert [run.trace is driver.trace for run in driver.runner.runs] == [False, True]


def test_a_duplicate_has_all_rows_and_advances_on_its_own(driver: RunnerDriver) -> None:
    driver.load(endless(optimizer="adam"))
    driver.step_to(10)
    changed = endless(optimizer="adam", eta=0.02)
    driver.runner.change(changed)
    driver.settle()
    driver.step_to(20)
    original = driver.trace
    driver.runner.duplicate()
    driver.wait(lambda: driver.trace is not original)
    driver.settle()
    twin = driver.trace
    assert bits(twin, 21) == bits(original, 21)
    assert [stretch.start for stretch in twin.stretches] == [0, 10]
    driver.runner.change(changed.replace(schedule=schedule_of(0.5)))
    driver.wait(lambda: driver.trace is not twin)
    driver.step_to(30)
    assert len(original) == len(driver.trace) == 31
    assert bits(driver.trace, 20) == bits(original, 20)
    assert bits(driver.trace, 30) != bits(original, 30)


@pytest.mark.parametrize("selected", [0, 1, 2])
def test_a_run_removed_while_playing_leaves_nothing_behind(
    driver: RunnerDriver, selected: int
) -> None:
    experiments = [endless(optimizer=key) for key in ("gradient-descent", "momentum", "adam")]
    driver.race(*experiments)
    driver.runner.select(driver.runner.runs[selected].key)
    driver.play_flat_out()
    removed = driver.runner.runs[1]
    gone = removed.trace
    assert gone is not None
    told = QSignalSpy(driver.runner.trace_changed)
    driver.runner.remove(removed.key)
    assert gone not in driver.traces
    assert told.count() == (1 if selected == 1 else 0)

    def stands_still() -> bool:
        """Whether it gets no new row while the others get many."""
        length, row = len(gone), driver.runner.row
        driver.wait(lambda: driver.runner.row > row + 500)
        return len(gone) == length

    driver.wait(stands_still)
    assert stands_still()
    driver.runner.pause()
    assert driver.runner.trace in driver.traces


def test_the_last_run_cannot_be_removed(driver: RunnerDriver) -> None:
    driver.load(endless())
    driver.runner.remove(driver.runner.runs[0].key)
    assert len(driver.runner.runs) == 1


def test_a_run_removed_before_it_is_loaded_never_appears(
    driver: RunnerDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.load(endless())
    trace = driver.trace
    advanced = record_advances(monkeypatch)
    driver.runner.add(endless(optimizer="adam"))
    driver.runner.step()
    driver.runner.remove(driver.runner.runs[1].key)
    driver.wait(lambda: driver.runner.row == 1)
    driver.rest(0.05)
    assert driver.traces == [trace]
    assert driver.runner.trace is trace
    assert all(computed is trace for computed in advanced)


def test_selecting_a_run_shows_its_trace(driver: RunnerDriver) -> None:
    driver.race(*all_optimizers())
    driver.step_to(3)
    for run in reversed(driver.runner.runs):
        driver.runner.select(run.key)
        assert driver.runner.trace is run.trace
        assert driver.runner.selected is run


def test_a_change_affects_the_selected_run_alone(driver: RunnerDriver) -> None:
    first, second = endless(), endless(optimizer="adam")
    driver.race(first, second)
    driver.step_to(20)
    driver.runner.show(8)
    other = driver.traces[1]
    changed = first.replace(schedule=schedule_of(0.0005))
    driver.runner.change(changed)
    driver.wait(lambda: driver.trace.experiment == changed)
    assert driver.traces[1] is other
    assert (len(other), driver.runner.row) == (21, 8)
    assert [len(run.futures) for run in driver.runner.runs] == [1, 0]
    driver.runner.show(15)
    driver.settle()
    assert len(driver.trace) == 16, "the run that lies behind catches up"


def test_settings_that_a_race_shares_are_changed_for_all(driver: RunnerDriver) -> None:
    driver.race(endless(), endless(optimizer="adam"))
    driver.step_to(6)
    changed = driver.trace.experiment.replace(stop=StopRule.GRADIENT, epsilon=0.5)
    driver.runner.change(changed)
    driver.settle()
    for run in driver.runner.runs:
        assert run.trace is not None
        assert run.trace.experiment is run.experiment
        assert (run.experiment.stop, run.experiment.epsilon) == (StopRule.GRADIENT, 0.5)
        assert [stretch.start for stretch in run.trace.stretches] == [0, 6]


def test_another_function_is_for_all_runs_at_once(driver: RunnerDriver) -> None:
    driver.race(endless(), endless(optimizer="adam", eta=0.07))
    driver.step_to(6)
    told = QSignalSpy(driver.runner.runs_changed)
    driver.runner.load(endless("beale"))
    driver.settle()
    assert told.count() == 1
    assert driver.runner.row == 0
    losses = {trace.experiment.loss for trace in driver.traces}
    assert losses == {catalogue.function("beale").loss}
    assert [trace.experiment.rule for trace in driver.traces] == [
        rule_of("gradient-descent"),
        rule_of("adam"),
    ]
    assert driver.traces[1].experiment.schedule == schedule_of(0.07)


def test_changes_in_quick_succession_all_arrive(driver: RunnerDriver) -> None:
    """Two runs are changed before the worker has answered for the first."""
    driver.race(endless(), endless(optimizer="adam"))
    driver.step_to(3)
    first, second = driver.runner.runs
    eta = schedule_of(0.0007)
    driver.runner.change(first.experiment.replace(schedule=eta))
    driver.runner.select(second.key)
    driver.runner.change(second.experiment.replace(schedule=eta))
    driver.settle()
    assert [trace.experiment.schedule for trace in driver.traces] == [eta, eta]


def test_after_a_race_that_fails_the_previous_one_stays(
    driver: RunnerDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.race(endless(), endless(optimizer="adam"))
    driver.step_to(4)
    traces = driver.traces
    failed = QSignalSpy(driver.runner.failed)
    with monkeypatch.context() as broken:
        broken.setattr(Descent, "__init__", lambda *_: 1 / 0)
        driver.runner.race([endless("beale")])
        driver.wait(lambda: failed.count() == 1)
        driver.runner.add(endless(optimizer="lion"))
        driver.wait(lambda: failed.count() == 2)
    assert driver.traces == traces
    driver.step_to(6)
    assert [len(trace) for trace in traces] == [7, 7]


def test_all_runs_share_the_memory_limit(
    driver: RunnerDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gdsim.core.run.descent.MEMORY_LIMIT", 3_000_000)
    driver.race(*(endless(optimizer=key) for key in ("gradient-descent", "momentum", "adam")))
    driver.runner.set_speed(math.inf)
    driver.runner.play()
    driver.wait(lambda: not driver.runner.playing)
    assert driver.runner.is_full
    assert driver.runner.is_over
    assert 3_000_000 <= sum(trace.nbytes for trace in driver.traces) < 6_000_000
    row = driver.runner.farthest
    # The memory of a removed run is free for the others.
    driver.runner.remove(driver.runner.runs[2].key)
    driver.wait(lambda: not driver.runner.is_over)
    driver.step_to(row + 1)


@pytest.mark.parametrize("key", LINE_UPS)
def test_a_ready_made_race_runs_to_its_end(driver: RunnerDriver, key: str) -> None:
    base = choose("noisy-line" if key == BATCHES else "quadratic", max_steps=300)
    driver.race(*line_up(key, base))
    driver.runner.end()
    driver.wait(lambda: not driver.runner.playing)
    assert driver.runner.is_over
    assert all(trace.ending is not None for trace in driver.traces)


@pytest.mark.parametrize("moment", ["loading", "playing", "joining"])
def test_a_race_can_be_shut_down_at_any_moment(
    qtbot: QtBot, moment: str, capfd: pytest.CaptureFixture[str]
) -> None:
    driver = RunnerDriver(Runner(), qtbot)
    driver.runner.race(all_optimizers("rosenbrock"))
    if moment != "loading":
        driver.settle()
        driver.play_flat_out()
    if moment == "joining":
        driver.runner.duplicate()
    driver.runner.shut_down()
    assert not has_running_thread(driver.runner)
    del driver.runner  # Qt would warn of a timer that is still running
    assert capfd.readouterr().err == ""


def test_runs_on_batches_are_what_they_would_be_alone(driver: RunnerDriver) -> None:
    base = choose("noisy-line", stop=StopRule.NONE, batch=4)
    experiments = [base.replace(seed=seed) for seed in range(3)]
    experiments.append(base.replace(batch=None, rule=rule_of("adam")))
    driver.race(*experiments)
    driver.step_to(25)
    for experiment, trace in zip(experiments, driver.traces, strict=True):
        assert bits(trace, 26) == bits(computed(experiment, 25), 26)
    assert len({bits(trace, 26) for trace in driver.traces}) == 4


@pytest.mark.parametrize("seed", range(6))
def test_after_any_quick_sequence_of_commands_window_and_worker_agree(
    driver: RunnerDriver, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Random commands, each given before the worker has answered the one before."""
    random = Random(seed)
    runner = driver.runner
    keys = list(catalogue.optimizers())
    functions = ("rosenbrock", "himmelblau", "quadratic", "beale")

    def any_run() -> Run:
        return random.choice(runner.runs)

    def changed(**fields: object) -> Experiment:
        assert runner.selected is not None
        return runner.selected.experiment.replace(**fields)

    def resume_future() -> None:
        if runner.futures:
            runner.resume_future(random.choice(runner.futures))

    commands: list[Callable[[], object]] = [
        lambda: runner.add(changed(rule=rule_of(random.choice(keys)))),
        runner.duplicate,
        lambda: runner.remove(any_run().key),
        lambda: runner.select(any_run().key),
        lambda: runner.change(changed(schedule=schedule_of(random.choice((1e-3, 2e-3))))),
        lambda: runner.change(changed(epsilon=random.choice((1e-6, 1e-3)))),
        lambda: runner.change(changed(rule=rule_of(random.choice(keys)))),
        lambda: runner.load(endless(random.choice(functions))),
        lambda: runner.race([endless(optimizer=random.choice(keys)) for _ in range(3)]),
        resume_future,
        runner.step,
        runner.step,
        runner.back,
        runner.toggle,
        lambda: runner.show(random.randrange(1 + max(0, runner.farthest))),
        lambda: runner.set_speed(random.choice((200.0, math.inf))),
        lambda: driver.rest(random.choice((0.0, 0.005, 0.03))),
    ]
    driver.load(endless())
    failed = QSignalSpy(runner.failed)
    for _ in range(150):
        random.choice(commands)()
        if len(runner.runs) > 8:
            runner.remove(any_run().key)
    runner.pause()
    driver.settle()
    assert failed.count() == 0
    assert runner.selected in runner.runs
    # The worker computes the traces that the window shows, and no others.
    runner.show(runner.farthest)
    driver.settle()
    advanced = record_advances(monkeypatch)
    expected = {id(run.trace) for run in runner.runs if run.can_advance}
    runner.step()
    driver.settle()
    assert {id(trace) for trace in advanced} == expected
    assert len({trace.experiment.loss for trace in driver.traces}) == 1
    assert runner.row <= runner.farthest
    if not runner.is_over:
        driver.step_to(runner.row + 1)
    for trace in driver.traces:
        if len(trace.stretches) == 1:
            alone = computed(trace.experiment, min(len(trace) - 1, 300))
            count = min(len(alone), len(trace))
            assert bits(trace, count) == bits(alone, count)
