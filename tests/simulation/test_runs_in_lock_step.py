"""In a race each run is what it would be alone, and all runs are shown at the same t."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

import pytest
from desk import Desk, bits, computed, endless, has_running_thread, record_advances
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.race.line_ups import LINE_UPS, line_up
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment, choose, rule_of, schedule_of
from gdsim.core.run.stopping import StopRule
from gdsim.simulation.runner import Runner
from gdsim.simulation.runs import Run


def all_optimizers(function: str = "himmelblau") -> list[Experiment]:
    return [endless(function, optimizer=key) for key in catalogue.optimizers()]


def rows(desk: Desk) -> set[int]:
    """The last rows of the runs that can advance."""
    return {run.last for run in desk.runner.runs if run.can_advance}


@pytest.mark.parametrize("way", ["step", "play", "flat out"])
def test_every_run_of_a_race_is_what_it_would_be_alone(desk: Desk, way: str) -> None:
    experiments = all_optimizers()
    desk.race(*experiments)
    if way == "step":
        desk.step_to(40)
    else:
        desk.runner.set_speed(math.inf if way == "flat out" else 400.0)
        desk.runner.play()
        desk.wait(lambda: desk.runner.row >= 40)
        desk.runner.pause()
    for experiment, trace in zip(experiments, desk.traces, strict=True):
        alone = computed(experiment, 40)
        count = min(41, len(alone))
        assert bits(trace, count) == bits(alone, count)


def test_all_runs_are_at_the_same_t(desk: Desk) -> None:
    desk.race(*all_optimizers("rosenbrock"))
    desk.step_to(5)
    assert rows(desk) == {5}
    desk.play_flat_out()
    desk.runner.pause()
    desk.settle()
    assert rows(desk) == {desk.runner.row}
    desk.rest(0.05)
    assert rows(desk) == {desk.runner.row}


def test_a_run_that_has_ended_stays_while_the_others_advance(desk: Desk) -> None:
    short, long = choose("quadratic", max_steps=3), endless("quadratic")
    desk.race(short, long)
    desk.step_to(9)
    assert [len(trace) for trace in desk.traces] == [4, 10]
    assert (desk.runner.row, desk.runner.shown) == (9, 3)
    assert desk.runner.is_at_end
    assert not desk.runner.is_over
    desk.runner.back()
    assert (desk.runner.row, desk.runner.shown) == (8, 3)
    desk.runner.show(2)
    assert (desk.runner.row, desk.runner.shown) == (2, 2)


def test_a_race_is_over_when_every_run_has_ended(desk: Desk) -> None:
    limits = (3, 70, 20)
    desk.race(*(choose("quadratic", max_steps=most, stop=StopRule.NONE) for most in limits))
    desk.runner.end()
    desk.wait(lambda: not desk.runner.playing)
    assert desk.runner.is_over
    assert desk.runner.row == 70
    for command in (desk.runner.step, desk.runner.play, desk.runner.end):
        command()
        desk.rest(0.02)
        assert (desk.runner.row, desk.runner.playing) == (70, False)


@pytest.mark.parametrize("playing", [False, True])
def test_a_run_that_joins_catches_up_and_is_selected(desk: Desk, playing: bool) -> None:
    desk.load(endless())
    if playing:
        desk.play_flat_out()
    else:
        desk.step_to(30)
    other = endless(optimizer="adam")
    desk.runner.add(other)
    desk.settle()
    assert desk.trace.experiment == other
    assert desk.runner.row >= (500 if playing else 30)
    assert desk.runner.playing == playing
    desk.runner.pause()
    desk.settle()
    assert min(rows(desk)) >= desk.runner.row
    assert bits(desk.trace, 20) == bits(computed(other, 20), 20)
    assert [run.trace is desk.trace for run in desk.runner.runs] == [False, True]


def test_a_duplicate_has_all_rows_and_advances_on_its_own(desk: Desk) -> None:
    desk.load(endless(optimizer="adam"))
    desk.step_to(10)
    changed = endless(optimizer="adam", eta=0.02)
    desk.runner.change(changed)
    desk.settle()
    desk.step_to(20)
    original = desk.trace
    desk.runner.duplicate()
    desk.wait(lambda: desk.trace is not original)
    desk.settle()
    twin = desk.trace
    assert bits(twin, 21) == bits(original, 21)
    assert [segment.start for segment in twin.segments] == [0, 10]
    desk.runner.change(changed.replace(schedule=schedule_of(0.5)))
    desk.wait(lambda: desk.trace is not twin)
    desk.step_to(30)
    assert len(original) == len(desk.trace) == 31
    assert bits(desk.trace, 20) == bits(original, 20)
    assert bits(desk.trace, 30) != bits(original, 30)


@pytest.mark.parametrize("selected", [0, 1, 2])
def test_a_run_removed_while_playing_leaves_nothing_behind(desk: Desk, selected: int) -> None:
    experiments = [endless(optimizer=key) for key in ("gradient-descent", "momentum", "adam")]
    desk.race(*experiments)
    desk.runner.select(desk.runner.runs[selected].key)
    desk.play_flat_out()
    removed = desk.runner.runs[1]
    gone = removed.trace
    assert gone is not None
    told = QSignalSpy(desk.runner.trace_changed)
    desk.runner.remove(removed.key)
    assert gone not in desk.traces
    assert told.count() == (1 if selected == 1 else 0)

    def stands_still() -> bool:
        """Whether it gets no new row while the others get many."""
        length, row = len(gone), desk.runner.row
        desk.wait(lambda: desk.runner.row > row + 500)
        return len(gone) == length

    desk.wait(stands_still)
    assert stands_still()
    desk.runner.pause()
    assert desk.runner.trace in desk.traces


def test_the_last_run_cannot_be_removed(desk: Desk) -> None:
    desk.load(endless())
    desk.runner.remove(desk.runner.runs[0].key)
    assert len(desk.runner.runs) == 1


def test_a_run_removed_before_it_is_loaded_never_appears(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.load(endless())
    trace = desk.trace
    advanced = record_advances(monkeypatch)
    desk.runner.add(endless(optimizer="adam"))
    desk.runner.step()
    desk.runner.remove(desk.runner.runs[1].key)
    desk.wait(lambda: desk.runner.row == 1)
    desk.rest(0.05)
    assert desk.traces == [trace]
    assert desk.runner.trace is trace
    assert all(computed is trace for computed in advanced)


def test_selecting_a_run_shows_its_trace(desk: Desk) -> None:
    desk.race(*all_optimizers())
    desk.step_to(3)
    for run in reversed(desk.runner.runs):
        desk.runner.select(run.key)
        assert desk.runner.trace is run.trace
        assert desk.runner.selected is run


def test_a_change_affects_the_selected_run_alone(desk: Desk) -> None:
    first, second = endless(), endless(optimizer="adam")
    desk.race(first, second)
    desk.step_to(20)
    desk.runner.show(8)
    other = desk.traces[1]
    changed = first.replace(schedule=schedule_of(0.0005))
    desk.runner.change(changed)
    desk.wait(lambda: desk.trace.experiment == changed)
    assert desk.traces[1] is other
    assert (len(other), desk.runner.row) == (21, 8)
    assert [len(run.futures) for run in desk.runner.runs] == [1, 0]
    desk.runner.show(15)
    desk.settle()
    assert len(desk.trace) == 16, "the run that lies behind catches up"


def test_settings_that_a_race_shares_are_changed_for_all(desk: Desk) -> None:
    desk.race(endless(), endless(optimizer="adam"))
    desk.step_to(6)
    changed = desk.trace.experiment.replace(stop=StopRule.GRADIENT, epsilon=0.5)
    desk.runner.change(changed)
    desk.settle()
    for run in desk.runner.runs:
        assert run.trace is not None
        assert run.trace.experiment is run.experiment
        assert (run.experiment.stop, run.experiment.epsilon) == (StopRule.GRADIENT, 0.5)
        assert [segment.start for segment in run.trace.segments] == [0, 6]


def test_another_function_is_for_all_runs_at_once(desk: Desk) -> None:
    desk.race(endless(), endless(optimizer="adam", eta=0.07))
    desk.step_to(6)
    told = QSignalSpy(desk.runner.runs_changed)
    desk.runner.load(endless("beale"))
    desk.settle()
    assert told.count() == 1
    assert desk.runner.row == 0
    losses = {trace.experiment.loss for trace in desk.traces}
    assert losses == {catalogue.function("beale").loss}
    assert [trace.experiment.rule for trace in desk.traces] == [
        rule_of("gradient-descent"),
        rule_of("adam"),
    ]
    assert desk.traces[1].experiment.schedule == schedule_of(0.07)


def test_changes_in_quick_succession_all_arrive(desk: Desk) -> None:
    """Two runs are changed before the worker has answered for the first."""
    desk.race(endless(), endless(optimizer="adam"))
    desk.step_to(3)
    first, second = desk.runner.runs
    eta = schedule_of(0.0007)
    desk.runner.change(first.experiment.replace(schedule=eta))
    desk.runner.select(second.key)
    desk.runner.change(second.experiment.replace(schedule=eta))
    desk.settle()
    assert [trace.experiment.schedule for trace in desk.traces] == [eta, eta]


def test_after_a_race_that_fails_the_previous_one_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.race(endless(), endless(optimizer="adam"))
    desk.step_to(4)
    traces = desk.traces
    failed = QSignalSpy(desk.runner.failed)
    with monkeypatch.context() as broken:
        broken.setattr(Descent, "__init__", lambda *_: 1 / 0)
        desk.runner.race([endless("beale")])
        desk.wait(lambda: failed.count() == 1)
        desk.runner.add(endless(optimizer="lion"))
        desk.wait(lambda: failed.count() == 2)
    assert desk.traces == traces
    desk.step_to(6)
    assert [len(trace) for trace in traces] == [7, 7]


def test_all_runs_share_the_memory_limit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdsim.core.run.descent.MEMORY_LIMIT", 3_000_000)
    desk.race(*(endless(optimizer=key) for key in ("gradient-descent", "momentum", "adam")))
    desk.runner.set_speed(math.inf)
    desk.runner.play()
    desk.wait(lambda: not desk.runner.playing)
    assert desk.runner.is_full
    assert desk.runner.is_over
    assert 3_000_000 <= sum(trace.nbytes for trace in desk.traces) < 6_000_000
    row = desk.runner.farthest
    # The memory of a removed run is free for the others.
    desk.runner.remove(desk.runner.runs[2].key)
    desk.wait(lambda: not desk.runner.is_over)
    desk.step_to(row + 1)


@pytest.mark.parametrize("key", LINE_UPS)
def test_a_ready_made_race_runs_to_its_end(desk: Desk, key: str) -> None:
    desk.race(*line_up(key, choose("quadratic", max_steps=300)))
    desk.runner.end()
    desk.wait(lambda: not desk.runner.playing)
    assert desk.runner.is_over
    assert all(trace.ending is not None for trace in desk.traces)


@pytest.mark.parametrize("moment", ["loading", "playing", "joining"])
def test_a_race_can_be_shut_down_at_any_moment(
    qtbot: QtBot, moment: str, capfd: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(Runner(), qtbot)
    desk.runner.race(all_optimizers("rosenbrock"))
    if moment != "loading":
        desk.settle()
        desk.play_flat_out()
    if moment == "joining":
        desk.runner.duplicate()
    desk.runner.shut_down()
    assert not has_running_thread(desk.runner)
    del desk.runner  # Qt would warn of a timer that is still running
    assert capfd.readouterr().err == ""


def test_runs_on_batches_are_what_they_would_be_alone(desk: Desk) -> None:
    base = choose("noisy-line", stop=StopRule.NONE, batch=4)
    experiments = [base.replace(seed=seed) for seed in range(3)]
    experiments.append(base.replace(batch=None, rule=rule_of("adam")))
    desk.race(*experiments)
    desk.step_to(25)
    for experiment, trace in zip(experiments, desk.traces, strict=True):
        assert bits(trace, 26) == bits(computed(experiment, 25), 26)
    assert len({bits(trace, 26) for trace in desk.traces}) == 4


@pytest.mark.parametrize("seed", range(6))
def test_after_any_quick_sequence_of_commands_window_and_worker_agree(
    desk: Desk, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Random commands, each given before the worker has answered the one before."""
    random = Random(seed)
    runner = desk.runner
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
        lambda: desk.rest(random.choice((0.0, 0.005, 0.03))),
    ]
    desk.load(endless())
    failed = QSignalSpy(runner.failed)
    for _ in range(150):
        random.choice(commands)()
        if len(runner.runs) > 8:
            runner.remove(any_run().key)
    runner.pause()
    desk.settle()
    assert failed.count() == 0
    assert runner.selected in runner.runs
    # The worker computes the traces that the window shows, and no others.
    runner.show(runner.farthest)
    desk.settle()
    advanced = record_advances(monkeypatch)
    expected = {id(run.trace) for run in runner.runs if run.can_advance}
    runner.step()
    desk.settle()
    assert {id(trace) for trace in advanced} == expected
    assert len({trace.experiment.loss for trace in desk.traces}) == 1
    assert runner.row <= runner.farthest
    if not runner.is_over:
        desk.step_to(runner.row + 1)
    for trace in desk.traces:
        if len(trace.segments) == 1:
            alone = computed(trace.experiment, min(len(trace) - 1, 300))
            count = min(len(alone), len(trace))
            assert bits(trace, count) == bits(alone, count)
