"""The lines of the array code, with those that watch where the scalar code would have raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gdsim.core.ensemble.hoisting import Clock
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


class Page:
    """The lines of a row; what they assign is watched.

    Parameters
    ----------
    writer : of all the trees that will be assigned.
    telling : the parts that need no watching, because what must be finite tells of them.
    careful : whether to say column by column where the arithmetic fails, or only, by one array
        whose sum is not finite, that it may have failed somewhere.
    """

    def __init__(self, writer: Writer, telling: set[Node], careful: bool) -> None:
        self._writer = writer
        self._telling = telling
        self._careful = careful
        self._watched: set[Node] = set()
        self._suspects: list[str] = []
        self.suspected: list[Node] = []
        """The parts that are watched for themselves."""
        self.lines = writer.lines
        if careful:
            self.lines.append("check = False")

    def assign(self, variable: str, node: Node) -> None:
        """``variable = node``, every part of it watched."""
        for part in _parts(node):
            if part not in self._watched and _is_risky(part):
                self._watched.add(part)
                self._watch(part)
        self._writer.assign(variable, node)

    def solve(self, targets: list[str], gradient: list[str], hessian: list[str]) -> None:
        """Newton's direction."""
        left = "".join(f"{name}, " for name in targets)
        self.lines.append(f"{left}= solve_(({', '.join(gradient)},), ({', '.join(hessian)},))")
        if self._careful:
            given = ", ".join((*gradient, *hessian))
            self._fail(f"check | failed_({targets[0]}, {given})")
            if len(targets) == 1:
                self._fail("check | (h0 == 0.0)")
        else:
            self._suspects += targets

    def finish(self, required: Iterable[str]) -> None:
        """Add what must be finite, and write the check."""
        if self._careful:
            for name in required:
                self._fail(f"check | unsound_({name})")
            return
        first, second, *others = (*required, *self._suspects)
        self.lines.append(f"check = {first} + {second}")
        self.lines += [f"check += {name}" for name in others]

    def _watch(self, part: Node) -> None:
        if not self._careful:
            if part not in self._telling:
                self._suspects.append(self._held(part))
                self.suspected.append(part)
        elif isinstance(part, Product):
            for factor in _denominators(part):
                self._fail(f"check | ({self._held(factor)} == 0.0)")
        else:
            given = [self._held(argument) for argument in children(part)]
            self._fail(f"check | failed_({', '.join((self._held(part), *given))})")

    def _held(self, node: Node) -> str:
        variable = f"k{len(self.lines)}"
        self._writer.assign(variable, node)
        return variable

    def _fail(self, condition: str) -> None:
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
    """What is divided by and may be zero in some columns only; the clock looks at the others."""
    return [
        factor
        for power, factor in part.factors
        if power < 0 and not isinstance(factor, Number) and not Clock.holds(factor)
    ]


def telling(roots: Iterable[Node], lines: Mapping[str, Node]) -> set[Node]:
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
