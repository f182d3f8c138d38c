"""A picture of a loss over many rows: exact where that is cheap, of some rows where it is not."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim.core.data.dataset import Dataset
from gdsim.core.loss.many_rows import (
    MOST_ROWS,
    QuadraticForm,
    fast_loss,
    resolution,
    row_sample,
    sampled_rows,
)
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.objectives import objective
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.taylor.derivatives import hessian_form

LINE = "theta0 + theta1*x"


def over(rows: int, loss: str, prediction: str = LINE) -> Objective:
    random = np.random.default_rng(9)
    x = random.normal(size=rows)
    y = 3 * x + 2 + random.normal(size=rows)
    return objective(loss, None, Dataset("rows", {"x": x, "y": y}), prediction)


def grid(objective: Objective, half: float) -> np.ndarray:
    return np.stack(np.meshgrid(*[np.linspace(-half, half, 9)] * objective.dimension))


@pytest.mark.parametrize("prediction", [LINE, "theta1*x", "theta0 + 0*x + theta1*x + theta2*x^2"])
def test_the_quadratic_form_is_the_loss(prediction: str) -> None:
    loss = over(3 * MOST_ROWS, "(prediction - y)^2", prediction)
    quick = fast_loss(loss)
    assert isinstance(quick, QuadraticForm)
    points = grid(loss, 40.0)
    assert quick.value(points) == pytest.approx(loss.value(points), rel=1e-9)
    assert sampled_rows(loss) is None


def test_the_quadratic_form_is_right_beside_its_minimum() -> None:
    x = np.arange(1000.0)
    rows = Dataset("exact", {"x": x, "y": 1e3 + 1e-3 * x})
    quick = QuadraticForm(objective("(prediction - y)^2", None, rows, LINE))
    beside = np.array([[1e3 + 1e-5], [1e-3]])
    assert quick.value(beside) == pytest.approx(1e-10, rel=1e-3)


def test_a_quadratic_form_without_a_single_minimum() -> None:
    x = np.ones(500)
    loss = objective("(prediction - y)^2", None, Dataset("rows", {"x": x, "y": x}), LINE)
    points = grid(loss, 3.0)
    assert QuadraticForm(loss).value(points) == pytest.approx(loss.value(points), abs=1e-9)


def test_another_loss_goes_by_some_of_many_rows_and_says_so() -> None:
    loss = over(5 * MOST_ROWS, "abs(prediction - y)")
    quick, again = fast_loss(loss), fast_loss(loss)
    points = grid(loss, 3.0)
    assert sampled_rows(loss) == MOST_ROWS
    assert quick.value(points) == pytest.approx(loss.value(points), rel=0.1)
    assert np.array_equal(quick.value(points), again.value(points))


@pytest.mark.parametrize("rows", [3, MOST_ROWS])
def test_few_rows_are_all_gone_through(rows: int) -> None:
    loss = over(rows, "abs(prediction - y)")
    assert fast_loss(loss) is loss
    assert sampled_rows(loss) is None


def test_a_formula_without_data_is_left_alone() -> None:
    loss = objective("a^2 + b^2")
    assert fast_loss(loss) is loss
    assert sampled_rows(loss) is None
    assert resolution(loss, grid(loss, 1.0).reshape(2, -1), 400, 1e-9) == 400


@pytest.mark.parametrize("rows", [300, 4_000])
def test_a_picture_is_coarser_where_a_point_takes_longer(rows: int) -> None:
    loss = over(rows, "abs(prediction - y)")
    some = grid(loss, 1.0).reshape(2, -1)
    sides = [resolution(loss, some, 400, seconds) for seconds in (1e-9, 0.05, 1e9)]
    assert sides[0] == 48
    assert sides == sorted(sides)
    assert sides[-1] == 400


def test_a_measurement_that_was_held_up_does_not_coarsen_the_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loss = over(300, "abs(prediction - y)")
    some = grid(loss, 1.0).reshape(2, -1)
    clock = iter([0.0, 9.0, 9.0, 9.0001])
    monkeypatch.setattr("gdsim.core.loss.many_rows.perf_counter", lambda: next(clock))
    assert resolution(loss, some, 400, 1.0) == 400


@pytest.mark.parametrize("prediction", [LINE, "a*tanh(w*x + b) + c"])
def test_what_is_studied_of_many_rows_is_nearly_the_loss(prediction: str) -> None:
    loss = over(150_000, "(prediction - y)^2", prediction)
    some = row_sample(loss)
    theta = np.linspace(0.5, 1.5, loss.dimension)
    assert isinstance(some, RowObjective)
    assert row_sample(loss) is some
    assert some.rows == 20_000
    np.testing.assert_allclose(some.hessian(theta), loss.hessian(theta), rtol=0.2, atol=0.1)
    np.testing.assert_allclose(
        hessian_form(some).hessian(theta), some.hessian(theta), rtol=1e-9, atol=1e-9
    )


@pytest.mark.parametrize("objective", [over(20_000, "abs(prediction - y)"), Objective("a^2 + b")])
def test_what_can_be_studied_whole_is(objective: Objective) -> None:
    assert row_sample(objective) is objective
