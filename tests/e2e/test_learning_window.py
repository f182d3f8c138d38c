"""Learning from three points in a real window: chosen by name, stepped, and compared by hand."""

from __future__ import annotations

import pytest
from desktop import Program, wait_until

from gdsim.views.theme import LIGHT

FUNCTIONS = (200, 64)  # the list of functions, in the window


def parameters(gdsim: Program) -> list[float]:
    """θ₀ and θ₁ after the shown step."""
    return [float(number) for number in gdsim.numbers()[-2:]]


def test_three_points_give_the_numbers_of_hand_arithmetic(gdsim: Program) -> None:
    gdsim.choose_function(FUNCTIONS, "Three p")
    wait_until(lambda: "∂L/∂θ₁" in gdsim.step(), "the line through three points")
    assert "(−4 − 6 − 8)/3 = −6" in gdsim.step()
    assert parameters(gdsim) == pytest.approx([0.6, 1.3333], abs=1e-4)
    gdsim.press("Right")
    wait_until(lambda: gdsim.row() == 1, "the first step to be made")
    assert parameters(gdsim) == pytest.approx([0.54666, 1.18222], abs=1e-5)
    # While the data are in front, the line of the model is the largest area of its colour.
    line = gdsim.find(LIGHT.curve)
    gdsim.press("Left")
    wait_until(lambda: gdsim.row() == 0, "the start to be shown")
    assert gdsim.find(LIGHT.curve) != line, "the line goes back with it"
    assert gdsim.close_window() == 0
    assert gdsim.messages() == ""
