"""The window says where the loss keeps rising because η is above 2/λ_max."""

from __future__ import annotations

from teacher import Teacher

from gdsim.core.run.ending import Outcome


def test_a_bowl_with_too_large_a_rate(teacher: Teacher) -> None:
    teacher.choose_function("Elongated bowl")
    teacher.enter_eta("0.03")
    teacher.settle()
    teacher.press("End")
    teacher.wait_for_end()
    ending = teacher.trace().ending
    assert ending is not None
    assert ending.outcome is Outcome.DIVERGED
    rises = f"the loss rose in {ending.t} of the last {ending.t} updates: η·λₘₐₓ = "
    teacher.wait_until(lambda: rises in teacher.status())
    assert f"diverged at t = {ending.t}: L grew from " in teacher.status()
    assert teacher.state() is Outcome.DIVERGED
    teacher.press("Left")
    teacher.wait_for_row(ending.t - 1)
    on_the_way = f"paused; the loss rose in {ending.t - 1} of the last {ending.t - 1} updates"
    teacher.wait_until(lambda: on_the_way in teacher.status())


def test_nothing_is_said_of_a_loss_that_falls(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.press("End")
    teacher.wait_for_end()
    teacher.wait_until(lambda: "converged" in teacher.status())
    assert "rose" not in teacher.status()
