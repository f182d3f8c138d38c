"""Where descents end: at a known minimum, at a point found here, at no point in particular."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import ArrayLike

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.entries import FunctionEntry
from gdsim.core.ensemble.ensemble import CODES, RUNNING, Ends, Ensemble
from gdsim.core.explore.attribution import FoundPoint, Kind, attribute, known_points
from gdsim.core.explore.labels import LABELS
from gdsim.core.loss.objective import Objective
from gdsim.core.run.choices import choose
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import ScheduleText

WITH_MINIMA = [key for key, entry in catalogue.functions().items() if entry.minima]
# Two end in a kink, which no derivative sees, and Powell's Hessian is singular by design.
ODD = ("absolute-value", "ackley", "powell-singular")
ROUND = [key for key in WITH_MINIMA if key not in ODD]


def minima(entry: FunctionEntry) -> list[tuple[tuple[float, ...], float]]:
    assert entry.minimum is not None
    lowest = [(point, entry.minimum) for point in entry.minima]
    return lowest + [(other.at, other.value) for other in entry.local_minima]


def widths(entry: FunctionEntry) -> tuple[float, ...]:
    return tuple(high - low for low, high in entry.view)


def resting(theta: ArrayLike, outcome: Outcome = Outcome.STOP_RULE) -> Ends:
    points = np.array(theta, dtype=float)
    count = points.shape[1]
    return Ends(
        points, np.zeros(count), np.zeros(count, int), np.full(count, CODES[outcome], np.int8)
    )


@pytest.mark.parametrize("key", WITH_MINIMA)
def test_an_end_beside_a_known_minimum_belongs_to_it(key: str) -> None:
    entry = catalogue.function(key)
    objective = Objective(entry.loss, entry.parameters, entry.constants)
    points = np.array([point for point, _ in minima(entry)]).T
    shifts = 1e-4 * np.array(widths(entry))[:, None]
    known = known_points(minima(entry))
    found = attribute(resting(points + shifts), objective, widths(entry), known)
    assert found.labels.tolist() == list(range(len(known)))
    assert found.found_points == known


@pytest.mark.parametrize("key", ROUND)
def test_a_minimum_is_found_by_the_ends_that_lie_together(key: str) -> None:
    entry = catalogue.function(key)
    objective = Objective(entry.loss, entry.parameters, entry.constants)
    scale = np.array(widths(entry))
    random = np.random.default_rng(0)
    points = np.array([point for point, _ in minima(entry)])
    crowd = np.repeat(points, 5, axis=0) + random.normal(0, 1e-6, (5 * len(points), 1)) * scale
    found = attribute(resting(crowd.T), objective, widths(entry))
    assert len(found.found_points) == len(points)
    for point, label in zip(points, found.labels[::5].tolist(), strict=True):
        reached = found.found_points[label]
        assert reached.kind is Kind.MINIMUM
        assert not reached.known
        assert np.abs((np.array(reached.at) - point) / scale).max() < 1e-4
        assert reached.value == pytest.approx(float(objective.value(point)), abs=1e-6)
    assert (found.labels.reshape(-1, 5) == found.labels[::5, None]).all()


def test_newton_comes_to_rest_at_saddles_and_maxima_too() -> None:
    entry = catalogue.function("himmelblau")
    chosen = choose("himmelblau", optimizer="newton", eta=1.0, max_steps=100)
    axis = np.linspace(-4.9, 4.9, 24)
    ends = Ensemble(chosen, np.stack(np.meshgrid(axis, axis)).reshape(2, -1)).finish()
    found = attribute(ends, chosen.objective(), widths(entry), known_points(minima(entry)))
    kinds = [point.kind for point in found.found_points]
    assert [kinds.count(kind) for kind in Kind] == [4, 4, 1]
    for point in found.found_points:
        assert np.abs(chosen.objective().gradient(point.at)).max() < 1e-5


def test_what_is_known_keeps_its_index() -> None:
    objective = Objective("(x^2 - 1)^2")
    first = attribute(resting([[1.0]]), objective, (4.0,))
    then = attribute(resting([[-1.0, 1.0, -1.0]]), objective, (4.0,), first.found_points)
    assert then.labels.tolist() == [1, 0, 1]
    assert then.found_points[:1] == first.found_points


@pytest.mark.parametrize("resolution", [8, 40, 150])
@pytest.mark.parametrize(
    "loss",
    [
        "(x + y)^2",  # a whole line of minima
        "-exp(-x^2 - y^2)",  # so flat far out that it stops at the start
        "0*x + 0*y",
    ],
)
def test_ends_that_are_strewn_belong_to_no_point(loss: str, resolution: int) -> None:
    chosen = choose(loss, eta=0.1, epsilon=1e-5, max_steps=500)
    axis = np.linspace(8.0, 18.0, resolution)
    ends = Ensemble(chosen, np.stack(np.meshgrid(axis, axis)).reshape(2, -1)).finish()
    found = attribute(ends, chosen.objective(), (10.0, 10.0))
    assert found.found_points == ()
    assert (found.labels == LABELS[Outcome.STOP_RULE]).all()


def test_a_kink_where_many_ends_meet_is_a_minimum() -> None:
    schedule = ScheduleText(formula="eta0*0.9^t", constants={"eta0": 0.5})
    chosen = choose("abs(x - 1) + abs(y + 2)", epsilon=1e-4).replace(schedule=schedule)
    random = np.random.default_rng(2)
    ends = Ensemble(chosen, random.uniform(-2, 2, (2, 40))).finish()
    close = np.abs(ends.theta - [[1.0], [-2.0]]).max(axis=0) < 5e-3
    found = attribute(resting(ends.theta[:, close]), chosen.objective(), (10.0, 10.0))
    assert close.sum() >= 8
    (point,) = found.found_points
    assert np.abs(np.array(point.at) - (1.0, -2.0)).max() < 1e-2
    assert found.share(0) == 1.0


def test_descents_that_move_or_diverged_reached_no_point() -> None:
    objective = Objective("x^2")
    ends = resting([[0.0, 0.0, 0.0, 0.0, 0.0]])
    outcomes = (Outcome.STEP_LIMIT, Outcome.DIVERGED, Outcome.STOP_RULE, Outcome.UNDEFINED)
    ends.codes[:] = (RUNNING, *(CODES[outcome] for outcome in outcomes))
    found = attribute(ends, objective, (2.0,), (FoundPoint((0.0,), 0.0),))
    moving, alone, diverged, undefined = LABELS.values()
    assert found.labels.tolist() == [moving, moving, diverged, 0, undefined]
    assert [found.share(label) for label in (0, moving, alone)] == [0.2, 0.4, 0.0]
    assert found.count(diverged) == found.count(undefined) == 1


def test_ends_far_beyond_everything_are_no_trouble() -> None:
    found = attribute(resting([[1e300, -1e200, 0.5]]), Objective("(x - 0.5)^2"), (1e-3,))
    assert found.labels.tolist()[2] >= 0
    assert found.labels.tolist()[:2] == [LABELS[Outcome.STOP_RULE], LABELS[Outcome.STOP_RULE]]


def test_a_loss_near_the_largest_number_is_no_trouble() -> None:
    ends = resting([[0.5, 0.5, -0.5, 0.25]])
    found = attribute(ends, Objective("1e308*sin(x)"), (1e3,))
    assert len(found.labels) == 4
