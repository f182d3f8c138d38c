"""The table of futures has a row for each and fits the width of the card."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gdsim.views.tabs.futures.futures_view import FutureRow, FuturesView
from gdsim.views.theme import LIGHT, RUN_STYLES, RunStyle

SENTENCE = "diverged at t = 128: the loss is not finite any more"
ROWS = (
    FutureRow(
        RunStyle("", (), "o"), "Gradient descent, η = 0.01", "0", "128", "1.2346e-05", SENTENCE
    ),
    FutureRow(
        RUN_STYLES[6], "Adam, decaying weights, η = 0.1/(1 + 0.01·t)", "40", "9000", "3", "ok"
    ),
)


@pytest.fixture
def view(qtbot: QtBot) -> FuturesView:
    view = FuturesView()
    qtbot.addWidget(view)
    view.set_theme(LIGHT)
    view.set_runs(ROWS)
    view.resize(420, 300)
    view.show()
    QApplication.processEvents()
    return view


@pytest.mark.parametrize("width", [400, 420, 600, 1000])
@pytest.mark.parametrize("rows", [ROWS, ROWS[1:], ROWS[:1]])
def test_every_column_is_visible(
    view: FuturesView, width: int, rows: tuple[FutureRow, ...]
) -> None:
    view.set_runs(rows)
    view.resize(width, 300)
    QApplication.processEvents()
    table = view.table
    assert table.horizontalScrollBar().maximum() == 0
    assert table.horizontalHeader().length() == table.viewport().width()
    for column in (1, 2, 3):
        assert table.columnWidth(column) >= table.sizeHintForColumn(column)
    for column in (0, 4):
        assert table.columnWidth(column) >= min(table.sizeHintForColumn(column), 60)


def test_texts_have_the_width_that_numbers_leave(view: FuturesView) -> None:
    view.resize(1400, 300)
    QApplication.processEvents()
    for column in range(5):
        assert view.table.columnWidth(column) >= view.table.sizeHintForColumn(column)


def test_a_tool_tip_holds_the_whole_text(view: FuturesView) -> None:
    model = view.table.model()
    for row, told in enumerate(ROWS):
        tips = [model.index(row, column).data(3) for column in range(5)]
        assert tips == [told.settings, told.since, told.steps, told.loss, told.status]


def test_only_a_run_that_was_left_can_be_resumed(view: FuturesView) -> None:
    spy = QSignalSpy(view.take_up_requested)
    view.table.selectRow(0)
    assert not view.take_up.isEnabled()
    view.table.selectRow(1)
    view.take_up.click()
    assert spy.at(0) == [1]
