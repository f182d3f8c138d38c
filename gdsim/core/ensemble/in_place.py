"""Array code without branches, rewritten so that every result goes to an existing array.

A formula over arrays makes a new array for each of its operations. Written as calls with an array
for the result, and with few arrays that are used again and again, the same operations in the same
order stay in the processor's cache: about half as fast again.

It is written by hand because compilers for array code, such as Numba, are larger than the rest of
the program, and numexpr was slower.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add_",
    ast.Sub: "subtract_",
    ast.Mult: "multiply_",
    ast.Div: "divide_",
}
_UNIT_STEPS = {"step_": 0.0, "heaviside_": 0.5}
_FOLDED = {"min_": "minimum_", "max_": "maximum_"}

UFUNCS: dict[str, Any] = {
    **{
        f"{name}_": getattr(np, name)
        for name in (
            "add subtract multiply divide negative minimum maximum hypot copyto"
            " sqrt exp log sin cos tan sinh cosh tanh floor abs sign"
        ).split()
    },
    "asin_": np.arcsin,
    "acos_": np.arccos,
    "atan_": np.arctan,
    "pow_": np.power,
    "unit_step_": np.heaviside,
    "array_": np.array,
}
"""What the rewritten code calls, beside the functions that it was given with."""


@dataclass(slots=True)
class _Operation:
    """``target = function(operands)`` over arrays; without a function a line as it stands."""

    target: str
    function: str
    operands: list[str]
    line: ast.Assign | None = None


@dataclass(frozen=True, slots=True)
class StraightLine:
    """``lines`` write to the arrays ``o0…`` of the results and to ``temporaries`` arrays ``t0…``.

    ``kept``: what holds each of the names that are read at the end. ``constants``: numbers as
    arrays, which NumPy need not convert again and again.
    """

    lines: list[str]
    kept: list[str]
    temporaries: int
    constants: dict[str, Any]


def rewrite(
    lines: Sequence[str],
    arrays: Iterable[str],
    numbers: Iterable[str],
    kept: Sequence[str],
    results: Sequence[str],
) -> StraightLine:
    """The same computation in place.

    Parameters
    ----------
    lines : assignments of sums, products, quotients and calls of known functions.
    arrays, numbers : the names that are held before the first line.
    kept : names whose values must last to the end. results : names whose values go to o0, o1, ….
    """
    rewriter = _Rewriter(arrays, numbers)
    for statement in ast.parse("\n".join(lines)).body:
        rewriter.take(statement)
    return rewriter.finish(kept, results)


@dataclass(slots=True)
class _Arrays:
    """Which array holds each value, and which are free."""

    held: dict[str, str] = field(default_factory=dict)
    free: list[str] = field(default_factory=list)
    count: int = 0

    def release(self, value: str) -> None:
        array = self.held.get(value, "")
        if array.startswith("t"):
            self.free.append(array)

    def take(self, value: str) -> str:
        if not self.free:
            self.free.append(f"t{self.count}")
            self.count += 1
        self.held[value] = self.free.pop()
        return self.held[value]


class _Rewriter:
    """First a list of operations with a name of its own for every value, then arrays for these."""

    def __init__(self, arrays: Iterable[str], numbers: Iterable[str]) -> None:
        self._arrays = set(arrays)
        self._numbers = set(numbers)
        self._values: dict[str, str] = {}  # name → the value that it stands for
        self._operations: list[_Operation] = []
        self._constants: dict[str, str] = {}  # number → name

    def take(self, statement: ast.stmt) -> None:
        """Rewrite one assignment."""
        if isinstance(statement, ast.AugAssign):
            assert isinstance(statement.target, ast.Name)
            old = ast.Name(statement.target.id)
            self._bind(statement.target.id, ast.BinOp(old, statement.op, statement.value))
            return
        assert isinstance(statement, ast.Assign)
        (target,) = statement.targets
        if isinstance(target, ast.Name):
            self._bind(target.id, statement.value)
            return
        # A function that gives several new arrays.
        assert isinstance(target, ast.Tuple)
        names = [name.id for name in target.elts if isinstance(name, ast.Name)]
        given = [node.id for node in ast.walk(statement.value) if isinstance(node, ast.Name)]
        operands = [self._values.get(name, name) for name in given]
        self._operations.append(_Operation("", "", operands, statement))
        self._arrays.update(names)

    def _bind(self, name: str, expression: ast.expr) -> None:
        value = self._value(expression)
        if value not in self._arrays:
            line = ast.Assign([ast.Name(name)], ast.parse(value, mode="eval").body, lineno=1)
            self._operations.append(_Operation(name, "", [], line))
            value = name
        self._values[name] = value

    def _value(self, expression: ast.expr) -> str:
        """The name of the value, or the text of a number."""
        match expression:
            case ast.Name(name):
                return self._values.get(name, name)
            case ast.BinOp(left, operator, right):
                return self._operation(_OPERATORS[type(operator)], [left, right], expression)
            case ast.UnaryOp(_, operand) if not isinstance(operand, ast.Constant):
                return self._operation("negative_", [operand], expression)
            case ast.Call(ast.Name(name), arguments):
                return self._call(name, arguments, expression)
            case _:
                return ast.unparse(expression)

    def _call(self, name: str, arguments: list[ast.expr], whole: ast.expr) -> str:
        if name in _UNIT_STEPS:
            at_zero = ast.Constant(_UNIT_STEPS[name])
            return self._operation("unit_step_", [*arguments, at_zero], whole)
        if name == "huber_" and len(arguments) == 1:
            return self._operation(name, [*arguments, ast.Constant(1.0)], whole)
        if name in _FOLDED:
            total = arguments[0]
            for argument in arguments[1:]:
                total = ast.Call(ast.Name(_FOLDED[name]), [total, argument], [])
            return self._value(total)
        return self._operation(name, arguments, whole)

    def _operation(self, function: str, arguments: list[ast.expr], whole: ast.expr) -> str:
        operands = [self._value(argument) for argument in arguments]
        if not any(operand in self._arrays for operand in operands):
            return ast.unparse(whole)
        target = f"v{len(self._operations)}"
        operands = [self._converted(operand) for operand in operands]
        self._operations.append(_Operation(target, function, operands))
        self._arrays.add(target)
        return target

    def _converted(self, operand: str) -> str:
        try:
            number = repr(float(operand))
        except ValueError:
            return operand
        return self._constants.setdefault(number, f"k{len(self._constants)}")

    def finish(self, kept: Sequence[str], results: Sequence[str]) -> StraightLine:
        """Find arrays for all values and write the lines."""
        arrays = _Arrays()
        wanted = [self._values.get(name, name) for name in results]
        for number, value in enumerate(wanted):
            if value.startswith("v"):
                arrays.held.setdefault(value, f"o{number}")
        lasting = {*wanted, *(self._values.get(name, name) for name in kept)}
        last_use = {
            operand: number
            for number, operation in enumerate(self._operations)
            for operand in operation.operands
            if operand not in lasting
        }
        used = {operand for operation in self._operations for operand in operation.operands}
        lines = [f"{name} = array_({name})" for name in sorted(used & self._numbers)]
        for number, operation in enumerate(self._operations):
            operands = [arrays.held.get(value, value) for value in operation.operands]
            for value in set(operation.operands):
                if last_use.get(value) == number:
                    arrays.release(value)
            if operation.line is not None:
                lines.append(self._written(operation, arrays))
                continue
            target = operation.target
            array = arrays.held.get(target) or arrays.take(target)
            lines.append(f"{operation.function}({', '.join(operands)}, out={array})")
            if target not in last_use and target not in lasting:
                arrays.release(target)
        for number, value in enumerate(wanted):
            holder = arrays.held.get(value, value)
            if holder != f"o{number}":
                lines.append(f"copyto_(o{number}, {holder})")
        constants = {name: np.array(float(text)) for text, name in self._constants.items()}
        ends = [self._values.get(name, name) for name in kept]
        return StraightLine(
            lines, [arrays.held.get(value, value) for value in ends], arrays.count, constants
        )

    def _written(self, operation: _Operation, arrays: _Arrays) -> str:
        """A line as it stands, its names replaced by the arrays that hold their values."""
        assert operation.line is not None
        for node in ast.walk(operation.line.value):
            if isinstance(node, ast.Name):
                value = self._values.get(node.id, node.id)
                node.id = arrays.held.get(value, value)
        return ast.unparse(operation.line)
