"""The stop test comes before the move, at the first row where it holds; every ending says why."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import OPTIMIZERS, descended, experiment, rows

from gdsim.core.number_text import compared
from gdsim.core.run.descend import descend
from gdsim.core.run.descent import Descent
from gdsim.core.run.ending import SENTENCES, Ending, NotFinite, Outcome
from gdsim.core.run.stop_rules import RULES, StopRule
from gdsim.core.run.stop_series import quantity_at
from gdsim.core.run.trace import Trace
from gdsim.core.sentence import Sentence


def quantity(trace: Trace, row: int, stop: StopRule) -> float:
    """What the rule compares, from the numbers of the trace."""
    match stop:
        case StopRule.STEP:
            return math.hypot(*trace.delta(row, row + 1)[0])
        case StopRule.GRADIENT:
            return math.hypot(*trace.gradient(row, row + 1)[0])
        case StopRule.CHANGE:
            losses = trace.loss().tolist()
            return abs(losses[row] - losses[row - 1]) if row else math.nan
        case StopRule.LOSS:
            return float(trace.loss(row, row + 1)[0])
        case _:
            return quantity_at(trace, row, stop)


def first_row_below(trace: Trace, stop: StopRule, epsilon: float) -> int | None:
    return next((row for row in range(len(trace)) if quantity(trace, row, stop) < epsilon), None)


@pytest.mark.parametrize("stop", RULES)
@pytest.mark.parametrize("epsilon", [1.0, 1e-2, 1e-4])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_it_stops_at_the_first_row_that_meets_the_rule(
    stop: StopRule, epsilon: float, optimizer: str
) -> None:
    free = descended(experiment("himmelblau", optimizer, eta=0.01, max_steps=400), 400)
    expected = first_row_below(free, stop, epsilon)
    stopped = Descent(
        experiment("himmelblau", optimizer, eta=0.01, max_steps=400, stop=stop, epsilon=epsilon)
    )
    stopped.advance(400)
    last = 400 if expected is None else expected
    assert rows(stopped.trace) == rows(free, stop=last + 1)
    ending = stopped.ending
    assert ending is not None
    assert ending.t == last
    if expected is None:
        assert ending.outcome is Outcome.STEP_LIMIT
        assert str(ending) == "step limit reached at t = 400: no stop rule was met"
    else:
        assert ending.outcome is Outcome.STOP_RULE
        value = quantity(free, last, stop)
        assert quantity_at(stopped.trace, last, stop) == pytest.approx(value, rel=1e-15)
        small, tolerance = compared(value, epsilon, 4)
        assert (
            str(ending) == f"stop rule met at t = {last}: {stop.sign} = {small} < ε = {tolerance}"
        )


@pytest.mark.parametrize("stop", RULES)
def test_no_update_is_made_where_the_rule_is_met(stop: StopRule) -> None:
    descent = Descent(experiment("x^2", "gradient-descent", start=[0.0], eta=0.1, stop=stop))
    if stop is StopRule.CHANGE:  # there is nothing to compare with in the first row
        assert descent.ending is None
        descent.advance(10)
        assert len(descent.trace) == 2
    else:
        assert len(descent.trace) == 1
    assert descent.ending is not None
    assert descent.ending.outcome is Outcome.STOP_RULE
    assert descent.advance(3) == 0


@pytest.mark.parametrize("slices", [[1] * 60, [7] * 9, [60]])
@pytest.mark.parametrize("stop", RULES)
def test_it_stops_at_the_same_row_however_it_is_played(stop: StopRule, slices: list[int]) -> None:
    chosen = experiment("quadratic", "gradient-descent", eta=0.1, stop=stop, epsilon=1e-3)
    descent = Descent(chosen)
    for updates in slices:
        descent.advance(updates)
    whole = Descent(chosen)
    whole.advance(10_000)
    assert rows(descent.trace) == rows(whole.trace)
    assert descent.ending == whole.ending


@pytest.mark.parametrize(
    ("stop", "row", "value"),
    [("step", 0, 1.0), ("gradient", 0, 2.0), ("loss", 0, 1.0), ("change", 1, 1.0)],
)
def test_the_tolerance_itself_is_not_enough(stop: str, row: int, value: float) -> None:
    choices = {"start": [1.0], "eta": 0.5, "max_steps": 3, "stop": stop}
    at_tolerance = descend("x^2", epsilon=value, **choices)
    assert at_tolerance.ending is not None
    assert at_tolerance.ending.t == row + 1
    above = descend("x^2", epsilon=math.nextafter(value, 3.0), **choices)
    assert above.ending is not None
    assert above.ending.t == row


def test_a_negative_loss_meets_the_rule_of_the_loss() -> None:
    trace = descend("x^2 - 5", stop="loss", start=[1.0])
    assert str(trace.ending) == "stop rule met at t = 0: L = −4 < ε = 1e−6"


def test_a_change_upwards_counts_by_its_size() -> None:
    trace = descend("x", start=[0.0], eta="0.1 + 0*t", stop="change", epsilon=0.05, max_steps=5)
    assert trace.ending is not None
    assert trace.ending.outcome is Outcome.STEP_LIMIT
    uphill = descend("-cos(x)", start=[3.0], eta=1.99, stop="change", epsilon=10.0)
    assert uphill.ending is not None
    assert uphill.ending.t == 1


@pytest.mark.parametrize("most", [1, 2, 17])
def test_the_step_limit_counts_updates(most: int) -> None:
    trace = descend("rosenbrock", max_steps=most, stop="none")
    assert len(trace) == most + 1
    assert str(trace.ending) == f"step limit reached at t = {most}: no stop rule was met"


def test_a_rule_that_is_met_at_the_limit_is_what_is_said() -> None:
    free = descended(experiment("quadratic", "gradient-descent", eta=0.1), 30)
    epsilon = math.nextafter(quantity(free, 30, StopRule.STEP), 1.0)
    trace = descend("quadratic", eta=0.1, epsilon=epsilon, max_steps=30)
    assert trace.ending is not None
    assert trace.ending.t == 30
    assert trace.ending.outcome is Outcome.STOP_RULE


def every_ending() -> list[Ending]:
    plain = [Outcome.STEP_LIMIT, Outcome.STOPPED]
    return [
        *(Ending(outcome, 12) for outcome in plain),
        *(Ending(Outcome.STOP_RULE, 12, 0.5, 1.0, stop) for stop in RULES),
        *(Ending(Outcome.STOP_RULE, 12, 0.5, 1.0, stop, epoch=3) for stop in RULES),
        *(
            Ending(Outcome.DIVERGED, 12, loss, epoch=epoch, first_loss=2.0)
            for loss in (1e12, -1e12)
            for epoch in (None, 3)
        ),
        *(
            Ending(outcome, 12, math.nan, not_finite=part)
            for outcome in Outcome
            if outcome.is_failure
            for part in NotFinite
        ),
    ]


@pytest.mark.parametrize("ending", every_ending(), ids=str)
def test_every_ending_has_a_sentence(ending: Ending) -> None:
    assert "t = 12" in str(ending)
    assert "{" not in str(ending)
    assert ending.template in SENTENCES
    assert ending.template.format(**ending.fields) == str(ending)
    assert ending.outcome.is_failure == any(
        outcome.value in str(ending) for outcome in Outcome if outcome.is_failure
    )


def test_every_outcome_is_an_ending() -> None:
    endings = every_ending()
    assert {ending.outcome for ending in endings} == set(Outcome)
    parts = [part for ending in endings for part in sentences(ending.said)]
    assert set(parts) - {stop.sign for stop in RULES} <= {*SENTENCES, "|Lₜ − Lₜ₋₃|"}
    assert set(SENTENCES) <= set(parts)


def sentences(said: Sentence) -> list[str]:
    """The templates of a sentence and of its parts."""
    inner = [part for part in said.fields.values() if isinstance(part, Sentence)]
    return [said.template, *(text for part in inner for text in sentences(part))]


@pytest.mark.parametrize("stop", RULES)
def test_every_rule_names_its_quantity(stop: StopRule) -> None:
    assert stop.sign
    assert len({rule.sign for rule in StopRule}) == len(StopRule)


@settings(derandomize=True, max_examples=300)
@given(
    epsilon=st.floats(1e-12, 1e3),
    nearness=st.floats(-1e-2, 1e-2) | st.integers(-40, 40).map(lambda k: k * 2.0**-52),
)
def test_the_numbers_of_a_test_compare_as_they_are_shown(epsilon: float, nearness: float) -> None:
    value = epsilon * (1 + nearness)
    small, large = (float(text.replace("−", "-")) for text in compared(value, epsilon, 4))
    assert (small < large) == (value < epsilon)


def test_an_ending_close_to_the_tolerance_is_true_as_it_reads() -> None:
    # Gradient descent on x²/2 with η = 1: the update is −x.
    trace = descend("x^2/2", start=[0.99999e-6], eta=1.0, epsilon=1e-6)
    assert "‖Δθ‖ = 9.9999e−7 < ε = 1e−6" in str(trace.ending)
