"""Columns with numbers near ±1e308 are drawn and standardised without an overflow."""

from __future__ import annotations

import math

import numpy as np

from gdsim.core.data.dataset import Dataset
from gdsim.core.data.standardise import standardised
from gdsim.core.learning.model_picture import home_ranges, scatter

X = np.array([1e308, -1e308, 0.0])
Y = np.array([-1e308, 1e308, 5.0])


def test_the_colours_of_the_points_span_the_labels() -> None:
    points = scatter({"a": X, "b": np.array([1.0, 2.0, 3.0]), "y": Y}, ("a", "b"), "y")
    assert points.shade.tolist() == [0.0, 1.0, 0.5]


def test_the_ranges_are_finite_and_contain_all_points() -> None:
    ranges = home_ranges(scatter({"x": X, "y": Y}, ("x",), "y"), lambda columns: -columns["x"])
    for (low, high), values in zip(ranges, (X, Y), strict=True):
        assert math.isfinite(low)
        assert math.isfinite(high)
        assert low <= values.min()
        assert values.max() <= high


def test_standardised_values_are_those_of_a_smaller_column() -> None:
    large, (scale,) = standardised(Dataset("large", {"x": X}))
    small, _ = standardised(Dataset("small", {"x": X / 1e308}))
    assert np.allclose(large.columns["x"], small.columns["x"])
    assert math.isclose(scale.deviation, math.sqrt(2 / 3) * 1e308)
