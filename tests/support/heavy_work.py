"""Settings under which heavy work lasts, and waiting until it is done."""

from __future__ import annotations

from typing import Any

from teacher import Teacher

from gdsim.app.explore.exploring_tab import ExploringTab


def creep(teacher: Teacher) -> None:
    """No descent comes to rest."""
    teacher.choose_function("Rosenbrock")
    teacher.choose(teacher.panel.stop.rule, "only at the step limit")
    teacher.type_into(teacher.panel.stop.max_steps, "1000000")
    teacher.settle()


def wait_for(teacher: Teacher, tab: ExploringTab[Any, Any]) -> None:
    """Wait until a tab shows all that it was asked for."""
    teacher.settle()
    teacher.wait_until(lambda: tab.request is not None and not tab.is_busy)
    teacher.look()
