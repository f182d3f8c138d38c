"""Triangles where the loss has risen: all of them, thinned to pixels, each row read once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from plot_traces import CountingTrace, colour_at, settle, trace_of
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gdsim.core.landscape.plane import Plane
from gdsim.views.landscape.contour_view import ContourView
from gdsim.views.landscape.curve_view import CurveView
from gdsim.views.run.run_view import RunView
from gdsim.views.theme import DARK, LIGHT


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ContourView]:
    widget = ContourView()
    qtbot.addWidget(widget)
    widget.resize(460, 420)
    widget.set_home_range((-3.0, 3.0), (-3.0, 3.0))
    widget.show()
    qtbot.waitExposed(widget)
    settle(widget)
    yield widget
    widget.close()


POINTS = [(-2.0, 0.0), (-1.0, 1.0), (0.0, -1.0), (1.0, 1.0), (2.0, 0.0)]
LOSSES = [3.0, 4.0, 1.0, np.nan, 2.0]


def marked(view: ContourView | CurveView) -> list[tuple[float, float]]:
    """The points of the plane that have a triangle."""
    return [(round(x, 6), round(y, 6)) for x, y in view.marked_rises()]


def test_each_point_above_its_predecessor_is_marked(view: ContourView) -> None:
    trace = trace_of(POINTS, LOSSES)
    view.set_runs([RunView(trace, 4)])
    settle(view)
    assert marked(view) == [(-1.0, 1.0)]


def test_marks_come_and_go_with_the_shown_step(view: ContourView) -> None:
    trace = trace_of(POINTS, [1.0, 2.0, 3.0, 2.0, 5.0])
    for shown, count in ((0, 0), (1, 1), (4, 3), (2, 2), (0, 0), (3, 2)):
        view.set_runs([RunView(trace, shown)])
        settle(view, 3)
        assert len(marked(view)) == count


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_marks_are_visible_in_every_theme(view: ContourView, theme: object) -> None:
    view.set_theme(theme)  # type: ignore[arg-type]
    trace = trace_of(POINTS, LOSSES)
    view.set_runs([RunView(trace, 4)])
    settle(view)
    expected = QColor(theme.rise).getRgb()[:3]  # type: ignore[attr-defined]
    assert np.abs(np.subtract(colour_at(view, -1.0, 1.0), expected)).max() < 30


def test_only_rises_of_the_selected_run_are_marked(view: ContourView) -> None:
    left = trace_of(POINTS, [5.0, 6.0, 7.0, 8.0, 9.0])
    view.set_runs([RunView(left, 4), RunView(trace_of(POINTS, LOSSES), 4)])
    settle(view)
    assert marked(view) == [(-1.0, 1.0)]
    view.set_runs([])
    settle(view)
    assert marked(view) == []


def test_marks_follow_the_axes_of_the_slice(view: ContourView) -> None:
    run = RunView(trace_of(POINTS, LOSSES), 4)
    view.set_runs([run])
    settle(view)
    view.set_plane(Plane.of_parameters((0.0, 0.0), (1, 0)))
    view.set_runs([run])
    settle(view)
    assert marked(view) == [(1.0, -1.0)]


def test_a_long_path_has_few_marks_and_is_read_once(view: ContourView) -> None:
    random = np.random.default_rng(3)
    count = 60_000
    trace: CountingTrace = trace_of(random.normal(size=(count, 2)), random.normal(size=count))
    view.set_runs([RunView(trace, count - 1)])
    before = -1
    while trace.rows_read != before:
        before = trace.rows_read
        settle(view, 3)
    area = view.box.rect()
    assert 200 < len(marked(view)) <= area.width() * area.height() / 100 + 100
    settle(view, 5)
    assert trace.rows_read == before


def test_marks_follow_the_view(view: ContourView) -> None:
    trace = trace_of(POINTS, LOSSES)
    view.set_runs([RunView(trace, 4)])
    view.box.setRange(xRange=(-1.2, -0.8), yRange=(0.8, 1.2), padding=0)
    settle(view)
    assert marked(view) == [(-1.0, 1.0)]
    view.box.setRange(xRange=(1, 2), yRange=(1, 2), padding=0)
    settle(view)
    assert marked(view) == []


def test_rises_are_marked_on_a_curve(qtbot: QtBot) -> None:
    curve = CurveView()
    qtbot.addWidget(curve)
    curve.resize(400, 300)
    curve.set_home_range((-1.0, 4.0), (0.0, 10.0))
    curve.show()
    qtbot.waitExposed(curve)
    curve.set_runs([RunView(trace_of([[0.0], [1.0], [3.0]], [9.0, 4.0, 6.0]), 2)])
    settle(curve)
    assert marked(curve) == [(3.0, 6.0)]
    curve.close()


def test_a_run_that_overflows_is_drawn_without_errors(view: ContourView) -> None:
    points = [(0.0, 0.0), (1e308, -1e308), (np.nan, 0.0), (np.inf, 1.0)]
    view.set_runs([RunView(trace_of(points, [1.0, 2.0, 3.0, np.inf]), 3)])
    settle(view)
    assert marked(view) == []
