"""With batches smaller than all rows a stop rule looks at whole epochs and at all rows."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from command_line import Captured, run
from runs import descended, rows
from single_runs import assert_ends_alike

from gdsim.core.ensemble.ensemble import Ensemble
from gdsim.core.run.choices import choose
from gdsim.core.run.descend import descend
from gdsim.core.run.descent import Descent
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import Experiment, ScheduleText
from gdsim.core.run.stop_rules import RULES, StopRule
from gdsim.core.run.stop_series import FirstStops, QuantitySeries, quantities, quantity_at
from gdsim.core.run.trace import Trace
from gdsim.core.verdict.report import report_end

CASES: dict[str, Any] = {"data": {"x": [0.0, 1.0, 2.0, 3.0, 4.0], "y": [1.0, 2.5, 2.0, 4.0, 4.5]}}
SIZES = (1, 2, 4)


def of_rows(batch: int, **choices: Any) -> Experiment:
    """A line through five points, by batches; at η = 0.02 it comes close to its minimum."""
    given = {"prediction": "w*x + b", "eta": 0.02, "max_steps": 600, "stop": "none", **choices}
    return choose("(prediction - y)^2", batch=batch, **CASES, **given)


def by_hand(trace: Trace, t: int, length: int, stop: StopRule) -> float:
    """What the rule compares at the end of an epoch, from θ at its beginning and its end."""
    objective = trace.experiment.objective()
    begin, end = trace.theta(t - length, t - length + 1)[0], trace.theta(t, t + 1)[0]
    match stop:
        case StopRule.STEP:
            return math.hypot(*(end - begin))
        case StopRule.GRADIENT:
            return math.hypot(*objective.gradient(end))
        case StopRule.CHANGE:
            return abs(objective.value(end) - objective.value(begin))
        case _:
            return float(objective.value(end))


def in_epoch(experiment: Experiment) -> int:
    batches = experiment.batches()
    assert batches is not None
    return batches.in_epoch


@pytest.mark.parametrize("batch", SIZES)
@pytest.mark.parametrize("stop", RULES)
@pytest.mark.parametrize("optimizer", ["gradient-descent", "adam", "lion"])
def test_it_stops_at_the_end_of_the_first_epoch_that_meets_the_rule(
    optimizer: str, stop: StopRule, batch: int
) -> None:
    free = descended(of_rows(batch, optimizer=optimizer), 600)
    length = in_epoch(free.experiment)
    ends = range(length, len(free), length)
    values = [by_hand(free, t, length, stop) for t in ends]
    # A tolerance that is first met in the middle of the run.
    epsilon = math.nextafter(sorted(values)[len(values) // 2], math.inf)
    expected = next(t for t, value in zip(ends, values, strict=True) if value < epsilon)
    chosen = of_rows(batch, optimizer=optimizer, stop=stop, epsilon=epsilon)
    for updates in ([600], [1] * 600, [7] * 100):
        descent = Descent(chosen)
        for count in updates:
            descent.advance(count)
        ending = descent.ending
        assert ending is not None
        assert (ending.outcome, ending.t) == (Outcome.STOP_RULE, expected)
        assert ending.value == pytest.approx(by_hand(free, expected, length, stop), rel=1e-12)
        assert rows(descent.trace) == rows(free, stop=expected + 1)
    found = FirstStops(descended(chosen.replace(stop=StopRule.NONE), 600))
    while found.advance(50):
        pass
    assert found.row(stop) == expected


@pytest.mark.parametrize("stop", RULES)
def test_there_is_a_value_for_every_epoch_and_it_is_held_in_between(stop: StopRule) -> None:
    trace = descended(of_rows(2), 32)
    found = quantities(trace, stop)
    for t in range(33):
        if t and t % 3 == 0:
            assert found[t] == quantity_at(trace, t, stop)
            assert found[t] == pytest.approx(by_hand(trace, t, 3, stop), rel=1e-12)
        else:
            assert math.isnan(found[t])
            assert math.isnan(quantity_at(trace, t, stop))
    series = QuantitySeries(trace, stop)
    series.advance(1_000)
    shown = series.loss()
    assert np.isnan(shown[:3]).all()
    np.testing.assert_array_equal(shown[3:33], np.repeat(found[3:33:3], 3))
    np.testing.assert_array_equal(series.loss(10, 20), shown[10:20])


def test_the_sentence_says_which_epoch_and_that_all_rows_were_looked_at() -> None:
    signs = {
        "step": "‖Δθ‖ over the epoch",
        "gradient": "‖∇L‖ over all rows",
        "change": "|Lₜ − Lₜ₋₃| over all rows",
        "loss": "L over all rows",
    }
    for stop, quantity in signs.items():
        trace = descend("three-points", batch=1, stop=stop, epsilon=1e-3)
        ending = trace.ending
        assert ending is not None
        assert ending.t % 3 == 0
        begin = f"stop rule met at t = {ending.t} (end of epoch {ending.t // 3}): {quantity} = "
        assert str(ending).startswith(begin)
        assert f"t = {ending.t} (end of epoch {ending.t // 3})" in report_end(trace).sentence


def test_two_classes_row_by_row_never_converge(capsys: Captured) -> None:
    """Case E1: all rows reach (2.013, 2.359, 0.925) with loss 0.18276; single rows wander."""
    status, out, err = run(capsys, "two-classes", "--batch", "1")
    assert status == 0
    assert "step limit reached at t = 10000" in err
    assert "converged" not in err
    assert "loss over all rows = " in out
    trace = descend("two-classes", max_steps=100_000)
    assert trace.theta()[-1] == pytest.approx([2.013, 2.359, 0.925], abs=2e-3)
    assert trace.loss()[-1] == pytest.approx(0.18276, abs=1e-5)


@pytest.mark.parametrize("seed", [0, 2])
def test_three_points_row_by_row_reach_their_line(seed: int) -> None:
    """Case E2: at the end of an epoch, and not where one row happens to fit."""
    trace = descend("three-points", batch=1, seed=seed)
    report = report_end(trace)
    assert trace.theta()[-1] == pytest.approx([1.0, 1.0], abs=1e-5)
    assert report.ending.t % 3 == 0
    epoch = report.ending.t // 3
    assert report.sentence.startswith(f"converged at t = {3 * epoch} (end of epoch {epoch}): ")


def test_a_row_at_the_origin_proves_nothing(capsys: Captured, tmp_path: Path) -> None:
    """Case E3: w = 0 used to converge at once; all rows reach 1.98727."""
    data = tmp_path / "origin.csv"
    data.write_text("x,y\n0,0\n1,2.2\n2,3.9\n3,6.1\n4,8.0\n5,9.8\n", encoding="utf-8")
    given = ("--data", str(data), "--prediction", "w*x", "--eta", "0.005")
    _, out, err = run(capsys, "(prediction - y)^2", *given, "--batch", "1")
    assert "at t = 0" not in err
    assert "w = 0.0\n" not in out
    _, out, err = run(capsys, "(prediction - y)^2", *given)
    assert "converged" in err
    assert float(out.split("w = ")[1].split()[0]) == pytest.approx(1.98727, abs=1e-4)


def test_the_loss_of_one_row_beyond_all_bounds_is_no_divergence_but_that_of_all_rows_is() -> None:
    trace = descended(of_rows(1, eta=0.5), 600)
    ending = trace.ending
    assert ending is not None
    assert ending.outcome is Outcome.DIVERGED
    assert ending.t % 5 == 0
    objective = trace.experiment.objective()
    first = float(objective.value(trace.theta()[0]))
    assert (ending.first_loss, ending.epoch) == (first, 5)
    losses = [float(objective.value(theta)) for theta in trace.theta()[::5]]
    assert ending.value == losses[-1] > 1e10 * max(first, 1.0)
    assert all(loss <= 1e10 * max(first, 1.0) for loss in losses[:-1])
    said = str(ending)
    assert said.startswith(f"diverged at t = {ending.t} (end of epoch {ending.t // 5}): ")
    assert "L over all rows grew from" in said


def test_a_limit_in_the_middle_of_an_epoch_is_a_limit() -> None:
    trace = descend("three-points", batch=1, max_steps=4, epsilon=1e9)
    assert trace.ending is not None
    assert (trace.ending.outcome, trace.ending.t) == (Outcome.STOP_RULE, 3)
    trace = descend("three-points", batch=1, max_steps=2, epsilon=1e9)
    assert trace.ending is not None
    assert (trace.ending.outcome, trace.ending.t) == (Outcome.STEP_LIMIT, 2)


@pytest.mark.parametrize("at", [1, 6, 7, 12])
@pytest.mark.parametrize("stop", RULES)
def test_a_branch_is_tested_as_the_run_itself(stop: StopRule, at: int) -> None:
    chosen = of_rows(2, epsilon=1e-9, stop=stop)
    straight = descended(chosen, 30)
    branch = Descent.branch(straight, at, chosen)
    branch.advance(30 - at)
    assert rows(branch.trace) == rows(straight)
    resumed = Descent.resume(descended(chosen, at).copy())
    resumed.advance(30 - at)
    assert rows(resumed.trace) == rows(straight)
    for trace in (branch.trace, resumed.trace):
        for rule in RULES:
            np.testing.assert_array_equal(quantities(trace, rule), quantities(straight, rule))


def test_after_a_change_of_the_batch_the_epochs_are_those_of_the_new_one() -> None:
    chosen = of_rows(2)  # epochs of 3 updates
    run_to_10 = descended(chosen, 10)
    branch = Descent.branch(run_to_10, 10, chosen.replace(batch=1))  # of 5
    branch.advance(12)
    found = quantities(branch.trace, StopRule.STEP)
    assert np.flatnonzero(~np.isnan(found)).tolist() == [3, 6, 9, 10, 15, 20]
    whole = Descent.branch(run_to_10, 10, chosen.replace(batch=None, stop=StopRule.CHANGE))
    whole.advance(2)
    found = quantities(whole.trace, StopRule.CHANGE)
    # The loss of the row before is that of two rows of the data, which is nothing to compare with.
    assert np.flatnonzero(~np.isnan(found)).tolist() == [3, 6, 9, 11, 12]


def test_what_was_released_is_not_needed() -> None:
    chosen = of_rows(1, stop=StopRule.STEP, epsilon=1e-3, eta="0.1/(1 + t/20)", max_steps=5_000)
    whole = descended(chosen, 5_000)
    assert whole.ending is not None
    assert whole.ending.outcome is Outcome.STOP_RULE
    descent = Descent(chosen)
    while descent.ending is None:
        descent.advance(3)
        descent.trace.release(len(descent.trace) - 1)
    assert descent.ending == whole.ending


@pytest.mark.parametrize("stop", [*RULES, StopRule.NONE])
@pytest.mark.parametrize("batch", SIZES)
@pytest.mark.parametrize("optimizer", ["gradient-descent", "adam"])
def test_many_descents_by_batches_end_as_each_of_them(
    optimizer: str, batch: int, stop: StopRule
) -> None:
    chosen = of_rows(batch, optimizer=optimizer, stop=stop, epsilon=0.05, max_steps=200)
    rates = [1e-3, 0.02, 0.05, 0.5, 5.0]
    ends = Ensemble(chosen, chosen.start, eta0=rates).finish()
    for column, rate in enumerate(rates):
        schedule = ScheduleText(formula="eta0", constants={"eta0": rate})
        trace = descended(chosen.replace(schedule=schedule), 200)
        assert_ends_alike(ends, column, trace, rtol=1e-7, atol=1e-9)


def test_a_batch_of_all_rows_is_tested_at_every_update() -> None:
    whole = descended(of_rows(5, stop=StopRule.STEP, epsilon=0.05), 600)
    plain = descended(of_rows(5, stop=StopRule.STEP, epsilon=0.05).replace(batch=None), 600)
    assert whole.ending == plain.ending
    assert whole.ending is not None
    assert whole.ending.epoch is None
