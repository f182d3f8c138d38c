"""Many starts against single runs, and the chance of finding the lowest against counting."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from single_runs import assert_ends_alike, single

from gdsim.core.arrays import Range
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.explore.attribution import known_points
from gdsim.core.explore.labels import LABELS
from gdsim.core.explore.starts import (
    DRAWN,
    MOST_STEPS,
    SURE,
    Chance,
    ManyStarts,
    StartsPicture,
    chance_of_finding,
)
from gdsim.core.run.choices import choose
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import Experiment


def made(experiment: Experiment, count: int, seed: int = 1) -> StartsPicture:
    entry = catalogue.find_function(experiment.loss, experiment.parameters, experiment.constants)
    home: tuple[Range, ...] = ((-5.0, 5.0),) * len(experiment.parameters)
    minima = []
    if entry is not None:
        home = tuple(entry.view)
        minima = [(tuple(at), entry.minimum or 0.0) for at in entry.minima]
    wanted = ManyStarts.of(experiment, home, count, seed, known_points(minima))
    return [picture for _, picture in wanted.stages() if picture is not None][-1]


@pytest.mark.parametrize("optimizer", ["gradient-descent", "momentum", "adam", "newton"])
@pytest.mark.parametrize("function", ["quadratic", "himmelblau", "three-parameter-bowl"])
def test_every_column_is_the_single_run(function: str, optimizer: str) -> None:
    chosen = choose(function, optimizer=optimizer, max_steps=80)
    picture = made(chosen, 12)
    for column, start in enumerate(picture.starts.T.tolist()):
        trace = single(chosen, start)
        assert_ends_alike(picture.ends, column, trace, 1e-9)
        path = picture.paths[:, :, column]
        rows = trace.theta()
        np.testing.assert_allclose(path[: min(16, len(rows))], rows[:16], rtol=1e-9)
        np.testing.assert_allclose(path[-1], rows[-1], rtol=1e-9)
        # Thinned, never invented: every point of the path is one of the run.
        assert all(np.isclose(rows, point, rtol=1e-9).all(axis=1).any() for point in path)


def test_starts_learn_from_the_same_rows() -> None:
    rows = {"x": [0.0, 1.0, 2.0, 3.0], "y": [1.0, 2.5, 2.0, 4.0]}
    chosen = choose(
        "(prediction - y)^2", data=rows, prediction="w*x + b", batch=2, eta=0.02, max_steps=40
    )
    picture = made(chosen, 8)
    for column, start in enumerate(picture.starts.T.tolist()):
        assert_ends_alike(picture.ends, column, single(chosen, start), 1e-9)


@pytest.mark.parametrize("seed", [0, 1, 2**40])
@pytest.mark.parametrize("home", [((-5.0, 5.0),), ((0.0, 1e-3), (-200.0, 300.0))])
def test_starts_are_seeded_inside_the_view_and_short(home: tuple[Range, ...], seed: int) -> None:
    chosen = choose("quadratic") if len(home) == 1 else choose("himmelblau")
    few, many = (ManyStarts.of(chosen, home, count, seed).starts() for count in (20, 400))
    np.testing.assert_array_equal(few, many[:, :20])
    for row, (low, high) in zip(many, home, strict=True):
        assert row.min() >= low
        assert row.max() <= high
        assert row.min() < low + 0.1 * (high - low)
        assert row.max() > high - 0.1 * (high - low)
        assert max(len(f"{value:.15g}") for value in row.tolist()) <= 12
    other = ManyStarts.of(chosen, home, 20, seed + 1).starts()
    assert not np.isclose(few, other).any(axis=1).all()


@pytest.mark.parametrize("population", [(1, 0, 0), (1, 1, 0, 0, 0), (1, 1, 1, 0), (1,), (0, 0)])
@pytest.mark.parametrize("draws", [1, 2, 3, 4])
def test_the_chance_is_what_counting_all_cases_gives(
    population: tuple[int, ...], draws: int
) -> None:
    cases = list(itertools.product(population, repeat=draws))
    counted = sum(any(case) for case in cases) / len(cases)
    share = Chance(sum(population), len(population)).share
    assert chance_of_finding(share, np.array([draws]))[0] == pytest.approx(counted, abs=1e-12)


@pytest.mark.parametrize("count", [1, 8, 200, 2000])
def test_the_interval_holds_what_is_near_enough(count: int) -> None:
    z = 1.959963984540054
    for hits in {0, 1, count // 3, count - 1, count}:
        chance = Chance(hits, count)
        low, high = chance.interval
        assert 0 <= low <= chance.share <= high <= 1
        for end in (low, high):
            if 0 < end < 1:
                assert (chance.share - end) ** 2 == pytest.approx(z**2 * end * (1 - end) / count)


@pytest.mark.parametrize("share", [0.1, 0.4, 0.77])
def test_about_so_many_intervals_hold_the_truth(share: float) -> None:
    hits = np.random.default_rng(5).binomial(200, share, 2000)
    intervals = np.array([Chance(int(each), 200).interval for each in hits])
    held = ((intervals[:, 0] <= share) & (share <= intervals[:, 1])).mean()
    assert abs(held - SURE) < 0.025


@pytest.mark.parametrize(("hits", "count"), [(1, 2000), (3, 10), (95, 100), (1, 2), (19, 20)])
def test_so_many_starts_are_needed_and_no_fewer(hits: int, count: int) -> None:
    chance = Chance(hits, count)
    needed = chance.needed
    assert needed is not None
    found = chance_of_finding(chance.share, np.array([needed - 1.0, needed]))
    assert found[0] < SURE <= found[1] + 1e-9


def test_what_never_or_always_happens() -> None:
    assert Chance(0, 50).needed is None
    assert Chance(50, 50).needed == 1


def test_the_global_minimum_is_the_one_of_the_catalogue() -> None:
    picture = made(choose("styblinski-tang"), 200)
    chance = picture.chance()
    assert chance is not None
    at = catalogue.function("styblinski-tang").minima[0]
    near = np.linalg.norm(picture.ends.theta - np.array(at)[:, None], axis=0) < 0.05
    assert chance.hits == np.count_nonzero(near)
    assert 0 < chance.hits < 200
    order = picture.order()
    values = [picture.found_points[label].value for label in order if label >= 0]
    assert values == sorted(values)
    assert sum(picture.count(label) for label in order) == 200


def test_of_an_own_formula_it_is_the_lowest_found() -> None:
    picture = made(choose("(x^2 - 1)^2 + 0.3*x", eta=0.01), 100)
    lowest = picture.lowest()
    grid = np.linspace(-5, 5, 100_001)
    assert lowest == pytest.approx(((grid**2 - 1) ** 2 + 0.3 * grid).min(), abs=1e-7)
    chance, best = picture.chance(), picture.best()
    assert chance is not None
    assert best is not None
    assert chance.hits == np.count_nonzero(picture.ends.theta[0] < 0)
    assert picture.ends.loss[best] == np.nanmin(picture.ends.loss)
    assert picture.best(picture.order()[1]) not in (None, best)


def test_where_all_diverge_there_is_no_best() -> None:
    picture = made(choose("quadratic", eta=50.0), 10)
    assert picture.best() is None
    assert picture.order() == [LABELS[Outcome.DIVERGED]]
    assert picture.chance() == Chance(0, 10)


def test_no_more_paths_are_kept_than_are_drawn() -> None:
    picture = made(choose("himmelblau", max_steps=1000), 2 * DRAWN)
    rows, d, drawn = picture.paths.shape
    assert (d, drawn) == (2, DRAWN)
    assert rows < 70


def test_neither_start_nor_seed_makes_other_descents() -> None:
    home = ((-5.0, 5.0), (-5.0, 5.0))
    one = ManyStarts.of(choose("himmelblau", max_steps=10**8), home, 50, 3)
    other = choose("himmelblau", start=(1.0, 2.0), seed=9, max_steps=10**8)
    assert one == ManyStarts.of(other, home, 50, 3)
    assert one.experiment.max_steps == MOST_STEPS
    assert one != ManyStarts.of(other, home, 50, 4)
    assert one != ManyStarts.of(other, home, 51, 3)


def test_the_work_comes_in_slices_and_ends_at_one() -> None:
    home = ((-2.0, 2.0), (-1.0, 3.0))
    chosen = choose("rosenbrock", eta=1e-5, stop="none", max_steps=3000)
    seen = list(ManyStarts.of(chosen, home, 500, 1).stages())
    done = [part for part, _ in seen]
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert seen[0][1] is not None
    assert not math.isnan(done[0])
