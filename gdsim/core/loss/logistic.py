"""Recognises the logistic function 1/(1 + e^−z) in any form in which it is written.

A formula of exponentials, tanh, sinh, cosh and sigmoid is a fraction of sums of terms c·e^E. It is
the logistic function where numerator / (denominator − numerator) is a single c·e^E with c > 0: then
z = E + log(c). The algebra is exact: coefficients are fractions, and exponents are compared as sums
of products. Whatever else multiplies a term, such as a parameter, must cancel.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from gdsim.core.formula.expression import (
    Call,
    Constant,
    Negate,
    Node,
    Number,
    Power,
    Product,
    Sum,
    constant_value,
)

_MOST_TERMS = 256
_LARGEST_POWER = 8

_Factors = frozenset[tuple[Node, int]]
"""A product as its factors with their whole powers, in no order."""

_Linear = dict[_Factors, Fraction]
"""Σ c·product as product → c, without terms whose c is 0."""

_Exponent = frozenset[tuple[_Factors, Fraction]]

_Exponentials = dict[_Exponent, Fraction]
"""Σ c·e^E as E → c, without terms whose c is 0."""

Key = TypeVar("Key")

_NOTHING: _Factors = frozenset()
_CONSTANT: _Exponent = frozenset()
_ONE: _Exponentials = {_CONSTANT: Fraction(1)}
_OTHER = "other factor"


class _TooLong(Exception):
    """A sum that is multiplied out has too many terms."""


@dataclass(frozen=True, slots=True)
class _Ratio:
    """A fraction of sums of exponentials."""

    over: _Exponentials
    under: _Exponentials


def logit(p: Node) -> Node | None:
    """z where p = 1/(1 + e^−z) wherever p has a value; None where p is not of this kind.

    Parameters
    ----------
    p : for instance the tree of ``exp(z)/(1 + exp(z))`` or of ``(1 + tanh(z/2))/2``.
    """
    if isinstance(p, Call) and p.function == "sigmoid":
        return p.arguments[0]
    # Products of sums in exponents are multiplied out only where that is needed.
    for multiplies_out in (False, True):
        try:
            z = _Reader(multiplies_out).logit(p)
        except _TooLong:
            return None
        if z is not None:
            return z
    return None


class _Reader:
    """Reads trees as fractions of exponentials.

    Parameters
    ----------
    multiplies_out : whether (a + b)·c in an exponent is read as a·c + b·c.
    """

    def __init__(self, multiplies_out: bool) -> None:
        self._multiplies_out = multiplies_out
        self._typed: dict[_Factors, tuple[tuple[Node, int], ...]] = {}  # in the order of the text

    def logit(self, p: Node) -> Node | None:
        """As the function of this name."""
        whole = self._ratio(p)
        odds = _quotient(whole.over, _plus(whole.under, whole.over, -1))
        if odds is None or odds[1] <= 0:
            return None
        exponent, coefficient = dict(odds[0]), odds[1]
        if any(_is_other(factors) for factors in exponent):
            return None
        return self._written(exponent, coefficient)

    def _written(self, linear: _Linear, coefficient: Fraction) -> Node:
        """Σ c·product + log(coefficient) as a tree."""
        terms: list[tuple[int, Node]] = []
        for factors in [*(each for each in self._typed if each in linear), _NOTHING]:
            size = linear.get(factors, Fraction(0))
            if size:
                product = _product(abs(size), self._typed.get(factors, ()))
                terms.append((1 if size > 0 else -1, product))
        if coefficient != 1:
            log = math.log(coefficient.numerator) - math.log(coefficient.denominator)
            terms.append((1 if log > 0 else -1, Number(abs(log))))
        if not terms:
            return Number(0.0, "0")
        first = next((index for index, (sign, _) in enumerate(terms) if sign > 0), 0)
        terms.insert(0, terms.pop(first))
        if len(terms) > 1:
            return Sum(tuple(terms))
        sign, term = terms[0]
        return term if sign > 0 else Negate(term)

    # Fractions of exponentials

    def _ratio(self, node: Node) -> _Ratio:
        match node:
            case Number():
                value = _exact(node)
                return _Ratio({_CONSTANT: value} if value else {}, _ONE)
            case Negate(operand):
                return _product_of_ratios(
                    [(1, _Ratio({_CONSTANT: Fraction(-1)}, _ONE)), (1, self._ratio(operand))]
                )
            case Sum(terms):
                return _sum_of_ratios((sign, self._ratio(term)) for sign, term in terms)
            case Product(factors):
                return _product_of_ratios((power, self._ratio(part)) for power, part in factors)
            case Constant("e"):
                return self._exponential(Number(1.0))
            case Power(Constant("e"), exponent) | Call("exp", (exponent,)):
                return self._exponential(exponent)
            case Power(base, exponent):
                return self._power(base, exponent, node)
            case Call("sqrt", (argument,)):
                return self._power(argument, Number(0.5), node)
            case Call("sigmoid" | "tanh" | "sinh" | "cosh" as function, (argument,)):
                up, down = self._term(argument, 1), self._term(argument, -1)
                return _HYPERBOLIC[function](up, down)
        return self._other_factor(node)

    def _term(self, argument: Node, times: int) -> _Exponentials:
        """e^(times·argument)."""
        return _exponential(_scaled(self._linear(argument), Fraction(times)))

    def _exponential(self, exponent: Node) -> _Ratio:
        factors: list[tuple[int, _Ratio]] = []
        rest: _Linear = {}
        for product, size in self._linear(exponent).items():
            inside = _inside_logarithm(product)
            if inside is None or size.denominator != 1 or abs(size) > _LARGEST_POWER:
                rest[product] = size
            else:  # e^(n·log(f)) is f^n
                part = self._ratio(inside)
                factors += [(1 if size > 0 else -1, part)] * abs(int(size))
        return _product_of_ratios([(1, _Ratio(_exponential(rest), _ONE)), *factors])

    def _power(self, base: Node, exponent: Node, whole: Node) -> _Ratio:
        linear = self._linear(exponent)
        if set(linear) - {_NOTHING}:
            if isinstance(base, Number) and base.value > 0:
                return self._exponential(Product(((1, Call("log", (base,))), (1, exponent))))
            return self._other_factor(whole)
        power = linear.get(_NOTHING, Fraction(0))
        inside = self._ratio(base)
        if power.denominator == 1 and abs(power) <= _LARGEST_POWER:
            return _product_of_ratios([(1 if power > 0 else -1, inside)] * abs(int(power)))
        single = _quotient(inside.over, inside.under)
        if single is None or single[1] != 1 or any(map(_is_other, dict(single[0]))):
            return self._other_factor(whole)
        return _Ratio(_exponential(_scaled(dict(single[0]), power)), _ONE)

    def _other_factor(self, node: Node) -> _Ratio:
        """A factor that is no exponential, as its logarithm in the exponent.

        A positive number has one; the sign of anything else is unknown, and it must cancel.
        """
        value = constant_value(node)
        log = Call("log" if value is not None and value > 0 else _OTHER, (node,))
        return _Ratio(_exponential(self._registered(((log, 1),))), _ONE)

    # Exponents

    def _linear(self, node: Node) -> _Linear:
        match node:
            case Number():
                return {_NOTHING: _exact(node)} if node.value else {}
            case Negate(operand):
                return _scaled(self._linear(operand), Fraction(-1))
            case Sum(terms):
                total: _Linear = {}
                for sign, term in terms:
                    total = _plus(total, self._linear(term), sign)
                return total
            case Product(factors):
                return self._linear_product(factors)
            case _:
                return self._registered(((node, 1),))

    def _linear_product(self, factors: Iterable[tuple[int, Node]]) -> _Linear:
        total: _Linear = {_NOTHING: Fraction(1)}
        for power, factor in factors:
            part = self._linear(factor)
            if len(part) > 1 and (power < 0 or not self._multiplies_out):
                part = self._registered(((factor, 1),))
            if power < 0:
                if not part:
                    return self._registered(((factor, -1),))  # division by zero
                ((product, size),) = part.items()
                inverse = tuple((each, -times) for each, times in self._typed.get(product, ()))
                part = dict.fromkeys(self._registered(inverse), 1 / size)
            total = self._times(total, part)
        return total

    def _times(self, left: _Linear, right: _Linear) -> _Linear:
        if len(left) * len(right) > _MOST_TERMS:
            raise _TooLong
        total: _Linear = {}
        for one, first in left.items():
            for other, second in right.items():
                powers = dict(self._typed.get(one, ()))
                for each, times in self._typed.get(other, ()):
                    powers[each] = powers.get(each, 0) + times
                (key,) = self._registered(tuple(powers.items()))
                total = _plus(total, {key: first * second})
        return total

    def _registered(self, factors: tuple[tuple[Node, int], ...]) -> _Linear:
        """A product with the coefficient 1; it is written as it was met first."""
        kept = tuple((node, times) for node, times in factors if times)
        key = frozenset(kept)
        self._typed.setdefault(key, kept)
        return {key: Fraction(1)}


def _exact(number: Number) -> Fraction:
    try:
        return Fraction(number.text or number.value)
    except ValueError:
        return Fraction(number.value)


def _product(size: Fraction, factors: tuple[tuple[Node, int], ...]) -> Node:
    """size·product as a tree."""
    over = [node for node, times in factors for _ in range(times)]
    under = [node for node, times in factors for _ in range(-times)]
    written = [(1, node) for node in over] + [(-1, node) for node in under]
    if size != 1 or not over:
        number = float(size)
        if size.numerator == 1 and size.denominator != 1 and over:
            written.append((-1, Number(float(size.denominator))))
        else:
            written.insert(0, (1, Number(number)))
    return written[0][1] if len(written) == 1 else Product(tuple(written))


def _is_other(factors: _Factors) -> bool:
    return any(isinstance(node, Call) and node.function == _OTHER for node, _ in factors)


def _inside_logarithm(factors: _Factors) -> Node | None:
    """f where the product is log(f) alone; softplus(u) is log(1 + e^u)."""
    if len(factors) != 1:
        return None
    ((node, times),) = factors
    match node:
        case Call("log", (argument,)) if times == 1:
            return argument
        case Call("softplus", (argument,)) if times == 1:
            return Sum(((1, Number(1.0)), (1, Call("exp", (argument,)))))
    return None


def _exponential(exponent: _Linear) -> _Exponentials:
    return {frozenset((product, size) for product, size in exponent.items() if size): Fraction(1)}


def _plus(
    left: dict[Key, Fraction], right: dict[Key, Fraction], sign: int = 1
) -> dict[Key, Fraction]:
    total = dict(left)
    for key, size in right.items():
        total[key] = total.get(key, Fraction(0)) + sign * size
        if not total[key]:
            del total[key]
    if len(total) > _MOST_TERMS:
        raise _TooLong
    return total


def _scaled(linear: _Linear, by: Fraction) -> _Linear:
    return {product: size * by for product, size in linear.items()}


def _times(left: _Exponentials, right: _Exponentials) -> _Exponentials:
    if len(left) * len(right) > _MOST_TERMS:
        raise _TooLong
    total: _Exponentials = {}
    for one, first in left.items():
        for other, second in right.items():
            (exponent,) = _exponential(_plus(dict(one), dict(other)))
            total = _plus(total, {exponent: first * second})
    return total


def _sum_of_ratios(terms: Iterable[tuple[int, _Ratio]]) -> _Ratio:
    total = _Ratio({}, _ONE)
    for sign, term in terms:
        if term.under == total.under:
            total = _Ratio(_plus(total.over, term.over, sign), total.under)
        else:
            left, right = _times(total.over, term.under), _times(term.over, total.under)
            total = _Ratio(_plus(left, right, sign), _times(total.under, term.under))
    return total


def _product_of_ratios(factors: Iterable[tuple[int, _Ratio]]) -> _Ratio:
    total = _Ratio(_ONE, _ONE)
    for power, factor in factors:
        over, under = (factor.over, factor.under) if power > 0 else (factor.under, factor.over)
        total = _Ratio(_times(total.over, over), _times(total.under, under))
    return total


def _quotient(left: _Exponentials, right: _Exponentials) -> tuple[_Exponent, Fraction] | None:
    """(E, c) where left is c·e^E·right, or None where it is not."""
    if not left or len(left) != len(right):
        return None
    (first, size), *_ = left.items()
    for other, divisor in right.items():
        exponent = _plus(dict(first), dict(other), -1)
        (key,) = _exponential(exponent)
        coefficient = size / divisor
        if _times(right, {key: coefficient}) == left:
            return key, coefficient
    return None


_TWO: _Exponentials = {_CONSTANT: Fraction(2)}

_HYPERBOLIC: dict[str, Callable[[_Exponentials, _Exponentials], _Ratio]] = {
    "sigmoid": lambda up, down: _Ratio(_ONE, _plus(_ONE, down)),
    "tanh": lambda up, down: _Ratio(_plus(up, down, -1), _plus(up, down)),
    "sinh": lambda up, down: _Ratio(_plus(up, down, -1), _TWO),
    "cosh": lambda up, down: _Ratio(_plus(up, down), _TWO),
}
"""The functions of u from e^u and e^−u."""
