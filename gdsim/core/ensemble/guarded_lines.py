"""Array code with checks at the places where the scalar code would raise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gdsim.core.ensemble.hoisting import SharedParts
from gdsim.core.formula.expression import (
    Call,
    Name,
    Negate,
    Node,
    Number,
    Power,
    Product,
    Sum,
    children,
)
from gdsim.core.formula.python_source import Writer

# These do not raise, or make the whole result NaN where they do (gated_power).
_HARMLESS = frozenset(
    (
        "abs sign step heaviside share floor min max"
        " sigmoid softplus relu leaky_relu huber gated_power"
    ).split()
)


class GuardedLines:
    """The lines of a row, which check what they assign.

    Parameters
    ----------
    writer : of all the trees that will be assigned.
    propagating : the parts that need no check of their own, because something that must be finite
        is infinite or NaN whenever they are.
    by_column : whether to find the columns in which the arithmetic fails, or only, by one array
        whose sum is then not finite, whether it may have failed in any.
    """

    def __init__(self, writer: Writer, propagating: set[Node], by_column: bool) -> None:
        self._writer = writer
        self._propagating = propagating
        self._by_column = by_column
        self._seen: set[Node] = set()
        self._checks: list[str] = []
        self.checked_parts: list[Node] = []
        """The parts that have a check of their own."""
        self.lines = writer.lines
        if by_column:
            self.lines.append("check = False")

    def assign(self, variable: str, node: Node) -> None:
        """``variable = node``, with a check of every part."""
        for part in _parts(node):
            if part not in self._seen and _is_risky(part):
                self._seen.add(part)
                self._check(part)
        self._writer.assign(variable, node)

    def solve(self, targets: list[str], gradient: list[str], hessian: list[str]) -> None:
        """Newton's direction."""
        left = "".join(f"{name}, " for name in targets)
        self.lines.append(f"{left}= solve_(({', '.join(gradient)},), ({', '.join(hessian)},))")
        if self._by_column:
            given = ", ".join((*gradient, *hessian))
            self._add_failure(f"check | failed_({targets[0]}, {given})")
            if len(targets) == 1:
                self._add_failure("check | (h0 == 0.0)")
        else:
            self._checks += targets

    def finish(self, required: Iterable[str]) -> None:
        """Add what must be finite, and write the check."""
        if self._by_column:
            for name in required:
                self._add_failure(f"check | unsound_({name})")
            return
        first, second, *others = (*required, *self._checks)
        self.lines.append(f"check = {first} + {second}")
        self.lines += [f"check += {name}" for name in others]

    def _check(self, part: Node) -> None:
        if not self._by_column:
            if part not in self._propagating:
                self._checks.append(self._held(part))
                self.checked_parts.append(part)
        elif isinstance(part, Product):
            for factor in _denominators(part):
                self._add_failure(f"check | ({self._held(factor)} == 0.0)")
        else:
            given = [self._held(argument) for argument in children(part)]
            self._add_failure(f"check | failed_({', '.join((self._held(part), *given))})")

    def _held(self, node: Node) -> str:
        variable = f"k{len(self.lines)}"
        self._writer.assign(variable, node)
        return variable

    def _add_failure(self, condition: str) -> None:
        self.lines.append(f"check = {condition}")


def _parts(node: Node) -> Iterator[Node]:
    """Every part that has parts, children before parents."""
    inner = children(node)
    for child in inner:
        yield from _parts(child)
    if inner:
        yield node


def _is_risky(part: Node) -> bool:
    """Whether the scalar code may raise at this part."""
    match part:
        case Product():
            return bool(_denominators(part))
        case Power(_, exponent):
            return exponent not in (Number(2.0), Number(3.0))
        case Call(function, _):
            return function not in _HARMLESS
        case _:
            return False


def _denominators(part: Product) -> list[Node]:
    """What is divided by and may be zero in some columns only; the shared parts hold the others."""
    return [
        factor
        for power, factor in part.factors
        if power < 0 and not isinstance(factor, Number) and not SharedParts.holds(factor)
    ]


def propagating_parts(roots: Iterable[Node], lines: Mapping[str, Node]) -> set[Node]:
    """The parts that make a root infinite or NaN whenever they are."""
    found: set[Node] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node in found:
            continue
        found.add(node)
        match node:
            case Name(name) if name in lines:
                waiting.append(lines[name])
            case Negate(operand):
                waiting.append(operand)
            case Sum(terms):
                waiting += [term for _, term in terms]
            case Product(factors):
                waiting += [factor for power, factor in factors if power > 0]
            case Power(base, Number(value)) if value > 0:
                waiting.append(base)
            case Call("sqrt" | "abs", arguments):
                waiting += arguments
    return found
