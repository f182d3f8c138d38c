"""Which operation of a formula has no value at a point, and what it was applied to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gdsim.core.arrays import Flags, Floats
from gdsim.core.formula.expression import (
    CONSTANTS,
    Call,
    Constant,
    Name,
    Negate,
    Node,
    Number,
    Power,
    Product,
    Sum,
    children,
    evaluate,
)
from gdsim.core.formula.latex import plain
from gdsim.core.formula.python_source import ARRAY

DIVISION, POWER, SUM, PRODUCT = "/", "^", "+", "·"
"""The operations that are no functions."""


@dataclass(frozen=True, slots=True)
class Undefined:
    """An operation without a finite real value.

    ``operation`` is the name of a function, or one of the signs above. ``arguments`` are the values
    that it was applied to and ``texts`` how these are written: of a division the divisor alone, of
    a power the base and the exponent. ``is_too_large`` tells an overflow from what has no value in
    the reals, such as log(0) or 1/0.
    """

    operation: str
    arguments: tuple[float, ...]
    texts: tuple[str, ...]
    is_too_large: bool


def first_undefined(root: Node, values: Mapping[str, float]) -> Undefined | None:
    """The first operation of a tree, in the order of the arithmetic, that has no finite value.

    Parameters
    ----------
    root : the tree of a loss, or of a slope.
    values : the value of every name in the tree, all finite.

    Returns
    -------
    None where every operation has a finite value.
    """
    for part in children(root):
        found = first_undefined(part, values)
        if found is not None:
            return found
    if isinstance(root, Product):
        return _of_product(root, values)
    if isinstance(root, Call) and root.function == "gated_power" and evaluate(root, values) > 0:
        return None  # infinite where the quotient is to be 0
    try:
        is_too_large = not math.isfinite(evaluate(root, values))
    except OverflowError:
        is_too_large = True
    except (ArithmeticError, ValueError):
        return _described(root, values, is_too_large=False)
    return _described(root, values, is_too_large=True) if is_too_large else None


def _of_product(product: Product, values: Mapping[str, float]) -> Undefined | None:
    total = 1.0
    for power, factor in product.factors:
        value = evaluate(factor, values)
        if math.isinf(value):
            return None  # part of a divisor for which the quotient is to be 0
        if power < 0 and value == 0.0:
            return Undefined(DIVISION, (value,), (plain(factor),), is_too_large=False)
        total = total * value if power > 0 else total / value
        if not math.isfinite(total):
            return _described(product, values, is_too_large=True)
    return None


def _described(node: Node, values: Mapping[str, float], *, is_too_large: bool) -> Undefined:
    operands: tuple[Node, ...] = children(node)
    match node:
        case Power(base, exponent):
            power = evaluate(exponent, values)
            if evaluate(base, values) == 0.0 > power:
                below = plain(base if power == -1.0 else Power(base, Number(-power)))
                return Undefined(DIVISION, (0.0,), (below,), is_too_large=False)
            operation = POWER
        case Call("power_log", (base, exponent, *_)):
            # a^b·log(a)^k of a derivative: its logarithm has no value, or its power is too large
            operation, operands = (POWER, (base, exponent)) if is_too_large else ("log", (base,))
        case Call("gated_power", (base, exponent, _)):
            operation, operands = POWER, (base, exponent)
        case Call(function, _):
            operation = function
        case Product():
            operation = PRODUCT
        case _:
            operation = SUM
    found = tuple(evaluate(operand, values) for operand in operands)
    return Undefined(operation, found, tuple(map(plain, operands)), is_too_large)


def undefined_points(roots: Iterable[Node], values: Mapping[str, Floats]) -> Flags:
    """Where the first operation without a finite value has no value, and is not too large: (n,).

    The same as :func:`first_undefined` says of each point, of the first tree in which it finds an
    operation.

    Parameters
    ----------
    roots : the trees, such as those of a loss and of its slopes. values : (n,) for every name.
    """
    walk = _PointsWalk(values)
    found = walk.nothing
    with np.errstate(all="ignore"):
        for root in roots:
            found = np.where(found == _FINE, walk.at(root)[1], found)
    return np.asarray(found == _UNDEFINED)


_FINE, _UNDEFINED, _TOO_LARGE = 0, 1, 2
_Codes = npt.NDArray[np.int8]


class _PointsWalk:
    """The values of trees at many points, and what each point's arithmetic failed at first."""

    def __init__(self, values: Mapping[str, Floats]) -> None:
        self._values = values
        self._known: dict[int, tuple[Any, _Codes]] = {}
        self.nothing: _Codes = np.zeros(len(next(iter(values.values()))), dtype=np.int8)

    def at(self, node: Node) -> tuple[Any, _Codes]:
        """The value of a tree, and how its first failing operation fails, at every point."""
        if id(node) not in self._known:
            parts = [self.at(part) for part in children(node)]
            operands = [value for value, _ in parts]
            codes = self.nothing
            for _, inner in parts:
                codes = np.where(codes == _FINE, inner, codes)
            value, own = self._of_operation(node, operands)
            self._known[id(node)] = (value, np.where(codes == _FINE, own, codes))
        return self._known[id(node)]

    def _of_operation(self, node: Node, operands: list[Any]) -> tuple[Any, _Codes]:
        match node:
            case Number(value):
                return value, self.nothing
            case Constant(name):
                return CONSTANTS[name], self.nothing
            case Name(name):
                return self._values[name], self.nothing
            case Negate():
                return -operands[0], self.nothing
            case Sum(terms):
                total: Any = 0.0
                for (sign, _), value in zip(terms, operands, strict=True):
                    total = total + value if sign > 0 else total - value
                return total, self._failed(total, False)
            case Product(factors):
                return self._of_product([power for power, _ in factors], operands)
            case Power(_, exponent):
                base, power = operands
                if exponent in (Number(2.0), Number(3.0)):
                    result = base * base if power == 2.0 else base * base * base
                else:
                    result = np.power(np.asarray(base, dtype=np.float64), power)
                return result, self._failed(result, base == 0.0)
            case Call(function, _):
                result = ARRAY[function](*operands)
                own = self._failed(result, np.asarray(operands[0]) == 0.0)
                if function == "gated_power":  # infinite where the quotient is to be 0
                    own = np.where(np.asarray(result) > 0, self.nothing, own)
                return result, own
        raise TypeError(node)

    def _of_product(self, powers: list[int], operands: list[Any]) -> tuple[Any, _Codes]:
        total: Any = np.ones(self.nothing.shape)
        own, is_over = self.nothing, np.zeros(self.nothing.shape, dtype=bool)
        for power, value in zip(powers, operands, strict=True):
            is_over = is_over | np.isinf(value) | (own != _FINE)
            if power < 0:
                own = np.where(~is_over & (value == 0.0), _UNDEFINED, own)
                is_over = is_over | (own != _FINE)
            total = total * value if power > 0 else total / value
            own = np.where(~is_over & ~np.isfinite(total), _TOO_LARGE, own)
        return total, np.asarray(own, dtype=np.int8)

    def _failed(self, value: Any, is_pole: Any) -> _Codes:
        """How an operation fails whose operands are finite."""
        failing = np.where(np.isnan(value) | is_pole, _UNDEFINED, _TOO_LARGE)
        codes = np.where(np.isfinite(value), _FINE, failing)
        return np.broadcast_to(codes, self.nothing.shape).astype(np.int8)
