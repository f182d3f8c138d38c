"""Where a table comes from: a file, a pipe that can be read once, or text that was pasted."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from gdsim.core.problem import Problem

MAX_BYTES = 256 * 2**20
MAX_LINE = 2**20
"""Bytes of a line; a row of 1 000 numbers has some 20 000."""
MAX_ROWS = 8 * MAX_LINE
"""Bytes of a few hundred rows together."""

_BLOCK = 2**16


class Lines(Protocol):
    """The lines of a table, from the first to the last."""

    def __iter__(self) -> Iterator[str]:
        """The lines; a Problem where one, or the row that it belongs to, is too long."""

    def begin_rows(self) -> None:
        """The rows that follow may together have ``MAX_ROWS`` bytes."""

    @property
    def read(self) -> int:
        """How many bytes have been read."""

    @property
    def share(self) -> float:
        """How much of the table has been read, from 0 to 1."""


class TableSource(Protocol):
    """Something that a table can be read from, as often as needed."""

    @property
    def name(self) -> str:
        """What the window calls it, such as ``cars.csv``; safe to show."""

    @property
    def has_typed_cells(self) -> bool:
        """Whether numbers are stored as numbers, so that their decimal sign is known."""

    def sample(self, size: int) -> tuple[bytes, bool]:
        """About the first ``size`` bytes, and whether these are all."""

    def lines(self, encoding: str) -> AbstractContextManager[Lines]:
        """A context in which the lines can be read from the beginning."""


@dataclass(frozen=True, slots=True)
class TextSource:
    """Text in a regular file, or in ``content`` where there is no file."""

    name: str
    path: Path | None = None
    content: bytes = b""

    @property
    def has_typed_cells(self) -> bool:
        return False

    def sample(self, size: int) -> tuple[bytes, bool]:
        with self._opened() as file:
            first = file.read(size + 1)
        return first[:size], len(first) <= size

    @contextmanager
    def lines(self, encoding: str) -> Iterator[Lines]:
        with self._opened() as file:
            yield _TextLines(file, encoding)

    def _opened(self) -> BinaryIO:
        return io.BytesIO(self.content) if self.path is None else self.path.open("rb")


class _TextLines:
    """Lines of a file of bytes."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._size = max(file.seek(0, os.SEEK_END), 1)
        file.seek(0)
        self._bytes = _LimitedBytes(file)
        self._text = io.TextIOWrapper(io.BufferedReader(self._bytes, _BLOCK), encoding, newline="")

    def __iter__(self) -> Iterator[str]:
        return self._text

    @property
    def read(self) -> int:
        return self._bytes.read_so_far

    def begin_rows(self) -> None:
        self._bytes.of_rows = 0

    @property
    def share(self) -> float:
        return min(self.read / self._size, 1.0)


class _LimitedBytes(io.RawIOBase):
    """The bytes of a file, as long as a line or a row does not fill the memory.

    A row can run over any number of lines, if line ends stand between quotation marks.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._lines = 0
        self._of_line = 0
        self.of_rows = 0
        self.read_so_far = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        block = self._file.read(len(buffer))
        buffer[: len(block)] = block
        self.read_so_far += len(block)
        self.of_rows += len(block)
        # As far as memory is concerned, a file with the line ends of old Macs is one line.
        self._lines += block.count(b"\n")
        end = block.rfind(b"\n")
        self._of_line = self._of_line + len(block) if end < 0 else len(block) - end - 1
        if self._of_line > MAX_LINE or self.of_rows > MAX_ROWS:
            raise Problem("the row before line {line} is too long to be read", line=self._lines + 2)
        return len(block)


def pasted(text: str) -> TextSource:
    """Cells copied from a spreadsheet or from anywhere else; a Problem if there are none."""
    if not text.strip():
        raise Problem("there is no text on the clipboard")
    return TextSource("pasted", content=text.encode("utf-8", "replace"))
