"""Principal directions equal those of a singular value decomposition, in one piece or many."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim.core.arrays import Floats
from gdsim.core.landscape.plane import Plane
from gdsim.core.landscape.principal_directions import PathStatistics, PrincipalDirections


def walk(seed: int, dimension: int = 5, rows: int = 400) -> Floats:
    """A random path with a different variance along each of some oblique directions."""
    generator = np.random.default_rng(seed)
    turned, _ = np.linalg.qr(generator.normal(size=(dimension, dimension)))
    steps = generator.normal(size=(rows, dimension)) * 2.0 ** -np.arange(dimension)
    return np.cumsum(steps, axis=0) @ turned.T + 100 * generator.normal(size=dimension)


def movement(rows: Floats, pieces: int = 1) -> PathStatistics:
    result = PathStatistics(rows.shape[1])
    for piece in np.array_split(rows, pieces):
        result.add(piece)
    return result


def principal(rows: Floats, pieces: int = 1) -> PrincipalDirections:
    found = movement(rows, pieces).principal()
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("pieces", [1, 7, 400])
def test_directions_and_shares_are_those_of_the_decomposition(seed: int, pieces: int) -> None:
    rows = walk(seed)
    found = principal(rows, pieces)
    _, sizes, directions = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(found.shares, (sizes**2 / (sizes**2).sum())[:2], rtol=1e-8)
    for mine, theirs in zip((found.u, found.v), directions, strict=False):
        assert abs(mine @ theirs) == pytest.approx(1, abs=1e-8)


@pytest.mark.parametrize("dimension", [2, 3, 13, 64])
def test_shares_never_exceed_1(dimension: int) -> None:
    for rows in (2, 3, 50):
        path = walk(dimension, dimension, rows)
        found = principal(path)
        assert 0 < found.shares[1] <= found.shares[0] or rows == 2
        assert sum(found.shares) <= 1 + 1e-12
        np.testing.assert_allclose(
            movement(path).shares_along(found.plane(path[0])), found.shares, atol=1e-9
        )


@pytest.mark.parametrize("seed", range(5))
def test_no_other_plane_explains_more(seed: int) -> None:
    path = walk(seed)
    best = sum(principal(path).shares)
    generator = np.random.default_rng(seed)
    for _ in range(50):
        basis, _ = np.linalg.qr(generator.normal(size=(5, 2)))
        assert sum(movement(path).shares_along(Plane.of(path[0], *basis.T))) <= best


@pytest.mark.parametrize("dimension", [2, 3, 13])
@pytest.mark.parametrize("rows", [2, 1000])
def test_a_straight_path_is_explained_by_one_direction(dimension: int, rows: int) -> None:
    way = np.random.default_rng(dimension).normal(size=dimension)
    path = np.linspace(0, 3, rows)[:, np.newaxis] * way + 5
    found = principal(path)
    assert found.shares == (pytest.approx(1), pytest.approx(0, abs=1e-12))
    np.testing.assert_allclose(found.u, way / np.linalg.norm(way), atol=1e-9)
    assert found.u @ found.v == pytest.approx(0, abs=1e-12)
    assert np.linalg.norm(found.v) == pytest.approx(1)


def test_the_first_direction_points_from_the_start_to_the_end() -> None:
    path = walk(3)
    found = principal(path)
    assert (path[-1] - path[0]) @ found.u > 0
    back = principal(path[::-1])
    np.testing.assert_allclose(back.u, -found.u, atol=1e-9)


@pytest.mark.parametrize(
    "rows",
    [
        np.empty((0, 3)),
        np.ones((1, 3)),
        np.ones((9, 3)),
        np.full((4, 3), np.nan),
        np.array([[0.0, 0, 0], [1e200, 1, 1], [-1e200, 2, 2]]),
    ],
)
def test_a_path_without_directions_has_none(rows: Floats) -> None:
    assert movement(rows).principal() is None
    assert movement(rows).shares_along(Plane.of_parameters((0.0, 0.0, 0.0))) == (0, 0)


def test_rows_that_are_not_finite_are_ignored() -> None:
    path = walk(1)
    broken = np.concatenate((path, np.full((1, 5), np.inf), np.full((1, 5), np.nan)))
    assert principal(broken).shares == principal(path).shares
    assert np.isfinite(movement(broken).extreme_points).all()


@pytest.mark.parametrize("pieces", [1, 13])
def test_extreme_points_are_rows_and_have_the_extremes_of_the_path(pieces: int) -> None:
    path = walk(2)
    marks = movement(path, pieces).extreme_points
    np.testing.assert_allclose(marks.min(axis=0), path.min(axis=0), atol=1e-9)
    np.testing.assert_allclose(marks.max(axis=0), path.max(axis=0), atol=1e-9)
    np.testing.assert_allclose(marks[0], path[0])
    np.testing.assert_allclose(marks[-1], path[-1])
    assert len(marks) <= 2 * 5 + 2
