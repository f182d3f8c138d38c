"""Whatever a table is written with, the numbers that come back are the ones that went in."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdsim.core.data.cell_numbers import DECIMALS, Cell
from gdsim.core.data.csv_dialect import DELIMITERS, ENCODINGS, Dialect, DialectChoices
from gdsim.core.data.csv_preview import PREVIEW_ROWS, preview_csv
from gdsim.core.data.csv_reader import CsvReading, Table, read_csv
from gdsim.core.problem import Problem

TITLES = ["x", "身高", "体重", "Größe (cm)", "a b", "theta_1", "年龄", "target", "温度", "e", "x"]
LINE_ENDS = ["\n", "\r\n"]

finite = st.floats(allow_nan=False, allow_infinity=False)


def written(
    titles: list[str] | None, rows: list[list[object]], dialect: Dialect, line_end: str = "\n"
) -> bytes:
    """The bytes of a table, written by the standard library."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=dialect.delimiter, lineterminator=line_end)
    if titles is not None:
        writer.writerow(titles)
    for row in rows:
        writer.writerow(
            repr(cell).replace(".", dialect.decimal) if isinstance(cell, float) else cell
            for cell in row
        )
    return text.getvalue().encode(dialect.encoding)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables") / "measured.csv"


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str] | None, list[list[float]]]:
    width = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(finite, min_size=width, max_size=width), min_size=2, max_size=9))
    # A sign of the decimals must be seen to be recognised.
    rows.append([place + 0.5 for place in range(width)])
    titles = draw(st.none() | st.lists(st.sampled_from(TITLES), min_size=width, max_size=width))
    return titles, rows


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    tables(),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    st.sampled_from(DELIMITERS),
    st.sampled_from(DECIMALS),
    st.sampled_from(LINE_ENDS),
)
def test_what_was_written_is_read(
    file: Path,
    table: tuple[list[str] | None, list[list[float]]],
    encoding: str,
    delimiter: str,
    decimal: str,
    line_end: str,
) -> None:
    titles, rows = table
    if titles is not None and encoding == "gb18030":
        # A file of one European letter alone looks like another encoding.
        titles = [title if title.isascii() or len(title) == 2 else "身高" for title in titles]
    dialect = Dialect(encoding, delimiter, titles is not None, decimal)
    file.write_bytes(written(titles, [list(row) for row in rows], dialect, line_end))
    found = read_csv(file)
    assert np.array_equal(np.column_stack(found.values), np.array(rows))
    assert (found.left_out, found.first_left_out) == (0, None)
    seen = found.preview.dialect
    assert (seen.delimiter, seen.has_header, seen.decimal) == (
        delimiter,
        titles is not None,
        decimal,
    )
    assert [column.title for column in found.columns] == (titles or [""] * len(rows[0]))
    dataset = found.dataset()
    assert dataset.name == "measured"
    assert dataset.names == tuple(column.name for column in found.columns)


def read(file: Path, text: str | bytes) -> Table:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_csv(file)


def numbers(table: Table) -> list[list[float]]:
    return np.column_stack(table.values).tolist()


@pytest.mark.parametrize(
    "text",
    [
        "x,y\n1,2\n3,4\n",
        "x;y\n1;2\n3;4",
        "x\ty\r\n1\t2\r\n3\t4\r\n",
        "x|y\n1|2\n3|4\n\n\n",
        "# measured on Monday\n\n# by hand\nx , y\n 1 , 2 \n3,4\n",
        "   x    y\n   1    2   \n   3.0  4\n",
        '"x","y"\n"1","2"\n"3","4"\n',
        "x,y\n１,2\n3,4\n",
        "x,y\n\n1,2\n\n\n3,4\n",
        "x,y,\n1,2,\n3,4,\n",
        "\ufeffx,y\n1,2\n3,4\n",
        "x,y\r1,2\r3,4\r",
    ],
)
def test_tables_as_people_write_them(file: Path, text: str) -> None:
    table = read(file, text)
    assert numbers(table) == [[1, 2], [3, 4]]
    assert table.left_out == 0
    assert table.dataset().names == ("x", "y")


