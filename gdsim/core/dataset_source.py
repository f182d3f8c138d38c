"""A data set from what people hand over: columns of numbers, or the path of a CSV file."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any

from gdsim.core.dataset import Dataset
from gdsim.core.notation import canonical_name


def dataset_of(given: Dataset | Mapping[str, Any] | str | PathLike[str]) -> Dataset:
    """The data set that is meant.

    Parameters
    ----------
    given : a data set; columns of numbers by name; or the path of a CSV file, of which rows that
        lack a number are left out.

    Raises
    ------
    Problem : where the columns cannot stand in formulas, are not numbers, or cannot be read.
    """
    if isinstance(given, Dataset):
        return given
    if isinstance(given, Mapping):
        return Dataset("data", {canonical_name(name): values for name, values in given.items()})
    from gdsim.core.csv_reader import read_csv

    return read_csv(given).dataset()
