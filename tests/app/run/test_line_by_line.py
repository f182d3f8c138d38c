"""One update shown phase by phase, and guessing its next point."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton
from teacher import Teacher

from gdsim.views.run.step_layer import Part
from gdsim.views.tabs.step.step_tab import StepTab


def stage(teacher: Teacher) -> str:
    return teacher.view(StepTab).strip.text()


def lines(teacher: Teacher) -> int:
    """How many lines of the update are shown."""
    return sum("←" in line or "=" in line.split("≈")[0] for line in teacher.step().splitlines())


def test_shift_right_goes_through_the_general_loop_and_into_the_next_update(
    teacher: Teacher,
) -> None:
    stages = []
    while teacher.row() == 0:
        teacher.press("Shift+Right")
        teacher.settle()
        stages.append(stage(teacher))
    assert stages == ["initialise", "gradient", "update rule", "satisfied?", "move", "gradient"]
    assert teacher.row() == 1


@pytest.mark.parametrize(
    ("optimizer", "grows"),
    [
        ("Gradient descent", [Part.DELTA]),
        # Only m is drawn: v and the corrected ones are no steps.
        ("Adam", [Part.STATE, None, None, None, Part.DELTA]),
    ],
)
def test_what_grows_is_what_the_phase_has_just_brought(
    teacher: Teacher, optimizer: str, grows: list[Part | None]
) -> None:
    teacher.choose_optimizer(optimizer)
    contour = teacher.window.landscape.contour
    seen: list[tuple[str, Part | None]] = []
    while len(seen) < len(grows) + 5:
        teacher.wait_until(lambda: contour.growing() is None)
        before = stage(teacher)
        teacher.press("Shift+Right")
        # The row after a move is made by the worker, so that it is shown a little later.
        teacher.wait_until(
            lambda old=before: stage(teacher) != "" and not stage(teacher) == old == "move"
        )
        seen.append((stage(teacher), contour.growing()))
    assert seen == [
        ("initialise", None),
        ("gradient", Part.GRADIENT),
        *(("update rule", part) for part in grows),
        ("satisfied?", None),
        ("move", Part.GHOST),
        ("gradient", Part.GRADIENT),
    ]


def test_every_phase_adds_its_lines_and_the_verdict_comes_with_the_test(teacher: Teacher) -> None:
    assert "move on" in teacher.step()
    teacher.press("Shift+Right", "Shift+Right")
    teacher.settle()
    assert "∂L/∂x" in teacher.step()
    assert "θ ←" not in teacher.step()
    teacher.press("Shift+Right")
    teacher.settle()
    assert "θ ←" in teacher.step()
    assert "move on" not in teacher.step()
    teacher.press("Shift+Right")
    teacher.settle()
    assert "move on" in teacher.step()


def test_shift_left_goes_back_through_the_same_phases(teacher: Teacher) -> None:
    there = []
    for _ in range(7):
        teacher.press("Shift+Right")
        teacher.settle()
        there.append((teacher.row(), stage(teacher), teacher.step()))
    back = []
    for _ in range(6):
        teacher.press("Shift+Left")
        teacher.settle()
        back.append((teacher.row(), stage(teacher), teacher.step()))
    assert back == there[-2::-1]


def test_after_an_ordinary_step_updates_are_shown_whole(teacher: Teacher) -> None:
    teacher.press("Shift+Right", "Shift+Right")
    teacher.settle()
    assert stage(teacher) == "gradient"
    teacher.press("Right")
    teacher.wait_for_row(1)
    teacher.settle()
    assert stage(teacher) == ""
    assert "move on" in teacher.step()


def test_the_buttons_of_the_strip_do_what_the_keys_do(teacher: Teacher) -> None:
    strip = teacher.view(StepTab).strip
    forward, backward = strip.next, strip.back
    assert isinstance(forward, QToolButton)
    teacher.click(forward)
    teacher.click(forward)
    teacher.settle()
    assert stage(teacher) == "gradient"
    teacher.click(backward)
    teacher.settle()
    assert stage(teacher) == "initialise"


def test_a_run_that_has_ended_has_no_move(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.press("End")
    teacher.wait_for_end()
    for _ in range(6):
        teacher.press("Shift+Right")
    teacher.settle()
    assert stage(teacher) == "satisfied?"
    assert "converged" in teacher.step()


def click_plane(teacher: Teacher, x: float, y: float) -> None:
    plot = teacher.window.landscape.contour
    at: QPoint = teacher.pixel(plot, x, y)
    teacher.click(plot.paper, at)


def message(teacher: Teacher) -> str:
    return teacher.window.landscape.message()


def test_a_step_waits_for_a_guess_and_hides_its_result(teacher: Teacher) -> None:
    teacher.press("P")
    teacher.settle()
    assert "t = 1" in message(teacher)
    assert "θ ←" not in teacher.step()
    teacher.press("Right")
    teacher.settle()
    assert teacher.row() == 0


def test_the_error_of_a_guess_is_told_in_lengths_of_the_step(teacher: Teacher) -> None:
    teacher.press("P")
    teacher.settle()
    before = teacher.trace().step(0)
    landing = before.theta + before.delta
    length = float((before.delta**2).sum() ** 0.5)
    click_plane(teacher, float(landing[0]) + 2 * length, float(landing[1]))
    teacher.wait_for_row(1)
    teacher.settle()
    off = float(message(teacher).split("error ")[1].split(" ")[0])
    plot = teacher.window.landscape.contour
    (low, high), _ = plot.visible_range()
    pixel = (high - low) / plot.box.width()
    assert off == pytest.approx(2.0, abs=2 * pixel / length)
    assert "predictions: 1" in message(teacher)


def test_the_score_adds_up_until_guessing_is_turned_off(teacher: Teacher) -> None:
    teacher.press("P")
    teacher.settle()
    for row in (1, 2, 3):
        click_plane(teacher, 1.0, 1.0)
        teacher.wait_for_row(row)
        teacher.settle()
    assert "predictions: 3" in message(teacher)
    teacher.press("P")
    teacher.settle()
    assert message(teacher) == ""
    assert "move on" in teacher.step()
    teacher.press("P")
    teacher.settle()
    assert "predictions" not in message(teacher)


def test_a_guess_on_a_curve_counts_along_the_parameter(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.press("P")
    teacher.settle()
    plot = teacher.window.landscape.curve
    teacher.click(plot.paper, teacher.pixel(plot, 1.2, 4.0))
    teacher.wait_for_row(1)
    teacher.settle()
    off = float(message(teacher).split("error ")[1].split(" ")[0])
    assert off == pytest.approx(1.0, abs=0.1)


def test_the_step_can_be_copied_while_another_tab_is_in_front(teacher: Teacher) -> None:
    there = teacher.step()
    teacher.window.tabs.show_tab("futures")
    teacher.settle()
    teacher.press("Ctrl+Shift+C")
    assert QGuiApplication.clipboard().text() == there
