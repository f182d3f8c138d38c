"""Slopes at kinks and ties, of roots of kinked formulas, and of powers of 0."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest

import gdsim
from gdsim.core.ensemble.ensemble import Ensemble
from gdsim.core.formula.forward_hessian import ForwardHessian
from gdsim.core.loss.objective import Objective
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent


def gradients(text: str, point: Sequence[float]) -> list[list[float]]:
    """∇L by the code for one point and by the code for arrays."""
    loss = Objective(text)
    column = np.array([point, point], dtype=float).T
    return [loss.gradient(list(point)).tolist(), loss.gradient(column)[:, 1].tolist()]


# (formula, the point in the order of the sorted names, ∇L by hand)
AT_KINKS = [
    ("relu(x)", [0], [0]),
    ("relu(-x)", [0], [0]),
    ("relu(x) - relu(-x)", [0], [0]),
    ("leaky_relu(x)", [0], [0.01]),
    ("leaky_relu(x)", [-3], [0.01]),
    ("leaky_relu(x)", [2], [1]),
    ("leaky_relu(x, 0.2)", [-1], [0.2]),
    ("leaky_relu(x, a)", [0.25, -2], [-2, 0.25]),
    ("leaky_relu(x, a)", [0.25, 2], [0, 1]),
    ("abs(x)", [0], [0]),
    ("max(x, 0)", [0], [0.5]),
    ("max(0, x)", [0], [0.5]),
    ("min(x, 0)", [0], [0.5]),
    ("max(x, y)", [2, 2], [0.5, 0.5]),
    ("max(x, 2x)", [0], [1.5]),
    ("floor(x)", [2], [0]),
    ("floor(x)*x", [2.5], [2]),
    ("sign(x)*x", [-2.5], [-1]),
]

ROOTS = [
    ("sqrt(relu(x)) + (x-1)^2", [-1], [-4]),
    ("relu(x)^0.5 + (x-1)^2", [-1], [-4]),
    ("relu(x)^(1/3)", [-1], [0]),
    ("relu(x)^1.5", [-2], [0]),
    ("sqrt(max(x, 0))", [-1], [0]),
    ("sqrt(max(0, x))", [4], [0.25]),
    ("sqrt(-min(x, 0))", [1], [0]),
    ("sqrt(-min(x, 0))", [-4], [-0.25]),
    ("sqrt(max(x, y, 0))", [-1, -2], [0, 0]),
    ("sqrt(max(x, 4))", [1], [0]),
    ("sqrt(x + abs(x))", [-2], [0]),
    ("sqrt((abs(x) - x)/2)", [3], [0]),
    ("sqrt(abs(relu(x)))", [-1], [0]),
    ("sqrt(abs(x))", [-4], [-0.25]),
    ("sqrt(relu(x)*y)", [-1, 3], [0, 0]),
    ("sqrt(y*relu(x)^2)", [-1, 3], [0, 0]),
    ("sqrt(relu(x) + relu(y))", [-1, 4], [0, 0.25]),
    ("sqrt(sqrt(relu(x)))", [-1], [0]),
    ("sqrt((1 + sign(x))*x)", [-3], [0]),
    ("exp(sqrt(relu(x - 1)))*x", [0.5], [1]),
    ("relu(x)^n", [0.5, -1], [0, 0]),
    ("relu(x)^n", [0.5, 4], [2 * math.log(4), 0.25]),
    ("1/(1 + sqrt(relu(x)))", [-1], [0]),
]

POWERS = [
    ("x^n", [2, 0], [0, 0]),
    ("x^n", [1, 0], [0, 1]),
    ("x^n", [2, 3], [9 * math.log(3), 6]),
    ("a*x^n", [3, 1.5, 0], [0, 0, 0]),
    ("(x*y)^n", [2, 0, 5], [0, 0, 0]),
    ("x^(2n)", [1, 0], [0, 0]),
    ("x^(n + m)", [1, 1, 0], [0, 0, 0]),
    ("0^n", [1], [0]),
    ("2^n", [3], [8 * math.log(2)]),
]


@pytest.mark.parametrize(("text", "point", "slopes"), [*AT_KINKS, *ROOTS, *POWERS])
def test_a_slope_by_hand(text: str, point: Sequence[float], slopes: Sequence[float]) -> None:
    for found in gradients(text, point):
        assert found == pytest.approx(slopes, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("sqrt(relu(x))", [0]),
        ("sqrt(abs(x))", [0]),
        ("sqrt(max(x, 0))", [0]),
        ("sqrt(x^2)", [0]),
        ("sqrt(x^2 + y^2)", [0, 0]),
        ("sqrt(relu(x) + relu(y))", [-1, 0]),
        ("sqrt(relu(x)^2 + y^2)", [-1, 0]),
        ("x^n", [-1, 0]),
        ("x^n", [0, 0]),
        ("relu(x)^n", [0, -1]),
        ("x*log(x)", [0]),
    ],
)
def test_where_there_is_no_slope_none_is_given(text: str, point: Sequence[float]) -> None:
    for found in gradients(text, point):
        assert not np.isfinite(found).all()


@pytest.mark.parametrize(("text", "point", "slopes"), [*ROOTS, *POWERS])
def test_second_derivatives_are_finite_where_the_slope_is_constant(
    text: str, point: Sequence[float], slopes: Sequence[float]
) -> None:
    loss = Objective(text)
    if text in ("x^n", "a*x^n", "x^(2n)", "x^(n + m)") and point[-2] < 2:
        return  # these have no second derivative at 0
    written = loss.hessian(list(point))
    assert np.isfinite(written).all()
    carried = ForwardHessian(loss.root, loss.parameters).at_point(list(map(float, point)))
    np.testing.assert_allclose(carried.reshape(written.shape), written, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("function", ["max", "min"])
@pytest.mark.parametrize("count", [2, 3, 4, 7])
def test_a_tie_is_shared_in_equal_parts_in_every_order(function: str, count: int) -> None:
    names = [f"x{place}" for place in range(count)]
    far = {"max": -1.0, "min": 1.0}[function]
    for tied in range(1, count + 1):
        point = [2.0] * tied + [2.0 + far] * (count - tied)
        expected = [1 / tied] * tied + [0.0] * (count - tied)
        for order in itertools.islice(itertools.permutations(names), 24):
            loss = Objective(f"{function}({', '.join(order)})")
            assert loss.gradient(point).tolist() == pytest.approx(expected, rel=1e-15)
            carried = ForwardHessian(loss.root, loss.parameters).at_point(point)
            assert not carried.any()


def test_an_ensemble_takes_the_same_steps_along_kinks() -> None:
    """The array code does not give up where a root is constant."""
    chosen = choose("sqrt(relu(x)) + (x-1)^2 + max(x, y, 0)^n/9", start=[1.5, -1, -1], max_steps=9)
    descent = Descent(chosen)
    descent.advance(9)
    ends = Ensemble(chosen, np.array([chosen.start] * 2).T).finish()
    assert len(descent.trace) > 5
    assert descent.trace.ending is None or not descent.trace.ending.outcome.is_failure
    np.testing.assert_allclose(ends.theta[:, 0], descent.trace.theta()[-1], rtol=1e-12)
    assert ends.steps[0] == len(descent.trace) - 1


def test_a_power_law_learns_from_a_row_at_zero() -> None:
    rows = {"x": [0, 1, 2, 3, 4], "y": [0, 2, 5.7, 10.4, 16]}
    trace = gdsim.descend(
        "(prediction - y)^2",
        data=rows,
        prediction="a*x^n",
        start=[1, 1],
        eta=0.001,
        max_steps=1,
    )
    # 2/5·Σ (x − y)·x and 2/5·Σ (x − y)·x·log(x)
    assert trace.gradient()[0].tolist() == pytest.approx([-31.44, -38.4242], abs=5e-5)
