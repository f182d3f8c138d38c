"""On a screen of 1280×800: everything that defines a run is in sight, and nothing is too wide."""

from __future__ import annotations

import pytest
from heavy_work import wait_for
from PySide6.QtWidgets import QPushButton, QScrollArea, QTabBar
from teacher import Teacher

from gdsim.app.language.languages import LANGUAGES
from gdsim.app.tabs.registry import TABS
from gdsim.views.tabs.starts.starts_view import StartsView

CLIENT = (1280, 750)  # what a title bar and a task bar leave


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_setup_of_gradient_descent_needs_no_scrolling(teacher: Teacher, language: str) -> None:
    teacher.window.languages[language].trigger()
    teacher.window.resize(*CLIENT)
    teacher.settle()
    assert (teacher.window.width(), teacher.window.height()) == CLIENT
    for key in ("himmelblau", "rosenbrock", "powell-singular", "three-points"):
        teacher.panel.function_chosen.emit(key)
        teacher.settle()
        bar = teacher.panel.findChild(QScrollArea).verticalScrollBar()
        teacher.wait_until(lambda bar=bar: bar.maximum() == 0)


def test_a_note_is_there_where_there_is_room_and_else_in_the_tool_tip(teacher: Teacher) -> None:
    function = teacher.panel.function
    teacher.window.resize(*CLIENT)
    teacher.panel.function_chosen.emit("three-points")
    teacher.settle()
    teacher.wait_until(lambda: not function.note.isVisible())
    assert "pencil" in function.choice.toolTip()
    teacher.window.resize(CLIENT[0], 1000)
    teacher.wait_until(function.note.isVisible)
    assert not function.note.toolTip(), "nothing of it is cut off"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_tab_is_wider_than_its_place(teacher: Teacher, language: str) -> None:
    window = teacher.window
    window.languages[language].trigger()
    window.resize(*CLIENT)
    for key in (tab.key for tab in TABS):
        window.tabs.show_tab(key)
        teacher.look()
        for sheet in window.tabs.findChildren(QScrollArea):
            if sheet.isVisible():
                assert sheet.horizontalScrollBar().maximum() == 0, key
        bar = window.tabs.findChild(QTabBar)
        shown = [bar.tabRect(place) for place in range(bar.count()) if bar.isTabVisible(place)]
        assert all(bar.rect().contains(tab) for tab in shown), key


def test_four_parameters_leave_the_window_as_wide_as_it_is(teacher: Teacher) -> None:
    teacher.window.resize(*CLIENT)
    teacher.panel.function_chosen.emit("wood")
    teacher.settle()
    assert teacher.window.minimumSizeHint().width() <= CLIENT[0]
    assert teacher.window.width() == CLIENT[0]


def test_play_has_the_focus_when_the_window_opens(teacher: Teacher) -> None:
    play = teacher.window.focusWidget()
    assert isinstance(play, QPushButton)
    assert play.accessibleName() == "Play"


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_many_starts_end_is_read_whole_beside_the_chance(
    teacher: Teacher, language: str
) -> None:
    teacher.window.languages[language].trigger()
    teacher.window.resize(*CLIENT)
    teacher.window.tabs.show_tab("starts")
    view = teacher.view(StartsView)
    wait_for(teacher, view)
    table, sheet = view.ends, view.findChild(QScrollArea)
    teacher.wait_until(lambda: table.horizontalHeader().length() <= table.viewport().width())
    for column in range(3):
        assert table.columnWidth(column) >= table.sizeHintForColumn(column)
    assert sheet.widget().width() <= sheet.viewport().width()
