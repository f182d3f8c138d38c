"""The basin map against descents made one by one, and the order in which it appears."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gdsim.core.arrays import Range
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.ensemble import ensemble
from gdsim.core.explore import basins
from gdsim.core.explore.attribution import known_points
from gdsim.core.explore.basins import MOST_STEPS, BasinMap, BasinPicture
from gdsim.core.explore.labels import LABELS
from gdsim.core.landscape.plane import Plane
from gdsim.core.problem import Problem
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import Experiment

HOME: tuple[Range, Range] = ((-5.0, 5.0), (-5.0, 5.0))
MINIMA = catalogue.function("himmelblau").minima


def map_of(
    experiment: Experiment, *resolutions: int, ranges: tuple[Range, Range] = HOME
) -> BasinMap:
    whole = BasinMap.of(
        experiment, ranges, (10.0, 10.0), known_points([(at, 0.0) for at in MINIMA])
    )
    return replace(whole, resolutions=resolutions or (16,))


def picture_of(wanted: BasinMap) -> BasinPicture:
    return [picture for _, picture in wanted.stages() if picture is not None][-1]


def by_hand(experiment: Experiment, x: float, y: float) -> int:
    """The label of one start, by a single descent and the nearest minimum."""
    descent = Descent(experiment.replace(start=(x, y)))
    descent.advance(experiment.max_steps)
    assert descent.ending is not None
    if descent.ending.outcome is Outcome.STOP_RULE:
        distances = [np.hypot(*(descent.trace.theta()[-1] - at)) for at in MINIMA]
        return int(np.argmin(distances)) if min(distances) < 0.1 else LABELS[Outcome.STOP_RULE]
    limit = descent.ending.outcome is Outcome.STEP_LIMIT
    return LABELS[Outcome.STEP_LIMIT] if limit else LABELS[Outcome.DIVERGED]


@pytest.mark.parametrize(
    ("optimizer", "eta"), [("gradient-descent", 0.01), ("gradient-descent", 0.02), ("adam", 0.3)]
)
def test_the_shares_on_himmelblau_are_those_of_a_loop(optimizer: str, eta: float) -> None:
    chosen = choose("himmelblau", optimizer=optimizer, eta=eta, max_steps=400)
    picture = picture_of(map_of(chosen, 20))
    middles = -5 + (np.arange(20) + 0.5) / 2
    expected = np.array([[by_hand(chosen, x, y) for x in middles] for y in middles])
    np.testing.assert_array_equal(picture.labels, expected)
    for label in np.unique(expected).tolist():
        assert picture.shares[label] == np.count_nonzero(expected == label) / 400
    assert sum(picture.shares.values()) == pytest.approx(1.0)


def ending_by_hand(experiment: Experiment, start: tuple[float, ...]) -> tuple[int, list[float]]:
    """How a single descent ends, as a code of its own, and where."""
    descent = Descent(experiment.replace(start=start))
    descent.advance(experiment.max_steps)
    assert descent.ending is not None
    codes = {**LABELS, Outcome.STOP_RULE: 0}
    return codes[descent.ending.outcome], descent.trace.theta()[-1].tolist()


def assert_descents_lead_there(
    picture: BasinPicture, experiment: Experiment, starts: list[tuple[float, ...]]
) -> None:
    """Every label says how a single descent ends, and its point where."""
    for label, start in zip(picture.labels.ravel().tolist(), starts, strict=True):
        expected, end = ending_by_hand(experiment, start)
        assert min(label, 0) == expected, start
        if label >= 0:
            np.testing.assert_allclose(picture.found_points[label].at, end, atol=1e-3)


@pytest.mark.parametrize(
    ("function", "eta"), [("double-well", 0.05), ("sine", 0.3), ("double-well", 0.3)]
)
def test_along_one_parameter_it_is_a_row_of_starts(function: str, eta: float) -> None:
    chosen = choose(function, eta=eta, max_steps=400)
    ((low, high),) = catalogue.function(function).view
    wanted = replace(BasinMap.of(chosen, ((low, high),), (high - low,)), resolutions=(32, 64))
    pictures = [picture for _, picture in wanted.stages() if picture is not None]
    assert [picture.labels.shape for picture in pictures][-2:] == [(1, 32), (1, 64)]
    picture = pictures[-1]
    middles = low + (np.arange(64) + 0.5) * ((high - low) / 64)
    assert_descents_lead_there(picture, chosen, [(x,) for x in middles.tolist()])
    for label, (x, _) in picture.anchors.items():
        assert picture.labels[0, int((x - low) / (high - low) * 64)] == label
    assert picture.within(((low, (low + high) / 2),)).labels.shape == (1, 32)


def test_of_more_parameters_it_is_the_slice_through_the_start() -> None:
    chosen = choose(
        "(x^2 - 1)^2 + y^2 + (z - x)^2", start=(0.0, 0.5, -0.7), eta=0.05, max_steps=500
    )
    plane = Plane.of_parameters(chosen.start, (0, 2))
    ranges = ((-2.0, 2.0), (-2.0, 2.0))
    wanted = replace(BasinMap.of(chosen, ranges, (4.0,) * 3, (), plane), resolutions=(8,))
    middles = (-2 + (np.arange(8) + 0.5) / 2).tolist()
    starts: list[tuple[float, ...]] = [(x, 0.5, z) for z in middles for x in middles]
    picture = picture_of(wanted)
    assert len(picture.leading(9)) == 2
    assert_descents_lead_there(picture, chosen, starts)
    elsewhere = BasinMap.of(chosen, ranges, (4.0,) * 3, (), plane.through((0.0, 0.6, 0.0)))
    assert not wanted.covers(elsewhere)


def rows_of_a_line(batch: int | None = None) -> Experiment:
    rows = {"x": [0.0, 1.0, 2.0, 3.0], "y": [1.0, 2.5, 2.0, 4.0]}
    return choose(
        "(prediction - y)^2", data=rows, prediction="w*x + b", batch=batch, eta=0.1, max_steps=300
    )


@pytest.mark.parametrize("batch", [None, 2])
def test_a_loss_over_rows_has_basins_too(batch: int | None) -> None:
    chosen = rows_of_a_line(batch)
    picture = picture_of(replace(BasinMap.of(chosen, HOME, (10.0, 10.0)), resolutions=(6,)))
    middles = (-5 + (np.arange(6) + 0.5) * (10 / 6)).tolist()
    assert_descents_lead_there(picture, chosen, [(x, y) for y in middles for x in middles])


def test_a_map_over_many_rows_is_as_fine_as_they_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ensemble, "MOST_AT_ONCE", 4 * 8**2)
    wanted = BasinMap.of(rows_of_a_line(), HOME, (10.0, 10.0))
    assert picture_of(replace(wanted, resolutions=(4, 8, 16))).labels.shape == (8, 8)
    with pytest.raises(Problem, match="choose a smaller batch"):
        picture_of(replace(wanted, resolutions=(16,)))


def test_the_map_appears_from_coarse_to_fine() -> None:
    wanted = map_of(choose("himmelblau"), 16, 32, 64)
    seen = list(wanted.stages())
    done = [part for part, _ in seen]
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert [len(p.labels) for _, p in seen if p is not None][-3:] == [16, 32, 64]


def test_a_coarse_picture_does_not_wait_for_the_slowest_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(basins, "SLICE_SECONDS", 0.005)
    monkeypatch.setattr(basins, "_FIRST_SECONDS", 0.02)  # so that the test is short
    wanted = map_of(choose("rosenbrock", eta=1e-5, stop="none"), 16)
    pictures = [picture for _, picture in wanted.stages() if picture is not None]
    assert len(pictures) == 2
    assert pictures[0].shares == {LABELS[Outcome.STEP_LIMIT]: 1.0}


def test_what_would_take_too_long_stays_coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(basins, "_FINE_ENOUGH", 16)  # so that the map is small
    monkeypatch.setattr(basins, "_MOST_SECONDS", 1e-9)  # so that any work takes too long
    assert len(picture_of(map_of(choose("himmelblau"), 16, 32)).labels) == 16


def test_the_same_start_elsewhere_is_the_same_map() -> None:
    chosen = choose("himmelblau", max_steps=10**6)
    one, other = (map_of(chosen.replace(start=start, seed=7)) for start in ((1.0, 1.0), (2.0, 0.0)))
    assert one == other
    assert one.experiment.max_steps == MOST_STEPS
    assert map_of(chosen.replace(max_steps=50)).experiment.max_steps == 50
    assert map_of(chosen.replace(epsilon=1e-3)) != one


def test_a_map_covers_a_little_less_of_itself() -> None:
    chosen = choose("himmelblau")
    whole = map_of(chosen)
    assert whole.covers(whole)
    assert whole.covers(map_of(chosen, ranges=((-5.0, 5.0), (-4.0, 4.5))))
    assert not whole.covers(map_of(chosen, ranges=((-5.0, 5.0), (-5.0, 5.5))))
    assert not whole.covers(map_of(chosen, ranges=((-2.0, 2.0), (-2.0, 2.0))))
    assert not whole.covers(map_of(chosen.replace(epsilon=1e-3)))


def test_a_part_of_a_map_has_shares_of_its_own() -> None:
    picture = picture_of(map_of(choose("himmelblau"), 40))
    part = picture.within(((0.0, 5.0), (-5.0, 0.0)))
    assert part.labels.shape == (20, 20)
    np.testing.assert_array_equal(part.labels, picture.labels[:20, 20:])
    assert sum(part.shares.values()) == pytest.approx(1.0)
    assert part.leading(1) == [3]
    assert picture.within(((90.0, 91.0), (0.0, 1.0))) is picture


def test_a_number_stands_inside_its_basin() -> None:
    picture = picture_of(map_of(choose("himmelblau", eta=0.02), 64))
    assert set(picture.anchors) >= set(picture.leading(2))
    for label, (x, y) in picture.anchors.items():
        column, row = int((x + 5) * 6.4), int((y + 5) * 6.4)
        around = picture.labels[row - 1 : row + 2, column - 1 : column + 2]
        assert (around == label).all()


def test_more_steps_are_darker() -> None:
    chosen = choose("himmelblau")
    picture = picture_of(map_of(chosen, 64))
    assert picture.shade.min() == 0.0
    assert picture.shade.max() == 1.0
    row, column = (int((value + 5) * 6.4) for value in reversed(MINIMA[1]))
    basin = picture.labels == picture.labels[row, column]
    assert picture.shade[row, column] < np.median(picture.shade[basin])


def boundary_dimension(eta: float) -> float:
    """By counting the boxes, at two sizes, in which pixels differ."""
    chosen = choose("himmelblau", eta=eta, max_steps=300)
    labels = picture_of(map_of(chosen, 128, ranges=((-8.0, 8.0), (-8.0, 8.0)))).labels

    def boxes(size: int) -> int:
        tiles = labels.reshape(128 // size, size, 128 // size, size).swapaxes(1, 2)
        flat = tiles.reshape(-1, size * size)
        return int(np.count_nonzero(flat.min(axis=1) != flat.max(axis=1)))

    return float(np.log2(boxes(4) / boxes(16)) / 2)


def test_the_boundary_is_a_line_at_a_small_rate_and_a_fractal_past_stability() -> None:
    # In the corners of this view λ_max is some 830: past η = 0.0024 steps overshoot there.
    assert boundary_dimension(0.002) < 1.1
    assert boundary_dimension(0.01) > 1.25
