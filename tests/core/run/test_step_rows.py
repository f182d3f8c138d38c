"""A run as a table: the same numbers as its steps, to the last bit."""

from __future__ import annotations

import math

import pytest
from runs import OPTIMIZERS, descended, experiment

from gdsim.core.run.choices import rule_of
from gdsim.core.run.descent import Descent
from gdsim.core.run.step_rows import columns, read_rows, tab_separated
from gdsim.core.run.trace import Trace


def changed_in_mid_run() -> Trace:
    """Gradient descent, then Adam, then momentum, whose state has the name of one of Adam's."""
    run = Descent(experiment("himmelblau", "gradient-descent"))
    run.advance(6)
    for row, optimizer in ((3, "adam"), (5, "momentum")):
        run = Descent.branch(run.trace, row, run.experiment.replace(rule=rule_of(optimizer)))
        run.advance(4)
    return run.trace


def expected(trace: Trace, t: int) -> dict[str, float | None]:
    step = trace.step(t)
    names = trace.parameters
    cells: dict[str, float | None] = {
        "loss": step.loss,
        "norm": math.hypot(*step.delta),
        "eta": step.eta,
    }
    vectors = {"theta": step.theta, "gradient": step.gradient, "delta": step.delta}
    for name, vector in {**vectors, **{f"state:{s}": v for s, v in step.state.items()}}.items():
        cells |= {f"{name} {each}": float(vector[place]) for place, each in enumerate(names)}
    return cells


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("loss", ["quadratic", "himmelblau", "wood"])
def test_rows_are_the_steps(loss: str, optimizer: str) -> None:
    trace = descended(experiment(loss, optimizer), 20)
    keys = [column.key for column in columns(trace)]
    assert len(set(keys)) == len(keys)
    for t, row in enumerate(read_rows(trace, 0, len(trace))):
        assert dict(zip(keys, row, strict=True)) == expected(trace, t)


def test_a_state_that_an_optimizer_does_not_have_is_empty() -> None:
    trace = changed_in_mid_run()
    keys = [column.key for column in columns(trace)]
    for t, row in enumerate(read_rows(trace, 0, len(trace))):
        cells = {key: value for key, value in zip(keys, row, strict=True) if value is not None}
        assert cells == expected(trace, t)


def test_any_window_is_a_part_of_the_whole() -> None:
    trace = changed_in_mid_run()
    whole = read_rows(trace, 0, len(trace))
    for start, stop in ((0, 1), (2, 6), (5, 100), (4, 4), (100, 200)):
        assert read_rows(trace, start, stop) == whole[start:stop]


def test_titles_are_those_of_the_blackboard() -> None:
    trace = descended(experiment("himmelblau", "momentum"), 1)
    titles = [column.title for column in columns(trace)]
    assert titles[:9] == ["x", "y", "L", "∂L/∂x", "∂L/∂y", "Δx", "Δy", "‖Δθ‖", "η"]
    assert [title[-2:] for title in titles[9:]] == ["_x", "_y"]


def test_copied_numbers_read_back_exactly() -> None:
    trace = changed_in_mid_run()
    every = [column.key for column in columns(trace)]
    header, *lines = tab_separated(trace, every, [(1, 2), (7, 7)]).splitlines()
    assert header.split("\t") == ["t", *(column.title for column in columns(trace))]
    for t, line in zip((1, 2, 7), lines, strict=True):
        first, *cells = line.split("\t")
        assert int(first) == t
        read = tuple(float(cell) if cell else None for cell in cells)
        assert read == read_rows(trace, t, t + 1)[0]


def test_only_the_wanted_columns_are_copied() -> None:
    trace = changed_in_mid_run()
    assert tab_separated(trace, ["loss", "theta x"], [(0, 0)]).splitlines()[0] == "t\tx\tL"
