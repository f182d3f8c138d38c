"""A spreadsheet is read as its cells are, whatever the numbers would be as text."""

from __future__ import annotations

import datetime
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from gdsim.core.data.csv_preview import preview_csv
from gdsim.core.data.csv_reader import read_csv
from gdsim.core.data.table_files import source_of
from gdsim.core.problem import Problem

openpyxl = pytest.importorskip("openpyxl")


def saved(place: Path, *sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    book.save(place)
    return place


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sheets") / "cars.xlsx"


def test_all_digits_that_a_spreadsheet_keeps_are_read(place: Path) -> None:
    draw = np.random.default_rng(3)
    numbers = draw.normal(size=(200, 2)) * 10.0 ** draw.integers(-300, 300, (200, 2))
    rows = [[float(f"{value:.15g}") for value in row] for row in numbers.tolist()]
    table = read_csv(saved(place, [["x", "y"], *rows]))
    assert np.column_stack(table.values).tolist() == rows
    assert table.dataset().name == "cars"


def test_a_number_has_one_meaning(place: Path) -> None:
    """As text, 1.024 beside 950 would be asked for."""
    table = read_csv(saved(place, [["x", "y"], [950, 1.024], [1.024, 2]]))
    assert np.column_stack(table.values).tolist() == [[950, 1.024], [1.024, 2]]


def test_every_kind_of_cell(place: Path) -> None:
    rows = [
        ["Cars of 1970"],
        [],
        ["when", "ok", "Größe (cm)", "name", "n"],
        [datetime.datetime(2024, 5, 1), True, 1.5, 'a "quoted", name', 1],
        [datetime.date(2024, 5, 2), False, 2, "two\nlines", 2],
        [datetime.time(12, 30), True, None, "c", 3],
        [None, False, "1.024", "d", 4],
    ]
    preview = preview_csv(saved(place, rows))
    assert preview.dialect.above == 2
    assert preview.rows[0] == ("2024-05-01", "TRUE", "1.5", 'a "quoted", name', "1")
    assert [column.classes for column in preview.columns[:2]] == [None, ("FALSE", "TRUE")]
    table = read_csv(source_of(place))
    assert table.left_out == 2
    assert table.first_left_out is not None
    assert table.first_left_out.line == 6  # the row of the sheet


def test_a_number_that_is_stored_as_text_is_not_guessed_at(place: Path) -> None:
    table = read_csv(saved(place, [["x", "y"], [1, 2], ["1.024", 3], ["5", 4]]))
    assert np.column_stack(table.values).tolist() == [[1, 2], [5, 4]]
    assert table.first_left_out is not None
    assert table.first_left_out.text == "'1.024"


def test_the_first_sheet_that_holds_anything_is_read(place: Path) -> None:
    table = read_csv(saved(place, [], [["x", "y"], [1, 2]], [["z", "w"], [3, 4]]))
    assert [column.name for column in table.columns] == ["x", "y"]


def test_a_long_sheet_is_read_in_slices(place: Path) -> None:
    rows = [["x", "y"], *([number, number / 8] for number in range(5_000))]
    table = read_csv(saved(place, rows))
    assert table.rows == 5_000
    assert table.values[1][-1] == 4_999 / 8


def test_without_openpyxl_the_extra_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(place, [["x", "y"], [1, 2]])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(Problem) as caught:
        preview_csv(place)
    assert str(caught.value) == (
        "reading cars.xlsx needs openpyxl: pip install 'gdsim[xlsx]', or save the table as CSV"
    )


def test_damaged_and_other_documents_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "table.xlsx"
    whole = saved(tmp_path / "whole.xlsx", [["x", "y"], [1, 2]]).read_bytes()
    for content, sentence in (
        (whole[: len(whole) // 2], "another kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "another kind"),
        (b"PK\x03\x04" + bytes(100), "another kind"),
    ):
        file.write_bytes(content)
        with pytest.raises(Problem, match=sentence):
            preview_csv(file)
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("xl/workbook.xml", "<workbook>")
    with pytest.raises(Problem, match="cannot be read"):
        preview_csv(file)
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("word/document.xml", "<document/>")
    with pytest.raises(Problem, match="another kind"):
        preview_csv(file)
    with pytest.raises(Problem, match="the file is empty"):
        preview_csv(saved(file, [], []))
    saved(file, [["x", "y"], [1, 2]])
    monkeypatch.setattr("gdsim.core.data.spreadsheet.MAX_BYTES", 100)
    with pytest.raises(Problem, match="the file is larger than"):
        preview_csv(file)
