"""Writing files: whole or not at all, and never over something else by mistake."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TextIO

from gdsim.core.problem import Problem

_STANDARD_STREAMS = (1, 2)


@contextmanager
def written_file(
    path: str | os.PathLike[str],
    *,
    force: bool,
    sources: Sequence[str | os.PathLike[str] | int] = (),
    may_wait: bool = True,
) -> Iterator[TextIO]:
    """A text file (UTF-8) to write to; it has its name only once all of it is written.

    What is written goes to a new file in the same folder, which takes the name ``path`` at the end
    and is removed if anything goes wrong. A link stays a link: the file it points to is replaced.
    Devices and pipes, and the file that standard output goes to, are written to as they are.

    Parameters
    ----------
    force : whether an existing file may be replaced.
    sources : paths, or open descriptors, of the files that are read; these are never replaced.
    may_wait : whether pipes and devices are written to, which may wait for a reader.

    Raises
    ------
    Problem : if ``path`` is a folder, one of the sources, or exists and may not be replaced.
    OSError : if it cannot be written; its ``filename`` is ``path``.
    """
    try:
        if not os.fspath(path):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        status = _status(path)
        if status is not None and stat.S_ISDIR(status.st_mode):
            raise Problem("{path} is a folder, not a file", path=os.fspath(path))
        stream = None if status is None or not may_wait else _standard_stream(status)
        if stream is not None:
            writing = _into_descriptor(stream)
        elif status is not None and not stat.S_ISREG(status.st_mode):
            if not may_wait:
                raise Problem("{path} is a pipe or a device, not a file", path=os.fspath(path))
            writing = _into_device(path)
        else:
            if status is not None:
                _check_replaceable(path, status, force, sources)
            writing = _into_new_file(path, status)
        with writing as file:
            yield file
    except OSError as error:
        error.filename = os.fspath(path)  # what goes wrong in writing does not say where
        raise


def _status(path: str | os.PathLike[str]) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _standard_stream(status: os.stat_result) -> int | None:
    """The descriptor of standard output or error, if it goes to this very file."""
    for descriptor in _STANDARD_STREAMS:
        with suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), status):
                return descriptor
    return None


def _check_replaceable(
    path: str | os.PathLike[str],
    status: os.stat_result,
    force: bool,
    sources: Sequence[str | os.PathLike[str] | int],
) -> None:
    for source in sources:
        with suppress(OSError):
            if os.path.samestat(os.stat(source), status):
                raise Problem(
                    "{path} is the file that the data are read from; write to another one",
                    path=os.fspath(path),
                )
    if not force:
        raise Problem("there is already a file {path}; --force replaces it", path=os.fspath(path))


@contextmanager
def _into_descriptor(descriptor: int) -> Iterator[TextIO]:
    with os.fdopen(os.dup(descriptor), "w", encoding="utf-8", newline="") as file:
        yield file


@contextmanager
def _into_device(path: str | os.PathLike[str]) -> Iterator[TextIO]:
    with open(path, "w", encoding="utf-8", newline="") as file:
        yield file


@contextmanager
def _into_new_file(path: str | os.PathLike[str], status: os.stat_result | None) -> Iterator[TextIO]:
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{name[:40]}.{secrets.token_hex(4)}.part")
    # O_EXCL: nothing that is there is opened; the mode is that of any new file.
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
        if status is not None:
            with suppress(OSError):
                os.chmod(temporary, stat.S_IMODE(status.st_mode))
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
