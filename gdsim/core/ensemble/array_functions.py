"""Functions of the array code that NumPy lacks: Newton's direction, and where arithmetic fails."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from gdsim.core.arrays import Floats


def failed(result: Any, *arguments: Any) -> Any:
    """Where Python's own function raises: NaN out of numbers, infinity out of finite numbers.

    References
    ----------
    ISO C, Annex F, which Python's ``math`` follows.
    """
    undefined, infinite = np.isnan(result), np.isinf(result)
    for argument in arguments:
        undefined = undefined & ~np.isnan(argument)
        infinite = infinite & np.isfinite(argument)
    return undefined | infinite


def unsound(value: Any) -> Any:
    """Where a value is infinite or NaN."""
    return ~np.isfinite(value)


def solve(gradient: Sequence[Any], hessian: Sequence[Any]) -> list[Any]:
    """H⁻¹∇L of every column, d arrays; NaN where H is singular.

    Parameters
    ----------
    gradient : d arrays or numbers. hessian : d·d of them, row after row.
    """
    if len(gradient) == 1:
        return [np.divide(gradient[0], hessian[0])]
    dimension = len(gradient)
    count = max(np.size(part) for part in (*gradient, *hessian))
    matrices, sides = np.empty((count, dimension, dimension)), np.empty((count, dimension, 1))
    for index, entry in enumerate(hessian):
        matrices[:, index // dimension, index % dimension] = entry
    for index, entry in enumerate(gradient):
        sides[:, index, 0] = entry
    return list(_solved(matrices, sides)[:, :, 0].T)


def _solved(matrices: Floats, sides: Floats) -> Floats:
    """The solutions. One singular system makes NumPy raise for all: halve until it is alone."""
    try:
        return np.asarray(np.linalg.solve(matrices, sides), dtype=np.float64)
    except np.linalg.LinAlgError:
        if len(matrices) == 1:
            return np.full_like(sides, math.nan)
    half = len(matrices) // 2
    parts = (_solved(matrices[:half], sides[:half]), _solved(matrices[half:], sides[half:]))
    return np.concatenate(parts)
