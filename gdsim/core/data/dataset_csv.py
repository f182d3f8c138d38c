"""A data set as comma-separated text that reads back to the same numbers."""

from __future__ import annotations

import csv
from typing import TextIO

from gdsim.core.data.dataset import Dataset

# A spreadsheet would take a text with such a beginning for a formula.
_FORMULA_SIGNS = "=+-@"


def write_dataset(data: Dataset, file: TextIO) -> None:
    """Titles and rows; columns that were text are written as the text of their classes."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(data.names)
    columns = []
    for name, values in data.columns.items():
        if name in data.classes:
            low, high = map(_harmless, data.classes[name])
            columns.append([high if value else low for value in values.tolist()])
        else:
            columns.append(list(map(repr, values.tolist())))
    writer.writerows(zip(*columns, strict=True))


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in _FORMULA_SIGNS else text
