"""Endings that used to say more than is true, each with the right value; E1 to E3 and E9 have tests
of their own beside the epochs and the far losses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from command_line import Captured, run

from gdsim.core.run.choices import choose
from gdsim.core.run.descend import descend
from gdsim.core.run.ending import Outcome
from gdsim.core.verdict.kind import PointKind
from gdsim.core.verdict.report import report_end

SPRING = {"mass": [25.0, 45, 65, 85, 105], "length": [51.0, 56, 59.5, 63, 70.5]}
WEIGHTS = {"weight": [2.1, 2.6, 3.2, 3.9, 4.4], "mpg": [31.0, 27.5, 22.0, 18.1, 14.9]}


def test_short_steps_because_the_rate_is_small(capsys: Captured) -> None:
    """Case E4: L = 9 at t = 0 used to be called converged."""
    _, _, err = run(capsys, "(x-3)^2", "--eta", "1e-7")
    assert "converged" not in err
    assert "because η is small; the minimum of the local parabola is 3 away" in err


def test_a_line_of_a_spring_far_from_its_minimum() -> None:
    """Case E5: stopped at t = 9846 with ‖∇L‖ = 10; the minimum is (45.05, 0.23) with L = 0.49."""
    formula, prediction = "(prediction - length)^2/2", "a + b*mass"
    trace = descend(
        formula,
        data=SPRING,
        prediction=prediction,
        start=[1.0, 1.0],
        eta=1e-7,
        max_steps=1_000_000,
    )
    report = report_end(trace)
    assert report.ending.outcome is Outcome.STOP_RULE
    assert report.verdict.kind is PointKind.NOT_STATIONARY
    assert "because η is small; the minimum of the local parabola is 44" in report.sentence
    solved = descend(
        formula, data=SPRING, prediction=prediction, start=[1.0, 1.0], optimizer="newton", eta=1.0
    )
    assert report_end(solved).verdict.kind is PointKind.MINIMUM
    assert solved.theta()[-1] == pytest.approx([45.05, 0.23], abs=5e-3)
    assert solved.loss()[-1] == pytest.approx(0.49, abs=5e-3)


def test_large_numbers_make_a_small_rate_and_no_convergence() -> None:
    """Case E6: a file with weights in thousands used to converge at t = 3 on a wrong slope."""
    rows = {"weight": [1000 * weight for weight in WEIGHTS["weight"]], "mpg": WEIGHTS["mpg"]}
    trace = descend("(prediction - mpg)^2", data=rows, prediction="a + b*weight", eta=1e-8)
    assert report_end(trace).verdict.kind is PointKind.NOT_STATIONARY
    scaled = descend(
        "(prediction - mpg)^2", data=rows, prediction="a + b*weight", eta=0.1, standardise=True
    )
    assert report_end(scaled).verdict.kind is PointKind.MINIMUM
    assert scaled.theta()[-1][1] < -0.9  # mileage falls with weight


@pytest.mark.parametrize(
    ("choices", "kind", "words"),
    [
        ({"loss": "saddle", "start": [1.0, 0.0]}, PointKind.SADDLE, "at a saddle"),
        (
            {"loss": "himmelblau", "optimizer": "newton", "start": [-0.2, -0.9]},
            PointKind.MAXIMUM,
            "at a maximum",
        ),
    ],
)
def test_a_saddle_and_a_maximum_are_said(
    choices: dict[str, object], kind: PointKind, words: str
) -> None:
    """Case E7: both used to be called converged."""
    report = report_end(descend(**choices))  # type: ignore[arg-type]
    assert report.verdict.kind is kind
    assert words in report.sentence
    assert "converged" not in report.sentence


def test_a_start_on_a_stationary_point_is_not_chosen_without_a_word(capsys: Captured) -> None:
    """Case E8: x² from 0 used to converge at once."""
    assert choose("x^2").start != (0.0,)
    _, _, err = run(capsys, "x^2")
    assert "start" in err.lower()


def test_columns_are_standardised_in_python_as_on_the_command_line(
    capsys: Captured, tmp_path: Path
) -> None:
    file = tmp_path / "spring.csv"
    lines = ["mass,length", *(f"{m},{h}" for m, h in zip(*SPRING.values(), strict=True))]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    given = ("--data", str(file), "--prediction", "a + b*mass", "--eta", "0.1")
    _, out, _ = run(capsys, "(prediction - length)^2", *given, "--standardise")
    trace = descend(
        "(prediction - length)^2", data=file, prediction="a + b*mass", eta=0.1, standardise=True
    )
    for name, value in zip(trace.parameters, trace.theta()[-1].tolist(), strict=True):
        assert f"{name} = {value!r}\n" in out
    correlation = float(np.corrcoef(*SPRING.values())[0, 1])
    assert trace.theta()[-1] == pytest.approx([0.0, correlation], abs=1e-4)
