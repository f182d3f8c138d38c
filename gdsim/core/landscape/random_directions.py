"""Random planes through a point, with directions scaled by groups of parameters.

Along an unscaled random direction, a small weight would change as much as a large one. Therefore
the part of the direction in each group of parameters is given the length of the parameters:

    d_k ← d_k ‖θ_k‖ / ‖d_k‖

References
----------
Li, Xu, Taylor, Studer & Goldstein, *Visualizing the loss landscape of neural nets*, 2018,
section 4, where a group is a filter.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.formula.names import stem_of
from gdsim.core.landscape.plane import Plane

Groups = tuple[tuple[int, ...], ...]


def groups(parameters: Sequence[str]) -> Groups:
    """Groups of indices: of parameters whose names differ only by their number, such as w1 … w4.

    All parameters that have no such partner form one group together.
    """
    found: dict[str, list[int]] = {}
    for place, name in enumerate(parameters):
        found.setdefault(stem_of(name), []).append(place)
    alone = [places[0] for places in found.values() if len(places) == 1]
    whole = [places for places in found.values() if len(places) > 1]
    return tuple(tuple(places) for places in (*whole, alone) if places)


def random_directions(theta: Floats, parts: Groups, seed: int) -> tuple[Floats, Floats]:
    """Two orthogonal directions (d,), in each group as long as θ (d,) is in this group.

    In a group where θ is zero the directions are zero; if fewer than two parameters would then
    change, such a group counts as one of length 1. In a group with one parameter both directions
    are ± this parameter, which would destroy the orthogonality; the angle in the other groups is
    chosen so as to restore it, which is impossible only where the single parameter is longer than
    all other groups together.
    """
    generator = np.random.Generator(np.random.Philox(seed))
    drawn = generator.standard_normal((2, len(theta)))
    lengths = [float(np.linalg.norm(theta[list(part)])) for part in parts]
    if sum(len(part) for part, size in zip(parts, lengths, strict=True) if size) < 2:
        lengths = [size or 1.0 for size in lengths]
    signs = np.sign(drawn[0] * drawn[1])
    left = sum(
        size * size * signs[part[0]]
        for part, size in zip(parts, lengths, strict=True)
        if len(part) == 1
    )
    room = sum(size * size for part, size in zip(parts, lengths, strict=True) if len(part) > 1)
    cosine = min(max(-left / room, -1.0), 1.0) if room else 0.0
    first, second = np.zeros(len(theta)), np.zeros(len(theta))
    for part, size in zip(parts, lengths, strict=True):
        places = list(part)
        one = drawn[0, places] / np.linalg.norm(drawn[0, places])
        other = drawn[1, places] - (drawn[1, places] @ one) * one
        if len(places) == 1:
            other = signs[places] * one
        else:
            other = cosine * one + np.sqrt(1 - cosine**2) * other / np.linalg.norm(other)
        first[places], second[places] = size * one, size * other
    return first, second


def random_plane(theta: Floats, parameters: Sequence[str], seed: int) -> Plane:
    """The plane through θ (d,), at coordinates (0, 0), along two :func:`random_directions`."""
    first, second = random_directions(theta, groups(parameters), seed)
    u = first / np.linalg.norm(first)
    across = second - (second @ u) * u
    return Plane.of(theta, u, across / np.linalg.norm(across))
