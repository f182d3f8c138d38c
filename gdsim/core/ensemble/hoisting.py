"""What a row of many descents computes once for all of them: the parts that depend on t alone."""

from __future__ import annotations

from collections.abc import Callable

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
    children,
    names_in,
)
from gdsim.core.formula.python_source import Writer, compile_source, scalar_functions

_MARK = "shared#"  # begins the names of hoisted parts; no typed text can spell it


class SharedParts:
    """Collects the parts of trees that depend on t alone, and compiles them over floats."""

    def __init__(self) -> None:
        self._parts: list[Node] = []
        self._indices: dict[Node, int] = {}
        self._names = {"t"}
        self.variables = {"t": "b0"}
        self._put(Name("t"))

    @property
    def results(self) -> list[str]:
        """The variables of the parts, in the order in which the compiled function gives them."""
        return [f"b{index}" for index in range(len(self._parts))]

    @staticmethod
    def holds(node: Node) -> bool:
        """Whether this is the name of a hoisted part."""
        return isinstance(node, Name) and node.name.startswith(_MARK)

    def keeps(self, node: Node) -> bool:
        """Whether a hoisted tree is the same number in every column."""
        return names_in(node) <= self._names

    def binds(self, name: str, node: Node) -> bool:
        """Take over an assignment that depends on t alone; returns whether it does."""
        if not self.keeps(node):
            return False
        index = self._put(node)
        self._names.add(name)
        self.variables[name] = f"b{index}"
        return True

    def hoisted(self, node: Node) -> Node:
        """The tree with every largest part that depends on t alone replaced by a name."""
        if not children(node):
            return node
        if self.keeps(node):
            return self._name(node)
        match node:
            case Negate(operand):
                return Negate(self.hoisted(operand))
            case Sum(terms):
                return Sum(tuple((sign, self.hoisted(term)) for sign, term in terms))
            case Product(factors):
                return Product(
                    tuple(
                        (power, self.hoisted(factor) if power > 0 else self._divisor(factor))
                        for power, factor in factors
                    )
                )
            case Power(base, exponent):
                return Power(self.hoisted(base), self.hoisted(exponent))
            case Call(function, arguments):
                return Call(function, tuple(self.hoisted(argument) for argument in arguments))
        return node

    def _divisor(self, node: Node) -> Node:
        if isinstance(node, Number | Constant) or not self.keeps(node):
            return self.hoisted(node)
        # Its reciprocal is there only so that a division by zero raises an error.
        self._put(Product(((1, Number(1.0)), (-1, node))))
        return self._name(node)

    def _name(self, node: Node) -> Name:
        index = self._put(node)
        name = f"{_MARK}{index}"
        self._names.add(name)
        self.variables[name] = f"b{index}"
        return Name(name)

    def _put(self, node: Node) -> int:
        if node not in self._indices:
            self._indices[node] = len(self._parts)
            self._parts.append(node)
        return self._indices[node]

    def compile(self) -> Callable[[float], tuple[float, ...]]:
        """``shared(t)``: the values of the parts.

        It raises ArithmeticError or ValueError where a part is undefined.
        """
        writer = Writer(self._parts, {**self.variables, "t": "t"})
        for variable, node in zip(self.results, self._parts, strict=True):
            writer.assign(variable, node)
        body = "".join(f"    {line}\n" for line in writer.lines)
        results = "".join(f"{variable}, " for variable in self.results)
        source = f"def shared(t):\n{body}    return ({results})\n"
        shared: Callable[[float], tuple[float, ...]] = compile_source(
            source, "shared", scalar_functions()
        )
        return shared
