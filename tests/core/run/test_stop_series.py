"""The stopping quantities of a whole run, and where each rule would have ended it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from runs import OPTIMIZERS, descended, experiment

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.run.ending import Outcome
from gdsim.core.run.stop_rules import RULES, StopRule
from gdsim.core.run.stop_series import (
    FirstStops,
    QuantitySeries,
    quantities,
    quantity_at,
    tolerances,
)
from gdsim.core.run.trace import Trace

STEPS = 400


def first_stops(trace: Trace, piece: int = 1_000) -> dict[StopRule, int | None]:
    found = FirstStops(trace)
    while found.advance(piece):
        pass
    return {stop: found.row(stop) for stop in RULES}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("loss", ["quadratic", "rosenbrock", "powell-singular"])
def test_many_rows_at_once_are_the_rows_one_by_one(loss: str, optimizer: str) -> None:
    trace = descended(experiment(loss, optimizer), 60)
    for stop in StopRule:
        one_by_one = [quantity_at(trace, row, stop) for row in range(len(trace))]
        np.testing.assert_allclose(quantities(trace, stop), one_by_one, rtol=1e-14)
        for start, end in ((0, 1), (1, 2), (5, 40), (len(trace) - 1, len(trace)), (9, 9)):
            part = quantities(trace, stop, start, end)
            np.testing.assert_allclose(part, one_by_one[start:end], rtol=1e-14)


@pytest.mark.parametrize("piece", [1, 7, 1_000])
@pytest.mark.parametrize("key", catalogue.functions())
def test_a_rule_would_have_stopped_where_it_does_stop(key: str, piece: int) -> None:
    chosen = choose(key, epsilon=1e-2, stop=StopRule.NONE, max_steps=STEPS)
    trace = descended(chosen, STEPS)
    for stop, row in first_stops(trace, piece).items():
        own = descended(chosen.replace(stop=stop), STEPS)
        assert own.ending is not None
        converged = own.ending.outcome is Outcome.STOP_RULE
        assert row == (own.ending.t if converged else None)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_rule_in_force_would_have_stopped_where_the_run_ended(optimizer: str) -> None:
    for stop in RULES:
        trace = descended(experiment("quadratic", optimizer, stop=stop, epsilon=0.3), STEPS)
        if trace.ending is not None and trace.ending.outcome is Outcome.STOP_RULE:
            assert first_stops(trace)[stop] == trace.ending.t


def test_the_tolerance_is_the_one_in_force_at_each_row() -> None:
    chosen = choose("(x - 3)^2", eta=0.1, epsilon=1e-9, stop="gradient")
    run = Descent(chosen)
    run.advance(20)
    loosened = Descent.branch(run.trace, 10, chosen.replace(epsilon=2.0, stop=StopRule.NONE))
    loosened.advance(30)
    epsilons = tolerances(loosened.trace, 0, len(loosened.trace))
    assert set(epsilons[:10]) == {1e-9}
    assert set(epsilons[10:]) == {2.0}
    np.testing.assert_array_equal(tolerances(loosened.trace, 8, 12), epsilons[8:12])
    expected = next(
        row
        for row in range(len(loosened.trace))
        if abs(loosened.trace.gradient()[row, 0]) < epsilons[row]
    )
    assert first_stops(loosened.trace)[StopRule.GRADIENT] == expected >= 10


@pytest.mark.parametrize("size", [0.1, math.nextafter(0.1, 0)])
def test_a_step_as_long_as_the_tolerance_does_not_stop(size: float) -> None:
    """Too close to call in rounded arithmetic: every row is as the descent itself would test it."""
    chosen = choose("0*x + 0*y + 3*x + 4*y", eta=size / 5, epsilon=0.1, stop="none", max_steps=50)
    trace = descended(chosen, 50)
    ended = descended(chosen.replace(stop=StopRule.STEP), 50).ending
    assert ended is not None
    expected = ended.t if ended.outcome is Outcome.STOP_RULE else None
    assert first_stops(trace)[StopRule.STEP] == expected


def test_no_rule_is_asked_at_a_row_that_is_not_finite() -> None:
    trace = descended(choose("-x^4 - 1", start=[2.0], eta=1.0, stop="none"), 50)
    assert trace.ending is not None
    assert trace.ending.outcome.is_failure
    assert first_stops(trace)[StopRule.LOSS] == 0  # the loss is negative from the start
    undefined = descended(choose("log(x) + 5", start=[0.0], eta=1.0, stop="none"), 5)
    assert undefined.ending is not None
    assert set(first_stops(undefined).values()) == {None}


def test_lengths_neither_overflow_nor_vanish() -> None:
    trace = descended(choose("3e200*x + 4e200*y", eta=1e-300, stop="none"), 3)
    assert quantities(trace, StopRule.GRADIENT)[0] == pytest.approx(5e200)
    tiny = descended(choose("3e-200*x + 4e-200*y", eta=1.0, stop="none"), 3)
    assert quantities(tiny, StopRule.STEP)[0] == pytest.approx(5e-200)


def test_a_series_is_as_long_as_what_was_read() -> None:
    trace = descended(experiment(), 100)
    series = QuantitySeries(trace, StopRule.CHANGE)
    assert len(series) == len(series.loss()) == 0
    assert series.advance(30)
    assert len(series) == len(series.loss(0, 1_000)) == 30
    assert not series.advance(1_000)
    np.testing.assert_array_equal(series.loss(), quantities(trace, StopRule.CHANGE))
