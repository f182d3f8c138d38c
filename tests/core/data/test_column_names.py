"""Every title becomes a name that a formula can read, and no two are alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdsim.core.data.column_names import column_names
from gdsim.core.data.dataset import Dataset
from gdsim.core.formula.notation import parse


@given(st.lists(st.text(max_size=50), min_size=1, max_size=12))
def test_every_table_has_names(titles: list[str]) -> None:
    names = column_names(titles)
    assert len(set(names)) == len(titles)
    assert Dataset("any", {name: [1.0] for name in names}).names == names
    for name in names:
        assert parse(f"2*{name}", names).names == (name,)


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["x", "y"], ("x", "y")),
        (["Größe (cm)", "Gewicht [kg]"], ("Grosse_cm", "Gewicht_kg")),
        (["身高", "体重"], ("x1", "x2")),
        (["身高", "x1", "年龄"], ("x2", "x1", "x3")),
        (["", "", "y"], ("x1", "x2", "y")),
        (["x", "x", "x"], ("x", "x2", "x3")),
        (["x2", "x", "x"], ("x2", "x", "x3")),
        (["θ₁", "theta_2"], ("theta1", "theta2")),
        (["pi", "e", "sin", "prediction"], ("x1", "x2", "x3", "x4")),
        (["2nd", "sepal length", "sepal-length"], ("nd", "sepal_length", "sepal_length2")),
        (["面积 (m²)", "价格（万元/m2）", "高 h"], ("x1", "x2", "h")),
        (["crème brûlée"], ("creme_brulee",)),
    ],
)
def test_names_are_the_titles_as_far_as_they_can_be(
    titles: list[str], names: tuple[str, ...]
) -> None:
    assert column_names(titles) == names
