"""The step table in the window: it follows the run, and the run follows it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from teacher import Teacher

from gdsim.views.tabs.steps.step_table import StepTable


@pytest.fixture
def table(teacher: Teacher) -> StepTable:
    teacher.press(*["Right"] * 6)
    teacher.wait_for_row(6)
    teacher.window.tabs.show_tab("steps")
    teacher.look()
    return teacher.view(StepTable)


def selected(table: StepTable) -> list[tuple[int, int]]:
    return table.grid.selected_spans()


def click(teacher: Teacher, table: StepTable, row: int) -> None:
    spot = table.grid.visualRect(table.model.index(row, 0)).center()
    QTest.mouseClick(
        table.grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot
    )
    teacher.look()


def test_the_row_of_the_shown_step_is_selected(teacher: Teacher, table: StepTable) -> None:
    assert table.model.rowCount() == 7
    assert selected(table) == [(6, 6)]
    teacher.press("Left", "Left")
    assert selected(table) == [(4, 4)]
    teacher.press("Home")
    assert selected(table) == [(0, 0)]


def test_a_selected_row_is_shown_everywhere(teacher: Teacher, table: StepTable) -> None:
    click(teacher, table, 3)
    assert teacher.session.controller.runner.shown == 3
    assert teacher.count().startswith("t = 3 ")
    teacher.press("Down")
    assert teacher.session.controller.runner.shown == 4


def test_new_steps_are_new_rows(teacher: Teacher, table: StepTable) -> None:
    teacher.press("Right", "Right")
    teacher.wait_until(lambda: selected(table) == [(8, 8)])
    assert table.model.rowCount() == 9


def test_the_keys_of_the_window_work_in_the_table(teacher: Teacher, table: StepTable) -> None:
    click(teacher, table, 2)
    assert table.grid.hasFocus()
    teacher.press("Right")
    assert selected(table) == [(3, 3)]
    teacher.press("Ctrl+Right")
    assert selected(table) == [(3, 3)]
    assert table.grid.currentIndex().column() == 1


def test_clicked_rows_are_copied_exactly(teacher: Teacher, table: StepTable) -> None:
    click(teacher, table, 5)
    table.copy_button.click()
    header, line = QGuiApplication.clipboard().text().splitlines()
    step = teacher.trace().step(5)
    cells = dict(zip(header.split("\t"), line.split("\t"), strict=True))
    assert cells["t"] == "5"
    assert float(cells["L"]) == step.loss
    assert float(cells["∂L/∂x"]) == step.gradient[0]


def test_another_optimizer_brings_its_state(teacher: Teacher, table: StepTable) -> None:
    teacher.choose_optimizer("Adam")
    titles = [column.title for column in table.model.columns]
    assert "v_x" in titles
    assert selected(table) == [(6, 6)]


def test_another_function_empties_it(teacher: Teacher, table: StepTable) -> None:
    teacher.choose_function("Quadratic")
    assert table.model.columns[0].title == "θ"
    assert selected(table) == [(0, 0)]


def test_out_of_sight_it_holds_no_run(teacher: Teacher, table: StepTable) -> None:
    teacher.window.tabs.show_tab("step")
    assert table.model.trace is None
    teacher.window.tabs.show_tab("steps")
    teacher.look()
    assert selected(table) == [(6, 6)]


def test_a_step_to_be_guessed_is_not_given_away(teacher: Teacher, table: StepTable) -> None:
    teacher.press("Home", "P")
    assert table.model.rowCount() == 0
    teacher.press("P")
    assert table.model.rowCount() == 7


def test_it_speaks_chinese_without_a_restart(teacher: Teacher, table: StepTable) -> None:
    english = table.grid.accessibleName()
    teacher.window.language_chosen.emit("zh")
    teacher.look()
    assert selected(table) == [(6, 6)]
    teacher.window.language_chosen.emit("en")
    teacher.look()
    assert table.grid.accessibleName() == english
