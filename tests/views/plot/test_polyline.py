"""Thinned paths: what is left out is invisible, and the path up to a row is a prefix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdsim.views.plot.polyline import PixelMap, PixelPath, clipped, dashed, finite_segments

PIXELS = PixelMap(100.0, 200.0, -100.0, 200.0)
SIZE = (400.0, 400.0)

points = st.lists(
    st.tuples(
        st.one_of(st.floats(-3, 3), st.floats(allow_nan=True, allow_infinity=True)),
        st.floats(-3, 3),
    ),
    min_size=1,
    max_size=60,
)


def path_of(xy: np.ndarray, pieces: int = 1) -> PixelPath:
    path = PixelPath(PIXELS, *SIZE)
    for part in np.array_split(xy, pieces):
        path.extend(part[:, 0], part[:, 1])
    return path


@given(points, st.integers(1, 5))
def test_a_path_read_in_pieces_is_the_path_read_at_once(
    rows: list[tuple[float, float]], pieces: int
) -> None:
    xy = np.array(rows)
    once, piecewise = path_of(xy), path_of(xy, pieces)
    assert piecewise.rows_read == len(xy)
    np.testing.assert_allclose(piecewise.segments, once.segments)
    np.testing.assert_allclose(piecewise.dots, once.dots)
    for row in range(len(xy)):
        assert piecewise.segments_until(row) == once.segments_until(row)
        assert piecewise.dots_until(row) == once.dots_until(row)


@given(points)
def test_the_path_up_to_a_row_is_the_shorter_path(rows: list[tuple[float, float]]) -> None:
    xy = np.array(rows)
    whole = path_of(xy)
    row = len(xy) // 2
    shorter = path_of(xy[: row + 1])
    np.testing.assert_allclose(whole.segments[: whole.segments_until(row)], shorter.segments)
    np.testing.assert_allclose(whole.dots[: whole.dots_until(row)], shorter.dots)


@given(points)
def test_nothing_lies_far_outside_the_view(rows: list[tuple[float, float]]) -> None:
    segments = path_of(np.array(rows)).segments
    assert np.isfinite(segments).all()
    assert ((segments >= -41) & (segments <= 441)).all()


def test_every_visible_point_has_a_segment_near_it() -> None:
    random = np.random.default_rng(3)
    xy = np.cumsum(random.normal(scale=0.02, size=(20_000, 2)), axis=0) % 1.9 - 0.95
    path = path_of(xy, 7)
    ends = path.segments[:, 2:]
    seen = np.column_stack((PIXELS.x(xy[:, 0]), PIXELS.y(xy[:, 1])))[1:]
    for spot in seen[:: len(seen) // 300]:
        assert np.hypot(*(ends - spot).T).min() < 1.5


def test_a_run_that_oscillates_between_two_points_has_two_segments() -> None:
    xy = np.tile([[-1.0, 0.5], [1.0, -0.5]], (50_000, 1))
    path = path_of(xy, 10)
    assert len(path.segments) == 2
    assert len(path.dots) == 2


def test_the_number_of_segments_of_a_random_walk_is_limited() -> None:
    random = np.random.default_rng(5)
    path = path_of(random.uniform(-1.9, 1.9, (300_000, 2)), 30)
    assert len(path.segments) < 80_000
    assert len(path.dots) <= (400 / 5 + 1) ** 2


def test_a_point_that_is_not_a_number_breaks_the_line() -> None:
    path = path_of(np.array([[0, 0], [1, 0], [np.nan, 0], [1, 1], [0, 1]]))
    assert len(path.segments) == 2
    assert len(path.dots) == 4


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        ((10, 10, 20, 20), (10, 10, 20, 20)),
        ((-1000, 50, 1000, 50), (-40, 50, 140, 50)),
        ((50, -1e200, 50, 1e200), (50, -40, 50, 140)),
        ((-100, -100, -90, -50), None),
        ((200, 0, 0, 200), (140, 60, 60, 140)),
    ],
)
def test_segments_are_cut_to_the_view(
    segment: tuple[float, ...], expected: tuple[float, ...] | None
) -> None:
    cut, kept = clipped(np.array([segment], dtype=float), 100, 100)
    assert kept[0] == (expected is not None)
    if expected is not None:
        np.testing.assert_allclose(cut[0], expected, atol=1e-6)


@given(st.lists(st.floats(0.1, 30), min_size=1, max_size=20))
def test_dashes_continue_from_segment_to_segment(lengths: list[float]) -> None:
    ends = np.cumsum(lengths)
    starts = ends - lengths
    line = np.column_stack((starts, np.zeros(len(ends)), ends, np.zeros(len(ends))))
    strokes = dashed(line, starts, (4.0, 2.0))
    total = ends[-1]
    expected = total // 6 * 4 + min(total % 6, 4)
    assert (strokes[:, 2] - strokes[:, 0]).sum() == pytest.approx(expected, abs=1e-6)
    middles = (strokes[:, 0] + strokes[:, 2]) / 2
    assert (middles % 6 <= 4 + 1e-9).all()


def test_finite_segments_leaves_out_ends_that_are_not_finite() -> None:
    x = np.array([0.0, 1.0, np.nan, 2.0, 3.0])
    assert finite_segments(x, x).tolist() == [[0, 0, 1, 1], [2, 2, 3, 3]]
