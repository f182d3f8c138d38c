"""Where tables come from: pipes are read once or refused, nothing fills the memory."""

from __future__ import annotations

import io
import os
import sys
import threading
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from gdsim.core.data.csv_preview import preview_csv
from gdsim.core.data.csv_reader import read_csv
from gdsim.core.data.table_files import source_of
from gdsim.core.data.table_source import MAX_ROWS, pasted
from gdsim.core.problem import Problem

TABLE = b"x,y\n1,2\n3,4\n"
has_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")


@has_pipes
def test_a_pipe_is_read_once_or_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(Problem, match="is a pipe or a device, not a file"):
        preview_csv(pipe)  # nobody writes: opening it would wait for ever
    writer = threading.Thread(target=pipe.write_bytes, args=(TABLE,))
    writer.start()
    source = source_of(pipe, may_wait=True)
    writer.join()
    for _ in range(2):
        assert np.column_stack(read_csv(source).values).tolist() == [[1, 2], [3, 4]]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device")
def test_a_device_without_end_is_left_at_once() -> None:
    with pytest.raises(Problem, match="the file is not text"):
        source_of("/dev/zero", may_wait=True)
    with pytest.raises(Problem, match="is a pipe or a device"):
        source_of("/dev/zero")


def test_a_minus_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TABLE)))
    assert read_csv(source_of("-", may_wait=True)).rows == 2
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(Problem, match="there is no standard input"):
        source_of("-", may_wait=True)


def test_there_is_an_end_to_what_a_pipe_brings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdsim.core.data.table_files.MAX_BYTES", 100)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x,y\n" + b"1,2\n" * 500)))
    with pytest.raises(Problem, match="the file is larger than"):
        source_of("-", may_wait=True)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux")
def test_a_name_that_is_no_text_can_be_shown_and_printed(tmp_path: Path) -> None:
    place = os.path.join(os.fsencode(tmp_path), b"caf\xe9\x1b[2J.csv")
    with open(place, "wb") as file:
        file.write(TABLE)
    table = read_csv(os.fsdecode(place))
    assert table.dataset().name == "caf\ufffd\ufffd[2J"
    assert table.dataset() == table.dataset()
    os.remove(place)
    with pytest.raises(Problem) as caught:
        preview_csv(os.fsdecode(place))
    assert (
        str(caught.value).encode() == f"there is no file {tmp_path}/caf\ufffd\ufffd[2J.csv".encode()
    )


def test_paths_that_cannot_be_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(TABLE)
    for path in (tmp_path / "file" / "below", "a\0b", "", "x" * 5_000):
        with pytest.raises(Problem):
            preview_csv(path)


LONG = 2 * MAX_ROWS


@pytest.mark.parametrize(
    ("name", "row", "sentence"),
    [
        ("one row of many cells", "1," * (LONG // 2), "the row before line 5 is too long"),
        ("one long cell", "1," + "2" * LONG, "the row before line 5 is too long"),
        ("one row over many lines", '"1\n",' * (LONG // 8), "the row before line .* is too long"),
        ("one cell over many lines", '"' + "1\n" * (LONG // 2), "not closed"),
    ],
)
def test_one_row_does_not_fill_the_memory(
    tmp_path: Path, name: str, row: str, sentence: str
) -> None:
    file = tmp_path / f"{name}.csv"
    file.write_text(f"x,y\n1,2\n3,4\n{row}\n" + "5,6\n" * 20_000, encoding="utf-8")
    assert file.stat().st_size > MAX_ROWS
    tracemalloc.start()
    try:
        with pytest.raises(Problem, match=sentence):
            read_csv(file)
        assert tracemalloc.get_traced_memory()[1] < 8 * LONG
    finally:
        tracemalloc.stop()


def test_an_empty_clipboard_is_said() -> None:
    for text in ("", " \n"):
        with pytest.raises(Problem, match="there is no text on the clipboard"):
            pasted(text)


def test_cells_of_a_spreadsheet_are_pasted_with_tabs() -> None:
    table = read_csv(pasted("Größe\tpreis\n1,5\t1.000,00\n2\t950,00\n"))
    assert np.column_stack(table.values).tolist() == [[1.5, 1000], [2, 950]]
    assert table.dataset().name == "pasted"
