"""Settings with which long computations last long, and waiting until they are done."""

from __future__ import annotations

from typing import Any

from teacher import Teacher

from gdsim.app.explore.exploring_tab import ExploringTab


def creep(teacher: Teacher) -> None:
    """No descent meets its stop rule."""
    teacher.choose_function("Rosenbrock")
    teacher.choose(teacher.panel.stop.rule, "only at the step limit")
    teacher.type_into(teacher.panel.stop.max_steps, "1000000")
    teacher.settle()


def wait_for(teacher: Teacher, tab: ExploringTab[Any]) -> None:
    """Wait until a tab shows the complete result."""
    teacher.settle()
    teacher.wait_until(lambda: tab._asked is not None and not tab._explorer.is_busy)
    teacher.look()
