"""The start of a formula of one's own: never a stationary or symmetric point without a word."""

from __future__ import annotations

import numpy as np
import pytest
from support.teacher import Teacher

from gdsim.core.loss.proposed_start import flaw_of


def note(teacher: Teacher) -> str:
    return teacher.panel.function.start_note.text()


@pytest.mark.parametrize("formula", ["u^2 - v^2", "x^2", "u*v", "cos(a)", "u^4 + v^4", "log(x)^2"])
def test_a_start_with_a_slope_replaces_zeros_and_is_said(teacher: Teacher, formula: str) -> None:
    teacher.enter_formula(formula)
    teacher.settle()
    experiment = teacher.session.controller.experiment
    assert any(experiment.start)
    assert flaw_of(experiment.objective(), experiment.start) is None
    assert note(teacher).startswith("Proposed start: at zeros")
    shown = [field.value for field in teacher.panel.function.start.fields]
    assert shown == list(experiment.start)


def test_zeros_with_a_slope_stay_and_nothing_is_said(teacher: Teacher) -> None:
    teacher.enter_formula("(u - 3)^2 + (v + 1)^2")
    teacher.settle()
    assert teacher.session.controller.experiment.start == (0.0, 0.0)
    assert note(teacher) == ""


def test_a_stationary_start_that_was_typed_stays_and_is_said(teacher: Teacher) -> None:
    teacher.enter_formula("u^2 - v^2")
    teacher.enter_start("0", "0")
    teacher.settle()
    assert teacher.session.controller.experiment.start == (0.0, 0.0)
    assert note(teacher) == "This start is a stationary point: the slope is 0 there."
    teacher.enter_start("1")
    teacher.settle()
    assert note(teacher) == ""


def test_the_first_step_goes_somewhere(teacher: Teacher) -> None:
    teacher.enter_formula("u^2 - v^2")
    teacher.settle()
    teacher.press("Right")
    teacher.settle()
    assert teacher.row() == 1
    assert "saddle" not in teacher.status()


def test_the_same_formula_gets_the_same_start_again(teacher: Teacher) -> None:
    starts = []
    for _ in range(2):
        teacher.enter_formula("sin(a)*sin(b)*c^2")
        teacher.settle()
        starts.append(teacher.session.controller.experiment.start)
        teacher.enter_formula("(p - 1)^2")
        teacher.settle()
    assert starts[0] == starts[1]
    assert np.any(starts[0])


def test_it_is_said_in_chinese_too(teacher: Teacher) -> None:
    teacher.enter_formula("u*v")
    teacher.settle()
    teacher.window.languages["zh"].trigger()
    assert note(teacher).startswith("建议的起点")
