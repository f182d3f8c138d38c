"""Columns of an ensemble that are advanced together, few enough for the processor's cache."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from gdsim.core.arrays import Floats, Indices


class Tile:
    """Columns that are advanced together.

    ``columns`` (m,): their indices in the ensemble. ``entering``: θ and the state that enter the
    next row, and last the L of the row before; arrays of at least m numbers, of which the first m
    are used. ``eta0`` (m,): their learning rates where these differ.
    """

    def __init__(self, columns: Indices, entering: list[Floats], eta0: Floats | None) -> None:
        self.columns = columns
        self.entering = entering
        self.eta0 = eta0

    def views(self) -> list[Floats]:
        """The used part of the entering arrays."""
        size = self.columns.size
        return [values[:size] for values in self.entering]

    def keep(self, indices: Indices) -> None:
        """Keep only these columns."""
        for values in self.entering:
            values[: indices.size] = values[indices]
        self.columns = self.columns[indices]
        if self.eta0 is not None:
            self.eta0 = self.eta0[indices]

    def cut(self, count: int) -> Iterator[Tile]:
        """``count`` tiles of about the same size."""
        edges = np.linspace(0, self.columns.size, count + 1).astype(int)
        room = int(np.diff(edges).max())
        for first, last in pairwise(edges):
            part = slice(first, last)
            entering = [np.empty(room) for _ in self.entering]
            for values, whole in zip(entering, self.entering, strict=True):
                values[: last - first] = whole[part]
            yield Tile(self.columns[part], entering, None if self.eta0 is None else self.eta0[part])


def merged(tiles: list[Tile]) -> Tile:
    """One tile of all their columns."""
    rates = [tile.eta0 for tile in tiles if tile.eta0 is not None]
    return Tile(
        np.concatenate([tile.columns for tile in tiles]),
        [np.concatenate(parts) for parts in zip(*(tile.views() for tile in tiles), strict=True)],
        np.concatenate(rates) if rates else None,
    )


def taken(values: Any, indices: Indices) -> Any:
    """The values at these indices; a number stands for all of them."""
    return values[indices] if np.ndim(values) else values
