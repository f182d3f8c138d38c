"""The degree of a formula as a polynomial, as far as its typed form tells."""

from __future__ import annotations

import math

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
    replace_names,
)
from gdsim.core.loss.objective import Objective


def is_quadratic(objective: Objective) -> bool:
    """Whether the formula is a quadratic, so that the curvature of one point is that of all."""
    fixed = () if objective.data is None else objective.data.names
    return _degree(replace_names(objective.root, dict.fromkeys(fixed, Number(1.0)))) <= 2


def _degree(node: Node) -> float:
    """The degree of a polynomial in the form in which it is typed; infinite for all else."""
    match node:
        case Number() | Constant():
            return 0.0
        case Name():
            return 1.0
        case Negate(operand):
            return _degree(operand)
        case Sum(terms):
            return max(_degree(term) for _, term in terms)
        case Product(factors):
            if any(power < 0 and _degree(factor) > 0 for power, factor in factors):
                return math.inf
            return sum(_degree(factor) for power, factor in factors if power > 0)
        case Power(base, exponent):
            raised = constant_value(exponent)
            if raised is not None and raised >= 0 and raised.is_integer():
                return raised * _degree(base)
            return 0.0 if _degree(base) == 0 == _degree(exponent) else math.inf
        case Call(_, arguments):
            return 0.0 if all(_degree(argument) == 0 for argument in arguments) else math.inf
