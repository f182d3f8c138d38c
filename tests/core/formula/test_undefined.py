"""The first operation without a value is named with what it was applied to."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import NAMES, trees, value_of

from gdsim.core.formula.expression import Node
from gdsim.core.formula.undefined import (
    DIVISION,
    POWER,
    PRODUCT,
    Undefined,
    first_undefined,
    undefined_points,
)
from gdsim.core.loss.objective import Objective


def in_loss(text: str, *point: float) -> Undefined | None:
    loss = Objective(text)
    return first_undefined(loss.root, dict(zip(loss.parameters, point, strict=True)))


def in_gradient(text: str, *point: float) -> list[Undefined | None]:
    loss = Objective(text)
    values = dict(zip(loss.parameters, point, strict=True))
    return [first_undefined(node, values) for node in loss.gradient_nodes]


@pytest.mark.parametrize(
    ("text", "point", "operation", "arguments", "texts"),
    [
        ("x*log(x)", [0], "log", (0,), ("x",)),
        ("log(x)", [-0.2], "log", (-0.2,), ("x",)),
        ("sqrt(x) + log(x - 1)", [-4], "sqrt", (-4,), ("x",)),
        ("log(x - 1) + sqrt(x)", [-4], "log", (-5,), ("x − 1",)),
        ("log(sqrt(2x - 3))", [1], "sqrt", (-1,), ("2·x − 3",)),
        ("x/(y - 1)", [2, 1], DIVISION, (0,), ("y − 1",)),
        ("1/x/y", [1, 0], DIVISION, (0,), ("y",)),
        ("x^(-2)", [0], DIVISION, (0,), ("x^2",)),
        ("1/x^2", [0], DIVISION, (0,), ("x^2",)),
        ("x^0.3", [-2], POWER, (-2, 0.3), ("x", "0.3")),
        ("(x - 1)^y", [-1, 0.5], POWER, (-2, 0.5), ("x − 1", "y")),
        ("acos(2x)", [1], "acos", (2,), ("2·x",)),
    ],
)
def test_the_operation_in_a_loss_is_named(
    text: str,
    point: list[float],
    operation: str,
    arguments: tuple[float, ...],
    texts: tuple[str, ...],
) -> None:
    assert in_loss(text, *point) == Undefined(operation, arguments, texts, is_too_large=False)


@pytest.mark.parametrize(
    ("text", "point", "operation", "text_of_argument"),
    [
        ("sqrt(x^2 + y^2)", [0, 0], DIVISION, "√(x^2 + y^2)"),
        ("sqrt(x)", [0], DIVISION, "2·√(x)"),
        ("sqrt(relu(x))", [0], DIVISION, "2·√(relu(x))"),
        ("x*log(x)", [0], "log", "x"),
        ("x^n", [0, 0], "log", "x"),
        ("asin(x)", [1], DIVISION, "√(1 − x^2)"),
    ],
)
def test_the_operation_in_a_slope_is_named(
    text: str, point: list[float], operation: str, text_of_argument: str
) -> None:
    found = in_gradient(text, *point)[0]
    assert found is not None
    assert found.operation == operation
    assert found.texts == (text_of_argument,)
    assert found.arguments == (0.0,)
    assert not found.is_too_large


@pytest.mark.parametrize(
    ("text", "point", "operation"),
    [
        ("exp(x)", [1000], "exp"),
        ("log(exp(x))", [1000], "exp"),
        ("x^4", [1e200], POWER),
        ("x*x", [1e200], PRODUCT),
        ("1/(x*1e-200)", [1e-200], DIVISION),
        ("cosh(x)", [2000], "cosh"),
    ],
)
def test_too_large_is_told_from_undefined(text: str, point: list[float], operation: str) -> None:
    found = in_loss(text, *point)
    assert found is not None
    assert (found.operation, found.is_too_large) == (operation, operation != DIVISION)


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("sqrt(x)", [0]),
        ("sqrt(relu(x)) + (x - 1)^2", [-1]),
        ("x^n", [2, 0]),
        ("relu(x)^n", [0.5, -1]),
    ],
)
def test_what_has_a_value_is_not_named(text: str, point: list[float]) -> None:
    assert in_loss(text, *point) is None
    if text != "sqrt(x)":
        assert in_gradient(text, *point) == [None] * len(point)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(tree=trees, point=st.tuples(*[st.floats(-4, 4)] * len(NAMES)))
def test_an_operation_is_named_exactly_where_the_value_is_not_finite(
    tree: Node, point: tuple[float, ...]
) -> None:
    values = dict(zip(NAMES, point, strict=True))
    value = value_of(tree, values)
    found = first_undefined(tree, values)
    if value is None or not np.isfinite(value):
        assert found is not None
    elif found is not None:
        assert found.is_too_large  # 1/∞ is 0 again
    if found is not None:
        assert all(math.isfinite(argument) for argument in found.arguments)


POINTS = st.lists(
    st.tuples(*[st.sampled_from([0.0, -1.0, 2.0, 1e3, 1e200]) | st.floats(-4, 4)] * len(NAMES)),
    min_size=1,
    max_size=6,
)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(tree=trees, points=POINTS)
def test_many_points_are_told_apart_as_each_of_them(
    tree: Node, points: list[tuple[float, ...]]
) -> None:
    columns = dict(zip(NAMES, np.array(points).T, strict=True))
    expected = []
    for point in points:
        found = first_undefined(tree, dict(zip(NAMES, point, strict=True)))
        expected.append(found is not None and not found.is_too_large)
    assert undefined_points([tree], columns).tolist() == expected


def test_the_slopes_are_looked_at_where_the_loss_has_a_value() -> None:
    loss = Objective("sqrt(x) + exp(y)")
    columns = {"x": np.array([0.0, -1.0, 1.0, 0.0]), "y": np.array([0.0, 0.0, 1e3, 1e3])}
    roots = [loss.root, *loss.gradient_nodes]
    assert undefined_points(roots, columns).tolist() == [True, True, False, False]
