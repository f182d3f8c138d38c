"""Losses that are means over rows: values and slopes, descents by batches, and how a step reads."""

from __future__ import annotations

import gc
import math
import weakref
from typing import Any

import numpy as np
import pytest
from runs import OPTIMIZERS, descended, rows

import gdsim
from gdsim.core.data.dataset import Dataset
from gdsim.core.ensemble.ensemble import Ensemble
from gdsim.core.formula.compiled import TILE
from gdsim.core.how_far.line_slice import LineSlice, slice_along_gradient
from gdsim.core.learning.first_model import lowest_point
from gdsim.core.loss.objectives import objective
from gdsim.core.loss.quadratic import is_quadratic
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.problem import Problem
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import Experiment
from gdsim.core.step.explain import explain
from gdsim.core.taylor.derivatives import hessian_form
from gdsim.core.taylor.rises import Cause, rise

POINTS = Dataset("three points", {"x": [1, 2, 3], "y": [2, 3, 4]})
SQUARED = "(prediction - y)^2"
LINE = "theta0 + theta1*x"


def noisy_line(count: int) -> Dataset:
    rng = np.random.default_rng(4)
    x = rng.random(count)
    return Dataset("noisy line", {"x": x, "y": 3 * x + 2 + rng.random(count)})


def line_fit(**choices: Any) -> Experiment:
    return choose(SQUARED, **{"data": POINTS, "prediction": LINE, **choices})


def row_objective(loss: str, data: Dataset, prediction: str | None = None) -> RowObjective:
    found = objective(loss, None, data, prediction)
    assert isinstance(found, RowObjective)
    return found


LOSSES = [
    (SQUARED, LINE),
    ("abs(prediction - y)", "theta0 + theta1*x"),
    ("(prediction - y)^2 + 0.01*w1^2", "a1*tanh(w1*x + b1) + c"),
    ("exp(-x*theta) + theta^2/7", None),
    ("x*theta - y", None),
    ("theta^2*y - 1/2", None),
    ("y*x", None),
]


@pytest.mark.parametrize(("loss", "prediction"), LOSSES[:-1])
@pytest.mark.parametrize("count", [1, 7, TILE + 5])
def test_value_and_derivatives_are_means_of_the_rows(
    loss: str, prediction: str | None, count: int
) -> None:
    """One point, an array of points and plain NumPy agree; slopes are slopes of the value."""
    data = noisy_line(count)
    ours = row_objective(loss, data, prediction)
    rng = np.random.default_rng(1)
    points = rng.normal(size=(ours.dimension, 2, 3))
    values, slopes, curvatures = ours.value(points), ours.gradient(points), ours.hessian(points)
    for place in np.ndindex(2, 3):
        point = points[(slice(None), *place)]
        known = {**dict(zip(ours.parameters, point, strict=True)), **data.columns}
        namespace = {**known, "exp": np.exp, "tanh": np.tanh, "abs": np.abs}
        if prediction is not None:
            namespace["prediction"] = eval(prediction.replace("^", "**"), namespace)
        expected = float(np.mean(eval(loss.replace("^", "**"), namespace)))
        assert math.isclose(ours.value(point), expected, rel_tol=1e-12, abs_tol=1e-14)
        assert math.isclose(values[place], ours.value(point), rel_tol=1e-13, abs_tol=1e-15)
        np.testing.assert_allclose(slopes[(slice(None), *place)], ours.gradient(point), 1e-12)
        hessian = ours.hessian(point)
        np.testing.assert_allclose(
            curvatures[(slice(None), slice(None), *place)], hessian, 1e-12, 1e-14
        )
        for axis, step in enumerate(np.eye(ours.dimension) * 1e-6):
            slope = (ours.value(point + step) - ours.value(point - step)) / 2e-6
            assert math.isclose(ours.gradient(point)[axis], slope, rel_tol=1e-4, abs_tol=1e-7)
            bend = (ours.gradient(point + step) - ours.gradient(point - step)) / 2e-6
            np.testing.assert_allclose(hessian[axis], bend, rtol=1e-4, atol=1e-6)


