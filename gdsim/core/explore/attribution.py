"""Which point each of many descents reached: a known minimum, a point found here, or none.

A descent stops close to a stationary point, not on it. Last points that lie together, and apart
from all others, belong to one point; those scattered along a flat stretch belong to none.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from gdsim.core.arrays import Floats, Indices, Labels
from gdsim.core.ensemble.ensemble import Ends
from gdsim.core.explore.labels import LABELS
from gdsim.core.loss.objective import Objective
from gdsim.core.run.ending import Outcome

MOST_FOUND = 200

# Distances count in the widths of the home view. A known minimum draws from farther: what is near
# it can hardly be anything else.
_NEAR_KNOWN = 1e-2
_NEAR = (2e-3, 1e-2)
_APART = 3.0  # ends this many times farther than those of a group do not exist
_ALMOST_ALL = 0.95
_MOST_MISSES = 32  # in a row; the rest then belongs to no point
_ENOUGH = 8  # ends at a kink, where no derivative tells that it is one
_DIFFERENCE = 1e-4
_SINGULAR = 1e-9
_NEWTON_STEPS = 8
_THERE = 1e-9


class Kind(Enum):
    """What the loss is like around a point at which descents stop."""

    MINIMUM = "minimum"
    SADDLE = "saddle"
    MAXIMUM = "maximum"


@dataclass(frozen=True, slots=True)
class FoundPoint:
    """A point at which descents stop. ``known``: it is a minimum of the catalogue's entry."""

    at: tuple[float, ...]
    value: float
    kind: Kind = Kind.MINIMUM
    known: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """``labels`` (n,): an index of ``found_points``, or a label of an outcome."""

    labels: Labels
    found_points: tuple[FoundPoint, ...]

    def count(self, label: int) -> int:
        """The number of descents with this label."""
        return int(np.count_nonzero(self.labels == label))

    def share(self, label: int) -> float:
        """Their share of all descents, from 0 to 1."""
        return self.count(label) / max(1, self.labels.size)


def known_points(minima: Sequence[tuple[tuple[float, ...], float]]) -> tuple[FoundPoint, ...]:
    """Minima that are known in advance, from pairs of point and value."""
    return tuple(FoundPoint(tuple(at), value, known=True) for at, value in minima)


def attribute(
    ends: Ends,
    objective: Objective,
    scale: Sequence[float],
    found_points: Sequence[FoundPoint] = (),
) -> Attribution:
    """The point that every descent reached, at once; see :func:`attributing`."""
    work = attributing(ends, objective, scale, found_points)
    while True:
        try:
            next(work)
        except StopIteration as finished:
            found: Attribution = finished.value
            return found


def attributing(
    ends: Ends,
    objective: Objective,
    scale: Sequence[float],
    found_points: Sequence[FoundPoint] = (),
    most: int = MOST_FOUND,
) -> Generator[None, None, Attribution]:
    """The point that every descent reached, found in small pieces of work.

    Parameters
    ----------
    ends : of an ensemble, some columns of which may still run.
    scale : (d,), the width of the home view along each parameter.
    found_points : those known so far; they keep their indices, and new ones come after them.
    most : no further point is looked for when there are so many.
    """
    labels = np.full(len(ends), LABELS[Outcome.STEP_LIMIT], dtype=np.int16)
    for failure in (Outcome.DIVERGED, Outcome.UNDEFINED):
        labels[ends.are(failure)] = LABELS[failure]
    resting = np.flatnonzero(ends.are(Outcome.STOP_RULE))
    labels[resting] = LABELS[Outcome.STOP_RULE]
    found = list(found_points)
    widths = np.asarray(scale, dtype=np.float64)
    # Beyond what squares of distances can hold nothing is near anything.
    points = np.clip(ends.theta[:, resting] / widths[:, np.newaxis], -1e100, 1e100)
    _assign_known(labels, resting, points, found, widths)
    for near in _NEAR:
        left = np.flatnonzero(labels[resting] == LABELS[Outcome.STOP_RULE])
        groups = _find(labels, resting[left], points[:, left], found, objective, widths, near)
        while len(found) < most:
            yield
            with np.errstate(all="ignore"):
                if next(groups, None) is None:
                    break
    return Attribution(labels, tuple(found))


def _assign_known(
    labels: Labels,
    columns: Indices,
    points: Floats,
    found_points: Sequence[FoundPoint],
    widths: Floats,
) -> None:
    nearest = np.full(columns.size, np.inf)
    for index, point in enumerate(found_points):
        reach = _NEAR_KNOWN if point.known else _NEAR[0] * _APART
        distance = _distances(points, np.array(point.at) / widths)
        closer = (distance <= reach) & (distance < nearest)
        nearest[closer] = distance[closer]
        labels[columns[closer]] = index


