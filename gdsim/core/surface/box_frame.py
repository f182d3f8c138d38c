"""The box that a surface stands in: which of its walls are behind, which of its edges are free."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.surface.projection import Projection


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """An edge that carries the numbers of one axis.

    ``begin`` and ``end`` (3,): where the axis has its lowest and its highest value;
    ``outward`` (3,): the level direction in which the numbers keep clear of the box.
    """

    begin: Floats
    end: Floats
    outward: Floats

    def at(self, share: float) -> Floats:
        """(3,): a point of the edge, from 0 at its beginning to 1 at its end."""
        return self.begin + share * (self.end - self.begin)


@dataclass(frozen=True, slots=True, eq=False)
class BoxFrame:
    """What of a box is drawn: floor and walls (4, 3) behind the surface; an edge for each axis.

    ``far``: the signs of x and y on the two walls.
    """

    floor: Floats
    walls: tuple[Floats, Floats]
    far: tuple[int, int]
    x: Edge
    y: Edge
    z: Edge


def box_frame(size: tuple[float, float, float], projection: Projection) -> BoxFrame:
    """The frame of a box around the origin as it is seen."""
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