def test_over_some_rows_it_is_the_objective_of_those_rows() -> None:
    data = noisy_line(40)
    chosen = np.array([5, 3, 17])
    part = row_objective(SQUARED, data, LINE).over(chosen)
    alone = Dataset("some", {name: column[chosen] for name, column in data.columns.items()})
    ours, point = row_objective(SQUARED, alone, LINE), np.array([0.3, -2.0])
    assert part.value(point) == ours.value(point)
    assert part.gradient(point).tolist() == ours.gradient(point).tolist()
    assert part.hessian(point).tolist() == ours.hessian(point).tolist()
    assert part.rows == 3


def test_the_second_form_is_that_of_the_mean() -> None:
    ours = row_objective("(prediction - y)^2", noisy_line(30), "a1*tanh(w1*x + b1) + c")
    rng = np.random.default_rng(0)
    theta, u, v = rng.normal(size=(3, 4))
    form = hessian_form(ours)
    assert math.isclose(form(theta, u, v), float(u @ ours.hessian(theta) @ v), rel_tol=1e-11)
    pairs = rng.normal(size=(2, 4, 5))
    expected = [form(theta, *pair) for pair in np.moveaxis(pairs, 2, 0)]
    np.testing.assert_allclose(form(theta, *pairs), expected, rtol=1e-11)


def test_the_prediction_may_be_asked_of_other_rows() -> None:
    ours = row_objective(SQUARED, POINTS, LINE)
    assert (ours.inputs, ours.target) == (("x",), "y")
    grid = np.array([[0.0, 1.0], [2.0, -1.0]])
    assert ours.predict([5.0, 2.0], {"x": grid}).tolist() == [[5.0, 7.0], [9.0, 3.0]]


@pytest.mark.parametrize(
    ("loss", "prediction", "sentence"),
    [
        (SQUARED, None, "the loss uses the prediction, but there is no formula for the prediction"),
        ("(a - y)^2", "a*x", "the loss does not use the prediction"),
        (SQUARED, "a*prediction", "the formula of the prediction cannot use the prediction"),
        (SQUARED, "x", "the formula has no parameter, so nothing can be minimised"),
        (SQUARED, "a*x +", "the formula ends at column 6, but something must follow"),
        (
            "crossentropy(prediction, y)",
            "sigmoid(a*x)",
            "crossentropy learns classes 0 and 1; column y goes from 2 to 4",
        ),
    ],
)
def test_formulas_that_do_not_fit_the_data_are_refused(
    loss: str, prediction: str | None, sentence: str
) -> None:
    with pytest.raises(Problem, match=f"^{sentence}$"):
        choose(loss, data=POINTS, prediction=prediction)


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        (
            {"data": None, "prediction": LINE},
            "a prediction needs data with which it can be compared",
        ),
        ({"data": None, "batch": 2}, "batches need data: there are no rows to take them from"),
        ({"batch": 0}, "a batch has at least one row"),
        ({"parameters": ["x", "theta0"]}, "x cannot be both a parameter and a column"),
        ({"parameters": ["theta0"]}, "unknown name theta1 at column 10; known: theta0, x, y"),
    ],
)
def test_choices_that_do_not_fit_the_data_are_refused(
    choices: dict[str, Any], sentence: str
) -> None:
    loss = "x^2" if "data" in choices else SQUARED
    with pytest.raises(Problem, match=f"^{sentence}$"):
        choose(loss, **{"data": POINTS, "prediction": None if loss == "x^2" else LINE, **choices})


def test_the_first_updates_by_hand() -> None:
    trace = gdsim.descend(
        SQUARED, data=POINTS, prediction=LINE, start=[0.0, 0.0], eta=0.1, max_steps=2
    )
    expected = [[0, 0], [0.6, 4 / 3], [0.6 - 0.16 / 3, 4 / 3 - 0.1 * 1.36 / 0.9]]
    np.testing.assert_allclose(trace.theta(), expected, rtol=1e-14)
    assert trace.theta()[2].tolist() == pytest.approx([0.54666, 1.18222], abs=1e-5)


