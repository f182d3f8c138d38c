"""A frame of a race of twelve at full speed: paths, losses and the table.

Budget: 33 ms of GUI-thread time.
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
from test_frame import wandering_rows

from gdsim.core.landscape.landscape import sample_plane
from gdsim.core.landscape.plane import Plane
from gdsim.core.race.line_ups import line_up
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.run.trace import Stretch, Trace, row_width
from gdsim.views.landscape.contour_view import ContourView
from gdsim.views.loss.loss_view import LossView
from gdsim.views.run.run_view import RunView
from gdsim.views.tabs.race.race_model import RaceRow
from gdsim.views.tabs.race.race_view import RaceView
from gdsim.views.theme import run_style

RUNS = 12
# At full speed, twelve runs make about this many steps each between two frames.
STEPS_A_FRAME = 300
FRAMES = 100

Views = tuple[ContourView, LossView, RaceView]


@pytest.fixture
def views(qtbot: QtBot) -> Iterator[Views]:
    contour, loss, race = ContourView(), LossView(), RaceView()
    for view, size in ((contour, (480, 700)), (loss, (480, 340)), (race, (480, 380))):
        qtbot.addWidget(view)
        view.resize(*size)
        view.show()
        qtbot.waitExposed(view)
    contour.set_home_range((-5.0, 5.0), (-5.0, 5.0))
    x_range, y_range = contour.visible_range()
    objective = choose("himmelblau").objective()
    contour.set_landscape(
        sample_plane(objective, Plane.of_parameters((0.0, 0.0)), x_range=x_range, y_range=y_range)
    )
    loss.set_log(True)
    yield contour, loss, race
    for view in (contour, loss, race):
        view.close()


def show(views: Views, traces: list[Trace]) -> None:
    """Everything that the window does and paints for one frame."""
    contour, loss, race = views
    runs = [
        RunView(
            trace, len(trace) - 1, style.color, style.dash, style.marker, is_companion=place > 0
        )
        for place, trace in enumerate(traces)
        for style in (run_style(place),)
    ]
    runs = [*runs[1:], runs[0]]
    contour.set_runs(runs)
    loss.set_runs(runs)
    loss.legend.set_runs([(run_style(place), f"run {place}") for place in range(len(traces))])
    theta = traces[0].theta(len(traces[0]) - 1)[0]
    contour.set_step(theta, (40.0, -20.0), (-0.2, 0.1), (theta[0] - 0.2, theta[1] + 0.1))
    race.set_runs(
        [
            RaceRow(run_style(place), f"run {place}", True, False, t, t, t, t, "moving", "moving")
            for place, trace in enumerate(traces)
            for t in (str(len(trace)),)
        ],
        0,
    )
    contour.repaint_now()
    loss.repaint_now()
    race.table.viewport().repaint()


@pytest.mark.benchmark(timer=time.thread_time)
@pytest.mark.parametrize("kind", ["descending", "wandering"])
@pytest.mark.parametrize("recorded", [10**2, 10**4])
def test_frame_of_a_race(
    benchmark: BenchmarkFixture,
    views: Views,
    capsys: pytest.CaptureFixture[str],
    recorded: int,
    kind: str,
) -> None:
    """``descending``: all first-order optimizers; ``wandering``: no two steps at the same place."""
    base = choose("himmelblau", max_steps=10**9)
    descents = [Descent(one.replace(stop=StopRule.NONE)) for one in line_up("first-order", base)]
    if kind == "wandering":
        width = row_width(2, 0)
        traces = [Trace(Stretch(0, 0, base)) for _ in descents]
        rows = wandering_rows(recorded, width)
        for trace in traces:
            trace.append(rows)
        more = wandering_rows(STEPS_A_FRAME, width)
    else:
        traces = [descent.trace for descent in descents]
        for descent in descents:
            descent.advance(recorded)
    for _ in range(1000):
        show(views, traces)
        QApplication.processEvents()
        if all(layer.is_up_to_date for layer in run_layers(views[0])):
            break
    spent: list[float] = []

    def compute() -> None:
        for trace, descent in zip(traces, descents, strict=True):
            if kind == "wandering":
                trace.append(more)
            else:
                descent.advance(STEPS_A_FRAME)

    def frame() -> None:
        begun = time.thread_time()
        show(views, traces)
        spent.append(1e3 * (time.thread_time() - begun))

    benchmark.pedantic(frame, setup=compute, rounds=FRAMES)
    figures = {
        "median, ms": float(np.median(spent)),
        "95 %, ms": float(np.percentile(spent, 95)),
        "longest, ms": max(spent),
    }
    benchmark.extra_info.update(figures)
    with capsys.disabled():
        print(f"\n{kind}, {recorded}: " + ", ".join(f"{k} {v:.1f}" for k, v in figures.items()))
        print("budget: 33 ms")
    assert len(traces) == RUNS
