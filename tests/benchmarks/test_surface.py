"""A frame of the surface: turned with paths on it, painted by the painter and by OpenGL.

Budget: 33 ms, with software OpenGL too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

import gdsim
from gdsim.core.explore.starts import DRAWN, ManyStarts
from gdsim.core.landscape.landscape import Landscape, sample_plane
from gdsim.core.landscape.plane import Plane
from gdsim.core.race.line_ups import line_up
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.run.stop_rules import StopRule
from gdsim.views.overlays.many_paths_layer import ManyPaths
from gdsim.views.run.run_view import RunView
from gdsim.views.surface.surface_view import SurfaceView
from gdsim.views.theme import run_style

BUDGET = 0.033
SIZE = (640, 680)


def plane() -> Landscape:
    objective = choose("rosenbrock").objective()
    return sample_plane(
        objective, Plane.of_parameters((0.0, 0.0)), x_range=(-2, 2), y_range=(-1, 3)
    )


def run() -> list[RunView]:
    """10,000 steps."""
    trace = gdsim.descend("rosenbrock", optimizer="adam", eta=0.002, max_steps=10_000)
    return [RunView(trace, len(trace) - 1)]


def race() -> list[RunView]:
    """All first-order optimizers, 1,000 steps each."""
    runs = []
    for place, one in enumerate(line_up("first-order", choose("rosenbrock"))):
        descent = Descent(one.replace(stop=StopRule.NONE))
        descent.advance(1_000)
        style = run_style(place)
        runs.append(
            RunView(
                descent.trace,
                descent.last,
                style.color,
                style.dash,
                style.marker,
                is_companion=place > 0,
            )
        )
    return runs[::-1]


def starts() -> ManyPaths:
    """The paths of many starts, as many as are drawn."""
    experiment = choose("rosenbrock", max_steps=500)
    ranges = ((-2.0, 2.0), (-1.0, 3.0))
    *_, (_, picture) = ManyStarts.of(experiment, ranges, DRAWN, 0).stages()
    assert picture is not None
    return ManyPaths(picture.paths[:, 0], picture.paths[:, 1], tuple(picture.labels.tolist()))


KINDS = ("run", "race", "starts")


def filled_view(kind: str) -> SurfaceView:
    """A surface with the shown step, and a run, a race, or a run and the paths of many starts."""
    view = SurfaceView()
    view.resize(*SIZE)
    view.set_landscape(plane())
    view.set_runs(race() if kind == "race" else run())
    view.set_many_paths(starts() if kind == "starts" else None)
    view.set_step((0.5, 0.5), (40.0, -20.0), (-0.2, 0.1), (0.3, 0.6))
    view.set_minima([(1.0, 1.0)])
    view.show()
    for _ in range(30):
        view.canvas.repaint()
        QApplication.processEvents()
    return view


def turn(view: SurfaceView) -> None:
    view.canvas.set_camera(view.canvas.camera.turned(3, 0))
    view.canvas.repaint()


@pytest.fixture(params=KINDS)
def view(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[SurfaceView]:
    widget = filled_view(request.param)
    qtbot.addWidget(widget)
    qtbot.waitExposed(widget)
    yield widget
    widget.close()


@pytest.mark.benchmark(timer=time.thread_time)
def test_turning_without_opengl(benchmark: BenchmarkFixture, view: SurfaceView) -> None:
    benchmark.pedantic(lambda: turn(view), rounds=60)
    assert not view.canvas.is_opengl
    assert benchmark.stats.stats.median <= BUDGET


@pytest.mark.benchmark(timer=time.thread_time)
def test_a_new_landscape_without_opengl(benchmark: BenchmarkFixture, view: SurfaceView) -> None:
    pictures = [plane() for _ in range(4)]

    def show() -> None:
        pictures.append(pictures.pop(0))
        view.set_landscape(pictures[0])
        view.canvas.repaint()

    benchmark.pedantic(show, rounds=30)
    assert benchmark.stats.stats.median <= BUDGET


@pytest.mark.benchmark(timer=time.thread_time)
def test_another_step_without_opengl(benchmark: BenchmarkFixture, view: SurfaceView) -> None:
    def step() -> None:
        view.set_start(np.random.default_rng().uniform(), 0.0)
        view.canvas.repaint()

    benchmark.pedantic(step, rounds=60)
    assert benchmark.stats.stats.median <= BUDGET / 2


MEASURE = """
import sys
from time import perf_counter
from statistics import median
from PySide6.QtWidgets import QApplication
application = QApplication([])
from test_surface import filled_view, turn
view = filled_view(sys.argv[1])
times = []
for _ in range(60):
    begin = perf_counter()
    turn(view)
    times.append(perf_counter() - begin)
print(view.canvas.is_opengl, median(times))
view.close()
view.deleteLater()
"""


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="needs xvfb")
@pytest.mark.parametrize("kind", KINDS)
def test_turning_with_software_opengl(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By wall-clock time, because software OpenGL uses threads of its own."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "xcb",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)]),
    }
    command = ["xvfb-run", "-a", "-s", f"-screen 0 {SIZE[0]}x{SIZE[1] + 60}x24 +extension GLX"]
    done = subprocess.run(
        [*command, sys.executable, "-c", MEASURE, kind],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    is_opengl, seconds = done.stdout.split()
    assert is_opengl == "True"
    with capsys.disabled():
        print(f"\nsoftware OpenGL, {kind}: {1000 * float(seconds):.1f} ms a frame")
    assert float(seconds) <= BUDGET
