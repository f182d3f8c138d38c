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
from typing import Protocol

from gdsim.core.data.cell_numbers import SignEvidence, number
from gdsim.core.problem import Problem

ENCODINGS = ("utf-8-sig", "gb18030", "cp1252", "utf-16")
"""Python's names of the encodings that are offered; the first accepts a byte-order mark or none."""
DELIMITERS = (",", ";", "\t", "|", " ")

_DECIDING_ROWS = 200
# What tables contain in place of a missing number; it is not a title.
_MISSING = {"", "na", "n/a", "nan", "null", "none", "-", "?", "."}
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
# In GB18030 the first byte of the 3,755 most frequent Chinese characters is below this; in
# Windows-1252 the small accented letters of European languages are from here on.
_FIRST_RARE = 0xD8
_SEPARATOR_LINE = re.compile(r'"?sep=(\\t|.)"?\s*', re.IGNORECASE)
_OTHER_DELIMITERS = re.compile(r"[,;\t|]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a file are separated and read.

    ``delimiter`` " " stands for any run of blanks; ``has_header``: whether the first row of the
    table holds titles; ``decimal`` is the sign before the decimals; ``above`` is the number of
    lines above the table.
    """

    encoding: str
    delimiter: str
    has_header: bool
    decimal: str
    above: int = 0


@dataclass(frozen=True, slots=True)
class DialectChoices:
    """The parts of a dialect that somebody has chosen; None is found out from the file."""

    encoding: str | None = None
    delimiter: str | None = None
    has_header: bool | None = None
    decimal: str | None = None
    above: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the line of the file in which it begins, counted from 1."""

    cells: list[str]
    line: int


class CellReader(Protocol):
    """Rows of cells, one after the other."""

    @property
    def line_num(self) -> int:
        """How many lines have been read."""

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


def encoding_of(sample: bytes, *, is_whole: bool) -> str:
    """The encoding of a file that begins with these bytes.

    Raises
    ------
    Problem : if they are not text.
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
    except UnicodeError:
        return False
    return True


def cells_of(lines: Iterable[str], delimiter: str) -> CellReader:
    """The rows of these lines, each a list of cells; an empty line is an empty list."""
    if delimiter == " ":
        lines = (" ".join(line.split()) + "\n" for line in lines)
        return csv.reader(lines, delimiter=" ")
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True)


def unclosed(reader: CellReader, above: int) -> Problem:
    """A quotation mark that opens a cell of many lines, or of all lines that follow."""
    return Problem(
        "a quotation mark is not closed before line {number}", number=above + reader.line_num
    )


def rows_of(lines: Sequence[str], delimiter: str, above: int) -> list[Row]:
    """The rows below so many lines, without empty ones.

    Raises
    ------
    Problem : if a quotation mark is not closed.
    """
    rows: list[Row] = []
    reader = cells_of(lines[above:], delimiter)
    before = above
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(cells, before + 1))
            before = above + reader.line_num
    except csv.Error:
        raise unclosed(reader, above) from None
    return rows


def dialect_of(
    lines: Sequence[str], encoding: str, choices: DialectChoices
) -> tuple[Dialect, SignEvidence]:
    """How a file with these first lines is written, and what the cells say of the decimal sign.

    The delimiter is the one by which most rows have the same number of cells, more than one, and
    most cells are numbers. Lines above the table are those that do not have that number of cells,
    and ``sep=;``, with which spreadsheets name the delimiter.
    """
    remarks = _remarks_above(lines) if choices.above is None else choices.above
    named = None
    if lines and (separator := _SEPARATOR_LINE.fullmatch(lines[0])):
        named = separator[1].replace("\\t", "\t")
        if choices.above is None:
            remarks = 1 + _remarks_above(lines[1:])
    delimiter = choices.delimiter or named or _delimiter(lines, remarks)
    rows = rows_of(lines, delimiter, remarks)
    if choices.above is None:
        rows = rows[_first_of_table(rows) :]
    above = rows[0].line - 1 if rows and choices.above is None else remarks
    evidence = _evidence(rows[:_DECIDING_ROWS])
    if not evidence.is_decided:
        evidence = _evidence(rows)
    decimal = choices.decimal or evidence.decimal()
    has_header = choices.has_header
    if has_header is None:
        has_header = _has_header([row.cells for row in rows[:_DECIDING_ROWS]], decimal)
    return Dialect(encoding, delimiter, has_header, decimal, above), evidence


def _evidence(rows: Sequence[Row]) -> SignEvidence:
    """What the cells of these rows say of the sign before the decimals."""
    evidence = SignEvidence()
    for place in range(width_of(rows)):
        column = [row for row in rows if place < len(row.cells)]
        evidence.add_column([row.cells[place] for row in column], [row.line for row in column])
    return evidence


def width_of(rows: Sequence[Row]) -> int:
    """How many cells most rows have, the widest of equals; rows of one cell hardly count."""
    counts = Counter(len(row.cells) for row in rows)
    return max(counts, key=lambda width: (width > 1, counts[width], width), default=0)


def _remarks_above(lines: Sequence[str]) -> int:
    """How many lines at the beginning are empty or remarks behind a ``#``."""
    return next(
        (at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")),
        len(lines),
    )


def _delimiter(lines: Sequence[str], above: int) -> str:
    best, most = DELIMITERS[0], (-1.0, 0.0)
    for delimiter in DELIMITERS:
        try:
            rows = rows_of(lines[: above + _DECIDING_ROWS], delimiter, above)
        except Problem:
            continue
        width = width_of(rows)
        if width < 2:
            continue
        table = [row.cells for row in rows[_first_of_table(rows) :]]
        alike = sum(len(cells) == width for cells in table) / len(rows)
        body = table[1:] or table
        good = max(_numeric_share(body, decimal) for decimal in (".", ","))
        if delimiter == " ":
            good -= 2 * _torn_share(table)
        merit = (alike * (1e-3 + good), alike)
        if merit > most:
            best, most = delimiter, merit
    return best


def _first_of_table(rows: Sequence[Row]) -> int:
    """The place of the first row that has as many cells as most; above it stand only remarks.

    A row of titles may be one cell short, where the first column holds the names of the rows. A
    text in the first cell alone, with empty cells behind it, is a heading that a spreadsheet has
    filled up with delimiters, if a row of titles follows.
    """
    width = width_of(rows)
    for place, row in enumerate(rows):
        if len(row.cells) != width or (width > 1 and _is_heading(row)):
            continue
        if place and width > 1:
            before = rows[place - 1]
            is_title = len(before.cells) == width and _has_number(row)
            if is_title or (width > 2 and _is_short_header(before, width)):
                return place - 1
        return place
    return 0


def _is_heading(row: Row) -> bool:
    first, *rest = (cell.strip() for cell in row.cells)
    return bool(first) and not any(rest) and number(first, ".") is None


def _has_number(row: Row) -> bool:
    return any(number(cell, decimal) is not None for cell in row.cells for decimal in (".", ","))


def _is_short_header(row: Row, width: int) -> bool:
    return len(row.cells) == width - 1 and all(
        cell.strip() and number(cell, ".") is None for cell in row.cells
    )


def _numeric_share(rows: Sequence[Sequence[str]], decimal: str) -> float:
    """The share of numbers among the cells that are not empty."""
    cells = [cell for row in rows for cell in row if cell.strip()]
    # A comma at the end of a cell has been left there by another delimiter.
    good = sum(number(cell, decimal) is not None and cell[-1] not in ",." for cell in cells)
    return good / len(cells) if cells else 0.0


def _torn_share(rows: Sequence[Sequence[str]]) -> float:
    """The share of cells that are no numbers and contain the sign of another delimiter.

    ``Bonn,May 1 2024,11`` falls into three cells at its blanks, but its commas separate the cells.
    """
    cells = [cell for row in rows for cell in row if cell.strip()]
    torn = sum(
        _OTHER_DELIMITERS.search(cell) is not None
        and number(cell, ".") is None
        and number(cell, ",") is None
        for cell in cells
    )
    return torn / len(cells) if cells else 0.0


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
            below and cell.strip().lower() not in _MISSING and number(cell, decimal) is None
            for cell, below in zip(first, numbers_below, strict=True)
        )
    return any(cell.strip() for cell in first)
