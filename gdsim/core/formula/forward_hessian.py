"""The Hessian of a long formula as numbers: value, ∇ and ∇² carried through its tree.

Written down as formulas, the d(d + 1)/2 second derivatives of a long formula of many parameters
take minutes. Here every operation of the tree passes on its value u with ∇u and ∇²u, by the chain
rule for f(u₁, u₂, …):

∇²f = Σᵢ fᵢ ∇²uᵢ + Σᵢⱼ fᵢⱼ ∇uᵢ ∇uⱼᵀ

The slopes fᵢ and fᵢⱼ of a single operation are those of :mod:`gdsim.core.formula.symbolic`, so that
nothing is differentiated by hand. An operation carries only the parameters that it depends on.

It is written by hand because libraries for automatic differentiation do not read our trees, and are
hundreds of megabytes large.

References
----------
Griewank & Walther, *Evaluating Derivatives*, 2nd ed., SIAM, 2008, section 13.2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from gdsim.core.arrays import Floats, Indices
from gdsim.core.formula.expression import (
    Call,
    Name,
    Negate,
    Node,
    Number,
    Power,
    Product,
    Sum,
    names_in,
)
from gdsim.core.formula.kinks import gate
from gdsim.core.formula.python_source import compile_array

_CELLS = 1 << 22
"""Numbers held in memory at once. The order of the additions depends on it."""

_ZERO, _HALF = Number(0.0), Number(0.5)


def _operands(count: int) -> tuple[Name, ...]:
    return tuple(Name(f"u{place}") for place in range(count))


_FIRST, _SECOND = _operands(2)

_Slot = Indices
_Part = tuple[tuple[_Slot, ...], Floats]
"""An array (…, m), and the places of its first axes in a larger array."""


@dataclass(frozen=True, slots=True)
class _Jet:
    """Value, ∇ and ∇² of a part over rows: (m,), (k, m), (k, k, m); m is 1 where all rows agree.

    ``bend`` is None where it is zero everywhere.
    """

    value: Any
    slope: Floats
    bend: Floats | None


@dataclass(frozen=True, slots=True)
class _Local:
    """One operation: ``function(u₁, …)`` gives f, every fᵢ, and the fᵢⱼ of ``pairs``."""

    function: Callable[..., Any]
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Operation:
    """One operation of the tape: its operands, and the parameters that it depends on (``active``).

    ``slots`` gives, for every operand, the places of its parameters among ``active``. A sum has
    ``signs``, any other operation its ``local`` slopes, and a part without parameters a ``given``
    function of the columns.
    """

    active: tuple[int, ...]
    operands: tuple[int, ...] = ()
    slots: tuple[_Slot, ...] = ()
    signs: tuple[int, ...] = ()
    local: _Local | None = None
    given: Callable[..., Any] | None = None


class ForwardHessian:
    """∇²L, row after row, of a formula or of its mean over rows.

    Parameters
    ----------
    root : L(θ), or the loss of a row.
    parameters : the order of θ.
    names : the names of the columns of data.
    columns : (n,) each, the columns; none where L is not a mean over rows.

    Raises
    ------
    Problem : where an operation has no derivative that floats can hold.
    """

    def __init__(
        self,
        root: Node,
        parameters: Sequence[str],
        names: Sequence[str] = (),
        columns: Sequence[Floats] = (),
    ) -> None:
        self._dimension = len(parameters)
        self._tape = _Tape(parameters, names)
        self._root = self._tape.place(root)
        self._columns = columns

    def over(self, columns: Sequence[Floats]) -> ForwardHessian:
        """The same Hessian over other rows."""
        other = ForwardHessian.__new__(ForwardHessian)
        other._dimension, other._tape, other._root = self._dimension, self._tape, self._root
        other._columns = columns
        return other

    def at_point(self, point: Sequence[float]) -> Floats:
        """At one θ: (d·d,), NaN or infinite where it is undefined."""
        count = len(self._columns[0]) if self._columns else 1
        width = self._tape.width
        total = np.zeros((self._dimension, self._dimension))
        with np.errstate(all="ignore"):
            for first in range(0, count, width):
                rows = [column[first : first + width] for column in self._columns]
                total += _Pass(self._tape, point, rows).total(self._root)
            return (total / count).ravel()

    def at_points(self, points: Floats) -> Floats:
        """At points (d, …): (d·d, …)."""
        flat = points.reshape(len(points), -1)
        results = np.empty((self._dimension**2, flat.shape[1]))
        if self._columns:
            for place in range(flat.shape[1]):
                results[:, place] = self.at_point(flat[:, place].tolist())
        else:
            width = self._tape.width
            with np.errstate(all="ignore"):
                for first in range(0, flat.shape[1], width):
                    together = _Pass(self._tape, flat[:, first : first + width], ())
                    results[:, first : first + width] = together.each(self._root)
        return results.reshape(-1, *points.shape[1:])


class _Tape:
    """The operations of a tree in an order in which they can be computed, each once."""

    def __init__(self, parameters: Sequence[str], names: Sequence[str]) -> None:
        self.operations: list[_Operation] = []
        self._parameters = {name: place for place, name in enumerate(parameters)}
        self._names = names
        self._places: dict[Node, int] = {}

    @cached_property
    def width(self) -> int:
        """How many rows or points are computed at once."""
        sizes = (len(operation.active) for operation in self.operations)
        return max(1, _CELLS // sum(1 + size + size * size for size in sizes))

    def place(self, node: Node) -> int:
        """The place of a tree on the tape; a new tree is added."""
        if node not in self._places:
            self._places[node] = self._put(node)
        return self._places[node]

    def _put(self, node: Node) -> int:
        if self._parameters.keys().isdisjoint(names_in(node)):
            constant = compile_array(self._names, [node])
            return self._add(_Operation((), given=constant))
        match node:
            case Name(name):
                return self._add(_Operation((self._parameters[name],)))
            case Negate(operand):
                return self._linear((-1,), (self.place(operand),))
            case Sum(terms):
                signs = tuple(sign for sign, _ in terms)
                return self._linear(signs, tuple(self.place(term) for _, term in terms))
            case Product(factors):
                return self._product(factors)
            case Call("sqrt", (base,)) if of_base := gate(base, _HALF):
                return self._gated(base, _HALF, of_base)
            case Power(base, exponent) if of_base := gate(base, exponent):
                return self._gated(base, exponent, of_base)
            case Power(base, exponent) if not names_in(exponent):
                return self._applied(Power(_FIRST, exponent), base)
            case Power(base, exponent) if not names_in(base):
                return self._applied(Power(base, _FIRST), exponent)
            case Power(base, exponent):
                return self._applied(Power(_FIRST, _SECOND), base, exponent)
            case Call(function, arguments):
                return self._applied(Call(function, _operands(len(arguments))), *arguments)
        raise AssertionError(node)

    def _gated(self, base: Node, exponent: Node, of_base: Node) -> int:
        """A power whose base has kinks and so a gate."""
        if names_in(exponent):
            return self._applied(Call("kinked_power", _operands(3)), base, exponent, of_base)
        return self._applied(Call("kinked_power", (_FIRST, exponent, _SECOND)), base, of_base)

    def _product(self, factors: tuple[tuple[int, Node], ...]) -> int:
        (power, first), *others = factors
        total = self.place(first)
        if power < 0:
            total = self._local(Product(((-1, _FIRST),)), (total,))
        for power, factor in others:
            pair = Product(((1, _FIRST), (power, _SECOND)))
            total = self._local(pair, (total, self.place(factor)))
        return total

    def _applied(self, operation: Node, *operands: Node) -> int:
        return self._local(operation, tuple(self.place(operand) for operand in operands))

    def _local(self, operation: Node, operands: tuple[int, ...]) -> int:
        active, slots = self._joined(operands)
        local = _local(operation, len(operands))
        return self._add(_Operation(active, operands, slots, local=local))

    def _linear(self, signs: tuple[int, ...], operands: tuple[int, ...]) -> int:
        active, slots = self._joined(operands)
        return self._add(_Operation(active, operands, slots, signs))

    def _joined(self, operands: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[_Slot, ...]]:
        """The parameters of all operands, and the places of each operand's among them."""
        each = [self.operations[operand].active for operand in operands]
        active = tuple(sorted(set().union(*each)))
        places = {parameter: place for place, parameter in enumerate(active)}
        slots = tuple(np.array([places[parameter] for parameter in own], int) for own in each)
        return active, slots

    def _add(self, operation: _Operation) -> int:
        self.operations.append(operation)
        return len(self.operations) - 1


