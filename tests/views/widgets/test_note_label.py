"""A note has at most two lines, and its tool tip holds a text that does not fit."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gdsim.core.catalogue import entries as catalogue
from gdsim.views.widgets.note_label import NoteLabel

NOTES = [
    sentence
    for kind in (catalogue.functions, catalogue.optimizers)
    for entry in kind().values()
    for sentence in entry.note.values()
]


@pytest.fixture
def note(qtbot: QtBot) -> NoteLabel:
    note = NoteLabel()
    qtbot.addWidget(note)
    return note


def laid_out(note: NoteLabel, sentence: str, width: int) -> list[str]:
    note.set_note(sentence)
    note.resize(width, note.heightForWidth(width))
    QApplication.processEvents()
    return note.shown_lines(width)


@pytest.mark.parametrize("width", [120, 240, 1000])
@pytest.mark.parametrize("sentence", NOTES)
def test_two_lines_that_fit(note: NoteLabel, sentence: str, width: int) -> None:
    lines = laid_out(note, sentence, width)
    assert len(lines) <= 2
    assert all(note.fontMetrics().horizontalAdvance(line) <= width for line in lines)
    whole = "".join(lines).replace(" ", "") == sentence.replace(" ", "")
    assert note.toolTip() == ("" if whole else sentence)
    assert whole or lines[-1].endswith("…")
    assert note.text() == sentence


def test_the_note_is_as_high_as_its_lines(note: NoteLabel) -> None:
    sentence = "Four minima of equal depth: a small move of the start changes which one is reached."
    laid_out(note, sentence, 2000)
    line = note.heightForWidth(2000)
    assert line < note.heightForWidth(150) <= 2 * line + 2
    note.set_note("")
    assert note.isHidden()


def test_it_is_painted(note: NoteLabel) -> None:
    laid_out(note, "A note.", 100)
    written = note.grab().toImage()
    note.setText("")
    assert note.grab().toImage() != written
