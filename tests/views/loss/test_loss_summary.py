"""A summary of losses agrees with the losses, however many there are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plot_traces import losses

from gdsim.views.loss.loss_summary import LossSummary, union

LENGTHS = [1, 2, 63, 64, 65, 129, 1000, 5000, 70_001]


def noise(count: int, *, dirty: bool = False) -> np.ndarray:
    random = np.random.default_rng(count)
    values = np.exp(random.normal(size=count).cumsum() / 10) - 0.3
    if dirty and count > 10:
        values[count // 3] = np.nan
        values[count // 2] = np.inf
        values[count // 4] = -np.inf
    return values


@pytest.mark.parametrize("dirty", [False, True])
@pytest.mark.parametrize("count", LENGTHS)
def test_the_extent_is_that_of_all_rows(count: int, dirty: bool) -> None:
    values = noise(count, dirty=dirty)
    summary = LossSummary(losses(values))
    summary.update()
    known = values[np.isfinite(values)]
    positive = known[known > 0]
    extent = summary.extent()
    assert (extent.low, extent.high) == (known.min(), known.max())
    assert extent.positive == pytest.approx(
        positive.min() if len(positive) else np.nan, nan_ok=True
    )


@pytest.mark.parametrize("count", LENGTHS)
def test_rises_are_counted_exactly(count: int) -> None:
    values = noise(count, dirty=True)
    summary = LossSummary(losses(values))
    summary.update()
    with np.errstate(invalid="ignore"):
        rose = np.append([False], values[1:] > values[:-1])
    for row in {0, count // 2, count - 1}:
        assert summary.rises_until(row) == rose[: row + 1].sum()


@pytest.mark.parametrize("count", LENGTHS)
def test_marked_rises_are_rises_and_no_bin_with_one_is_left_out(count: int) -> None:
    values = noise(count)
    summary = LossSummary(losses(values))
    summary.update()
    rows, marked = summary.rises(0, count, 40)
    rows = rows.astype(int)
    assert len(rows) <= 81
    assert (values[rows] > values[rows - 1]).all()
    np.testing.assert_array_equal(marked, values[rows])
    assert bool(len(rows)) == bool((np.diff(values) > 0).any())


@pytest.mark.parametrize("bins", [50, 400])
@pytest.mark.parametrize("count", LENGTHS)
def test_the_envelope_holds_every_loss_and_no_other(count: int, bins: int) -> None:
    values = noise(count)
    summary = LossSummary(losses(values))
    summary.update()
    for first, last in ((0, count), (count // 3, count), (count // 4, count // 2 + 1)):
        line = summary.envelope(first, last, bins)
        assert len(line.rows) <= 2 * bins + 2
        inside = values[first:last]
        assert np.nanmin(line.low) <= inside.min()
        assert np.nanmax(line.high) >= inside.max()
        assert np.isin(line.low[~np.isnan(line.low)], values).all()
        assert (np.diff(line.rows) > 0).all()
        if line.exact:
            np.testing.assert_array_equal(line.low, inside)
        assert abs(line.rows[-1] - (last - 1)) <= max(1, 2 * count / bins)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 9000), min_size=1, max_size=12))
def test_growing_in_pieces_gives_the_same_summary(pieces: list[int]) -> None:
    values = noise(sum(pieces))
    trace = losses(values[: pieces[0]])
    summary = LossSummary(trace)
    for start, size in zip(np.cumsum(pieces)[:-1], pieces[1:], strict=True):
        summary.update()
        trace.add(np.zeros((size, 2)), values[start : start + size])
    summary.update()
    once = LossSummary(losses(values))
    once.update()
    np.testing.assert_array_equal(
        summary.envelope(0, len(values), 100).high, once.envelope(0, len(values), 100).high
    )
    assert summary.rises_until(len(values)) == once.rises_until(len(values))
    assert summary.extent() == once.extent()


def test_only_new_rows_are_read() -> None:
    trace = losses(noise(200_000))
    summary = LossSummary(trace)
    summary.update()
    trace.rows_read = 0
    trace.add(np.zeros((1000, 2)), noise(1000))
    summary.update()
    summary.extent()
    summary.rises_until(len(trace))
    summary.envelope(0, len(trace), 400)
    summary.rises(0, len(trace), 40)
    assert trace.rows_read < 2000


def test_runs_without_values_do_not_affect_the_extent() -> None:
    good, bad = LossSummary(losses([1.0, 2.0])), LossSummary(losses([np.nan]))
    both = union([good.extent(), bad.extent()])
    assert (both.low, both.high, both.positive) == (1, 2, 1)
    assert np.isnan(union([bad.extent()])).all()
    assert np.isnan(union([])).all()


@pytest.mark.parametrize("dirty", [False, True])
@pytest.mark.parametrize("count", LENGTHS)
def test_the_neighbouring_rises_are_found_from_any_row(count: int, dirty: bool) -> None:
    values = noise(count, dirty=dirty)
    summary = LossSummary(losses(values))
    summary.update()
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero(values[1:] > values[:-1]) + 1
    places = {-1, 0, 1, 63, 64, 65, count // 2, count - 2, count - 1, count}
    for row in places | set(rows[:3].tolist()) | set(rows[-3:].tolist()):
        later, earlier = rows[rows > row], rows[rows < row]
        assert summary.rise_after(row) == (int(later[0]) if len(later) else None)
        assert summary.rise_before(row) == (int(earlier[-1]) if len(earlier) else None)
