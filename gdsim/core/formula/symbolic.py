"""Derivatives: a tree is translated to SymPy, differentiated, and translated back.

SymPy only receives nodes built here, never text. The result is a tree again, so that values,
derivatives, typesetting and the step readout share one form.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import sympy

from gdsim.core.formula.derivative_size import MAX_TERMS, terms_multiplied_out
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
)
from gdsim.core.formula.latex import number_text
from gdsim.core.problem import Problem

_LARGEST_WHOLE = 2.0**53


class _Known(sympy.Function):
    """A function of which SymPy knows only the slope.

    SymPy's own functions search their arguments for simplifications in the complex plane, which
    takes endless time for a formula such as sinh((x + y + 1)^90), or for large numbers.
    """

    is_number = False


def _function(name: str, slope: Callable[[Any], Any]) -> Any:
    members = {"nargs": 1, "fdiff": lambda self, argindex=1: slope(self.args[0])}
    kind: Any = type(_Known)
    return kind(name, (_Known,), members)


_held: Any = _function("held", lambda u: sympy.S.One)
"""The identity. SymPy does not look inside it and so leaves its argument unchanged."""

_exp: Any = _function("exp", lambda u: _exp(u))
_log: Any = _function("log", lambda u: 1 / u)
_sin: Any = _function("sin", lambda u: _cos(u))
_cos: Any = _function("cos", lambda u: -_sin(u))
_tan: Any = _function("tan", lambda u: 1 + _tan(u) ** 2)
_sinh: Any = _function("sinh", lambda u: _cosh(u))
_cosh: Any = _function("cosh", lambda u: _sinh(u))
_abs: Any = _function("abs", lambda u: _sign(u))
_sigmoid: Any = _function("sigmoid", lambda u: _sigmoid(u) * (1 - _sigmoid(u)))
# Functions that are constant between their jumps have slope 0.
_sign: Any = _function("sign", lambda u: sympy.S.Zero)
_step: Any = _function("step", lambda u: sympy.S.Zero)
_floor: Any = _function("floor", lambda u: sympy.S.Zero)
_relu: Any = _function("relu", lambda u: _step(u))

_FUNCTIONS: dict[str, Any] = {
    "exp": _exp,
    "log": _log,
    "sin": _sin,
    "cos": _cos,
    "tan": _tan,
    "asin": _function("asin", lambda u: 1 / _root(1 - u**2)),
    "acos": _function("acos", lambda u: -1 / _root(1 - u**2)),
    "atan": _function("atan", lambda u: 1 / (1 + u**2)),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _function("tanh", lambda u: 1 - _FUNCTIONS["tanh"](u) ** 2),
    "abs": _abs,
    "sign": _sign,
    "step": _step,
    "floor": _floor,
    "sigmoid": _sigmoid,
    "softplus": _function("softplus", lambda u: _sigmoid(u)),
    "relu": _relu,
}


class _Max(_Known):
    """max(a, b); at a tie both slopes count half."""

    nargs = 2

    def fdiff(self, argindex: int = 1) -> Any:
        first, second = self.args
        return _step(first - second if argindex == 1 else second - first)


class _Min(_Known):
    """min(a, b); at a tie both slopes count half."""

    nargs = 2

    def fdiff(self, argindex: int = 1) -> Any:
        first, second = self.args
        return _step(second - first if argindex == 1 else first - second)


class _Huber(_Known):
    """huber(r, δ): its slope is r, but no steeper than δ."""

    nargs = 2

    def fdiff(self, argindex: int = 1) -> Any:
        r, delta = self.args
        return _Min(_Max(r, -delta), delta) if argindex == 1 else _relu(_abs(r) - delta)


class _Power(_Known):
    """a^b where b is no constant: its slopes are b·a^(b − 1) and a^b·log(a)."""

    nargs = 2

    def fdiff(self, argindex: int = 1) -> Any:
        base, exponent = self.args
        return exponent * _Power(base, exponent - 1) if argindex == 1 else self * _log(base)


_FROM_SYMPY = {
    **{function: name for name, function in _FUNCTIONS.items()},
    _Max: "max",
    _Min: "min",
    _Huber: "huber",
}


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
            return _balanced(_Min if function == "min" else _Max, several)
        case Call("huber", arguments):
            r, *delta = (to_sympy(argument) for argument in arguments)
            return _Huber(r, *(delta or [sympy.S.One]))
        case Call(function, (argument,)):
            inside = to_sympy(argument)
            return _root(inside) if function == "sqrt" else _FUNCTIONS[function](inside)
    raise AssertionError(node)


def _balanced(function: Any, values: list[Any]) -> Any:
    """A function of two arguments applied to many in pairs, which keeps the nesting low."""
    while len(values) > 1:
        pairs = [function(*values[place : place + 2]) for place in range(0, len(values) - 1, 2)]
        values = pairs + values[2 * len(pairs) :]
    return values[0]


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
        return _exp(to_sympy(exponent))
    raised = to_sympy(exponent)
    if constant_value(exponent) is None:
        return _Power(to_sympy(base), raised)
    if raised.is_Float and float(2 * raised).is_integer():
        raised = sympy.Rational(int(2 * raised), 2)  # x^0.5 is shown as a square root
    return _raised(to_sympy(base), raised)


def _root(base: Any) -> Any:
    return _raised(base, sympy.S.Half)


def _raised(base: Any, exponent: Any) -> Any:
    """The base to a constant power; SymPy must not merge powers of powers: √(x²) is not x."""
    is_plain = exponent.is_Integer or base.is_Symbol or base.is_Number
    return sympy.Pow(base if is_plain else _held(base), exponent)


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
    if expression.func is _held:
        return from_sympy(expression.args[0])
    if expression.func is _Power:
        return _from_power(*expression.args)
    if expression.func in _FROM_SYMPY:
        arguments = tuple(from_sympy(argument) for argument in expression.args)
        return Call(_FROM_SYMPY[expression.func], arguments)
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
    return sympy.Mul(number, *common, _held(left))


def change(node: Node, name: str) -> Node:
    """node − name, multiplied out unless that is too long, so that the term ``name`` cancels."""
    whole = to_sympy(node)
    if terms_multiplied_out(node) <= MAX_TERMS:
        whole = sympy.expand(whole)
    return from_sympy(whole - sympy.Symbol(name))
