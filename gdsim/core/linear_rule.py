"""A rule as a linear map: what one update does to the error and to the optimizer's memory.

On a quadratic loss the gradient is linear, and every direction in which the Hessian curves by λ is
a problem of its own, with g = λe for the error e = θ − θ*. Where the lines of a rule are linear
too, an update is a matrix there, and its eigenvalues say everything about the descent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

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
    evaluate,
)
from gdsim.core.rule import Rule, per_parameter
from gdsim.core.trace import Array

_FIXED = 4  # the places of 1, θ, g and H⁻¹g; the state follows


class _NotLinear(Exception):
    """The node is no sum of constant multiples of θ, g, H⁻¹g and the state."""


@dataclass(frozen=True, slots=True, eq=False)
class LinearRule:
    """One update of one direction: z ← (own + λ·slope e₀ᵀ + newton e₀ᵀ) z, with z = (e, state…).

    ``own`` (n, n) is what happens without a gradient; ``slope`` (n,) is the answer to g, and
    ``newton`` (n,) the answer to H⁻¹∇L, which on a quadratic is the error itself. State that never
    reaches θ is left out.
    """

    own: Array
    slope: Array
    newton: Array

    def iteration(self, curvatures: Array) -> Array:
        """The matrix of an update for every λ of ``curvatures`` (m,): (m, n, n)."""
        matrices = np.repeat(self.own[None], len(curvatures), axis=0)
        matrices[:, :, 0] += curvatures[:, None] * self.slope + self.newton
        return matrices

    @property
    def plain_rate(self) -> float | None:
        """The rate η where the update is θ ← θ − ηg and nothing else; None elsewhere."""
        if len(self.own) > 1 or self.own[0, 0] != 1.0 or self.newton[0] != 0.0:
            return None
        return -float(self.slope[0])


def linear_rule(rule: Rule, eta: float, t: float) -> LinearRule | None:
    """The rule as a linear map with the numbers of one update, or None where it is not linear.

    Parameters
    ----------
    eta : η of that update.
    t : the optimizer's own count of it, 1 at its first.

    Raises
    ------
    ArithmeticError, ValueError : a factor in the rule is undefined for these numbers.
    """
    names = tuple(rule.state)
    width = _FIXED + len(names)
    known: dict[str, Array | None] = {"t": _constant(t, width), "eta": _constant(eta, width)}
    for place, name in enumerate(("theta", "g", "newton", *names), start=1):
        known[per_parameter(name, 0)] = np.eye(width)[place]
    assignments, new_state, delta = rule.unrolled(0)
    for name, node in assignments:
        known[name] = _form_or_none(node, known, width)
    rows = [_form_or_none(delta, known, width), *(known[new_state[name]] for name in names)]
    return _reaching_theta(rows)


def _reaching_theta(rows: list[Array | None]) -> LinearRule | None:
    """The rows of Δ and of the new state as one map, without state that θ never depends on."""
    kept = [0]
    for place in kept:
        row = rows[place]
        if row is None:
            return None
        used = (other for other in range(1, len(rows)) if row[_FIXED + other - 1] != 0.0)
        kept += [other for other in used if other not in kept]
    forms = np.array([rows[place] for place in kept])
    own = forms[:, [1, *(_FIXED + place - 1 for place in kept[1:])]]
    own[0, 0] += 1.0
    return LinearRule(own, forms[:, 2], forms[:, 3])


def _constant(value: float, width: int) -> Array:
    form = np.zeros(width)
    form[0] = value
    return form


def _form_or_none(node: Node, known: Mapping[str, Array | None], width: int) -> Array | None:
    try:
        return _form(node, known, width)
    except _NotLinear:
        return None


def _form(node: Node, known: Mapping[str, Array | None], width: int) -> Array:
    """The coefficients of 1, θ, g, H⁻¹g and the state in a node, (width,)."""
    match node:
        case Number() | Constant():
            return _constant(evaluate(node, {}), width)
        case Name(name):
            form = known[name]
            if form is None:
                raise _NotLinear
            return form
        case Negate(operand):
            return -_form(operand, known, width)
        case Sum(terms):
            return np.sum([sign * _form(term, known, width) for sign, term in terms], axis=0)
        case Product(factors):
            return _product(factors, known, width)
        case Power(base, exponent):
            below, above = _form(base, known, width), _value(_form(exponent, known, width))
            if above == 1.0:
                return below
            folded: Node = Power(Number(_value(below)), Number(above))
        case Call(function, arguments):
            inside = [_value(_form(argument, known, width)) for argument in arguments]
            folded = Call(function, tuple(Number(value) for value in inside))
    return _constant(evaluate(folded, {}), width)


def _product(
    factors: tuple[tuple[int, Node], ...], known: Mapping[str, Array | None], width: int
) -> Array:
    total = _constant(1.0, width)
    for power, factor in factors:
        form = _form(factor, known, width)
        if power < 0:
            total = total * (1.0 / _value(form))
        elif _is_constant(form):
            total = total * form[0]
        else:
            total = _value(total) * form
    return total


def _is_constant(form: Array) -> bool:
    return not form[1:].any()


def _value(form: Array) -> float:
    """The number that a form is; only a number can be a factor, a divisor or an argument."""
    if not _is_constant(form):
        raise _NotLinear
    return float(form[0])
