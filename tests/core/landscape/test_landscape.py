"""The sampled loss: iso-lines are at their levels, colours at their losses, curves end at jumps."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import contourpy
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gdsim.core.arrays import Floats, quantiles
from gdsim.core.landscape.landscape import Landscape, iso_lines, sample_curve, sample_plane
from gdsim.core.landscape.loss_scale import LossScale, Spacing, loss_levels, loss_scale
from gdsim.core.landscape.plane import Plane


class Formula:
    """The smallest object that a landscape can be sampled from."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def value(self, theta: Floats) -> Any:
        with np.errstate(all="ignore"):
            return self._function(*theta)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "bowl": lambda x, y: x**2 + y**2,
    "elongated": lambda x, y: x**2 + 30 * y**2,
    "saddle": lambda x, y: x**2 - y**2,
    "rosenbrock": lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    "himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "goldstein-price": lambda x, y: (
        (1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2))
        * (30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2))
    ),
    "easom": lambda x, y: -np.cos(x) * np.cos(y) * np.exp(-((x - np.pi) ** 2) - (y - np.pi) ** 2),
    "logarithm": lambda x, y: np.log(x * y),
    "pole": lambda x, y: 1 / x + y,
    "explosion": lambda x, y: np.exp(90 * x * y),
}


def plane(function: Callable[..., Any], **changes: Any) -> Landscape:
    options: dict[str, Any] = {"x_range": (-2.0, 2.0), "y_range": (-1.0, 3.0), "resolution": 120}
    return sample_plane(Formula(function), Plane.of_parameters((0.0, 0.0)), **(options | changes))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_samples_are_the_loss_at_their_point(name: str) -> None:
    landscape = plane(FUNCTIONS[name])
    for i, j in ((0, 0), (3, 70), (119, 1), (50, 50)):
        with np.errstate(all="ignore"):
            loss = FUNCTIONS[name](landscape.x[i], landscape.y[j])
        expected = loss if np.isfinite(loss) else np.nan
        assert landscape.z[j, i] == pytest.approx(expected, rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_there_are_about_twenty_levels_inside_the_range(name: str) -> None:
    landscape = plane(FUNCTIONS[name])
    assert 10 <= len(landscape.levels) <= 32
    assert list(landscape.levels) == sorted(set(landscape.levels))
    assert landscape.levels[0] >= np.nanmin(landscape.z)
    assert landscape.levels[-1] <= np.nanmax(landscape.z)


@pytest.mark.parametrize("name", ["bowl", "rosenbrock", "himmelblau", "saddle"])
def test_the_loss_on_an_iso_line_is_a_level(name: str) -> None:
    landscape = plane(FUNCTIONS[name], resolution=400)
    points = landscape.lines[~np.isnan(landscape.lines).any(axis=1)]
    losses = FUNCTIONS[name](points[:, 0], points[:, 1])
    levels = np.array(landscape.levels)
    nearest = np.abs(losses[:, None] - levels).min(axis=1)
    # Lines are straight between samples: the error is that of a chord.
    assert np.quantile(nearest / (np.abs(losses) + 0.1), 0.95) < 0.02


@pytest.mark.parametrize("name", FUNCTIONS)
def test_colours_are_monotonic_in_the_loss(name: str) -> None:
    landscape = plane(FUNCTIONS[name])
    known = ~np.isnan(landscape.z)
    assert (np.isnan(landscape.normalised) == ~known).all()
    order = np.argsort(landscape.z[known])
    colours = landscape.normalised[known][order]
    assert (np.diff(colours) >= 0).all()
    assert colours[0] <= 0.05
    assert colours[-1] == pytest.approx(1)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_numbers_of_the_colour_bar_are_at_their_losses(name: str) -> None:
    landscape = plane(FUNCTIONS[name])
    assert len(landscape.ticks) >= 3
    for position, loss in landscape.ticks:
        assert 0 <= position <= 1
        assert landscape.scale.position(np.array(loss)) == pytest.approx(position)
    positions = [position for position, _ in landscape.ticks]
    assert positions == sorted(positions)


def test_a_wide_range_is_spaced_by_the_logarithm_of_the_height() -> None:
    assert plane(FUNCTIONS["rosenbrock"]).scale.spacing is Spacing.LOG
    steep = plane(FUNCTIONS["goldstein-price"]).scale
    assert steep.spacing is Spacing.LOG
    assert steep.low == pytest.approx(3, abs=0.2)
    assert plane(FUNCTIONS["saddle"]).scale.spacing is Spacing.LINEAR
    assert plane(FUNCTIONS["bowl"], y_range=(-2.0, 2.0)).scale.spacing is Spacing.LINEAR


def test_levels_stay_the_same_while_the_view_moves() -> None:
    here = set(plane(FUNCTIONS["rosenbrock"]).levels)
    there = plane(FUNCTIONS["rosenbrock"], x_range=(-1.99, 2.01)).levels
    assert len(here & set(there)) >= len(there) - 2


@pytest.mark.parametrize(
    "function",
    [
        lambda x, y: np.float64(3.0),
        lambda x, y: 0 * x,
        lambda x, y: np.nan * x,
        lambda x, y: np.inf + x,
        lambda x, y: 1e308 * (x + 10),
        lambda x, y: np.where(x > 100, 1.0, np.nan),
    ],
)
def test_a_constant_or_undefined_loss_has_no_iso_lines(function: Callable[..., Any]) -> None:
    landscape = plane(function)
    assert landscape.scale.spacing is Spacing.FLAT
    assert landscape.levels == ()
    assert landscape.lines.shape == (0, 2)
    assert len(landscape.ticks) <= 1


def test_iso_lines_are_those_of_contourpy_and_avoid_what_is_not_finite() -> None:
    x, y = np.linspace(-2.0, 2.0, 90), np.linspace(-1.0, 3.0, 70)
    across, up = np.meshgrid(x, y)
    levels = (-1.0, 0.0, 0.5, 2.0)
    for z in (
        across**2 - up**3,
        np.where(across + up > 1, np.nan, np.sin(3 * across) * up),
        np.where(across > 1, np.inf, across * up),
    ):
        generator = contourpy.contour_generator(
            x, y, np.ma.masked_invalid(z), line_type=contourpy.LineType.ChunkCombinedNan
        )
        drawn = [points for level in levels for points in generator.lines(level)[0]]
        expected = np.concatenate([points for points in drawn if points is not None])
        lines = iso_lines(x, y, z, levels)
        np.testing.assert_array_equal(_without_gaps(lines), _without_gaps(expected))


def _without_gaps(points: Floats) -> Floats:
    return points[~np.isnan(points[:, 0])]


@given(
    st.lists(st.floats(-1e100, 1e100), min_size=1, max_size=50),
    st.lists(st.floats(0, 1), min_size=1, max_size=4),
)
def test_quantiles_are_those_of_numpy(values: list[float], fractions: list[float]) -> None:
    array = np.array(values)
    expected = np.quantile(array, fractions)
    spread = float(np.ptp(array)) + float(np.abs(array).max())
    np.testing.assert_allclose(quantiles(array, fractions), expected, rtol=0, atol=1e-14 * spread)
    assert quantiles(array, 0.5) == pytest.approx(
        np.quantile(array, 0.5), rel=0, abs=1e-14 * spread
    )


def test_a_single_finite_sample_raises_nothing() -> None:
    landscape = plane(lambda x, y: np.where((x == -2) & (y == -1), 1.0, np.inf))
    assert np.isfinite(landscape.z).sum() == 1
    assert landscape.levels == ()


def test_other_parameters_are_constant() -> None:
    landscape = sample_plane(
        Formula(lambda a, b, c: 100 * a + 10 * b + c),
        Plane.of_parameters((1.0, 2.0, 3.0), (2, 0)),
        x_range=(0.0, 1.0),
        y_range=(5.0, 6.0),
        resolution=3,
    )
    assert landscape.z[2, 1] == 100 * 6.0 + 10 * 2.0 + 0.5


@given(
    st.floats(-1e6, 1e6),
    st.floats(1e-6, 1e6),
    st.floats(1e-6, 0.9),
    st.sampled_from([Spacing.LINEAR, Spacing.LOG]),
)
def test_position_and_loss_are_inverse(
    low: float, span: float, share: float, spacing: Spacing
) -> None:
    scale = LossScale(spacing, low, low + span, share * span)
    for position in (0.0, 0.3, 1.0):
        loss = scale.loss_at(position)
        tolerance = 1e-6 + 1e-9 * abs(low) / (share * span)
        assert float(scale.position(np.array(loss))) == pytest.approx(position, abs=tolerance)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=1, max_size=40))
