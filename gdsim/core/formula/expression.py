"""The tree of a formula: eight kinds of node, and questions that any tree can answer.

Sums and products keep their terms in the order in which they were typed, because the arithmetic
follows that order.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from gdsim.core.problem import Problem

FUNCTIONS = frozenset(
    (
        "sqrt exp log sin cos tan asin acos atan sinh cosh tanh abs sign floor min max"
        " sigmoid softplus relu leaky_relu huber"
    ).split()
)
"""The functions that a formula may call."""

CONSTANTS: dict[str, float] = {"pi": math.pi, "e": math.e}


@dataclass(frozen=True, slots=True)
class Number:
    """A number, with the text it was typed as; one that was computed has none."""

    value: float
    text: str = field(default="", compare=False)  # as typed, for typesetting
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Constant:
    """``pi`` or ``e``."""

    name: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A parameter, a column, or anything else whose value is known only at evaluation."""

    name: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negate:
    """−operand."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms with their sign, +1 or −1, added from left to right.

    Where the terms come from a series, ``typed`` is how it is typeset: a call of ``sum`` with its
    index, its bounds and its term.
    """

    terms: tuple[tuple[int, Node], ...]
    typed: Node | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Product:
    """Factors with their exponent, +1 (times) or −1 (divided by), applied from left to right."""

    factors: tuple[tuple[int, Node], ...]


