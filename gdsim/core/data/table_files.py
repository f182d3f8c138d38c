"""The source of a path: a file of text, a spreadsheet, or a pipe that is read once."""

from __future__ import annotations

import stat
import sys
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from gdsim.core.data.spreadsheet import sheet_source
from gdsim.core.data.table_source import MAX_BYTES, TableSource, TextSource
from gdsim.core.plain_text import plain_text
from gdsim.core.problem import Problem

STANDARD_INPUT = "-"

_BLOCK = 2**16


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
