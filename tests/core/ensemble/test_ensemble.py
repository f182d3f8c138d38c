"""Every column of an ensemble is the descent that a single run makes from the same start."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from single_runs import assert_ends_alike, single

from gdsim.core.arrays import Floats
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.ensemble import ensemble
from gdsim.core.ensemble.ensemble import Ends, Ensemble
from gdsim.core.problem import Problem
from gdsim.core.run.choices import choose
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import Experiment, RuleText, ScheduleText
from gdsim.core.run.stop_rules import StopRule

OPTIMIZERS = list(catalogue.optimizers())
# Sums, products, quotients and roots of these are rounded alike everywhere; exp and sin are not.
EXACT = ["quadratic", "elongated-bowl-10", "rosenbrock", "himmelblau", "three-parameter-bowl"]


def starts_in_view(function: str, count: int, seed: int = 1) -> Floats:
    view = np.array(catalogue.function(function).view)
    generator = np.random.default_rng(seed)
    return generator.uniform(view[:, :1], view[:, 1:], (len(view), count))


def assert_same(experiment: Experiment, starts: Floats, ends: Ends, rtol: float = 0.0) -> None:
    for column, start in enumerate(starts.T.tolist()):
        assert_ends_alike(ends, column, single(experiment, start), rtol, atol=rtol)


def with_eta(function: str, optimizer: str, factor: float = 1.0, **choices: Any) -> Experiment:
    eta = catalogue.sensible_eta(optimizer, catalogue.function(function).eta)
    return choose(function, optimizer=optimizer, eta=factor * eta, **choices)


@pytest.mark.parametrize("stop", [rule.value for rule in StopRule])
@pytest.mark.parametrize("function", EXACT)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_column_has_the_bits_of_a_single_descent(
    optimizer: str, function: str, stop: str
) -> None:
    # Three times the sensible rate: some columns converge, some swing, some diverge.
    for factor in (1.0, 3.0):
        chosen = with_eta(function, optimizer, factor, stop=stop, epsilon=1e-3, max_steps=150)
        starts = starts_in_view(function, 7)
        assert_same(chosen, starts, Ensemble(chosen, starts).finish())


@pytest.mark.parametrize("function", list(catalogue.functions()))
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_column_is_a_single_descent_but_for_rounding(optimizer: str, function: str) -> None:
    chosen = with_eta(function, optimizer, stop="none", max_steps=12)
    starts = starts_in_view(function, 4, seed=3)
    assert_same(chosen, starts, Ensemble(chosen, starts).finish(), rtol=1e-7)


@pytest.mark.parametrize(
    ("loss", "starts"),
    [
        ("x^2", [1.0, 1e200, -1e308, 0.0]),
        ("1/x", [0.0, 1e-300, 2.0, -1e-5]),
        ("1/(1 + exp(x))", [1000.0, -1000.0, 0.0, 709.0]),  # exp(1000) raises, though 1/∞ is 0
        ("sqrt(x) + x", [4.0, 0.0, -1.0, 0.01]),
        ("x - log(x)", [0.5, 0.0, -2.0, 1e-9]),
        ("x^2.5 + x", [1.0, -1.0, 0.0, 1e200]),
        ("x^2 + x^(-2)", [1.0, 0.0, 1e-200, -3.0]),
        ("abs(x) + max(x, 0)", [1.0, -1.0, 0.0, 1e308]),
        ("sin(exp(x))", [800.0, 0.0, 2.0, -800.0]),
        ("sinh(x) + asin(x/2)", [1.0, 3.0, 800.0, 0.0]),
        ("atan(1/(x*x))", [0.0, 1.0, 1e-200, -2.0]),
        ("x", [1.0, 2.0, -1e308, 0.0]),
    ],
)
@pytest.mark.parametrize("optimizer", ["gradient-descent", "adam", "lion", "newton"])
def test_a_column_fails_where_the_single_descent_fails(
    loss: str, starts: list[float], optimizer: str
) -> None:
    chosen = choose(loss, optimizer=optimizer, eta=0.5, max_steps=40)
    points = np.array([starts])
    assert_same(chosen, points, Ensemble(chosen, points).finish(), rtol=1e-9)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_memory_that_overflows_ends_a_column(optimizer: str) -> None:
    chosen = choose("x^2 + y^2", optimizer=optimizer, eta=0.1, max_steps=30)
    starts = np.array([[1e160, 1.0, 1e250, 1e307], [0.0, 2.0, 1.0, 1e307]])
    assert_same(chosen, starts, Ensemble(chosen, starts).finish())


def test_what_diverges_keeps_its_last_finite_point() -> None:
    chosen = choose("x^2 + y^2", eta=1e100, max_steps=50)
    ends = Ensemble(chosen, [[1.0, 0.0], [2.0, 0.0]]).finish()
    assert [ends.outcome(0), ends.outcome(1)] == [Outcome.DIVERGED, Outcome.STOP_RULE]
    assert np.isfinite(ends.theta).all()
    assert ends.loss[0] == pytest.approx(2e201)


@pytest.mark.parametrize("key", list(catalogue.schedules()))
def test_every_schedule_is_followed(key: str) -> None:
    entry = catalogue.schedule(key)
    constants = {**entry.constants, "eta0": 0.02}
    schedule = ScheduleText(formula=entry.formula, constants=constants)
    chosen = choose("himmelblau", optimizer="momentum", max_steps=60).replace(schedule=schedule)
    starts = starts_in_view("himmelblau", 5)
    assert_same(chosen, starts, Ensemble(chosen, starts).finish())


@pytest.mark.parametrize("eta", ["0.1/(3 - t)", "0.1*sqrt(4 - t)", "exp(200*t)"])
def test_a_schedule_that_fails_ends_every_column(eta: str) -> None:
    chosen = choose("rosenbrock", eta=eta, stop="none", max_steps=20)
    starts = starts_in_view("rosenbrock", 3)
    ends = Ensemble(chosen, starts).finish()
    assert_same(chosen, starts, ends)
    assert ends.are(Outcome.DIVERGED).all()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_column_may_have_its_own_rate(optimizer: str) -> None:
    chosen = choose("himmelblau", optimizer=optimizer, max_steps=80)
    rates = np.geomspace(1e-4, 3.0, 9)
    ends = Ensemble(chosen, (0.5, -0.5), eta0=rates).finish()
    for column, rate in enumerate(rates.tolist()):
        schedule = ScheduleText(formula="eta0", constants={"eta0": rate})
        trace = single(chosen.replace(schedule=schedule), (0.5, -0.5))
        assert trace.ending is not None
        assert ends.outcome(column) is trace.ending.outcome
        assert ends.steps[column] == len(trace) - 1
        assert ends.theta[:, column].tolist() == trace.theta()[-1].tolist()


def test_a_rate_of_its_own_keeps_the_form_of_the_schedule() -> None:
    schedule = ScheduleText(formula="eta0/(1 + k*t)", constants={"eta0": 9.0, "k": 0.5})
    chosen = choose("quadratic", stop="none", max_steps=5).replace(schedule=schedule)
    ends = Ensemble(chosen, (0.0,), eta0=[0.1, 0.2]).finish()
    for column, rate in enumerate((0.1, 0.2)):
        own = schedule.model_copy(update={"constants": {"eta0": rate, "k": 0.5}})
        trace = single(chosen.replace(schedule=own), (0.0,))
        assert ends.theta[0, column] == trace.theta()[-1][0]


OWN_RULES = {
    "normalised": (["theta = theta - eta*g/abs(g)"], {}),
    "a state that is the same everywhere": (["u = u + t", "theta = theta - eta*g/u"], {"u": 0.0}),
    "a state that is a number": (["u = 1/t", "theta = theta - eta*u*g"], {"u": 5.0}),
    "a line that fails, though nothing uses it": (
        ["u = log(4 - t)", "theta = theta - eta*g"],
        {},
    ),
    "a line of the gradient that nothing uses": (["u = sqrt(g)", "theta = theta - eta*g"], {}),
    "a name twice": (["a = g", "a = a*a + t", "theta = theta - eta*a*sign(g)"], {}),
    "no update": (["theta = theta"], {}),
    "theta inside": (["theta = 0.9*theta - eta*g"], {}),
    "newton in memory only": (["u = newton", "theta = theta - eta*g"], {"u": 0.0}),
    "a quotient that nothing uses": (["u = atan(1/theta)", "theta = theta - eta*g"], {}),
    "a division by zero that nothing uses": (["u = g/(t - 3)", "theta = theta - eta*g"], {}),
    "the slope upside down": (["theta = theta - eta*g/(g*g)"], {}),
    "divided by zero": (["theta = theta - eta*g/(t - 3)"], {}),
}


@pytest.mark.parametrize("name", list(OWN_RULES))
@pytest.mark.parametrize("loss", ["himmelblau", "x + y", "(x + y)^2", "x^2 + 0*y"])
def test_own_rules_are_followed(loss: str, name: str) -> None:
    lines, state = OWN_RULES[name]
    chosen = choose(loss, eta=0.01, max_steps=30).replace(
        rule=RuleText(lines=tuple(lines), state=state)
    )
    starts = np.random.default_rng(5).uniform(-3, 3, (2, 6))
    starts[:, 0], starts[:, 1] = (1.0, -1.0), (0.0, 1.0)
    assert_same(chosen, starts, Ensemble(chosen, starts).finish())


@pytest.mark.parametrize(("tile", "threads"), [(16, 1), (16, 3), (1000, 2)])
def test_slices_tiles_and_threads_change_nothing(
    monkeypatch: pytest.MonkeyPatch, tile: int, threads: int
) -> None:
    chosen = with_eta("himmelblau", "adam", max_steps=200, epsilon=1e-3)
    starts = starts_in_view("himmelblau", 300)
    whole = Ensemble(chosen, starts).finish()
    monkeypatch.setattr(ensemble, "TILE", tile)
    monkeypatch.setattr(ensemble, "_SHORT", 16)  # so that few starts are many tiles
    monkeypatch.setattr(ensemble, "cores", lambda: threads)
    sliced = Ensemble(chosen, starts)
    for updates in (1, 2, 3, 50, 60):
        sliced.advance(updates)
    assert sliced.t == 116
    assert 0 < sliced.running < 300
    ends = sliced.finish()
    assert sliced.is_done
    for one, other in (
        (whole.theta, ends.theta),
        (whole.loss, ends.loss),
        (whole.steps, ends.steps),
        (whole.codes, ends.codes),
    ):
        np.testing.assert_array_equal(one, other)


def test_what_was_seen_does_not_change() -> None:
    chosen = with_eta("himmelblau", "gradient-descent", max_steps=50)
    running = Ensemble(chosen, starts_in_view("himmelblau", 20))
    running.advance(5)
    seen = running.ends()
    kept = seen.theta.copy()
    assert seen.are(None).all()
    assert (seen.steps == 5).all()
    for column in range(20):
        trace = single(chosen, running.ends().theta[:, column].tolist())
        assert trace.theta()[0].tolist() == kept[:, column].tolist()
    running.finish()
    np.testing.assert_array_equal(seen.theta, kept)
    assert seen.are(None).all()


def test_the_first_points_of_a_path_are_kept() -> None:
    chosen = with_eta("himmelblau", "gradient-descent", epsilon=1e-2)
    starts = starts_in_view("himmelblau", 6)
    running = Ensemble(chosen, starts, record=40)
    ends = running.finish()
    assert running.path.shape == (41, 2, 6)
    for column in range(6):
        theta = single(chosen, starts[:, column].tolist()).theta()[:41]
        np.testing.assert_array_equal(running.path[: len(theta), :, column], theta)
        assert np.isnan(running.path[len(theta) :, :, column]).all()
        assert ends.steps[column] >= len(theta) - 1


def test_how_much_is_done_only_grows() -> None:
    running = Ensemble(with_eta("himmelblau", "adam", max_steps=300), [[0.5, 3.0], [-0.5, 2.0]])
    seen = [running.done]
    while not running.is_done:
        running.advance_for(0.0)
        seen.append(running.done)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0.0, 1.0)


def test_no_start_at_all_is_done_at_once() -> None:
    ends = Ensemble(choose("himmelblau"), np.empty((2, 0))).finish()
    assert len(ends) == 0


@pytest.mark.parametrize(
    ("starts", "rates"),
    [([[1.0], [2.0], [3.0]], None), ([1.0, 2.0], None), ([[1.0], [2.0]], [0.1, 0.2])],
)
def test_shapes_that_do_not_fit_are_refused(starts: Any, rates: Any) -> None:
    with pytest.raises(ValueError, match=r"expected|learning rates"):
        Ensemble(choose("himmelblau"), starts, eta0=rates)


def test_a_schedule_without_a_rate_cannot_differ() -> None:
    with pytest.raises(ValueError, match="no η₀"):
        Ensemble(choose("himmelblau", eta="0.1/t"), (0.0, 0.0), eta0=[0.1])


@pytest.mark.parametrize("batch", [None, 40])
def test_more_rows_than_can_be_waited_for_are_refused(batch: int | None) -> None:
    rows = {"x": list(range(100)), "y": list(range(100))}
    chosen = choose("(prediction - y)^2", data=rows, prediction="w*x", batch=batch)
    most = ensemble.MOST_AT_ONCE // (batch or 100)
    Ensemble(chosen, np.zeros((1, most)))
    with pytest.raises(Problem, match="choose a smaller batch, or fewer descents"):
        Ensemble(chosen, np.zeros((1, most + 1)))
