"""Going back, changing something and going on: both futures stay."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from teacher import Teacher

from gdsim.core.run.descent import Descent
from gdsim.views.tabs.futures.futures_view import FuturesView


def rows(teacher: Teacher) -> list[str]:
    """The settings of every future in the table, the one in force first."""
    model = teacher.view(FuturesView).table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def branch(teacher: Teacher) -> None:
    """Run to the end with η = 0.01, go back to the third row and go on with η = 0.02."""
    teacher.press("End")
    teacher.wait_for_end()
    teacher.press("Home", "Right", "Right", "Right")
    teacher.wait_for_row(3)
    teacher.enter_eta("0.02")
    teacher.come_back()
    teacher.press("End")
    teacher.wait_for_end()
    teacher.window.tabs.show_tab("futures")
    teacher.settle()


def choose_row(teacher: Teacher, row: int) -> None:
    table = teacher.view(FuturesView).table
    at: QPoint = table.visualRect(table.model().index(row, 0)).center()
    teacher.click(table.viewport(), at)


def test_the_future_that_was_left_has_its_own_entry(teacher: Teacher) -> None:
    branch(teacher)
    assert rows(teacher) == ["Gradient descent, η = 0.02", "Gradient descent, η = 0.01"]


def test_a_branch_goes_on_from_exactly_the_state_of_its_row(teacher: Teacher) -> None:
    teacher.choose_optimizer("Adam")
    teacher.enter_eta("0.05")
    teacher.come_back()
    before = teacher.trace().experiment
    branch(teacher)
    old = Descent(before)
    old.advance(3)
    again = Descent.branch(old.trace, 3, teacher.trace().experiment)
    again.advance(40)
    length = min(len(again.trace), len(teacher.trace()))
    assert again.trace.theta(0, length).tobytes() == teacher.trace().theta(0, length).tobytes()


def test_either_future_can_be_taken_up_again(teacher: Teacher) -> None:
    teacher.press("End")
    teacher.wait_for_end()
    first = teacher.trace()
    whole = first.theta().tobytes()
    branch(teacher)
    second = teacher.trace()
    choose_row(teacher, 1)
    teacher.click(teacher.view(FuturesView).take_up)
    teacher.wait_until(lambda: teacher.trace() is first)
    teacher.settle()
    assert first.theta().tobytes() == whole
    assert teacher.eta() == 0.01
    assert rows(teacher) == ["Gradient descent, η = 0.01", "Gradient descent, η = 0.02"]
    choose_row(teacher, 1)
    teacher.click(teacher.view(FuturesView).take_up)
    teacher.wait_until(lambda: teacher.trace() is second)
    teacher.settle()
    assert teacher.eta() == 0.02


def test_a_future_that_had_not_ended_goes_on_when_it_is_taken_up(teacher: Teacher) -> None:
    teacher.press("Right", "Right", "Right")
    teacher.wait_for_row(3)
    left = teacher.trace()
    teacher.press("Left", "Left")
    teacher.wait_for_row(1)
    teacher.enter_eta("0.02")
    teacher.come_back()
    teacher.settle()
    teacher.window.tabs.show_tab("futures")
    teacher.settle()
    choose_row(teacher, 1)
    teacher.click(teacher.view(FuturesView).take_up)
    teacher.wait_until(lambda: teacher.trace() is left)
    teacher.settle()
    teacher.window.tabs.show_tab("step")
    teacher.press("Right", "Right", "Right", "Right")
    teacher.wait_for_row(5)
    assert teacher.trace() is left
    whole = Descent(left.experiment)
    whole.advance(5)
    assert left.theta(0, 6).tobytes() == whole.trace.theta(0, 6).tobytes()


def test_a_future_can_be_removed(teacher: Teacher) -> None:
    branch(teacher)
    choose_row(teacher, 1)
    teacher.click(teacher.view(FuturesView).forget)
    teacher.settle()
    assert rows(teacher) == ["Gradient descent, η = 0.02"]


def test_another_function_has_no_futures_yet(teacher: Teacher) -> None:
    branch(teacher)
    teacher.choose_function("Booth")
    teacher.settle()
    assert len(rows(teacher)) == 1
