"""A plane in the space of the parameters: what a landscape shows when there are two or more.

    θ(x, y) = o + x·u + y·v,    u and v orthonormal

so that lengths and angles on the picture are those of the parameters.
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

# Less than this share of a vector outside the plane is rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Plane:
    """The point that has the coordinates (0, 0), and two orthonormal directions, all (d,).

    Planes are values: two with the same numbers are equal. Where both directions are those of
    parameters, ``axes`` are their places in θ and coordinates are the parameters themselves,
    to the last bit; otherwise it is None.
    """

    origin: Point
    u: Point
    v: Point

    @classmethod
    def of_parameters(cls, point: ArrayLike, axes: tuple[int, int] = (0, 1)) -> Plane:
        """Through a point (d,), along two parameters; its own entries at these do not matter."""
        origin = np.array(point, dtype=np.float64)
        unit = np.eye(len(origin))
        origin[list(axes)] = 0.0
        return cls.of(origin, unit[axes[0]], unit[axes[1]])

    @classmethod
    def of(cls, origin: ArrayLike, u: ArrayLike, v: ArrayLike) -> Plane:
        """From arrays (d,); the directions have to be orthonormal."""
        return cls(*(tuple(np.asarray(part, np.float64).tolist()) for part in (origin, u, v)))

    @property
    def dimension(self) -> int:
        """How many parameters there are."""
        return len(self.origin)

    @cached_property
    def axes(self) -> tuple[int, int] | None:
        """The two parameters that the plane lies along; None where its directions mix several."""
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
        """The parallel plane through a point; every θ has the same coordinates in both."""
        place = np.asarray(point, dtype=np.float64)
        if self.axes is not None:
            return Plane.of_parameters(place, self.axes)
        return Plane.of(place - self.project(place) @ self.basis, self.u, self.v)

    def is_parallel(self, other: Plane) -> bool:
        """Whether every θ has the same coordinates in both, but for rounding."""
        if (self.u, self.v) != (other.u, other.v):
            return False
        scale = 1.0 + float(np.abs(other.origin).max())
        return bool(np.abs(self.project(other.origin)).max() <= _ROUNDING * scale)

    def columns(self, rows: Floats) -> tuple[Floats, Floats]:
        """Coordinates x and y, each (n,), of points (n, d), projected at right angles."""
        if self.axes is not None:
            return rows[:, self.axes[0]], rows[:, self.axes[1]]
        with np.errstate(all="ignore"):
            x, y = (rows @ self.basis.T - self._offset).T
        return x, y

    def project(self, point: ArrayLike) -> Floats:
        """Coordinates (2,) of a point (d,), projected at right angles."""
        return np.concatenate(self.columns(np.asarray(point, dtype=np.float64)[np.newaxis]))

    def components(self, vector: ArrayLike) -> Floats:
        """The part (2,) of a vector (d,) that lies in the plane."""
        whole = np.asarray(vector, dtype=np.float64)
        if self.axes is not None:
            return whole[list(self.axes)]
        with np.errstate(all="ignore"):
            part: Floats = self.basis @ whole
        return part

    def contains(self, vector: ArrayLike) -> bool:
        """Whether a vector (d,) lies in the plane, so that its projection is all of it."""
        if self.dimension == 2:
            return True
        whole = np.asarray(vector, dtype=np.float64)
        with np.errstate(all="ignore"):
            rest = whole - self.components(whole) @ self.basis
            return math.hypot(*rest) <= _ROUNDING * math.hypot(*whole)

    def distance(self, point: Sequence[float]) -> float:
        """How far a point (d,) is from the plane."""
        place = np.asarray(point, dtype=np.float64)
        with np.errstate(all="ignore"):
            return math.hypot(*(place - self.lift(*self.project(place))))

    def lift(self, x: ArrayLike, y: ArrayLike) -> Floats:
        """θ (d, …) at coordinates of any shapes that fit together."""
        along, across = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
        shape = np.broadcast_shapes(along.shape, across.shape)
        theta = np.empty((self.dimension, *shape))
        for place, (origin, u, v) in enumerate(zip(self.origin, self.u, self.v, strict=True)):
            # On a grid the two terms are lines, and only their sum is as large as the grid.
            theta[place] = (origin + u * along) + v * across
        return theta
