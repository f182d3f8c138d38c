"""Where a formula is constant near a point because its kinks are inactive there.

relu(x) is 0 for all x < 0. There √relu(x) has slope 0, although the chain rule gives 0/0. At √(x²),
x = 0, it gives 0/0 too, but there is no slope. The gate of a tree tells the two apart: it is 0
where relu, abs, max, min and the like make the tree constant in all its names.
"""

from __future__ import annotations

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
    walk,
)

_KINKED = frozenset("relu max min sign step floor".split())
_JUMPS = frozenset("sign step floor".split())
_ZERO, _ONE = Number(0.0, "0"), Number(1.0, "1")


def gate(base: Node, exponent: Node) -> Node | None:
    """A tree that is 0 where inactive kinks make the base constant, and positive elsewhere.

    On a kink it is positive. None where the slope of base^exponent needs no gate: where the base is
    constant nowhere for this reason, or the exponent is a whole number.
    """
    power = constant_value(exponent)
    if (power is not None and power.is_integer()) or not _has_kinks(base):
        return None
    varies = _varies(base)
    return None if varies == _ONE else varies


def _has_kinks(node: Node) -> bool:
    return any(
        isinstance(part, Call) and (part.function in _KINKED or part.function == "abs")
        for part in walk(node)
    )


def _varies(node: Node) -> Node:
    match node:
        case Number() | Constant():
            return _ZERO
        case Name():
            return _ONE
        case Negate(operand):
            return _varies(operand)
        case Sum(terms):
            return _sum_varies(terms)
        case Product(factors):
            parts = []
            for place, (_, factor) in enumerate(factors):
                others = [
                    _is_not_zero(other)
                    for number, (power, other) in enumerate(factors)
                    if number != place and power > 0
                ]
                parts.append(_times(_varies(factor), *others))
            return _plus(*parts)
        case Power(base, exponent):
            return _plus(_varies(base), _times(_varies(exponent), _is_not_zero(base)))
        case Call("relu", (argument,)):
            return _times(_varies(argument), _at_least(argument, _ZERO))
        case Call("max" | "min" as function, arguments):
            signed = 1 if function == "max" else -1
            return _plus(
                *(
                    _times(_varies(argument), _at_least(argument, node, signed))
                    for argument in arguments
                )
            )
        case Call(function, arguments):
            return _ZERO if function in _JUMPS else _plus(*map(_varies, arguments))
    raise AssertionError(node)


def _sum_varies(terms: tuple[tuple[int, Node], ...]) -> Node:
    """As the sum of its terms, but u + |u| and |u| − u are constant on one side of u = 0."""
    left = list(terms)
    parts = []
    for term in terms:
        match term:
            case (sign, Call("abs", (argument,))):
                partner = next((other for other in left if other[1] == argument), None)
                if partner is not None:
                    left.remove(partner)
                    left.remove(term)
                    side = argument if partner[0] == sign else Negate(argument)
                    parts.append(_times(_varies(argument), _at_least(side, _ZERO)))
    return _plus(*parts, *(_varies(term) for _, term in left))


def _is_not_zero(node: Node) -> Node:
    """0 where the node is 0 at the point and near it, and positive elsewhere."""
    if isinstance(node, Number):
        return _ONE if node.value else _ZERO
    if not _has_kinks(node):
        return _ONE
    return _plus(_varies(node), Call("abs", (node,)))


def _at_least(node: Node, bound: Node, sign: int = 1) -> Node:
    """1 + sign(node − bound), which is 0 where the node is less; with ``sign`` −1 where more."""
    apart = node if bound == _ZERO else Sum(((sign, node), (-sign, bound)))
    return Sum(((1, _ONE), (1, Call("sign", (apart,)))))


def _plus(*parts: Node) -> Node:
    terms = [part for part in parts if part != _ZERO]
    if _ONE in terms:
        return _ONE  # no part is negative: all that counts is whether the sum is 0
    return Sum(tuple((1, part) for part in terms)) if len(terms) > 1 else (*terms, _ZERO)[0]


def _times(*parts: Node) -> Node:
    if _ZERO in parts:
        return _ZERO
    factors = [part for part in parts if part != _ONE]
    return (
        Product(tuple((1, part) for part in factors)) if len(factors) > 1 else (*factors, _ONE)[0]
    )
