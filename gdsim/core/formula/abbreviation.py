"""Replace a part of a formula by a name, where the formula is too long to read."""

from __future__ import annotations

from gdsim.core.formula.expression import Call, Name, Negate, Node, Power, Product, Sum


def abbreviated(node: Node, part: Node, name: Name) -> Node:
    """The tree with the name in place of every occurrence of the part.

    Where the part is a sum, its terms may stand among other terms. The tree and the part must both
    come from :func:`gdsim.core.formula.symbolic.from_sympy`, so that equal parts are equal trees.
    """
    if node == part:
        return name
    match node:
        case Negate(operand):
            return Negate(abbreviated(operand, part, name))
        case Sum(terms):
            if isinstance(part, Sum) and set(part.terms) <= set(terms):
                others = tuple(term for term in terms if term not in part.terms)
                return Sum(((1, name), *others))
            return Sum(tuple((sign, abbreviated(term, part, name)) for sign, term in terms))
        case Product(factors):
            return Product(
                tuple((power, abbreviated(factor, part, name)) for power, factor in factors)
            )
        case Power(base, exponent):
            return Power(abbreviated(base, part, name), abbreviated(exponent, part, name))
        case Call(function, arguments):
            inside = tuple(abbreviated(argument, part, name) for argument in arguments)
            return Call(function, inside)
        case _:
            return node
