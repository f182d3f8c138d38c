"""Optimizers and schedules that the user writes in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from teacher import Teacher

from gdsim.core.catalogue import entries as catalogue


def optimizer(teacher: Teacher) -> str:
    return teacher.panel.optimizer.choice.currentText()


def test_a_rule_written_by_the_user_runs(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.open_the_rule()
    teacher.write_rule(
        "v = b*v + g", "theta = theta - eta*v/2", hyperparameters="b = 0.5", state="v = 0"
    )
    assert optimizer(teacher) == "Your own rule…"
    assert teacher.results() == [0.3]
    teacher.press("Right")
    teacher.wait_for_row(1)
    # v = 0.5·(−6) + (−5.4) = −8.4
    assert teacher.results() == [0.72]
    assert "v ← b·v + g" in teacher.step()


def test_an_edited_built_in_rule_counts_as_the_users_own(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.choose_optimizer("Momentum")
    teacher.open_the_rule()
    editor = teacher.panel.optimizer.editor
    assert editor.rule.toPlainText() == "v = beta*v + g\ntheta = theta - eta*v"
    editor.rule.setFocus()
    QTest.keyClick(editor.rule, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor.rule, "/2")
    QTest.keyClick(editor.rule, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    teacher.settle()
    assert optimizer(teacher) == "Your own rule…"
    teacher.choose_optimizer("Momentum")
    assert optimizer(teacher) == "Momentum"
    assert editor.rule.toPlainText() == "v = beta*v + g\ntheta = theta - eta*v"


def test_every_built_in_rule_can_be_written_by_hand(teacher: Teacher) -> None:
    teacher.open_the_rule()
    for entry in catalogue.optimizers().values():
        teacher.write_rule(
            *entry.rule,
            hyperparameters=", ".join(f"{n} = {v!r}" for n, v in entry.hyperparameters.items()),
            state=", ".join(f"{n} = {v!r}" for n, v in entry.state.items()),
        )
        assert optimizer(teacher) == entry.name["en"]


WRONG_RULES = {
    ("theta = theta - eta*q",): (1, "unknown name q"),
    ("v = g", "theta = theta - eta*w"): (2, "unknown name w"),
    ("v = g +", "theta = theta - eta*v"): (1, "something must follow"),
    ("theta = theta - eta*g", "v = g"): (1, "only the last line may assign theta"),
    ("v = g",): (1, "the last line must assign theta"),
    ("g = 2", "theta = theta - eta*g"): (1, "g at column 1 is given and cannot be assigned"),
    ("theta - eta*g",): (1, "has the form name = formula"),
    ("theta = __import__('os')",): (1, "is not part of the notation"),
}


def test_an_error_is_marked_at_its_line_and_can_be_corrected(teacher: Teacher) -> None:
    teacher.press("Right")
    teacher.wait_for_row(1)
    before = (teacher.trace(), teacher.step())
    teacher.open_the_rule()
    editor = teacher.panel.optimizer.editor
    for lines, (number, sentence) in WRONG_RULES.items():
        teacher.write_rule(*lines)
        assert editor.error_label.isVisible(), lines
        assert f"line {number}: " in editor.error_label.text(), lines
        assert sentence in editor.error_label.text(), lines
        marked = {mark.cursor.blockNumber() + 1 for mark in editor.rule.extraSelections()}
        assert marked == {number}, lines
        assert (teacher.trace(), teacher.step()) == before, lines
        assert optimizer(teacher) == "Gradient descent"
    teacher.write_rule("theta = theta - eta*g/2")
    assert not editor.error_label.isVisible()
    assert optimizer(teacher) == "Your own rule…"
    assert teacher.row() == 1


WRONG_CONSTANTS = [
    ("b", "", "does not have the form name = number"),
    ("b = 1, b = 2", "", "is given twice"),
    ("b = nan", "", ""),
    ("theta = 1", "", "theta"),
    ("b = 1", "b = 2", "both state and hyperparameter"),
]


def test_wrong_constants_are_refused(teacher: Teacher) -> None:
    teacher.open_the_rule()
    label = teacher.panel.optimizer.editor.error_label
    for hyperparameters, state, sentence in WRONG_CONSTANTS:
        teacher.write_rule("theta = theta - eta*g", hyperparameters=hyperparameters, state=state)
        assert label.isVisible(), hyperparameters
        assert sentence in label.text(), hyperparameters
        assert optimizer(teacher) == "Gradient descent"


def test_the_window_can_be_used_while_the_editor_is_open(teacher: Teacher) -> None:
    teacher.open_the_rule()
    editor = teacher.panel.optimizer.editor
    assert editor.isVisible()
    assert not editor.isModal()
    teacher.window.activateWindow()
    teacher.window.setFocus()
    teacher.press_button("One step")
    teacher.wait_for_row(1)
    teacher.click(editor.discard_button)
    assert not editor.isVisible()


def test_a_rule_that_fails_while_it_runs_diverges(teacher: Teacher) -> None:
    teacher.open_the_rule()
    teacher.write_rule("theta = theta - eta*g/(3 - t)")
    teacher.press_button("Run to the end")
    teacher.wait_until(lambda: "diverged" in teacher.status())
    assert "diverged at t = 2: the update is not finite" in teacher.status()
    teacher.window.grab()


SECOND_POINTS = {
    "Inverse time": 0.6 + 0.1 / 1.1 * 4.8,
    "Exponential": 0.6 + 0.099 * 4.8,
    "Step": 1.08,
    "Constant": 1.08,
}


def test_a_schedule_changes_eta_as_it_says(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    for schedule, second in SECOND_POINTS.items():
        teacher.press("Home")
        teacher.choose(teacher.panel.rate.schedule, schedule)
        teacher.settle()
        assert teacher.panel.rate.schedule.currentText() == schedule
        assert teacher.results() == [0.6]
        teacher.press("Right")
        teacher.wait_for_row(1)
        assert teacher.results() == [pytest.approx(second, rel=1e-5)], schedule
        assert ("η = " in teacher.step()) == (schedule != "Constant")


def test_every_schedule_can_be_chosen_and_replaced(teacher: Teacher) -> None:
    for entry in [*catalogue.schedules().values()] * 2:
        teacher.choose(teacher.panel.rate.schedule, entry.name["en"])
        teacher.settle()
        assert teacher.panel.rate.schedule.currentText() == entry.name["en"]
        assert len(teacher.panel.rate.constants.fields) == len(entry.constants) - 1
        teacher.press("Right", "Left")
    assert teacher.eta() == 0.01


def test_a_constant_of_the_schedule_can_be_changed(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.choose(teacher.panel.rate.schedule, "Exponential")
    (gamma,) = teacher.panel.rate.constants.fields
    teacher.type_into(gamma, "0.5")
    teacher.settle()
    teacher.press("Right")
    teacher.wait_for_row(1)
    assert teacher.results() == [pytest.approx(0.6 + 0.05 * 4.8)]
    assert teacher.panel.rate.schedule.currentText() == "Exponential"


def test_a_schedule_written_by_the_user(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    rate = teacher.panel.rate
    teacher.choose(rate.schedule, "Your own formula of t…")
    teacher.type_into(rate.formula, "0.2/t")
    teacher.settle()
    assert rate.schedule.currentText() == "Your own formula of t…"
    assert teacher.results() == [1.2]
    teacher.press("Right")
    teacher.wait_for_row(1)
    assert teacher.results() == [pytest.approx(1.2 + 0.1 * 3.6)]
    assert not rate.eta.isEnabled()


WRONG_SCHEDULES = {
    "0.1/u": "unknown name u at column 5",
    "0*t": "greater than 0",
    "-1/t": "greater than 0",
    "0.1/(t-": "something must follow",
    "log(-t)": "",
}


def test_a_wrong_schedule_is_refused(teacher: Teacher) -> None:
    rate = teacher.panel.rate
    teacher.choose(rate.schedule, "Your own formula of t…")
    before = teacher.trace()
    for typed, sentence in WRONG_SCHEDULES.items():
        teacher.type_into(rate.formula, typed)
        teacher.settle()
        assert teacher.sentence_at(rate.formula), typed
        assert sentence in teacher.sentence_at(rate.formula), typed
        assert teacher.trace() is before, typed
    teacher.type_into(rate.formula, "0.1/t")
    teacher.settle()
    assert teacher.sentence_at(rate.formula) == ""
