"""Principal component analysis of the path of a descent, computed incrementally.

    C = Σᵢ (θᵢ − θ̄)(θᵢ − θ̄)ᵀ / n

The principal directions are the eigenvectors of the covariance matrix C. The eigenvalue of a
direction divided by the trace of C is the share of the variance that the direction explains.

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

Array = Floats

# A direction that explains a smaller share of the variance than this is rounding.
_ROUNDING = 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class PrincipalDirections:
    """The two directions with the largest variance.

    ``u``, ``v`` (d,): orthonormal; ``shares``: the shares of the variance that they explain, in
    [0, 1], the larger one first.
    """

    u: Floats
    v: Floats
    shares: tuple[float, float]

    def plane(self, origin: Sequence[float] | Array, like: Plane | None = None) -> Plane:
        """The plane along both directions whose coordinates (0, 0) are at a point (d,).

        The sign of an eigenvector is arbitrary: with ``like``, the signs are chosen so that both
        directions point the same way as those of this plane.
        """
        turn = np.ones(2)
        if like is not None:
            along = like.components(self.u)[0], like.components(self.v)[1]
            turn = np.where(np.array(along) < 0, -1.0, 1.0)
        return Plane.of(origin, turn[0] * self.u, turn[1] * self.v)


class PathStatistics:
    """Running sums over the rows of a path, from which the principal directions are computed.

    The rows themselves are not kept. Adding n rows costs O(n d²), regardless of how many were added
    before. Rows that are not finite are ignored.
    """

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self.count = 0
        self._first: Floats | None = None
        self._sum = np.zeros(dimension)
        self._products = np.zeros((dimension, dimension))
        self._marks = np.empty((0, dimension))

    def add(self, rows: Floats) -> None:
        """Add further rows, (n, d)."""
        finite = np.isfinite(rows).all(axis=1)
        kept = rows if finite.all() else rows[finite]
        if not len(kept):
            return
        if self._first is None:
            self._first = kept[0].copy()
        self.count += len(kept)
        with np.errstate(all="ignore"):
            # Differences from the first row keep their digits when the path is far from 0.
            moved = kept - self._first
            self._sum += moved.sum(axis=0)
            self._products += moved.T @ moved
        candidates = np.concatenate((self._marks, moved))
        ends = (candidates.argmin(axis=0), candidates.argmax(axis=0), [len(candidates) - 1])
        self._marks = candidates[np.concatenate(ends)]

    @property
    def extreme_points(self) -> Floats:
        """The first row, the newest, and the rows with the extremes of each parameter, (m, d)."""
        if self._first is None:
            return np.empty((0, self.dimension))
        return np.concatenate((self._first[np.newaxis], self._first + self._marks))

    def principal(self) -> PrincipalDirections | None:
        """The two principal directions.

        None where there are fewer than two parameters, before the path has moved, or where the
        sums overflow.
        """
        covariance = self._covariance()
        total = float(np.trace(covariance))
        if self.dimension < 2 or not 0 < total < np.inf:
            return None
        values, vectors = np.linalg.eigh(covariance)
        first, second = self._forwards(vectors[:, -1]), self._forwards(vectors[:, -2])
        shares = [max(float(value), 0.0) / total for value in (values[-1], values[-2])]
        if shares[1] <= _ROUNDING:
            # On a straight path the second direction would be determined by rounding alone.
            second, shares = _across(first), [1.0, 0.0]
        return PrincipalDirections(first, second, (shares[0], shares[1]))

    def shares_along(self, plane: Plane) -> tuple[float, float]:
        """The shares of the variance that the two directions of a plane explain."""
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
        """The direction or its opposite: the one that points from the first to the newest row."""
        way = float(direction @ self._marks[-1])
        if way == 0:
            way = float(direction[np.abs(direction).argmax()])
        return direction if way > 0 else -direction


def _across(direction: Floats) -> Floats:
    """A unit vector orthogonal to a direction, close to the axis with its smallest component."""
    place = int(np.abs(direction).argmin())
    across = -direction[place] * direction
    across[place] += 1.0
    result: Floats = across / np.linalg.norm(across)
    return result
