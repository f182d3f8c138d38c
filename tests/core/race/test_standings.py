"""What a run has cost, and who reached ε first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from gdsim.core.arrays import Floats
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.race.line_ups import line_up
from gdsim.core.race.standings import Arrival, Standing, gradient_evaluations, standing
from gdsim.core.run.choices import choose, rule_of
from gdsim.core.run.descent import Descent
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.run.trace import Trace
from gdsim.core.verdict.judge import judge_end
from gdsim.core.verdict.kind import PointKind


def run(experiment: Experiment, updates: int = 10_000) -> Trace:
    descent = Descent(experiment)
    descent.advance(updates)
    return descent.trace


@pytest.mark.parametrize("function", ["quadratic", "himmelblau", "wood"])
@pytest.mark.parametrize("key", catalogue.optimizers())
def test_evaluations_are_those_of_a_loop_that_counts_them(function: str, key: str) -> None:
    experiment = choose(function, optimizer=key)
    trace = run(experiment, 12)
    dimension = len(experiment.parameters)
    counted = 0
    for row in range(len(trace)):
        counted += 1 + (dimension if key == "newton" else 0)
        assert gradient_evaluations(trace, row) == counted


def test_each_stretch_is_counted_under_its_own_rule() -> None:
    plain = choose("himmelblau", stop=StopRule.NONE)
    descent = Descent(plain)
    descent.advance(20)
    branched = Descent.branch(descent.trace, 10, plain.replace(rule=rule_of("newton")))
    branched.advance(5)
    trace = branched.trace
    assert [gradient_evaluations(trace, row) for row in (0, 9, 10, 15)] == [1, 10, 13, 28]


@pytest.mark.parametrize("function", ["quadratic", "himmelblau", "booth"])
def test_the_first_is_the_one_that_a_search_through_all_rows_finds(function: str) -> None:
    experiments = line_up("newton", choose(function, max_steps=400, epsilon=1e-3))
    traces = [run(experiment) for experiment in experiments]
    small = [np.flatnonzero(norms(trace) < 1e-3) if is_minimum(trace) else () for trace in traces]
    first_rows = [int(rows[0]) if len(rows) else 10**9 for rows in small]
    costs = [
        gradient_evaluations(trace, row) if row < 10**9 else 10**9
        for trace, row in zip(traces, first_rows, strict=True)
    ]
    found = standings(traces, 10**6)
    assert found.first_by_steps == lowest(first_rows)
    assert found.first_by_evaluations == lowest(costs)
    for arrival, row, cost in zip(found.arrivals, first_rows, costs, strict=True):
        assert arrival == (None if row == 10**9 else Arrival(row, cost))


def standings(traces: Sequence[Trace], row: int) -> Standing:
    """The standings, with the runs that the verdict on their last point calls converged."""
    return standing(traces, row, [is_minimum(trace) for trace in traces])


def is_minimum(trace: Trace) -> bool:
    ending = trace.ending
    is_met = ending is not None and ending.outcome is Outcome.STOP_RULE
    return is_met and judge_end(trace).kind is PointKind.MINIMUM


def norms(trace: Trace) -> Floats:
    lengths: Floats = np.linalg.norm(trace.gradient(), axis=1)
    return lengths


def lowest(values: list[int]) -> tuple[int, ...]:
    return tuple(place for place, value in enumerate(values) if value == min(values))


def test_nobody_is_first_before_he_is_there() -> None:
    traces = [run(experiment) for experiment in line_up("momentum", choose("booth"))]
    ends = [trace.ending.t for trace in traces if trace.ending is not None]
    first = min(ends)
    before = standings(traces, first - 1)
    assert (before.first_by_steps, before.first_by_evaluations) == ((), ())
    assert before.arrivals == (None, None, None)
    assert standings(traces, first).first_by_steps == lowest(ends)


def test_the_cheapest_is_only_named_when_no_other_can_be_cheaper() -> None:
    """Newton is there at once, but its Hessians may cost more than another's steps."""
    newton = run(choose("booth", optimizer="newton", eta=1.0, stop="gradient"))
    assert newton.ending is not None
    end = newton.ending.t
    cost = gradient_evaluations(newton, end)
    plain = run(choose("booth", stop="none", max_steps=50))
    # A run that still moves has row + 1 evaluations, and would need row + 2 to be there.
    for row in range(end, cost + 3):
        found = standings([newton, plain], row)
        assert found.first_by_steps == (0,)
        assert found.first_by_evaluations == ((0,) if row + 2 > cost else ())


def test_runs_that_diverge_or_run_out_of_steps_do_not_arrive() -> None:
    wild = run(choose("quadratic", eta=5.0))
    short = run(choose("quadratic", max_steps=2))
    assert wild.ending is not None
    assert wild.ending.outcome is not Outcome.STOP_RULE
    found = standings([wild, short], 10**6)
    assert found.arrivals == (None, None)
    assert found.first_by_steps == found.first_by_evaluations == ()


def test_those_who_are_level_are_all_first() -> None:
    trace = run(choose("quadratic"))
    found = standings([trace, trace.copy()], 10**6)
    assert found.first_by_steps == found.first_by_evaluations == (0, 1)


@pytest.mark.parametrize(
    ("loss", "start", "optimizer"),
    [("saddle", [1.0, 0.0], "gradient-descent"), ("himmelblau", [-0.27, -0.92], "newton")],
)
def test_a_run_that_stopped_on_a_saddle_or_a_maximum_has_no_place(
    loss: str, start: list[float], optimizer: str
) -> None:
    stuck = run(choose(loss, start=start, optimizer=optimizer, max_steps=5000))
    assert stuck.ending is not None
    assert stuck.ending.outcome is Outcome.STOP_RULE
    found = standings([stuck, run(choose("quadratic"))], 10**6)
    assert found.arrivals[0] is None
    assert found.first_by_steps == found.first_by_evaluations == (1,)
