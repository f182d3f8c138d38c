"""The ordinary use of the program, in a real window."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from desktop import SIZE, Program, Screen, wait_until

from gdsim.views.theme import LIGHT

Launch = Callable[..., Program]

# Positions in the window: the list of functions, and the field for a formula beneath it.
FUNCTIONS, FORMULA = (200, 64), (150, 146)


def open_the_textbook_example(gdsim: Program) -> None:
    """Choose (θ − 3)² in the list of functions by its name."""
    gdsim.choose_function(FUNCTIONS, "Quad")
    wait_until(lambda: "2·θ − 6" in gdsim.step(), "the quadratic function to be shown")


def test_a_typed_formula_descends(gdsim: Program) -> None:
    gdsim.click(FORMULA)
    gdsim.press("ctrl+a")
    gdsim.type("(x - 1)^2 + 3y^2 + z^4")
    gdsim.press("Return")
    wait_until(lambda: "4·z^3" in gdsim.step(), "the gradient of the typed function")
    gdsim.press("Next")
    wait_until(lambda: gdsim.row() == 1, "its first step")


def test_five_steps_of_the_textbook_example_have_the_numbers_of_the_book(gdsim: Program) -> None:
    open_the_textbook_example(gdsim)
    read = []
    for row in range(5):
        wait_until(lambda row=row: gdsim.row() == row, f"row {row} to be shown")
        read.append(float(gdsim.numbers()[-1]))
        gdsim.press("Right")
    assert read == pytest.approx([0.6, 1.08, 1.464, 1.7712, 2.01696])


def test_step_and_back_lead_to_the_same_numbers(gdsim: Program) -> None:
    gdsim.press("Right", "Right")
    wait_until(lambda: gdsim.row() == 2, "two steps to be made")
    there = gdsim.step()
    gdsim.press("Right")
    wait_until(lambda: gdsim.row() == 3, "another step to be made")
    gdsim.press("Left")
    wait_until(lambda: gdsim.step() == there, "the same step to be shown again")
    gdsim.press("Home")
    wait_until(lambda: gdsim.row() == 0, "the start to be shown")


def test_play_advances_and_pause_stops(gdsim: Program) -> None:
    gdsim.press("plus", "plus", "plus", "space")
    wait_until(lambda: gdsim.row() >= 3, "three steps to be played")
    gdsim.press("space")
    held = gdsim.row()
    assert gdsim.row() == held


def test_run_to_the_end_says_how_it_ended(gdsim: Program) -> None:
    open_the_textbook_example(gdsim)
    gdsim.press("End")
    wait_until(lambda: "converged" in gdsim.step(), "the descent to end")
    assert gdsim.row() == 60
    assert "move on" not in gdsim.step()


def test_the_start_is_dragged_on_the_landscape(gdsim: Program, screen: Screen) -> None:
    before = gdsim.step()
    x, y = gdsim.find(LIGHT.current)
    screen.drag((x, y), (x - 90, y + 60))
    wait_until(lambda: gdsim.step() != before, "the dragged start to take effect")
    assert gdsim.row() == 0


def test_the_language_changes_without_a_restart(launch: Launch) -> None:
    gdsim = launch()
    english = gdsim.step()
    gdsim.press("alt+v", *["Down"] * 3, "Right", "Down", "Down", "Return")
    wait_until(lambda: "继续" in gdsim.step(), "the window to speak Chinese")
    assert re.findall(r"x: .*", gdsim.step()) == re.findall(r"x: .*", english)
    assert gdsim.close_window() == 0
    assert "继续" in launch().step()


def test_the_window_closes_in_the_middle_of_a_run(gdsim: Program) -> None:
    gdsim.press(*["plus"] * 14, "space")
    assert gdsim.is_running()
    assert gdsim.close_window() == 0
    assert gdsim.messages() == ""


def test_f11_fills_the_screen_and_restores_the_window(gdsim: Program) -> None:
    before = gdsim.size()
    gdsim.press("F11")
    wait_until(lambda: gdsim.size() == SIZE, "the window to fill the screen")
    gdsim.press("F11")
    wait_until(lambda: gdsim.size() == before, "the window to be as it was")


def test_ctrl_c_in_the_terminal_closes_the_window(gdsim: Program) -> None:
    gdsim.press("space")
    assert gdsim.interrupt() == 0
    assert gdsim.messages() == ""


def test_reset_forgets_the_language(launch: Launch, tmp_path: Path) -> None:
    settings = tmp_path / "config" / "gdsim" / "gdsim.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text("[General]\nlanguage=zh\n")
    gdsim = launch()
    assert "继续" in gdsim.step()
    gdsim.close_window()
    assert "继续" not in launch("--reset").step()


def test_random_keys_break_nothing(gdsim: Program) -> None:
    for _ in range(5):
        gdsim.press("space", "Right", "r", "End", "Left", "Home", "plus", "space", "r", "minus")
    assert gdsim.is_running()
    assert gdsim.close_window() == 0
    assert gdsim.messages() == ""
