"""Columns of an ensemble that are advanced together, few enough for the processor's cache."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


class Tile:
    """Columns that are advanced together.

    ``columns`` (m,): which they are. ``entering``: θ and the state that enter the row to come, d
    and more arrays (m,), or a number where it is the same for all. ``previous``: L of the row
    before. ``eta0`` (m,): their learning rates where those differ.
    """

    def __init__(
        self, columns: npt.NDArray[np.intp], entering: list[Any], previous: Any, eta0: Array | None
    ) -> None:
        self.columns = columns
        self.entering = entering
        self.previous = previous
        self.eta0 = eta0

    def cut(self, count: int) -> Iterator[Tile]:
        """So many tiles of about the same size."""
        edges = np.linspace(0, self.columns.size, count + 1).astype(int)
        for first, last in pairwise(edges):
            part = slice(first, last)
            yield Tile(
                self.columns[part],
                [values[part].copy() for values in self.entering],
                self.previous[part],
                None if self.eta0 is None else self.eta0[part],
            )


def merged(tiles: list[Tile]) -> Tile:
    """One tile of all their columns."""

    def joined(parts: list[Any]) -> Array:
        sizes = [tile.columns.size for tile in tiles]
        whole = [np.broadcast_to(part, size) for part, size in zip(parts, sizes, strict=True)]
        return np.concatenate(whole)

    rates = [tile.eta0 for tile in tiles if tile.eta0 is not None]
    return Tile(
        np.concatenate([tile.columns for tile in tiles]),
        [joined(list(parts)) for parts in zip(*(tile.entering for tile in tiles), strict=True)],
        joined([tile.previous for tile in tiles]),
        np.concatenate(rates) if rates else None,
    )


def taken(values: Any, places: npt.NDArray[np.intp]) -> Any:
    """The values at these places; a number stands for all of them."""
    return values[places] if np.ndim(values) else values
