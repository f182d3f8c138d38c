"""The types that every layer shares: arrays by what they hold, ranges, and what can be sampled.

The shape of an array is not part of its type; a docstring gives it, as ``(n,)`` or ``(d, n)``.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Integers = NDArray[np.int64]
Indices = NDArray[np.intp]
Labels = NDArray[np.int16]
Flags = NDArray[np.bool_]

Range = tuple[float, float]
"""The lowest and the highest value."""


class Samplable(Protocol):
    """What is needed of an objective: its value at many points at once."""

    def value(self, theta: Floats, /) -> Floats | float:
        """The loss at points of shape (d, …), of shape (…)."""
