"""What was learnt from standardised columns is the same model in the units of the file."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim.core.data.dataset import Dataset
from gdsim.core.data.standardise import columns_to_scale, standardised
from gdsim.core.learning.original_units import unit_change
from gdsim.core.loss.objectives import objective
from gdsim.core.loss.row_objective import RowObjective

DRAW = np.random.default_rng(4)
CARS = Dataset(
    "cars",
    {
        "weight": DRAW.uniform(1_600, 5_200, 60),
        "power": DRAW.uniform(40, 230, 60),
        "mpg": DRAW.uniform(9, 47, 60),
        "heavy": (DRAW.uniform(size=60) > 0.5).astype(float),
    },
)


def pair(loss: str, prediction: str, parameters: list[str]) -> tuple[RowObjective, RowObjective]:
    """The objective of the data as they are, and of the standardised data."""
    plain = objective(loss, tuple(parameters), CARS, prediction)
    assert isinstance(plain, RowObjective)
    scaled, _ = standardised(CARS, columns_to_scale(CARS, plain.target))
    changed = objective(loss, tuple(parameters), scaled, prediction)
    assert isinstance(changed, RowObjective)
    return plain, changed


LINEAR = [
    ("a + b*weight", ["a", "b"]),
    ("a + b*weight + c*power", ["a", "b", "c"]),
    ("a + b*weight + c*weight^2", ["a", "b", "c"]),
    ("a + b*weight + c*power + d*weight*power", ["a", "b", "c", "d"]),
]


@pytest.mark.parametrize(("prediction", "parameters"), LINEAR)
def test_least_squares_in_either_units_is_the_same(prediction: str, parameters: list[str]) -> None:
    plain, changed = pair("(prediction - mpg)^2", prediction, parameters)
    scales = standardised(CARS, columns_to_scale(CARS, "mpg"))[1]
    change = unit_change(changed, CARS, scales)
    assert change is not None

    def least(function: RowObjective) -> np.ndarray:
        base = function.predict(np.zeros(len(parameters)), function.data.columns)
        units = np.eye(len(parameters))
        design = [function.predict(unit, function.data.columns) - base for unit in units]
        goal = function.data.columns["mpg"] - base
        return np.linalg.lstsq(np.column_stack(design), goal, rcond=None)[0]

    assert change.of(least(changed)) == pytest.approx(least(plain), rel=1e-6)


@pytest.mark.parametrize(("prediction", "parameters"), LINEAR)
def test_the_model_says_the_same_of_every_row(prediction: str, parameters: list[str]) -> None:
    plain, changed = pair("(prediction - mpg)^2", prediction, parameters)
    data, scales = standardised(CARS, columns_to_scale(CARS, "mpg"))
    change = unit_change(changed, CARS, scales)
    assert change is not None
    scale = next(scale for scale in scales if scale.column == "mpg")
    for theta in DRAW.normal(size=(5, len(parameters))):
        there = changed.predict(theta, data.columns) * scale.deviation + scale.mean
        here = plain.predict(change.of(theta), CARS.columns)
        assert here == pytest.approx(there, rel=1e-6)


def test_a_class_keeps_its_numbers_and_the_boundary_moves_to_the_units() -> None:
    loss, prediction = "crossentropy(prediction, heavy)", "sigmoid(a + b*weight + c*power)"
    plain, changed = pair(loss, prediction, ["a", "b", "c"])
    data, scales = standardised(CARS, columns_to_scale(CARS, "heavy"))
    change = unit_change(changed, CARS, scales)
    assert change is not None
    theta = np.array([0.3, 2.0, -1.0])
    own = change.of(theta)
    assert plain.predict(own, CARS.columns) == pytest.approx(changed.predict(theta, data.columns))
    by_column = {scale.column: scale for scale in scales}
    weight, power = by_column["weight"], by_column["power"]
    assert own[1:] == pytest.approx([2 / weight.deviation, -1 / power.deviation], rel=1e-6)


@pytest.mark.parametrize(
    ("prediction", "parameters"),
    [
        ("a*tanh(b*weight + c) + d", ["a", "b", "c", "d"]),
        ("b*weight", ["b"]),  # a line through the origin is none through the shifted one
        ("a + b*weight + c*weight", ["a", "b", "c"]),
    ],
)
def test_where_there_are_no_such_parameters_none_are_given(
    prediction: str, parameters: list[str]
) -> None:
    _, changed = pair("(prediction - mpg)^2", prediction, parameters)
    scales = standardised(CARS, columns_to_scale(CARS, "mpg"))[1]
    assert unit_change(changed, CARS, scales) is None
