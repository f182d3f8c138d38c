"""A live frame: one more step on the contour, its path and the loss plot, painted.

Budget: 16 ms of GUI-thread time, the same with 10², 10⁴ and 10⁶ recorded steps.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest
from plot_traces import run_layers
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from gdsim.core.arrays import Floats
from gdsim.core.landscape.landscape import sample_plane
from gdsim.core.landscape.plane import Plane
from gdsim.core.run.choices import choose
from gdsim.core.run.trace import Stretch, Trace, row_width
from gdsim.views.landscape.contour_view import ContourView
from gdsim.views.loss.loss_view import LossView
from gdsim.views.run.run_view import RunView

# At full speed, about this many steps are made between two frames.
STEPS_A_FRAME = 2000


def wandering_rows(count: int, width: int) -> Floats:
    """A run that keeps moving, which is the slowest to draw. Columns as in a real trace."""
    random = np.random.default_rng(7)
    rows = np.zeros((count, width))
    t = np.arange(count)
    swing = 0.4 + 0.3 * random.standard_normal(count) ** 2
    rows[:, 0] = 1.0 + swing * np.cos(0.7 * t)
    rows[:, 1] = 1.0 + swing * np.sin(0.9 * t)
    rows[:, 2] = (1 - rows[:, 0]) ** 2 + 100 * (rows[:, 1] - rows[:, 0] ** 2) ** 2
    return rows


@pytest.fixture
def views(qtbot: QtBot) -> Iterator[tuple[ContourView, LossView]]:
    contour, loss = ContourView(), LossView()
    for view in (contour, loss):
        qtbot.addWidget(view)
    contour.resize(620, 620)
    loss.resize(480, 340)
    experiment = choose("rosenbrock")
    contour.set_home_range((-2.0, 2.0), (-1.0, 3.0))
    for view in (contour, loss):
        view.show()
        qtbot.waitExposed(view)
    x_range, y_range = contour.visible_range()
    contour.set_landscape(
        sample_plane(
            experiment.objective(),
            Plane.of_parameters((0.0, 0.0)),
            x_range=x_range,
            y_range=y_range,
        )
    )
    loss.set_log(True)
    yield contour, loss
    contour.close()
    loss.close()


@pytest.mark.benchmark(timer=time.thread_time)
@pytest.mark.parametrize("steps_a_frame", [1, STEPS_A_FRAME])
@pytest.mark.parametrize("recorded", [10**2, 10**4, 10**6])
def test_live_frame(
    benchmark: BenchmarkFixture,
    qtbot: QtBot,
    views: tuple[ContourView, LossView],
    recorded: int,
    steps_a_frame: int,
) -> None:
    contour, loss = views
    experiment = choose("rosenbrock")
    trace = Trace(Stretch(0, 0, experiment))
    width = row_width(2, len(experiment.rule.state))
    trace.append(wandering_rows(recorded, width))
    more = wandering_rows(steps_a_frame, width)

    def show() -> None:
        shown = len(trace) - 1
        run = RunView(trace, shown)
        contour.set_runs([run])
        loss.set_runs([run])
        theta = trace.theta(shown, shown + 1)[0]
        contour.set_step(theta, (40.0, -20.0), (-0.2, 0.1), (theta[0] - 0.2, theta[1] + 0.1))
        for view in (contour, loss):
            view.repaint_now()

    # The recorded rows are drawn first: only a frame of the live run is measured.
    show()
    QApplication.processEvents()
    while True:
        show()
        if all(layer.is_up_to_date for layer in run_layers(contour)):
            break
        QApplication.processEvents()

    def frame() -> None:
        trace.append(more)
        show()

    benchmark.pedantic(frame, rounds=100)
