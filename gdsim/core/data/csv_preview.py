"""A look at the first rows of a file of comma-separated values: how it is written, its columns."""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import PurePath

from gdsim.core.data.cell_numbers import Cell, SignEvidence, number_text
from gdsim.core.data.column_kinds import Column, columns_of
from gdsim.core.data.csv_dialect import (
    Dialect,
    DialectChoices,
    Row,
    decodes,
    dialect_of,
    encoding_of,
    rows_of,
    width_of,
)
from gdsim.core.data.table_files import source_of
from gdsim.core.data.table_source import TableSource
from gdsim.core.number_text import grouped
from gdsim.core.plain_text import plain_text, quoted
from gdsim.core.problem import Problem

PREVIEW_ROWS = 100
MOST_SHOWN = 1_000
"""Columns among which somebody can still choose."""

_SAMPLE_BYTES = 2**16
_FOUND_OUT = DialectChoices()


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file.

    Attributes
    ----------
    source : the file.
    dialect : how it is written.
    columns : its columns, and behind the last one the classes made from columns of text.
    width : how many columns it has itself.
    rows : its first rows, as texts.
    evidence : what the cells say of the decimal sign; None if it has been chosen.
    """

    source: TableSource
    dialect: Dialect
    columns: tuple[Column, ...]
    width: int
    rows: tuple[tuple[str, ...], ...]
    evidence: SignEvidence | None

    @property
    def name(self) -> str:
        """What data from this file are called."""
        return PurePath(self.source.name).stem or self.source.name

    @property
    def usable(self) -> tuple[int, ...]:
        """The places in ``columns`` of those that numbers can be read from."""
        return tuple(place for place, column in enumerate(self.columns) if column.is_usable)

    @property
    def doubt(self) -> Cell | None:
        """The first number with two meanings; None if the meaning of all is known."""
        return None if self.evidence is None else self.evidence.doubt(self.dialect.delimiter)

    def text_at(self, row: int, place: int) -> tuple[str, bool]:
        """A cell of the file as it is read, and whether that is a number."""
        cells, column = self.rows[row], self.columns[place]
        text = cells[place] if place < len(cells) else ""
        value = column.value(text, self.dialect.decimal)
        if value is None:
            return plain_text(text.strip()), False
        if column.classes is not None:
            return f"{plain_text(text.strip())} = {number_text(value)}", True
        # A number with two meanings is shown as it stands in the file until one is chosen.
        return (text.strip() if self._is_doubted(text) else number_text(value)), True

    def share_in(self, column: Column) -> tuple[str, str] | None:
        """A cell of the column that is a percentage, and the number it is read as."""
        for row in self.rows:
            cell = row[column.place] if column.place < len(row) else ""
            if any(sign in cell for sign in "%％‰"):
                value = column.value(cell, self.dialect.decimal)
                if value is not None:
                    return plain_text(cell.strip()), number_text(value)
        return None

    def _is_doubted(self, text: str) -> bool:
        return self.doubt is not None and any(sign in text for sign in ".,")


def preview_csv(
    given: str | PathLike[str] | TableSource, choices: DialectChoices = _FOUND_OUT
) -> Preview:
    """Look at the beginning of a file.

    Parameters
    ----------
    given : a path, or a source that has been opened.
    choices : how it is written, as far as somebody has said; the rest is found out.

    Raises
    ------
    Problem : if the file cannot be read, is empty or too large, or has one column or very many.
    """
    source = source_of(given) if isinstance(given, str | PathLike) else given
    try:
        sample, is_whole = source.sample(_SAMPLE_BYTES)
    except OSError:
        raise Problem("the file {name} cannot be read", name=source.name) from None
    if source.has_typed_cells:
        choices = replace(choices, encoding="utf-8", delimiter=",", decimal=".")
    encoding = _encoding(choices.encoding) or encoding_of(sample, is_whole=is_whole)
    lines = _lines(sample, encoding, is_whole=is_whole)
    if not any(line.strip() and not line.startswith("#") for line in lines):
        raise Problem("the file is empty")
    dialect, evidence = dialect_of(lines, encoding, choices)
    rows = rows_of(lines, dialect.delimiter, dialect.above)
    if width_of(rows) > MOST_SHOWN:
        raise Problem("the file has more than {most} columns", most=grouped(MOST_SHOWN))
    titles, body = _titles(rows, dialect)
    columns, classes = columns_of(titles, body, dialect.decimal)
    return Preview(
        source,
        dialect,
        (*columns, *classes),
        len(columns),
        tuple(tuple(row.cells) for row in body[:PREVIEW_ROWS]),
        None if choices.decimal is not None else evidence,
    )


def no_numbers(preview: Preview) -> Problem:
    """Why no column can be used, by the first cell that is not a number."""
    odd = [column.odd_cell for column in preview.columns if column.odd_cell is not None]
    if not odd:
        return Problem("no column of the file holds numbers")
    return Problem(
        "no column of the file holds numbers: line {line} says {cell}",
        line=odd[0].line,
        cell=quoted(odd[0].text),
    )


def _titles(rows: list[Row], dialect: Dialect) -> tuple[list[str], list[Row]]:
    """A title for each column, empty where there is none, and the rows below."""
    if not rows:
        raise Problem("the file is empty")
    titles = rows[0].cells if dialect.has_header else []
    body = rows[1:] if dialect.has_header else rows
    if not body:
        raise Problem("the file has titles, but no row of numbers")
    width = width_of(body)
    if width < 2:
        raise Problem("the file has only one column; data need at least an input and a target")
    titles = [plain_text(title.strip()) for title in titles[:width]]
    if len(titles) == width - 1 and any("".join(row.cells[width - 1 :]).strip() for row in body):
        # The first column holds the names of the rows and has no title, as R writes it.
        titles.insert(0, "")
    return titles + [""] * (width - len(titles)), body


def _encoding(chosen: str | None) -> str | None:
    """Python's name of an encoding."""
    if chosen is None:
        return None
    try:
        name = codecs.lookup(chosen).name
        "".encode(name)  # some codecs do not make bytes of text
    except (LookupError, TypeError, ValueError):
        raise Problem(
            "there is no encoding {name}; usual ones are utf-8, gb18030, cp1252 and utf-16",
            name=chosen,
        ) from None
    return "utf-8-sig" if name == "utf-8" else name


def _lines(sample: bytes, encoding: str, *, is_whole: bool) -> list[str]:
    """The lines that the bytes hold whole."""
    if not decodes(sample, encoding, is_whole=is_whole):
        raise Problem("the file cannot be read as {encoding}", encoding=encoding)
    text = sample.decode(encoding, errors="ignore")
    lines = list(io.StringIO(text, newline=""))
    return lines if is_whole or len(lines) < 2 else lines[:-1]