@pytest.mark.parametrize(
    ("text", "kept", "left_out", "first"),
    [
        ("x,y\n1,2\n,4\n5,6\nabc,1\n", [[1, 2], [5, 6]], 2, Cell("", 3)),
        ("x,y\n1,2\nnan,4\n3,inf\n5,6\n", [[1, 2], [5, 6]], 2, Cell("nan", 3)),
        ("x,y\n1,2\n3\n5,6\n", [[1, 2], [5, 6]], 1, Cell("", 3)),
        ("x,y\n1,2\n3,4,5\n5,6\n", [[1, 2], [5, 6]], 1, Cell("5", 3)),
        ("x,y\n1,2\n,,\n\n5,6\n", [[1, 2], [5, 6]], 1, Cell("", 3)),
        ("x;y\n1,5;2\n1.23,5;4\n5;6\n", [[1.5, 2], [5, 6]], 1, Cell("1.23,5", 3)),
        ("x,y\n1,2\n1_0,4\n5,6\n", [[1, 2], [5, 6]], 1, Cell("1_0", 3)),
        ("x,y\n1,−2\n5,6\n", [[1, -2], [5, 6]], 0, None),
        ('name,x,y\n"one\ntwo",1,2\nb,?,4\nc,5,6\n', [[1, 2], [5, 6]], 1, Cell("?", 4)),
        ("# a\n# b\nx,y\n1,2\n\n?,4\n5,6\n", [[1, 2], [5, 6]], 1, Cell("?", 6)),
    ],
)
def test_rows_without_numbers_are_left_out_and_counted(
    file: Path, text: str, kept: list[list[float]], left_out: int, first: Cell | None
) -> None:
    table = read(file, text)
    assert numbers(table) == kept
    assert (table.left_out, table.first_left_out) == (left_out, first)
    assert table.rows == len(kept)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(finite, finite, st.booleans()), min_size=2, max_size=60))
def test_left_out_and_kept_are_all_there_are(
    file: Path, rows: list[tuple[float, float, bool]]
) -> None:
    lines = [f"{x!r},{'' if is_missing else repr(y)},z" for x, y, is_missing in rows]
    table = read(file, "x,y,z\n0.5,0.5,z\n1.5,1.5,z\n" + "\n".join(lines))
    missing = [place for place, row in enumerate(rows) if row[2]]
    expected = [[0.5, 0.5], [1.5, 1.5]] + [[x, y] for x, y, is_missing in rows if not is_missing]
    assert numbers(table) == expected
    assert table.left_out == len(missing)
    assert table.first_left_out == (Cell("", missing[0] + 4) if missing else None)


def test_only_the_chosen_columns_decide(file: Path) -> None:
    file.write_text("name,x,gap,y\na,1,,2\nb,3,7,4\nc,x,,6\n", encoding="utf-8")
    preview = preview_csv(file)
    assert [column.is_usable for column in preview.columns] == [False, True, True, True]

    def rows(*places: int) -> int:
        stages = CsvReading(preview, places).stages()
        return next(table.rows for _, table in stages if table is not None)

    assert (rows(1, 3), rows(1, 2, 3), rows(2, 3), rows(3)) == (2, 1, 1, 3)


def test_what_is_found_can_be_overruled(file: Path) -> None:
    file.write_text("1;2\n3;4\n5;6\n", encoding="utf-8")
    assert preview_csv(file).dialect == Dialect("utf-8-sig", ";", False, ".")
    table = read_csv(file, DialectChoices(has_header=True))
    assert [column.title for column in table.columns] == ["1", "2"]
    assert numbers(table) == [[3, 4], [5, 6]]
    file.write_bytes("Größe;Länge\n1,5;2\n3;4\n".encode("cp1252"))
    assert preview_csv(file).dialect.encoding == "cp1252"
    assert [column.title for column in preview_csv(file).columns] == ["Größe", "Länge"]


