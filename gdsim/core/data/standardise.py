"""Standardised columns: mean 0 and standard deviation 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdsim.core.data.dataset import Dataset, is_two_classes

_SQUARES_OVERFLOW = 1e150
"""Sums of squares of numbers above this may be beyond the largest number."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Mean and standard deviation, √(1/n Σ(x − mean)²), of a column before it was standardised.

    A constant column has ``deviation`` 0 and becomes zeros.
    """

    column: str
    mean: float
    deviation: float


def columns_to_scale(data: Dataset, target: str | None) -> tuple[str, ...]:
    """The columns to standardise: all but a target of two classes."""
    if target is not None and is_two_classes(data.columns[target]):
        return tuple(name for name in data.names if name != target)
    return data.names


def standardised_for_learning(
    data: Dataset, target: str | None
) -> tuple[Dataset, tuple[Scale, ...]]:
    """The data with :func:`columns_to_scale` standardised, and the scale of each."""
    return standardised(data, columns_to_scale(data, target))


def standardised(
    data: Dataset, columns: Sequence[str] | None = None
) -> tuple[Dataset, tuple[Scale, ...]]:
    """The data with (x − mean)/deviation for x in these columns, and the scale of each.

    Parameters
    ----------
    columns : by default all of them.
    """
    chosen = data.names if columns is None else tuple(columns)
    changed, scales = dict(data.columns), []
    for name in chosen:
        values = data.columns[name]
        largest = float(np.abs(values).max(initial=0.0))
        unit = largest if largest > _SQUARES_OVERFLOW else 1.0
        values = values / unit
        mean, deviation = float(np.mean(values)), float(np.std(values))
        # Equal numbers may differ from their rounded mean by some last bits.
        if len(values) and values.min() == values.max():
            mean, deviation = float(values[0]), 0.0
        scales.append(Scale(name, mean * unit, deviation * unit))
        changed[name] = (values - mean) / (deviation or 1.0)
    classes = {name: pair for name, pair in data.classes.items() if name not in chosen}
    return Dataset(data.name, changed, classes), tuple(scales)
