"""How a path moves, summed up row by row: the directions along which it does so most.

    C = Σᵢ (θᵢ − θ̄)(θᵢ − θ̄)ᵀ / n

The principal directions are the eigenvectors of C, and an eigenvalue's share of the trace is the
share of the movement that its direction explains.

References
----------
Li, Xu, Taylor, Studer & Goldstein, *Visualizing the loss landscape of neural nets*, 2018,
section 7; Lorch, *Visualizing deep network training trajectories with PCA*, 2016.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.landscape.plane import Plane

# A direction with less than this share of the movement is no more than rounding.
_ROUNDING = 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class PrincipalDirections:
    """The two directions along which a path moves most.

    ``u``, ``v`` (d,): orthonormal; ``shares``: of the movement, each in [0, 1], the larger first.
    """

    u: Floats
    v: Floats
    shares: tuple[float, float]

    def plane(self, origin: Sequence[float] | Floats, like: Plane | None = None) -> Plane:
        """The plane along both, counted from a point (d,).

        An eigenvector's opposite is one as well: with ``like``, those that point its way.
        """
        turn = np.ones(2)
        if like is not None:
            along = like.components(self.u)[0], like.components(self.v)[1]
            turn = np.where(np.array(along) < 0, -1.0, 1.0)
        return Plane.of(origin, turn[0] * self.u, turn[1] * self.v)


class PathStatistics:
    """What is needed of a path's rows to know its directions; the rows themselves are not kept.

    Adding n rows costs O(n d²), however many came before. Rows that are not finite are left out.
    """

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self.count = 0
        self._first: Floats | None = None
        self._sum = np.zeros(dimension)
        self._products = np.zeros((dimension, dimension))
        self._marks = np.empty((0, dimension))

    def add(self, rows: Floats) -> None:
        """Take further rows into account, (n, d)."""
        finite = np.isfinite(rows).all(axis=1)
        kept = rows if finite.all() else rows[finite]
        if not len(kept):
            return
        if self._first is None:
            self._first = kept[0].copy()
        self.count += len(kept)
        with np.errstate(all="ignore"):
            # Counted from the first row, small movements far from the origin keep their digits.
            moved = kept - self._first
            self._sum += moved.sum(axis=0)
            self._products += moved.T @ moved
        candidates = np.concatenate((self._marks, moved))
        ends = (candidates.argmin(axis=0), candidates.argmax(axis=0), [len(candidates) - 1])
        self._marks = candidates[np.concatenate(ends)]

    @property
    def extreme_points(self) -> Floats:
        """The first row, the newest, and those farthest along each parameter, (m, d)."""
        if self._first is None:
            return np.empty((0, self.dimension))
        return np.concatenate((self._first[np.newaxis], self._first + self._marks))

    def principal(self) -> PrincipalDirections | None:
        """The two principal directions; None before the path has moved, or where it is too far."""
        covariance = self._covariance()
        total = float(np.trace(covariance))
        if self.dimension < 2 or not 0 < total < np.inf:
            return None
        values, vectors = np.linalg.eigh(covariance)
        first, second = self._forwards(vectors[:, -1]), self._forwards(vectors[:, -2])
        shares = [max(float(value), 0.0) / total for value in (values[-1], values[-2])]
        if shares[1] <= _ROUNDING:
            # A path along a straight line: what is across it must not be left to rounding.
            second, shares = _across(first), [1.0, 0.0]
        return PrincipalDirections(first, second, (shares[0], shares[1]))

    def shares_along(self, plane: Plane) -> tuple[float, float]:
        """Which shares of the movement the two directions of a plane explain."""
        covariance = self._covariance()
        total = float(np.trace(covariance))
        if not 0 < total < np.inf:
            return (0.0, 0.0)
        along, across = ((plane.basis @ covariance) * plane.basis).sum(axis=1) / total
        return (float(along), float(across))

    def _covariance(self) -> Floats:
        """Σ (θᵢ − θ̄)(θᵢ − θ̄)ᵀ / n, (d, d)."""
        if not self.count:
            return self._products
        with np.errstate(all="ignore"):
            mean = self._sum / self.count
            return self._products / self.count - np.outer(mean, mean)

    def _forwards(self, direction: Floats) -> Floats:
        """The direction or its opposite: the one in which the path has gone on the whole."""
        way = float(direction @ self._marks[-1])
        if way == 0:
            way = float(direction[np.abs(direction).argmax()])
        return direction if way > 0 else -direction


def _across(direction: Floats) -> Floats:
    """A unit vector at right angles: towards the parameter that the direction has least of."""
    place = int(np.abs(direction).argmin())
    across = -direction[place] * direction
    across[place] += 1.0
    result: Floats = across / np.linalg.norm(across)
    return result