@pytest.mark.parametrize("optimizer", ["gradient-descent", "adam", "newton"])
def test_full_batches_end_at_the_least_squares(optimizer: str) -> None:
    data = noisy_line(50)
    eta = {"gradient-descent": 0.5, "adam": 0.1, "newton": 1.0}[optimizer]
    trace = gdsim.descend(
        SQUARED, data=data, prediction=LINE, optimizer=optimizer, eta=eta, epsilon=1e-10
    )
    matrix = np.stack([np.ones(50), data.columns["x"]], axis=1)
    solution = np.linalg.lstsq(matrix, data.columns["y"], rcond=None)[0]
    np.testing.assert_allclose(trace.theta()[-1], solution, rtol=1e-8)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch", [None, 4, 7])
def test_played_stepped_resumed_and_branched_runs_have_the_same_bits(
    optimizer: str, batch: int | None
) -> None:
    chosen = line_fit(
        data=noisy_line(20), batch=batch, seed=3, optimizer=optimizer, eta=0.01, stop="none"
    )
    played = descended(chosen, 60)
    stepped = Descent(chosen)
    for _ in range(60):
        stepped.advance()
    assert rows(stepped.trace) == rows(played)
    resumed = Descent.resume(descended(chosen, 25))
    resumed.advance(35)
    assert rows(resumed.trace) == rows(played)
    branched = Descent.branch(played, 31, chosen)
    branched.advance(29)
    assert rows(branched.trace) == rows(played)


@pytest.mark.parametrize("batch", [1, 7])
def test_a_row_of_a_trace_is_about_its_batch(batch: int) -> None:
    chosen = line_fit(data=noisy_line(20), batch=batch, seed=9, eta=0.05, stop="none")
    trace = descended(chosen, 30)
    batches = chosen.batches()
    assert batches is not None
    for t in range(30):
        x, y = (column[batches.rows_of(t)] for column in noisy_line(20).columns.values())
        step = trace.step(t)
        residual = step.theta[0] + step.theta[1] * x - y
        assert math.isclose(step.loss, np.mean(residual**2), rel_tol=1e-12)
        np.testing.assert_allclose(step.gradient[1], 2 * np.mean(residual * x), rtol=1e-12)
        assert chosen.objective_at(t).value(step.theta) == step.loss


@pytest.mark.parametrize("optimizer", ["gradient-descent", "adam", "newton"])
@pytest.mark.parametrize("batch", [None, 6])
def test_an_ensemble_makes_the_same_descents(optimizer: str, batch: int | None) -> None:
    chosen = line_fit(
        data=noisy_line(15), batch=batch, optimizer=optimizer, eta=0.1, max_steps=80, epsilon=1e-4
    )
    starts = np.random.default_rng(2).normal(size=(2, 9))
    ends = Ensemble(chosen, starts).finish()
    for place in range(9):
        descent = Descent(chosen.replace(start=tuple(starts[:, place].tolist())))
        descent.advance(80)
        np.testing.assert_allclose(ends.theta[:, place], descent.trace.theta()[-1], rtol=1e-12)
        assert ends.steps[place] == len(descent.trace) - 1


def test_rows_that_overflow_end_the_descent() -> None:
    trace = gdsim.descend(
        "exp(theta*x)", data={"x": [1.0, 900.0]}, start=[1.0], eta=0.1, max_steps=5
    )
    assert trace.ending is not None
    assert str(trace.ending) == "diverged at t = 0: the loss is ∞"
    steep = gdsim.descend("log(theta*x)", data={"x": [1.0, 2.0]}, start=[-1.0], eta=0.1)
    assert str(steep.ending) == "undefined at t = 0: the loss is NaN"
    assert gdsim.report_end(steep).sentence == (
        "undefined at t = 0: log has no value for θ·x = −1, at θ = −1, x = 1"
    )
    failing = gdsim.descend(
        SQUARED, data=POINTS, prediction=LINE, eta="0.1/(2 - t)", max_steps=5, stop="none"
    )
    assert failing.ending is not None
    assert failing.ending.outcome.is_failure
    assert np.isfinite(failing.gradient()).all()


