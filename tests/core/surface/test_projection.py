"""The projection: rotations keep lengths and angles, and vertical lines stay vertical."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdsim.core.surface.box_frame import box_frame
from gdsim.core.surface.projection import Camera, Projection

ANGLES = [(turn, tilt) for turn in range(0, 360, 25) for tilt in (0, 10, 32, 60, 90)]
SIZES = [(1.0, 1.0, 0.6), (1.0, 0.4, 0.38), (0.3, 1.0, 0.33)]
SCREEN = (620.0, 480.0)

turns = st.floats(-720, 720)
tilts = st.floats(0, 90)
places = st.floats(-1, 1)
spots = st.floats(-300, 300)


def seen(turn: float, tilt: float, size: tuple[float, float, float] = SIZES[0]) -> Projection:
    return Camera(turn, tilt).looking_at(size, *SCREEN, 50)


def corners(size: tuple[float, float, float]) -> np.ndarray:
    return np.array(list(product((-0.5, 0.5), repeat=3))) * size


@pytest.mark.parametrize(("turn", "tilt"), ANGLES)
def test_right_up_and_eye_are_orthonormal(turn: int, tilt: int) -> None:
    projection = seen(turn, tilt)
    axes = np.array([projection.right, projection.up, projection.eye])
    np.testing.assert_allclose(axes @ axes.T, np.eye(3), atol=1e-12)
    # Right-handed: out of the screen is right × up.
    np.testing.assert_allclose(np.cross(axes[0], axes[1]), axes[2], atol=1e-12)


@pytest.mark.parametrize(("turn", "tilt"), ANGLES)
def test_vertical_lines_stay_vertical_and_equal_heights_look_equal(turn: int, tilt: int) -> None:
    projection = seen(turn, tilt)
    floor = np.array([[-0.5, -0.5, 0.1], [0.4, -0.2, 0.1], [0.5, 0.5, 0.1]])
    moved = projection.pixels(floor + np.array((0, 0, 0.3))) - projection.pixels(floor)
    np.testing.assert_allclose(moved[:, 0], 0, atol=1e-9)
    expected = -0.3 * projection.scale * np.cos(np.radians(tilt))
    np.testing.assert_allclose(moved[:, 1], expected, atol=1e-9)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("turn", "tilt"), ANGLES)
def test_the_whole_box_is_on_the_screen_at_every_angle(
    turn: int, tilt: int, size: tuple[float, float, float]
) -> None:
    pixels = seen(turn, tilt, size).pixels(corners(size))
    assert (pixels >= 49.9).all()
    assert (pixels <= np.array(SCREEN) - 49.9).all()


def test_a_rotation_does_not_change_the_scale() -> None:
    assert len({round(seen(turn, tilt).scale, 9) for turn, tilt in ANGLES}) == 1


def test_the_x_axis_points_right_and_the_y_axis_away() -> None:
    projection = seen(0, 30)
    x, y, z = projection.pixels(np.eye(3)) - projection.pixels(np.zeros(3))
    assert x[0] > 0
    assert x[1] == pytest.approx(0)
    assert y[0] == pytest.approx(0)
    assert y[1] < 0
    assert z[1] < 0
    assert projection.eye @ (0, 1, 0) < 0


@given(turns, tilts, places, places, places)
def test_the_point_at_a_pixel_projects_onto_it(
    turn: float, tilt: float, x: float, y: float, z: float
) -> None:
    projection = seen(turn, tilt)
    point = np.array((x, y, z))
    way = point - projection.on_screen(*projection.pixels(point))
    np.testing.assert_allclose(np.cross(way, projection.eye), 0, atol=1e-9)


@given(st.floats(0.5, 2.0), spots, spots, turns)
def test_zooming_keeps_the_point_under_the_mouse(
    factor: float, x: float, y: float, turn: float
) -> None:
    camera = Camera(turn, 40.0, 1.3, (12.0, -30.0))
    spot = (SCREEN[0] / 2 + x, SCREEN[1] / 2 + y)
    point = camera.looking_at(SIZES[0], *SCREEN, 50).on_screen(*spot)
    nearer = camera.zoomed(factor, (x, y)).looking_at(SIZES[0], *SCREEN, 50)
    np.testing.assert_allclose(nearer.pixels(point), spot, atol=1e-6)


@given(st.lists(st.tuples(spots, spots, st.floats(0.01, 100)), max_size=8))
def test_after_any_input_the_camera_is_within_its_limits(
    moves: list[tuple[float, float, float]],
) -> None:
    camera = Camera()
    for x, y, factor in moves:
        camera = camera.turned(x, y).zoomed(factor, (x, y)).shifted(y, x)
    assert 0 <= camera.turn < 360 + 1e-9
    assert 0 <= camera.tilt <= 90
    assert 0.1 < camera.zoom < 20


def test_a_screen_with_more_pixels_shows_the_same_picture() -> None:
    projection = seen(30, 32)
    points = corners(SIZES[0])
    np.testing.assert_allclose(
        projection.magnified(2).pixels(points), 2 * projection.pixels(points), atol=1e-9
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("turn", "tilt"), ANGLES)
def test_the_numbers_are_at_edges_that_nothing_hides(
    turn: int, tilt: int, size: tuple[float, float, float]
) -> None:
    projection = seen(turn, tilt, size)
    frame = box_frame(size, projection)
    everything = corners(size)
    for axis, edge in enumerate((frame.x, frame.y)):
        along = edge.end - edge.begin
        assert along[axis] == pytest.approx(size[axis])
        assert np.count_nonzero(along) == 1
        # No point of the floor is nearer to the viewer.
        middle = (edge.begin + edge.end) / 2
        assert middle @ projection.away <= 1e-12
        assert edge.begin[2] == -size[2] / 2
    left = projection.pixels(everything)[:, 0].min()
    assert projection.pixels(frame.z.begin)[0] == pytest.approx(left)
    for wall in frame.walls:
        assert wall.mean(axis=0) @ projection.away >= -1e-12
    np.testing.assert_allclose(frame.x.at(0.25)[0], -0.25 * size[0])


def test_a_point_beyond_the_largest_number_is_no_error() -> None:
    projection = Projection(turn=0.3, tilt=0.5, scale=300.0, middle=(400.0, 300.0))
    assert not np.isfinite(projection.pixels(np.array([[1e308, -1e308, 1e308]]))).all()
