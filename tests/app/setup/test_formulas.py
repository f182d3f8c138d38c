"""Typed formulas: their parameters are found, or a sentence says what is wrong."""

from __future__ import annotations

from teacher import Teacher

from gdsim.core.formula.notation import MAX_LENGTH
from gdsim.core.verdict.kind import PointKind
from gdsim.views.formula.formula_label import FormulaLabel


def function_name(teacher: Teacher) -> str:
    return teacher.panel.function.choice.currentText()


FOUND = {
    "x^2 + 2y^2": ["x₀", "y₀"],
    "(w - 1)^2": ["w₀"],
    "θ₁² + 3·θ₂² + θ₁θ₂": ["θ₁,₀", "θ₂,₀"],
    "（ｘ＋１）＾２": ["x₀"],
    "a^2 + b^2 + c^2 + d^2": ["a₀", "b₀", "c₀", "d₀"],
    "exp(-x**2) + 0.1x²": ["x₀"],
}


def test_the_parameters_of_a_formula_are_found(teacher: Teacher) -> None:
    for typed, names in FOUND.items():
        teacher.enter_formula(typed)
        assert [field.line.accessibleName() for field in teacher.start_fields()] == names
        assert function_name(teacher) == "Your own formula…"
        assert teacher.sentence_at(teacher.panel.function.formula) == ""
        assert teacher.row() == 0
        teacher.press("Right")
        teacher.wait_until(lambda: teacher.row() == 1 or teacher.state() in PointKind)


def test_a_formula_is_typeset_with_its_gradient(teacher: Teacher) -> None:
    teacher.enter_formula("x^2 + 2y^2")
    spoken = [label.plain for label in teacher.panel.function.findChildren(FormulaLabel)]
    assert "L = x^2 + 2y^2" in spoken
    assert "∇L = (2·x, 4·y)" in spoken


def test_one_parameter_has_a_curve_and_two_a_contour(teacher: Teacher) -> None:
    landscape = teacher.window.landscape
    assert landscape.contour.isVisible()
    teacher.enter_formula("(w - 1)^2")
    assert landscape.curve.isVisible()
    assert not landscape.contour.isVisible()
    teacher.enter_formula("x^2 + y^2")
    assert landscape.contour.isVisible()


def test_the_same_parameters_keep_the_start(teacher: Teacher) -> None:
    teacher.enter_formula("x^2 + y^2")
    teacher.enter_start("2", "-1")
    teacher.enter_formula("x^2 + 3y^2")
    assert teacher.start() == [2, -1]
    teacher.enter_formula("(x - 1)^2 + 3(z - 1)^2")
    assert teacher.start() == [0, 0]


def test_an_edited_catalogue_formula_counts_as_the_users_own(teacher: Teacher) -> None:
    assert function_name(teacher) == "Himmelblau"
    teacher.enter_formula("(x^2 + y - 11)^2 + (x + y^2 - 8)^2")
    assert function_name(teacher) == "Your own formula…"
    teacher.enter_formula("(x^2 + y - 11)^2 + (x + y^2 - 7)^2")
    assert function_name(teacher) == "Himmelblau"


REFUSED = {
    "__import__('os').system('x')": "is not part of the notation",
    "x.__class__": "is not part of the notation",
    "9**9**9**9": "too large",
    "(" * 10_000 + "x" + ")" * 10_000: f"at most {MAX_LENGTH} are read",
    "x" * 1_000_000: f"at most {MAX_LENGTH} are read",
    "x^2 + ": "something must follow",
    "": "the formula is empty",
    "   ": "the formula is empty",
    "3 + 4": "nothing can be minimised",
    "ln": "needs its argument in parentheses",
    "x^2)": "was never opened",
    "(x^2": "is never closed",
    "x & y": "is not part of the notation",
    "foo(x) + 1": "unknown function foo at column 1",
    "1/0 + x": "division by zero",
    "0,5x^2": "decimals are written with a point",
    "lambda: x": "is not part of the notation",
    "x; y": "is not part of the notation",
    "x^2 = 3": "makes this an equation",
    "x = 3": "no parameter",
    "x" + "^x" * 100: "nested more than",
    "exp(" * 150 + "x" + ")" * 150: "nested more than",
}


def test_a_wrong_formula_says_what_and_keeps_the_last_good_run(teacher: Teacher) -> None:
    for row in range(3):
        teacher.press("Right")
        teacher.wait_for_row(row + 1)
    field = teacher.panel.function.formula
    for typed, expected in REFUSED.items():
        trace, row, step = teacher.trace(), teacher.row(), teacher.step()
        teacher.enter_formula(typed)
        sentence = teacher.sentence_at(field)
        assert sentence, typed[:50]
        assert expected in sentence, typed[:50]
        assert len(sentence) < 200, typed[:50]
        assert teacher.trace() is trace, typed[:50]
        assert (teacher.row(), teacher.step()) == (row, step)
        teacher.press("Right")
        teacher.wait_for_row(row + 1)
        assert teacher.sentence_at(field) == sentence, "it stays until it is corrected"
    teacher.enter_formula("x^2 + y^2")
    assert teacher.sentence_at(field) == ""
    assert "2·x" in teacher.step()


def test_the_column_of_a_wrong_character_is_named(teacher: Teacher) -> None:
    teacher.enter_formula("x^2 + y! + 3")
    assert "column 8" in teacher.sentence_at(teacher.panel.function.formula)


def test_escape_restores_the_current_formula(teacher: Teacher) -> None:
    field = teacher.panel.function.formula
    good = field.line.text()
    teacher.type_into(field, "x^2 + (", enter=False)
    field.line.setFocus()
    teacher.press("Esc")
    assert field.line.text() == good
    assert function_name(teacher) == "Himmelblau"


def test_leaving_the_field_applies_it(teacher: Teacher) -> None:
    teacher.type_into(teacher.panel.function.formula, "x^2 + 5y^2", enter=False)
    teacher.press("Tab")
    teacher.settle()
    assert "10·y" in teacher.step()


def test_a_wrong_formula_is_explained_in_the_language_of_the_window(teacher: Teacher) -> None:
    teacher.window.languages["zh"].trigger()
    teacher.enter_formula("x^2 + (")
    sentence = teacher.sentence_at(teacher.panel.function.formula)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in sentence)


def test_what_is_not_literal_is_read_and_said(teacher: Teacher) -> None:
    field = teacher.panel.function.formula
    teacher.enter_formula("½(x - 3)² + ln|y| + 2xy")
    assert teacher.sentence_at(field) == ""
    assert teacher.session.controller.experiment.parameters == ("x", "y")
    assert field.line.text() == "(1/2)(x - 3)² + log(abs(y)) + 2x*y"
    assert field.shown_reading == (
        "½(x - 3)² + ln|y| + 2xy is read as (1/2)(x - 3)² + log(abs(y)) + 2x*y"
    )
    teacher.window.languages["zh"].trigger()
    assert "读作" in field.shown_reading
    teacher.window.languages["en"].trigger()
    teacher.enter_formula("x^2 + y^2")
    assert field.shown_reading == ""


def test_what_can_be_read_in_two_ways_is_asked(teacher: Teacher) -> None:
    field = teacher.panel.function.formula
    teacher.enter_formula("x^2 + sin x/2")
    assert teacher.sentence_at(field) == (
        "sin x at column 12 can be read in two ways; write sin(x)/2 or sin(x/2)"
    )
    assert field.shown_reading == ""
