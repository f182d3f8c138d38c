"""Random directions scaled as by Li et al.: in each group as long as its parameters."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim.core.arrays import Floats
from gdsim.core.landscape.random_directions import groups, random_directions, random_plane

NETWORK = (*(f"{letter}{j}" for letter in "awb" for j in range(1, 5)), "c")
FOUR = ("a", "b", "c", "d")
MIXED = ("theta0", "theta1", "theta2", "k", "p")


def weights(names: tuple[str, ...], seed: int) -> Floats:
    """Each group of parameters with a size of its own, as in a trained network."""
    generator = np.random.default_rng(seed)
    return np.array([generator.normal() * 10 ** (ord(name[0]) % 3 - 1) for name in names])


def test_parameters_that_differ_only_by_number_are_a_group() -> None:
    assert groups(NETWORK) == ((0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 10, 11), (12,))
    assert groups(FOUR) == ((0, 1, 2, 3),)
    assert groups(MIXED) == ((0, 1, 2), (3, 4))


@pytest.mark.parametrize("names", [NETWORK, FOUR, MIXED])
@pytest.mark.parametrize("seed", range(10))
def test_each_group_is_as_long_as_its_parameters(names: tuple[str, ...], seed: int) -> None:
    theta, parts = weights(names, seed), groups(names)
    for direction in random_directions(theta, parts, seed):
        for part in parts:
            places = list(part)
            assert np.linalg.norm(direction[places]) == pytest.approx(np.linalg.norm(theta[places]))


@pytest.mark.parametrize("names", [NETWORK, FOUR, MIXED])
@pytest.mark.parametrize("seed", range(10))
def test_the_two_directions_are_orthogonal(names: tuple[str, ...], seed: int) -> None:
    one, other = random_directions(weights(names, seed), groups(names), seed)
    assert one @ other == pytest.approx(0, abs=1e-9 * (one @ one))


def test_a_seed_determines_the_directions() -> None:
    theta = weights(NETWORK, 0)
    planes = [random_plane(theta, NETWORK, seed) for seed in range(20)]
    assert planes == [random_plane(theta, NETWORK, seed) for seed in range(20)]
    assert len(set(planes)) == 20


@pytest.mark.parametrize(
    "theta",
    [
        np.zeros(13),
        np.array([0.0] * 12 + [3.0]),
        np.array([0.0] * 12 + [-3.0]),
        np.array([1e-3] * 12 + [50.0]),
        np.array([0.0] * 8 + [0.1] * 4 + [2.0]),
        np.array([1.0] * 4 + [0.0] * 9),
    ],
)
@pytest.mark.parametrize("seed", range(5))
def test_the_plane_is_orthonormal_whichever_parameters_are_zero(theta: Floats, seed: int) -> None:
    plane = random_plane(theta, NETWORK, seed)
    np.testing.assert_allclose(plane.basis @ plane.basis.T, np.eye(2), atol=1e-9)
    np.testing.assert_array_equal(plane.lift(0, 0), theta)


def test_in_a_group_that_is_zero_the_directions_are_zero() -> None:
    theta = np.array([1.0] * 4 + [0.0] * 8 + [0.5])
    for direction in random_directions(theta, groups(NETWORK), 3):
        assert not direction[4:12].any()
        assert direction[:4].all()
