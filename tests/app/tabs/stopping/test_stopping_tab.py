"""The stopping tab in the window: which rule fired, and what the others would have done."""

from __future__ import annotations

import pytest
from teacher import Teacher

from gdsim.core.run.stop_rules import RULES, StopRule
from gdsim.views.setup.function_section import FunctionSection
from gdsim.views.tabs.stopping.stopping_view import StoppingView


@pytest.fixture
def view(teacher: Teacher) -> StoppingView:
    teacher.choose_function("Quadratic")
    teacher.window.tabs.show_tab("stopping")
    teacher.look()
    return teacher.view(StoppingView)


def table(view: StoppingView) -> list[list[str]]:
    items = [[view.table.item(row, column) for column in range(3)] for row in range(len(RULES))]
    return [[item.text() if item else "" for item in row] for row in items]


def said(teacher: Teacher, view: StoppingView) -> str:
    return "\n".join(teacher.texts(view))


def to_the_end(teacher: Teacher) -> None:
    teacher.press("End")
    teacher.wait_for_end()


def test_before_the_end_it_says_so(teacher: Teacher, view: StoppingView) -> None:
    assert "It has not stopped yet" in said(teacher, view)
    assert "At t = 0: ‖Δθ‖ = 0.6 ≥ ε" in said(teacher, view)
    assert [row[2] for row in table(view)] == ["not yet"] * len(RULES)


def test_at_the_end_the_rule_that_fired_is_named(teacher: Teacher, view: StoppingView) -> None:
    to_the_end(teacher)
    ending = teacher.trace().ending
    assert ending is not None
    assert f"converged at t = {ending.t}: ‖Δθ‖ = " in said(teacher, view)
    assert "At t =" not in said(teacher, view)
    rows = table(view)
    assert rows[0][0] == "‖Δθ‖ < ε (current)"
    assert rows[0][2] == f"t = {ending.t}"
    assert rows[1][2] == f"not within these {ending.t} steps"


def test_the_other_rules_stop_where_the_table_says(teacher: Teacher, view: StoppingView) -> None:
    to_the_end(teacher)
    predicted = {
        rule: row[2]
        for rule, row in zip(StopRule, table(view), strict=False)
        if row[2].startswith("t = ")
    }
    assert len(predicted) >= 3
    for name, rule in (("|Lₜ − Lₜ₋₁|", StopRule.CHANGE), ("L", StopRule.LOSS)):
        teacher.press("Home")
        teacher.choose(teacher.panel.stop.rule, f"stop when {name} < ε")
        teacher.settle()
        to_the_end(teacher)
        ending = teacher.trace().ending
        assert ending is not None
        assert predicted[rule] == f"t = {ending.t}"


def test_the_plotted_quantity_is_the_runs_own_until_another_is_chosen(
    teacher: Teacher, view: StoppingView
) -> None:
    assert view.plot.symbol == "‖Δθ‖"
    teacher.choose(view.choice, "‖∇L‖  –  length of the gradient")
    teacher.look()
    assert view.plot.symbol == "‖∇L‖"
    teacher.press("Right")
    assert view.plot.symbol == "‖∇L‖"
    teacher.choose(teacher.panel.stop.rule, "stop when L < ε")
    teacher.settle()
    assert view.plot.symbol == "L"


def test_rows_lead_to_their_step(teacher: Teacher, view: StoppingView) -> None:
    to_the_end(teacher)
    row = int(table(view)[3][2].removeprefix("t = "))
    view.table.cellClicked.emit(3, 2)
    teacher.look()
    assert teacher.session.controller.runner.shown == row
    assert f"At t = {row}: " in said(teacher, view)


def test_the_path_is_marked_while_the_tab_is_in_front(teacher: Teacher, view: StoppingView) -> None:
    to_the_end(teacher)
    curve = teacher.window.landscape.curve
    assert any("L < ε" in label for label in curve.marked_stops())
    teacher.window.tabs.show_tab("step")
    assert curve.marked_stops() == []


def test_without_a_rule_the_length_of_the_step_is_plotted(
    teacher: Teacher, view: StoppingView
) -> None:
    teacher.choose(teacher.panel.stop.rule, "only at the step limit")
    teacher.settle()
    assert view.plot.symbol == "‖Δθ‖"
    assert not any("(current)" in row[0] for row in table(view))


def test_a_long_run_is_read_without_holding_up_the_window(
    teacher: Teacher, view: StoppingView
) -> None:
    teacher.go_on_without_end()
    teacher.settle()
    teacher.press("End")
    teacher.wait_until(lambda: len(teacher.trace()) > 300_000)
    teacher.press("Space")
    teacher.wait_until(lambda: not teacher.is_playing())
    teacher.window.tabs.show_tab("step")
    teacher.window.tabs.show_tab("stopping")
    teacher.wait_until(lambda: view.table.rowCount() == len(RULES))
    teacher.wait_until(lambda: all(row[2] != "…" for row in table(view)))
    teacher.wait_until(lambda: view.plot.plotted_rows() == len(teacher.trace()))


@pytest.mark.parametrize("formula", ["log(x)", "1/x", "x^3", "exp(x + y) + z"])
def test_every_run_has_its_sentence(teacher: Teacher, view: StoppingView, formula: str) -> None:
    teacher.enter_formula(formula)
    teacher.enter_step_limit("40")
    teacher.settle()
    to_the_end(teacher)
    assert "It has not stopped yet" not in said(teacher, view)
    assert len(table(view)) == len(RULES)


def test_a_step_to_be_guessed_is_not_given_away(teacher: Teacher, view: StoppingView) -> None:
    teacher.press("P")
    assert "not revealed yet" in said(teacher, view)
    assert view.table.rowCount() == 0
    teacher.press("P")
    assert view.table.rowCount() == len(RULES)


def test_it_speaks_another_language_at_once(teacher: Teacher, view: StoppingView) -> None:
    for language in ("zh", "en"):
        teacher.window.language_chosen.emit(language)
        teacher.look()
        assert view.choice.currentIndex() == 0
    assert "It has not stopped yet" in said(teacher, view)


def test_with_batches_the_rules_are_tested_once_an_epoch(teacher: Teacher) -> None:
    teacher.choose_function("Three points")
    section = teacher.panel.findChild(FunctionSection)
    assert isinstance(section, FunctionSection)
    teacher.choose(section.data.batch, "1 row")
    teacher.settle()
    expected = "‖Δθ‖ over the epoch: tested at the end of the epoch, at t = 3 → move on"
    assert any(expected in text for text in teacher.texts(teacher.window))
    teacher.window.tabs.show_tab("stopping")
    teacher.look()
    view = teacher.view(StoppingView)
    assert table(view)[0][1] == "–"
    to_the_end(teacher)
    ending = teacher.trace().ending
    assert ending is not None
    assert ending.t % 3 == 0
    epoch = ending.t // 3
    assert f"converged at t = {ending.t} (end of epoch {epoch}): ‖Δθ‖ over the epoch = " in said(
        teacher, view
    )
    rows = table(view)
    assert [row[0] for row in rows] == [
        "‖Δθ‖ over the epoch < ε (current)",
        "‖∇L‖ over all rows < ε",
        "|Lₜ − Lₜ₋₃| over all rows < ε",
        "L over all rows < ε",
    ]
    assert rows[0][2] == f"t = {ending.t}"
    for row in rows[1:]:
        if row[2].startswith("t = "):
            assert int(row[2].removeprefix("t = ")) % 3 == 0
    assert view.plot.symbol == "‖Δθ‖ over the epoch"
    assert view.plot.plotted_rows() == ending.t + 1
