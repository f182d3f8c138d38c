"""The first model of the user's own data: its rate works, its ranges contain the descent."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim.core.arrays import Floats
from gdsim.core.data.dataset import Dataset
from gdsim.core.learning.first_model import first_model, first_ranges, first_rate
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.objectives import objective


def rows(scale: float, inputs: int = 2) -> dict[str, Floats]:
    random = np.random.default_rng(5)
    given = {f"x{place + 1}": scale * random.normal(size=80) for place in range(inputs)}
    total = sum(given.values())
    return {**given, "y": 3.0 - 2 * total, "c": (total > 0).astype(np.float64)}


def squared(given: dict[str, Floats], inputs: tuple[str, ...]) -> Objective:
    model = first_model(given, inputs, "y")
    return objective("(prediction - y)^2", None, Dataset("rows", given), model.prediction)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 250.0])
@pytest.mark.parametrize("inputs", [("x1",), ("x1", "x2")])
def test_with_the_first_rate_the_loss_falls_in_every_step(
    scale: float, inputs: tuple[str, ...]
) -> None:
    loss = squared(rows(scale, len(inputs)), inputs)
    theta, losses = np.zeros(loss.dimension), []
    eta = first_rate(loss, theta)
    for _ in range(30):
        losses.append(loss.value(theta))
        theta = theta - eta * loss.gradient(theta)
    assert (np.diff(losses) < 0).all()
    steepest = np.linalg.eigvalsh(loss.hessian(theta)).max()
    assert 0.4 / steepest < eta <= 1 / steepest


@pytest.mark.parametrize("scale", [1e-3, 1.0, 250.0])
def test_the_first_ranges_contain_the_start_and_the_solution(scale: float) -> None:
    ranges = first_ranges(squared(rows(scale), ("x1", "x2")), (0.0, 0.0, 0.0))
    for (low, high), value in zip(ranges, (3.0, -2.0, -2.0), strict=True):
        assert low < 0 < high
        assert low < value < high


@pytest.mark.parametrize(
    "formula", ["cosh(a) + b^4 + b^2", "a^3 - b", "log(a - 5) + b^2", "0*a + b"]
)
def test_every_loss_has_a_first_rate_and_ranges(formula: str) -> None:
    loss = Objective(formula)
    assert 0 < first_rate(loss, (0.0, 0.0)) < 1e12
    for low, high in first_ranges(loss, (0.0, 0.0)):
        assert low < 0 < high


def test_two_classes_get_a_sigmoid() -> None:
    model = first_model(rows(1.0), ("x1", "x2"), "c")
    assert model.is_logistic
    assert model.prediction == "sigmoid(theta0 + theta1*x1 + theta2*x2)"
    assert not first_model(rows(1.0), ("x1", "x2"), "y").is_logistic


def test_the_parameters_have_other_names_than_the_columns() -> None:
    given = {"theta1": np.arange(3.0), "w": np.arange(3.0), "y": np.arange(3.0)}
    model = first_model(given, ("theta1", "w"), "y")
    assert model.parameters == ("beta0", "beta1", "beta2")
    assert model.prediction == "beta0 + beta1*theta1 + beta2*w"


@pytest.mark.parametrize("value", [0.0, 1.0, 7.5])
def test_constant_data_have_ranges(value: float) -> None:
    loss = squared({"x": np.full(4, value), "y": np.full(4, value)}, ("x",))
    assert first_rate(loss, (0.0, 0.0)) > 0
    assert all(low < high for low, high in first_ranges(loss, (0.0, 0.0)))
