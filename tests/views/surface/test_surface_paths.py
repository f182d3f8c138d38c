"""Paths on the surface: of one run, of a race, of many starts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from plot_traces import CountingTrace, trace_of
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot
from relief import colour, is_like, landscape, open_surface, picture, where

from gdsim.core.arrays import Flags, Floats, Indices
from gdsim.core.landscape.plane import Plane
from gdsim.core.run.choices import choose
from gdsim.core.run.trace import Stretch
from gdsim.core.surface.projection import Camera
from gdsim.views.overlays.basin_style import basin_colour
from gdsim.views.overlays.many_paths_layer import ManyPaths
from gdsim.views.plot import frame_budget as frame_time
from gdsim.views.run.run_view import RunView
from gdsim.views.surface.surface_path import SurfacePath
from gdsim.views.surface.surface_pieces import Layers, Pieces
from gdsim.views.surface.surface_scene import Scene
from gdsim.views.surface.surface_view import SurfaceView
from gdsim.views.theme import LIGHT


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[SurfaceView]:
    yield from open_surface(qtbot)


def test_the_path_follows_the_surface(view: SurfaceView) -> None:
    view.set_landscape(landscape("-(x^2) + 0*y"))
    view.canvas.set_camera(Camera(0, 30))
    trace = trace_of([[-1.5, -1.0], [1.5, -1.0]], [1, 1])
    view.set_runs([RunView(trace, 1)])
    image = picture(view)
    for x in np.linspace(-1.4, 1.4, 8):
        assert is_like(image, where(view, x, -1.0), LIGHT.path)


def test_each_visible_run_has_its_colour(view: SurfaceView) -> None:
    view.canvas.set_camera(Camera(0, 70))
    runs = [
        RunView(trace_of([[-1.5, y], [1.5, y]], [1, 1]), 1, colour=name, visible=visible)
        for y, name, visible in (
            (0.0, "#cc79a7", True),
            (1.0, "#0072b2", True),
            (2.0, "#d55e00", False),
        )
    ]
    view.set_runs(runs)
    image = picture(view)
    assert is_like(image, where(view, 0.2, 0.0), "#cc79a7")
    assert is_like(image, where(view, 0.2, 1.0), "#0072b2")
    assert not is_like(image, where(view, 0.2, 2.0), "#d55e00")
    view.set_runs(runs[:1])
    assert not is_like(picture(view), where(view, 0.2, 1.0), "#0072b2")


def test_what_the_ridge_hides_is_faint(view: SurfaceView) -> None:
    view.set_landscape(landscape("-abs(y - 0.5) + 0*x"))
    view.set_log_height(False)
    view.canvas.set_camera(Camera(0, 15))
    view.set_runs([RunView(trace_of([[-1.5, 1.5], [1.5, 1.5]], [1, 1]), 1)])
    spot = where(view, 0.2, 1.5)
    assert not is_like(picture(view), spot, LIGHT.path)
    view.canvas.set_camera(Camera(180, 15))
    assert is_like(picture(view), where(view, 0.2, 1.5), LIGHT.path)


def test_a_slice_reads_its_own_axes(view: SurfaceView) -> None:
    view.canvas.set_camera(Camera(0, 80))
    trace = CountingTrace(Stretch(0, 0, choose("a^2 + b^2 + c^2")))
    trace.add([[0.0, -1.0, 1.5], [0.0, 1.0, 1.5]], [1, 1])
    view.set_plane(Plane.of_parameters(np.zeros(3), (1, 2)))
    view.set_runs([RunView(trace, 1)])
    assert is_like(picture(view), where(view, 0.3, 1.5), LIGHT.path)
    view.set_plane(Plane.of_parameters(np.zeros(3), (0, 2)))
    assert not is_like(picture(view), where(view, 0.3, 1.5), LIGHT.path)


def test_a_growing_run_is_read_once(view: SurfaceView) -> None:
    t = np.arange(3000)
    points = np.column_stack((np.cos(t / 50) * t / 3000, 0.5 + np.sin(t / 50) * t / 3000))
    trace: CountingTrace = trace_of(points, np.ones(3000))
    for shown in (10, 500, 2999, 3):
        view.set_runs([RunView(trace, shown)])
        view.canvas.set_camera(view.canvas.camera.turned(20, 0))
        picture(view)
    assert trace.rows_read <= 3000


@pytest.mark.parametrize("count", [1, 12])
def test_all_paths_together_have_a_limited_number_of_pieces(
    view: SurfaceView, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    drawn: list[int] = []
    laid: list[int] = []
    seen = Pieces.seen

    def count_them(pieces: Pieces, chosen: Indices, scene: Scene) -> tuple[Floats, Flags]:
        drawn.append(len(chosen))
        laid.append(len(pieces))
        return seen(pieces, chosen, scene)

    monkeypatch.setattr(Pieces, "seen", count_them)
    random = np.random.default_rng(1)
    points = [random.uniform(-1.4, 1.9, (2_000, 2)) for _ in range(count)]
    view.set_runs([RunView(trace_of(each, np.ones(2_000)), 1_999) for each in points])
    for _ in range(2 * count):
        drawn.clear()
        picture(view)
    view.canvas.set_camera(Camera(31))
    drawn.clear()
    picture(view)
    assert len(drawn) == count
    assert 5_900 <= sum(drawn) <= 6_000
    assert min(laid) > 10_000


def test_a_path_stays_with_its_run(view: SurfaceView) -> None:
    runs = [RunView(trace_of([[-1.5, y], [1.5, y]], [1, 1]), 1) for y in (0.0, 1.0, 2.0)]
    view.set_runs(runs)
    picture(view)
    before = {id(path.run.trace): path for path in view.canvas.paths}
    view.set_runs([runs[2], runs[0]])
    picture(view)
    assert [path.run for path in view.canvas.paths] == [runs[2], runs[0]]
    assert all(before[id(path.run.trace)] is path for path in view.canvas.paths)
    assert all(run.trace.rows_read <= 2 + 1 for run in runs if isinstance(run.trace, CountingTrace))


def test_other_runs_show_their_current_points(view: SurfaceView) -> None:
    view.canvas.set_camera(Camera(0, 60))
    trace = trace_of([[-1.5, 0.0], [0.0, 1.0], [1.5, 0.0]], [1, 1, 1])
    name = "#0072b2"
    view.set_runs([RunView(trace, 1, name, future=False)])
    spot = where(view, 0.0, 1.0) + QPoint(0, -4)
    assert not is_like(picture(view), spot, name, reach=1)
    view.set_runs([RunView(trace, 1, name, future=False, is_companion=True)])
    assert is_like(picture(view), spot, name, reach=1)


def test_other_runs_wait_for_a_frame_that_has_time(
    view: SurfaceView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.count(1.0)  # a frame has time for one unselected run
    monkeypatch.setattr(frame_time, "perf_counter", lambda: next(ticks))
    drawn: list[SurfacePath] = []
    draw = SurfacePath.draw

    def note(path: SurfacePath, layers: Layers, scene: Scene, share: float) -> None:
        drawn.append(path)
        draw(path, layers, scene, share)

    monkeypatch.setattr(SurfacePath, "draw", note)
    traces = [trace_of([[-1.5, y], [1.5, y]], [1, 1]) for y in (0.0, 0.5, 1.0, 1.5)]
    paths: list[SurfacePath] = []
    for shown in (0, 1):
        drawn.clear()
        view.set_runs(
            [RunView(trace, shown, is_companion=trace is not traces[-1]) for trace in traces]
        )
        view.canvas.repaint()
        paths = list(view.canvas.paths)
        # At first no path has a previous picture.
        assert drawn == (paths if shown == 0 else [paths[0], paths[-1]])
    qtbot.waitUntil(lambda: set(drawn) == set(paths))
    view.canvas.repaint()
    assert len(drawn) == len(paths), "what does not move is not drawn again"
    drawn.clear()
    view.canvas.set_camera(Camera(40))
    view.canvas.repaint()
    assert drawn == paths, "a turned surface waits for nobody"


# Many starts


def many(y: float, label: int) -> ManyPaths:
    return ManyPaths(np.array([[-1.5], [1.5]]), np.array([[y], [y]]), (label,))


@pytest.mark.parametrize("label", [0, 3, -3])
def test_paths_of_many_starts_have_the_colour_of_their_end(view: SurfaceView, label: int) -> None:
    view.canvas.set_camera(Camera(0, 60))
    bare = picture(view)
    view.set_many_paths(many(0.5, label))
    image = picture(view)
    assert is_like(image, where(view, 1.5, 0.5), basin_colour(LIGHT, label))
    for x in np.linspace(-1.2, 1.2, 7):
        spot = where(view, x, 0.5)
        changed = [
            colour(image, spot + QPoint(0, dy)).tolist()
            != colour(bare, spot + QPoint(0, dy)).tolist()
            for dy in range(-2, 3)
        ]
        assert any(changed), x
    view.canvas.set_camera(Camera(180, 60))
    assert is_like(picture(view), where(view, 1.5, 0.5), basin_colour(LIGHT, label))
    view.set_many_paths(None)
    view.canvas.set_camera(Camera(0, 60))
    assert picture(view) == bare


def test_what_the_ridge_hides_of_many_starts_is_faint(view: SurfaceView) -> None:
    view.set_landscape(landscape("-abs(y - 0.5) + 0*x"))
    view.set_log_height(False)
    view.set_many_paths(many(1.5, 0))
    for turn, is_seen in ((0, False), (180, True)):
        view.canvas.set_camera(Camera(turn, 15))
        spot = where(view, 1.5, 1.5)
        assert is_like(picture(view), spot, basin_colour(LIGHT, 0)) is is_seen


@pytest.mark.parametrize("kind", ["starts", "race"])
def test_while_the_view_is_turned_paths_are_drawn_roughly(
    view: SurfaceView, qtbot: QtBot, kind: str
) -> None:
    if kind == "starts":
        view.set_many_paths(many(0.5, 0))
    else:
        companion = trace_of([[-1.5, 0.5], [0.0, 0.2], [1.5, 0.5]], [1, 1, 1])
        view.set_runs([RunView(companion, 2, is_companion=True)])
    images = []
    for turn in (10, 20, 10):
        view.canvas.set_camera(Camera(turn, 60))
        images.append(picture(view))
        qtbot.waitUntil(lambda: not view.canvas.is_moving)
        images.append(picture(view))
    moving, resting = images[::2], images[1::2]
    assert moving[0] != resting[0]
    assert (moving[0], resting[0]) == (moving[2], resting[2])


def test_many_starts_that_diverge_are_drawn_without_errors(view: SurfaceView) -> None:
    x = np.array([[0.0, 0.0, np.nan], [1e300, 1.0, np.nan], [np.inf, np.nan, np.nan]])
    view.set_many_paths(ManyPaths(x, x, (0, -3, -3)))
    assert not picture(view).isNull()


def test_a_diverged_run_is_drawn_without_errors(view: SurfaceView) -> None:
    points = [[0, 0], [1e5, -1e9], [1e200, 1e200], [np.inf, 0], [np.nan, np.nan]]
    view.set_runs([RunView(trace_of(points, np.ones(5)), 4)])
    assert not picture(view).isNull()
