"""Starts with a slope: for formulas and networks that cannot start at zeros."""

from __future__ import annotations

import math

import numpy as np
import pytest
from command_line import Captured, run

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import TaskEntry, tasks
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.objectives import objective
from gdsim.core.loss.proposed_start import Flaw, flaw_of, own_start, proposed_start
from gdsim.core.run.descend import descend

FLAWS = {
    "x^2": Flaw.STATIONARY,
    "cos(x)": Flaw.STATIONARY,
    "x^2 - y^2": Flaw.STATIONARY,
    "x^2*y^2": Flaw.STATIONARY,
    "abs(x)": Flaw.STATIONARY,
    "x*log(x)": Flaw.UNDEFINED,
    "sqrt(x^2 + y^2)": Flaw.UNDEFINED,
    "1/x": Flaw.UNDEFINED,
}
FINE = ["(x - 3)^2", "(x1 - 1)^2 + (x2 - 1)^2", "exp(x) - 2x", "x + y"]
NETWORKS = [task for task in tasks().values() if task.group == "network"]


def own(task: TaskEntry) -> Objective:
    """The loss of a task as somebody would have typed it, without its start."""
    return objective(task.formula, task.parameters, task.data, task.prediction)


@pytest.mark.parametrize(("loss", "flaw"), FLAWS.items())
def test_a_formula_that_cannot_start_at_zeros_gets_a_start_with_a_slope(
    loss: str, flaw: Flaw
) -> None:
    function = objective(loss)
    proposed = proposed_start(function)
    assert proposed is not None
    assert proposed.flaw is flaw
    assert math.isfinite(function.value(proposed.at))
    assert np.abs(function.gradient(proposed.at)).max() > 0
    trace = descend(loss, max_steps=3, eta=1e-3)
    assert tuple(trace.theta()[0]) == proposed.at


@pytest.mark.parametrize("loss", FINE)
def test_a_formula_that_can_starts_at_zeros(loss: str) -> None:
    function = objective(loss)
    assert own_start(function) == (0.0,) * function.dimension


def test_where_no_start_has_a_slope_it_stays_at_zeros() -> None:
    assert own_start(objective("0*x + 1")) == (0.0,)


@pytest.mark.parametrize("task", NETWORKS, ids=lambda task: task.key)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_network_gets_random_weights_within_glorots_limits(task: TaskEntry, seed: int) -> None:
    network = own(task)
    proposed = proposed_start(network, seed)
    assert proposed is not None
    assert proposed.at == own_start(network, seed) != own_start(network, seed + 1)
    assert flaw_of(network, proposed.at) is None
    weights = dict(zip(task.parameters, proposed.at, strict=True))
    biases = [weights[name] for name in weights if name[0] in "bc"]
    assert not any(biases)
    assert all(0 < abs(weights[name]) <= math.sqrt(6 / 2) for name in weights if name[0] in "auvw")


def test_the_limits_follow_the_sizes_of_the_layers() -> None:
    # Two inputs enter each of four units, which one output reads; four units enter the output.
    moons = own(tasks()["two-moons"])
    draws = np.array([own_start(moons, seed) for seed in range(200)])
    names = list(tasks()["two-moons"].parameters)
    inner = np.abs(draws[:, names.index("u1")]).max()
    outer = np.abs(draws[:, names.index("a1")]).max()
    assert inner == pytest.approx(math.sqrt(6 / (2 + 1)), rel=0.05)
    assert outer == pytest.approx(math.sqrt(6 / (4 + 1)), rel=0.05)


@pytest.mark.parametrize("task", tasks().values(), ids=lambda task: task.key)
def test_no_task_starts_with_a_flaw(task: TaskEntry) -> None:
    assert flaw_of(own(task), task.start) is None


@pytest.mark.parametrize("key", catalogue.functions())
def test_no_function_starts_with_a_flaw(key: str) -> None:
    entry = catalogue.function(key)
    assert flaw_of(objective(entry.loss, entry.parameters), entry.start) is None


def test_equal_units_are_found_and_stay_equal() -> None:
    wave = tasks()["wave"]
    network = own(wave)
    equal = (0.5,) * 4 + (0.3,) * 4 + (0.1,) * 4 + (0.0,)
    assert flaw_of(network, equal) is Flaw.SYMMETRIC
    slopes = network.gradient(equal)
    assert np.ptp(slopes[:4]) < 1e-12
    different = (0.5, 0.4, 0.5, 0.6) + (0.3,) * 4 + (0.1,) * 4 + (0.0,)
    assert flaw_of(network, different) is None


def test_the_command_line_says_which_start_it_chose(capsys: Captured) -> None:
    said = run(capsys, "x^2", "--max-steps", "2")[2]
    assert "start: x = 1; at zeros the slope is 0" in said
    assert "start:" not in run(capsys, "(x - 3)^2", "--max-steps", "2")[2]
    assert "start:" not in run(capsys, "wave", "--max-steps", "2")[2]
    given = run(capsys, "x^2", "--start", "0")[2]
    assert "the start is a stationary point" in given
