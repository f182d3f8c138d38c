"""A loss beyond 10¹⁰ max(|L₀|, 1) that goes on so has diverged, long before anything overflows."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from command_line import Captured, run
from runs import OPTIMIZERS, descended
from single_runs import assert_ends_alike

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.ensemble.ensemble import Ensemble
from gdsim.core.run.choices import choose
from gdsim.core.run.descend import descend
from gdsim.core.run.descent import Descent
from gdsim.core.run.ending import NotFinite, Outcome
from gdsim.core.run.epochs import farthest_loss
from gdsim.core.run.experiment import ScheduleText
from gdsim.core.verdict.report import report_end


def first_far_row(loss: list[float], first: float) -> int | None:
    """The first row beyond all bounds that rises above it, or falls below it, still further."""
    bound = 1e10 * max(abs(first), 1.0)
    for row in range(1, len(loss)):
        before, here = loss[row - 1], loss[row]
        if (here > bound and here > before) or (here < -bound and here < before):
            return row
    return None


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("key", catalogue.functions())
def test_a_run_and_a_column_of_many_diverge_at_the_same_row(key: str, optimizer: str) -> None:
    """For the catalogue × the optimizers: the first row beyond the bound, in both kinds of code."""
    eta = catalogue.sensible_eta(optimizer, catalogue.function(key).eta)
    rates = [eta * factor for factor in (1.0, 20.0, 400.0)]
    chosen = choose(key, optimizer=optimizer, stop="none", max_steps=120)
    ends = Ensemble(chosen, chosen.start, eta0=rates).finish()
    for column, rate in enumerate(rates):
        schedule = ScheduleText(formula="eta0", constants={"eta0": rate})
        trace = descended(chosen.replace(schedule=schedule), 120)
        losses = trace.loss().tolist()
        far = first_far_row(losses, losses[0])
        ending = trace.ending
        assert ending is not None
        # Where the steps are as wild as these, the points differ by what exp and sin round.
        assert (ends.outcome(column), ends.steps[column]) == (ending.outcome, ending.t)
        if far is None:
            assert ending.outcome is not Outcome.DIVERGED or ending.not_finite is not None
        else:
            assert (ending.outcome, ending.t) == (Outcome.DIVERGED, far)
            assert (ending.first_loss, ending.value) == (losses[0], losses[far])


def test_an_elongated_bowl_with_too_large_a_rate_diverges_and_says_so(
    capsys: Captured, tmp_path: Path
) -> None:
    """Case E9: the loss used to be 8e60 at the step limit, with exit 0."""
    file = tmp_path / "end.json"
    given = ("elongated-bowl-10", "--eta", "0.3", "--max-steps", "100", "--json", str(file))
    status, _, err = run(capsys, *given)
    assert status == 3
    said = json.loads(file.read_text(encoding="utf-8"))
    trace = descend("elongated-bowl-10", eta=0.3, max_steps=100)
    assert (said["ending"], said["t"]) == ("diverged", len(trace) - 1)
    assert said["t"] < 100
    assert 1e10 * trace.loss()[0] < said["loss"] < 1e12 * trace.loss()[0]
    assert f"diverged at t = {said['t']}: L grew from" in err
    assert "and still rises" in err


def test_a_sweep_shows_where_rates_diverge_within_a_hundred_steps() -> None:
    """Case E9: a sweep up to η = 2 used to show no divergence."""
    rates = np.geomspace(0.01, 2.0, 30)
    chosen = choose("elongated-bowl-10", max_steps=100)
    ends = Ensemble(chosen, chosen.start, eta0=rates).finish()
    assert ends.are(Outcome.DIVERGED)[rates > 0.3].all()
    assert not ends.are(Outcome.DIVERGED)[rates < 0.2].any()


def test_a_loss_that_falls_for_ever_diverges_downwards() -> None:
    trace = descend("x^2 - y^2", start=[1.0, 1.0], eta=0.1, stop="none", max_steps=1_000)
    assert trace.ending is not None
    assert trace.ending.outcome is Outcome.DIVERGED
    assert trace.loss()[-1] < -1e10 < trace.loss()[-2]
    assert str(trace.ending).endswith("and still falls")
    assert "L fell from 0 to −" in str(trace.ending)


def test_how_far_is_too_far_depends_on_where_the_descent_began() -> None:
    high = descend("x^2", start=[1e9], eta=0.1)
    assert high.ending is not None
    assert high.ending.outcome is Outcome.STOP_RULE
    assert farthest_loss(0.5) == 1e10
    assert farthest_loss(-300.0) == 3e12
    assert farthest_loss(1e305) == pytest.approx(1.797693e308)


def test_the_first_loss_stays_that_of_row_0_on_every_branch() -> None:
    chosen = choose("x^2", start=[1.0], eta=0.1, stop="none", max_steps=400)
    run_to_30 = descended(chosen, 30)
    assert run_to_30.loss()[30] < 1e-5
    branch = Descent.branch(run_to_30, 30, chosen.replace(schedule=ScheduleText(formula="2")))
    branch.advance(400)
    ending = branch.ending
    assert ending is not None
    assert (ending.outcome, ending.first_loss) == (Outcome.DIVERGED, 1.0)
    assert ending.t == first_far_row(branch.trace.loss().tolist(), 1.0)
    resumed = descended(chosen.replace(schedule=ScheduleText(formula="2")), 5)
    again = Descent.resume(resumed.copy())
    again.advance(400)
    straight = descended(chosen.replace(schedule=ScheduleText(formula="2")), 400)
    assert again.ending == straight.ending


def test_what_overflows_is_still_said_as_what_it_is() -> None:
    trace = descend("exp(x^2)", start=[2.0], eta=1.0, stop="none")
    assert trace.ending is not None
    assert trace.ending.not_finite is NotFinite.LOSS
    assert math.isinf(trace.ending.value)


def test_the_report_of_a_divergence_knows_the_numbers() -> None:
    report = report_end(descend("x^2", start=[3.0], eta=1.5, stop="none"))
    said = report.as_json()
    assert (said["ending"], said["point"], said["quantity"]) == ("diverged", "unknown", None)
    assert said["loss"] > 9e10
    assert report.sentence == str(report.ending)


@pytest.mark.parametrize(
    ("loss", "optimizer", "starts"),
    [
        ("log(x) + x^2", "gradient-descent", [[-1.0, 0.0, 1.0, 1e200]]),
        ("sqrt(x) + exp(y)", "adam", [[0.0, -1.0, 1.0, 0.0, 4.0], [0.0, 0.0, 1e3, 1e3, 1.0]]),
        ("1/x + y^(-3)", "momentum", [[0.0, 1.0, 1.0, 2.0], [1.0, 0.0, 1e-200, 1.0]]),
        ("x + y", "newton", [[0.0, 1.0], [1.0, 0.0]]),
        ("x^2 + y^3", "newton", [[0.0, 1.0, 2.0], [1.0, 0.0, 1e-3]]),
        ("x^2 + x^4*y^2", "newton", [[0.0, 1.0, 1e200], [1.0, 0.0, 1.0]]),
    ],
)
def test_many_descents_tell_undefined_from_diverged_as_one_does(
    loss: str, optimizer: str, starts: list[list[float]]
) -> None:
    chosen = choose(loss, optimizer=optimizer, eta=0.1, max_steps=30)
    points = np.array(starts)
    ends = Ensemble(chosen, points).finish()
    assert ends.are(Outcome.UNDEFINED).any()
    for column in range(points.shape[1]):
        trace = descended(chosen.replace(start=tuple(points[:, column].tolist())), 30)
        assert_ends_alike(ends, column, trace, rtol=1e-9, atol=1e-9)
