"""An array that grows at its end without being copied at every append."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from gdsim.core.arrays import Floats

_FIRST_CAPACITY = 256


class GrowingRows:
    """An array (n, width) of float64 to which rows are appended.

    Row numbers can be stored in it: whole numbers are exact up to 2⁵³.
    """

    def __init__(self, width: int) -> None:
        self._buffer = np.empty((_FIRST_CAPACITY, width))
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def append(self, rows: ArrayLike) -> None:
        """Append rows, (m, width)."""
        added = np.asarray(rows, dtype=np.float64)
        needed = self._used + len(added)
        if needed > len(self._buffer):
            grown = np.empty((2 * needed, self._buffer.shape[1]))
            grown[: self._used] = self._buffer[: self._used]
            self._buffer = grown
        self._buffer[self._used : needed] = added
        self._used = needed

    def rows(self) -> Floats:
        """All rows so far, (n, width), as a view that later appends leave unchanged."""
        return self._buffer[: self._used]
