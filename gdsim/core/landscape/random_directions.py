"""Two random directions of a slice, scaled per group of parameters.

A direction drawn at random would move a small weight as far as a large one. So each group of
parameters gets a part of the direction that is as long as the group itself:

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
    """The places of parameters that differ by their number only, such as w1 … w4.

    Letters that stand alone are one group together: a single number has no direction.
    """
    found: dict[str, list[int]] = {}
    for place, name in enumerate(parameters):
        found.setdefault(stem_of(name), []).append(place)
    alone = [places[0] for places in found.values() if len(places) == 1]
    whole = [places for places in found.values() if len(places) > 1]
    return tuple(tuple(places) for places in (*whole, alone) if places)


def random_directions(theta: Floats, parts: Groups, seed: int) -> tuple[Floats, Floats]:
    """Two directions (d,) at right angles, in each group as long as θ (d,) is there.

    A group that is zero is not moved, unless fewer than two parameters would be: then it counts as
    of length 1. In a group of one, both directions are ± the parameter; the other groups make up
    for the angle that this leaves, unless it is longer than all of them together.
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
    """The plane along two such directions, with θ at (0, 0) and lengths as in the parameters."""
    first, second = random_directions(theta, groups(parameters), seed)
    u = first / np.linalg.norm(first)
    across = second - (second @ u) * u
    return Plane.of(theta, u, across / np.linalg.norm(across))
