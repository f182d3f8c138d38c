"""Random formulas for property tests: trees as the parser builds them, and their values."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hypothesis import strategies as st

from gdsim.core.formula.expression import (
    FUNCTIONS,
    Call,
    Constant,
    Name,
    Negate,
    Node,
    Number,
    Power,
    Product,
    Sum,
    check_constants,
    evaluate,
)
from gdsim.core.problem import Problem

NAMES = ("x", "y", "theta1", "lambda", "v_max", "x12")
ONE_ARGUMENT = sorted(FUNCTIONS - {"min", "max"})
SIGNS = st.sampled_from([1, -1])
# The operations that IEEE 754 rounds correctly: every program gets the same bits.
EXACT_FUNCTIONS = ["sqrt", "abs", "sign"]
SMOOTH_FUNCTIONS = ["sin", "cos", "tanh", "atan", "sigmoid", "softplus"]


def _number(text: str) -> Number:
    return Number(float(text), text)


numbers = st.one_of(
    st.integers(0, 20).map(str),
    st.decimals(0, 10, places=2).map(str),
    st.sampled_from(["1e-3", "2.5E2", ".5", "3.", "1e+2"]),
).map(_number)
names = st.sampled_from(NAMES).map(Name)
leaves = st.one_of(numbers, names, st.sampled_from([Constant("pi"), Constant("e")]))


def _sums(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.lists(st.tuples(SIGNS, inner), min_size=2, max_size=3).map(
        lambda terms: Sum(tuple(terms))
    )


def _products(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    rest = st.lists(st.tuples(SIGNS, inner), min_size=1, max_size=2)
    return st.builds(lambda first, rest: Product(((1, first), *rest)), inner, rest)


def _extremes(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.builds(Call, st.sampled_from(["min", "max"]), several)


def _calls(functions: list[str], inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.builds(Call, st.sampled_from(functions), st.tuples(inner))


def is_readable(tree: Node) -> bool:
    """Whether the parser would accept the tree: it has no undefined constant such as 1/0."""
    try:
        check_constants(tree)
    except Problem:
        return False
    return True


def _any(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        inner.map(Negate),
        _sums(inner),
        _products(inner),
        st.builds(Power, inner, inner),
        _calls(ONE_ARGUMENT, inner),
        _extremes(inner),
    )


def _exact(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    whole = st.sampled_from([Number(2.0, "2"), Number(3.0, "3")])
    return st.one_of(
        inner.map(Negate),
        _sums(inner),
        _products(inner),
        st.builds(Power, inner, whole),
        _calls(EXACT_FUNCTIONS, inner),
        _extremes(inner),
    )


def _smooth(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    one = Number(1.0, "1")
    whole = st.sampled_from([Number(2.0, "2"), Number(3.0, "3"), Number(4.0, "4")])
    # Where a function needs a positive argument, it gets a square plus one.
    above_one = inner.map(lambda part: Sum(((1, one), (1, Power(part, Number(2.0, "2"))))))
    return st.one_of(
        inner.map(Negate),
        _sums(inner),
        st.lists(inner, min_size=2, max_size=2).map(
            lambda parts: Product(tuple((1, part) for part in parts))
        ),
        st.builds(lambda over, under: Product(((1, over), (-1, under))), inner, above_one),
        st.builds(Power, inner, whole),
        _calls(SMOOTH_FUNCTIONS, inner),
        _calls(["sqrt", "log"], above_one),
    )


trees = st.recursive(leaves, _any, max_leaves=10).filter(is_readable)
"""Any formula of the notation."""

exact_trees = st.recursive(leaves, _exact, max_leaves=10).filter(is_readable)
"""Formulas that every program must compute to the last bit."""

_small = st.one_of(
    st.sampled_from([_number(text) for text in ("0.5", "1", "1.5", "2", "3")]),
    st.sampled_from([Name("x"), Name("y")]),
)
smooth_trees = st.recursive(_small, _smooth, max_leaves=6)
"""Formulas of x and y that have derivatives of every order everywhere."""


def value_of(tree: Node, values: Mapping[str, float]) -> float | None:
    """The value of the tree; None where its arithmetic is undefined."""
    try:
        return evaluate(tree, values)
    except (ArithmeticError, ValueError):
        return None


def same(a: float, b: float) -> bool:
    """Equal to the last bit, NaN being equal to NaN."""
    return a == b or (math.isnan(a) and math.isnan(b))


def as_read(tree: Node) -> Node:
    """The tree as the parser builds it, with a first operand of the same kind merged into it."""
    match tree:
        case Negate(operand):
            return Negate(as_read(operand))
        case Sum(terms):
            (sign, first), *rest = [(sign, as_read(term)) for sign, term in terms]
            if sign > 0 and isinstance(first, Sum):
                return Sum((*first.terms, *rest))
            if sign > 0 and isinstance(first, Negate):
                return Sum(((-1, first.operand), *rest))
            return Sum(((sign, first), *rest))
        case Product(factors):
            (power, first), *rest = [(power, as_read(factor)) for power, factor in factors]
            if isinstance(first, Product):
                return Product((*first.factors, *rest))
            return Product(((power, first), *rest))
        case Power(base, exponent):
            return Power(as_read(base), as_read(exponent))
        case Call(function, arguments):
            return Call(function, tuple(as_read(argument) for argument in arguments))
        case _:
            return tree
