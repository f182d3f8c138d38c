"""Estimates of how large the derivatives of a formula will be, without computing them."""

from __future__ import annotations

import math

from gdsim.core.formula.expression import (
    Call,
    Constant,
    Name,
    Negate,
    Node,
    Number,
    Power,
    Product,
    Sum,
    constant_value,
    count_nodes,
    walk,
)
from gdsim.core.formula.kinks import gate
from gdsim.core.problem import Problem

MAX_POWER = 1_000
"""The largest whole exponent, multiplied over nested powers. SymPy multiplies powers of numbers
out, so without a bound it could run for ever."""

MAX_DERIVATIVE = 60_000
"""The largest estimated number of nodes of a second derivative."""

MAX_HESSIAN = 10_000
"""The largest estimated number of nodes of a Hessian that is written down as formulas."""

MAX_TERMS = 30
"""The most terms of a formula that is multiplied out."""

_Sizes = tuple[float, float, float]


def check_size(node: Node) -> None:
    """Refuse a formula whose derivatives would be too large, before SymPy sees it.

    Raises
    ------
    Problem : names the limit that is exceeded.
    """
    if _degree(node) > MAX_POWER:
        raise Problem("the powers of this formula go beyond {most}", most=MAX_POWER)
    if _sizes(node)[2] > MAX_DERIVATIVE:
        raise Problem("the formula is too large to be differentiated")


def is_hessian_short(node: Node, dimension: int) -> bool:
    """Whether the d(d + 1)/2 second derivatives are short enough to be written as formulas."""
    entry = max(_sizes(node)[2], count_nodes(node))  # the estimate leaves out the names in x·y·z
    return entry * dimension * (dimension + 1) / 2 <= MAX_HESSIAN


def terms_multiplied_out(node: Node) -> float:
    """An upper bound on the terms of the largest sum after multiplying everything out."""
    return max(_terms(part) for part in walk(node))


def _terms(node: Node) -> float:
    match node:
        case Negate(operand):
            return _terms(operand)
        case Sum(terms):
            return sum(_terms(term) for _, term in terms)
        case Product(factors):
            return math.prod(_terms(factor) for _, factor in factors)
        case Power(base, Number(value) | Negate(Number(value))) if value.is_integer():
            # The number of ways to choose ``value`` factors from the terms of the base.
            count = _terms(base)
            if count > MAX_TERMS:
                return math.inf
            return float(math.comb(int(count + value) - 1, int(value)))
        case _:
            return 1.0


def _degree(node: Node) -> float:
    """The largest product of whole exponents along any path of nested powers."""
    match node:
        case Power(base, Number(value)):
            return max(1.0, abs(value)) * _degree(base)
        case Power(base, Negate(Number(value))):
            return max(1.0, abs(value)) * _degree(base)
        case Power(base, exponent):
            folded = None
            if not any(isinstance(part, Name) for part in walk(exponent)):
                folded = constant_value(exponent)
            below = max(1.0, abs(folded)) if folded is not None else 1.0
            return max(below * _degree(base), _degree(exponent))
        case Sum(terms):
            return max(_degree(term) for _, term in terms)
        case Product(factors):
            return max(_degree(factor) for _, factor in factors)
        case Negate(operand):
            return _degree(operand)
        case Call(_, arguments):
            return max(_degree(argument) for argument in arguments)
        case _:
            return 1.0


def _sizes(node: Node) -> _Sizes:
    """The nodes of the tree, of its first and of its second derivative."""
    match node:
        case Number() | Constant() | Name():
            return (1.0, 1.0, 1.0)
        case Negate(operand):
            inner = _sizes(operand)
            return (inner[0] + 1, inner[1] + 1, inner[2] + 1)
        case Sum(terms):
            parts = [_sizes(term) for _, term in terms]
            return (
                1 + sum(part[0] for part in parts),
                1 + sum(part[1] for part in parts),
                1 + sum(part[2] for part in parts),
            )
        case Product(factors):
            return _product_sizes([_sizes(factor) for _, factor in factors])
        case Power(base, exponent) if of_base := gate(base, exponent):
            return _product_sizes([_gated_sizes(base, of_base), _sizes(exponent)])
        case Call("sqrt", (base,)) if of_base := gate(base, Number(0.5)):
            return _gated_sizes(base, of_base)
        case Power(base, exponent):
            if isinstance(exponent, Number | Negate) or not any(
                isinstance(part, Name) for part in walk(exponent)
            ):
                return _chain_sizes(_sizes(base), outer=4.0)
            return _product_sizes([_chain_sizes(_sizes(base), 4.0), _sizes(exponent)])
        case Call("sigmoid" | "softplus" | "huber" as function, arguments):
            # The second derivative of sigmoid(u) holds u six times, that of the others three times.
            copies = 3 if function == "sigmoid" else 2
            parts = [_sizes(argument) for argument in arguments]
            size, first, second = (sum(column) for column in zip(*parts, strict=True))
            return _chain_sizes((copies * size, copies * first, second), outer=12.0)
        case Call(_, arguments):
            parts = [_sizes(argument) for argument in arguments]
            size, first, second = (sum(column) for column in zip(*parts, strict=True))
            if len(parts) > 2:  # the slope along each of many arguments repeats them all
                size *= len(parts)
            return _chain_sizes((size, first, second), outer=6.0)


def _gated_sizes(base: Node, of_base: Node) -> _Sizes:
    """The sizes of a root of a base with kinks, whose slopes carry the gate of the base."""
    size, first, second = _sizes(base)
    return _chain_sizes((size + count_nodes(of_base), first, second), outer=4.0)


def _product_sizes(parts: list[_Sizes]) -> _Sizes:
    active = [part for part in parts if part != (1.0, 1.0, 1.0)]
    size = 1 + sum(part[0] for part in parts)
    first = sum(size + part[1] for part in parts)
    count = len(active)
    second = sum(size + part[2] for part in active) + count * max(0, count - 1) * size
    return (size, first, second + sum(part[1] for part in active) * max(1, count))


def _chain_sizes(inner: _Sizes, outer: float) -> _Sizes:
    """f(u): f′(u)u′ and f″(u)u′² + f′(u)u″, where f′ repeats u."""
    size, first, second = inner
    return (
        size + 1,
        outer + size + first,
        2 * outer + 2 * size + 2 * first + second,
    )
