"""A plane in parameter space, over which the landscape of two or more parameters is drawn.

    θ(x, y) = o + x·u + y·v,    u and v orthonormal

so that lengths and angles in the plot equal those in parameter space.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from gdsim.core.arrays import Floats

Point = tuple[float, ...]

# A component outside the plane that is a smaller share of the vector than this is rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Plane:
    """A plane: the point o with coordinates (0, 0) and two orthonormal directions, all (d,).

    Planes with the same numbers are equal. Where both directions are parameter axes, ``axes`` are
    the indices of these parameters, and the coordinates equal the parameters to the last bit;
    otherwise ``axes`` is None.
    """

    origin: Point
    u: Point
    v: Point

    @classmethod
    def of_parameters(cls, point: ArrayLike, axes: tuple[int, int] = (0, 1)) -> Plane:
        """The plane through a point (d,) along two parameter axes.

        The point's own values of these two parameters make no difference.
        """
        origin = np.array(point, dtype=np.float64)
        unit = np.eye(len(origin))
        origin[list(axes)] = 0.0
        return cls.of(origin, unit[axes[0]], unit[axes[1]])

    @classmethod
    def of(cls, origin: ArrayLike, u: ArrayLike, v: ArrayLike) -> Plane:
        """The plane of three arrays (d,); ``u`` and ``v`` must be orthonormal."""
        return cls(*(tuple(np.asarray(part, np.float64).tolist()) for part in (origin, u, v)))

    @property
    def dimension(self) -> int:
        """The number of parameters, d."""
        return len(self.origin)

    @cached_property
    def axes(self) -> tuple[int, int] | None:
        """The indices of the two parameters along whose axes the plane lies, or None."""
        places = tuple(
            part.index(1.0)
            for part in (self.u, self.v)
            if part.count(0.0) == len(part) - 1 and 1.0 in part
        )
        return (places[0], places[1]) if len(places) == 2 else None

    @cached_property
    def basis(self) -> Floats:
        """u and v as rows, (2, d)."""
        return np.array((self.u, self.v))

    @cached_property
    def _offset(self) -> Floats:
        offset: Floats = self.basis @ np.array(self.origin)
        return offset

    def through(self, point: ArrayLike) -> Plane:
        """The parallel plane through a point (d,); the coordinates of every θ remain the same."""
        place = np.asarray(point, dtype=np.float64)
        if self.axes is not None:
            return Plane.of_parameters(place, self.axes)
        return Plane.of(place - self.project(place) @ self.basis, self.u, self.v)

    def is_parallel(self, other: Plane) -> bool:
        """Whether every θ has the same coordinates in both planes, except for rounding."""
        if (self.u, self.v) != (other.u, other.v):
            return False
        scale = 1.0 + float(np.abs(other.origin).max())
        return bool(np.abs(self.project(other.origin)).max() <= _ROUNDING * scale)

    def columns(self, rows: Floats) -> tuple[Floats, Floats]:
        """Coordinates x and y, each (n,), of the orthogonal projections of points (n, d)."""
        if self.axes is not None:
            return rows[:, self.axes[0]], rows[:, self.axes[1]]
        with np.errstate(all="ignore"):
            x, y = (rows @ self.basis.T - self._offset).T
        return x, y

    def project(self, point: ArrayLike) -> Floats:
        """Coordinates (2,) of the orthogonal projection of a point (d,)."""
        return np.concatenate(self.columns(np.asarray(point, dtype=np.float64)[np.newaxis]))

    def components(self, vector: ArrayLike) -> Floats:
        """The components (2,) along u and v of a vector (d,)."""
        whole = np.asarray(vector, dtype=np.float64)
        if self.axes is not None:
            return whole[list(self.axes)]
        with np.errstate(all="ignore"):
            part: Floats = self.basis @ whole
        return part

    def contains(self, vector: ArrayLike) -> bool:
        """Whether a vector (d,) is parallel to the plane, except for rounding."""
        if self.dimension == 2:
            return True
        whole = np.asarray(vector, dtype=np.float64)
        with np.errstate(all="ignore"):
            rest = whole - self.components(whole) @ self.basis
            return math.hypot(*rest) <= _ROUNDING * math.hypot(*whole)

    def distance(self, point: Sequence[float]) -> float:
        """The distance of a point (d,) from the plane."""
        place = np.asarray(point, dtype=np.float64)
        with np.errstate(all="ignore"):
            return math.hypot(*(place - self.lift(*self.project(place))))

    def lift(self, x: ArrayLike, y: ArrayLike) -> Floats:
        """θ (d, …) at coordinates x and y, whose shapes are broadcast."""
        along, across = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
        shape = np.broadcast_shapes(along.shape, across.shape)
        theta = np.empty((self.dimension, *shape))
        for place, (origin, u, v) in enumerate(zip(self.origin, self.u, self.v, strict=True)):
            # On a grid both terms are one-dimensional; only their sum has the size of the grid.
            theta[place] = (origin + u * along) + v * across
        return theta