def test_an_encoding_that_shows_late_is_found_all_the_same(file: Path) -> None:
    lines = "x,y,remark\n" + "1,2,fine\n" * 40_000
    file.write_bytes((lines + "3,4,身高\n").encode("gb18030"))
    table = read_csv(file)
    assert table.rows == 40_001
    assert table.preview.dialect.encoding == "gb18030"
    file.write_bytes(lines.encode() + b"3,4,\x81\n")
    with pytest.raises(Problem, match="neither UTF-8 nor GB18030"):
        read_csv(file)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty"),
        (b"\n\n  \n", "the file is empty"),
        (b"# nothing but remarks\n", "the file is empty"),
        (b"x\n1\n2\n", "only one column"),
        (b"x,y\n", "no row of numbers"),
        (b"a,b\nc,d\ne,f\ng,h\n", "no column of the file holds numbers"),
        (b"\x00\x01\x02\x03", "not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
        (b"1," * 1_000 + b"1\n" + b"2," * 1_000 + b"2\n", "more than 1\u2009000 columns"),
        (b"[" + b"1.5," * 30_000 + b"2]", "more than 1\u2009000 columns"),
        (b"x,y\n1,\x81\n", "neither UTF-8 nor GB18030"),
        (b"x,y\n1,2\n3,4\n" + b'"5,6\n' + b"7,8\n" * 60_000, "quotation mark is not closed"),
        (b"x,y\n" + b"1,\n,2\n" * 3, "no row of the file holds numbers in all"),
    ],
)
def test_bad_files_are_one_sentence(file: Path, content: bytes, sentence: str) -> None:
    file.write_bytes(content)
    with pytest.raises(Problem, match=sentence):
        read_csv(file)


def test_what_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    for place, sentence in (
        (tmp_path / "nowhere.csv", "^there is no file .*nowhere.csv$"),
        (tmp_path, "is a folder, not a file$"),
    ):
        with pytest.raises(Problem, match=sentence):
            preview_csv(place)


@pytest.mark.parametrize(("most", "sentence"), [("MAX_BYTES", "larger"), ("MAX_ROWS", "more than")])
def test_there_is_an_end_to_what_is_read(
    file: Path, monkeypatch: pytest.MonkeyPatch, most: str, sentence: str
) -> None:
    module = f"gdsim.core.data.{'table_files' if most == 'MAX_BYTES' else 'csv_reader'}"
    file.write_text("x,y\n" + "1,2\n" * 500, encoding="utf-8")
    monkeypatch.setattr(f"{module}.{most}", 499)
    with pytest.raises(Problem, match=sentence):
        read_csv(file)


def test_reading_says_how_far_it_is(file: Path) -> None:
    file.write_text("x,y\n" + "0.25,-1e-3\n" * 30_000, encoding="utf-8")
    stages = list(CsvReading(preview_csv(file), (0, 1)).stages())
    shares = [done for done, _ in stages]
    assert len(stages) > 5
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert all(table is None for _, table in stages[:-1])
    table = stages[-1][1]
    assert table is not None
    assert table.rows == 30_000


def test_a_preview_is_short_however_long_the_file_is(file: Path) -> None:
    file.write_text("x,y\n" + "0.25,-1e-3\n" * 100_000, encoding="utf-8")
    preview = preview_csv(file)
    assert len(preview.rows) == PREVIEW_ROWS
    assert preview.rows[0] == ("0.25", "-1e-3")


def test_every_encoding_is_one_that_python_knows() -> None:
    for encoding in ENCODINGS:
        assert "1,2".encode(encoding).decode(encoding) == "1,2"


@given(finite)
def test_numbers_are_read_to_the_last_bit(file: Path, value: float) -> None:
    table = read(file, f"{value!r},1.5\n2.5,3.5\n")
    assert math.copysign(1, numbers(table)[0][0]) == math.copysign(1, value)
    assert numbers(table)[0][0] == value
