"""From the start of the process to the first painted contour, beside an empty pyqtgraph window.

Budget: at most twice the empty window, and under 1 s on a machine of two cores. Both are started
alternately, so that other load on the machine affects both.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

ROUNDS = 7

# Each program prints the time at which it has painted, and ends.
EMPTY_WINDOW = """
import time
import pyqtgraph as pg
from PySide6.QtCore import QTimer

class Plot(pg.PlotWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time(), flush=True)
        QTimer.singleShot(0, application.quit)

application = pg.mkQApp()
plot = Plot()
plot.resize(1440, 860)
plot.show()
application.exec()
plot.close()
"""

GDSIM = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gdsim.views.landscape.landscape_layer import LandscapeLayer
from gdsim.cli import main

draw_once = LandscapeLayer.draw_once

def draw_and_tell(layer, *place):
    draw_once(layer, *place)
    if layer._landscape is not None:
        LandscapeLayer.draw_once = draw_once
        print(time.time(), flush=True)
        QTimer.singleShot(0, QApplication.closeAllWindows)

LandscapeLayer.draw_once = draw_and_tell
sys.exit(main([]))
"""


def seconds_to_paint(program: str, home: Path) -> float:
    """The time from before the interpreter starts until the program reports that it has painted."""
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        },
        stdout=subprocess.PIPE,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return float(done.stdout.split()[0]) - begun


def test_start_to_the_first_contour(
    benchmark: BenchmarkFixture, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for program in (EMPTY_WINDOW, GDSIM):
        seconds_to_paint(program, tmp_path)  # from here on, files are in the disk cache
    empty: list[float] = []
    contour: list[float] = []

    def both() -> None:
        empty.append(seconds_to_paint(EMPTY_WINDOW, tmp_path))
        contour.append(seconds_to_paint(GDSIM, tmp_path))

    benchmark.pedantic(both, rounds=ROUNDS)
    ratio = statistics.median(after / before for before, after in zip(empty, contour, strict=True))
    figures = {
        "empty window": statistics.median(empty),
        "first contour": statistics.median(contour),
        "ratio": ratio,
    }
    benchmark.extra_info.update(figures)
    with capsys.disabled():
        print(
            f"\nempty window {figures['empty window']:.2f} s, first contour"
            f" {figures['first contour']:.2f} s (budget 1 s), ratio {ratio:.2f} (budget 2)"
        )
