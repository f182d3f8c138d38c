"""The loss over all rows, beside a run that goes by batches."""

from __future__ import annotations

import numpy as np
import pytest
from runs import descended, rows

from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.run.full_loss import MOST, FullLoss, differs


def finished(full: FullLoss) -> FullLoss:
    while not full.advance(0.001):
        pass
    return full


def by_batches(updates: int, **choices: object) -> Descent:
    fixed = {"batch": 8, "stop": "none", "eta": 0.05, "seed": 2, "max_steps": 100_000}
    descent = Descent(choose("noisy-line", **{**fixed, **choices}))
    descent.advance(updates)
    return descent


@pytest.mark.parametrize("key", ["noisy-line", "two-classes", "wave"])
def test_it_is_the_loss_of_the_experiment_at_every_row(key: str) -> None:
    trace = descended(choose(key, batch=7, stop="none", seed=3), 60)
    found, losses = finished(FullLoss(trace)).points()
    assert found.tolist() == list(range(61))
    loss = trace.experiment.objective()
    expected = [loss.value(theta) for theta in trace.theta()]
    np.testing.assert_allclose(losses, expected, rtol=1e-14)
    assert [FullLoss(trace).at(t) for t in (0, 30, 60)] == pytest.approx(
        [expected[t] for t in (0, 30, 60)], rel=1e-14
    )


def test_in_stages_it_gets_as_far_as_it_goes() -> None:
    full = FullLoss(by_batches(400).trace)
    done = [(share, len(points[0])) for share, points in full.stages()]
    assert done == sorted(done)
    assert done[-1] == (1.0, 401)


def test_the_path_is_the_same_with_it_and_without() -> None:
    alone, watched = by_batches(300), by_batches(0)
    full = FullLoss(watched.trace)
    for _ in range(30):
        watched.advance(10)
        full.advance(0.0005)
    assert rows(watched.trace) == rows(alone.trace)


def test_of_a_long_run_it_keeps_rarer_rows() -> None:
    descent = by_batches(0)
    full = FullLoss(descent.trace)
    for length in (500, 1_500, 5_000):
        descent.advance(length - len(descent.trace))
        found, losses = finished(full).points()
        assert np.all(np.diff(found) > 0)
        assert np.isfinite(losses).all()
        stride = 1 << max(0, (length - 1) // MOST).bit_length()
        assert set(range(0, length, stride)) <= set(found.tolist())
    assert len(found) < 3 * MOST


def test_a_branch_keeps_what_is_shared_and_follows_its_own_choices() -> None:
    trace = by_batches(100).trace
    full = finished(FullLoss(trace))
    branch = Descent.branch(trace, 40, trace.experiment.replace(batch=3))
    branch.advance(20)
    taken = FullLoss(branch.trace, full)
    assert taken.points()[0].tolist() == list(range(40))
    found, losses = finished(taken).points()
    assert found.tolist() == list(range(61))
    loss = trace.experiment.objective()
    np.testing.assert_allclose(losses[50], loss.value(branch.trace.theta()[50]), rtol=1e-14)


def test_after_the_loss_is_changed_it_is_the_new_one() -> None:
    trace = by_batches(20).trace
    other = trace.experiment.replace(loss="abs(prediction - y)")
    branch = Descent.branch(trace, 10, other)
    branch.advance(5)
    full = finished(FullLoss(branch.trace))
    theta = branch.trace.theta()
    expected = [trace.experiment.objective().value(theta[9]), other.objective().value(theta[10])]
    assert full.points()[1][9:11] == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("choices", "answer"), [({}, True), ({"batch": 100}, False), ({"batch": 99}, True)]
)
def test_it_is_only_wanted_where_batches_are_parts(
    choices: dict[str, object], answer: bool
) -> None:
    assert differs(by_batches(0, **choices).trace) is answer


def test_without_data_there_is_none() -> None:
    assert not differs(descended(choose("quadratic"), 3))
