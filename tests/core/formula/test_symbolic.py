"""Derivatives agree with finite differences and with slopes computed by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from trees import as_read, same, smooth_trees

from gdsim.core.formula.derivative_size import check_size
from gdsim.core.formula.expression import Node, count_nodes, evaluate
from gdsim.core.formula.latex import plain
from gdsim.core.formula.notation import MAX_LENGTH, parse
from gdsim.core.formula.parser import MAX_NODES
from gdsim.core.formula.symbolic import change, from_sympy, gradient, hessian, to_sympy
from gdsim.core.problem import Problem

NAMES = ("x", "y")
laws = settings(derandomize=True, deadline=None, max_examples=120)
points = st.tuples(st.floats(-1.5, 1.5), st.floats(-1.5, 1.5))
WIDTH = 1e-5


def at(node: Node, point: Sequence[float]) -> float:
    try:
        return evaluate(node, dict(zip(NAMES, point, strict=True)))
    except (ArithmeticError, ValueError):
        return math.nan


def slope(node: Node, point: tuple[float, float], index: int) -> float:
    """∂/∂θᵢ by differences of fourth order."""
    total = 0.0
    for shift, weight in ((-2, 1 / 12), (-1, -2 / 3), (1, 2 / 3), (2, -1 / 12)):
        moved = list(point)
        moved[index] += shift * WIDTH
        total += weight * at(node, moved)
    return total / WIDTH


@laws
@given(tree=smooth_trees, point=points)
def test_the_gradient_is_the_slope(tree: Node, point: tuple[float, float]) -> None:
    slopes = [slope(tree, point, index) for index in range(2)]
    scale = 1 + abs(at(tree, point)) + max(map(abs, slopes))
    assume(scale < 1e6)
    found = [at(node, point) for node in gradient(tree, NAMES)]
    assert found == pytest.approx(slopes, abs=1e-8 * scale, rel=1e-6)


@laws
@given(tree=smooth_trees, point=points)
def test_the_hessian_is_the_slope_of_the_gradient(tree: Node, point: tuple[float, float]) -> None:
    slopes = [[slope(node, point, j) for j in range(2)] for node in gradient(tree, NAMES)]
    scale = 1 + float(np.abs(slopes).max()) + abs(at(tree, point))
    assume(scale < 1e6)
    rows = hessian(tree, NAMES)
    found = [[at(node, point) for node in row] for row in rows]
    np.testing.assert_allclose(found, slopes, atol=1e-8 * scale, rtol=1e-6)
    assert rows[0][1] == rows[1][0]


@laws
@given(tree=smooth_trees, point=points)
def test_a_tree_keeps_its_value_through_sympy(tree: Node, point: tuple[float, float]) -> None:
    back = from_sympy(to_sympy(tree))
    assert at(back, point) == pytest.approx(at(tree, point), rel=1e-9, abs=1e-9)


@laws
@given(tree=smooth_trees)
def test_a_derivative_can_be_written_and_read(tree: Node) -> None:
    for node in gradient(tree, NAMES):
        text = plain(node)
        if len(text) > MAX_LENGTH or count_nodes(node) > MAX_NODES:
            continue
        read = parse(text, NAMES).root
        assert plain(read) == text
        for point in ((0.5, -1.25), (1.0, 0.0)):
            assert same(at(as_read(node), point), at(read, point))


@pytest.mark.parametrize(
    ("text", "point", "slopes"),
    [
        ("abs(x)", (-2.0, 0.0), (-1.0, 0.0)),
        ("abs(x)", (2.0, 0.0), (1.0, 0.0)),
        ("abs(x)", (0.0, 0.0), (0.0, 0.0)),
        ("abs(x - y)^3", (1.0, 3.0), (-12.0, 12.0)),
        ("sign(x)*y", (3.0, 5.0), (0.0, 1.0)),
        ("max(x, y)", (2.0, 1.0), (1.0, 0.0)),
        ("max(x, y)", (1.0, 2.0), (0.0, 1.0)),
        ("max(x, y)", (1.0, 1.0), (0.5, 0.5)),
        ("min(x, y)", (2.0, 1.0), (0.0, 1.0)),
        ("min(x, y)", (1.0, 2.0), (1.0, 0.0)),
        ("min(x, y)", (1.0, 1.0), (0.5, 0.5)),
        ("max(x, 0)^2", (-1.0, 0.0), (0.0, 0.0)),
        ("max(x, 0)^2", (3.0, 0.0), (6.0, 0.0)),
        ("max(x, y, 2)", (3.0, 1.0), (1.0, 0.0)),
        ("max(x, y, 2)", (0.0, 1.0), (0.0, 0.0)),
        ("min(x, y, 2, x + y)", (-3.0, -1.0), (1.0, 1.0)),
        ("max(3x, 2y, x + y, 1, -x, y^2)", (1.0, 5.0), (0.0, 10.0)),
        ("max(min(x, 1), -1)", (0.5, 0.0), (1.0, 0.0)),
        ("max(min(x, 1), -1)", (2.5, 0.0), (0.0, 0.0)),
        ("sqrt(x)", (4.0, 0.0), (0.25, 0.0)),
        ("x^0.5*y^1.5", (4.0, 4.0), (2.0, 6.0)),
        ("log(x)", (4.0, 0.0), (0.25, 0.0)),
        ("1/x", (2.0, 0.0), (-0.25, 0.0)),
        ("e^(2x)", (0.0, 0.0), (2.0, 0.0)),
        ("2^x", (0.0, 0.0), (math.log(2), 0.0)),
        ("x^y", (2.0, 3.0), (12.0, 8 * math.log(2))),
        ("tan(x)", (0.5, 0.0), (1 + math.tan(0.5) ** 2, 0.0)),
        ("asin(x) + acos(y)", (0.5, 0.5), (1 / math.sqrt(0.75), -1 / math.sqrt(0.75))),
        ("atan(x)", (2.0, 0.0), (0.2, 0.0)),
        ("sinh(x) + cosh(y)", (0.5, 0.25), (math.cosh(0.5), math.sinh(0.25))),
        ("tan(x + pi/2)", (0.5, 0.0), (1 + math.tan(0.5 + math.pi / 2) ** 2, 0.0)),
        ("3", (1.0, 1.0), (0.0, 0.0)),
        ("x - x", (1.0, 1.0), (0.0, 0.0)),
        ("(x^2 + y^2)^0.5", (3.0, 4.0), (0.6, 0.8)),
        ("x/3", (1.0, 1.0), (1 / 3, 0.0)),
    ],
)
def test_slopes_by_hand(text: str, point: tuple[float, float], slopes: tuple[float, float]) -> None:
    nodes = gradient(parse(text).root, NAMES)
    assert [at(node, point) for node in nodes] == pytest.approx(slopes, rel=1e-14)


def test_a_power_has_a_slope_at_zero() -> None:
    slopes = gradient(parse("x^y").root, NAMES)
    assert plain(slopes[0]) == "y·x^(y − 1)"
    assert at(slopes[0], (0.0, 2.0)) == 0.0
    assert at(slopes[0], (0.0, 1.0)) == 1.0
    assert at(slopes[1], (0.0, 2.0)) == 0.0
    assert math.isnan(at(slopes[1], (0.0, 0.0)))


@pytest.mark.parametrize("text", ["abs(x)", "max(x, y)", "min(2x, y, 1)", "sign(x) + x"])
def test_a_piecewise_linear_formula_has_no_curvature(text: str) -> None:
    for row in hessian(parse(text).root, NAMES):
        assert [at(node, (0.5, 2.0)) for node in row] == [0.0, 0.0]


@pytest.mark.parametrize(
    ("text", "gradients"),
    [
        ("(x - 3)^2", ("2·x − 6", "0")),
        ("x^2 + 10y^2", ("2·x", "20·y")),
        ("(1 - x)^2 + 100(y - x^2)^2", None),
        ("x*y", ("y", "x")),
        ("x^0.5", ("1/(2·√(x))", "0")),
        ("exp(x)", ("exp(x)", "0")),
        ("abs(x)", ("sign(x)", "0")),
        ("1/x", ("−1/x^2", "0")),
        ("sqrt(2x)", ("1/√(2·x)", "0")),
        ("sqrt(x^2)", ("x/√(x^2)", "0")),
        ("1/(1 + exp(-x))", ("exp(−x)/(exp(−x) + 1)^2", "0")),
        ("2^x", ("log(2)·2^x", "0")),
        ("sin(x + pi/2)", ("cos(x + π/2)", "0")),
    ],
)
def test_a_gradient_is_written_as_a_teacher_would(
    text: str, gradients: tuple[str, str] | None
) -> None:
    written = tuple(plain(node) for node in gradient(parse(text).root, NAMES))
    if gradients is None:
        assert all("Rational" not in part and "**" not in part for part in written)
    else:
        assert written == gradients


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ("theta - eta*g", "−eta·g"),
        ("(1 - eta*k)*theta - eta*g", "−eta·g − eta·k·theta"),
        ("theta*(1 - eta*g/theta)", "−eta·g"),
        ("(theta + g)^60", "(g + theta)^60 − theta"),
        ("3", "3 − theta"),
    ],
)
def test_the_change_is_multiplied_out_where_that_is_short(typed: str, changed: str) -> None:
    assert plain(change(parse(typed).root, "theta"), lambda name: name) == changed


@pytest.mark.parametrize("text", ["x*1e308*1e308", "(3x)^900", "(x/3)^900"])
def test_a_derivative_too_large_for_floats_is_a_problem(text: str) -> None:
    root = parse(text).root
    check_size(root)
    with pytest.raises(Problem, match="a number in the derivative is too large"):
        gradient(root, ("x",))
