"""Settings with which long computations last long, and waiting until they are done."""

from __future__ import annotations

from teacher import Teacher

from gdsim.views.tabs.rates.rates_view import RatesView
from gdsim.views.tabs.starts.starts_view import StartsView


def creep(teacher: Teacher) -> None:
    """Choose settings under which no descent ends before its step limit."""
    teacher.choose_function("Rosenbrock")
    teacher.choose(teacher.panel.stop.rule, "only at the step limit")
    teacher.type_into(teacher.panel.stop.max_steps, "1000000")
    teacher.settle()


def wait_for(teacher: Teacher, tab: RatesView | StartsView) -> None:
    """Wait until the tab in front has finished its work for the settings of the panel."""
    teacher.settle()
    teacher.wait_until(lambda: not tab.work.is_working)
    teacher.look()
