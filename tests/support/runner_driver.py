"""Drives a runner and waits for its results; compares traces bit by bit."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.run.trace import Trace
from gdsim.simulation.runner import Runner


def bits(trace: Trace, stop: int | None = None) -> bytes:
    """The bits of all columns of the rows, including the optimizer's state."""
    columns = (trace.theta, trace.loss, trace.gradient, trace.delta, trace.eta)
    rows = b"".join(column(0, stop).tobytes() for column in columns)
    states = (trace.step(index).state for index in range(len(trace) if stop is None else stop))
    return rows + b"".join(vector.tobytes() for state in states for vector in state.values())


def endless(function: str = "rosenbrock", **choices: object) -> Experiment:
    """A run that no stop rule ends."""
    return choose(function, stop=StopRule.NONE, max_steps=10**9, **choices)  # type: ignore[arg-type]


def computed(experiment: Experiment, updates: int) -> Trace:
    """The same run without threads."""
    descent = Descent(experiment)
    descent.advance(updates)
    return descent.trace


def has_running_thread(owner: QObject) -> bool:
    """Whether a thread that belongs to an object, such as a runner, is running."""
    threads = owner.findChildren(QThread)
    assert threads
    return any(thread.isRunning() for thread in threads)


def record_advances(monkeypatch: pytest.MonkeyPatch) -> list[Trace]:
    """The traces computed from now on: one entry for each call, before its rows exist.

    A worker makes one call for each of its descents in each of its slices.
    """
    calls: list[Trace] = []
    advance = Descent.advance

    def recorded(descent: Descent, updates: int) -> int:
        calls.append(descent.trace)
        return advance(descent, updates)

    monkeypatch.setattr(Descent, "advance", recorded)
    return calls


class RunnerDriver:
    """Gives commands to a runner and waits until they have taken effect."""

    def __init__(self, runner: Runner, qtbot: QtBot) -> None:
        self.runner = runner
        self._qtbot = qtbot

    @property
    def trace(self) -> Trace:
        assert self.runner.trace is not None
        return self.runner.trace

    @property
    def traces(self) -> list[Trace]:
        """Of all runs, in the order of the list."""
        traces = [run.trace for run in self.runner.runs if run.trace is not None]
        assert len(traces) == len(self.runner.runs)
        return traces

    def wait(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition)

    def rest(self, seconds: float) -> None:
        self._qtbot.wait(round(1000 * seconds))

    def settle(self) -> None:
        """Wait until all runs are loaded and have caught up, and the requested row is shown."""
        runner = self.runner
        self.wait(
            lambda: (
                bool(runner.runs)
                and not any(run.is_pending for run in runner.runs)
                and all(run.last >= runner.row or not run.can_advance for run in runner.runs)
                and (runner.playing or runner.is_settled)
            )
        )

    def load(self, experiment: Experiment) -> None:
        self.runner.load(experiment)
        self.wait(lambda: self.runner.trace is not None and not self.runner.is_loading)
        assert self.trace.experiment == experiment

    def race(self, *experiments: Experiment) -> None:
        self.runner.race(experiments)
        self.settle()

    def step_to(self, row: int) -> None:
        while self.runner.row < row:
            next_row = self.runner.row + 1
            self.runner.step()
            self.wait(lambda next_row=next_row: self.runner.row == next_row)

    def play_flat_out(self) -> None:
        self.runner.set_speed(math.inf)
        self.runner.play()
        self.wait(lambda: self.runner.row > 500)
