"""What the window says at the end of a run: converged at a minimum alone."""

from __future__ import annotations

import pytest
from teacher import Teacher

from gdsim.core.verdict.kind import PointKind


def end(teacher: Teacher) -> None:
    teacher.press("End")
    teacher.wait_until(lambda: teacher.state() in PointKind)


@pytest.mark.parametrize(
    ("function", "eta", "kind", "sentence", "in_chinese"),
    [
        ("Quadratic", "0.1", PointKind.MINIMUM, "converged at t = 60", "收敛"),
        ("(x - 3)^2", "1e-7", PointKind.NOT_STATIONARY, "3 away", "不在极小值点"),
        ("u^2 - v^2", "0.1", PointKind.SADDLE, "at a saddle", "停在鞍点"),
        ("1 - x^2", "0.1", PointKind.MAXIMUM, "at a maximum", "停在极大值点"),
        ("0x + 3", "0.1", PointKind.FLAT, "on flat ground", "停在平坦区域"),
    ],
)
def test_the_end_is_called_by_its_name(
    teacher: Teacher, function: str, eta: str, kind: PointKind, sentence: str, in_chinese: str
) -> None:
    if function == "Quadratic":
        teacher.choose_function(function)
    else:
        teacher.enter_formula(function)
        teacher.enter_start(*["0"] * len(teacher.start()))
    teacher.enter_eta(eta)
    end(teacher)
    assert teacher.state() is kind
    assert sentence in teacher.status()
    assert ("converged" in teacher.status()) == (kind is PointKind.MINIMUM)
    assert teacher.status() in teacher.step()
    teacher.window.languages["zh"].trigger()
    teacher.wait_until(lambda: in_chinese in teacher.status())
