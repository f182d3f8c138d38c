"""A data set from what people hand over: columns of numbers, or the path of a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from gdsim.core.dataset import Dataset
from gdsim.core.notation import canonical_name
from gdsim.core.problem import Problem


def dataset_of(given: Dataset | Mapping[str, Any] | str | PathLike[str]) -> Dataset:
    """The data set that is meant.

    Parameters
    ----------
    given : a data set; columns of numbers by name; or the path of a CSV file whose first line
        names its columns.

    Raises
    ------
    Problem : where the columns cannot stand in formulas, or are not numbers.
    OSError : where the file cannot be read.
    """
    if isinstance(given, Dataset):
        return given
    if isinstance(given, Mapping):
        return Dataset("data", {canonical_name(name): values for name, values in given.items()})
    path = Path(given)
    return read_columns(path.stem, path.read_text(encoding="utf-8-sig", errors="replace"))


def read_columns(name: str, text: str) -> Dataset:
    """The data set of a text of comma-separated values; lines that begin with # are remarks."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    table = list(csv.reader(lines))
    if not table:
        raise Problem("the data have no column")
    header, *rows = table
    if any(len(row) != len(header) for row in rows):
        raise Problem("the columns of the data differ in length")
    names = [canonical_name(column) for column in header]
    for column in names:
        if names.count(column) > 1:
            raise Problem("{name} is given twice", name=column)
    columns = {column: [row[place] for row in rows] for place, column in enumerate(names)}
    return Dataset(name, columns)
