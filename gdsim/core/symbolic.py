"""Derivatives: our tree to SymPy and back.

SymPy only ever receives nodes built here, never text. What comes back is again a tree of ours, so
that values, derivatives, typesetting and the step readout all share one form.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from typing import Any

import sympy

from gdsim.core.expression import (
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
    walk,
)
from gdsim.core.latex import number_text
from gdsim.core.problem import Problem

MAX_POWER = 1_000
"""The largest whole exponent, counted through nested powers. SymPy multiplies such powers out for
numbers, so an unbounded one could run for ever."""

MAX_DERIVATIVE = 60_000
"""The largest predicted number of nodes of a second derivative."""

_LARGEST_WHOLE = 2.0**53


class _Flat(sympy.Function):  # type: ignore[misc]
    """A function that is constant between its jumps: its slope counts as zero."""

    def fdiff(self, argindex: int = 1) -> Any:
        return sympy.S.Zero


class sign_(_Flat):  # noqa: N801 - the name under which the tree knows the function
    nargs = 1


class step_(_Flat):  # noqa: N801
    nargs = 1


class floor_(_Flat):  # noqa: N801
    nargs = 1


class abs_(sympy.Function):  # type: ignore[misc]  # noqa: N801
    """|x| over the reals, whose slope is sign(x). SymPy's own carries complex cases along."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> Any:
        return sign_(self.args[0])


class max_(sympy.Function):  # type: ignore[misc]  # noqa: N801
    """max(a, b); at a tie both slopes count half."""

    nargs = 2

    def fdiff(self, argindex: int = 1) -> Any:
        first, second = self.args
        return step_(first - second if argindex == 1 else second - first)


class min_(sympy.Function):  # type: ignore[misc]  # noqa: N801
    """min(a, b); at a tie both slopes count half."""

    nargs = 2

    def fdiff(self, argindex: int = 1) -> Any:
        first, second = self.args
        return step_(second - first if argindex == 1 else first - second)


_OURS = {"abs": abs_, "sign": sign_, "step": step_, "floor": floor_, "max": max_, "min": min_}
_SYMPY = {
    name: getattr(sympy, name)
    for name in "sqrt exp log sin cos tan asin acos atan sinh cosh tanh".split()
}
_FROM_SYMPY = {
    **{function: name for name, function in _SYMPY.items() if name != "sqrt"},
    **{function: name for name, function in _OURS.items()},
}
_RECIPROCALS = {sympy.sec: "cos", sympy.csc: "sin", sympy.cot: "tan"}


def to_sympy(node: Node) -> Any:
    """The SymPy expression of a tree whose numbers are known to be finite."""
    match node:
        case Number(value):
            return _number(value)
        case Constant(name):
            return sympy.pi if name == "pi" else sympy.E
        case Name(name):
            return sympy.Symbol(name)
        case Negate(operand):
            return -to_sympy(operand)
        case Sum(terms):
            return sympy.Add(*(sign * to_sympy(term) for sign, term in terms))
        case Product(factors):
            return sympy.Mul(
                *(to_sympy(part) if power > 0 else 1 / to_sympy(part) for power, part in factors)
            )
        case Power(base, exponent):
            return _power(base, exponent)
        case Call(function, arguments):
            inside = [to_sympy(argument) for argument in arguments]
            return reduce(_OURS[function], inside) if function in ("min", "max") else (
                _OURS.get(function) or _SYMPY[function]
            )(*inside)


def _number(value: float) -> Any:
    if value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return sympy.Integer(int(value))
    return sympy.Float(value)


def _power(base: Node, exponent: Node) -> Any:
    if constant_value(base) is not None and constant_value(exponent) is not None:
        folded = constant_value(Power(base, exponent))
        assert folded is not None
        return _number(folded)
    raised = to_sympy(exponent)
    if raised.is_Float and float(2 * raised).is_integer():
        raised = sympy.Rational(int(2 * raised), 2)  # x^0.5 is a square root, and shown as one
    return sympy.Pow(to_sympy(base), raised)


def from_sympy(expression: Any) -> Node:
    """The tree of a SymPy expression, sums and fractions in their usual written order."""
    if expression.is_Number:
        if not expression.is_finite:
            raise Problem("a number in the derivative is too large to compute with")
        return _from_number(expression)
    if expression.is_Symbol:
        return Name(expression.name)
    if expression is sympy.pi or expression is sympy.E:
        return Constant("pi" if expression is sympy.pi else "e")
    if expression.is_Add:
        return _from_sum(expression)
    if expression.is_Mul:
        return _from_product(expression)
    if expression.func is sympy.exp:
        return Call("exp", (from_sympy(expression.args[0]),))
    if expression.is_Pow:
        return _from_power(*expression.as_base_exp())
    if expression.func in _FROM_SYMPY:
        arguments = tuple(from_sympy(argument) for argument in expression.args)
        return Call(_FROM_SYMPY[expression.func], arguments)
    if expression.func in _RECIPROCALS:
        inside = Call(_RECIPROCALS[expression.func], (from_sympy(expression.args[0]),))
        return Product(((1, Number(1.0)), (-1, inside)))
    raise Problem("this formula has no derivative that can be computed in the reals")


def _from_number(number: Any) -> Node:
    if number.is_Rational and not number.is_Integer:
        fraction = Product(((1, _literal(abs(number.p))), (-1, _literal(number.q))))
        return Negate(fraction) if number.p < 0 else fraction
    return Negate(_literal(-number)) if number < 0 else _literal(number)


