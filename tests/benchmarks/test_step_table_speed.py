"""The step table with 10², 10⁴ and 10⁶ rows: a live frame, a selection, a scroll cost the same."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from gdsim.core.arrays import Floats
from gdsim.core.run.choices import choose
from gdsim.core.run.trace import Stretch, Trace, row_width
from gdsim.views.tabs.steps.step_table import StepTable

STEPS_A_FRAME = 2_000
recorded_rows = pytest.mark.parametrize("recorded", [10**2, 10**4, 10**6])


def rows(count: int) -> Floats:
    """As wide as a two-parameter Adam step, with as many digits."""
    width = row_width(2, len(choose("himmelblau", optimizer="adam").rule.state))
    return np.random.default_rng(7).normal(size=(count, width))


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[StepTable]:
    widget = StepTable()
    qtbot.addWidget(widget)
    widget.resize(460, 320)
    widget.show()
    qtbot.waitExposed(widget)
    yield widget
    widget.close()


def fill(table: StepTable, recorded: int) -> Trace:
    trace = Trace(Stretch(0, 0, choose("himmelblau", optimizer="adam")))
    trace.append(rows(recorded))
    table.set_trace(trace)
    return trace


def paint(table: StepTable) -> None:
    QApplication.processEvents()
    table.grid.viewport().repaint()


@recorded_rows
def test_a_live_frame(benchmark: BenchmarkFixture, table: StepTable, recorded: int) -> None:
    trace = fill(table, recorded)
    more = rows(STEPS_A_FRAME)

    def frame() -> None:
        trace.append(more)
        table.set_trace(trace)
        table.set_shown(len(trace) - 1)
        paint(table)

    benchmark.pedantic(frame, rounds=50, warmup_rounds=3)


@recorded_rows
def test_selecting(benchmark: BenchmarkFixture, table: StepTable, recorded: int) -> None:
    fill(table, recorded)
    places = iter(np.random.default_rng(3).integers(0, recorded, 200).tolist())

    def select() -> None:
        table.set_shown(next(places))
        paint(table)

    benchmark.pedantic(select, rounds=100, warmup_rounds=3)


@recorded_rows
def test_scrolling(benchmark: BenchmarkFixture, table: StepTable, recorded: int) -> None:
    fill(table, recorded)
    bar = table.grid.verticalScrollBar()
    places = iter(np.random.default_rng(3).integers(0, bar.maximum() + 1, 200).tolist())

    def scroll() -> None:
        bar.setValue(next(places))
        paint(table)

    benchmark.pedantic(scroll, rounds=100, warmup_rounds=3)
