"""How a file of comma-separated values is written, found out from its beginning.

It is written by hand because the standard library's sniffer knows no decimal commas, and libraries
that guess encodings err on short files.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from typing import Protocol

from gdsim.core.problem import Problem

ENCODINGS = ("utf-8-sig", "gb18030", "cp1252", "utf-16")
"""Python's names of the encodings that files come in; the first takes a byte-order mark or none."""
DELIMITERS = (",", ";", "\t", "|", " ")
DECIMALS = (".", ",")
BLANKS = " \t\r\n"

_SAMPLE_ROWS = 200
# What tables write where there is no number; it makes no title.
_NOTHING = {"", "na", "n/a", "nan", "null", "none", "-", "?", "."}
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
# In GB18030 the first byte of the 3,755 most frequent Chinese characters is below this; in
# Windows-1252 the small accented letters of European languages are from here on.
_FIRST_RARE = 0xD8


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a file are told apart and read.

    ``delimiter`` " " stands for any run of blanks; ``has_header``: whether the first row holds
    titles; ``decimal`` is the sign before the decimals.
    """

    encoding: str
    delimiter: str
    has_header: bool
    decimal: str


class Rows(Protocol):
    """Rows of cells, one after the other."""

    @property
    def line_num(self) -> int:
        """How many lines have been taken."""

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


def encoding_of(sample: bytes, *, is_whole: bool) -> str:
    """The encoding of a file that begins with these bytes.

    Raises
    ------
    Problem : where they are no text.
    """
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in sample:
        raise Problem("the file is not text")
    if decodes(sample, "utf-8-sig", is_whole=is_whole):
        return "utf-8-sig"
    runs = _HIGH_BYTES.findall(sample)
    is_european = all(len(run) == 1 or run[0] >= _FIRST_RARE for run in runs)
    if not is_european and decodes(sample, "gb18030", is_whole=is_whole):
        return "gb18030"
    if decodes(sample, "cp1252", is_whole=is_whole):
        return "cp1252"
    raise Problem("the file is neither UTF-8 nor GB18030 text")


def decodes(sample: bytes, encoding: str, *, is_whole: bool) -> bool:
    """Whether the bytes are text in this encoding; the last character may be cut off."""
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(sample, final=is_whole)
    except UnicodeDecodeError:
        return False
    return True


def rows_of(lines: Iterable[str], delimiter: str) -> Rows:
    """The rows of these lines, each a list of cells; an empty line is an empty list."""
    if delimiter == " ":
        lines = (" ".join(line.split()) + "\n" for line in lines)
        return csv.reader(lines, delimiter=" ")
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True)


def number(cell: str, decimal: str) -> float | None:
    """What a cell says; None where that is not a finite number.

    Neither thousands signs nor anything else is guessed at: ``1.234`` is no number where the
    decimals follow a comma.
    """
    text = cell.strip().replace("−", "-")
    if decimal == ",":
        if "." in text:
            return None
        text = text.replace(",", ".")
    if "_" in text:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def dialect_of(lines: Sequence[str], encoding: str) -> Dialect:
    """The delimiter, the decimal sign and whether there are titles, from a file's first lines.

    The delimiter is the one by which most rows have the same number of cells, more than one, and
    most cells are numbers.
    """
    best, most = (",", "."), (-1.0, 0.0)
    for delimiter in DELIMITERS:
        rows = _sample(lines, delimiter)
        width = width_of(rows)
        alike = sum(len(row) == width for row in rows) / max(len(rows), 1)
        if width < 2:
            continue
        for decimal in DECIMALS:
            if decimal == delimiter and not any(decimal in cell for row in rows for cell in row):
                continue
            merit = (alike * (1e-3 + _numeric_share(rows[1:] or rows, decimal)), alike)
            if merit > most:
                best, most = (delimiter, decimal), merit
    rows = _sample(lines, best[0])
    return Dialect(encoding, best[0], _has_header(rows, best[1]), best[1])


def width_of(rows: Sequence[Sequence[str]]) -> int:
    """How many cells most rows have, the widest of equals."""
    counts = Counter(map(len, rows))
    return max(counts, key=lambda width: (counts[width], width), default=0)


def is_remark(line: str) -> bool:
    """Whether a line says nothing of the data: before the first that does it is passed over."""
    return not line.strip() or line.startswith("#")


def without_remarks(lines: Iterable[str]) -> Iterator[str]:
    """The lines from the first on that is no remark."""
    return dropwhile(is_remark, lines)


def _sample(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in rows_of(without_remarks(lines), delimiter):
            if row:
                rows.append(row)
            if len(rows) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return []
    return rows


def _numeric_share(rows: Sequence[Sequence[str]], decimal: str) -> float:
    """The share of the cells with something in them that hold numbers."""
    cells = [cell for row in rows for cell in row if cell.strip()]
    # A comma at the end of a cell has been left there by another delimiter.
    good = sum(number(cell, decimal) is not None and cell[-1] not in ",." for cell in cells)
    return good / len(cells) if cells else 0.0


def _has_header(rows: Sequence[Sequence[str]], decimal: str) -> bool:
    """Whether a cell of the first row is no number although its column holds numbers."""
    if len(rows) < 2:
        return bool(rows) and _numeric_share(rows, decimal) == 0
    first, rest = rows[0], rows[1:]
    if any(cell.strip() and number(cell, decimal) is not None for cell in first):
        numbers_below = [
            _numeric_share([row[place : place + 1] for row in rest], decimal) >= 0.5
            for place in range(len(first))
        ]
        return any(
            below and cell.strip().lower() not in _NOTHING and number(cell, decimal) is None
            for cell, below in zip(first, numbers_below, strict=True)
        )
    return any(cell.strip() for cell in first)
