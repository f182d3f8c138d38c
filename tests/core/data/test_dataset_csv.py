"""A data set that is saved reads back to the same numbers, classes included."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdsim.core.data.csv_reader import read_csv
from gdsim.core.data.dataset import Dataset
from gdsim.core.data.dataset_csv import write_dataset
from gdsim.core.data.table_source import pasted

finite = st.floats(allow_nan=False, allow_infinity=False)


def written(data: Dataset) -> str:
    text = io.StringIO()
    write_dataset(data, text)
    return text.getvalue()


@given(st.lists(st.tuples(finite, finite, finite), min_size=1, max_size=8))
def test_what_is_saved_reads_back(rows: list[tuple[float, float, float]]) -> None:
    columns = dict(zip(("x", "theta1", "y_long_name"), zip(*rows, strict=True), strict=True))
    data = Dataset("pasted", columns)
    assert read_csv(pasted(written(data))).dataset() == data


def test_classes_are_saved_by_their_names() -> None:
    data = Dataset("pasted", {"x": [1.5, 2, 3], "y": [0, 1, 0]}, {"y": ("no, never", "yes")})
    assert written(data) == 'x,y\n1.5,"no, never"\n2.0,yes\n3.0,"no, never"\n'
    assert read_csv(pasted(written(data))).dataset() == data


@pytest.mark.parametrize("text", ["=1+1", "+x", "-x", "@x"])
def test_no_class_is_a_formula_for_a_spreadsheet(text: str) -> None:
    data = Dataset("d", {"x": [1, 2], "y": [0, 1]}, {"y": ("a", text)})
    assert f"2.0,'{text}\n" in written(data)
