"""An array that grows at its end without being copied each time."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from gdsim.core.arrays import Floats

_FIRST = 256


class GrowingRows:
    """Rows of numbers, (n, width). Whole numbers are exact up to 2⁵³."""

    def __init__(self, width: int) -> None:
        self._room = np.empty((_FIRST, width))
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def append(self, rows: ArrayLike) -> None:
        """Add rows, (m, width)."""
        added = np.asarray(rows, dtype=np.float64)
        needed = self._used + len(added)
        if needed > len(self._room):
            grown = np.empty((2 * needed, self._room.shape[1]))
            grown[: self._used] = self._room[: self._used]
            self._room = grown
        self._room[self._used : needed] = added
        self._used = needed

    def rows(self) -> Floats:
        """All rows so far, as a view."""
        return self._room[: self._used]