@dataclass(frozen=True, slots=True)
class Power:
    """base ^ exponent."""

    base: Node
    exponent: Node
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one argument or several, by its name in the notation."""

    function: str
    arguments: tuple[Node, ...]
    column: int = field(default=0, compare=False)


Node = Number | Constant | Name | Negate | Sum | Product | Power | Call


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node, in the order in which they were typed."""
    match node:
        case Negate(operand):
            return (operand,)
        case Sum(terms):
            return tuple(term for _, term in terms)
        case Product(factors):
            return tuple(factor for _, factor in factors)
        case Power(base, exponent):
            return (base, exponent)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """All nodes of the tree, parents before children."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(children(current)))


def count_nodes(node: Node) -> int:
    """The number of nodes of the tree, the root included."""
    return sum(1 for _ in walk(node))


def names_in(node: Node) -> set[str]:
    """Every name that the tree reads."""
    return {part.name for part in walk(node) if isinstance(part, Name)}


def column_of(node: Node) -> int:
    """The column of the first typed symbol that belongs to this node."""
    columns = [getattr(part, "column", 0) for part in walk(node)]
    return min((column for column in columns if column), default=1)


def replace_names(node: Node, replacements: Mapping[str, Node]) -> Node:
    """The same tree with some names replaced by other trees."""
    match node:
        case Name(name):
            return replacements.get(name, node)
        case Negate(operand):
            return Negate(replace_names(operand, replacements))
        case Sum(terms, typed):
            replaced = tuple((sign, replace_names(term, replacements)) for sign, term in terms)
            return Sum(replaced, None if typed is None else replace_names(typed, replacements))
        case Product(factors):
            return Product(
                tuple((power, replace_names(factor, replacements)) for power, factor in factors)
            )
        case Power(base, exponent, column):
            return Power(
                replace_names(base, replacements), replace_names(exponent, replacements), column
            )
        case Call(function, arguments, column):
            inside = tuple(replace_names(argument, replacements) for argument in arguments)
            return Call(function, inside, column)
        case _:
            return node


def sign(x: float) -> float:
    """−1, 0 or 1; NaN stays NaN."""
    return 1.0 if x > 0 else -1.0 if x < 0 else x * 0.0


def step(x: float) -> float:
    """The slope of relu: 1 where x > 0, otherwise 0, at the kink too; NaN stays NaN."""
    return 1.0 if x > 0 else 0.0 if x <= 0 else math.nan


def sigmoid(x: float) -> float:
    """1/(1 + e^−x), computed without overflow."""
    decay = math.exp(-abs(x))
    return (1.0 if x >= 0 else decay) / (1.0 + decay)


def softplus(x: float) -> float:
    """log(1 + e^x), computed without overflow."""
    return maximum(x, 0.0) + math.log1p(math.exp(-abs(x)))


def relu(x: float) -> float:
    """x where it is positive, otherwise 0; NaN stays NaN."""
    return maximum(x, 0.0)


LEAK = 0.01
"""The slope of leaky_relu(x) where x is negative, unless it is given."""


def leaky_relu(x: float, slope: float = LEAK) -> float:
    """x where it is positive, otherwise slope·x."""
    return x if x > 0 else slope * x


def heaviside(x: float) -> float:
    """The slope of max(x, 0): 0, ½ at the tie, 1; NaN stays NaN."""
    return 1.0 if x > 0 else 0.0 if x < 0 else 0.5 + x * 0.0


def share(value: float, *others: float) -> float:
    """The slope of the maximum of all along ``value``: 0, 1, or 1/n where n of them are largest."""
    largest = maximum(value, *others)
    if value < largest:
        return 0.0
    return 1.0 / (1 + sum(other == largest for other in others)) + largest * 0.0


def power_log(base: float, exponent: float, times: float, gate: float = 1.0) -> float:
    """base^exponent · log(base)^times, a slope of base^exponent.

    At base = 0 it is 0 with a positive exponent, its limit, and where the gate of the base is 0,
    because it is then multiplied by the slope 0 of the base (see :mod:`gdsim.core.formula.kinks`).
    """
    if base == 0.0 and (exponent > 0.0 or gate == 0.0):
        return 0.0
    power = math.pow(base, exponent)
    return power * math.pow(math.log(base), times) if times else power


def gated_power(base: float, exponent: float, gate: float) -> float:
    """base^exponent, to be divided by; infinite at base = 0 where the gate of the base is 0."""
    return math.inf if base == gate == 0.0 else math.pow(base, exponent)


def huber(r: float, delta: float = 1.0) -> float:
    """½r² up to |r| = δ, beyond that the straight line δ(|r| − ½δ).

    References
    ----------
    Huber, *Robust estimation of a location parameter*, Ann. Math. Statist. 35 (1964), 73–101.
    """
    near = minimum(abs(r), delta)
    return near * (abs(r) - near / 2)


def minimum(*values: float) -> float:
    """The least of the values; NaN where any is NaN."""
    return min(values) if not any(value != value for value in values) else math.nan


def maximum(*values: float) -> float:
    """The greatest of the values; NaN where any is NaN."""
    return max(values) if not any(value != value for value in values) else math.nan


SCALAR: dict[str, Callable[..., float]] = {
    **{
        name: getattr(math, name)
        for name in "sqrt exp log sin cos tan asin acos atan sinh cosh tanh".split()
    },
    "floor": lambda x: float(math.floor(x)),
    "leaky_relu": leaky_relu,
    "gated_power": gated_power,
    "power_log": power_log,
    "abs": abs,
    "sign": sign,
    "step": step,
    "heaviside": heaviside,
    "share": share,
    "min": minimum,
    "max": maximum,
    "sigmoid": sigmoid,
    "softplus": softplus,
    "relu": relu,
    "huber": huber,
    "pow": math.pow,
}
"""The functions over Python floats. They raise ArithmeticError or ValueError where undefined."""


def evaluate(node: Node, values: Mapping[str, float]) -> float:
    """The number that the tree stands for, computed in the typed order.

    Raises
    ------
    ArithmeticError, ValueError : overflow, division by zero, a function outside its domain.
    """
    match node:
        case Number(value):
            return value
        case Constant(name):
            return CONSTANTS[name]
        case Name(name):
            return values[name]
        case Negate(operand):
            return -evaluate(operand, values)
        case Sum(terms):
            total = 0.0
            for index, (term_sign, term) in enumerate(terms):
                value = evaluate(term, values)
                if index == 0:
                    total = value if term_sign > 0 else -value
                else:
                    total = total + value if term_sign > 0 else total - value
            return total
        case Product(factors):
            total = 1.0
            for index, (power, factor) in enumerate(factors):
                value = evaluate(factor, values)
                total = value if index == 0 and power > 0 else _times(total, power, value)
            return total
        case Power(base, exponent):
            return _power(base, exponent, values)
        case Call(function, arguments):
            return float(SCALAR[function](*(evaluate(part, values) for part in arguments)))


def value_or_nan(node: Node, values: Mapping[str, float]) -> float:
    """The number that the tree stands for; NaN where the arithmetic of :func:`evaluate` fails."""
    try:
        return evaluate(node, values)
    except (ArithmeticError, ValueError):
        return math.nan


def _times(total: float, power: int, value: float) -> float:
    return total * value if power > 0 else total / value


def _power(base: Node, exponent: Node, values: Mapping[str, float]) -> float:
    """Small whole exponents multiply, exactly as the compiled code does."""
    value = evaluate(base, values)
    match exponent:
        case Number(2.0):
            return value * value
        case Number(3.0):
            return value * value * value
        case _:
            return math.pow(value, evaluate(exponent, values))


def constant_value(node: Node) -> float | None:
    """The value of a tree without names, or None where it has names.

    Raises
    ------
    Problem : where a constant part has no finite real value.
    """
    if any(isinstance(part, Name) for part in walk(node)):
        return None
    try:
        value = evaluate(node, {})
    except ZeroDivisionError:
        raise Problem("division by zero at column {column}", column=column_of(node)) from None
    except OverflowError:
        raise _too_large(node) from None
    except ValueError:
        raise Problem(
            "the number at column {column} is not defined in the reals", column=column_of(node)
        ) from None
    if not math.isfinite(value):
        raise _too_large(node)
    return value


def _too_large(node: Node) -> Problem:
    return Problem(
        "the number at column {column} is too large to compute with", column=column_of(node)
    )


def check_constants(root: Node) -> None:
    """Compute every constant part once, in floats, so that none fails later.

    Raises
    ------
    Problem : where a part such as ``9^9^9`` or ``1/0`` has no finite real value.
    """
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if not any(isinstance(part, Name) for part in walk(node)):
            constant_value(node)
        else:
            _check_division(node)
            waiting.extend(children(node))


def _check_division(node: Node) -> None:
    if isinstance(node, Product):
        for power, factor in node.factors:
            if power < 0 and constant_value(factor) == 0.0:
                raise Problem("division by zero at column {column}", column=column_of(factor))
