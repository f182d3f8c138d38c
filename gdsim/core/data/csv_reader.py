"""The numbers of a file of comma-separated values.

The standard library's reader takes the cells apart; here is only what it does not know: encoding,
delimiter, titles, decimal comma, and which rows hold numbers.

They are found by hand because libraries that guess encodings err on files as short as these.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from os import PathLike

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.data.csv_dialect import BLANKS, Dialect, is_remark, number, rows_of
from gdsim.core.data.csv_preview import Column, Preview, preview_csv, unclosed
from gdsim.core.data.dataset import MAX_COLUMNS, MAX_ROWS, Dataset
from gdsim.core.number_text import grouped
from gdsim.core.problem import Problem

# Cells of this many rows are taken apart in some hundredths of a second.
_ROWS_AT_ONCE = 4_096


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The numbers of a file.

    ``values`` (n,) for each of the columns, finite; ``left_out`` rows were not used, because a
    cell of these columns is missing or no number, the first of them in line ``first_left_out``,
    counted from 1.
    """

    preview: Preview
    columns: tuple[Column, ...]
    values: tuple[Floats, ...]
    left_out: int
    first_left_out: int | None

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.values[0])

    def dataset(self) -> Dataset:
        """As a data set that is called like the file."""
        names = (column.name for column in self.columns)
        return Dataset(self.preview.path.stem, dict(zip(names, self.values, strict=True)))


@dataclass(frozen=True)
class CsvReading:
    """The reading of a whole file, in slices.

    ``columns`` are the places of those that are wanted.
    """

    preview: Preview
    columns: tuple[int, ...]

    def stages(self) -> Iterator[tuple[float, Table | None]]:
        """Read some thousand rows for each item that is taken.

        Yields
        ------
        how much is done, from 0 to 1; and at last the table, before that None.

        Raises
        ------
        Problem : where the file cannot be read to its end, is too long, or no row holds numbers.
        """
        preview = self.preview
        try:
            yield from self._read(preview)
        except UnicodeDecodeError:
            if preview.dialect.encoding != "utf-8-sig":
                raise _undecodable(preview.dialect.encoding) from None
            # The beginning was plain ASCII, which is UTF-8 and GB18030 alike.
            dialect = replace(preview.dialect, encoding="gb18030")
            try:
                yield from self._read(replace(preview, dialect=dialect))
            except UnicodeDecodeError:
                raise Problem("the file is neither UTF-8 nor GB18030 text") from None
        except OSError:
            raise Problem("the file {name} cannot be read", name=preview.path.name) from None

    def _read(self, preview: Preview) -> Iterator[tuple[float, Table | None]]:
        sieve = _Sieve(self.columns, len(preview.columns), preview.dialect.decimal)
        size = max(preview.path.stat().st_size, 1)
        with preview.path.open("rb") as file:
            text = io.TextIOWrapper(file, preview.dialect.encoding, newline="")
            remarks = _Remarks()
            reader = rows_of(remarks.passed(text), preview.dialect.delimiter)
            skipped = preview.dialect.has_header
            while True:
                line = reader.line_num
                try:
                    rows = list(islice(reader, _ROWS_AT_ONCE))
                except csv.Error:
                    raise unclosed(reader) from None
                if not rows:
                    break
                titles = next((at for at, row in enumerate(rows) if row), 0) if skipped else None
                skipped = False
                sieve.take(rows, line + remarks.skipped, titles)
                yield min(file.tell() / size, 1.0), None
        yield 1.0, sieve.table(preview)


def _undecodable(encoding: str) -> Problem:
    return Problem("the file cannot be read as {encoding}", encoding=encoding)


class _Remarks:
    """The lines of a file without the remarks at its beginning, which are counted."""

    def __init__(self) -> None:
        self.skipped = 0

    def passed(self, lines: Iterator[str]) -> Iterator[str]:
        """The lines from the first that says something."""
        for line in lines:
            if is_remark(line):
                self.skipped += 1
            else:
                yield line
                yield from lines


