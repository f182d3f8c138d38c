"""A look at the first rows of a file of comma-separated values: how it is written, its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from gdsim.core.data.column_names import column_names
from gdsim.core.data.csv_dialect import (
    BLANKS,
    Dialect,
    Rows,
    decodes,
    dialect_of,
    encoding_of,
    number,
    rows_of,
    width_of,
    without_remarks,
)
from gdsim.core.number_text import grouped
from gdsim.core.problem import Problem

MAX_BYTES = 256 * 2**20
PREVIEW_ROWS = 100
MOST_SHOWN = 1_000
"""Columns among which somebody can still choose."""

_SAMPLE_BYTES = 2**16


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file.

    ``name`` is how formulas read it, ``title`` what the file calls it, empty without titles;
    ``is_numeric``: whether it holds more numbers than anything else, as far as has been looked.
    """

    name: str
    title: str
    is_numeric: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file: how it is written, its columns, and its first rows as texts."""

    path: Path
    dialect: Dialect
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def numeric(self) -> tuple[int, ...]:
        """The places of the columns that hold numbers."""
        return tuple(place for place, column in enumerate(self.columns) if column.is_numeric)


def preview_csv(path: str | PathLike[str], dialect: Dialect | None = None) -> Preview:
    """Look at the beginning of a file.

    Parameters
    ----------
    dialect : how it is written; by default that is found out.

    Raises
    ------
    Problem : where the file cannot be read, is empty or too large, or has one column or very many.
    """
    place = Path(path)
    try:
        size = place.stat().st_size
        with place.open("rb") as file:
            sample = file.read(_SAMPLE_BYTES)
    except FileNotFoundError:
        raise Problem("there is no file {path}", path=place) from None
    except IsADirectoryError:
        raise Problem("{path} is a folder, not a file", path=place) from None
    except OSError:
        raise Problem("the file {name} cannot be read", name=place.name) from None
    if size > MAX_BYTES:
        raise Problem("the file is larger than {most} MB", most=MAX_BYTES // 2**20)
    is_whole = len(sample) >= size
    encoding = encoding_of(sample, is_whole=is_whole) if dialect is None else dialect.encoding
    lines = _lines(sample, encoding, is_whole=is_whole)
    if not lines:
        raise Problem("the file is empty")
    if dialect is None:
        dialect = dialect_of(lines, encoding)
    rows = _first_rows(lines, dialect)
    if width_of(rows) > MOST_SHOWN:
        raise Problem("the file has more than {most} columns", most=grouped(MOST_SHOWN))
    titles = rows[0] if dialect.has_header else []
    body = rows[1:] if dialect.has_header else rows
    if not body:
        raise Problem("the file has titles, but no row of numbers")
    width = width_of(body)
    if width < 2:
        raise Problem("the file has only one column; data need at least an input and a target")
    titles = [title.strip() for title in titles[:width]] + [""] * (width - len(titles))
    columns = tuple(
        Column(name, title, _is_numeric([row[at : at + 1] for row in body], dialect.decimal))
        for at, (name, title) in enumerate(zip(column_names(titles), titles, strict=True))
    )
    return Preview(place, dialect, columns, tuple(tuple(row) for row in body[:PREVIEW_ROWS]))


def _lines(sample: bytes, encoding: str, *, is_whole: bool) -> list[str]:
    """The lines that the bytes hold whole, from the first that says something."""
    if not decodes(sample, encoding, is_whole=is_whole):
        raise Problem("the file cannot be read as {encoding}", encoding=encoding)
    text = sample.decode(encoding, errors="ignore")
    lines = list(without_remarks(io.StringIO(text, newline="")))
    return lines if is_whole or len(lines) < 2 else lines[:-1]


def _first_rows(lines: Sequence[str], dialect: Dialect) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = rows_of(lines, dialect.delimiter)
    try:
        rows.extend(row for row in reader if row)
    except csv.Error:
        raise unclosed(reader) from None
    return rows


def unclosed(reader: Rows) -> Problem:
    """A quotation mark that opens a cell of many lines, or of all that follow."""
    return Problem("a quotation mark is not closed before line {number}", number=reader.line_num)


def _is_numeric(cells: Sequence[Sequence[str]], decimal: str) -> bool:
    filled = [cell for row in cells for cell in row if cell.strip(BLANKS)]
    numbers = sum(number(cell, decimal) is not None for cell in filled)
    return 2 * numbers > len(filled)
