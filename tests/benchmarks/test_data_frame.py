"""A live frame of the data view: the model of one more step, sampled and painted.

Budget: with the contour and the loss plot beside it a frame may take 16 ms; this is its share.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from gdsim.core.arrays import Floats
from gdsim.core.data.dataset import Dataset
from gdsim.core.learning.model_picture import PlotKind, home_ranges, model_curve, model_map, scatter
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.run.choices import choose
from gdsim.views.data.data_view import DataView


def million_rows() -> Dataset:
    random = np.random.default_rng(2)
    x = random.random(1_000_000)
    return Dataset("rows", {"x": x, "y": 3 * x + 2 + random.random(len(x))})


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[DataView]:
    view = DataView()
    qtbot.addWidget(view)
    view.resize(480, 340)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.close()


@pytest.mark.benchmark(timer=time.thread_time)
@pytest.mark.parametrize("task", ["noisy-line", "two-moons", "spirals", "a million rows"])
def test_live_frame(benchmark: BenchmarkFixture, view: DataView, task: str) -> None:
    if task == "a million rows":
        experiment = choose(
            "(prediction - y)^2", data=million_rows(), prediction="theta0 + theta1*x"
        )
    else:
        experiment = choose(task)
    objective = experiment.objective()
    assert isinstance(objective, RowObjective)
    assert objective.target is not None
    points = scatter(objective.data.columns, objective.inputs, objective.target)
    view.set_points(points)
    view.set_home_range(*home_ranges(points))
    theta = np.array(experiment.start)
    lit = np.arange(32)

    def frame() -> None:
        nonlocal theta
        theta = theta + 1e-3
        x_range, y_range = view.visible_range()

        def model(columns: Mapping[str, Floats]) -> Floats:
            return objective.predict(theta, columns)

        view.set_lit(lit)
        if points.kind is PlotKind.CURVE:
            view.set_curve(model_curve(model, points, x_range, lit))
        else:
            view.set_map(model_map(model, points, x_range, y_range))
        view.repaint_now()

    benchmark.pedantic(frame, rounds=60, warmup_rounds=3)