class _Sieve:
    """Turns rows of cells into columns of numbers, and counts what does not pass."""

    def __init__(self, places: Sequence[int], width: int, decimal: str) -> None:
        self._places = tuple(places)
        self._width = width
        self._decimal = decimal
        self._pieces: list[list[Floats]] = [[] for _ in places]
        self._count = 0
        self._left_out = 0
        self._first_left_out: int | None = None

    def take(self, rows: list[list[str]], before: int, titles: int | None) -> None:
        """Take rows that follow so many lines; the one at ``titles`` is none of numbers."""
        if titles is not None:
            before += sum(map(_lines_of, rows[: titles + 1]))
            rows = rows[titles + 1 :]
        numbers = self._swiftly(rows)
        if numbers is None:
            numbers = self._one_by_one(rows, before)
        self._count += len(numbers[0])
        if self._count > MAX_ROWS:
            raise Problem("the file has more than {most} rows", most=grouped(MAX_ROWS))
        for pieces, piece in zip(self._pieces, numbers, strict=True):
            pieces.append(piece)

    def _swiftly(self, rows: list[list[str]]) -> list[Floats] | None:
        """Columns at a time; None unless every row is whole and holds numbers."""
        if set(map(len, rows)) != {self._width}:
            return None
        cells = list(zip(*rows, strict=True))
        columns = []
        for place in self._places:
            column: Sequence[str] = cells[place]
            together = "".join(column)
            if "_" in together or (self._decimal == "," and "." in together):
                return None
            if self._decimal == ",":
                column = [cell.replace(",", ".") for cell in column]
            try:
                values = np.array(list(map(float, column)))
            except ValueError:
                return None
            if not np.isfinite(values).all():
                return None
            columns.append(values)
        return columns

    def _one_by_one(self, rows: list[list[str]], before: int) -> list[Floats]:
        kept: list[list[float]] = []
        for row in rows:
            if row:
                numbers = self._numbers(row)
                if numbers is None:
                    self._left_out += 1
                    if self._first_left_out is None:
                        self._first_left_out = before + 1
                else:
                    kept.append(numbers)
            before += _lines_of(row)
        values = np.array(kept).reshape(len(kept), len(self._places))
        return [np.ascontiguousarray(column) for column in values.T]

    def _numbers(self, row: list[str]) -> list[float] | None:
        """The numbers of a row; None where one is missing or its cells do not fit the titles."""
        if any(cell.strip(BLANKS) for cell in row[self._width :]):
            return None
        if max(self._places) >= len(row):
            return None
        numbers = [number(row[place], self._decimal) for place in self._places]
        found = [value for value in numbers if value is not None]
        return found if len(found) == len(numbers) else None

    def table(self, preview: Preview) -> Table:
        """All that has been taken."""
        if not self._count:
            raise Problem("no row of the file holds numbers in all of these columns")
        return Table(
            preview,
            tuple(preview.columns[place] for place in self._places),
            tuple(np.concatenate(pieces) for pieces in self._pieces),
            self._left_out,
            self._first_left_out,
        )


def _lines_of(row: Sequence[str]) -> int:
    """Over how many lines of the file a row runs: a quoted cell may hold line ends."""
    return 1 + sum(cell.count("\n") for cell in row)


def read_csv(path: str | PathLike[str], dialect: Dialect | None = None) -> Table:
    """Every column of numbers of a file, in one go.

    Raises
    ------
    Problem : where there is nothing to read, or it cannot be read.
    """
    preview = preview_csv(path, dialect)
    return read_columns(preview, preview.numeric)


def read_columns(preview: Preview, places: Sequence[int]) -> Table:
    """These columns of a file, in one go; raises as :func:`read_csv` does."""
    if not places:
        raise Problem("no column of the file holds numbers")
    if len(places) > MAX_COLUMNS:
        raise Problem("the data have more than {most} columns", most=MAX_COLUMNS)
    stages = CsvReading(preview, tuple(places)).stages()
    return next(table for _, table in stages if table is not None)
