"""The loss rose: it is counted, led to and explained wherever it happened."""

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


def waits_for(teacher: Teacher, text: str) -> None:
    teacher.wait_until(lambda: text in teacher.step())


def test_the_step_says_why_with_numbers_that_add_up(rising: Teacher) -> None:
    waits_for(rising, "second-order term outweighed the first")
    found = re.search(
        r"t = 0 → 1: the loss rose by (\S+): .*∇L·Δ = (\S+), ½ΔᵀHΔ = (\S+)", rising.step()
    )
    assert found
    rise, first, second = (float(text.replace("−", "-")) for text in found.groups())
    assert rise == pytest.approx(first + second, rel=1e-3)


def test_arriving_at_a_mark_tells_of_the_step_that_led_there(rising: Teacher) -> None:
    rising.press("End")
    rising.wait_for_end()
    rising.press("Left")
    rising.press("Right")
    waits_for(rising, "t = 5 → 6: the loss rose")
    assert "t = 6 → 7: the loss" not in rising.step()


def test_the_plot_says_it_in_brief(rising: Teacher) -> None:
    waits_for(rising, "outweighed")
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


def test_where_it_fell_nothing_is_said(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.press("Right", "Right", "Left")
    assert "rose" not in teacher.step()
    assert teacher.window.loss.note.text() == ""


def test_while_steps_rush_past_nothing_is_said(teacher: Teacher) -> None:
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
    waits_for(teacher, "rose")


def test_a_step_to_be_guessed_or_gone_through_is_not_given_away(rising: Teacher) -> None:
    waits_for(rising, "outweighed")
    rising.press("P")
    assert "rose" not in rising.step()
    rising.press("P")
    waits_for(rising, "outweighed")
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
