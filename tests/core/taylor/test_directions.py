"""Steps of one length: the predicted change is least at 180°, and exact for small steps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from points import FUNCTIONS, model_at, objective, points

from gdsim.core.landscape.plane import Plane
from gdsim.core.taylor.directions import StepCircle, cosine, default_angle
from gdsim.core.taylor.local_model import local_model

SEVERAL = [key for key, entry in FUNCTIONS.items() if len(entry.parameters) > 1]


def circles(key: str) -> list[StepCircle]:
    made = []
    for number, (theta, _, size) in enumerate(points(key)):
        d = len(theta)
        axes = (number % d, (number + 1) % d)
        plane = Plane.of_parameters(theta, axes)
        made.append(StepCircle(local_model(objective(key), theta), plane, size / 50))
    return made


@pytest.mark.parametrize("key", SEVERAL)
def test_the_cosine_is_least_at_180_degrees_and_is_the_scalar_product(key: str) -> None:
    beta = np.arange(0.0, 360.0, 0.5)
    for circle in circles(key):
        predicted = circle.first_order(beta)
        assert beta[np.argmin(predicted)] == 180.0
        assert predicted.min() == -circle.steepness * circle.radius
        assert circle.first_order(180.0) == -circle.steepness * circle.radius
        product = circle.model.first_order(circle.step(beta))
        np.testing.assert_allclose(
            predicted, product, atol=1e-12 * circle.steepness * circle.radius
        )


@pytest.mark.parametrize("key", SEVERAL)
def test_every_step_has_length_r_and_its_own_angle(key: str) -> None:
    for circle in circles(key):
        for beta in (0.0, 37.0, 90.0, 180.0, 271.5, 359.0):
            step = circle.step(beta)
            assert np.linalg.norm(step) == pytest.approx(circle.radius)
            assert circle.plane.contains(step)
            x, y = circle.direction(beta)
            for angle in (circle.angle(x, y), default_angle(circle, step)):
                assert 0 <= angle < 360
                assert (angle - beta + 180) % 360 - 180 == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("key", SEVERAL)
def test_for_small_steps_the_loss_falls_most_near_180_degrees(key: str) -> None:
    """For small r the landscape is nearly a plane; for larger r prediction and loss differ."""
    beta = np.arange(0.0, 360.0, 1.0)
    for circle in circles(key):
        bend = np.abs(np.linalg.eigvalsh(circle.model.hessian)).max()
        near = StepCircle(circle.model, circle.plane, 1e-3 * circle.steepness / max(bend, 1e-9))
        lowest = beta[np.argmin(near.actual(beta))]
        assert abs(lowest - 180.0) <= 2.0
        gaps = [
            np.abs(far.actual(beta) - far.first_order(beta)).max() / far.radius
            for far in (near, StepCircle(circle.model, circle.plane, 10 * near.radius))
        ]
        assert gaps[1] > 2 * gaps[0]


@pytest.mark.parametrize("key", SEVERAL)
def test_contour_lines_of_the_linear_model_are_orthogonal_to_the_gradient(key: str) -> None:
    for circle in circles(key):
        lines = circle.level_lines(8)
        assert lines.shape == (7, 4)
        centre = circle.plane.project(circle.model.theta)
        along = (lines[:, 2:] - lines[:, :2]) @ circle.uphill
        np.testing.assert_allclose(along, 0, atol=1e-9 * circle.radius)
        for end in (lines[:, :2], lines[:, 2:]):
            np.testing.assert_allclose(np.linalg.norm(end - centre, axis=1), circle.radius)
        values = (lines[:, :2] - centre) @ circle.slope
        np.testing.assert_allclose(np.diff(values), circle.steepness * circle.radius / 4)


def test_without_a_gradient_the_angle_is_measured_from_the_first_axis() -> None:
    circle = StepCircle(model_at("x^2 - y^2", 0.0, 0.0), Plane.of_parameters((0.0, 0.0)), 0.5)
    assert not circle.has_slope
    assert circle.first_order(np.array([0.0, 90.0, 180.0])).tolist() == [0.0, 0.0, 0.0]
    assert circle.angle(0.0, 2.0) == 90.0
    assert circle.level_lines().shape == (0, 4)
    assert circle.actual(90.0) == -0.25
    assert circle.second_order(90.0) == pytest.approx(-0.25)
    assert default_angle(circle, np.zeros(2)) == 180.0


def test_an_undefined_gradient_gives_nan() -> None:
    circle = StepCircle(model_at("1/x + y", 0.0, 0.0), Plane.of_parameters((0.0, 0.0)), 0.5)
    assert not circle.has_slope
    assert math.isnan(circle.first_order(180.0))
    assert circle.level_lines().shape == (0, 4)
    assert math.isnan(circle.angle(0.0, 0.0))


def test_in_a_slice_the_angle_is_measured_to_the_projected_gradient() -> None:
    circle = StepCircle(
        model_at("x + 2*y + 5*z", 0.0, 0.0, 0.0), Plane.of_parameters((0.0, 0.0, 0.0)), 1.0
    )
    assert circle.steepness == pytest.approx(math.sqrt(5))
    assert circle.first_order(180.0) == pytest.approx(circle.actual(180.0))
    np.testing.assert_allclose(circle.step(0.0), [1 / math.sqrt(5), 2 / math.sqrt(5), 0])


def test_the_cosine_is_exact_at_multiples_of_90_degrees() -> None:
    assert [cosine(angle) for angle in (0, 90, 180, 270, 360, -90)] == [1, 0, -1, 0, 1, 0]
    np.testing.assert_allclose(
        cosine(np.arange(0, 361.0)), np.cos(np.radians(np.arange(361))), atol=1e-15
    )
    assert math.isnan(cosine(math.nan))


@pytest.mark.parametrize("radius", [1e200, 1e308])
def test_contour_lines_of_a_huge_circle_are_finite(radius: float) -> None:
    circle = StepCircle(model_at("x + y", 1.0, 1.0), Plane.of_parameters((1.0, 1.0)), radius)
    lines = circle.level_lines(8)
    assert len(lines)
    assert np.isfinite(lines).all()
