"""What every layer shares: types of arrays, ranges, what can be sampled, and quantiles.

The shape of an array is not part of its type; a docstring gives it, as ``(n,)`` or ``(d, n)``.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

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


def quantiles(values: Floats, fractions: ArrayLike) -> Floats:
    """The values below which these fractions of all values lie, linearly interpolated.

    As ``np.quantile``, whose first call imports ``numpy.ma``: every start would wait for it.

    Parameters
    ----------
    values : shape (n,), finite, n ≥ 1.
    fractions : from 0 to 1, of any shape, which is that of the result.
    """
    last = values.size - 1
    found: Floats = np.interp(np.multiply(fractions, last), np.arange(last + 1), np.sort(values))
    return found
