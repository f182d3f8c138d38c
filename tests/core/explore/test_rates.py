"""The learning-rate sweep against single runs, and its edges against the curvature."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from quadratics import quadratic
from single_runs import assert_ends_alike, single

from gdsim.core.arrays import Range
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.explore import rates as sweep
from gdsim.core.explore.attribution import known_points
from gdsim.core.explore.rates import (
    FEWEST,
    FIRST_STEPS,
    FRAMES,
    MOST,
    MOST_STEPS,
    RateSweep,
    SweepPicture,
    rates_around,
    spread_rates,
)
from gdsim.core.how_far.stability import curvature_at
from gdsim.core.landscape.landscape import Curve, Landscape
from gdsim.core.problem import Problem
from gdsim.core.run.choices import choose, schedule_of
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import Experiment
from gdsim.core.taylor.derivatives import hessian_form


def swept(
    experiment: Experiment, low: float, high: float, count: int, home: tuple[Range, ...] = ()
) -> SweepPicture:
    home = home or tuple((value - 3.0, value + 3.0) for value in experiment.start)
    wanted = RateSweep.of(experiment, spread_rates(low, high, count), home)
    return [picture for _, picture in wanted.stages() if picture is not None][-1]


@pytest.mark.parametrize("optimizer", list(catalogue.optimizers()))
@pytest.mark.parametrize("function", ["quadratic", "rosenbrock", "three-parameter-bowl"])
def test_every_column_is_the_single_run(function: str, optimizer: str) -> None:
    eta = catalogue.sensible_eta(optimizer, catalogue.function(function).eta)
    chosen = choose(function, optimizer=optimizer, max_steps=60)
    assert_columns_are_single_runs(chosen, swept(chosen, eta / 10, eta * 10, 9))


@pytest.mark.parametrize("batch", [None, 2])
def test_every_column_learns_from_the_same_rows(batch: int | None) -> None:
    rows = {"x": [0.0, 1.0, 2.0, 3.0], "y": [1.0, 2.5, 2.0, 4.0]}
    chosen = choose(
        "(prediction - y)^2", data=rows, prediction="w*x + b", batch=batch, seed=5, max_steps=60
    )
    assert_columns_are_single_runs(chosen, swept(chosen, 0.001, 0.5, 9))


def assert_columns_are_single_runs(chosen: Experiment, picture: SweepPicture) -> None:
    for column, rate in enumerate(picture.rates.tolist()):
        trace = single(chosen.replace(schedule=schedule_of(rate)))
        assert_ends_alike(picture.ends, column, trace, 1e-9)
        rows = min(len(trace), FIRST_STEPS + 1)
        first = picture.path[:rows, :, column]
        np.testing.assert_allclose(first, trace.theta()[:rows], rtol=1e-9)
        assert np.isnan(picture.path[rows:, :, column]).all()


@pytest.mark.parametrize("count", [9, 40, 200])
@pytest.mark.parametrize(
    "eigenvalues", [[0.5], [7.0], [1.0, 1.0], [1.0, 10.0], [0.01, 4.0], [0.02, 20.0], [1, 5, 30]]
)
def test_divergence_begins_within_one_grid_step_of_the_limit(
    eigenvalues: list[float], count: int
) -> None:
    loss = quadratic(eigenvalues, seed=3)
    limit = 2 / max(eigenvalues)
    chosen = loss.experiment(seed=1).replace(max_steps=MOST_STEPS)
    picture = swept(chosen, limit / 57, limit * 31, count)
    ((edge, last),) = picture.bands()
    assert last == picture.rates[-1]
    assert abs(math.log(edge / limit)) <= math.log(picture.rates[1] / picture.rates[0])


@pytest.mark.parametrize("eigenvalues", [[3.0], [1.0, 10.0], [0.5, 4.0, 25.0]])
def test_the_marks_are_the_curvature_at_the_minimum(eigenvalues: list[float]) -> None:
    loss = quadratic(eigenvalues, seed=5)
    chosen = loss.experiment(seed=2).replace(stop="step", epsilon=1e-9)
    picture = swept(chosen, 0.001, 10.0, 30)
    reached = picture.reached()
    assert reached is not None
    at, is_minimum = reached
    assert is_minimum
    np.testing.assert_allclose(at, loss.minimum, atol=1e-6)
    objective = chosen.objective()
    curved = curvature_at(objective, hessian_form(objective), np.array(at))
    assert curved is not None
    highest = np.linalg.eigvalsh(loss.hessian)[-1]
    assert curved.fastest_rate == pytest.approx(1 / highest, rel=1e-9)
    assert curved.stable_rate == pytest.approx(2 / highest, rel=1e-9)


def test_the_fastest_rate_of_one_direction_takes_one_step() -> None:
    picture = swept(quadratic([4.0], seed=1).experiment(seed=1).replace(stop="step"), 0.025, 2.5, 9)
    assert picture.fastest is not None
    assert picture.rates[picture.fastest] == pytest.approx(0.25)
    assert picture.ends.steps[picture.fastest] <= 2


def test_where_nothing_comes_to_rest_the_lowest_point_counts() -> None:
    picture = swept(choose("rosenbrock", stop="none", max_steps=50), 1e-5, 1e-2, 12)
    reached = picture.reached()
    assert reached is not None
    at, is_minimum = reached
    assert not is_minimum
    lowest = np.nanmin(np.where(picture.ends.are(Outcome.DIVERGED), np.nan, picture.ends.loss))
    assert choose("rosenbrock").objective().value(np.array(at)) == lowest


def test_where_everything_diverges_there_is_nothing_to_say() -> None:
    picture = swept(choose("quadratic"), 50.0, 5000.0, 8)
    assert picture.reached() is None
    assert picture.fastest is None
    assert picture.bands() == [(50.0, 5000.0)]


def test_known_minima_are_recognised() -> None:
    chosen = choose("himmelblau")
    minima = [(tuple(at), 0.0) for at in catalogue.function("himmelblau").minima]
    wanted = RateSweep.of(
        chosen, spread_rates(1e-3, 2e-2, 12), ((-5, 5), (-5, 5)), known_points(minima)
    )
    picture = [picture for _, picture in wanted.stages() if picture is not None][-1]
    converged = picture.ends.are(Outcome.STOP_RULE)
    assert converged.any()
    assert set(picture.labels[converged].tolist()) <= {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("low", "high", "count"), [(1e-4, 1.0, 41), (0.01, 0.011, 200), (1e-9, 1e9, 8), (0.1, 0.3, 8)]
)
def test_rates_are_few_digits_in_equal_ratios(low: float, high: float, count: int) -> None:
    rates = spread_rates(low, high, count)
    assert (rates[0], rates[-1], rates.size) == (low, high, count)
    ratios = np.diff(np.log(rates)) / (math.log(high / low) / (count - 1))
    assert (ratios > 0.9).all()
    assert (ratios < 1.1).all()
    assert max(len(f"{rate:g}") for rate in rates.tolist()) <= 9


@pytest.mark.parametrize(
    ("low", "high", "count"),
    [(1e-5, 1e308, 20), (5e-324, 1.7e308, 2), (0.1, 0.1 + 2e-17, 8), (1.0, 1 + 3e-16, 9)],
)
def test_any_two_rates_have_a_range(low: float, high: float, count: int) -> None:
    rates = spread_rates(low, high, count)
    assert (rates[0], rates[-1], rates.size) == (low, high, count)
    assert (np.diff(rates) >= 0).all()


@pytest.mark.parametrize("eta", [1e308, 1e-320, 0.1])
def test_there_is_a_range_around_any_eta(eta: float) -> None:
    low, high, count = rates_around(eta)
    assert 0 < low < high < math.inf
    assert spread_rates(low, high, count).size == count


@pytest.mark.parametrize(
    ("low", "high", "count"), [(0.0, 1.0, 8), (1.0, 1.0, 8), (2.0, 1.0, 8), (1.0, 2.0, 1)]
)
def test_what_is_no_range_is_refused(low: float, high: float, count: int) -> None:
    with pytest.raises(ValueError, match="rates"):
        spread_rates(low, high, count)


@pytest.mark.parametrize("key", list(catalogue.optimizers()))
@pytest.mark.parametrize("function", list(catalogue.functions()))
def test_the_range_around_an_eta_holds_it(function: str, key: str) -> None:
    eta = catalogue.sensible_eta(key, catalogue.function(function).eta)
    rates = spread_rates(*rates_around(eta))
    assert FEWEST <= rates.size <= MOST
    assert np.isclose(rates, eta, rtol=1e-9, atol=0).any()
    assert rates[0] < eta / 50
    assert eta * 5 < rates[-1]


@pytest.mark.parametrize("count", [8, 9, 41, 200])
def test_eight_frames_are_spread_over_the_whole(count: int) -> None:
    frames = swept(choose("quadratic", max_steps=3), 0.01, 1.0, count).frames()
    assert len(set(frames)) == FRAMES
    assert (frames[0], frames[-1]) == (0, count - 1)
    assert np.ptp(np.diff(frames)) <= 1


@pytest.mark.parametrize(
    ("function", "kind"),
    [("quadratic", Curve), ("himmelblau", Landscape), ("three-parameter-bowl", Landscape)],
)
def test_the_ground_is_what_the_landscape_shows(function: str, kind: type[Any]) -> None:
    assert isinstance(swept(choose(function, max_steps=3), 0.01, 1.0, 8).ground, kind)


def test_neither_eta_nor_seed_makes_another_sweep() -> None:
    rates, home = spread_rates(0.01, 1.0, 8), ((-1.0, 1.0),)
    one = RateSweep.of(choose("quadratic", eta=0.1, max_steps=10**7), rates, home)
    assert one == RateSweep.of(choose("quadratic", eta=0.3, seed=4, max_steps=10**7), rates, home)
    assert one.experiment.max_steps == MOST_STEPS
    assert one != RateSweep.of(choose("quadratic", epsilon=1e-3), rates, home)
    assert one != RateSweep.of(choose("quadratic", start=(1.0,)), rates, home)


def test_a_schedule_without_eta0_has_nothing_to_sweep() -> None:
    with pytest.raises(Problem, match="η₀"):
        RateSweep.of(choose("quadratic", eta="0.1/t"), spread_rates(0.01, 1.0, 8), ((-1.0, 1.0),))


def test_the_work_comes_in_slices_and_ends_at_one() -> None:
    wanted = RateSweep.of(
        choose("rosenbrock", eta=1e-5, stop="none"), spread_rates(1e-7, 1e-5, 200), ((-2, 2),) * 2
    )
    seen = list(wanted.stages())
    done = [part for part, _ in seen]
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert seen[0][1] is not None
    assert len(seen) > 3


def test_a_ground_over_very_many_rows_is_coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "MOST_AT_ONCE", 1_000)
    rows = {"x": [0.0, 1.0, 2.0, 3.0], "y": [1.0, 2.5, 2.0, 4.0]}
    chosen = choose("(prediction - y)^2", data=rows, prediction="w*x + b", max_steps=3)
    ground = swept(chosen, 0.01, 0.1, 8).ground
    assert isinstance(ground, Landscape)
    assert ground.z.shape == (15, 15)