def _literal(number: Any) -> Number:
    try:
        value = float(number)
    except OverflowError:
        value = float("inf")
    if not math.isfinite(value):
        raise Problem("a number in the derivative is too large to compute with")
    return Number(value, number_text(value))


def _from_sum(expression: Any) -> Node:
    terms: list[tuple[int, Node]] = []
    for term in expression.as_ordered_terms():
        negative = term.could_extract_minus_sign() and term.as_coeff_Mul()[0].is_negative
        terms.append((-1, from_sympy(-term)) if negative else (1, from_sympy(term)))
    first_positive = next((index for index, (sign, _) in enumerate(terms) if sign > 0), 0)
    terms.insert(0, terms.pop(first_positive))
    return Sum(tuple(terms))


def _from_product(expression: Any) -> Node:
    coefficient, rest = expression.as_coeff_Mul()
    if coefficient.is_negative:
        return Negate(from_sympy(-expression))
    over: list[Node] = []
    under: list[Node] = []
    if coefficient.is_Rational:
        if coefficient.p != 1:
            over.append(_literal(coefficient.p))
        if coefficient.q != 1:
            under.append(_literal(coefficient.q))
    elif float(coefficient) != 1.0:
        over.append(_literal(coefficient))
    factors = rest.as_ordered_factors() if rest.is_Mul else [rest]
    for factor in factors:
        base, exponent = factor.as_base_exp() if factor.is_Pow else (factor, sympy.S.One)
        if exponent.is_Rational and exponent.is_negative:
            under.append(_from_power(base, -exponent))
        else:
            over.append(from_sympy(factor))
    if not over:
        over.append(_literal(1))
    written = [(1, node) for node in over]
    if len(under) == 1:
        written.append((-1, under[0]))
    elif under:
        written.append((-1, Product(tuple((1, node) for node in under))))
    return written[0][1] if len(written) == 1 else Product(tuple(written))


def _from_power(base: Any, exponent: Any) -> Node:
    if exponent is sympy.S.One:
        return from_sympy(base)
    if base is sympy.E:
        return Call("exp", (from_sympy(exponent),))
    if exponent == sympy.S.Half:
        return Call("sqrt", (from_sympy(base),))
    if exponent.is_Rational and exponent.is_negative:
        return Product(((1, _literal(1)), (-1, _from_power(base, -exponent))))
    return Power(from_sympy(base), from_sympy(exponent))


def gradient(node: Node, names: Sequence[str]) -> tuple[Node, ...]:
    """∂L/∂name for each name.

    Raises
    ------
    Problem : where the formula is too large to be differentiated, or has no real derivative.
    """
    check_size(node)
    expression = to_sympy(node)
    return tuple(_differentiate(expression, name) for name in names)


def hessian(node: Node, names: Sequence[str]) -> tuple[tuple[Node, ...], ...]:
    """∂²L/∂nameᵢ∂nameⱼ, the lower triangle repeated above the diagonal."""
    check_size(node)
    expression = to_sympy(node)
    slopes = [sympy.diff(expression, sympy.Symbol(name)) for name in names]
    lower = [
        [_differentiate(slopes[i], names[j]) for j in range(i + 1)] for i in range(len(names))
    ]
    return tuple(
        tuple(lower[max(i, j)][min(i, j)] for j in range(len(names))) for i in range(len(names))
    )


def _differentiate(expression: Any, name: str) -> Node:
    try:
        return from_sympy(sympy.diff(expression, sympy.Symbol(name)))
    except RecursionError:
        raise Problem("the formula is nested too deep to be differentiated") from None


def change(node: Node, name: str) -> Node:
    """node − name, multiplied out so that a whole ``name`` cancels exactly."""
    return from_sympy(sympy.expand(to_sympy(node)) - sympy.Symbol(name))


def check_size(node: Node) -> None:
    """Refuse what would make the derivatives explode, before SymPy sees it.

    Raises
    ------
    Problem : names the bound that is passed.
    """
    if _degree(node) > MAX_POWER:
        raise Problem("the powers of this formula go beyond {most}", most=MAX_POWER)
    if _sizes(node)[2] > MAX_DERIVATIVE:
        raise Problem("the formula is too large to be differentiated")


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


def _sizes(node: Node) -> tuple[float, float, float]:
    """Nodes of the tree, of its first and of its second derivative, as the rules produce them."""
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
        case Power(base, exponent):
            if isinstance(exponent, Number | Negate) or not any(
                isinstance(part, Name) for part in walk(exponent)
            ):
                return _chain_sizes(_sizes(base), outer=4.0)
            return _product_sizes([_chain_sizes(_sizes(base), 4.0), _sizes(exponent)])
        case Call(_, arguments):
            parts = [_sizes(argument) for argument in arguments]
            inner = (
                sum(part[0] for part in parts),
                sum(part[1] for part in parts),
                sum(part[2] for part in parts),
            )
            return _chain_sizes(inner, outer=6.0)


def _product_sizes(parts: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    active = [part for part in parts if part != (1.0, 1.0, 1.0)]
    size = 1 + sum(part[0] for part in parts)
    first = sum(size + part[1] for part in parts)
    count = len(active)
    second = sum(size + part[2] for part in active) + count * max(0, count - 1) * size
    return (size, first, second + sum(part[1] for part in active) * max(1, count))


def _chain_sizes(inner: tuple[float, float, float], outer: float) -> tuple[float, float, float]:
    """f(u): f′(u)u′ and f″(u)u′² + f′(u)u″, where f′ repeats u."""
    size, first, second = inner
    return (
        size + 1,
        outer + size + first,
        2 * outer + 2 * size + 2 * first + second,
    )