def _find(
    labels: Labels,
    columns: Indices,
    points: Floats,
    found_points: list[FoundPoint],
    objective: Objective,
    widths: Floats,
    near: float,
) -> Iterator[int]:
    """Look for groups of ends, where they lie closest first: one seed after the other.

    Yields
    ------
    how many points there are, before a seed is looked at.
    """
    free = np.ones(columns.size, dtype=bool)
    misses = 0
    for seed in _crowded(points, near):
        if misses >= _MOST_MISSES:
            return
        if not free[seed]:
            continue
        yield len(found_points)
        middle = np.median(points[:, _distances(points, points[:, seed]) <= near], axis=1)
        distance = _distances(points, middle)
        distance[~free] = np.inf
        inside, around = distance <= near, distance <= near * _APART
        members = int(np.count_nonzero(inside))
        free[seed] = False
        free[inside] = False
        misses += 1
        if members == 0 or members < _ALMOST_ALL * np.count_nonzero(around):
            continue
        theta = points[:, np.argmin(distance)] * widths
        point = _point_beside(objective, theta, widths, near, members)
        if point is None:
            continue
        misses = 0
        free[around] = False
        labels[columns[around]] = _index(point, found_points, widths, near)


def _distances(points: Floats, middle: Floats) -> Floats:
    total = np.zeros(points.shape[1])
    for row, value in zip(points, middle, strict=True):
        total += (row - value) ** 2
    return np.sqrt(total)


def _crowded(points: Floats, near: float) -> Indices:
    """One of the points in each small cell of the space, the fullest cells first."""
    if not points.size:
        return np.empty(0, dtype=np.intp)
    mixed = np.zeros(points.shape[1], dtype=np.uint64)
    with np.errstate(over="ignore"):
        for row in points:
            cells = np.clip(np.floor(row / near), -(2.0**62), 2.0**62).astype(np.int64)
            mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + cells.astype(np.uint64)
    _, first, counts = np.unique(mixed, return_index=True, return_counts=True)
    return np.asarray(first[np.argsort(-counts, kind="stable")])


def _point_beside(
    objective: Objective, theta: Floats, widths: Floats, near: float, members: int
) -> FoundPoint | None:
    """The stationary point near θ; None where there is no isolated one.

    Newton's method finds it in a few small steps; where it walks far, there is none nearby. Where
    the loss does not curve along some direction, θ is one of a whole line of such points, or it
    lies at a kink.
    """
    at, walked, kind = theta, 0.0, Kind.MINIMUM
    for _ in range(_NEWTON_STEPS):
        gradient = objective.gradient(at) * widths
        hessian = _curvature(objective, at, widths)
        if not (np.isfinite(hessian).all() and np.isfinite(gradient).all()):
            return None
        values, directions = np.linalg.eigh(hessian)
        slopes = directions.T @ gradient
        largest = float(np.max(np.abs(values)))
        flat = np.abs(values) <= _SINGULAR * largest
        if flat.any():
            kinked = np.abs(slopes[flat]) > 1e-6 * max(largest, float(np.abs(slopes).max()))
            if not kinked.all() or members < _ENOUGH:
                return None
            break
        step = directions @ (slopes / values)
        length = float(np.linalg.norm(step))
        walked += length
        if walked > near:
            return None
        at = at - step * widths
        kind = _kind_of(values)
        if length < _THERE:
            break
    # Where the slope jumps, Newton's method may lead past the lowest point.
    if kind is Kind.MINIMUM and not objective.value(at) <= objective.value(theta):
        at = theta
    return FoundPoint(tuple(at.tolist()), float(objective.value(at)), kind)


def _kind_of(curvatures: Floats) -> Kind:
    if (curvatures > 0).all():
        return Kind.MINIMUM
    return Kind.MAXIMUM if (curvatures < 0).all() else Kind.SADDLE


def _index(point: FoundPoint, found_points: list[FoundPoint], widths: Floats, near: float) -> int:
    """The index of the point, which is appended unless it is there already."""
    if found_points:
        others = np.array([other.at for other in found_points]).T / widths[:, np.newaxis]
        distance = _distances(others, np.array(point.at) / widths)
        nearest = int(np.argmin(distance))
        if distance[nearest] <= near:
            return nearest
    found_points.append(point)
    return len(found_points) - 1


def _curvature(objective: Objective, theta: Floats, widths: Floats) -> Floats:
    """The Hessian in widths of the view, by central differences of the exact gradient.

    Only its signs and sizes are used. Deriving the exact one with SymPy could take longer than
    closing the window may take.
    """
    steps = np.diag(widths * _DIFFERENCE)
    points = theta[:, np.newaxis] + np.hstack((steps, -steps))
    slopes = objective.gradient(points) * widths[:, np.newaxis]
    d = len(theta)
    differences = (slopes[:, :d] - slopes[:, d:]) / (2 * _DIFFERENCE)
    return np.asarray((differences + differences.T) / 2)
