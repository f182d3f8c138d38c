"""The Taylor tab in a real window: the dial is dragged and its angle read."""

from __future__ import annotations

import re

import pytest
from desktop import Program, Screen, wait_until

from gdsim.views.theme import LIGHT

# Between the dial's headline and its sliders: a click puts the focus there and does nothing else.
INSIDE = (1100, 660)


def open_the_taylor_tab(gdsim: Program, screen: Screen) -> None:
    gdsim.press("ctrl+Tab")  # it is the second one
    assert gdsim.step()
    screen.click(*INSIDE)
    wait_until(lambda: "Actual: " in tab(screen), "the tab to say what the step will do")


def tab(screen: Screen) -> str:
    """The text that is copied from the tab with the focus."""
    told = ""

    def is_copied() -> bool:
        nonlocal told
        told = screen.copied("ctrl+c")
        return bool(told)

    wait_until(is_copied, "the tab to be copied")
    return told


def angle(text: str) -> float:
    found = re.search(r"^β = ([\d.]+)°", text, re.MULTILINE)
    assert found, text
    return float(found[1])


def number(text: str, name: str) -> float:
    """The result of the last line with this name: the one for the hand of the dial."""
    line = [line for line in text.splitlines() if line.startswith(f"{name}: ")][-1]
    return float(re.split(r"[=≈] ", line)[-1].replace("−", "-"))


def test_the_dial_is_dragged_and_the_angle_read(gdsim: Program, screen: Screen) -> None:
    middle = gdsim.find(LIGHT.current)
    open_the_taylor_tab(gdsim, screen)
    before = tab(screen)
    assert angle(before) == 180
    assert number(before, "First order") < 0
    hand = gdsim.find(LIGHT.dial)
    dx, dy = hand[0] - middle[0], hand[1] - middle[1]
    # A quarter turn anticlockwise, where the gradient predicts no change.
    screen.drag(hand, (middle[0] + dy, middle[1] - dx))
    wait_until(lambda: abs(angle(tab(screen)) - 270) <= 6, "the hand to be turned by 90°")
    after = tab(screen)
    assert abs(number(after, "First order")) < abs(number(before, "First order")) / 5
    x, y = gdsim.find(LIGHT.dial)
    assert (x - middle[0], y - middle[1]) == (pytest.approx(dy, abs=8), pytest.approx(-dx, abs=8))
    assert gdsim.messages() == ""
