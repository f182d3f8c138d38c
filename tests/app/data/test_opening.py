"""Somebody opens a file of their own: it is looked at, read in the background, and handed on."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from teacher import Teacher

from gdsim.app.data.opening import Opening
from gdsim.app.language.translation import Translation
from gdsim.app.workplace import Workplace
from gdsim.cli import main
from gdsim.core.data.csv_reader import CsvReading, Table
from gdsim.core.data.dataset import Dataset
from gdsim.views.data.open_data_dialog import OpenDataDialog
from gdsim.views.setup.control_panel import ControlPanel
from gdsim.views.window.landscape_panel import LandscapePanel

Write = Callable[[str | bytes], str]


@pytest.fixture
def opening(qtbot: QtBot) -> Iterator[Opening]:
    window, panel, landscape = QWidget(), ControlPanel(), LandscapePanel()
    for widget in (window, panel, landscape):
        qtbot.addWidget(widget)
    workplace = Workplace(panel, landscape, Translation())
    yield Opening(window, workplace)
    workplace.shut_down()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: str | bytes) -> str:
        place = tmp_path / "people.csv"
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(place)

    return write


def wait_until_read(opening: Opening, qtbot: QtBot) -> None:
    qtbot.waitUntil(opening.dialog.open_button.isEnabled)


def test_a_file_becomes_a_data_set(opening: Opening, write: Write, qtbot: QtBot) -> None:
    opened = QSignalSpy(opening.data_opened)
    opening.look_at(write("体重;身高\n50,5;1,6\n;1,7\n70;1,8\n"))
    dialog = opening.dialog
    assert dialog.isVisible()
    assert (dialog.target.currentText(), dialog.delimiter.currentText()) == ("身高", "semicolon ;")
    wait_until_read(opening, qtbot)
    assert dialog.sentence() == (
        "Rows: 2; left out because a number is missing: 1, first in line 3\nTarget: x₂"
    )
    dialog.open_button.click()
    assert not dialog.isVisible()
    first = opened.at(0)[0]
    assert first.data == Dataset("people", {"x1": [50.5, 70], "x2": [1.6, 1.8]})
    assert (first.inputs, first.target) == (("x1",), "x2")


def test_other_columns_are_read_anew(opening: Opening, write: Write, qtbot: QtBot) -> None:
    opened = QSignalSpy(opening.data_opened)
    opening.look_at(write("a,b,c,y\n1,,3,4\n5,6,7,8\n"))
    dialog = opening.dialog
    wait_until_read(opening, qtbot)
    assert dialog.sentence() == "Rows: 2, none left out\nTarget: y"
    dialog.inputs.item(1).setCheckState(Qt.CheckState.Checked)
    assert not dialog.open_button.isEnabled()
    wait_until_read(opening, qtbot)
    assert dialog.sentence().startswith("Rows: 1; left out")
    dialog.open_button.click()
    first = opened.at(0)[0]
    assert (first.inputs, first.target) == (("a", "b"), "y")
    assert first.data.rows == 1


def test_without_an_input_nothing_is_opened(opening: Opening, write: Write, qtbot: QtBot) -> None:
    opening.look_at(write("a,y\n1,2\n3,4\n"))
    dialog = opening.dialog
    wait_until_read(opening, qtbot)
    dialog.inputs.item(0).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: dialog.problem() == "Choose at least one input and a target")
    assert not dialog.open_button.isEnabled()
    dialog.inputs.item(0).setCheckState(Qt.CheckState.Checked)
    wait_until_read(opening, qtbot)
    assert dialog.problem() == ""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty"),
        (b"x\n1\n", "the file has only one column"),
        (b"a,b\nc,d\n", "no column of the file holds numbers: line 2 says “c”"),
        (b"\0\0\0", "the file is not text"),
        (b"x,y\n" + b"1,\n,2\n" * 3, "no row of the file holds numbers"),
    ],
)
def test_a_bad_file_is_one_sentence_in_the_dialog(
    opening: Opening, write: Write, qtbot: QtBot, content: bytes, sentence: str
) -> None:
    opening.look_at(write(content))
    qtbot.waitUntil(lambda: opening.dialog.problem().startswith(sentence))
    assert not opening.dialog.open_button.isEnabled()


def test_more_columns_than_can_be_learnt_from_are_refused(
    opening: Opening, write: Write, qtbot: QtBot
) -> None:
    opening.look_at(write("\n".join(",".join(f"{row}.5" for _ in range(66)) for row in range(3))))
    dialog = opening.dialog
    wait_until_read(opening, qtbot)
    for row in range(dialog.inputs.count()):
        dialog.inputs.item(row).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: "more than 64 columns" in dialog.problem())
    assert not dialog.open_button.isEnabled()
    assert dialog.isVisible()


def test_a_wrong_guess_is_put_right_by_hand(opening: Opening, write: Write, qtbot: QtBot) -> None:
    opening.look_at(write("1;2\n3;4\n5;6\n"))
    dialog = opening.dialog
    wait_until_read(opening, qtbot)
    assert dialog.sentence().startswith("Rows: 3")
    dialog.header.click()
    wait_until_read(opening, qtbot)
    assert dialog.sentence().startswith("Rows: 2")
    bar = dialog.delimiter.findText("bar |")
    dialog.delimiter.setCurrentIndex(bar)
    dialog.delimiter.activated.emit(bar)
    assert "only one column" in dialog.problem()
    semicolon = dialog.delimiter.findText("semicolon ;")
    dialog.delimiter.setCurrentIndex(semicolon)
    dialog.delimiter.activated.emit(semicolon)
    wait_until_read(opening, qtbot)
    assert dialog.problem() == ""


def choose(box: QComboBox, name: str) -> None:
    index = box.findText(name)
    assert index >= 0, name
    box.setCurrentIndex(index)
    box.activated.emit(index)


@pytest.mark.parametrize("late", [0, 30_000])
def test_a_number_with_two_meanings_is_asked_for_once(
    opening: Opening, write: Write, qtbot: QtBot, late: int
) -> None:
    opened = QSignalSpy(opening.data_opened)
    opening.look_at(write("x;y\n" + "7;8\n" * late + "950;1\n1.024;2\n"))
    dialog = opening.dialog
    qtbot.waitUntil(lambda: dialog.question() != "")
    line = f"{late + 3:,}".replace(",", "\u2009")
    assert dialog.question() == f"Line {line} says “1.024”. Which number is meant?"
    assert not dialog.open_button.isEnabled()
    assert dialog.answers[","].text() == "1024"
    dialog.answers[","].click()
    wait_until_read(opening, qtbot)
    assert dialog.question() == ""
    assert dialog.decimal.currentText() == "1,5"
    dialog.inputs.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.inputs.item(0).setCheckState(Qt.CheckState.Checked)
    wait_until_read(opening, qtbot)
    dialog.open_button.click()
    assert opened.at(0)[0].data.columns["x"].tolist()[-2:] == [950, 1024]


def test_an_encoding_that_is_not_that_of_the_file_opens_nothing(
    opening: Opening, write: Write, qtbot: QtBot
) -> None:
    opening.look_at(write("x,y\n1,2\n3,4\n"))
    dialog = opening.dialog
    wait_until_read(opening, qtbot)
    choose(dialog.encoding, "UTF-16")
    assert dialog.problem() == "the file cannot be read as utf-16"
    assert not dialog.open_button.isEnabled()
    assert dialog.table.rowCount() == 0
    choose(dialog.encoding, "UTF-8")
    wait_until_read(opening, qtbot)
    assert dialog.problem() == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_the_window_does_not_wait_for_a_pipe(opening: Opening, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    opening.look_at(str(pipe))
    assert opening.dialog.problem() == f"{pipe} is a pipe or a device, not a file"
    assert not opening.dialog.open_button.isEnabled()


@pytest.mark.parametrize(
    ("content", "target", "sentence"),
    [
        ("x1,x2,label\n1,2,no\n2,1,yes\n", "label", "Target: label, 0 for no and 1 for yes"),
        (
            "x,kind\n1,a\n2,b\n3,c\n4,a\n",
            "kind = a",
            "Target: kind_a, 1 for a and 0 for every other kind",
        ),
        ("x,y,note\n1,2,a\n3,4,b\n5,6,c\n", "y", "Target: y"),
    ],
)
def test_the_target_is_said_and_can_be_changed(
    opening: Opening, write: Write, qtbot: QtBot, content: str, target: str, sentence: str
) -> None:
    opening.look_at(write(content))
    dialog = opening.dialog
    wait_until_read(opening, qtbot)
    assert dialog.target.currentText() == target
    assert dialog.sentence().splitlines()[1] == sentence
    other = dialog.target.itemText(0)
    choose(dialog.target, other)
    dialog.inputs.item(1).setCheckState(Qt.CheckState.Checked)
    wait_until_read(opening, qtbot)
    assert dialog.sentence().splitlines()[1].startswith(f"Target: {other[0]}")


def test_other_kinds_of_the_target_are_no_inputs(
    opening: Opening, write: Write, qtbot: QtBot
) -> None:
    opening.look_at(write("x,kind\n1,a\n2,b\n3,c\n4,a\n"))
    dialog = opening.dialog
    items = [dialog.inputs.item(row) for row in range(dialog.inputs.count())]
    assert [item.text() for item in items if not item.isHidden()] == ["x"]
    assert dialog.table.horizontalHeaderItem(1).text() == "kind\nkind · a: target"


def test_cells_of_a_spreadsheet_are_pasted_into_the_window(teacher: Teacher, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("Größe\tlabel\n1,5\tno\n2,5\tyes\n1,75\tno\n")
    teacher.press("Ctrl+V")
    opening = teacher.session.controller.opening
    wait_until_read(opening, qtbot)
    assert opening.dialog.windowTitle() == "Open data: clipboard"
    opening.dialog.open_button.click()
    teacher.settle()
    data = teacher.trace().experiment.data
    assert data is not None
    assert data.columns["Grosse"].tolist() == [1.5, 2.5, 1.75]
    assert teacher.data_legend()[0] == "row"
    assert dict(data.classes) == {"label": ("no", "yes")}


def test_classes_are_shown_by_their_names(teacher: Teacher, write: Write, qtbot: QtBot) -> None:
    opening = teacher.session.controller.opening
    opening.look_at(write("x1,x2,label\n0.2,0.1,no\n0.9,0.8,yes\n0.4,0.5,no\n"))
    wait_until_read(opening, qtbot)
    opening.dialog.open_button.click()
    teacher.settle()
    assert teacher.data_legend()[:2] == ["class 0 (no)", "class 1 (yes)"]


def test_a_field_keeps_its_own_paste(teacher: Teacher) -> None:
    QApplication.clipboard().setText("0.25")
    line = teacher.panel.rate.eta.line
    line.setFocus()
    line.selectAll()
    teacher.press("Ctrl+V")
    assert line.text() == "0.25"
    assert not any(isinstance(top, OpenDataDialog) for top in QApplication.topLevelWidgets())


def test_a_copied_file_is_pasted_as_a_file(opening: Opening, write: Write, qtbot: QtBot) -> None:
    contents = QMimeData()
    contents.setUrls([QUrl.fromLocalFile(write("x,y\n1,2\n3,4\n"))])
    QApplication.clipboard().setMimeData(contents)
    opening.paste()
    wait_until_read(opening, qtbot)
    assert opening.dialog.windowTitle() == "Open data: people.csv"
    QApplication.clipboard().clear()
    opening.paste()
    assert opening.dialog.problem() == "there is no text on the clipboard"
    assert not opening.dialog.open_button.isEnabled()


def test_a_long_file_shows_progress_and_can_be_left(
    opening: Opening, write: Write, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stages, long_enough = CsvReading.stages, threading.Event()

    def slowly(reading: CsvReading) -> Iterator[tuple[float, Table | None]]:
        for stage in stages(reading):
            yield stage
            while not long_enough.wait(0.002):
                yield stage

    monkeypatch.setattr(CsvReading, "stages", slowly)
    opening.look_at(write("x,y\n" + "1.25,2.5\n" * 50_000))
    dialog = opening.dialog
    qtbot.waitUntil(lambda: dialog.work.progress.value() > 0)
    dialog.work.button.click()
    long_enough.set()
    qtbot.wait(50)
    assert not dialog.open_button.isEnabled()
    dialog.work.button.click()
    wait_until_read(opening, qtbot)
    assert dialog.sentence() == "Rows: 50\u2009000, none left out\nTarget: y"


def test_closing_the_dialog_in_the_middle_opens_nothing(
    opening: Opening, write: Write, qtbot: QtBot
) -> None:
    opened = QSignalSpy(opening.data_opened)
    opening.look_at(write("x,y\n" + "1.25,2.5\n" * 50_000))
    opening.dialog.cancel_button.click()
    qtbot.wait(50)
    assert opened.count() == 0
    opening.look_at(write("x,y\n1,2\n3,4\n"))
    wait_until_read(opening, qtbot)
    assert opening.dialog.sentence().startswith("Rows: 2")


def test_the_file_is_asked_for(
    opening: Opening, write: Write, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("x,y\n1,2\n3,4\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    opening.ask()
    assert not any(isinstance(top, OpenDataDialog) for top in QApplication.topLevelWidgets())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))
    opening.ask()
    assert opening.dialog.isVisible()
    wait_until_read(opening, qtbot)


def test_ctrl_o_opens_a_file_and_descends_on_it(
    teacher: Teacher, write: Write, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("weight,height\n50,1.6\n60,1.7\n70,1.8\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))
    teacher.press("Ctrl+O")
    opening = teacher.session.controller.opening
    wait_until_read(opening, qtbot)
    opening.dialog.open_button.click()
    teacher.settle()
    data = teacher.trace().experiment.data
    assert data == Dataset("people", {"weight": [50, 60, 70], "height": [1.6, 1.7, 1.8]})
    teacher.come_back()
    teacher.press("Right")
    teacher.wait_for_row(1)


@pytest.mark.parametrize("batch", ["all rows", "32 rows"])
def test_a_file_gives_the_same_bits_in_the_window_and_on_the_command_line(
    teacher: Teacher,
    tmp_path: Path,
    qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
    batch: str,
) -> None:
    """With a column that is not read, whose gaps cost no row in either of them."""
    x = np.random.default_rng(8).normal(size=50)
    lines = [f"{one!r};{2 * one - 1 + one**3!r};{'' if one > 1 else 7}" for one in x.tolist()]
    file = tmp_path / "measured.csv"
    file.write_bytes("\n".join(["重量;y;gap", *lines, ";1;1"]).encode("gb18030"))
    opening = teacher.session.controller.opening
    opening.look_at(str(file))
    wait_until_read(opening, qtbot)
    dialog = opening.dialog
    target = dialog.target.findText("y")
    dialog.target.setCurrentIndex(target)
    dialog.target.activated.emit(target)
    gap = dialog.inputs.findItems("gap", Qt.MatchFlag.MatchExactly)[0]
    gap.setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: dialog.sentence().startswith("Rows: 50; left out"))
    dialog.open_button.click()
    teacher.settle()
    teacher.come_back()
    teacher.choose(teacher.panel.function.data.batch, batch)
    teacher.settle()
    teacher.choose(teacher.panel.stop.rule, "only at the step limit")
    teacher.enter_step_limit("60")
    teacher.press("End")
    teacher.wait_for_row(60)
    experiment = teacher.trace().experiment
    words = ["run", experiment.loss, "--data", str(file), "--prediction", experiment.prediction]
    words += ["--eta", repr(teacher.eta()), "--stop", "none", "--max-steps", "60", "--csv", "-"]
    words += ["--batch", str(experiment.batch)] if experiment.batch else []
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert err.startswith("gdsim: rows left out for a missing number: 1, the first in line 52\n")
    table = np.loadtxt(out.splitlines()[1:], delimiter=",")
    trace = teacher.trace()
    recorded = [trace.theta(), trace.loss()[:, None], trace.gradient(), trace.delta()]
    assert np.array_equal(table[:, 1:], np.hstack(recorded))


def drop_onto(widget: QWidget, contents: QMimeData) -> bool:
    """Drag something over a part of the window and let it go; answers whether it was welcome."""
    how = (
        Qt.DropAction.CopyAction,
        contents,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(QPoint(2, 2), *how)
    QApplication.sendEvent(widget, entering)
    if entering.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(2, 2), *how))
    return entering.isAccepted()


def dropped_file(path: str) -> QMimeData:
    contents = QMimeData()
    contents.setUrls([QUrl.fromLocalFile(path)])
    return contents


def test_a_file_dropped_onto_the_window_is_looked_at(
    teacher: Teacher, write: Write, qtbot: QtBot
) -> None:
    contents = dropped_file(write("x,y\n1,2\n3,4\n"))
    assert drop_onto(teacher.window, contents)
    opening = teacher.session.controller.opening
    wait_until_read(opening, qtbot)
    assert opening.dialog.sentence().startswith("Rows: 2")
    opening.dialog.cancel_button.click()
    text = QMimeData()
    text.setText("no file")
    assert not drop_onto(teacher.window, text)


def test_a_file_may_be_dropped_onto_any_part_of_the_window(teacher: Teacher, write: Write) -> None:
    """No field takes its path for text, and no plot takes it for something of its own."""
    teacher.choose_function("Noisy line")
    teacher.choose(teacher.panel.function.data.batch, "Your own number…")
    teacher.open_the_rule()
    window = teacher.window
    window.file_dropped.disconnect(teacher.session.controller.opening.look_at)
    opened = QSignalSpy(window.file_dropped)
    contents = dropped_file(write("x,y\n1,2\n3,4\n"))
    parts = [part for part in window.findChildren(QWidget) if part.isVisible()]
    fields = [part for part in parts if isinstance(part, QLineEdit | QPlainTextEdit)]
    before = [_text(field) for field in fields]
    assert len(fields) > 8
    for part in parts:
        assert drop_onto(part, contents) == (part.window() is window), part
    assert opened.count() == sum(part.window() is window for part in parts)
    assert [_text(field) for field in fields] == before
    text = QMimeData()
    text.setText("0.5")
    assert drop_onto(teacher.panel.rate.eta.line, text)
    assert "0.5" in teacher.panel.rate.eta.line.text()


def _text(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def test_it_speaks_chinese(opening: Opening, write: Write, qtbot: QtBot) -> None:
    translation = Translation()
    opening.look_at(write("x,y\n1,2\n,4\n"))
    wait_until_read(opening, qtbot)
    try:
        translation.speak("zh")
        opening.retranslate()
        QApplication.processEvents()
        dialog = opening.dialog
        assert "行" in dialog.sentence()
        assert dialog.delimiter.currentText() == "逗号 ,"
        assert dialog.table.horizontalHeaderItem(0).text() == "x\nx · 输入"
    finally:
        translation.speak("en")


def test_numbers_arrive_to_the_last_bit(opening: Opening, write: Write, qtbot: QtBot) -> None:
    numbers = np.random.default_rng(1).normal(size=(20, 3))
    lines = "\n".join(",".join(map(repr, row)) for row in numbers.tolist())
    opened = QSignalSpy(opening.data_opened)
    opening.look_at(write(lines))
    wait_until_read(opening, qtbot)
    opening.dialog.open_button.click()
    dataset = opened.at(0)[0].data
    assert np.array_equal(np.column_stack(list(dataset.columns.values())), numbers)
