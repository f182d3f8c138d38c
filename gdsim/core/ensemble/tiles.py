"""Columns of an ensemble that are advanced together, few enough for the processor's cache."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from gdsim.core.arrays import Floats, Indices


class Tile:
    """Columns that are advanced together.

    ``columns`` (m,): their indices in the ensemble. ``entering``: θ and the state that enter the
    next row, and last the L of the row before; arrays of at least m numbers, of which the first m
    are used. ``eta0`` (m,): their learning rates where these differ. ``farthest`` (m,): the size of
    the loss beyond which they diverge; None before the first row. ``epoch``: θ and last L over all
    rows at the beginning of the epoch, (m,) each; empty where no epochs are tested.
    """

    def __init__(
        self,
        columns: Indices,
        entering: list[Floats],
        eta0: Floats | None,
        farthest: Floats | None = None,
        epoch: Sequence[Floats] = (),
    ) -> None:
        self.columns = columns
        self.entering = entering
        self.eta0 = eta0
        self.farthest = farthest
        self.epoch = list(epoch)
        self.nearest = -math.inf if farthest is None or not farthest.size else float(farthest.min())
        """At most the smallest of ``farthest``."""

    def bound(self, farthest: Floats) -> None:
        """Set how large the losses may become."""
        self.farthest = farthest
        self.nearest = float(farthest.min())

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
        if self.farthest is not None:
            self.farthest = self.farthest[indices]
        self.epoch = [values[indices] for values in self.epoch]

    def cut(self, count: int) -> Iterator[Tile]:
        """``count`` tiles of about the same size."""
        edges = np.linspace(0, self.columns.size, count + 1).astype(int)
        room = int(np.diff(edges).max())
        for first, last in pairwise(edges):
            part = slice(first, last)
            entering = [np.empty(room) for _ in self.entering]
            for values, whole in zip(entering, self.entering, strict=True):
                values[: last - first] = whole[part]
            eta0 = None if self.eta0 is None else self.eta0[part]
            farthest = None if self.farthest is None else self.farthest[part]
            epoch = [values[part] for values in self.epoch]
            yield Tile(self.columns[part], entering, eta0, farthest, epoch)


def merged(tiles: list[Tile]) -> Tile:
    """One tile of all their columns."""
    rates = [tile.eta0 for tile in tiles if tile.eta0 is not None]
    farthest = [tile.farthest for tile in tiles if tile.farthest is not None]
    return Tile(
        np.concatenate([tile.columns for tile in tiles]),
        [np.concatenate(parts) for parts in zip(*(tile.views() for tile in tiles), strict=True)],
        np.concatenate(rates) if rates else None,
        np.concatenate(farthest) if farthest else None,
        [np.concatenate(parts) for parts in zip(*(tile.epoch for tile in tiles), strict=True)],
    )


def taken(values: Any, indices: Indices) -> Any:
    """The values at these indices; a number stands for all of them."""
    return values[indices] if np.ndim(values) else values
