"""The exported steps equal those that ``gdsim run`` writes, to the last digit."""

from __future__ import annotations

import csv
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QProgressDialog, QPushButton
from teacher import Teacher

from gdsim.cli import main


@pytest.fixture
def saved_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path that the file dialog returns."""
    file = tmp_path / "steps.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    return file


@pytest.mark.parametrize(
    ("function", "key", "optimizer", "optimizer_key"),
    [
        ("Quadratic", "quadratic", "Gradient descent", "gradient-descent"),
        ("Himmelblau", "himmelblau", "Adam", "adam"),
        ("Booth", "booth", "NAdam", "nadam"),
    ],
)
def test_the_export_equals_the_file_of_the_command(
    teacher: Teacher,
    saved_to: Path,
    tmp_path: Path,
    function: str,
    key: str,
    optimizer: str,
    optimizer_key: str,
) -> None:
    teacher.choose_function(function)
    teacher.choose_optimizer(optimizer)
    teacher.press("End")
    teacher.wait_until(lambda: "converged" in teacher.status() or "limit" in teacher.status())
    teacher.press("Ctrl+S")
    command = tmp_path / "command.csv"
    eta = teacher.panel.rate.eta.line.text()
    assert (
        main(["run", key, "--optimizer", optimizer_key, "--eta", eta, "--csv", str(command)]) == 0
    )
    assert saved_to.read_bytes() == command.read_bytes()
    assert saved_to.read_text().count("\n") > 10


def test_exporting_while_it_plays_pauses_and_writes_whole_rows(
    teacher: Teacher, saved_to: Path
) -> None:
    teacher.go_on_without_end()
    teacher.choose_speed("1000 steps/s")
    teacher.press("Space")
    teacher.wait_until(lambda: teacher.row() > 100)
    teacher.press("Ctrl+S")
    assert not teacher.is_playing()
    with saved_to.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["t", "x", "y", "loss", "grad_x", "grad_y", "step_x", "step_y"]
    assert [int(row[0]) for row in rows[1:]] == list(range(len(rows) - 1))
    assert len(rows) > 100


def test_a_cancelled_export_writes_nothing(
    teacher: Teacher, saved_to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    teacher.press("Ctrl+S")
    assert not saved_to.exists()


def test_a_path_that_cannot_be_written_is_reported(
    teacher: Teacher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    path = tmp_path / "no such folder" / "steps.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: said.append(words[-1]))
    teacher.press("Ctrl+S")
    assert len(said) == 1
    assert str(path) in said[0]


@pytest.mark.parametrize("ending", ["cancel", "close the program"])
def test_a_long_export_is_cancelled_and_the_old_file_stays(
    teacher: Teacher, saved_to: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    saved_to.write_text("old")
    teacher.press("End")
    teacher.wait_until(lambda: "converged" in teacher.status() or "limit" in teacher.status())
    has_ended = threading.Event()

    def slow(*_: object) -> None:
        has_ended.wait(0.2)

    def end() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QProgressDialog)
        if ending == "cancel":
            dialog.findChild(QPushButton).click()
        else:
            QApplication.closeAllWindows()
        has_ended.set()

    monkeypatch.setattr("gdsim.simulation.step_export.write_header", slow)
    monkeypatch.setattr("gdsim.simulation.step_export.ROWS_AT_ONCE", 1)
    monkeypatch.setattr("gdsim.simulation.step_export.write_rows", slow)
    QTimer.singleShot(400, end)
    teacher.press("Ctrl+S")
    assert has_ended.is_set()
    assert saved_to.read_text() == "old"
    assert not [file for file in saved_to.parent.iterdir() if file.suffix == ".part"]
