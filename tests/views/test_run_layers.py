"""The layers of a race: each stays with its run, and fast runs take turns without losing rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gdsim.core.descent import Descent
from gdsim.core.experiment import choose
from gdsim.core.lineup import line_up
from gdsim.views import run_layers
from gdsim.views.contour_view import ContourView
from gdsim.views.loss_view import LossView
from gdsim.views.run_style import RunView
from gdsim.views.theme import run_style


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
    """As the window draws them: the selected one last."""
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


def layers(plot: ContourView | LossView) -> list[Any]:
    return list(plot._paths if isinstance(plot, ContourView) else plot._lines)


def test_a_layer_stays_with_its_run(plot: ContourView | LossView, descents: list[Descent]) -> None:
    plot.set_runs(race(descents))
    before = {id(layer._run.trace): layer for layer in layers(plot)}
    plot.set_runs(race(descents, selected=5))
    assert {id(layer._run.trace): layer for layer in layers(plot)} == before
    heights = [layer.zValue() for layer in layers(plot)]
    assert heights == sorted(heights)
    assert layers(plot)[-1]._run.trace is descents[5].trace
    left = descents[3:]
    plot.set_runs(race(left))
    assert [layer._run.trace for layer in layers(plot)] == [run.trace for run in race(left)]
    for layer in layers(plot):
        assert before[id(layer._run.trace)] is layer
    scene = plot.box.scene()
    kind = type(layers(plot)[0])
    assert sum(isinstance(item, kind) for item in scene.items()) == len(left)


def test_fast_runs_take_turns_and_all_catch_up(
    qtbot: QtBot,
    plot: ContourView | LossView,
    descents: list[Descent],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run_layers, "perf_counter", lambda: 1.0)  # they are fast by this clock
    plot.set_runs(race(descents))
    for _ in range(12):
        for descent in descents:
            descent.advance(7)
        plot.set_runs(race(descents))
        selected = layers(plot)[-1]
        assert selected._seen[0] == len(selected._run.trace)
    behind = [layer._seen[0] for layer in layers(plot)]
    assert min(behind) < max(behind), "they take turns"
    assert min(behind) >= max(behind) - 3 * 7, "nobody is left out"
    qtbot.waitUntil(lambda: all(layer._seen[0] == len(layer._run.trace) for layer in layers(plot)))
    assert all(layer._run.shown == 84 for layer in layers(plot))


def test_what_is_not_a_move_is_drawn_at_once(
    plot: ContourView | LossView, descents: list[Descent]
) -> None:
    plot.set_runs(race(descents))
    plot.set_runs([replace(run, visible=False) for run in race(descents)])
    assert not any(layer.isVisible() for layer in layers(plot))
    plot.set_runs([replace(run, colour="#123456") for run in race(descents)])
    assert {layer._run.colour for layer in layers(plot)} == {"#123456"}
    plot.set_runs(())
    assert layers(plot) == []
