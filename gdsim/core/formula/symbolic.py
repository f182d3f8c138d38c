"""Derivatives: a tree is translated to SymPy, differentiated, and translated back.

SymPy only receives nodes built here, never text. The result is a tree again, so that values,
derivatives, typesetting and the step readout share one form.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import sympy

from gdsim.core.formula.derivative_size import MAX_TERMS, terms_multiplied_out
from gdsim.core.formula.expression import (
    LEAK,
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
)
from gdsim.core.formula.kinks import gate
from gdsim.core.formula.latex import number_text
from gdsim.core.formula.sympy_functions import (
    EXP,
    HELD,
    LOG,
    NAMES,
    OF_ONE,
    Huber,
    LeakyRelu,
    Max,
    Min,
    OpenPower,
    raised,
)
from gdsim.core.problem import Problem

_LARGEST_WHOLE = 2.0**53


def to_sympy(node: Node) -> Any:
    """The SymPy expression of a tree, whose numbers must be finite."""
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
        case Call("min" | "max" as function, arguments):
            several = [to_sympy(argument) for argument in arguments]
            return (Min if function == "min" else Max)(*several)
        case Call("huber", arguments):
            r, *delta = (to_sympy(argument) for argument in arguments)
            return Huber(r, *(delta or [sympy.S.One]))
        case Call("leaky_relu", arguments):
            x, *slope = (to_sympy(argument) for argument in arguments)
            return LeakyRelu(x, *(slope or [sympy.Float(LEAK)]))
        case Call("kinked_power", arguments):
            base, exponent, of_base = (to_sympy(argument) for argument in arguments)
            return OpenPower(base, exponent, sympy.S.Zero, of_base, sympy.S.Zero)
        case Call("sqrt", (argument,)) if constant_value(argument) is not None:
            return sympy.sqrt(to_sympy(argument))  # √2 stays √2
        case Call("sqrt", (argument,)):
            return _power(argument, Number(0.5))
        case Call(function, (argument,)):
            return OF_ONE[function](to_sympy(argument))
    raise AssertionError(node)


def _number(value: float) -> Any:
    if value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return sympy.Integer(int(value))
    return sympy.Float(value)


def _power(base: Node, exponent: Node) -> Any:
    if constant_value(base) is not None and constant_value(exponent) is not None:
        folded = constant_value(Power(base, exponent))
        assert folded is not None
        return _number(folded)
    if base == Constant("e"):
        return EXP(to_sympy(exponent))
    power = to_sympy(exponent)
    if power.is_Float and float(2 * power).is_integer():
        power = sympy.Rational(int(2 * power), 2)  # x^0.5 is shown as a square root
    of_base = gate(base, exponent)
    if of_base is None and constant_value(exponent) is not None:
        return raised(to_sympy(base), power)
    weight = sympy.S.One if of_base is None else to_sympy(of_base)
    return OpenPower(to_sympy(base), power, sympy.S.Zero, weight, sympy.S.Zero)


def from_sympy(expression: Any) -> Node:
    """The tree of a SymPy expression, with sums and fractions in their usual order."""
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
    if expression.func is HELD:
        return from_sympy(expression.args[0])
    if expression.func is OpenPower:
        if expression.is_fraction:
            return Product(((1, _literal(1)), (-1, _denominator(expression))))
        return _from_open_power(*expression.args)
    if expression.func in NAMES:
        arguments = tuple(from_sympy(argument) for argument in expression.args)
        return Call(NAMES[expression.func], arguments)
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
        if factor.func is OpenPower and factor.is_fraction:
            under.append(_denominator(factor))
        elif exponent.is_Rational and exponent.is_negative:
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


def _from_open_power(base: Any, exponent: Any, times: Any, of_base: Any, is_slope: Any) -> Node:
    is_gated = is_slope == 1 and of_base != 1 and not exponent.is_nonnegative
    if times == 0 and not is_gated:
        return _from_power(base, exponent)
    if base.is_positive:  # a number
        power = OpenPower(base, exponent, sympy.S.Zero, of_base, is_slope)
        return from_sympy(LOG(base) ** times * power)
    arguments = (base, exponent, times, of_base) if is_gated else (base, exponent, times)
    return Call("power_log", tuple(from_sympy(argument) for argument in arguments))


def _denominator(power: Any) -> Node:
    """a^q of a power 1/a^q."""
    base, exponent, _, of_base, is_slope = power.args
    if is_slope == 0 or of_base == 1:
        return _from_power(base, -exponent)
    arguments = (base, -exponent, of_base)
    return Call("gated_power", tuple(from_sympy(argument) for argument in arguments))


def gradient(node: Node, names: Sequence[str], *, factored: bool = False) -> tuple[Node, ...]:
    """∂L/∂name for each name.

    Parameters
    ----------
    node : a formula that passed :func:`gdsim.core.formula.derivative_size.check_size`.
    factored : write 2x(a + b) where SymPy would write 2xa + 2xb, as textbooks do; the slopes then
        share more parts.

    Raises
    ------
    Problem : where the formula has no derivative in the reals that floats can hold.
    """
    expression = to_sympy(node)
    return tuple(_differentiate(expression, name, factored) for name in names)


def hessian(node: Node, names: Sequence[str]) -> tuple[tuple[Node, ...], ...]:
    """∂²L/∂nameᵢ∂nameⱼ, the lower triangle repeated above the diagonal."""
    expression = to_sympy(node)
    slopes = [sympy.diff(expression, sympy.Symbol(name)) for name in names]
    lower = [[_differentiate(slopes[i], names[j]) for j in range(i + 1)] for i in range(len(names))]
    return tuple(
        tuple(lower[max(i, j)][min(i, j)] for j in range(len(names))) for i in range(len(names))
    )


def _differentiate(expression: Any, name: str, factored: bool = False) -> Node:
    try:
        slope = sympy.diff(expression, sympy.Symbol(name))
        return from_sympy(_factored(slope) if factored else slope)
    except RecursionError:
        raise Problem("the formula is nested too deep to be differentiated") from None


def _factored(expression: Any) -> Any:
    """The same expression with the common factors of every sum in front of it."""
    return expression.replace(lambda part: part.is_Add, _with_factors_in_front)


def _with_factors_in_front(whole: Any) -> Any:
    number, rest = whole.primitive()
    factors = [list(sympy.Mul.make_args(term)) for term in sympy.Add.make_args(rest)]
    common = [part for part in factors[0] if all(part in others for others in factors[1:])]
    for part in common:
        for others in factors:
            others.remove(part)
    if number is sympy.S.One and not common:
        return whole
    left = sympy.Add(*(sympy.Mul(*others) for others in factors))
    return sympy.Mul(number, *common, HELD(left))


def change(node: Node, name: str) -> Node:
    """node − name, multiplied out unless that is too long, so that the term ``name`` cancels."""
    whole = to_sympy(node)
    if terms_multiplied_out(node) <= MAX_TERMS:
        whole = sympy.expand(whole)
    return from_sympy(whole - sympy.Symbol(name))
