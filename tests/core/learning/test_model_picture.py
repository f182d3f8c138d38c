"""The plot of the data: points, and the curve, colour map and boundary of the model."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from gdsim.core.arrays import Floats
from gdsim.core.learning.model_picture import (
    MOST_POINTS,
    MOST_RESIDUALS,
    PlotKind,
    agreement,
    home_ranges,
    model_curve,
    model_map,
    scatter,
)

Columns = Mapping[str, Floats]


def columns(rows: int = 60) -> dict[str, Floats]:
    random = np.random.default_rng(3)
    a, b, c = random.normal(size=(3, rows))
    return {"a": a, "b": b, "c": c, "value": 2 * a - b, "label": (a > b).astype(np.float64)}


def plane(given: Columns) -> Floats:
    return 2 * given["a"] - given["b"]


@pytest.mark.parametrize(
    ("inputs", "target", "kind"),
    [
        (("a",), "value", PlotKind.CURVE),
        (("a",), "label", PlotKind.CURVE),
        (("a", "b"), "value", PlotKind.VALUES),
        (("a", "b"), "label", PlotKind.CLASSES),
        (("a", "b", "c"), "value", PlotKind.AGREEMENT),
        ((), "value", PlotKind.AGREEMENT),
    ],
)
def test_the_plot_fits_the_inputs_and_the_target(
    inputs: tuple[str, ...], target: str, kind: PlotKind
) -> None:
    assert scatter(columns(), inputs, target).kind is kind


@pytest.mark.parametrize(
    ("target", "classes"),
    [
        ([0, 1, 1, 0], True),
        ([-1, 1, 1], True),
        ([0, 1, 0.5], False),
        ([1, 2], False),
        ([1, 1], False),
        ([], False),
    ],
)
def test_two_classes_are_recognised_by_their_labels(target: list[float], classes: bool) -> None:
    given = {"a": np.zeros(len(target)), "b": np.zeros(len(target)), "y": np.array(target)}
    points = scatter(given, ("a", "b"), "y")
    assert (points.kind is PlotKind.CLASSES) == classes
    assert np.isfinite(home_ranges(points)).all()


@pytest.mark.parametrize("inputs", [("a",), ("a", "b"), ("a", "b", "c")])
def test_every_point_is_inside_the_initial_ranges(inputs: tuple[str, ...]) -> None:
    given = columns()
    points = scatter(given, inputs, "value")
    (x0, x1), (y0, y1) = home_ranges(points)
    if points.kind is PlotKind.AGREEMENT:
        points = agreement(lambda c: 2 * c["a"] - c["b"] + 0 * c["c"], given, points)
    assert ((points.x > x0) & (points.x < x1)).all()
    assert ((points.y > y0) & (points.y < y1)).all()


@pytest.mark.parametrize(("said", "is_seen"), [(2.0, True), (12.0, True), (-6.0, False)])
def test_the_model_is_inside_the_initial_ranges_unless_the_points_get_too_small(
    said: float, is_seen: bool
) -> None:
    given = {"x": np.arange(5.0), "y": np.arange(5.0, 10.0)}
    _, (low, high) = home_ranges(
        scatter(given, ("x",), "y"), lambda c: np.where(c["x"] > 3, np.nan, said)
    )
    assert (low < said < high) == is_seen
    assert low < 5.0 < 9.0 < high
    assert is_seen or high - low < 6.0


def test_of_many_rows_the_same_sample_is_always_drawn() -> None:
    given = columns(3 * MOST_POINTS)
    first, second = (scatter(given, ("a",), "value") for _ in range(2))
    assert first.is_thinned
    assert len(first.drawn) == MOST_POINTS
    assert (np.diff(first.drawn) > 0).all()
    assert (first.drawn == second.drawn).all()
    assert not scatter(columns(MOST_POINTS), ("a",), "value").is_thinned


def test_the_curve_is_the_prediction() -> None:
    points = scatter(columns(), ("a",), "value")
    rows = np.array([4, 7])
    curve = model_curve(lambda c: 3 * c["a"] ** 2, points, (-2.0, 5.0), rows)
    assert curve.x[[0, -1]].tolist() == [-2, 5]
    assert curve.y == pytest.approx(3 * curve.x**2)
    assert curve.predicted == pytest.approx(3 * points.x[rows] ** 2)


def test_the_curve_is_interrupted_where_the_prediction_is_undefined() -> None:
    points = scatter(columns(), ("a",), "value")
    with np.errstate(all="ignore"):
        curve = model_curve(lambda c: np.log(c["a"]), points, (-1.0, 1.0))
    assert np.isnan(curve.y[curve.x < 0]).all()
    assert np.isfinite(curve.y[curve.x > 0.1]).all()


def test_too_many_residual_lines_are_not_drawn() -> None:
    given = columns(MOST_RESIDUALS + 1)
    points = scatter(given, ("a",), "value")
    assert not len(model_curve(lambda c: c["a"], points, (0.0, 1.0)).rows)
    assert len(model_curve(lambda c: c["a"], points, (0.0, 1.0), points.drawn[1:]).rows)


def test_a_perfect_model_is_on_the_diagonal() -> None:
    given = columns()
    points = scatter(given, ("a", "b", "c"), "value")
    told = agreement(plane, given, points)
    assert told.y == pytest.approx(told.x)
    assert told.drawn is points.drawn
    diagonal = model_curve(plane, told, (-3.0, 3.0))
    assert diagonal.y == pytest.approx(diagonal.x)
    assert diagonal.predicted == pytest.approx(given["value"])


@pytest.mark.parametrize("low", [0.0, -1.0])
def test_the_boundary_lies_half_way_between_the_labels(low: float) -> None:
    given = columns()
    given["label"] = np.where(given["a"] > 0, 1.0, low)
    points = scatter(given, ("a", "b"), "label")
    middle = (low + 1) / 2
    picture = model_map(lambda c: middle + c["a"] - 2 * c["b"], points, (-1.0, 1.0), (-1.0, 1.0))
    boundary = picture.boundary[np.isfinite(picture.boundary).all(axis=1)]
    assert len(boundary)
    assert boundary[:, 0] == pytest.approx(2 * boundary[:, 1], abs=1e-9)
    # On either side of the boundary the model has the shade of the class.
    assert picture.shade[0, -1] == 1.0
    assert picture.shade[-1, 0] == 0.0


def test_a_point_has_the_shade_of_the_map_where_the_model_is_right() -> None:
    given = columns()
    points = scatter(given, ("a", "b"), "value")
    picture = model_map(plane, points, *home_ranges(points), resolution=400)
    columns_of = np.abs(picture.x - points.x[:, None]).argmin(axis=1)
    rows_of = np.abs(picture.y - points.y[:, None]).argmin(axis=1)
    assert picture.shade[rows_of, columns_of] == pytest.approx(points.shade, abs=0.02)
    assert not len(picture.boundary)


def test_a_constant_target_has_a_shade() -> None:
    given = {**columns(), "value": np.full(60, 2.0)}
    points = scatter(given, ("a", "b"), "value")
    assert (points.shade == 0.5).all()
