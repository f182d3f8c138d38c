"""Which operation of a formula has no value at a point, and what it was applied to."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from gdsim.core.formula.expression import Call, Node, Number, Power, Product, children, evaluate
from gdsim.core.formula.latex import plain

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
