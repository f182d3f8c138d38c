"""A landscape as a surface: heights agree with colours, and near points hide those behind them."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.landscape.landscape import Landscape, sample_plane
from gdsim.core.landscape.loss_scale import Spacing, with_spacing
from gdsim.core.landscape.plane import Plane
from gdsim.core.run.choices import choose
from gdsim.core.surface.hidden_surface import visible_pixels
from gdsim.core.surface.projection import Camera, Projection
from gdsim.core.surface.surface import Surface, surface_of

PLANES = [key for key, entry in catalogue.functions().items() if len(entry.parameters) == 2]
SCREEN = (300, 260)
CAMERAS = [Camera(30, 32), Camera(0, 90), Camera(135, 15), Camera(250.5, 55), Camera(0, 0, 1.5)]


def landscape(key: str, resolution: int = 160) -> Landscape:
    entry = catalogue.function(key)
    x_range, y_range = entry.view
    objective = choose(key).objective()
    return sample_plane(
        objective,
        Plane.of_parameters((0.0, 0.0)),
        x_range=x_range,
        y_range=y_range,
        resolution=resolution,
    )


def formula(text: str, side: tuple[float, float] = (-1.0, 1.0), resolution: int = 161) -> Landscape:
    objective = choose(text, parameters=("x", "y")).objective()
    return sample_plane(
        objective,
        Plane.of_parameters((0.0, 0.0)),
        x_range=side,
        y_range=side,
        resolution=resolution,
    )


def seen(surface: Surface, camera: Camera) -> Projection:
    return camera.looking_at(surface.size, *SCREEN, 20)


# Heights


@pytest.mark.parametrize("key", PLANES)
def test_heights_agree_with_colours(key: str) -> None:
    plane = landscape(key)
    surface = surface_of(plane)
    np.testing.assert_array_equal(
        surface.heights, plane.normalised[surface.part].astype(np.float32)
    )
    assert surface.scale is plane.scale
    assert surface.ticks == plane.ticks


@pytest.mark.parametrize("spacing", [Spacing.LINEAR, Spacing.LOG])
@pytest.mark.parametrize("key", PLANES)
def test_either_spacing_keeps_the_order_of_losses(key: str, spacing: Spacing) -> None:
    plane = landscape(key)
    surface = surface_of(plane, spacing)
    order = np.argsort(plane.z[surface.part].ravel())
    heights = surface.heights.ravel()[order]
    heights = heights[np.isfinite(heights)]
    assert (np.diff(heights) >= -1e-6).all()
    assert heights.min() >= 0
    assert heights.max() <= 1
    # Each number of the axis is at the height of its loss.
    for place, loss in surface.ticks:
        assert surface.scale.loss_at(place) == pytest.approx(loss, abs=1e-6 * abs(plane.scale.high))


@pytest.mark.parametrize("key", PLANES)
def test_linear_heights_are_in_proportion(key: str) -> None:
    plane = landscape(key)
    if plane.scale.spacing is Spacing.FLAT:
        pytest.skip("nothing rises")
    surface = surface_of(plane, Spacing.LINEAR)
    low, high = plane.scale.low, plane.scale.high
    expected = (plane.z[surface.part] - low) / (high - low)
    np.testing.assert_allclose(surface.heights, expected, atol=1e-6)


def test_the_same_spacing_again_changes_nothing() -> None:
    plane = landscape("rosenbrock")
    assert plane.scale.spacing is Spacing.LOG
    assert with_spacing(plane.scale, plane.z, Spacing.LOG) is plane.scale
    linear = with_spacing(plane.scale, plane.z, Spacing.LINEAR)
    assert (linear.low, linear.high) == (plane.scale.low, plane.scale.high)
    assert with_spacing(linear, plane.z, Spacing.LOG) == plane.scale
    flat = formula("0*x*y + 4")
    assert with_spacing(flat.scale, flat.z, Spacing.LOG) is flat.scale


@pytest.mark.parametrize("key", PLANES)
def test_a_sample_is_draped_at_its_own_height(key: str) -> None:
    plane = landscape(key)
    surface = surface_of(plane)
    rows, columns = surface.part
    x, y = np.meshgrid(plane.x[columns], plane.y[rows])
    places = surface.draped(x.ravel(), y.ravel())
    height = places[:, 2] / surface.size[2] + 0.5
    np.testing.assert_allclose(height, surface.heights.ravel(), atol=1e-4)
    for axis in (0, 1):
        assert places[:, axis].min() == pytest.approx(-surface.size[axis] / 2)
        assert places[:, axis].max() == pytest.approx(surface.size[axis] / 2)


def test_outside_the_surface_the_height_is_undefined() -> None:
    surface = surface_of(formula("x^2 + y^2"))
    values = np.array([1.01, np.nan, np.inf, -5.0])
    assert np.isnan(surface.draped(values, np.zeros(4))[:, 2]).all()


# The part that is shown


def plane_of(width: float, height: float) -> Landscape:
    objective = choose("x^2 + 3*y^2").objective()
    half = (width / 2, height / 2)
    return sample_plane(
        objective,
        Plane.of_parameters((0.0, 0.0)),
        x_range=(-half[0], half[0]),
        y_range=(-half[1], half[1]),
        resolution=101,
    )


def test_of_a_long_plane_the_middle_and_the_home_view_are_shown() -> None:
    short = surface_of(plane_of(10, 20))
    assert short.y_range[1] == pytest.approx(6.25, abs=0.2)
    assert short.x_range == pytest.approx((-5, 5))
    whole = surface_of(plane_of(10, 20), home=((-5, 5), (-2, 8)))
    assert whole.y_range[0] == pytest.approx(-6.25, abs=0.2)
    assert whole.y_range[1] == pytest.approx(8, abs=0.2)
    assert whole.size[0] / whole.size[1] == pytest.approx(
        10 / (whole.y_range[1] - whole.y_range[0])
    )
    assert surface_of(plane_of(10, 11)).part == (slice(0, 101), slice(0, 101))


def test_very_different_ranges_get_unequal_scales() -> None:
    stretched = surface_of(plane_of(800, 4))
    assert not stretched.has_equal_scales
    assert stretched.size[:2] == (1.0, 1.0)
    assert stretched.x_range == (-400, 400)
    assert surface_of(plane_of(4, 4)).has_equal_scales


# Visibility


@pytest.mark.parametrize("tilt", [5, 20, 45, 56, 70, 90])
@pytest.mark.parametrize("turn", [0, 180])
def test_a_ridge_hides_its_far_side_when_seen_from_below_its_slope(turn: int, tilt: int) -> None:
    surface = surface_of(formula("-abs(y)"), Spacing.LINEAR)
    slope = np.degrees(np.arctan2(surface.size[2], surface.size[1] / 2))
    x = np.zeros(9)
    far = np.linspace(0.1, 0.9, 9) * (1 if turn == 0 else -1)
    projection = seen(surface, Camera(turn, tilt))
    assert surface.hides(surface.draped(x, far), projection).all() == (tilt < slope)
    assert not surface.hides(surface.draped(x, -far), projection).any()


@pytest.mark.parametrize("camera", CAMERAS)
@pytest.mark.parametrize("key", PLANES)
def test_a_click_on_a_visible_point_finds_it(key: str, camera: Camera) -> None:
    surface = surface_of(landscape(key))
    generator = np.random.default_rng(5)
    x = generator.uniform(*surface.x_range, 60)
    y = generator.uniform(*surface.y_range, 60)
    places = surface.draped(x, y)
    projection = seen(surface, camera)
    kept = np.isfinite(places).all(axis=1)
    kept[kept] = ~surface.hides(places[kept], projection)
    same = 0
    for spot, point in zip(projection.pixels(places[kept]), places[kept], strict=True):
        found = surface.pick(*spot, projection)
        if found is None:
            continue
        place = surface.draped(*(np.array([value]) for value in found))[0]
        np.testing.assert_allclose(projection.pixels(place), spot, atol=1)
        # No point is nearer to the viewer; at the rim two can be equally near.
        assert (place - point) @ projection.eye >= -0.02
        same += bool(np.abs(place - point).max() < 0.02)
    # Seen exactly from the side, every line of sight touches the surface somewhere.
    assert same >= 0.8 * kept.sum() or camera.tilt == 0


def test_a_click_beside_the_surface_finds_nothing() -> None:
    surface = surface_of(formula("x^2 + y^2"))
    assert surface.pick(2.0, 2.0, seen(surface, CAMERAS[0])) is None


# Visible pixels


@pytest.mark.parametrize("camera", CAMERAS)
@pytest.mark.parametrize("key", PLANES)
def test_each_pixel_shows_a_point_that_projects_onto_it(key: str, camera: Camera) -> None:
    surface = surface_of(landscape(key))
    projection = seen(surface, camera)
    sight = visible_pixels(surface, projection, *SCREEN)
    assert len(sight.rows) > 500
    assert len(set(zip(sight.rows.tolist(), sight.columns.tolist(), strict=True))) == len(
        sight.rows
    )
    (x0, x1), (y0, y1) = surface.x_range, surface.y_range
    u, v = (np.clip(part.astype(np.float64), 0, 1) for part in (sight.u, sight.v))
    places = surface.draped(x0 + u * (x1 - x0), y0 + v * (y1 - y0))
    pixels = projection.pixels(places)
    np.testing.assert_allclose(pixels[:, 0], sight.columns + 0.5, atol=0.02)
    # Vertically, a point can be anywhere in the pixel's part of the slice, which is not straight.
    off = np.abs(pixels[:, 1] - (sight.rows + 0.5))
    assert np.median(off) < 0.6
    assert np.quantile(off, 0.98) < 4
    hidden = surface.hides(places, projection)
    above = ~sight.beneath
    assert hidden[above].sum() <= 0.03 * max(above.sum(), 100)


@pytest.mark.parametrize("camera", CAMERAS[:4])
def test_a_point_that_is_not_hidden_is_visible(camera: Camera) -> None:
    surface = surface_of(landscape("himmelblau"))
    projection = seen(surface, camera)
    sight = visible_pixels(surface, projection, *SCREEN)
    picture = np.zeros(SCREEN[::-1], dtype=bool)
    picture[sight.rows, sight.columns] = True
    generator = np.random.default_rng(3)
    x = generator.uniform(*surface.x_range, 500)
    y = generator.uniform(*surface.y_range, 500)
    columns, rows = projection.pixels(surface.draped(x, y)).astype(int).T
    assert (
        picture[np.clip(rows, 0, SCREEN[1] - 1), np.clip(columns, 0, SCREEN[0] - 1)].mean() > 0.97
    )


def test_a_bowl_seen_from_the_side_shows_its_underside() -> None:
    surface = surface_of(formula("x^2 + y^2"), Spacing.LINEAR)
    assert visible_pixels(surface, seen(surface, Camera(10, 8)), *SCREEN).beneath.mean() > 0.3
    assert not visible_pixels(surface, seen(surface, Camera(10, 90)), *SCREEN).beneath.any()


def test_the_surface_behind_a_hole_is_visible() -> None:
    surface = surface_of(formula("sqrt(x^2 + y^2 - 0.25)"))
    assert np.isnan(surface.heights).any()
    projection = seen(surface, Camera(0, 90))
    sight = visible_pixels(surface, projection, *SCREEN)
    radius = np.hypot(2 * sight.u - 1, 2 * sight.v - 1)
    assert radius.min() > 0.47
    middle = [round(part) for part in projection.middle]
    assert (middle[1], middle[0]) not in set(
        zip(sight.rows.tolist(), sight.columns.tolist(), strict=True)
    )


@pytest.mark.parametrize("camera", CAMERAS)
def test_an_undefined_surface_has_no_visible_pixel(camera: Camera) -> None:
    surface = surface_of(formula("log(-1 - x^2 - y^2)"))
    assert not len(visible_pixels(surface, seen(surface, camera), *SCREEN).rows)
    assert surface.pick(150, 130, seen(surface, camera)) is None


@pytest.mark.parametrize("zoom", [0.3, 3.0, 12.0])
def test_far_and_near_views_stay_on_the_screen(zoom: float) -> None:
    surface = surface_of(landscape("himmelblau"))
    sight = visible_pixels(surface, seen(surface, Camera(30, 32, zoom)), *SCREEN)
    assert 0 <= sight.rows.min() <= sight.rows.max() < SCREEN[1]
    assert 0 <= sight.columns.min() <= sight.columns.max() < SCREEN[0]


# Light


def test_level_parts_have_exactly_the_colours_of_the_colour_bar() -> None:
    flat = surface_of(formula("0*x*y + 4"))
    np.testing.assert_allclose(flat.brightness(), 1.0)


@pytest.mark.parametrize("key", PLANES)
def test_no_slope_is_darker_than_the_limit(key: str) -> None:
    bright = surface_of(landscape(key)).brightness()
    assert bright.min() >= 0.7
    assert bright.max() <= 1.0
