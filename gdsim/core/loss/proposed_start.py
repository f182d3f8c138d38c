"""A start with a slope, for a user's own formula whose usual start, zeros, has none.

At a stationary point a descent ends before it has begun. A network whose hidden units all start
alike stays symmetric: each unit gets the same gradient, and they remain copies of one unit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.formula.expression import (
    Call,
    Name,
    Negate,
    Node,
    Product,
    Sum,
    children,
    names_in,
)
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.row_objective import RowObjective

_INDEXED = re.compile(r"(.*?)_?(\d+)")
_LEVEL = 1e-12
"""A slope of at most this, relative to the loss, counts as none."""

_RANDOM_TRIES = 32
_DIGITS = 2  # of a random start: it can be copied from the screen


class Flaw(Enum):
    """What is wrong with a start."""

    STATIONARY = "stationary"
    SYMMETRIC = "symmetric"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class ProposedStart:
    """A start, (d,), and what is wrong with the one that it is to replace."""

    at: tuple[float, ...]
    flaw: Flaw


def flaw_of(objective: Objective, start: Sequence[float]) -> Flaw | None:
    """What keeps a descent from going anywhere useful from this start (d,), if anything does."""
    theta = np.array(start, dtype=np.float64)
    loss, gradient = float(objective.value(theta)), objective.gradient(theta)
    if not (math.isfinite(loss) and np.isfinite(gradient).all()):
        return Flaw.UNDEFINED
    if float(np.abs(gradient).max()) <= _LEVEL * max(1.0, abs(loss)):
        return Flaw.STATIONARY
    return Flaw.SYMMETRIC if _has_equal_units(objective, theta) else None


def proposed_start(objective: Objective, seed: int = 0) -> ProposedStart | None:
    """A start with a slope where zeros have a flaw; None where a descent can start at zeros.

    For a network the weights are drawn as Glorot and Bengio propose: uniformly from ±√(6/(n + m)),
    where n inputs enter a unit and m units read it; biases are 0. For another formula all
    parameters are 1, or 2, ½ …, or 1, 2, 3 …, or random, whichever comes first that has a slope.

    Parameters
    ----------
    seed : of the random numbers.

    References
    ----------
    Glorot & Bengio, *Understanding the difficulty of training deep feedforward neural networks*,
    2010, equation 16.
    """
    flaw = flaw_of(objective, (0.0,) * objective.dimension)
    if flaw is None:
        return None
    for start in _candidates(objective, seed):
        if flaw_of(objective, start) is None:
            return ProposedStart(start, flaw)
    return None


def own_start(objective: Objective, seed: int = 0) -> tuple[float, ...]:
    """Zeros, or the start that is proposed where these have a flaw, (d,)."""
    proposed = proposed_start(objective, seed)
    return (0.0,) * objective.dimension if proposed is None else proposed.at


def _candidates(objective: Objective, seed: int) -> Iterator[tuple[float, ...]]:
    random = np.random.default_rng(seed)
    count = objective.dimension
    if _is_network(objective):
        for _ in range(_RANDOM_TRIES):
            yield _glorot(objective, random)
        return
    for number in (1.0, 2.0, 0.5, -1.0):
        yield (number,) * count
    yield tuple(float(index + 1) for index in range(count))
    for _ in range(_RANDOM_TRIES):
        yield _rounded(random.uniform(-3.0, 3.0, count))


def _rounded(numbers: Floats) -> tuple[float, ...]:
    return tuple(round(number, _DIGITS) + 0.0 for number in numbers.tolist())


# Networks


def _is_network(objective: Objective) -> bool:
    """Whether some function of a weighted sum is itself weighted: a hidden unit."""
    return bool(_units(objective))


def _root(objective: Objective) -> Node | None:
    if not isinstance(objective, RowObjective) or objective.prediction is None:
        return None
    return objective.prediction.root


def _units(objective: Objective) -> list[Call]:
    """The calls inside a model whose argument has parameters, and which have a weight."""
    root, names = _root(objective), set(objective.parameters)
    if root is None:
        return []
    found: list[Call] = []
    for terms in _sums(root):
        for term in terms:
            factors = _factors(term)
            has_weight = any(
                isinstance(factor, Name) and factor.name in names for factor in factors
            )
            found += [
                factor
                for factor in factors
                if has_weight and isinstance(factor, Call) and names & names_in(factor)
            ]
    return found


def _sums(node: Node) -> Iterator[list[Node]]:
    """The terms of every weighted sum in a tree; a term alone is a sum of one."""
    terms = list(_flat(node))
    yield terms
    for term in terms:
        for factor in _factors(term):
            for child in children(factor):
                yield from _sums(child)


def _flat(node: Node) -> Iterator[Node]:
    """The terms of a sum, those of sums among them included."""
    match node:
        case Sum(terms):
            for _, term in terms:
                yield from _flat(term)
        case Negate(operand):
            yield from _flat(operand)
        case _:
            yield node


def _factors(node: Node) -> list[Node]:
    match node:
        case Product(factors):
            return [part for _, factor in factors for part in _factors(factor)]
        case Negate(operand):
            return _factors(operand)
        case _:
            return [node]


def _glorot(objective: Objective, random: np.random.Generator) -> tuple[float, ...]:
    """Random weights by the sizes of the layers that the formula shows; biases are 0."""
    root, names = _root(objective), set(objective.parameters)
    assert root is not None
    sums = list(_sums(root))
    readers: dict[Call, int] = {}
    for terms in sums:
        for term in terms:
            for factor in _factors(term):
                if isinstance(factor, Call):
                    readers[factor] = readers.get(factor, 0) + 1
    owners = {id(terms): 1 for terms in sums}
    for call in readers:
        for argument in call.arguments:
            inside = list(_flat(argument))
            for terms in sums:
                if terms == inside:
                    owners[id(terms)] = readers[call]
    limits: dict[str, float] = {}
    for terms in sums:
        weighted = [(name, rest) for term in terms for name, rest in _weights(term, names)]
        for name, _ in weighted:
            limit = math.sqrt(6 / (len(weighted) + owners[id(terms)]))
            limits[name] = min(limit, limits.get(name, math.inf))
    drawn = random.uniform(-1.0, 1.0, objective.dimension)
    sizes = np.array([limits.get(name, 0.0) for name in objective.parameters])
    return _rounded(drawn * sizes)


def _weights(term: Node, names: set[str]) -> list[tuple[str, Node]]:
    """(weight, what it weighs) of a term such as a₁·tanh(…) or w·x; none for a bias alone."""
    factors = _factors(term)
    weights = [
        factor.name for factor in factors if isinstance(factor, Name) and factor.name in names
    ]
    others = [
        factor
        for factor in factors
        if isinstance(factor, Call) or (isinstance(factor, Name) and factor.name not in names)
    ]
    return [(weights[0], others[0])] if len(weights) == 1 and others else []


# Symmetry


def _has_equal_units(objective: Objective, theta: Floats) -> bool:
    """Whether two hidden units start alike, so that no gradient ever tells them apart.

    Units j and k are equal where exchanging their indices in all names leaves the loss the same
    everywhere, and leaves the start as it is.
    """
    if not _is_network(objective):
        return False
    positions = {name: index for index, name in enumerate(objective.parameters)}
    indices = sorted(
        {found[2] for name in positions if (found := _INDEXED.fullmatch(name))}, key=int
    )
    random = np.random.default_rng(0)
    for first, second in pairwise(indices):
        order = _exchanged(objective.parameters, positions, first, second)
        if order is None or not (theta[order] == theta).all():
            continue
        points = random.normal(size=(len(theta), 3))
        there, here = objective.value(points[order]), objective.value(points)
        if np.allclose(there, here, rtol=1e-9, atol=0.0):
            return True
    return False


def _exchanged(
    parameters: Sequence[str], positions: dict[str, int], first: str, second: str
) -> list[int] | None:
    """The positions of the parameters after exchanging two indices; None where names lack one."""
    swap = {first: second, second: first}
    order = []
    for name in parameters:
        found = _INDEXED.fullmatch(name)
        if found and found[2] in swap:
            partner = name[: found.start(2)] + swap[found[2]]
            if partner not in positions:
                return None
            order.append(positions[partner])
        else:
            order.append(positions[name])
    return order if order != list(range(len(parameters))) else None