def test_a_step_shows_the_term_of_every_row() -> None:
    first, second, rule = explain(descended(line_fit(), 1), 0)
    assert first.plain == "g_θ₀ = ∂L/∂θ₀ = 1/3·Σ 2·(θ₀ + θ₁·x_i − y_i)"
    assert first.numbers == (("theta0", "(−4 − 6 − 8)/3 = −6"),)
    assert second.numbers == (("theta1", "(−4 − 12 − 24)/3 ≈ −13.3333"),)
    assert rule.numbers[0] == ("theta0", "0 − 0.1·(−6) = 0.6")
    batch = explain(descended(line_fit(batch=2, seed=1), 1), 0)[0]
    assert batch.plain.startswith("g_θ₀ = ∂L/∂θ₀ = 1/2·Σ ")


def test_of_a_single_row_a_step_shows_the_formula_in_numbers() -> None:
    chosen = line_fit(batch=1, seed=4, start=[0.5, 0.25])
    batches = chosen.batches()
    assert batches is not None
    (row,) = batches.rows_of(0)
    x, y = row + 1, row + 2
    first, second, _ = explain(descended(chosen, 1), 0)
    slope = 2 * (0.5 + 0.25 * x - y)
    shown = f"{slope:g}".replace("-", "−")
    assert first.numbers == (("theta0", f"2·(0.5 + 0.25·{x} − {y}) = {shown}"),)
    shown = f"{slope * x:g}".replace("-", "−")
    assert second.numbers == (("theta1", f"2·{x}·(0.5 + 0.25·{x} − {y}) = {shown}"),)


def test_of_many_rows_a_step_shows_the_sum() -> None:
    data = Dataset("many", {"x": np.arange(10.0), "y": np.zeros(10)})
    line = explain(descended(line_fit(data=data, start=[1.0, 0.0]), 1), 0)[0]
    assert line.numbers == (("theta0", "20/10 = 2"),)
    line = explain(descended(line_fit(data=data, start=[-0.5, 0.0]), 1), 0)[0]
    assert line.numbers == (("theta0", "−10/10 = −1"),)


def test_the_loss_is_typeset_as_a_mean() -> None:
    ours = row_objective(SQUARED, POINTS, LINE)
    assert ours.latex() == (r"\frac{1}{3} \sum_{i=1}^{3} {\left(\hat{y}_{i} - y_{i}\right)}^{2}")
    assert ours.prediction_latex() == r"\hat{y}_{i} = \theta_{0} + \theta_{1} x_{i}"


@pytest.mark.parametrize(
    ("key", "parameter", "written"),
    [
        ("two-classes", "w1", "1/80·Σ x₁_i·(sigmoid(b + w₁·x₁_i + w₂·x₂_i) − y_i)"),
        ("xor", "a1", "1/100·Σ tanh(b₁ + u₁·x₁_i + v₁·x₂_i)·(ŷ_i − y_i)"),
        ("xor", "c", "1/100·Σ (ŷ_i − y_i)"),
        ("wave", "w2", "1/60·Σ 2·a₂·x_i·(1 − tanh(b₂ + w₂·x_i)^2)·(ŷ_i − y_i)"),
    ],
)
def test_slopes_read_as_in_a_textbook(key: str, parameter: str, written: str) -> None:
    """With ŷ for a model that is too long to be written out each time."""
    loss = choose(key).objective()
    assert loss.gradient_plain()[loss.parameters.index(parameter)] == written


