"""A runner with somebody who waits for it, and the bits of what it recorded."""

from __future__ import annotations

import math
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment, choose
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.run.trace import Trace
from gdsim.simulation.runner import Runner


def bits(trace: Trace, stop: int | None = None) -> bytes:
    """Every column of the rows, the optimizer's state too."""
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


class Desk:
    """A runner with somebody who waits for it."""

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
        traces = [lane.trace for lane in self.runner.lanes if lane.trace is not None]
        assert len(traces) == len(self.runner.lanes)
        return traces

    def wait(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition)

    def rest(self, seconds: float) -> None:
        self._qtbot.wait(round(1000 * seconds))

    def settle(self) -> None:
        """Wait until every run is there, none has a row to catch up, and those paused rest."""
        runner = self.runner
        self.wait(
            lambda: (
                bool(runner.lanes)
                and not any(lane.is_under_way for lane in runner.lanes)
                and all(lane.last >= runner.row or not lane.is_movable for lane in runner.lanes)
                and (runner.playing or (runner.row == runner._wanted and not runner._following))
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
