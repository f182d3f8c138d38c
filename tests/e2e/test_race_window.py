"""A race in a real window: a line-up from the menu, steps by key, a click on a run."""

from __future__ import annotations

from desktop import Program, Screen, wait_until

# On a screen of 1440×900: the button, and the second run in the table.
LINE_UP, SECOND_RUN = (930, 777), (1050, 526)


def test_the_copied_step_is_that_of_the_selected_run(gdsim: Program, screen: Screen) -> None:
    alone = gdsim.step()
    gdsim.press(*["ctrl+Tab"] * 6)
    assert gdsim.step() == alone
    screen.click(*LINE_UP)
    gdsim.press("Down", "Down", "Return")  # with and without momentum
    gdsim.press("Next", "Next")
    wait_until(lambda: "t = 2 " in gdsim.step(), "two steps of all three runs")
    assert "v ←" not in gdsim.step()
    screen.click(*SECOND_RUN)
    wait_until(lambda: "v ←" in gdsim.step(), "the numbers of the run with momentum")
    assert "t = 2 " in gdsim.step()
    gdsim.press("Home")
    wait_until(lambda: "t = 0 " in gdsim.step(), "the start")
    assert gdsim.step() != alone
    gdsim.press("End")
    wait_until(lambda: "t = 0 " not in gdsim.step(), "the end of the race")
    assert gdsim.close_window() == 0
    assert gdsim.messages() == ""
