"""The first model of somebody's own data can be descended along, and its home view holds it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from gdsim.core.first_model import first_model

Floats = NDArray[np.float64]


def rows(scale: float, inputs: int = 2) -> dict[str, Floats]:
    random = np.random.default_rng(5)
    given = {f"x{place + 1}": scale * random.normal(size=80) for place in range(inputs)}
    total = sum(given.values())
    return {**given, "y": 3.0 - 2 * total, "c": (total > 0).astype(np.float64)}


@pytest.mark.parametrize("scale", [1e-3, 1.0, 250.0])
@pytest.mark.parametrize("inputs", [("x1",), ("x1", "x2")])
def test_descent_at_its_rate_falls_at_every_step(scale: float, inputs: tuple[str, ...]) -> None:
    given = rows(scale, len(inputs))
    model = first_model(given, inputs, "y")
    assert not model.is_logistic
    design = np.column_stack([np.ones(80), *(given[name] for name in inputs)])
    theta, losses = np.zeros(len(inputs) + 1), []
    for _ in range(30):
        residual = design @ theta - given["y"]
        losses.append(np.mean(residual**2))
        theta = theta - model.eta * 2 * design.T @ residual / 80
    assert (np.diff(losses) < 0).all()
    # Half of it would be slower, ten times it overshoots.
    steepest = 2 * np.linalg.eigvalsh(design.T @ design / 80).max()
    assert 0.4 / steepest < model.eta <= 1 / steepest


@pytest.mark.parametrize("scale", [1e-3, 1.0, 250.0])
def test_the_home_view_holds_the_start_and_the_solution(scale: float) -> None:
    given = rows(scale)
    model = first_model(given, ("x1", "x2"), "y")
    for (low, high), value in zip(model.view, (3.0, -2.0, -2.0), strict=True):
        assert low < 0 < high
        assert low < value < high


def test_two_classes_get_a_sigmoid() -> None:
    model = first_model(rows(1.0), ("x1", "x2"), "c")
    assert model.is_logistic
    assert model.prediction == "sigmoid(theta0 + theta1*x1 + theta2*x2)"
    assert all(low < 0 < high for low, high in model.view)


def test_its_parameters_are_no_columns() -> None:
    given = {"theta1": np.arange(3.0), "w": np.arange(3.0), "y": np.arange(3.0)}
    model = first_model(given, ("theta1", "w"), "y")
    assert model.parameters == ("beta0", "beta1", "beta2")
    assert model.prediction == "beta0 + beta1*theta1 + beta2*w"


@pytest.mark.parametrize("value", [0.0, 1.0, 7.5])
def test_data_that_never_change_have_a_model(value: float) -> None:
    given = {"x": np.full(4, value), "y": np.full(4, value)}
    model = first_model(given, ("x",), "y")
    assert model.eta > 0
    assert all(low < high for low, high in model.view)
