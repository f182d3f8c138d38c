"""The cross-entropy between a predicted probability and a class, in a form without overflow."""

from __future__ import annotations

from gdsim.core.formula.expression import Call, Negate, Node, Number, Power, Product, Sum

CROSS_ENTROPY = "crossentropy"


def expanded(node: Node) -> Node:
    """The tree with every ``crossentropy(p, y)`` written out: −(y·log(p) + (1 − y)·log(1 − p)).

    Where p is the logistic function of z, in any form, it is softplus(z) − y·z. That is the same
    number, but right for every z: sigmoid(40) is 1 in floats, and log(1 − 1) is not −40.
    """
    match node:
        case Call("crossentropy", (p, y)):
            return _cross_entropy(expanded(p), expanded(y))
        case Negate(operand):
            return Negate(expanded(operand))
        case Sum(terms, typed):
            return Sum(tuple((sign, expanded(term)) for sign, term in terms), typed)
        case Product(factors):
            return Product(tuple((power, expanded(factor)) for power, factor in factors))
        case Power(base, exponent, column):
            return Power(expanded(base), expanded(exponent), column)
        case Call(function, arguments, column):
            return Call(function, tuple(expanded(argument) for argument in arguments), column)
        case _:
            return node


def _cross_entropy(p: Node, y: Node) -> Node:
    from gdsim.core.loss.logistic import logit  # not before the first cross-entropy is read

    z = logit(p)
    if z is not None:
        return Sum(((1, Call("softplus", (z,))), (-1, Product(((1, y), (1, z))))))
    one = Number(1.0, "1")
    other_y, other_p = Sum(((1, one), (-1, y))), Sum(((1, one), (-1, p)))
    hit = Product(((1, y), (1, Call("log", (p,)))))
    miss = Product(((1, other_y), (1, Call("log", (other_p,)))))
    return Negate(Sum(((1, hit), (1, miss))))
