"""A plane maps its points to parameters and back exactly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdsim.core.landscape.landscape import sample_plane
from gdsim.core.landscape.plane import Plane
from gdsim.core.loss.objective import Objective

FOUR = "(a - 1)^2 + 10*(b - a^2)^2 + (c - b)^2 + 0.1*d^2"


def slanted(seed: int, dimension: int = 5) -> Plane:
    generator = np.random.default_rng(seed)
    basis, _ = np.linalg.qr(generator.normal(size=(dimension, 2)))
    return Plane.of(generator.normal(size=dimension), *basis.T)


def along_parameters(seed: int, dimension: int = 5) -> Plane:
    generator = np.random.default_rng(seed)
    i, j = generator.choice(dimension, 2, replace=False).tolist()
    return Plane.of_parameters(generator.normal(size=dimension), (i, j))


PLANES = [make(seed) for make in (slanted, along_parameters) for seed in range(6)]
coordinate = st.floats(-1e3, 1e3)


@pytest.mark.parametrize("plane", PLANES)
@given(coordinate, coordinate)
def test_projecting_a_lifted_point_gives_its_coordinates(plane: Plane, x: float, y: float) -> None:
    np.testing.assert_allclose(plane.project(plane.lift(x, y)), [x, y], atol=1e-10)
    assert plane.distance(plane.lift(x, y).tolist()) < 1e-10


@pytest.mark.parametrize("plane", PLANES)
def test_a_projection_is_the_nearest_point(plane: Plane) -> None:
    generator = np.random.default_rng(1)
    point = generator.normal(size=plane.dimension)
    x, y = plane.project(point)
    nearest = np.linalg.norm(point - plane.lift(x, y))
    assert plane.distance(point.tolist()) == pytest.approx(nearest)
    for shift in generator.normal(size=(50, 2)):
        assert np.linalg.norm(point - plane.lift(x + shift[0], y + shift[1])) >= nearest


@pytest.mark.parametrize("plane", PLANES)
def test_lengths_and_angles_are_those_of_the_parameters(plane: Plane) -> None:
    one, other = (plane.lift(*end) - plane.lift(0, 0) for end in ((3.0, 4.0), (-4.0, 3.0)))
    assert np.linalg.norm(one) == pytest.approx(5)
    assert one @ other == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("plane", PLANES)
def test_a_parallel_plane_goes_through_its_point_and_keeps_all_coordinates(plane: Plane) -> None:
    generator = np.random.default_rng(2)
    through, other = generator.normal(size=(2, plane.dimension))
    parallel = plane.through(through)
    assert parallel.distance(through.tolist()) < 1e-12
    np.testing.assert_allclose(parallel.project(other), plane.project(other), atol=1e-12)
    np.testing.assert_allclose(parallel.lift(*plane.project(through)), through, atol=1e-12)


@pytest.mark.parametrize("plane", PLANES)
def test_a_path_and_its_steps_are_projected_alike(plane: Plane) -> None:
    rows = np.random.default_rng(3).normal(size=(9, plane.dimension))
    path = np.column_stack(plane.columns(rows))
    for row, coordinates in zip(rows, path, strict=True):
        np.testing.assert_allclose(plane.project(row), coordinates, atol=1e-14)
    np.testing.assert_allclose(plane.components(rows[1] - rows[0]), path[1] - path[0], atol=1e-12)


@pytest.mark.parametrize("plane", PLANES)
def test_a_plane_contains_only_vectors_parallel_to_it(plane: Plane) -> None:
    within = plane.lift(0.3, -0.7) - plane.lift(0, 0)
    assert plane.contains(within)
    assert plane.contains(np.zeros(plane.dimension))
    assert not plane.contains(within + 1e-3 * np.random.default_rng(4).normal(size=within.shape))


def test_with_two_parameters_the_plane_contains_everything() -> None:
    plane = Plane.of_parameters((7.0, 8.0))
    assert plane == Plane.of_parameters((0.0, 0.0))
    assert plane.contains((1.5, -2.5))
    assert plane.project((1.5, -2.5)).tolist() == [1.5, -2.5]


@pytest.mark.parametrize("axes", [(0, 1), (2, 0), (3, 1)])
def test_a_plane_along_two_axes_samples_exactly_these_parameters(axes: tuple[int, int]) -> None:
    objective, point = Objective(FOUR), np.array([0.3, -1.2, 0.7, 2.0])
    landscape = sample_plane(
        objective,
        Plane.of_parameters(point, axes),
        x_range=(-2.0, 3.0),
        y_range=(-1.0, 1.5),
        resolution=17,
    )
    theta = np.empty((4, 17, 17))
    theta[:] = point[:, None, None]
    theta[axes[0]] = landscape.x
    theta[axes[1]] = landscape.y[:, None]
    assert np.array_equal(landscape.z, objective.value(theta))


@pytest.mark.parametrize("plane", [slanted(seed, 4) for seed in range(3)])
def test_a_slanted_plane_samples_the_loss_at_its_points(plane: Plane) -> None:
    objective = Objective(FOUR)
    landscape = sample_plane(objective, plane, x_range=(-2, 3), y_range=(-1, 1.5), resolution=9)
    for i, x in enumerate(landscape.x):
        for j, y in enumerate(landscape.y):
            assert landscape.z[j, i] == pytest.approx(objective.value(plane.lift(x, y)))
