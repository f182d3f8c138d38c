"""Every invalid number and every run that fails is explained in a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from teacher import Teacher

from gdsim.views.widgets.entry_field import EntryField

Field = Callable[[Teacher], EntryField]


def eta(teacher: Teacher) -> EntryField:
    return teacher.panel.rate.eta


def epsilon(teacher: Teacher) -> EntryField:
    return teacher.panel.stop.epsilon


def step_limit(teacher: Teacher) -> EntryField:
    return teacher.panel.stop.max_steps


def first_start(teacher: Teacher) -> EntryField:
    return teacher.start_fields()[0]


WRONG = [
    (eta, "nan", "finite"),
    (eta, "inf", "finite"),
    (eta, "-1e400", "finite"),
    (eta, "abc", "is not a number"),
    (eta, "", "Type a number"),
    (eta, "1,2,3", "is not a number"),
    (eta, "1,000", "The comma is unclear"),
    (eta, "0.1 0.2", "is not a number"),
    (eta, "0", "greater than 0"),
    (eta, "-1", "greater than 0"),
    (epsilon, "0", "greater than 0"),
    (epsilon, "-1e-6", ""),
    (epsilon, "nan", "finite"),
    (step_limit, "0", "at least 1"),
    (step_limit, "1.5", "whole"),
    (step_limit, "1e12", "at most"),
    (first_start, "nan", "finite"),
    (first_start, "three", "is not a number"),
]


def slider_values(teacher: Teacher) -> list[int]:
    return [teacher.panel.rate.slider.value(), teacher.panel.stop.slider.value()]


def test_a_wrong_number_is_refused_beside_its_field(teacher: Teacher) -> None:
    teacher.press("Right")
    teacher.wait_for_row(1)
    for find, typed, sentence in WRONG:
        case = f"{find.__name__} {typed}"
        field, row = find(teacher), teacher.row()
        before = (teacher.trace(), teacher.step())
        good, sliders = field.line.text(), slider_values(teacher)
        teacher.type_into(field, typed)
        teacher.settle()
        said = teacher.sentence_at(field)
        assert said, case
        assert sentence in said, case
        assert (teacher.trace(), teacher.step()) == before, case
        assert slider_values(teacher) == sliders, case
        field.line.setFocus()
        teacher.press("Esc")
        assert field.line.text() == good, case
        assert teacher.sentence_at(field) == "", case
        teacher.window.setFocus()
        teacher.press("Right")
        teacher.wait_for_row(row + 1)


def test_numbers_may_be_written_in_the_usual_ways(teacher: Teacher) -> None:
    for typed, value in (
        ("0,1", 0.1),
        ("1e-3", 1e-3),
        (".5", 0.5),
        ("1E-2", 0.01),
        ("１e−３", 1e-3),
    ):
        teacher.enter_eta(typed)
        assert teacher.sentence_at(eta(teacher)) == ""
        assert teacher.eta() == value
        assert teacher.trace().eta(0, 1)[0] == value


def test_an_enormous_eta_diverges_and_says_so(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.enter_eta("1e308")
    teacher.press("Right")
    teacher.wait_until(lambda: "diverged" in teacher.status())
    assert "diverged" in teacher.step()
    assert not teacher.button("One step").isEnabled()
    teacher.enter_eta("0.1")
    teacher.press("Home", "Right")
    teacher.wait_for_row(1)
    assert teacher.status() == "paused"


def test_divergence_within_three_steps(teacher: Teacher) -> None:
    teacher.enter_formula("x^4")
    teacher.enter_start("3")
    teacher.enter_eta("1e50")
    teacher.press("Right", "Right", "Right")
    teacher.wait_until(lambda: "diverged at t =" in teacher.status())
    assert teacher.row() <= 3
    sentence = teacher.status()
    teacher.press("Left")
    assert teacher.status() == "paused"
    teacher.press("Right")
    assert teacher.status() == sentence


def test_a_diverging_path_can_be_stepped_through_and_zoomed(teacher: Teacher) -> None:
    teacher.choose_function("Rosenbrock")
    teacher.enter_eta("0.5")
    teacher.press("End")
    teacher.wait_until(lambda: "diverged" in teacher.status())
    last = teacher.row()
    for row in range(last - 1, -1, -1):
        teacher.press("Left")
        assert teacher.row() == row
        teacher.window.grab()
    for plot in (teacher.window.landscape.contour, teacher.window.loss):
        teacher.turn_wheel(plot, plot.paper.rect().center(), -30)
    teacher.press("L", "End")
    teacher.window.grab()
    assert "diverged" in teacher.status()


UNDEFINED = [
    ("1/x", "0", "division by x = 0"),
    ("log(x)", "-1", "log has no value for x = −1"),
    ("sqrt(x - 100)", "0", "sqrt has no value for x − 100 = −100"),
    ("log(-1 - x^2)", "1", "log has no value for −1 − x^2 = −2"),
    ("sqrt(-x^2 - 1)", "0.5", "sqrt has no value for −x^2 − 1 = −1.25"),
]


def test_where_the_loss_is_not_defined_the_run_says_so(teacher: Teacher) -> None:
    for formula, start, sentence in UNDEFINED:
        teacher.enter_formula(formula)
        teacher.enter_start(start)
        said = f"undefined at t = 0: {sentence}"
        teacher.wait_until(lambda said=said: said in teacher.status())
        teacher.press("Right", "Space", "End", "Left", "R")
        teacher.settle()
        teacher.window.grab()
    teacher.choose_function("Quadratic")
    teacher.enter_eta("0.1")
    assert teacher.results() == [0.6]


def test_nan_everywhere_shows_an_empty_plane(teacher: Teacher) -> None:
    teacher.enter_formula("log(-1 - x^2 - y^2)")
    teacher.wait_until(lambda: "undefined at t = 0: log has no value" in teacher.status())
    teacher.press("L", "0")
    teacher.rest(150)
    teacher.window.grab()
    assert teacher.sentence_at(teacher.panel.function.formula) == ""


def test_a_constant_function_stops_where_it_starts(teacher: Teacher) -> None:
    for formula in ("0x + 3", "0*(x + y)", "x - x + 5", "x^0 + 0y"):
        teacher.enter_formula(formula)
        assert teacher.sentence_at(teacher.panel.function.formula) == "", formula
        teacher.wait_until(lambda: "stopped at t = 0 on flat ground" in teacher.status())
        assert "‖Δθ‖ = 0 < ε" in teacher.status(), formula
        teacher.press("0", "L")
        teacher.rest(100)
        teacher.window.grab()


def test_a_start_outside_the_view_is_reported_and_works(teacher: Teacher) -> None:
    contour = teacher.window.landscape.contour
    teacher.choose_function("Round bowl")
    teacher.enter_start("1e6", "-40")
    assert "The point is outside the view" in teacher.texts(contour)
    teacher.press("Right")
    teacher.wait_for_row(1)
    assert teacher.results()[0] == pytest.approx(1e6 * 0.8**2)
    teacher.enter_start("1", "1")
    assert "The point is outside the view" not in teacher.texts(contour)


def test_ten_million_steps_stop_at_the_memory_limit(
    teacher: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gdsim.core.run.descent.MEMORY_LIMIT", 4_000_000)
    teacher.go_on_without_end()
    teacher.enter_step_limit("10000000")
    teacher.press("End")
    teacher.wait_until(lambda: "the recorded steps have reached" in teacher.status())
    assert not teacher.is_playing()
    full = len(teacher.trace())
    assert 20_000 < full < 60_000
    assert not teacher.button("One step").isEnabled()
    teacher.press("Right", "Space", "End")
    assert len(teacher.trace()) == full
    teacher.press("Left")
    assert teacher.row() == full - 2
    teacher.press("Home")
    assert teacher.row() == 0
    assert teacher.status() == "paused"


def test_wrong_input_opens_no_message_box(teacher: Teacher) -> None:
    for typed in ("nan", "", "-1", "x"):
        teacher.type_into(teacher.panel.rate.eta, typed)
        teacher.type_into(teacher.panel.function.formula, typed + "(")
    teacher.look()
    boxes = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox)]
    assert boxes == []
