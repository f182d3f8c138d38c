"""A loss that rises update after update because η is above 2/λ_max."""

from __future__ import annotations

from typing import Any

import pytest
from command_line import Captured, run

from gdsim.core.run.descend import descend
from gdsim.core.verdict.overshoot import UPDATES, overshoot


def test_a_parabola_rises_exactly_past_two_over_its_curvature() -> None:
    for eta, rises in ((0.9, False), (0.99, False), (1.01, True), (1.2, True)):
        found = overshoot(descend("x^2 + y^2/10", start=[1, 1], eta=eta, max_steps=200))
        assert (found is not None) == rises
        if found is not None:
            assert found.product == pytest.approx(2 * eta)
            assert found.rises > found.updates / 2
            assert found.updates <= UPDATES


@pytest.mark.parametrize(
    "others", [{"optimizer": "momentum"}, {"eta": "1.2 + 0/t"}, {"stop": "none", "max_steps": 2}]
)
def test_it_is_said_of_many_updates_of_plain_gradient_descent_alone(
    others: dict[str, Any],
) -> None:
    choices = {"start": [1.0], "eta": 1.2, "max_steps": 200, **others}
    assert overshoot(descend("x^2", **choices)) is None


def test_the_command_line_says_it_before_how_it_ended(capsys: Captured) -> None:
    status, _, err = run(capsys, "x^2", "--start", "1", "--eta", "1.01", "--max-steps", "300")
    first, second = err.splitlines()
    assert status == 0
    assert first == (
        "gdsim: the loss rose in 64 of the last 64 updates: η·λₘₐₓ = 2.02, and above 2 gradient"
        " descent overshoots"
    )
    assert second.startswith("gdsim: step limit reached at t = 300")
