"""A race in the window: input in its tab, and the text of its table."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QMenu,
    QToolButton,
)
from teacher import Teacher

from gdsim.views.tabs.race.race_model import RUN, T
from gdsim.views.tabs.race.race_view import RaceView


def cells(teacher: Teacher, column: int) -> list[str]:
    """A column of the table, as it is read."""
    model = teacher.view(RaceView).table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def names(teacher: Teacher) -> list[str]:
    return cells(teacher, RUN)


def open_the_race(teacher: Teacher) -> None:
    teacher.window.tabs.show_tab("race")
    teacher.look()


def choose_in(teacher: Teacher, button: QToolButton, text: str) -> None:
    """Open the menu of a button with the keyboard and choose an entry."""
    menu: QMenu = button.menu()
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
    action = next(each for each in menu.actions() if each.text() == text)
    assert action.isEnabled()
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    teacher.wait_until(lambda: not menu.isVisible())
    teacher.window.activateWindow()  # the offscreen platform does not do so by itself
    teacher.settle()


def line_up(teacher: Teacher, text: str, count: int) -> None:
    choose_in(teacher, teacher.view(RaceView).line_up, text)
    teacher.wait_until(lambda: len(names(teacher)) == count)
    teacher.settle()


def click_run(teacher: Teacher, row: int, column: int = T) -> None:
    table = teacher.view(RaceView).table
    index = table.model().index(row, column)
    table.scrollTo(index)
    teacher.click(table.viewport(), table.visualRect(index).center())
    teacher.settle()


def wait_for_t(teacher: Teacher, t: int) -> None:
    teacher.wait_until(lambda: teacher.session.controller.runner.row == t)
    teacher.settle()


def step(teacher: Teacher, count: int) -> None:
    for _ in range(count):
        t = teacher.session.controller.runner.row + 1
        teacher.press("Right")
        wait_for_t(teacher, t)
