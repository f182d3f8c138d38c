"""A rule as a linear map: what one update does to the error and to the optimizer's memory.

On a quadratic loss the gradient is linear, and every direction in which the Hessian curves by λ is
a problem of its own, with g = λe for the error e = θ − θ*. Where the lines of a rule are linear
too, an update is a matrix there, and its eigenvalues say everything about the descent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdsim.core.arrays import Floats
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
    evaluate,
)
from gdsim.core.formula.python_source import ARRAY
from gdsim.core.optimizer.rule import Rule, per_parameter

_FIXED = 4  # the indices of 1, θ, g and H⁻¹g; the state follows

_Forms = Mapping[str, Floats | None]


class _NotLinear(Exception):
    """The node is no sum of constant multiples of θ, g, H⁻¹g and the state."""


@dataclass(frozen=True, slots=True, eq=False)
class LinearRule:
    """One update of one direction, z ← (own + (λ·slope + newton) e₀ᵀ) z, for each of m rates η.

    z = (e, state…) is the error and what the rule remembers; state that never reaches θ is left
    out. ``own`` (m, n, n) is what happens without a gradient; ``slope`` (m, n) is the answer to g,
    and ``newton`` (m, n) the answer to H⁻¹∇L, which on a quadratic is the error itself.
    """

    own: Floats
    slope: Floats
    newton: Floats

    def iteration(self, curvatures: Floats) -> Floats:
        """The matrix of an update for every η and every λ of ``curvatures`` (d,): (m, d, n, n)."""
        matrices = np.repeat(self.own[:, None], len(curvatures), axis=1)
        answers = curvatures[:, None] * self.slope[:, None] + self.newton[:, None]
        matrices[..., 0] += answers
        return matrices

    def is_plain(self, eta: float) -> bool:
        """Whether the update is θ ← θ − ηg and nothing else."""
        n = self.own.shape[-1]
        return n == 1 and (self.own[0, 0, 0], self.slope[0, 0], self.newton[0, 0]) == (1, -eta, 0)


def linear_rule(rule: Rule, eta: npt.ArrayLike, t: float) -> LinearRule | None:
    """The rule as a linear map with the numbers of one update, or None where it is not linear.

    Parameters
    ----------
    eta : η of that update, or several to be compared, (m,).
    t : the optimizer's own count of it, 1 at its first.

    Returns
    -------
    LinearRule : with NaN or infinity in it where a factor of the rule is undefined.
    """
    rates = np.atleast_1d(np.asarray(eta, dtype=np.float64))
    names = tuple(rule.state)
    shape = (_FIXED + len(names), len(rates))
    known: dict[str, Floats | None] = {"t": _constant(t, shape), "eta": _constant(rates, shape)}
    for index, name in enumerate(("theta", "g", "newton", *names), start=1):
        form = _constant(0.0, shape)
        form[index] = 1.0
        known[per_parameter(name, 0)] = form
    assignments, new_state, delta = rule.unrolled(0)
    with np.errstate(all="ignore"):
        for name, node in assignments:
            known[name] = _form_or_none(node, known, shape)
        rows = [_form_or_none(delta, known, shape), *(known[new_state[name]] for name in names)]
    return _reaching_theta(rows)


def _reaching_theta(rows: list[Floats | None]) -> LinearRule | None:
    """The rows of Δ and of the new state as one map, without state that θ never depends on."""
    kept = [0]
    for index in kept:
        row = rows[index]
        if row is None:
            return None
        used = [other for other in range(1, len(rows)) if row[_FIXED + other - 1].any()]
        kept += [other for other in used if other not in kept]
    forms = np.array([rows[index] for index in kept]).transpose(2, 0, 1)  # (m, n, width)
    own = forms[:, :, [1, *(_FIXED + index - 1 for index in kept[1:])]]
    own[:, 0, 0] += 1.0
    return LinearRule(own, forms[:, :, 2], forms[:, :, 3])


def _constant(value: npt.ArrayLike, shape: tuple[int, int]) -> Floats:
    form = np.zeros(shape)
    form[0] = value
    return form


def _form_or_none(node: Node, known: _Forms, shape: tuple[int, int]) -> Floats | None:
    try:
        return _form(node, known, shape)
    except _NotLinear:
        return None


def _form(node: Node, known: _Forms, shape: tuple[int, int]) -> Floats:
    """The coefficients of 1, θ, g, H⁻¹g and the state in a node, for each η."""
    match node:
        case Number() | Constant():
            return _constant(evaluate(node, {}), shape)
        case Name(name):
            form = known[name]
            if form is None:
                raise _NotLinear
            return form
        case Negate(operand):
            return -_form(operand, known, shape)
        case Sum(terms):
            total = _constant(0.0, shape)
            for sign, term in terms:
                total += sign * _form(term, known, shape)
            return total
        case Product(factors):
            return _product(factors, known, shape)
        case Power(base, exponent):
            below, above = _form(base, known, shape), _value(_form(exponent, known, shape))
            if (above == 1.0).all():
                return below
            return _constant(ARRAY["pow"](_value(below), above), shape)
        case Call(function, arguments):
            inside = [_value(_form(argument, known, shape)) for argument in arguments]
            return _constant(ARRAY[function](*inside), shape)


def _product(
    factors: tuple[tuple[int, Node], ...], known: _Forms, shape: tuple[int, int]
) -> Floats:
    total = _constant(1.0, shape)
    for power, factor in factors:
        form = _form(factor, known, shape)
        if power < 0:
            total = total / _value(form)
        elif _is_constant(form):
            total = total * form[0]
        else:
            total = _value(total) * form
    return total


def _is_constant(form: Floats) -> bool:
    return not form[1:].any()


def _value(form: Floats) -> Floats:
    """The number that a form is; only a number can be a factor, a divisor or an argument."""
    if not _is_constant(form):
        raise _NotLinear
    value: Floats = form[0]
    return value
