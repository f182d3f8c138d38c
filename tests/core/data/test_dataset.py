"""Data sets as values, and which of their rows an update learns from."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdsim.core.data.batches import Batches, GatheredBatches, shuffled
from gdsim.core.data.dataset import Dataset
from gdsim.core.problem import Problem
from gdsim.core.run.choices import choose
from gdsim.core.run.experiment import Experiment

POINTS = Dataset("points", {"x": [1, 2, 3], "y": [2, 3, 4]})


def test_equal_contents_are_equal_and_others_are_not() -> None:
    same = Dataset("points", {"x": np.array([1.0, 2.0, 3.0]), "y": [2, 3, 4]})
    assert (same, hash(same)) == (POINTS, hash(POINTS))
    for other in (
        Dataset("dots", dict(POINTS.columns)),
        Dataset("points", {"x": [1, 2, 3], "z": [2, 3, 4]}),
        Dataset("points", {"y": [2, 3, 4], "x": [1, 2, 3]}),
        Dataset("points", {"x": [1, 2, 3], "y": [2, 3, np.nextafter(4, 5)]}),
    ):
        assert other != POINTS
    assert POINTS != "points"


def test_the_numbers_are_its_own_and_cannot_be_changed() -> None:
    values = np.array([1.0, 2.0])
    data = Dataset("own", {"x": values})
    values[0] = 5.0
    assert data.columns["x"].tolist() == [1.0, 2.0]
    with pytest.raises(ValueError, match="read-only"):
        data.columns["x"][0] = 5.0


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({}, "the data have no column"),
        ({"x": []}, "the data have no row"),
        ({"x": [1], "y": [1, 2]}, "the columns of the data differ in length"),
        ({"x": [1, float("nan")]}, "column x holds a value that is not a finite number"),
        ({"x": ["a"]}, "column x holds a value that is not a finite number"),
        ({"x": [[1.0]]}, "column x holds a value that is not a finite number"),
        ({"x": [10**400]}, "column x holds a value that is not a finite number"),
        ({"exp": [1]}, "exp cannot be the name of a column"),
        ({"theta_1": [1]}, "theta_1 cannot be the name of a column"),
        ({"prediction": [1]}, "prediction cannot be the name of a column"),
        ({"a b": [1]}, "a b cannot be the name of a column"),
        ({f"x{i}": [1] for i in range(65)}, "the data have more than 64 columns"),
        ({"x": np.zeros(1_000_001)}, "the data have more than 1\u2009000\u2009000 rows"),
    ],
)
def test_what_is_wrong_with_data_is_said(columns: dict[str, object], sentence: str) -> None:
    with pytest.raises(Problem, match=f"^{sentence}$"):
        Dataset("wrong", columns)  # type: ignore[arg-type]


@pytest.mark.parametrize("values", [None, [], {"name": "a"}, {"name": 1, "columns": {}}])
def test_a_document_without_data_is_refused(values: object) -> None:
    with pytest.raises(Problem, match="a data set has a name and columns of numbers"):
        Dataset.from_values(values)


def test_an_experiment_with_data_survives_being_written_down() -> None:
    chosen = choose(
        "(prediction - y)^2", data=POINTS, prediction="theta0 + theta1*x", batch=2, seed=7
    )
    text = json.dumps(chosen.model_dump(mode="json"))
    assert Experiment.model_validate_json(text) == chosen


sizes = st.tuples(st.integers(1, 300), st.integers(1, 310), st.integers(0, 2**63 - 1))


@given(sizes, st.integers(0, 2**40))
def test_an_epoch_sees_every_row_once(size: tuple[int, int, int], epoch: int) -> None:
    rows, batch, seed = size
    batches = Batches(rows, batch, seed)
    first = epoch * batches.in_epoch
    seen = [batches.rows_of(first + place) for place in range(batches.in_epoch)]
    assert sorted(np.concatenate(seen).tolist()) == list(range(rows))
    assert [len(piece) for piece in seen[:-1]] == [min(batch, rows)] * (len(seen) - 1)
    assert {batches.epoch_of(first + place) for place in range(len(seen))} == {epoch}
    assert [batches.batch_of(first + place) for place in range(len(seen))] == [*range(len(seen))]


@given(sizes, st.lists(st.integers(0, 2000), min_size=1, max_size=12))
def test_the_rows_of_an_update_do_not_depend_on_what_was_asked_before(
    size: tuple[int, int, int], asked: list[int]
) -> None:
    rows, batch, seed = size
    data = Dataset("numbers", {"x": np.arange(rows), "y": -np.arange(rows)})
    gathered = GatheredBatches(data, Batches(rows, batch, seed))
    for t in asked:
        expected = Batches(rows, batch, seed).rows_of(t)
        x, y = gathered.of(t)
        assert x.tolist() == expected.tolist()
        assert y.tolist() == (-expected).tolist()


def test_epochs_and_seeds_shuffle_differently() -> None:
    orders = [shuffled(50, seed, epoch).tolist() for seed in range(4) for epoch in range(4)]
    assert len({tuple(order) for order in orders}) == 16
    assert sorted(orders[0]) == list(range(50)) != orders[0]


def test_the_order_is_the_same_on_every_machine() -> None:
    """Written down once: a later version of NumPy or of this file must not reshuffle a lesson."""
    assert shuffled(8, 0, 0).tolist() == [0, 2, 1, 5, 4, 3, 6, 7]


def test_every_row_comes_first_about_equally_often() -> None:
    firsts = [int(shuffled(4, seed, 0)[0]) for seed in range(4_000)]
    assert np.abs(np.bincount(firsts, minlength=4) - 1_000).max() < 120


def test_all_rows_keep_their_order() -> None:
    for batch in (None, 3, 99):
        batches = Batches(3, batch, 5)
        assert batches.is_whole
        assert batches.rows_of(11).tolist() == [0, 1, 2]
        assert batches.epoch_of(11) == 11
