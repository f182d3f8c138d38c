"""On a screen of 1280×800: everything that defines a run is in sight, and nothing is too wide."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QScrollArea
from teacher import Teacher

CLIENT = (1280, 750)  # what a title bar and a task bar leave


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_setup_of_gradient_descent_needs_no_scrolling(teacher: Teacher, language: str) -> None:
    teacher.window.languages[language].trigger()
    teacher.window.resize(*CLIENT)
    teacher.settle()
    assert (teacher.window.width(), teacher.window.height()) == CLIENT
    for name in ("Himmelblau", "Rosenbrock"):
        teacher.panel.function_chosen.emit(name.lower())
        teacher.settle()
        bar = teacher.panel.findChild(QScrollArea).verticalScrollBar()
        teacher.wait_until(lambda bar=bar: bar.maximum() == 0)


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
