"""A learning-rate sweep, many starts and a basin map by hand, in a real window."""

from __future__ import annotations

import re

from desktop import Program, Screen, wait_until

# Positions on the screen while the tab is in front.
PLOT = (1139, 579)
VALUES = (1167, 435)
TAKE_THE_BEST = (1351, 435)
# The choice of the map, and a start in the third quarter of it.
BASINS = (792, 89)
START = (483, 532)


def turn_to(gdsim: Program, tabs: int) -> None:
    """Bring a tab to the front, given by how many tabs it is after the first."""
    gdsim.press(*["ctrl+Tab"] * tabs)


def eta(gdsim: Program) -> float:
    """The learning rate in the last line of the step: x − η·g."""
    found = re.findall(r"− ([\d.e−]+)·\(", gdsim.step())
    return float(found[-1].replace("−", "-")) if found else 0.0


def test_a_click_on_the_sweep_uses_its_rate(gdsim: Program, screen: Screen) -> None:
    assert eta(gdsim) == 0.01
    turn_to(gdsim, 7)

    def is_taken() -> bool:
        screen.click(*PLOT)  # the sweep may still be running
        return 0 < eta(gdsim) < 0.005

    wait_until(is_taken, "a smaller learning rate to be taken")
    gdsim.press("Right")
    wait_until(lambda: "t = 1" in gdsim.step(), "a step with that rate")
    assert gdsim.messages() == ""


def test_the_best_of_many_starts_can_be_used(gdsim: Program, screen: Screen) -> None:
    before = gdsim.step()
    turn_to(gdsim, 8)

    def is_taken() -> bool:
        screen.click(*TAKE_THE_BEST)
        return gdsim.step() not in ("", before)

    wait_until(is_taken, "a descent from another start")
    gdsim.press("End")
    wait_until(lambda: "converged" in gdsim.step(), "the descent to end")
    assert gdsim.messages() == ""


def test_the_window_closes_while_a_sweep_is_running(gdsim: Program, screen: Screen) -> None:
    turn_to(gdsim, 7)
    screen.click(*VALUES)
    gdsim.press("ctrl+a")
    gdsim.type("200")
    gdsim.press("Return")
    assert gdsim.close_window() == 0
    assert gdsim.messages() == ""


def test_a_click_on_the_basin_map_descends_from_there(gdsim: Program, screen: Screen) -> None:
    screen.click(*BASINS)

    def descends() -> bool:
        screen.click(*START)  # the map may not be shown yet
        row = re.search(r"t = (\d+)", gdsim.step())
        return row is not None and int(row[1]) > 1

    wait_until(descends, "the descent to play by itself")
    gdsim.press("End")
    wait_until(lambda: "converged" in gdsim.step(), "the descent to end")
    assert "−3.28" in gdsim.step()
    assert gdsim.messages() == ""