def test_losses_of_two_batches_are_not_compared() -> None:
    trace = descended(line_fit(data=noisy_line(30), batch=1, eta=0.01, stop="none"), 60)
    found = [each for t in range(60) if (each := rise(trace, t)) is not None]
    assert {each.cause for each in found} == {Cause.OTHER_ROWS}


@pytest.mark.parametrize("count", [3, TILE - 1, 3 * TILE])
def test_many_points_are_computed_piece_by_piece(count: int) -> None:
    """More points × rows than are held at once come to what each point comes to by itself."""
    ours = row_objective(SQUARED, noisy_line(count), LINE)
    points = np.random.default_rng(0).normal(size=(2, 5, 9))
    values, slopes = ours.value(points), ours.gradient(points)
    for place in np.ndindex(5, 9):
        point = points[(slice(None), *place)]
        assert math.isclose(values[place], ours.value(point), rel_tol=1e-14)
        np.testing.assert_allclose(slopes[(slice(None), *place)], ours.gradient(point), 1e-13)


def test_a_linear_model_with_squared_errors_is_a_quadratic() -> None:
    data = noisy_line(30)
    assert is_quadratic(row_objective(SQUARED, data, "theta0 + theta1*x + theta2*x^3"))
    assert is_quadratic(row_objective("(a*exp(x) - y)^2", data))
    assert not is_quadratic(row_objective(SQUARED, data, "a*tanh(w*x)"))
    assert not is_quadratic(row_objective("abs(prediction - y)", data, LINE))


def test_the_line_along_the_gradient_is_that_of_the_mean() -> None:
    ours, theta = row_objective(SQUARED, noisy_line(30), LINE), np.array([1.0, -2.0])
    gradient = ours.gradient(theta)
    line = slice_along_gradient(ours, theta, gradient, 0.1)
    assert isinstance(line, LineSlice)
    best = gradient @ gradient / (gradient @ ours.hessian(theta) @ gradient)
    assert line.best == pytest.approx(best, rel=1e-9)
    assert line.rise == pytest.approx(2 * best, rel=1e-9)


def test_large_data_that_are_no_longer_in_use_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was made of them: a class opens one file after the other."""
    # So that small data are large.
    monkeypatch.setattr("gdsim.core.loss.objectives._NUMBERS_KEPT", 1_000)
    held = []
    for number in range(4):
        data = Dataset(f"large {number}", dict(noisy_line(400).columns))
        chosen = line_fit(data=data)
        loss = chosen.objective()
        hessian_form(loss)
        lowest_point(loss)
        Descent(chosen)
        Ensemble(chosen, np.zeros((2, 3)))
        held.append(weakref.ref(data))
        assert chosen.objective() is loss
    del data, loss, chosen
    gc.collect()
    assert [each() is None for each in held] == [True, True, False, False]


def test_many_small_ones_are_kept() -> None:
    kept = [line_fit(prediction=f"theta0 + {number}*x").objective() for number in range(20)]
    again = [line_fit(prediction=f"theta0 + {number}*x").objective() for number in range(20)]
    assert all(one is other for one, other in zip(kept, again, strict=True))


@pytest.mark.parametrize("batch", [None, 1])
def test_many_descents_over_rows_tell_undefined_from_too_large(batch: int | None) -> None:
    rows = {"x": [1.0, 2.0, -3.0], "y": [0.0, 1.0, 900.0]}
    chosen = choose("log(w*x + 5) + exp(w*y/100)", data=rows, eta=0.01, max_steps=20, batch=batch)
    starts = np.array([[-9.0, 0.1, 1e3, 2.0, -5.0, 1.6]])
    ends = Ensemble(chosen, starts).finish()
    outcomes = set()
    for column in range(starts.shape[1]):
        descent = Descent(chosen.replace(start=(float(starts[0, column]),)))
        descent.advance(20)
        assert descent.ending is not None
        assert ends.outcome(column) is descent.ending.outcome
        assert ends.steps[column] == descent.ending.t
        outcomes.add(descent.ending.outcome)
    assert Outcome.UNDEFINED in outcomes
