"""Going on from an earlier row: the same bits under the same choices, the state under others."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import OPTIMIZERS, descended, experiment, rows

from gdsim.core.run.descent import Descent, given_values
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import RuleText, ScheduleText
from gdsim.core.run.stop_rules import StopRule

STEPS = 30


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@settings(derandomize=True, deadline=None, max_examples=8)
@given(row=st.integers(0, STEPS), more=st.integers(0, 40))
def test_the_same_choices_repeat_the_same_bits(optimizer: str, row: int, more: int) -> None:
    chosen = experiment("himmelblau", optimizer)
    old = descended(chosen, STEPS)
    branch = Descent.branch(old, row, chosen)
    assert len(branch.trace) == row + 1
    branch.advance(more)
    assert rows(branch.trace) == rows(descended(chosen, row + more))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("stop", StopRule)
def test_a_branch_ends_where_the_whole_run_ends(optimizer: str, stop: StopRule) -> None:
    chosen = experiment("quadratic", optimizer, eta=0.05, stop=stop, epsilon=0.02, max_steps=80)
    whole = Descent(chosen)
    whole.advance(100)
    assert whole.ending is not None
    for row in (0, whole.ending.t // 2, whole.ending.t):
        branch = Descent.branch(whole.trace, row, chosen)
        branch.advance(100)
        assert branch.ending == whole.ending
        assert rows(branch.trace) == rows(whole.trace)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_another_rate_keeps_the_state(optimizer: str) -> None:
    chosen = experiment("himmelblau", optimizer)
    old = descended(chosen, STEPS)
    eta = 2 * chosen.schedule.constants["eta0"]
    faster = chosen.replace(schedule=ScheduleText(formula="eta0", constants={"eta0": eta}))
    branch = Descent.branch(old, 12, faster)
    branch.advance(10)
    assert rows(branch.trace, stop=12) == rows(old, stop=12)
    before, after = old.step(12), branch.trace.step(12)
    assert after.theta.tolist() == before.theta.tolist()
    assert after.eta == eta
    assert {name: part.tolist() for name, part in after.state.items()} == {
        name: part.tolist() for name, part in before.state.items()
    }
    for known, delta in zip(given_values(branch.trace, after), after.delta, strict=True):
        assert known["t"] == 13
        assert faster.rule.read().update(known) == delta
    assert branch.trace.stretch(11).experiment is chosen
    assert branch.trace.stretch(12).experiment is faster
    assert [stretch.start for stretch in branch.trace.stretches] == [0, 12]
    assert branch.trace.parameters == old.parameters


CHANGES: list[dict[str, Any]] = [
    {"rule": experiment("himmelblau", "rmsprop").rule},
    {"rule": experiment("himmelblau", "adam", hyperparameters={"beta1": 0.5}).rule},
    {"rule": experiment("himmelblau", "amsgrad").rule},
    {"rule": experiment("himmelblau", "gradient-descent").rule},
]


@pytest.mark.parametrize("changes", CHANGES)
def test_another_rule_begins_afresh_where_the_run_stands(changes: dict[str, Any]) -> None:
    chosen = experiment("himmelblau", "adam")
    old = descended(chosen, STEPS)
    other = chosen.replace(**changes)
    branch = Descent.branch(old, 12, other)
    branch.advance(20)
    afresh = descended(other.replace(start=tuple(old.step(12).theta.tolist())), 20)
    assert rows(branch.trace, 12) == rows(afresh)
    assert given_values(branch.trace, branch.trace.step(12))[0]["t"] == 1
    assert given_values(branch.trace, branch.trace.step(11))[0]["t"] == 12
    assert branch.trace.stretches[-1].rule_start == 12


def test_the_schedule_counts_the_rows_of_the_whole_run() -> None:
    chosen = experiment("himmelblau", "adam", eta="0.1/t")
    old = descended(chosen, STEPS)
    other = chosen.replace(rule=experiment("himmelblau", "momentum").rule)
    branch = Descent.branch(old, 12, other)
    branch.advance(5)
    assert branch.trace.eta().tolist() == [0.1 / t for t in range(1, 19)]


def test_a_branch_of_a_branch_keeps_its_whole_past() -> None:
    chosen = experiment("himmelblau", "adam")
    slower = chosen.replace(schedule=ScheduleText(constants={"eta0": 0.001}))
    other = slower.replace(rule=experiment("himmelblau", "momentum").rule)
    first = descended(chosen, STEPS)
    second = Descent.branch(first, 10, slower)
    second.advance(10)
    third = Descent.branch(second.trace, 15, other)
    third.advance(5)
    fourth = Descent.branch(third.trace, 5, other)
    assert [stretch.start for stretch in third.trace.stretches] == [0, 10, 15]
    assert [stretch.rule_start for stretch in third.trace.stretches] == [0, 0, 15]
    assert [stretch.start for stretch in fourth.trace.stretches] == [0, 5]
    assert rows(third.trace, stop=15) == rows(second.trace, stop=15)
    assert third.trace.step(12).state.keys() == {"m", "v"}
    assert third.trace.step(17).state.keys() == {"v"}
    again = Descent.branch(third.trace, 12, slower)
    again.advance(8)
    assert rows(again.trace) == rows(second.trace)


def test_a_branch_leaves_the_old_run_as_it_was() -> None:
    chosen = experiment("himmelblau", "adam")
    descent = Descent(chosen)
    descent.advance(STEPS)
    before = rows(descent.trace)
    other = chosen.replace(schedule=ScheduleText(constants={"eta0": 0.3}))
    branches = [Descent.branch(descent.trace, row, other) for row in (0, 7, STEPS)]
    for branch in branches:
        branch.advance(500)
    assert rows(descent.trace) == before
    descent.advance(500)
    assert rows(descent.trace) == rows(descended(chosen, STEPS + 500))
    for branch, row in zip(branches, (0, 7, STEPS), strict=True):
        assert rows(branch.trace, stop=row) == before[:row]


def test_the_same_rule_written_in_another_order_keeps_its_own_state() -> None:
    chosen = experiment("himmelblau", "adam")
    old = descended(chosen, STEPS)
    adam = chosen.rule
    turned = RuleText(
        lines=adam.lines,
        state=dict(reversed(adam.state.items())),
        hyperparameters=adam.hyperparameters,
    )
    branch = Descent.branch(old, 12, chosen.replace(rule=turned))
    branch.advance(10)
    whole = descended(chosen, 22)
    assert branch.trace.theta().tolist() == whole.theta().tolist()
    for name, part in branch.trace.step(20).state.items():
        assert part.tolist() == whole.step(20).state[name].tolist()


def test_what_was_finished_can_go_on_under_other_choices() -> None:
    chosen = experiment("quadratic", "gradient-descent", eta=0.1, stop="step", epsilon=0.1)
    ended = Descent(chosen)
    ended.advance(1000)
    assert ended.ending is not None
    t = ended.ending.t
    on = Descent.branch(ended.trace, t, chosen.replace(epsilon=1e-6))
    assert on.ending is None
    on.advance(1000)
    assert on.ending is not None
    assert on.ending.t > t
    limited = Descent.branch(on.trace, t, chosen.replace(epsilon=1e-6, max_steps=3))
    assert limited.ending is not None
    assert limited.ending.outcome is Outcome.STEP_LIMIT
    assert limited.ending.t == t
