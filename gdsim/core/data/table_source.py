"""Where a table comes from: a file, a pipe that can be read once, or text that was pasted."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import BinaryIO, Protocol

from gdsim.core.plain_text import plain_text
from gdsim.core.problem import Problem

MAX_BYTES = 256 * 2**20
MAX_LINE = 2**20
"""Characters of a line; a row of 1 000 numbers has some 20 000."""

STANDARD_INPUT = "-"

_BLOCK = 2**20


class Lines(Protocol):
    """The lines of a table, one after the other."""

    def __iter__(self) -> Iterator[str]: ...

    def __next__(self) -> str:
        """The next line; a Problem where it is too long to be read."""

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
    """Lines of a file of bytes; a line that is too long is refused before it fills the memory."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._size = max(file.seek(0, os.SEEK_END), 1)
        file.seek(0)
        self._text = io.TextIOWrapper(file, encoding, newline="")
        self._count = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MAX_LINE + 1)
        if not line:
            raise StopIteration
        self._count += 1
        if len(line) > MAX_LINE:
            raise Problem(
                "line {line} has more than {most} characters", line=self._count, most=MAX_LINE
            )
        return line

    @property
    def share(self) -> float:
        return min(self._file.tell() / self._size, 1.0)


def pasted(text: str) -> TextSource:
    """Cells copied from a spreadsheet or from anywhere else."""
    return TextSource("pasted", content=text.encode("utf-8", "replace"))


def source_of(path: str | PathLike[str], *, may_wait: bool = False) -> TableSource:
    """The source of a file.

    Parameters
    ----------
    may_wait : also read pipes and devices, once and to their end; ``-`` is standard input.

    Raises
    ------
    Problem : if there is no such file, or it is too large, or nothing that a table is read from.
    """
    place = Path(path)
    name = plain_text(place.name)
    if may_wait and str(path) == STANDARD_INPUT:
        if sys.stdin is None:
            raise Problem("there is no standard input to read from")
        return TextSource("standard input", content=_read_once(sys.stdin.buffer))
    try:
        if "\0" in str(path):
            raise FileNotFoundError
        status = place.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Problem("{path} is a folder, not a file", path=place)
        if not stat.S_ISREG(status.st_mode):
            if not may_wait:
                raise Problem("{path} is a pipe or a device, not a file", path=place)
            with place.open("rb") as file:
                return TextSource(name, content=_read_once(file))
        if status.st_size > MAX_BYTES:
            raise _too_large()
        with place.open("rb") as file:
            beginning = file.read(8)
    except (FileNotFoundError, NotADirectoryError):
        raise Problem("there is no file {path}", path=place) from None
    except OSError:
        raise Problem("the file {name} cannot be read", name=name) from None
    if is_spreadsheet(beginning):
        from gdsim.core.data.spreadsheet import sheet_source

        return sheet_source(place)
    return TextSource(name, place)


def is_spreadsheet(beginning: bytes) -> bool:
    """Whether a file that begins with these bytes is a spreadsheet, or another packed document."""
    return beginning.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def _read_once(file: BinaryIO) -> bytes:
    """All bytes of a pipe or device; it is left early if these are no text or too many."""
    blocks: list[bytes] = []
    size = 0
    while block := file.read(_BLOCK):
        blocks.append(block)
        size += len(block)
        if size > MAX_BYTES:
            raise _too_large()
        if b"\0" in blocks[0] and not blocks[0].startswith((b"\xff\xfe", b"\xfe\xff")):
            raise Problem("the file is not text")
    return b"".join(blocks)


def _too_large() -> Problem:
    return Problem("the file is larger than {most} MB", most=MAX_BYTES // 2**20)
