"""A file is written whole or not at all, and nothing else is replaced by it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from gdsim.core.problem import Problem
from gdsim.core.safe_write import written_file

posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices of POSIX")


def write(path: Path | str, text: str = "new", *, force: bool = False) -> None:
    with written_file(path, force=force) as file:
        file.write(text)


def test_a_new_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    place = tmp_path / "steps.csv"
    with written_file(place, force=False) as file:
        file.write("a,b\n")
        assert not place.exists()
    assert place.read_bytes() == b"a,b\n"
    assert os.listdir(tmp_path) == ["steps.csv"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
@pytest.mark.parametrize("before", [None, "old"])
def test_what_is_broken_off_leaves_everything_as_it_was(
    tmp_path: Path, error: type[BaseException], before: str | None
) -> None:
    place = tmp_path / "steps.csv"
    if before is not None:
        place.write_text(before)

    def broken_off() -> None:
        with written_file(place, force=True) as file:
            file.write("half")
            raise error

    with pytest.raises(error):
        broken_off()
    assert os.listdir(tmp_path) == ([] if before is None else ["steps.csv"])
    assert before is None or place.read_text() == before


def test_an_existing_file_is_replaced_only_by_force(tmp_path: Path) -> None:
    place = tmp_path / "steps.csv"
    place.write_text("old")
    with pytest.raises(Problem, match=r"there is already a file .*steps\.csv; --force replaces it"):
        write(place)
    assert place.read_text() == "old"
    write(place, force=True)
    assert place.read_text() == "new"


@posix
def test_the_mode_of_a_replaced_file_stays(tmp_path: Path) -> None:
    place = tmp_path / "steps.csv"
    place.write_text("old")
    place.chmod(0o640)
    write(place, force=True)
    assert stat.S_IMODE(place.stat().st_mode) == 0o640


@pytest.mark.parametrize("force", [False, True])
def test_the_file_that_is_read_is_never_replaced(tmp_path: Path, force: bool) -> None:
    place, link = tmp_path / "data.csv", tmp_path / "same.csv"
    place.write_text("data")
    os.link(place, link)
    for path in (place, link, tmp_path / "." / "data.csv"):
        with (
            pytest.raises(Problem, match="is the file that the data are read from"),
            written_file(path, force=force, sources=[place]),
        ):
            raise AssertionError
    with (
        open(place, encoding="utf-8") as opened,
        pytest.raises(Problem, match="is the file that the data are read from"),
        written_file(place, force=force, sources=[opened.fileno()]),
    ):
        raise AssertionError
    assert place.read_text() == "data"
    write(tmp_path / "other.csv")


@posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    link.symlink_to(target)
    write(link, "first")  # the file it points to is not there yet
    assert target.read_text() == "first"
    with pytest.raises(Problem, match="there is already a file"):
        write(link)
    write(link, force=True)
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert sorted(os.listdir(tmp_path)) == ["link.csv", "target.csv"]


@posix
def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with (
        pytest.raises(Problem, match="is a pipe or a device"),
        written_file(pipe, force=True, may_wait=False),
    ):
        raise AssertionError
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.append(pipe.read_text()))
    reader.start()
    write(pipe)
    reader.join()
    assert said == ["new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_device_stays_a_device() -> None:
    write("/dev/null", force=True)
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    for force in (False, True):
        with pytest.raises(OSError, match="No space left") as caught:
            write("/dev/full", force=force)
        assert caught.value.filename == "/dev/full"
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


@posix
@pytest.mark.parametrize("path", ["/dev/stdout", "OUT"])
def test_the_file_that_standard_output_goes_to_is_added_to(tmp_path: Path, path: str) -> None:
    place = tmp_path / "out.csv"
    place.write_text("before\n")
    program = (
        "import sys; from gdsim.core.safe_write import written_file\n"
        "with written_file(sys.argv[1], force=False) as file: file.write('new\\n')\n"
        "print('after')"
    )
    words = [sys.executable, "-c", program, str(place) if path == "OUT" else path]
    with place.open("a") as out:
        subprocess.run(words, stdout=out, check=True, timeout=100)
    assert place.read_text() == "before\nnew\nafter\n"


def test_folders_and_places_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="is a folder, not a file"):
        write(tmp_path, force=True)
    for path in (tmp_path / "none" / "steps.csv", ""):
        with pytest.raises(FileNotFoundError) as caught:
            write(path)
        assert caught.value.filename == str(path)


def test_a_name_as_long_as_names_can_be(tmp_path: Path) -> None:
    place = tmp_path / ("身" * 83 + ".csv")
    write(place)
    assert place.read_text() == "new"
