"""One update line by line, a guess, and a branch, in a real window."""

from __future__ import annotations

from desktop import Program, Screen, wait_until

from gdsim.views.theme import LIGHT

# The field of the learning rate on a screen of 1440×900.
ETA_FIELD = (259, 450)


def test_shift_right_shows_an_update_line_by_line(gdsim: Program) -> None:
    gdsim.press("shift+Right", "shift+Right")
    wait_until(lambda: "∂L/∂x" in gdsim.step() and "θ ←" not in gdsim.step(), "the gradient alone")
    gdsim.press("shift+Right")
    wait_until(lambda: "θ ←" in gdsim.step(), "the line of the rule")
    gdsim.press("shift+Right", "shift+Right", "shift+Right")
    wait_until(lambda: gdsim.row() == 1, "the move to be made")
    gdsim.press("shift+Left")
    wait_until(lambda: gdsim.row() == 0, "the move to be taken back")
    assert gdsim.messages() == ""


def test_a_step_waits_for_a_click_where_it_will_land(gdsim: Program, screen: Screen) -> None:
    x, y = gdsim.find(LIGHT.current)
    gdsim.press("p", "Right", "Right")
    wait_until(lambda: "θ ←" not in gdsim.step(), "the rule to be hidden")
    assert gdsim.row() == 0
    screen.click(x + 60, y - 30)
    wait_until(lambda: gdsim.row() == 1, "the step to be revealed")
    gdsim.press("p")
    wait_until(lambda: "θ ←" in gdsim.step(), "whole steps to be shown again")
    assert gdsim.messages() == ""


def enter_eta(gdsim: Program, screen: Screen, eta: str) -> None:
    screen.click(*ETA_FIELD)
    gdsim.press("ctrl+a")
    gdsim.type(eta)
    gdsim.press("Return", "Escape")


def test_going_back_and_changing_eta_creates_a_branch(gdsim: Program, screen: Screen) -> None:
    gdsim.press("Right", "Right", "Right")
    wait_until(lambda: gdsim.row() == 3, "three steps")
    third = gdsim.step()
    gdsim.press("Left", "Left")
    wait_until(lambda: gdsim.row() == 1, "the first step again")
    before = gdsim.numbers()
    enter_eta(gdsim, screen, "0.02")
    wait_until(lambda: gdsim.numbers() != before, "the other η to count from this step on")
    gdsim.press("Next", "Next")
    wait_until(lambda: gdsim.row() == 3, "two more steps")
    assert gdsim.step() != third
    gdsim.press("Prior", "Prior")
    wait_until(lambda: gdsim.row() == 1, "the branching step")
    enter_eta(gdsim, screen, "0.01")
    wait_until(lambda: gdsim.numbers() == before, "the first η to count again")
    gdsim.press("Next", "Next")
    wait_until(lambda: gdsim.step() == third, "the very step of the first future")
    assert gdsim.messages() == ""
