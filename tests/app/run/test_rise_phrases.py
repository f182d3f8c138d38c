"""Steps at which the loss rose: keys lead to them, and the window explains them."""

from __future__ import annotations

import re

import pytest
from teacher import Teacher

from gdsim.app.run.rise_phrases import note, sentence
from gdsim.core.taylor.rises import Cause, Rise


@pytest.fixture
def rising(teacher: Teacher) -> Teacher:
    """Gradient descent on (θ − 3)² with η > 1: each step overshoots further."""
    teacher.choose_function("Quadratic")
    teacher.enter_eta("1.1")
    teacher.enter_step_limit("6")
    teacher.settle()
    teacher.press("End")
    teacher.wait_for_end()
    teacher.press("Home")
    return teacher


def wait_for_text(teacher: Teacher, text: str) -> None:
    teacher.wait_until(lambda: text in teacher.step())


def test_the_step_explains_the_rise_with_numbers_that_add_up(rising: Teacher) -> None:
    wait_for_text(rising, "second-order term outweighed the first")
    found = re.search(
        r"t = 0 → 1: the loss rose by (\S+): .*∇L·Δ = (\S+), ½ΔᵀHΔ = (\S+)", rising.step()
    )
    assert found
    rise, first, second = (float(text.replace("−", "-")) for text in found.groups())
    assert rise == pytest.approx(first + second, rel=1e-3)


def test_at_the_last_row_the_step_before_it_is_explained(rising: Teacher) -> None:
    rising.press("End")
    rising.wait_for_end()
    rising.press("Left")
    rising.press("Right")
    wait_for_text(rising, "t = 5 → 6: the loss rose")
    assert "t = 6 → 7: the loss" not in rising.step()


def test_the_loss_plot_has_a_short_explanation(rising: Teacher) -> None:
    wait_for_text(rising, "outweighed")
    assert rising.window.loss.note.text().startswith("▲ t = 0 → 1: ∇L·Δ = −")


def test_keys_lead_from_rise_to_rise(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.choose_optimizer("Momentum")
    teacher.press("End")
    teacher.wait_for_end()
    teacher.press("Home")
    losses = teacher.trace().loss()
    before = [t for t in range(len(losses) - 1) if losses[t + 1] > losses[t]]
    assert before
    visited = []
    for _ in before[:4]:
        teacher.press("]")
        visited.append(teacher.row())
    assert visited == [row for row in before if row > 0][:4]
    teacher.press("[")
    assert teacher.row() == visited[-2]


def test_nothing_is_explained_where_the_loss_fell(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.press("Right", "Right", "Left")
    assert "rose" not in teacher.step()
    assert teacher.window.loss.note.text() == ""


def test_nothing_is_explained_while_the_run_goes_at_full_speed(teacher: Teacher) -> None:
    teacher.choose_function("Sine")
    teacher.enter_eta("100")
    teacher.enter_step_limit("1000000000")
    teacher.settle()
    teacher.press("End")
    teacher.wait_until(lambda: teacher.row() > 1000)
    for _ in range(20):
        assert teacher.window.loss.note.text() == ""
        assert "rose" not in teacher.step()
        teacher.rest(5)
    teacher.press("Space")
    teacher.wait_until(lambda: not teacher.is_playing())
    teacher.press("[")
    wait_for_text(teacher, "rose")


def test_a_step_that_is_guessed_or_shown_line_by_line_is_not_explained(rising: Teacher) -> None:
    wait_for_text(rising, "outweighed")
    rising.press("P")
    assert "rose" not in rising.step()
    rising.press("P")
    wait_for_text(rising, "outweighed")
    rising.press("Shift+Right")
    assert "rose" not in rising.step()


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_has_a_sentence_and_a_note(cause: Cause) -> None:
    found = Rise(3, 1.0, 1.5, -0.25, 0.75, cause)
    assert sentence(found).startswith("▲ t = 3 → 4: the loss rose by 0.5")
    assert note(found).startswith("▲ t = 3 → 4: ")
    assert "{" not in sentence(found) + note(found)
    if cause not in (Cause.UNKNOWN, Cause.OTHER_ROWS):
        assert "−0.25" in sentence(found)
