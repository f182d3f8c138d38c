"""The step table shows the trace, follows the shown step and selects it, and can be copied."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest
from plot_traces import CountingTrace, losses
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QTreeWidget
from pytestqt.qtbot import QtBot

from gdsim.core.run.choices import choose, rule_of
from gdsim.core.run.descent import Descent
from gdsim.core.run.step_rows import read_rows
from gdsim.core.run.trace import Trace
from gdsim.views.tabs.steps.column_chooser import ColumnChooser
from gdsim.views.tabs.steps.step_model import StepModel
from gdsim.views.tabs.steps.step_table import MOST_COPIED, StepTable
from gdsim.views.theme import DARK, LIGHT

MANY = 1_000_000


def descended(updates: int = 30, optimizer: str = "adam", loss: str = "himmelblau") -> Trace:
    run = Descent(choose(loss, optimizer=optimizer, stop="none"))
    run.advance(updates)
    return run.trace


def texts(table: StepTable) -> list[str]:
    return [label.text() for label in table.findChildren(QLabel)]


@pytest.fixture
def table(qtbot: QtBot) -> StepTable:
    widget = StepTable()
    qtbot.addWidget(widget)
    widget.resize(460, 320)
    widget.set_trace(descended())
    widget.set_shown(0)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def titles(table: StepTable) -> list[str]:
    """The titles of the visible columns."""
    return [
        str(table.model.headerData(place, Qt.Orientation.Horizontal))
        for place in range(table.model.columnCount())
        if not table.grid.isColumnHidden(place)
    ]


def cell(table: StepTable, row: int, title: str, role: Qt.ItemDataRole) -> str:
    names = [column.title for column in table.model.columns]
    return str(table.model.index(row, names.index(title)).data(role))


def selected(table: StepTable) -> list[tuple[int, int]]:
    return table.grid.selected_spans()


def clipboard() -> list[list[str]]:
    return [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]


def click(qtbot: QtBot, table: StepTable, row: int, modifier: Qt.KeyboardModifier) -> None:
    spot = table.grid.visualRect(table.model.index(row, 0)).center()
    qtbot.mouseClick(table.grid.viewport(), Qt.MouseButton.LeftButton, modifier, spot)


PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


# What it shows


def test_the_model_passes_qts_model_tester(qtbot: QtBot) -> None:
    model = StepModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    run = Descent(choose("himmelblau", stop="none"))
    model.set_trace(run.trace)
    for updates in (1, 100, 3):
        run.advance(updates)
        model.refresh()
        assert model.rowCount() == len(run.trace)
    model.set_trace(None)
    assert (model.rowCount(), model.columnCount()) == (0, 0)
    del tester


def test_numbers_are_short_and_their_tool_tips_exact(table: StepTable) -> None:
    step = table.model.trace.step(7)
    x = float(step.gradient[0])
    assert cell(table, 7, "∂L/∂x", Qt.ItemDataRole.DisplayRole) == f"{x:.6g}".replace("-", "−")
    told = cell(table, 7, "∂L/∂x", Qt.ItemDataRole.ToolTipRole)
    assert told == f"t = 7: ∂L/∂x = {x!r}".replace("-", "−")
    assert table.model.headerData(7, Qt.Orientation.Vertical) == "7"


def test_a_loss_that_rose_has_the_mark_of_the_plots(table: StepTable) -> None:
    table.set_trace(losses([3.0, 2.0, 2.5, float("nan"), 1.0, float("inf")]))
    shown = [cell(table, row, "L", Qt.ItemDataRole.DisplayRole) for row in range(6)]
    assert shown == ["3", "2", "▲ 2.5", "NaN", "1", "▲ ∞"]


def test_state_columns_change_with_the_optimizer(table: StepTable) -> None:
    run = Descent(choose("himmelblau", stop="none"))
    run.advance(10)
    chosen = run.experiment.replace(rule=rule_of("adam"))
    changed = Descent.branch(run.trace, 5, chosen)
    changed.advance(5)
    table.set_trace(changed.trace)
    assert titles(table)[-4:] == ["m_x", "m_y", "v_x", "v_y"]
    assert cell(table, 4, "m_x", Qt.ItemDataRole.DisplayRole) == "–"
    assert cell(table, 5, "m_x", Qt.ItemDataRole.DisplayRole) == "0"
    assert cell(table, 6, "m_x", Qt.ItemDataRole.DisplayRole) not in ("–", "0")


@pytest.mark.parametrize("loss", ["quadratic", "himmelblau", "wood"])
def test_every_number_of_parameters_has_its_columns(table: StepTable, loss: str) -> None:
    trace = descended(3, "gradient-descent", loss)
    table.set_trace(trace)
    assert len(titles(table)) == 3 * len(trace.parameters) + 3


# The shown step


def test_the_shown_row_is_selected_and_visible_and_nothing_is_emitted(
    table: StepTable, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(table.step_selected):
        table.set_shown(25)
    assert selected(table) == [(25, 25)]
    assert table.grid.rowAt(0) <= 25 <= table.grid.rowAt(table.grid.viewport().height() - 1)


def test_a_click_on_a_row_requests_it(table: StepTable, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.step_selected) as wish:
        click(qtbot, table, 4, PLAIN)
    assert wish.args == [4]
    with qtbot.waitSignal(table.step_selected) as wish:
        qtbot.keyClick(table.grid, Qt.Key.Key_Down)
    assert wish.args == [5]


def test_the_users_selection_stays_when_its_row_is_shown(table: StepTable, qtbot: QtBot) -> None:
    table.step_selected.connect(table.set_shown)
    click(qtbot, table, 2, PLAIN)
    click(qtbot, table, 6, SHIFT)
    assert selected(table) == [(2, 6)]
    table.set_shown(6)
    assert selected(table) == [(2, 6)]
    table.set_shown(8)
    assert selected(table) == [(8, 8)]


def test_the_user_may_scroll_away_from_the_shown_row(table: StepTable) -> None:
    table.set_shown(30)
    table.grid.scrollToTop()
    table.set_shown(30)
    assert table.grid.rowAt(0) == 0


def test_going_to_another_column_keeps_the_row(table: StepTable) -> None:
    bar = table.grid.horizontalScrollBar()
    bar.setValue(bar.maximum())
    there = bar.value()
    for row in (3, 12, 1):
        table.set_shown(row)
    assert bar.value() == there


def test_another_run_is_shown_from_its_own_row(table: StepTable, qtbot: QtBot) -> None:
    table.set_shown(9)
    table.set_trace(descended(50, "momentum"))
    table.set_shown(9)
    assert selected(table) == [(9, 9)]
    table.set_trace(None)
    assert selected(table) == []
    with qtbot.assertNotEmitted(table.step_selected):
        table.grid.setFocus()


# Copying


def test_selected_rows_are_copied_with_titles_and_all_digits(
    table: StepTable, qtbot: QtBot
) -> None:
    click(qtbot, table, 3, PLAIN)
    click(qtbot, table, 5, SHIFT)
    qtbot.keyClick(table.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    header, *lines = clipboard()
    assert header == ["t", *titles(table)]
    assert [line[0] for line in lines] == ["3", "4", "5"]
    read = [tuple(map(float, line[1:])) for line in lines]
    assert read == read_rows(table.model.trace, 3, 6)
    assert "Rows copied: 3" in texts(table)


def test_hidden_columns_are_not_copied(table: StepTable) -> None:
    table.grid.show_columns(frozenset({"loss", "theta y"}))
    table.copy_button.click()
    assert clipboard()[0] == ["t", "y", "L"]


def test_copying_a_million_selected_rows_does_not_block_the_window(
    table: StepTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.set_trace(losses(np.linspace(1, 0, MANY)))
    questions = count()
    asked = table.model.rowCount

    def row_count(*parent: QModelIndex) -> int:
        next(questions)
        return asked(*parent)

    monkeypatch.setattr(table.model, "rowCount", row_count)
    table.grid.selectAll()
    table.grid.grab()
    assert 0 < next(questions) < MANY / 100
    assert selected(table) == [(0, MANY - 1)]
    table.copy()
    assert len(clipboard()) == MOST_COPIED + 1
    assert any("10\u2009000" in text for text in texts(table))


# Columns


def chooser_of(table: StepTable) -> ColumnChooser:
    return table.findChild(ColumnChooser)


def open_chooser(table: StepTable) -> QTreeWidget:
    table.columns_button.click()
    QApplication.processEvents()
    return chooser_of(table).list


def test_columns_are_chosen_from_a_list(table: StepTable, qtbot: QtBot) -> None:
    chooser = open_chooser(table)
    tops = [chooser.topLevelItem(place) for place in range(chooser.topLevelItemCount())]
    assert [top.text(0) for top in tops] == ["θ", "L", "∇L", "Δ", "‖Δθ‖", "η", "m", "v"]
    tops[2].setCheckState(0, Qt.CheckState.Unchecked)
    assert not {"∂L/∂x", "∂L/∂y"} & set(titles(table))
    tops[0].child(0).setCheckState(0, Qt.CheckState.Unchecked)
    assert titles(table)[0] == "y"
    assert tops[0].checkState(0) == Qt.CheckState.PartiallyChecked
    qtbot.keyClick(chooser, Qt.Key.Key_Escape)
    assert not chooser_of(table).isVisible()


def test_the_list_can_be_used_with_keys(table: StepTable, qtbot: QtBot) -> None:
    chooser = open_chooser(table)
    assert chooser.currentItem().text(0) == "θ"
    qtbot.keyClick(chooser, Qt.Key.Key_Space)
    assert titles(table)[0] == "L"
    chooser_of(table).close()


def test_hidden_quantities_stay_hidden_for_other_parameters(table: StepTable) -> None:
    shown = [column.key for column in table.model.columns if column.quantity != "gradient"]
    table.grid.show_columns(frozenset(shown) - {"theta x"})
    table.set_trace(descended(5, "adam", "quadratic"))
    assert titles(table)[:3] == ["θ", "L", "Δθ"]
    table.set_trace(descended(5, "adam", "himmelblau"))
    assert titles(table)[:3] == ["y", "L", "Δx"]


def test_the_header_hides_its_column_and_brings_all_back(table: StepTable) -> None:
    header = table.grid.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(2) + 5, 5)
    header.customContextMenuRequested.emit(spot)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    hide, show_all = menu.actions()[:2]
    assert hide.text() == "Hide L"
    assert not show_all.isEnabled()
    hide.trigger()
    assert "L" not in titles(table)
    header.customContextMenuRequested.emit(spot)
    menu.actions()[1].trigger()
    menu.close()
    assert len(titles(table)) == table.model.columnCount()


def test_columns_grow_to_their_numbers_until_the_user_sizes_them(table: StepTable) -> None:
    grid = table.grid
    metrics = grid.fontMetrics()

    def fits(place: int) -> bool:
        texts = (table.model.text(row, place) for row in range(10))
        return all(metrics.horizontalAdvance(text) < grid.columnWidth(place) for text in texts)

    assert fits(3)
    grid.setColumnWidth(3, 40)
    grid.scrollToBottom()
    grid.scrollToTop()
    assert grid.columnWidth(3) == 40


# Size and speed


def test_growing_reads_no_row_and_showing_reads_few(qtbot: QtBot) -> None:
    table = StepTable()
    qtbot.addWidget(table)
    table.resize(460, 320)
    table.show()
    trace: CountingTrace = losses(np.linspace(1, 0, MANY))
    trace.rows_read = 0
    table.set_trace(trace)
    for _ in range(10):
        trace.add(np.zeros((2_000, 2)), np.zeros(2_000))
        table.set_trace(trace)
        table.set_shown(len(trace) - 1)
        table.grid.viewport().repaint()
    assert table.model.rowCount() == MANY + 20_000
    # Five columns of windows of 64 rows.
    assert trace.rows_read < 40 * 5 * 64


def test_other_keys_than_the_tables_own_do_nothing_to_it(table: StepTable, qtbot: QtBot) -> None:
    table.set_trace(losses(np.linspace(1, 0, MANY)))
    table.set_shown(0)
    qtbot.keyClicks(table.grid, "9x")
    assert selected(table) == [(0, 0)]


# Look and languages


def test_screen_readers_get_a_name(table: StepTable) -> None:
    assert table.grid.accessibleName()
    assert table.grid.accessibleDescription()
    assert table.grid.corner.accessibleName()
    before = titles(table)
    QApplication.sendEvent(table, QEvent(QEvent.Type.LanguageChange))
    assert titles(table) == before
    assert table.tab_title() == "Steps"


def test_cells_are_reached_with_keys(table: StepTable, qtbot: QtBot) -> None:
    table.grid.setFocus()
    before = table.grid.currentIndex().column()
    qtbot.keyClick(table.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert table.grid.currentIndex().column() == before + 1
    assert table.grid.currentIndex().row() == 0


def test_themes_change_without_losing_the_row(table: StepTable) -> None:
    table.set_shown(11)
    for theme in (DARK, LIGHT):
        table.set_theme(theme)
        assert selected(table) == [(11, 11)]


def test_a_row_header_has_room_for_the_largest_t(table: StepTable) -> None:
    narrow = table.grid.verticalHeader().width()
    table.set_trace(losses(np.linspace(1, 0, MANY)))
    wide = table.grid.verticalHeader().width()
    assert wide > narrow
    assert wide > table.fontMetrics().horizontalAdvance("1000000")


def test_later_rows_do_not_change_the_selection(table: StepTable) -> None:
    run = Descent(choose("himmelblau", stop="none"))
    table.set_trace(run.trace)
    table.set_shown(0)
    run.advance(100)
    table.set_trace(run.trace)
    assert selected(table) == [(0, 0)]
