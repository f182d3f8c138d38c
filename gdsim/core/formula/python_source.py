"""Python source of a list of formulas that computes each repeated part once.

The source is written from validated trees and with variable names of its own, so that no typed
text reaches the compiler.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from gdsim.core.formula.expression import (
    LEAK,
    SCALAR,
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
)

_LARGEST_CHAIN = 3  # up to x*x*x a product is faster than pow and as exact


def _sign(x: Any) -> Any:
    return np.sign(x)


def _step(x: Any) -> Any:
    return np.heaviside(x, 0.0)


def _heaviside(x: Any) -> Any:
    return np.heaviside(x, 0.5)


def _sigmoid(x: Any, out: Any = None) -> Any:
    decay = np.exp(-np.abs(x))
    return np.divide(np.where(x >= 0, 1.0, decay), 1.0 + decay, out=out)


def _softplus(x: Any, out: Any = None) -> Any:
    return np.add(np.maximum(x, 0.0), np.log1p(np.exp(-np.abs(x))), out=out)


def _relu(x: Any, out: Any = None) -> Any:
    return np.maximum(x, 0.0, out=out)


def _leaky_relu(x: Any, slope: Any = LEAK, out: Any = None) -> Any:
    return np.multiply(x, np.where(np.greater(x, 0.0), 1.0, slope), out=out)


def _power_log(base: Any, exponent: Any, times: Any, gate: Any = 1.0, out: Any = None) -> Any:
    is_zero = np.equal(base, 0.0) & (np.greater(exponent, 0.0) | np.equal(gate, 0.0))
    inside = np.where(is_zero, 1.0, base)
    power = np.where(is_zero, 0.0, np.power(inside, exponent))
    return np.multiply(power, np.power(np.log(inside), times), out=out)


def _gated_power(base: Any, exponent: Any, gate: Any, out: Any = None) -> Any:
    is_infinite = np.equal(base, 0.0) & np.equal(gate, 0.0)
    return np.multiply(np.where(is_infinite, np.inf, np.power(base, exponent)), 1.0, out=out)


def _huber(r: Any, delta: Any = 1.0, out: Any = None) -> Any:
    size = np.abs(r)
    near = np.minimum(size, delta)
    return np.multiply(near, size - near / 2, out=out)


def _share(value: Any, *others: Any, out: Any = None) -> Any:
    count: Any = 1.0
    is_largest: Any = np.True_
    for other in others:
        count = count + np.equal(value, other)
        is_largest = is_largest & np.greater_equal(value, other)
    undefined = sum(others, start=value) * 0.0
    return np.add(np.where(is_largest, 1.0 / count, 0.0), undefined, out=out)


def _fold(function: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    def folded(*values: Any) -> Any:
        result = values[0]
        for value in values[1:]:
            result = function(result, value)
        return result

    return folded


ARRAY: dict[str, Callable[..., Any]] = {
    **{name: getattr(np, name) for name in "sqrt exp log sin cos tan sinh cosh tanh floor".split()},
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "abs": np.abs,
    "sign": _sign,
    "step": _step,
    "heaviside": _heaviside,
    "share": _share,
    "min": _fold(np.minimum),
    "max": _fold(np.maximum),
    "sigmoid": _sigmoid,
    "softplus": _softplus,
    "relu": _relu,
    "leaky_relu": _leaky_relu,
    "gated_power": _gated_power,
    "power_log": _power_log,
    "huber": _huber,
    "pow": np.power,
}
"""The functions over arrays: NaN and infinity instead of exceptions."""

CONSTANT_VALUES = {"pi": float(np.pi), "e": float(np.e)}


class Writer:
    """Writes assignments in order and stores every repeated part in a variable.

    Parameters
    ----------
    roots : all trees that will be written, to find the repeated parts.
    variables : the Python variable that holds each name.
    """

    def __init__(self, roots: Iterable[Node], variables: Mapping[str, str]) -> None:
        self.lines: list[str] = []
        self._variables = dict(variables)
        self._uses = _count_uses(roots)
        self._written: dict[Node, str] = {}

    def bind(self, name: str, variable: str) -> None:
        """Use this variable for the name from here on."""
        self._variables[name] = variable

    def assign(self, variable: str, node: Node) -> None:
        """Write ``variable = node``; later uses of the same part read the variable."""
        text = self._text(node)
        self.lines.append(f"{variable} = {text}")
        if children(node):
            self._written[node] = variable

    def _text(self, node: Node) -> str:
        if node in self._written:
            return self._written[node]
        text = self._fresh(node)
        if children(node) and self._uses[node] > 1:
            variable = f"c{len(self._written)}"
            self.lines.append(f"{variable} = {text}")
            self._written[node] = variable
            return variable
        return text

    def _variable(self, node: Node) -> str:
        """The node in a variable, to be multiplied by itself."""
        text = self._text(node)
        if text.isidentifier():
            return text
        variable = f"c{len(self._written)}"
        self.lines.append(f"{variable} = {text}")
        self._written[node] = variable
        return variable

    def _fresh(self, node: Node) -> str:
        match node:
            case Number(value):
                return repr(value)
            case Constant(name):
                return repr(CONSTANT_VALUES[name])
            case Name(name):
                return self._variables[name]
            case Negate(operand):
                return f"(-{self._text(operand)})"
            case Sum(terms):
                return self._sum(terms)
            case Product(factors):
                return self._product(factors)
            case Power(base, exponent):
                return self._power(base, exponent)
            case Call(function, arguments):
                inside = ", ".join(self._text(argument) for argument in arguments)
                return f"{function}_({inside})"

    def _sum(self, terms: tuple[tuple[int, Node], ...]) -> str:
        text = ""
        for index, (sign, term) in enumerate(terms):
            operator = ("" if sign > 0 else "-") if index == 0 else " + " if sign > 0 else " - "
            text += operator + self._text(term)
        return f"({text})"

    def _product(self, factors: tuple[tuple[int, Node], ...]) -> str:
        text = "1.0" if factors[0][0] < 0 else ""
        for power, factor in factors:
            text += ("*" if power > 0 else "/") * bool(text) + self._text(factor)
        return f"({text})"

    def _power(self, base: Node, exponent: Node) -> str:
        if isinstance(exponent, Number) and exponent.value in range(2, _LARGEST_CHAIN + 1):
            variable = self._variable(base)
            return "(" + "*".join([variable] * int(exponent.value)) + ")"
        return f"pow_({self._text(base)}, {self._text(exponent)})"


def _count_uses(roots: Iterable[Node]) -> Counter[Node]:
    """How often each part is used, if the parts of a repeated part are counted once."""
    uses: Counter[Node] = Counter()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        uses[node] += 1
        if uses[node] == 1:
            waiting.extend(children(node))
    return uses


def compile_source(source: str, name: str, functions: Mapping[str, Any]) -> Any:
    """The function ``name`` of this source, with ``functions`` as its only globals."""
    namespace: dict[str, Any] = {"__builtins__": {}, **functions}
    exec(compile(source, f"<gdsim {name}>", "exec"), namespace)
    return namespace[name]


def scalar_functions() -> dict[str, Any]:
    """The functions over Python floats, by the names that the source calls them by."""
    return {f"{name}_": function for name, function in SCALAR.items()}


def array_functions() -> dict[str, Any]:
    """The functions over arrays, by the names that the source calls them by."""
    return {f"{name}_": function for name, function in ARRAY.items()}


def function_source(name: str, arguments: Sequence[str], nodes: Sequence[Node]) -> str:
    """Source of a function of the named arguments that returns the nodes' values as a tuple."""
    variables = {argument: f"p{index}" for index, argument in enumerate(arguments)}
    writer = Writer(nodes, variables)
    for index, node in enumerate(nodes):
        writer.assign(f"r{index}", node)
    body = "".join(f"    {line}\n" for line in writer.lines)
    results = "".join(f"r{index}, " for index in range(len(nodes)))
    return f"def {name}({', '.join(variables.values())}):\n{body}    return ({results})\n"


def compile_scalar(arguments: Sequence[str], nodes: Sequence[Node]) -> Callable[..., Any]:
    """The nodes over Python floats; raises ArithmeticError or ValueError where undefined."""
    source = function_source("formula", arguments, nodes)
    function: Callable[..., Any] = compile_source(source, "formula", scalar_functions())
    return function


def compile_array(arguments: Sequence[str], nodes: Sequence[Node]) -> Callable[..., Any]:
    """The nodes over NumPy arrays; gives NaN and infinity where undefined."""
    source = function_source("formula", arguments, nodes)
    function: Callable[..., Any] = compile_source(source, "formula", array_functions())
    return function
