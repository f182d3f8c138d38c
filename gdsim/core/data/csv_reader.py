"""The numbers of a file of comma-separated values.

The standard library's reader takes the cells apart; here is only what it does not know: encoding,
delimiter, titles, decimal comma, and which rows hold numbers.

They are found by hand because libraries that guess encodings err on files as short as these.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from os import PathLike

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.data.cell_numbers import BLANKS, AmbiguousNumber, Cell, SignEvidence
from gdsim.core.data.column_kinds import Column
from gdsim.core.data.csv_dialect import Dialect, DialectChoices, cells_of, unclosed
from gdsim.core.data.csv_preview import Preview, no_numbers, preview_csv
from gdsim.core.data.dataset import MAX_COLUMNS, MAX_ROWS, Dataset
from gdsim.core.data.table_source import Lines, TableSource
from gdsim.core.number_text import grouped
from gdsim.core.problem import Problem

# So much is read in some hundredths of a second.
_ROWS_AT_ONCE = 4_096
_BYTES_AT_ONCE = 2**20
_ROWS_BETWEEN_CHECKS = 256


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The numbers of a file.

    ``values`` (n,) for each of the columns, finite; ``left_out`` rows were not used, because a
    cell of these columns is missing or not a number. ``first_left_out`` is the first such cell.
    """

    preview: Preview
    columns: tuple[Column, ...]
    values: tuple[Floats, ...]
    left_out: int
    first_left_out: Cell | None

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.values[0])

    def dataset(self) -> Dataset:
        """As a data set that is called like the file."""
        names = (column.name for column in self.columns)
        classes = {column.name: column.classes for column in self.columns if column.classes}
        return Dataset(self.preview.name, dict(zip(names, self.values, strict=True)), classes)


class _OtherSign(Exception):
    """The file turns out to have the other decimal sign."""


@dataclass(frozen=True)
class CsvReading:
    """The reading of a whole file, in slices.

    ``columns`` are the places, among the columns of the preview, of those to be read.
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
        Problem : if the file cannot be read to its end, is too long, or no row holds numbers.
        AmbiguousNumber : if a number has two meanings and nothing in the file decides.
        """
        preview = self.preview
        try:
            yield from self._read_with_either_sign(preview)
        except UnicodeError:
            if preview.dialect.encoding != "utf-8-sig":
                raise _undecodable(preview.dialect.encoding) from None
            # The beginning was plain ASCII, which is UTF-8 and GB18030 alike.
            dialect = replace(preview.dialect, encoding="gb18030")
            try:
                yield from self._read_with_either_sign(replace(preview, dialect=dialect))
            except UnicodeError:
                raise Problem("the file is neither UTF-8 nor GB18030 text") from None
        except OSError:
            raise Problem("the file {name} cannot be read", name=preview.source.name) from None

    def _read_with_either_sign(self, preview: Preview) -> Iterator[tuple[float, Table | None]]:
        """Read the file; once more where a late cell shows that the decimal sign is the other."""
        try:
            yield from self._read(preview)
        except _OtherSign:
            decimal = "," if preview.dialect.decimal == "." else "."
            dialect = replace(preview.dialect, decimal=decimal)
            yield from self._read(replace(preview, dialect=dialect, evidence=None))

    def _read(self, preview: Preview) -> Iterator[tuple[float, Table | None]]:
        dialect = preview.dialect
        collector = _Collector(preview, [preview.columns[place] for place in self.columns])
        with preview.source.lines(dialect.encoding) as lines:
            reader = _RowReader(lines, dialect)
            has_titles = dialect.has_header
            while True:
                line = reader.line
                rows = reader.next_rows()
                if not rows:
                    break
                if has_titles:
                    titles = next((at for at, row in enumerate(rows) if "".join(row).strip()), 0)
                    line += sum(map(_lines_of, rows[: titles + 1]))
                    rows, has_titles = rows[titles + 1 :], False
                collector.take(rows, line)
                yield lines.share, None
        yield 1.0, collector.table()


def _undecodable(encoding: str) -> Problem:
    return Problem("the file cannot be read as {encoding}", encoding=encoding)


class _RowReader:
    """Rows of cells in slices."""

    def __init__(self, lines: Lines, dialect: Dialect) -> None:
        self._lines = lines
        self._above = dialect.above
        self._reader = cells_of(islice(iter(lines), dialect.above, None), dialect.delimiter)

    @property
    def line(self) -> int:
        """How many lines of the file have been read."""
        return self._above + self._reader.line_num

    def next_rows(self) -> list[list[str]]:
        """Some more rows; none at the end."""
        rows: list[list[str]] = []
        before = self._lines.read
        try:
            while len(rows) < _ROWS_AT_ONCE:
                self._lines.begin_rows()
                more = list(islice(self._reader, _ROWS_BETWEEN_CHECKS))
                rows += more
                if not more or self._lines.read - before > _BYTES_AT_ONCE:
                    break
        except csv.Error:
            raise unclosed(self._reader, self._above) from None
        return rows


