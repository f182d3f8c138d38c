"""The layers of a race: each stays with its run; fast runs take turns and lose no rows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from plot_traces import run_layers
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gdsim.core.race.line_ups import line_up
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.views.landscape.contour_view import ContourView
from gdsim.views.loss.loss_layer import LossLayer
from gdsim.views.loss.loss_view import LossView
from gdsim.views.plot import frame_budget
from gdsim.views.run.path_layer import PathLayer
from gdsim.views.run.run_view import RunView
from gdsim.views.theme import run_style

RUNS = 12
MARKED = "#ff00ff"


@pytest.fixture
def descents() -> list[Descent]:
    """Twelve runs at their start."""
    return [Descent(one) for one in line_up("first-order", choose("himmelblau"))]


@pytest.fixture(params=[ContourView, LossView])
def plot(qtbot: QtBot, request: pytest.FixtureRequest) -> ContourView | LossView:
    plot: ContourView | LossView = request.param()
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.show()
    QApplication.processEvents()
    return plot


def race(descents: Sequence[Descent], selected: int = 0) -> list[RunView]:
    """The runs as the window draws them: the selected one is last."""
    runs = [
        RunView(
            descent.trace,
            descent.last,
            run_style(place).color,
            run_style(place).dash,
            run_style(place).marker,
            is_companion=place != selected,
        )
        for place, descent in enumerate(descents)
    ]
    return [*runs[:selected], *runs[selected + 1 :], runs[selected]]


def run_of(layer: PathLayer | LossLayer) -> RunView:
    assert layer.run is not None
    return layer.run


def test_a_layer_stays_with_its_run(plot: ContourView | LossView, descents: list[Descent]) -> None:
    plot.set_runs(race(descents))
    before = {id(run_of(layer).trace): layer for layer in run_layers(plot)}
    plot.set_runs(race(descents, selected=5))
    assert {id(run_of(layer).trace): layer for layer in run_layers(plot)} == before
    heights = [layer.zValue() for layer in run_layers(plot)]
    assert heights == sorted(heights)
    assert run_of(run_layers(plot)[-1]).trace is descents[5].trace
    left = descents[3:]
    plot.set_runs(race(left))
    assert [run_of(layer).trace for layer in run_layers(plot)] == [run.trace for run in race(left)]
    for layer in run_layers(plot):
        assert before[id(run_of(layer).trace)] is layer
    scene = plot.box.scene()
    kind = type(run_layers(plot)[0])
    assert sum(isinstance(item, kind) for item in scene.items()) == len(left)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock on which a frame has time for only one unselected run."""
    ticks = itertools.count(1.0)
    monkeypatch.setattr(frame_budget, "perf_counter", lambda: next(ticks))


@pytest.mark.usefixtures("slow")
def test_on_a_slow_machine_other_runs_wait_for_a_frame_that_has_time(
    qtbot: QtBot, plot: ContourView | LossView, descents: list[Descent]
) -> None:
    plot.set_runs(race(descents))
    qtbot.waitUntil(lambda: all(layer.is_up_to_date for layer in run_layers(plot)))
    for _ in range(6):
        for descent in descents:
            descent.advance(7)
        plot.set_runs(race(descents))
        plot.repaint_now()
        assert run_layers(plot)[-1].is_up_to_date, "the selected run does not wait"
        assert sum(not layer.is_up_to_date for layer in run_layers(plot)) >= RUNS - 2
    qtbot.waitUntil(lambda: all(layer.is_up_to_date for layer in run_layers(plot)))
    assert {run_of(layer).shown for layer in run_layers(plot)} == {42}


@pytest.mark.usefixtures("slow")
def test_while_a_run_waits_its_previous_picture_is_shown(
    qtbot: QtBot, plot: ContourView | LossView, descents: list[Descent]
) -> None:
    for descent in descents:
        descent.advance(40)
    runs = race(descents[:3])
    runs[1] = replace(runs[1], colour=MARKED, dash=())
    plot.set_runs(runs)
    qtbot.waitUntil(lambda: all(layer.is_up_to_date for layer in run_layers(plot)))
    before = inked(plot)
    assert before > 30
    plot.box.scaleBy((1.1, 1.1))
    # The picture is that of the frame in which the other run has the time.
    assert inked(plot) > before / 3
    assert [layer.is_up_to_date for layer in run_layers(plot)] == [True, False, True]
    qtbot.waitUntil(lambda: all(layer.is_up_to_date for layer in run_layers(plot)))


def inked(plot: ContourView | LossView) -> int:
    """The number of pixels that have about this colour."""
    image = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = flat[:, : 3 * image.width()].reshape(-1, 3).astype(int)
    return int((np.abs(pixels - QColor(MARKED).getRgb()[:3]).max(axis=1) < 100).sum())


def test_changes_of_style_are_drawn_at_once(
    plot: ContourView | LossView, descents: list[Descent]
) -> None:
    plot.set_runs(race(descents))
    plot.set_runs([replace(run, visible=False) for run in race(descents)])
    assert not any(layer.isVisible() for layer in run_layers(plot))
    plot.set_runs([replace(run, colour="#123456") for run in race(descents)])
    assert {run_of(layer).colour for layer in run_layers(plot)} == {"#123456"}
    plot.set_runs(())
    assert run_layers(plot) == []
