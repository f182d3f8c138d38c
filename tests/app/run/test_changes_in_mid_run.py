"""A setting changed in mid-run applies from the shown step on, and both plots mark where."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from teacher import Teacher

from gdsim.views.landscape.contour_view import ContourView
from gdsim.views.loss.loss_view import LossView

AT = 6


def walk(teacher: Teacher, row: int = AT) -> None:
    """Step from the start to this row."""
    for step in range(row):
        teacher.press("Right")
        teacher.wait_for_row(step + 1)


def change_eta(teacher: Teacher) -> None:
    teacher.enter_eta("0.003")


def slide_eta(teacher: Teacher) -> None:
    slider = teacher.panel.rate.slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Down)
    teacher.settle()


def change_epsilon(teacher: Teacher) -> None:
    teacher.enter_epsilon("1e-3")


def change_optimizer(teacher: Teacher) -> None:
    teacher.choose_optimizer("Adam")


def change_stop_rule(teacher: Teacher) -> None:
    teacher.choose(teacher.panel.stop.rule, "stop when ‖∇L‖ < ε")
    teacher.settle()


def change_step_limit(teacher: Teacher) -> None:
    teacher.enter_step_limit("500")


def change_schedule(teacher: Teacher) -> None:
    teacher.choose(teacher.panel.rate.schedule, "Exponential")
    teacher.settle()


CHANGES = {
    "η = 0.003": change_eta,
    "η = ": slide_eta,
    "ε = 0.001": change_epsilon,
    "Adam": change_optimizer,
    "‖∇L‖ < ε": change_stop_rule,
    "t ≤ 500": change_step_limit,
    "γ": change_schedule,
}


@pytest.mark.parametrize("label", CHANGES)
def test_a_change_applies_from_the_shown_step_on(teacher: Teacher, label: str) -> None:
    walk(teacher, AT + 3)
    teacher.press("Left", "Left", "Left")
    past = teacher.recorded(0, AT)
    here = teacher.trace().theta(AT, AT + 1).tobytes()
    CHANGES[label](teacher)
    assert teacher.row() == AT
    assert teacher.count() == f"t = {AT} of {AT}", "the old future is still there"
    assert teacher.recorded(0, AT) == past
    assert teacher.trace().theta(AT, AT + 1).tobytes() == here
    assert not teacher.is_playing()
    for plot in (teacher.window.landscape.contour, teacher.window.loss):
        marks = marks_of(plot)
        assert [row for row, _ in marks] == [AT]
        assert label in marks[0][1]
    teacher.press("Right")
    teacher.wait_for_row(AT + 1)


def marks_of(plot: ContourView | LossView) -> list[tuple[int, str]]:
    """The changes of settings that a plot marks, each with its row."""
    return list(plot.shown_runs()[-1].marks)


def test_a_new_eta_shows_in_the_very_next_step(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    walk(teacher, 2)
    assert teacher.results() == [1.464]
    teacher.enter_eta("0.5")
    assert "θ: 1.08 − 0.5·(−3.84) = 3" in teacher.step()
    teacher.press("Right")
    teacher.wait_for_row(3)
    assert "‖Δθ‖ = 0 < ε" in teacher.step()
    teacher.wait_until(lambda: "converged at t = 3" in teacher.status())


def test_a_change_while_playing_does_not_pause(teacher: Teacher) -> None:
    teacher.go_on_without_end()
    for pace in ("100 steps/s", "max"):
        teacher.choose_speed(pace)
        if not teacher.is_playing():
            teacher.press("Space")
        teacher.wait_until(lambda: teacher.row() > 20)
        teacher.enter_eta("0.0005" if pace == "max" else "0.0007")
        seen = teacher.row()
        teacher.wait_until(lambda seen=seen: teacher.row() > seen + 20)
        assert teacher.is_playing()
    marks = marks_of(teacher.window.loss)
    assert [label for _, label in marks] == ["η = 0.0007", "η = 0.0005"]


def test_entering_the_same_value_changes_nothing(teacher: Teacher) -> None:
    walk(teacher)
    trace = teacher.trace()
    teacher.enter_eta("0.010")
    teacher.enter_epsilon("1e-06")
    assert teacher.trace() is trace
    assert marks_of(teacher.window.loss) == []


def test_a_change_at_the_start_leaves_no_mark(teacher: Teacher) -> None:
    teacher.enter_eta("0.02")
    assert teacher.row() == 0
    assert marks_of(teacher.window.loss) == []


def test_an_ended_run_can_go_on_with_a_smaller_epsilon(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.enter_epsilon("0.1")
    teacher.press("End")
    teacher.wait_until(lambda: "but not at a minimum" in teacher.status())
    ended = teacher.row()
    teacher.enter_epsilon("1e-6")
    assert teacher.row() == ended
    assert teacher.status() == "paused"
    teacher.press("End")
    teacher.wait_until(lambda: "converged" in teacher.status())
    assert teacher.row() > ended
    assert [row for row, _ in marks_of(teacher.window.loss)] == [ended]


def suggestion(teacher: Teacher) -> str:
    """The η that is suggested beneath the optimizer, empty where none is."""
    label = teacher.panel.optimizer.suggestion
    return label.text() if label.isVisible() else ""


def test_another_optimizer_suggests_its_eta_without_setting_it(teacher: Teacher) -> None:
    walk(teacher)
    assert suggestion(teacher) == ""
    teacher.choose_optimizer("Adam")
    assert "Adam" in suggestion(teacher)
    assert "0.05" in suggestion(teacher)
    assert teacher.eta() == 0.01
    teacher.press("Right")
    teacher.wait_for_row(AT + 1)
    assert teacher.trace().eta(AT, AT + 1)[0] == 0.01


def test_the_suggested_eta_is_accepted_with_one_click(teacher: Teacher) -> None:
    walk(teacher)
    teacher.choose_optimizer("Adam")
    teacher.click(teacher.panel.optimizer.accept_button)
    teacher.settle()
    assert teacher.eta() == 0.05
    assert suggestion(teacher) == ""
    assert teacher.row() == AT


@pytest.mark.parametrize(
    "other",
    [
        lambda teacher: teacher.enter_eta("0.02"),
        lambda teacher: teacher.choose_function("Rosenbrock"),
        lambda teacher: teacher.choose_optimizer("Gradient descent"),
    ],
    ids=["own η", "other function", "back again"],
)
def test_an_outdated_suggestion_disappears(
    teacher: Teacher, other: Callable[[Teacher], None]
) -> None:
    teacher.choose_optimizer("Adam")
    assert suggestion(teacher)
    other(teacher)
    assert suggestion(teacher) == ""


def test_a_function_comes_with_a_rate_that_suits_the_optimizer(teacher: Teacher) -> None:
    teacher.choose_function("Rosenbrock")
    by_gradient = teacher.eta()
    teacher.choose_optimizer("Adam")
    teacher.choose_function("Himmelblau")
    assert teacher.eta() == 0.05
    teacher.choose_optimizer("Gradient descent")
    teacher.choose_function("Rosenbrock")
    assert teacher.eta() == by_gradient


def test_a_hyperparameter_can_be_changed_in_the_panel(teacher: Teacher) -> None:
    teacher.choose_optimizer("Momentum")
    walk(teacher, 3)
    (beta,) = teacher.panel.optimizer.hyperparameters.fields
    teacher.type_into(beta, "0.5")
    teacher.settle()
    assert teacher.panel.optimizer.choice.currentText() == "Momentum"
    assert teacher.row() == 3
    assert "0.5·" in teacher.step()