class _Collector:
    """Turns rows of cells into columns of numbers, and counts the rows that are left out."""

    def __init__(self, preview: Preview, columns: Sequence[Column]) -> None:
        self._preview = preview
        self._columns = tuple(columns)
        self._decimal = preview.dialect.decimal
        self._evidence: SignEvidence | None = None
        if preview.evidence is not None and not preview.evidence.is_decided:
            self._evidence = SignEvidence()
        self._pieces: list[list[Floats]] = [[] for _ in columns]
        self._count = 0
        self._left_out = 0
        self._first_left_out: Cell | None = None

    def take(self, rows: list[list[str]], before: int) -> None:
        """Take rows that follow after so many lines."""
        if self._evidence is not None:
            self._weigh(self._evidence, rows, before)
        numbers = self._by_columns(rows)
        if numbers is None:
            numbers = self._by_rows(rows, before)
        self._count += len(numbers[0])
        if self._count > MAX_ROWS:
            raise Problem("the file has more than {most} rows", most=grouped(MAX_ROWS))
        for pieces, piece in zip(self._pieces, numbers, strict=True):
            pieces.append(piece)

    def _weigh(self, evidence: SignEvidence, rows: list[list[str]], before: int) -> None:
        """Look for cells that decide which sign precedes the decimals."""
        for column in self._columns:
            if column.is_numeric:
                place, line = column.place, before
                cells, lines = [], []
                for row in rows:
                    if place < len(row):
                        cells.append(row[place])
                        lines.append(line + 1)
                    line += _lines_of(row)
                evidence.add_column(cells, lines)
        if evidence.is_decided:
            if evidence.decimal() != self._decimal:
                raise _OtherSign
            self._evidence = None

    def _by_columns(self, rows: list[list[str]]) -> list[Floats] | None:
        """The numbers, column by column; None unless every row is whole and holds plain numbers."""
        if set(map(len, rows)) != {self._preview.width}:
            return None
        cells = list(zip(*rows, strict=True))
        columns = []
        for column in self._columns:
            if not column.is_numeric:
                return None
            texts: Sequence[str] = cells[column.place]
            together = "".join(texts)
            if "_" in together or (self._decimal == "," and "." in together):
                return None
            if self._decimal == ",":
                texts = [text.replace(",", ".") for text in texts]
            try:
                values = np.array(list(map(float, texts)))
            except ValueError:
                return None
            if not np.isfinite(values).all():
                return None
            columns.append(values)
        return columns

    def _by_rows(self, rows: list[list[str]], before: int) -> list[Floats]:
        kept: list[list[float]] = []
        for row in rows:
            if row:
                numbers = self._numbers(row, before + 1)
                if numbers is not None:
                    kept.append(numbers)
            before += _lines_of(row)
        values = np.array(kept).reshape(len(kept), len(self._columns))
        return [np.ascontiguousarray(column) for column in values.T]

    def _numbers(self, row: list[str], line: int) -> list[float] | None:
        """The numbers of a row; None, and it is counted, if one is missing or it has more cells."""
        odd = next((cell for cell in row[self._preview.width :] if cell.strip(BLANKS)), None)
        numbers = []
        for column in self._columns:
            if odd is not None:
                break
            cell = row[column.place] if column.place < len(row) else ""
            value = column.value(cell, self._decimal)
            if value is None:
                odd = cell
            else:
                numbers.append(value)
        if odd is None:
            return numbers
        self._left_out += 1
        if self._first_left_out is None:
            self._first_left_out = Cell(odd, line)
        return None

    def table(self) -> Table:
        """All rows that have been taken."""
        if self._evidence is not None:
            doubt = self._evidence.doubt(self._preview.dialect.delimiter)
            if doubt is not None:
                raise AmbiguousNumber(doubt)
        if not self._count:
            raise Problem("no row of the file holds numbers in all of these columns")
        return Table(
            self._preview,
            self._columns,
            tuple(np.concatenate(pieces) for pieces in self._pieces),
            self._left_out,
            self._first_left_out,
        )


def _lines_of(row: Sequence[str]) -> int:
    """Over how many lines of the file a row runs: a quoted cell may hold line ends."""
    return 1 + sum(cell.count("\n") for cell in row)


def read_csv(
    given: str | PathLike[str] | TableSource, choices: DialectChoices | None = None
) -> Table:
    """Every column of numbers of a file, and every class, in one go.

    Raises
    ------
    Problem : if there is nothing to read, or it cannot be read.
    """
    preview = preview_csv(given, choices or DialectChoices())
    return read_columns(preview, preview.usable)


def read_columns(preview: Preview, places: Sequence[int]) -> Table:
    """These columns of a file, in one go; raises as :func:`read_csv` does."""
    if not places:
        raise no_numbers(preview)
    if len(places) > MAX_COLUMNS:
        raise Problem("the data have more than {most} columns", most=MAX_COLUMNS)
    stages = CsvReading(preview, tuple(places)).stages()
    return next(table for _, table in stages if table is not None)
