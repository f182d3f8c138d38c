"""A loss over one point, over arrays of points, and where it is undefined."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from trees import smooth_trees

from gdsim.core.arrays import Floats
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.formula.expression import Node
from gdsim.core.formula.latex import plain
from gdsim.core.loss.objective import Objective

FUNCTIONS = catalogue.functions()
ROSENBROCK = Objective("(1 - x)^2 + 100*(y - x^2)^2")


def test_a_formula_finds_its_own_parameters() -> None:
    loss = Objective("theta2^2 + theta10*b")
    assert loss.parameters == ("b", "theta2", "theta10")
    assert loss.dimension == 3
    assert Objective("x", ("y", "x")).parameters == ("y", "x")
    assert Objective("x", ("y", "x")).gradient([3.0, 4.0]).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("shape", [(), (5,), (3, 4), (2, 3, 4), (0,), (1,)])
@pytest.mark.parametrize("key", ["quadratic", "rosenbrock", "ackley"])
def test_shapes_of_values_and_derivatives(key: str, shape: tuple[int, ...]) -> None:
    entry = FUNCTIONS[key]
    loss = Objective(entry.loss, entry.parameters, entry.constants)
    d = loss.dimension
    points = np.random.default_rng(7).uniform(-2, 2, size=(d, *shape))
    value = loss.value(points)
    assert isinstance(value, float) if shape == () else value.shape == shape
    assert loss.gradient(points).shape == (d, *shape)
    assert loss.hessian(points).shape == (d, d, *shape)
    assert loss.gradient(points).dtype == loss.hessian(points).dtype == np.float64


@pytest.mark.parametrize("points", [[1.0], [[1.0], [2.0], [3.0]], 5.0])
def test_a_point_of_the_wrong_length_is_an_error_of_the_caller(points: object) -> None:
    with pytest.raises(ValueError, match="expected 2 parameters"):
        ROSENBROCK.value(points)  # type: ignore[arg-type]


def test_lists_tuples_and_integers_are_points() -> None:
    assert ROSENBROCK.value([1, 1]) == 0.0
    assert ROSENBROCK.value((0, 2)) == 401.0
    assert ROSENBROCK.gradient(np.array([0, 2])).tolist() == [-2.0, 400.0]
    assert ROSENBROCK.hessian([0, 0]).tolist() == [[2.0, 0.0], [0.0, 200.0]]


def assert_each_point_as_in_the_array(loss: Objective, points: Floats) -> None:
    for name in ("value", "gradient", "hessian"):
        over_array = np.asarray(getattr(loss, name)(points))
        for place in range(points.shape[1]):
            alone = np.asarray(getattr(loss, name)(points[:, place]))
            np.testing.assert_allclose(over_array[..., place], alone, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("key", FUNCTIONS)
def test_a_catalogue_function_is_the_same_alone_and_in_an_array(key: str) -> None:
    entry = FUNCTIONS[key]
    loss = Objective(entry.loss, entry.parameters, entry.constants)
    low, high = np.array(entry.view).T
    generator = np.random.default_rng(1)
    points = generator.uniform(low, high, size=(20, loss.dimension)).T
    assert_each_point_as_in_the_array(loss, points)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    tree=smooth_trees,
    points=arrays.arrays(np.float64, (2, 4), elements=st.floats(-1.5, 1.5, width=32)),
)
def test_any_smooth_loss_is_the_same_alone_and_in_an_array(tree: Node, points: Floats) -> None:
    assert_each_point_as_in_the_array(Objective(plain(tree), ("x", "y")), points)


UNDEFINED = [
    ("1/x", 0.0, math.inf),
    ("log(x)", 0.0, -math.inf),
    ("log(x)", -1.0, math.nan),
    ("sqrt(x)", -1.0, math.nan),
    ("asin(x)", 2.0, math.nan),
    ("exp(x)", 1e4, math.inf),
    ("-cosh(x)", 1e4, -math.inf),
    ("x^4", 1e100, math.inf),
    ("x^2", 1e200, math.inf),
    ("x^0.5", -2.0, math.nan),
    ("x^-2", 0.0, math.inf),
    ("sin(x)", math.inf, math.nan),
    ("x - x", math.inf, math.nan),
    ("1/(x - x)", 3.0, math.inf),
    ("log(-1 - x^2)", 0.0, math.nan),
    ("x", math.nan, math.nan),
    ("max(x, 0)", math.nan, math.nan),
]


@pytest.mark.parametrize(("text", "x", "value"), UNDEFINED)
def test_where_a_loss_is_undefined_it_is_nan_or_infinite(text: str, x: float, value: float) -> None:
    loss = Objective(text)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        alone = loss.value([x])
        over_array = loss.value(np.array([[x, x]]))
        assert alone == value or (math.isnan(alone) and math.isnan(value))
        np.testing.assert_array_equal(over_array, [value, value])
        if "x - x)" not in text:
            loss.gradient([x]), loss.hessian([x])
            loss.gradient([[x]]), loss.hessian([[x]])


@pytest.mark.parametrize("text", ["3 + 0x", "x - x + y - y", "0*sin(x)"])
def test_a_constant_function_has_no_slope(text: str) -> None:
    loss = Objective(text)
    point = [0.7] * loss.dimension
    assert not loss.gradient(point).any()
    assert not loss.hessian(point).any()
    grid = np.full((loss.dimension, 3, 2), 0.7)
    assert loss.value(grid).shape == (3, 2)
    assert not loss.gradient(grid).any()
    assert not loss.hessian(grid).any()


def test_derivatives_are_those_of_the_typed_order_of_parameters() -> None:
    loss = Objective("x^2 + 3x*y", ("y", "x"))
    assert loss.gradient([1.0, 2.0]).tolist() == [6.0, 7.0]
    assert loss.hessian([1.0, 2.0]).tolist() == [[0.0, 3.0], [3.0, 2.0]]
    assert loss.gradient_latex() == ("3 x", "2 x + 3 y")
    assert loss.latex() == "{x}^{2} + 3 x y"


def test_results_belong_to_the_caller() -> None:
    first = ROSENBROCK.gradient([0.0, 2.0])
    first[:] = 0.0
    assert ROSENBROCK.gradient([0.0, 2.0]).tolist() == [-2.0, 400.0]