@lru_cache(maxsize=256)
def _local(operation: Node, operands: int) -> _Local:
    """The derivatives of one operation on u0, u1, …, found by SymPy."""
    from gdsim.core.formula.symbolic import gradient, hessian

    names = [operand.name for operand in _operands(operands)]
    slopes = gradient(operation, names)
    if isinstance(operation, Call) and operation.function in ("max", "min"):
        return _Local(compile_array(names, [operation, *slopes]), ())  # straight but for its kinks
    value: Node = operation
    if isinstance(operation, Call) and operation.function == "kinked_power":
        base, exponent, _ = operation.arguments
        value = Power(base, exponent)
    bends = hessian(operation, names)
    pairs = [(i, j) for i in range(operands) for j in range(i + 1) if bends[i][j] != _ZERO]
    nodes = [value, *slopes, *(bends[i][j] for i, j in pairs)]
    return _Local(compile_array(names, nodes), tuple(pairs))


class _Pass:
    """One evaluation of a tape: at one θ and over some rows, or at many θ, (d, m), without rows."""

    def __init__(
        self, tape: _Tape, point: Sequence[float] | Floats, rows: Sequence[Floats]
    ) -> None:
        self._operations = tape.operations
        self._point = point
        self._rows = rows
        self._dimension = len(point)
        self._count = len(rows[0]) if rows else 1
        self._jets: list[_Jet | None] = [None] * len(self._operations)

    def each(self, place: int) -> Floats:
        """∇² at each θ, (d·d, m)."""
        own, bend = self._operations[place].active, self._jet(place).bend
        whole = np.zeros((self._dimension, self._dimension, np.size(self._point[0])))
        if bend is not None:
            whole[np.ix_(own, own)] = bend
        return whole.reshape(self._dimension**2, -1)

    def total(self, place: int) -> Floats:
        """The sum of ∇² over the rows, (d, d); the rows of the last operations are not stored."""
        operation = self._operations[place]
        whole = np.zeros((self._dimension, self._dimension))
        if operation.signs:
            for sign, operand in zip(operation.signs, operation.operands, strict=True):
                whole += sign * self.total(operand)
        elif operation.local is not None:
            jets = [self._jet(operand) for operand in operation.operands]
            each = [self._operations[operand].active for operand in operation.operands]
            _, slopes, bends = self._differentiated(operation.local, jets)
            for slope, jet, own in zip(slopes, jets, each, strict=True):
                if jet.bend is not None:
                    whole[np.ix_(own, own)] += self._over_rows(slope * jet.bend).sum(axis=-1)
            for (i, j), bend in bends:
                left, right = self._over_rows(bend * jets[i].slope), self._over_rows(jets[j].slope)
                product = left @ right.T
                whole[np.ix_(each[i], each[j])] += product
                if i != j:
                    whole[np.ix_(each[j], each[i])] += product.T
        return whole

    def _over_rows(self, values: Floats) -> Floats:
        """(…, m) as (…, n)."""
        return np.broadcast_to(values, (*values.shape[:-1], self._count))

    def _jet(self, place: int) -> _Jet:
        jet = self._jets[place]
        if jet is None:
            jet = self._jets[place] = self._computed(self._operations[place])
        return jet

    def _computed(self, operation: _Operation) -> _Jet:
        if operation.given is not None:
            value = np.atleast_1d(np.asarray(operation.given(*self._rows)[0], dtype=np.float64))
            return _Jet(value, np.empty((0, 1)), None)
        if not operation.operands:
            value = np.atleast_1d(self._point[operation.active[0]])
            return _Jet(value, np.ones((1, 1)), None)
        jets = [self._jet(operand) for operand in operation.operands]
        bends: list[tuple[tuple[int, int], Any]] = []
        slopes: Sequence[Any] = operation.signs
        if operation.local is None:
            value = sum(sign * jet.value for sign, jet in zip(slopes, jets, strict=True))
        else:
            value, slopes, bends = self._differentiated(operation.local, jets)
        slots = operation.slots
        firsts: list[_Part] = []
        seconds: list[_Part] = []
        for slope, jet, slot in zip(slopes, jets, slots, strict=True):
            firsts.append(((slot,), slope * jet.slope))
            if jet.bend is not None:
                seconds.append(((slot, slot), slope * jet.bend))
        for (i, j), bend in bends:
            product = (bend * jets[i].slope)[:, np.newaxis] * jets[j].slope
            seconds.append(((slots[i], slots[j]), product))
            if i != j:
                seconds.append(((slots[j], slots[i]), product.swapaxes(0, 1)))
        size = len(operation.active)
        bent = _gathered((size, size), seconds) if seconds else None
        return _Jet(value, _gathered((size,), firsts), bent)

    def _differentiated(
        self, local: _Local, jets: Sequence[_Jet]
    ) -> tuple[Any, Sequence[Any], list[tuple[tuple[int, int], Any]]]:
        """f, all fᵢ, and the fᵢⱼ that are not zero, with their i and j."""
        value, *rest = local.function(*(jet.value for jet in jets))
        slopes, bends = rest[: len(jets)], rest[len(jets) :]
        return value, slopes, list(zip(local.pairs, bends, strict=True))


def _gathered(shape: tuple[int, ...], parts: Sequence[_Part]) -> Floats:
    """The sum of arrays (…, m), each placed by its own slots along the first axes."""
    whole = np.zeros((*shape, max(part.shape[-1] for _, part in parts)))
    for places, part in parts:
        whole[np.ix_(*places)] += part
    return whole
