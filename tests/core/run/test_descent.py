"""One way to advance: stepping, playing and running to the end give the same bits."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import FUNCTIONS, OPTIMIZERS, descended, experiment, rows
from trees import same

from gdsim.cli import main
from gdsim.core.run import descent as descent_module
from gdsim.core.run.descend import descend
from gdsim.core.run.descent import Descent
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import RuleText
from gdsim.core.run.trace import row_width

STEPS = 40
each_run = pytest.mark.parametrize(
    ("loss", "optimizer"), [(loss, optimizer) for loss in FUNCTIONS for optimizer in OPTIMIZERS]
)


@each_run
def test_single_steps_are_played_steps(loss: str, optimizer: str) -> None:
    chosen = experiment(loss, optimizer)
    stepped = Descent(chosen)
    for update in range(STEPS):
        assert len(stepped.trace) == update + 1
        assert stepped.advance() == 1
    played = Descent(chosen)
    assert played.advance(STEPS) == STEPS
    assert rows(stepped.trace) == rows(played.trace)
    assert stepped.ending == played.ending is None


@each_run
@settings(derandomize=True, deadline=None, max_examples=5)
@given(slices=st.lists(st.integers(0, 15), max_size=12))
def test_any_slices_are_one_run(loss: str, optimizer: str, slices: list[int]) -> None:
    chosen = experiment(loss, optimizer)
    sliced = Descent(chosen)
    for updates in slices:
        assert sliced.advance(updates) == updates
    assert rows(sliced.trace) == rows(descended(chosen, sum(slices)))


@each_run
def test_the_command_line_makes_the_same_descent(loss: str, optimizer: str, tmp_path: Path) -> None:
    chosen = experiment(loss, optimizer, max_steps=STEPS)
    trace = descended(chosen, STEPS)
    file = tmp_path / "steps.csv"
    eta = repr(chosen.schedule.constants["eta0"])
    words = ["run", loss, "--optimizer", optimizer, "--eta", eta, "--stop", "none"]
    assert main([*words, "--max-steps", str(STEPS), "--csv", str(file)]) == 0
    with file.open(encoding="utf-8") as lines:
        _, *table = csv.reader(lines)
    assert [int(row[0]) for row in table] == list(range(STEPS + 1))
    numbers = np.array([[float(cell) for cell in row[1:]] for row in table])
    kept = np.column_stack([trace.theta(), trace.loss(), trace.gradient(), trace.delta()])
    assert numbers.tobytes() == kept.tobytes()


@each_run
def test_a_descent_for_a_notebook_is_the_same_descent(loss: str, optimizer: str) -> None:
    chosen = experiment(loss, optimizer, max_steps=STEPS)
    eta = chosen.schedule.constants["eta0"]
    trace = descend(loss, optimizer=optimizer, eta=eta, stop="none", max_steps=STEPS)
    assert rows(trace) == rows(descended(chosen, STEPS))
    assert trace.ending is not None
    assert trace.ending.outcome is Outcome.STEP_LIMIT


@each_run
def test_each_row_follows_from_the_row_before(loss: str, optimizer: str) -> None:
    chosen = experiment(loss, optimizer)
    trace = descended(chosen, STEPS)
    objective, rule = chosen.objective(), chosen.rule.read()
    state = {name: [value] * len(trace.parameters) for name, value in rule.state.items()}
    for index in range(len(trace)):
        step = trace.step(index)
        assert step.index == index
        assert step.loss == objective.value(step.theta)
        assert step.gradient.tolist() == objective.gradient(step.theta).tolist()
        assert step.eta == chosen.schedule.read().at(index + 1)
        for name, values in state.items():
            assert all(same(a, b) for a, b in zip(step.state[name], values, strict=True))
        new_state: dict[str, list[float]] = {name: [] for name in state}
        for known, delta in zip(descent_module.given_values(trace, step), step.delta, strict=True):
            assert known["t"] == index + 1
            assert same(rule.update(known), delta)
            targets = [line.target for line in rule.lines]
            values_by_target = dict(zip(targets, rule.values(known), strict=True))
            for name in state:
                new_state[name].append(values_by_target.get(name, known[name]))
        state = new_state
        if index + 1 < len(trace):
            after = trace.step(index + 1).theta
            assert after.tolist() == (step.theta + step.delta).tolist()


def test_the_textbook_example() -> None:
    trace = descend("(theta - 3)^2", start=[0.0], eta=0.1, stop="none", max_steps=4)
    assert trace.theta().ravel() == pytest.approx([0, 0.6, 1.08, 1.464, 1.7712], rel=1e-15)
    assert trace.loss().tolist()[:2] == [9.0, (0.1 * 6 - 3) ** 2]
    assert trace.gradient().ravel().tolist()[0] == -6.0
    assert trace.delta().ravel().tolist()[0] == 0.1 * 6


def test_a_new_descent_has_its_first_row() -> None:
    descent = Descent(experiment("rosenbrock", "adam"))
    assert len(descent.trace) == 1
    assert descent.ending is None
    step = descent.trace.step(0)
    assert step.theta.tolist() == [-1.5, 2.0]
    assert step.state == {"m": pytest.approx([0, 0]), "v": pytest.approx([0, 0])}
    assert descent.trace.parameters == ("x", "y")


def test_the_state_begins_at_the_values_of_the_rule() -> None:
    step = Descent(experiment("himmelblau", "nadam")).trace.step(0)
    assert {name: values.tolist() for name, values in step.state.items()} == {
        "m": [0.0, 0.0],
        "v": [0.0, 0.0],
        "p": [1.0, 1.0],
    }


def test_advancing_past_the_end_does_nothing() -> None:
    descent = Descent(experiment(max_steps=5))
    assert descent.advance(100) == 5
    before = rows(descent.trace)
    ending = descent.ending
    assert descent.advance(100) == 0
    assert descent.advance() == 0
    assert rows(descent.trace) == before
    assert descent.ending is ending


def test_the_user_can_stop_it() -> None:
    descent = Descent(experiment())
    descent.advance(7)
    descent.stop()
    assert descent.ending is not None
    assert descent.ending.outcome is Outcome.STOPPED
    assert str(descent.ending) == "stopped by the user at t = 7"
    assert descent.advance(5) == 0
    ended = Descent(experiment(max_steps=3))
    ended.advance(5)
    ending = ended.ending
    ended.stop()
    assert ended.ending is ending


def test_a_trace_can_be_taken_up_again() -> None:
    whole = descended(experiment(), 60)
    part = descended(experiment(), 25)
    resumed = Descent.resume(part)
    assert resumed.trace is part
    resumed.advance(35)
    assert rows(part) == rows(whole)


def test_many_parameters_descend_together() -> None:
    names = [f"x{i}" for i in range(1, 31)]
    loss = "+".join(f"{i}*({name} - {i})^2" for i, name in enumerate(names, start=1))
    for optimizer in ("adam", "newton"):
        trace = descended(experiment(loss, optimizer, eta=0.01), 20)
        assert trace.parameters == tuple(names)
        assert trace.theta().shape == (21, 30)
        assert (np.diff(trace.loss()) < 0).all()
        for place, name in enumerate(names):
            alone = descended(
                experiment(f"{place + 1}*({name} - {place + 1})^2", optimizer, eta=0.01), 20
            )
            assert trace.theta()[:, place] == pytest.approx(alone.theta()[:, 0], rel=1e-12)


def test_newton_reaches_the_minimum_of_a_parabola_in_one_step() -> None:
    trace = descend("3(x - 1)^2 + x*y + 2(y + 2)^2", optimizer="newton", eta=1.0)
    assert len(trace) <= 3
    assert np.abs(trace.gradient()[1]).max() < 1e-12


def test_newton_ends_where_the_hessian_is_singular() -> None:
    for loss in ("x + 2y", "x^3", "(x + y)^2"):
        trace = descend(loss, optimizer="newton", start=[0.0] * len({*loss} & {*"xy"}))
        assert str(trace.ending) == "undefined at t = 0: the update is not finite"
        assert np.isnan(trace.delta()).all()


@pytest.mark.parametrize(
    "names",
    [["t", "eta"], ["g", "theta"], ["row", "m"], ["v", "newton"], ["L", "p0"], ["n", "out"]],
)
def test_parameters_may_have_any_name(names: list[str]) -> None:
    loss = f"({names[0]} - 1)^2 + 3({names[1]} + 2)^2 + {names[0]}*{names[1]}"
    plain = "(x - 1)^2 + 3(y + 2)^2 + x*y"
    for optimizer in ("adam", "newton"):
        odd = descended(experiment(loss, optimizer, parameters=names), 30)
        ordinary = descended(experiment(plain, optimizer), 30)
        assert odd.parameters == tuple(names)
        assert rows(odd) == rows(ordinary)


@pytest.mark.parametrize("name", ["row", "n", "p0", "c0", "L", "q0", "lambda", "if", "None"])
def test_a_rule_may_use_any_name(name: str) -> None:
    def with_name(word: str) -> RuleText:
        lines = (f"{word} = 0.9*{word} + g", f"theta = theta - eta*{word}")
        return RuleText(lines=lines, state={word: 0.0})

    odd = descended(experiment().replace(rule=with_name(name)), 10)
    ordinary = descended(experiment().replace(rule=with_name("v")), 10)
    assert rows(odd) == rows(ordinary)


HIDDEN: list[dict[str, Any]] = [
    {"lines": ("b = theta - eta*m", "m = 0.9*m + g", "theta = b"), "state": {"m": 1.0}},
    {"lines": ("a = g", "b = theta - eta*a", "a = 5*a", "theta = b")},
    {"lines": ("theta = (1 - eta*k)*theta - eta*g",), "hyperparameters": {"k": 0.1}},
]


@pytest.mark.parametrize("text", HIDDEN)
def test_a_rule_that_hides_theta_is_compiled_as_it_is_evaluated(text: dict[str, Any]) -> None:
    chosen = experiment().replace(rule=RuleText(**text))
    trace = descended(chosen, 20)
    rule = chosen.rule.read()
    for index in range(len(trace)):
        step = trace.step(index)
        for known, delta in zip(descent_module.given_values(trace, step), step.delta, strict=True):
            assert same(rule.update(known), delta)


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descent_module, "MEMORY_LIMIT", 300_000)
    descent = Descent(experiment(max_steps=10**6))
    made = descent.advance(10**6)
    assert descent.is_full
    assert descent.trace.is_full
    assert descent.ending is None
    assert made == len(descent.trace) - 1
    width = row_width(2, 2)
    assert 300_000 <= descent.trace.nbytes <= 300_000 + 16_384 * 8 * width
    assert descent.advance(10) == 0
    assert rows(descent.trace, stop=50) == rows(descended(experiment(), 49))
    assert not descend("quadratic", stop="none", max_steps=10**9).ending


def test_other_traces_count_towards_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descent_module, "MEMORY_LIMIT", 300_000)
    descent = Descent(experiment())
    descent.reserved = 300_000
    assert descent.is_full
    assert descent.advance(10) == 0


def test_seven_digits_of_steps_are_counted_exactly() -> None:
    descent = Descent(experiment("(x - 1)^2", "gradient-descent", eta=1e-7, max_steps=10**6))
    assert descent.advance(10**6) == 10**6
    trace = descent.trace
    assert len(trace) == 10**6 + 1
    assert trace.step(10**6).index == 10**6
    assert trace.step(999_999).theta + trace.step(999_999).delta == trace.step(10**6).theta
    assert trace.ending is not None
    assert trace.ending.outcome is Outcome.STEP_LIMIT


def test_a_recorded_adam_step_takes_a_hundred_bytes_at_most() -> None:
    trace = descended(experiment(max_steps=10**6), 10**6)
    assert len(trace) == 10**6 + 1
    assert trace.nbytes / len(trace) <= 100
    assert math.isfinite(float(trace.loss(10**6)[0]))
