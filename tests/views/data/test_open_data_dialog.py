"""The dialog that opens a data file shows what is read and emits what the user changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from gdsim.core.data.csv_dialect import Dialect
from gdsim.core.data.csv_preview import Preview, preview_csv
from gdsim.views.data.open_data_dialog import OpenDataDialog

TABLE = "Ort;Größe (cm);身高;y\nBerlin;1,5;2;3\nBonn;;5;6\n"


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    file = tmp_path / "people.csv"
    file.write_text(TABLE, encoding="utf-8")
    return preview_csv(file)


@pytest.fixture
def dialog(qtbot: QtBot, preview: Preview) -> Iterator[OpenDataDialog]:
    dialog = OpenDataDialog()
    qtbot.addWidget(dialog)
    dialog.set_file("people.csv")
    dialog.set_dialect(preview.dialect)
    dialog.set_preview(preview, (1,), 3)
    dialog.show()
    yield dialog
    dialog.close()


def choose(box: QComboBox, name: str) -> None:
    index = box.findText(name)
    assert index >= 0, name
    box.setCurrentIndex(index)
    box.activated.emit(index)


def headings(dialog: OpenDataDialog) -> list[str]:
    table = dialog.table
    return [table.horizontalHeaderItem(place).text() for place in range(table.columnCount())]


def offered(dialog: OpenDataDialog) -> dict[str, bool]:
    """The inputs that can be ticked, and whether they are."""
    items = [dialog.inputs.item(row) for row in range(dialog.inputs.count())]
    return {
        item.text(): item.checkState() is Qt.CheckState.Checked
        for item in items
        if not item.isHidden()
    }


def test_it_shows_how_the_file_is_read(dialog: OpenDataDialog) -> None:
    assert dialog.delimiter.currentText() == "semicolon ;"
    assert dialog.decimal.currentText() == "1,5"
    assert dialog.encoding.currentText() == "UTF-8"
    assert dialog.header.isChecked()
    assert dialog.target.currentText() == "y"
    assert offered(dialog) == {"Ort": False, "Größe (cm)": True, "身高": False}
    assert headings(dialog) == [
        "Ort\nOrt",
        "Größe (cm)\nGrosse_cm · input",
        "身高\nx₃",
        "y\ny · target",
    ]


def test_cells_are_shown_as_they_are_read_and_others_greyed_out(dialog: OpenDataDialog) -> None:
    table = dialog.table
    assert [table.item(0, place).text() for place in range(4)] == ["Berlin = 0", "1.5", "2", "3"]
    alive = [
        [bool(table.item(row, place).flags() & Qt.ItemFlag.ItemIsEnabled) for place in range(4)]
        for row in range(2)
    ]
    assert alive == [[True, True, True, True], [True, False, True, True]]


def test_setters_emit_nothing(dialog: OpenDataDialog, preview: Preview) -> None:
    spies = [QSignalSpy(dialog.dialect_chosen), QSignalSpy(dialog.columns_chosen)]
    dialog.set_dialect(Dialect("utf-8-sig", ",", False, ".", 3))
    dialog.set_question("1.024 or 1024?", {".": "1.024", ",": "1024"})
    dialog.set_preview(None)
    dialog.set_preview(preview, (2,), 1)
    dialog.set_progress(0.5)
    dialog.set_ready("read")
    assert all(spy.count() == 0 for spy in spies)


@pytest.mark.parametrize(
    ("box", "name", "value"),
    [("delimiter", "tab", "\t"), ("decimal", "1.5", "."), ("encoding", "GB18030", "gb18030")],
)
def test_detected_settings_can_be_changed(
    dialog: OpenDataDialog, box: str, name: str, value: str
) -> None:
    spy = QSignalSpy(dialog.dialect_chosen)
    choose(getattr(dialog, box), name)
    assert spy.at(0) == [box, value]


def test_lines_above_the_table_can_be_left_out(dialog: OpenDataDialog) -> None:
    spy = QSignalSpy(dialog.dialect_chosen)
    dialog.above.setValue(2)
    assert spy.at(0) == ["above", 2]


@pytest.mark.parametrize("decimal", [".", ","])
def test_a_number_with_two_meanings_is_asked_for(dialog: OpenDataDialog, decimal: str) -> None:
    assert not dialog.answers[decimal].isVisible()
    dialog.set_question("Line 3 says 1.024", {".": "1.024", ",": "1024"})
    assert dialog.question() == "Line 3 says 1.024"
    assert [dialog.answers[sign].text() for sign in (".", ",")] == ["1.024", "1024"]
    spy = QSignalSpy(dialog.dialect_chosen)
    dialog.answers[decimal].click()
    assert spy.at(0) == ["decimal", decimal]
    dialog.set_question(None)
    assert not dialog.answers[decimal].isVisible()


def test_the_clipboard_is_read_by_a_button_and_a_key(dialog: OpenDataDialog, qtbot: QtBot) -> None:
    spy = QSignalSpy(dialog.paste_requested)
    dialog.paste.click()
    qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert spy.count() == 2


def test_the_first_row_can_be_read_as_numbers(dialog: OpenDataDialog) -> None:
    spy = QSignalSpy(dialog.dialect_chosen)
    dialog.header.click()
    assert spy.at(0) == ["has_header", False]


def test_inputs_are_ticked_and_exclude_the_target(dialog: OpenDataDialog) -> None:
    spy = QSignalSpy(dialog.columns_chosen)
    dialog.inputs.item(2).setCheckState(Qt.CheckState.Checked)
    assert spy.at(0) == [(1, 2), 3]
    choose(dialog.target, "身高")
    assert spy.at(1) == [(1,), 2]
    assert offered(dialog) == {"Ort": False, "Größe (cm)": True, "y": False}
    assert headings(dialog)[2:] == ["身高\nx₃ · target", "y\ny"]
    dialog.inputs.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert spy.at(2) == [(), 2]


def test_only_a_file_that_was_read_can_be_opened(dialog: OpenDataDialog) -> None:
    spy = QSignalSpy(dialog.open_requested)
    dialog.open_button.click()
    assert spy.count() == 0
    dialog.set_ready("2 rows")
    assert dialog.sentence() == "2 rows"
    dialog.open_button.click()
    assert spy.count() == 1


def test_reading_can_be_cancelled_and_resumed(dialog: OpenDataDialog) -> None:
    left, again = QSignalSpy(dialog.cancel_requested), QSignalSpy(dialog.resume_requested)
    assert not dialog.work.progress.isVisible()
    dialog.set_progress(0.25)
    assert dialog.work.progress.isVisible()
    dialog.work.button.click()
    assert (left.count(), again.count()) == (1, 0)
    dialog.set_progress(None, is_whole=False)
    dialog.work.button.click()
    assert (left.count(), again.count()) == (1, 1)


def test_a_file_that_cannot_be_read_gives_a_sentence(dialog: OpenDataDialog) -> None:
    dialog.set_preview(None)
    dialog.set_problem("the file is empty")
    assert dialog.problem() == "the file is empty"
    assert dialog.table.rowCount() == dialog.table.columnCount() == 0
    assert offered(dialog) == {}
    # Another way of reading it may still be chosen.
    assert dialog.delimiter.isEnabled()


def test_escape_closes_it(dialog: OpenDataDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
