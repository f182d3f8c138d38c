"""How a descent ended, as a sentence and as JSON, in Python and on the command line."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from command_line import Captured, run

from gdsim.core.run.descend import descend
from gdsim.core.verdict.report import report_end

FIELDS = {
    "ending",
    "t",
    "quantity",
    "value",
    "epsilon",
    "point",
    "distance",
    "theta",
    "loss",
    "gradient_norm",
    "sentence",
}

ENDS: list[tuple[dict[str, Any], str, str, str]] = [
    ({"loss": "quadratic"}, "stop-rule", "minimum", "converged at t = 60"),
    ({"loss": "saddle", "start": [1.0, 0.0]}, "stop-rule", "saddle", "at a saddle"),
    ({"loss": "himmelblau", "optimizer": "newton"}, "stop-rule", "maximum", "at a maximum"),
    ({"loss": "0*x + 1", "start": 1.0}, "stop-rule", "flat", "on flat ground"),
    (
        {"loss": "(x - 3)^2", "eta": 1e-7},
        "stop-rule",
        "not-stationary",
        "because η is small; the minimum of the local parabola is 3 away",
    ),
    ({"loss": "quadratic", "epsilon": 0.1}, "stop-rule", "not-stationary", "which ε allows"),
    ({"loss": "quadratic", "max_steps": 20}, "step-limit", "not-stationary", "away"),
    ({"loss": "quadratic", "max_steps": 40}, "step-limit", "minimum", "from a minimum"),
    ({"loss": "x + y", "max_steps": 5}, "step-limit", "not-stationary", "the loss still falls"),
    (
        {"loss": "x^4", "start": 10.0, "eta": 1.0},
        "diverged",
        "unknown",
        "L grew from 1e4 to 2.534e14",
    ),
    ({"loss": "sqrt(x)", "start": 1.0}, "undefined", "unknown", "sqrt has no value for x = −0.3"),
    ({"loss": "log(x - 1)", "start": 0.0}, "undefined", "unknown", "log has no value for x − 1"),
    (
        {"loss": "x + y", "optimizer": "newton"},
        "undefined",
        "unknown",
        "the Hessian has no inverse here",
    ),
]


@pytest.mark.parametrize(("choices", "ending", "point", "words"), ENDS)
def test_every_kind_of_end_is_said(
    choices: dict[str, Any], ending: str, point: str, words: str
) -> None:
    trace = descend(**choices)
    report = report_end(trace)
    said = report.as_json()
    assert set(said) == FIELDS
    assert (said["ending"], said["point"]) == (ending, point)
    assert words in report.sentence
    assert ("converged" in report.sentence) == (ending == "stop-rule" and point == "minimum")
    assert said["t"] == len(trace) - 1
    assert json.loads(json.dumps(said, allow_nan=False)) == said
    if ending == "stop-rule":
        assert said["quantity"] == "step"
        assert said["value"] == pytest.approx(math.hypot(*trace.delta()[-1]))
        assert report.ending.value < trace.experiment.epsilon
    else:
        assert said["quantity"] is said["value"] is None


def test_the_direction_without_an_inverse_is_named() -> None:
    rows = {"x": [1, 2, 3], "x2": [2, 4, 6], "y": [1, 2, 4]}
    trace = descend(
        "(prediction - y)^2", data=rows, prediction="a + b*x + c*x2", optimizer="newton"
    )
    sentence = report_end(trace).sentence
    assert "does not curve along (a, b, c) = (0, 0.894, −0.447)" in sentence


def test_loss_and_slope_are_those_of_all_rows() -> None:
    trace = descend("three-points", batch=1, max_steps=5)
    objective = trace.experiment.objective()
    said = report_end(trace).as_json()
    theta = trace.theta()[-1]
    assert said["loss"] == objective.value(theta) != trace.loss()[-1]
    assert said["gradient_norm"] == pytest.approx(math.hypot(*objective.gradient(theta)))


def test_the_command_line_writes_the_report(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "end.json"
    status, _, err = run(capsys, "rosenbrock", "--max-steps", "10", "--json", str(file))
    assert status == 0
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written == report_end(descend("rosenbrock", max_steps=10)).as_json()
    assert err == f"gdsim: {written['sentence']}\n"
    assert list(written["theta"]) == ["x", "y"]
