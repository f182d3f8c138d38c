"""The box around a surface: the walls behind the surface, and the edges that carry the axes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.surface.projection import Projection


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """An edge of the box that carries the numbers of one axis.

    ``begin`` and ``end`` (3,): the ends with the lowest and the highest value of the axis;
    ``outward`` (3,): the horizontal direction away from the box, in which the numbers are placed.
    """

    begin: Floats
    end: Floats
    outward: Floats

    def at(self, share: float) -> Floats:
        """The point (3,) at a share of the edge, from 0 at ``begin`` to 1 at ``end``."""
        return self.begin + share * (self.end - self.begin)


@dataclass(frozen=True, slots=True, eq=False)
class BoxFrame:
    """The parts of the box that are drawn.

    ``floor`` and ``walls``: corners (4, 3) of the floor and of the two walls behind the surface;
    ``far``: the signs of x on the first wall and of y on the second;
    ``x``, ``y``, ``z``: the edge that carries each axis.
    """

    floor: Floats
    walls: tuple[Floats, Floats]
    far: tuple[int, int]
    x: Edge
    y: Edge
    z: Edge


def box_frame(size: tuple[float, float, float], projection: Projection) -> BoxFrame:
    """The frame of a box of this size around the origin, seen through a projection."""
    half = np.array(size) / 2
    far = (_sign(projection.away[0]), _sign(projection.away[1]))
    left = (-_sign(projection.right[0]), -_sign(projection.right[1]))

    def corner(x: int, y: int, z: int) -> Floats:
        place: Floats = half * (x, y, z)
        return place

    ring = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    floor = np.array([corner(x, y, -1) for x, y in ring[:-1]])
    walls = {
        axis: np.array([corner(*a, -1), corner(*b, -1), corner(*b, 1), corner(*a, 1)])
        for a, b in pairwise(ring)
        for axis in (0, 1)
        if a[axis] == b[axis] == far[axis]
    }
    outward = np.eye(3)
    return BoxFrame(
        floor=floor,
        walls=(walls[0], walls[1]),
        far=far,
        x=Edge(corner(-1, -far[1], -1), corner(1, -far[1], -1), -far[1] * outward[1]),
        y=Edge(corner(-far[0], -1, -1), corner(-far[0], 1, -1), -far[0] * outward[0]),
        z=Edge(corner(*left, -1), corner(*left, 1), -projection.right),
    )


def _sign(value: float) -> int:
    return -1 if value < 0 else 1
