"""The compiled code computes the same as the tree, at one point and over arrays."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import NAMES, exact_trees, same, trees, value_of

from gdsim.core.formula.expression import (
    SCALAR,
    Call,
    Name,
    Node,
    Number,
    Power,
    Product,
    Sum,
    evaluate,
)
from gdsim.core.formula.notation import parse
from gdsim.core.formula.python_source import (
    ARRAY,
    Writer,
    compile_array,
    compile_scalar,
    function_source,
)

laws = settings(derandomize=True, deadline=None, max_examples=300)
SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.0, 1e-300, 800.0, -800.0, 1e308, -1e308)
coordinates = st.one_of(st.floats(-4, 4), st.sampled_from(SPECIAL))
points = st.tuples(*[coordinates] * len(NAMES))


def scalar_of(function: Callable[..., Any], point: tuple[float, ...]) -> tuple[float, ...] | None:
    try:
        return tuple(function(*point))
    except (ArithmeticError, ValueError):
        return None


def over_arrays(function: Callable[..., Any], point: tuple[float, ...]) -> list[float]:
    with np.errstate(all="ignore"):
        results = function(*(np.array([value]) for value in point))
    return [float(np.broadcast_to(result, (1,))[0]) for result in results]


@laws
@given(tree=trees, point=points)
def test_compiled_code_gives_the_bits_of_the_tree(tree: Node, point: tuple[float, ...]) -> None:
    expected = value_of(tree, dict(zip(NAMES, point, strict=True)))
    found = scalar_of(compile_scalar(NAMES, [tree]), point)
    assert (expected is None) == (found is None)
    assert expected is None or found is None or same(expected, found[0])


@laws
@given(tree=exact_trees, point=points)
def test_arrays_give_the_same_bits_where_arithmetic_is_exact(
    tree: Node, point: tuple[float, ...]
) -> None:
    expected = value_of(tree, dict(zip(NAMES, point, strict=True)))
    (found,) = over_arrays(compile_array(NAMES, [tree]), point)
    if expected is not None:
        assert same(expected, found)


@laws
@given(first=trees, second=trees, point=points)
def test_parts_shared_between_formulas_change_nothing(
    first: Node, second: Node, point: tuple[float, ...]
) -> None:
    both = Sum(((1, first), (-1, second)))
    nodes = [first, both, Product(((1, first), (1, both))), second]
    alone = [scalar_of(compile_scalar(NAMES, [node]), point) for node in nodes]
    together = scalar_of(compile_scalar(NAMES, nodes), point)
    if together is None:
        assert None in alone
    else:
        assert all(
            one is not None and same(one[0], value)
            for one, value in zip(alone, together, strict=True)
        )


def test_a_repeated_part_is_computed_once() -> None:
    root = parse("sin(x*y)^2 + cos(x*y) + sin(x*y)").root
    source = function_source("formula", ("x", "y"), [root, root])
    assert source.count("sin_(") == 1
    assert source.count("p0*p1") == 1


def test_the_source_holds_no_typed_text() -> None:
    root = parse("secret1*lambda + exec_me").root
    source = function_source("formula", ("secret1", "lambda", "exec_me"), [root])
    assert "secret" not in source
    assert "lambda" not in source
    assert "exec" not in source


def test_a_name_can_be_bound_to_another_variable_later() -> None:
    before, after = Name("a"), Sum(((1, Name("b")), (1, Name("x"))))
    writer = Writer([before, after], {"a": "p0", "x": "p1"})
    writer.assign("q", before)
    writer.bind("b", "q")
    writer.assign("r", after)
    assert writer.lines == ["q = p0", "r = (q + p1)"]


OF_SEVERAL = {"min", "max", "pow", "power_log", "gated_power"}


@pytest.mark.parametrize("name", sorted(set(SCALAR) - OF_SEVERAL))
def test_each_function_gives_the_same_over_arrays(name: str) -> None:
    grid = [*SPECIAL, *np.linspace(-5, 5, 101).tolist(), math.inf, -math.inf, math.nan]
    with np.errstate(all="ignore"):
        over_array = ARRAY[name](np.array(grid))
    for place, x in enumerate(grid):
        try:
            alone = SCALAR[name](x)
        except (ArithmeticError, ValueError):
            assert not np.isfinite(over_array[place])
            continue
        assert isinstance(alone, float)
        if math.isfinite(alone):
            assert over_array[place] == pytest.approx(alone, rel=1e-15, abs=1e-300)
        else:
            assert same(alone, over_array[place])


@pytest.mark.parametrize("base", [*SPECIAL, math.inf, math.nan])
@pytest.mark.parametrize("exponent", [0.0, 0.5, 1.0, 2.0, 3.0, 4.0, -1.0, -2.0, 1 / 3, 200.0])
def test_powers_agree_over_arrays(base: float, exponent: float) -> None:
    node = Power(Name("x"), Number(exponent))
    (found,) = over_arrays(compile_array(("x",), [node]), (base,))
    alone = scalar_of(compile_scalar(("x",), [node]), (base,))
    if alone is None:
        assert not math.isfinite(found)
    elif math.isfinite(alone[0]):
        assert found == pytest.approx(alone[0], rel=1e-15)
    else:
        assert same(found, alone[0])


@pytest.mark.parametrize("base", [0.0, -0.0, 0.5, 3.0, -2.0, 1e-300, 1e308])
@pytest.mark.parametrize("exponent", [-2.5, -1.0, 0.0, 0.5, 1.0, 3.0])
@pytest.mark.parametrize("gate", [0.0, 1.0])
@pytest.mark.parametrize("times", [None, 0.0, 1.0, 2.0])
def test_powers_of_derivatives_agree_over_arrays(
    base: float, exponent: float, gate: float, times: float | None
) -> None:
    name, given = ("gated_power", (base, exponent, gate))
    if times is not None:
        name, given = "power_log", (base, exponent, times, gate)
    with np.errstate(all="ignore"):
        (found,) = ARRAY[name](*(np.array([value]) for value in given))
    try:
        alone = SCALAR[name](*given)
    except (ArithmeticError, ValueError):
        assert not np.isfinite(found)
    else:
        assert found == pytest.approx(alone, rel=1e-14)


@pytest.mark.parametrize("name", ["min", "max"])
@pytest.mark.parametrize("values", [(1.0, 2.0), (2.0, 1.0, 3.0), (math.nan, 1.0), (1.0, math.nan)])
def test_min_and_max_of_several_arguments(name: str, values: tuple[float, ...]) -> None:
    names = tuple("abc"[: len(values)])
    node = Call(name, tuple(Name(letter) for letter in names))
    alone = evaluate(node, dict(zip(names, values, strict=True)))
    if any(math.isnan(value) for value in values):
        assert math.isnan(alone)
    else:
        assert alone == {"min": min, "max": max}[name](values)
    assert same(over_arrays(compile_array(names, [node]), values)[0], alone)


def test_arithmetic_follows_the_typed_order() -> None:
    x, y = 0.1, 0.3
    for text, expected in [
        ("x + y + 0.2", x + y + 0.2),
        ("0.2 + x + y", 0.2 + x + y),
        ("x*y/0.7", x * y / 0.7),
        ("x/0.7*y", x / 0.7 * y),
        ("1 - x - y", 1 - x - y),
        ("-x*y", -(x * y)),
        ("x^2", x * x),
        ("x^3", x * x * x),
        ("x^4", math.pow(x, 4)),
    ]:
        assert compile_scalar(("x", "y"), [parse(text).root])(x, y) == (expected,)
