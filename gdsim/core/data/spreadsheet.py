"""Tables in spreadsheets (.xlsx), read as lines of comma-separated values.

openpyxl reads the cells; it is an optional extra, imported when a spreadsheet is opened.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from gdsim.core.data.cell_numbers import number
from gdsim.core.data.table_source import MAX_BYTES, Lines
from gdsim.core.plain_text import plain_text
from gdsim.core.problem import Problem


@dataclass(frozen=True, slots=True)
class SheetSource:
    """The first sheet of a spreadsheet that holds anything."""

    name: str
    path: Path
    sheet: int

    @property
    def has_typed_cells(self) -> bool:
        return True

    def sample(self, size: int) -> tuple[bytes, bool]:
        text = io.StringIO()
        with self.lines("utf-8") as lines:
            for line in lines:
                text.write(line)
                if text.tell() > size:
                    return text.getvalue().encode(), False
        return text.getvalue().encode(), True

    @contextmanager
    def lines(self, encoding: str) -> Iterator[Lines]:
        book = _opened(self.path)
        try:
            yield _SheetLines(book.worksheets[self.sheet])
        finally:
            book.close()


class _SheetLines:
    """The rows of a sheet, each written as a line of comma-separated values."""

    def __init__(self, sheet: Any) -> None:
        self.read = 0
        self._sheet = sheet
        self._last = max(sheet.max_row or 1, 1)
        self._count = 0

    def __iter__(self) -> Iterator[str]:
        for row in _rows(self._sheet):
            self._count += 1
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerow([_text(value) for value in row])
            self.read += text.tell()
            yield text.getvalue()

    def begin_rows(self) -> None:
        """A sheet has been measured before it is read: nothing is to be limited."""

    @property
    def share(self) -> float:
        return min(self._count / self._last, 1.0)


def _rows(sheet: Any) -> Iterator[tuple[object, ...]]:
    try:
        yield from sheet.iter_rows(values_only=True)
    except (GeneratorExit, Problem):
        raise
    except Exception as error:  # openpyxl meets damage as it goes, with any exception
        raise OSError("damaged spreadsheet") from error


def sheet_source(path: Path) -> SheetSource:
    """The source of a spreadsheet.

    Raises
    ------
    Problem : if it is of another kind, damaged, empty or too large, or openpyxl is missing.
    """
    name = plain_text(path.name)
    try:
        with zipfile.ZipFile(path) as parts:
            entries = parts.infolist()
    except (OSError, zipfile.BadZipFile):
        raise _other_kind(name) from None
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise _other_kind(name)
    if sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise Problem("the file is larger than {most} MB", most=MAX_BYTES // 2**20)
    book = _opened(path)
    try:
        for place, sheet in enumerate(book.worksheets):
            if any(value is not None for row in _rows(sheet) for value in row):
                return SheetSource(name, path, place)
    except OSError:
        raise Problem("the file {name} cannot be read", name=name) from None
    finally:
        book.close()
    raise Problem("the file is empty")


def _other_kind(name: str) -> Problem:
    return Problem(
        "{name} is a document of another kind: save the table as .xlsx or as CSV", name=name
    )


def _opened(path: Path) -> Any:
    try:
        import openpyxl
    except ImportError:
        raise Problem(
            "reading {name} needs openpyxl: pip install 'gdsim[xlsx]', or save the table as CSV",
            name=plain_text(path.name),
        ) from None
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception:  # whatever openpyxl says of a damaged file
        raise Problem("the file {name} cannot be read", name=plain_text(path.name)) from None


def _text(value: object) -> str:
    """A cell as text that reads back to the same value.

    A number that is stored as text and has a point or a comma may mean two things; behind an
    apostrophe, with which spreadsheets mark such text, it is no number.
    """
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return repr(value)
        case datetime():
            return value.isoformat(" ").removesuffix(" 00:00:00")
        case date() | time():
            return value.isoformat()
    text = " ".join(str(value).split())
    is_number = number(text, ".") is not None or number(text, ",") is not None
    return f"'{text}" if is_number and ("." in text or "," in text) else text