@example([0.0, 0.0, 9999999999999990.0])  # its logarithm rounds up to 16
def test_any_values_have_a_scale(values: list[float]) -> None:
    z = np.array(values)
    z[~(np.abs(z) < 1e300)] = np.nan
    scale = loss_scale(z)
    levels = loss_levels(scale)
    assert len(levels) < 60
    positions = scale.position(z)
    known = ~np.isnan(z)
    assert ((positions[known] >= 0) & (positions[known] <= 1)).all()


# Curves


def along(function: Callable[[Floats], Any], x_range: tuple[float, float] = (-2.0, 2.0)) -> Any:
    return sample_curve(Formula(function), np.zeros(1), x_range=x_range)


@pytest.mark.parametrize(
    ("function", "breaks"),
    [
        (lambda x: (x - 3) ** 2, 0),
        (np.abs, 0),
        (lambda x: np.tanh(200 * x), 0),
        (lambda x: 1 / (x - 0.0007), 1),
        (lambda x: np.sign(x - 0.0007), 1),
        (lambda x: np.tan(x * 2), 2),
        (lambda x: 7 + 0 * x, 0),
    ],
)
def test_the_curve_is_interrupted_at_jumps_and_only_there(
    function: Callable[[Floats], Any], breaks: int
) -> None:
    curve = along(function)
    gaps = [known for known, _ in itertools.groupby(np.isnan(curve.y)) if known]
    assert len(gaps) == breaks
    assert (np.diff(curve.x) > 0).all()


def test_the_curve_is_interrupted_where_the_loss_is_undefined() -> None:
    curve = along(np.log)
    assert np.isnan(curve.y[curve.x <= 0]).all()
    assert np.isfinite(curve.y[curve.x > 0]).all()


def test_a_pole_does_not_determine_the_extent() -> None:
    low, high = along(lambda x: 1 / x).extent
    assert -60 < low < -2
    assert 2 < high < 60
    assert along(lambda x: (x - 1) ** 2).extent == (pytest.approx(0, abs=1e-5), 9)


def test_a_curve_without_values_has_no_extent() -> None:
    curve = along(lambda x: np.nan * x)
    assert np.isnan(curve.extent).all()
    assert np.isnan(curve.y).all()


def test_a_curve_contains_the_point() -> None:
    curve = sample_curve(
        Formula(lambda a, b: a + 10 * b), np.array([3.0, 4.0]), axis=1, x_range=(0.0, 1.0)
    )
    assert curve.y[-1] == 13
