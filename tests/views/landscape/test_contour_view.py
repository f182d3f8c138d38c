"""The contour plot: everything is drawn at its coordinates; the mouse works as described."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from plot_traces import colour_at, double_click, drag, pixel, run_layers, settle, trace_of, wheel
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gdsim.core.landscape.landscape import sample_plane
from gdsim.core.landscape.plane import Plane
from gdsim.core.run.choices import choose
from gdsim.views.landscape.contour_view import ContourView
from gdsim.views.overlays.start_handle import rounded_to_pixel
from gdsim.views.plot.markers import Labels
from gdsim.views.plot.plot_view import valid_range
from gdsim.views.run.run_view import RunView
from gdsim.views.run.step_layer import arrow_factor
from gdsim.views.theme import DARK, LIGHT, loss_colormap

HOME = ((-2.0, 2.0), (-1.0, 3.0))


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ContourView]:
    widget = ContourView()
    qtbot.addWidget(widget)
    widget.resize(600, 500)
    widget.set_home_range(*HOME)
    widget.show()
    qtbot.waitExposed(widget)
    settle(widget)
    yield widget
    widget.close()


# Scales


def test_the_home_view_shows_all_of_the_home_range_at_equal_scales(view: ContourView) -> None:
    (x0, x1), (y0, y1) = view.visible_range()
    assert x0 <= HOME[0][0] <= HOME[0][1] <= x1
    assert y0 <= HOME[1][0] <= HOME[1][1] <= y1
    pixels = view.box.pixels()
    assert pixels.x_scale == pytest.approx(-pixels.y_scale, rel=1e-3)
    assert not view.note.isVisible()


def test_ranges_that_differ_too_much_are_stretched_and_a_note_says_so(view: ContourView) -> None:
    view.set_titles(("θ₁", "w"))
    view.set_home_range((-400.0, 400.0), (-2.0, 2.0))
    assert view.visible_range()[0] == pytest.approx((-400, 400))
    assert view.visible_range()[1] == pytest.approx((-2, 2))
    assert view.note.isVisible()
    assert "θ₁" in view.note.text()
    view.set_home_range(*HOME)
    assert not view.note.isVisible()


@pytest.mark.parametrize(
    "limits",
    [
        (np.nan, 1),
        (-np.inf, np.inf),
        (1, 1),
        (0, 0),
        (3, -3),
        (1e308, -1e308),
        (1, 1 + 1e-16),
        (0, 5e-324),
        (-1e-319, 1e-319),
        (0, 1e-299),
    ],
)
def test_any_range_can_be_shown(view: ContourView, limits: tuple[float, float]) -> None:
    low, high = valid_range(limits)
    assert np.isfinite([low, high]).all()
    assert low < high
    view.set_home_range(limits, limits)
    settle(view)
    pixels = view.box.pixels()
    assert np.isfinite([pixels.point(x, y) for x, y in ((low, high), (high, low))]).all()


# What is drawn


def test_the_colour_at_a_point_is_the_colour_of_its_loss(view: ContourView) -> None:
    experiment = choose("x^2 + 0*y")
    x_range, y_range = view.visible_range()
    landscape = sample_plane(
        experiment.objective(), Plane.of_parameters((0.0, 0.0)), x_range=x_range, y_range=y_range
    )
    view.set_landscape(landscape)
    table = loss_colormap().astype(int)
    levels = np.sqrt(np.array(landscape.levels))
    for x in (-1.37, -0.52, 0.03, 0.61, 1.44):
        if np.abs(levels - abs(x)).min() < 0.02:
            continue
        shade = table[int(float(landscape.scale.position(np.array(x * x))) * 255)][:3]
        assert np.abs(np.array(colour_at(view, x, 1.0)) - shade).max() < 12


def test_a_landscape_without_values_is_shown_empty(view: ContourView) -> None:
    for landscape in (
        None,
        sample_plane(
            choose("log(-1 - x^2 - y^2)").objective(),
            Plane.of_parameters((0.0, 0.0)),
            x_range=(-2, 2),
            y_range=(-2, 2),
            resolution=20,
        ),
        sample_plane(
            choose("0*x*y + 4", parameters=("x", "y")).objective(),
            Plane.of_parameters((0.0, 0.0)),
            x_range=(-2, 2),
            y_range=(-2, 2),
            resolution=20,
        ),
    ):
        view.set_landscape(landscape)
        settle(view)


def test_the_path_is_drawn_at_the_parameters(view: ContourView) -> None:
    trace = trace_of([[-1.5, 2.5], [1.5, 2.5], [1.5, -0.5]], [3.0, 2.0, 1.0])
    view.set_runs([RunView(trace, 1, colour="#ff0000")])
    settle(view)
    red = colour_at(view, 0.3, 2.5)
    assert red[0] > 200
    assert red[1] < 130
    # The future is faint, and there is no line elsewhere.
    assert colour_at(view, 0.3, 1.0) == colour_at(view, -1.0, 0.0)
    view.set_runs([RunView(trace, 2, colour="#ff0000")])
    settle(view)
    assert colour_at(view, 1.5, 0.9)[1] < 130


def test_going_back_shortens_the_solid_path(view: ContourView) -> None:
    trace = trace_of([[-1.5, 2.5], [1.5, 2.5], [1.5, -0.5]], [3.0, 2.0, 1.0])
    view.set_runs([RunView(trace, 2, colour="#ff0000")])
    settle(view)
    solid = colour_at(view, 1.5, 0.9)
    view.set_runs([RunView(trace, 1, colour="#ff0000")])
    settle(view)
    assert colour_at(view, 1.5, 0.9) != solid


def test_axes_choose_the_parameters_of_a_slice(view: ContourView) -> None:
    trace = trace_of([[-1.5, 0.0], [1.5, 0.0]], [2.0, 1.0])
    view.set_plane(Plane.of_parameters((0.0, 0.0), (1, 0)))
    view.set_runs([RunView(trace, 1, colour="#ff0000")])
    settle(view)
    assert colour_at(view, 0.0, 0.5)[1] < 130


def test_only_new_rows_are_read(view: ContourView) -> None:
    random = np.random.default_rng(1)
    points = random.normal(size=(20_000, 2))
    trace = trace_of(points, np.ones(len(points)))
    view.set_runs([RunView(trace, len(trace) - 1)])
    settle(view)
    trace.rows_read = 0
    for _ in range(5):
        trace.add(random.normal(size=(10, 2)), np.ones(10))
        view.set_runs([RunView(trace, len(trace) - 1)])
        settle(view)
    # Parameters for the path, and losses from the previous row on for the rises.
    assert trace.rows_read == 50 + 55


def test_runs_that_are_far_outside_or_diverged_are_drawn_without_errors(view: ContourView) -> None:
    trace = trace_of([[0, 0], [1e200, -1e200], [np.inf, 1], [np.nan, np.nan], [1, 1]], [1.0] * 5)
    view.set_runs([RunView(trace, 4)])
    view.set_step((1e200, -1e200), (1e308, 1), (-1e307, 1), (np.inf, 0))
    settle(view)
    view.set_step((np.nan, 0), (0, 0), (0, 0), None)
    view.set_start(np.nan, np.inf)
    view.set_minima([(np.nan, 0.0), (1.0, 1.0)])
    settle(view)


def test_several_runs_and_none(view: ContourView) -> None:
    one, other = trace_of([[0, 0], [1, 1]], [2.0, 1.0]), trace_of([[1, 0], [0, 1]], [2.0, 1.0])
    view.set_runs([RunView(one, 1), RunView(other, 1, "#56b4e9", (6, 3), "s", marks=((1, "η"),))])
    settle(view)
    view.set_runs([RunView(other, 1, visible=False)])
    settle(view)
    view.set_runs([])
    settle(view)


# Arrows


@pytest.mark.parametrize("length", 10.0 ** np.arange(-1, 12))
def test_a_factor_makes_the_arrow_readable_and_is_round(length: float) -> None:
    factor = arrow_factor(length, 500)
    assert 28 <= length * factor <= 200
    assert float(f"{factor:.0e}") == pytest.approx(factor)
    assert int(f"{factor:e}"[0]) in (1, 2, 5)


def test_a_readable_arrow_has_its_true_length() -> None:
    assert arrow_factor(30, 500) == 1
    assert arrow_factor(199, 500) == 1


@pytest.mark.parametrize("reach", [28.0, 35.0, 60.0, 119.0])
@pytest.mark.parametrize("length", 10.0 ** np.arange(0, 9))
def test_an_arrow_ends_inside_the_view_as_long_as_it_is_readable(
    length: float, reach: float
) -> None:
    wanted = arrow_factor(length, 500)
    factor = arrow_factor(length, 500, reach)
    assert int(f"{factor:e}"[0]) in (1, 2, 5)
    assert factor <= wanted
    assert length * factor >= 20
    if length * factor > reach:
        # No round factor gives an arrow that is both inside the view and readable.
        assert factor == wanted
        assert reach < 2.5 * 20


def test_an_arrow_that_does_not_reach_the_edge_is_not_shortened() -> None:
    assert arrow_factor(100, 500, 101) == 1
    assert arrow_factor(100, 500, 99) == 0.5
    assert arrow_factor(100, 500, 10) == 1


def test_the_arrow_of_a_point_at_the_edge_is_not_cut_off(view: ContourView) -> None:
    right = view.visible_range()[0][1]
    spot = (right - 0.02, 1.0)
    bare = colour_at(view, *spot)
    view.set_step((right - 0.6, 1.0), (-0.9, 0.0), (0.1, 0.0), None)
    settle(view)
    assert colour_at(view, *spot) == bare


def test_a_vanishing_gradient_is_not_enlarged_without_limit() -> None:
    assert arrow_factor(1e-9, 500) == 1000
    assert arrow_factor(0, 500) == 1


def test_a_triangle_points_to_a_point_outside_the_view(view: ContourView) -> None:
    view.set_step((50.0, 0.0), (1.0, 0.0), (-0.1, 0.0), (49.9, 0.0))
    assert view.note.isVisible()
    view.set_step((0.5, 0.0), (1.0, 0.0), (-0.1, 0.0), (0.4, 0.0))
    assert not view.note.isVisible()


def test_labels_do_not_overlap_and_stay_inside(qtbot: QtBot) -> None:
    picture = QImage(300, 200, QImage.Format.Format_ARGB32)
    painter = QPainter(picture)
    area = QRectF(0, 0, 300, 200)
    for spot in (QPointF(150, 100), QPointF(2, 2), QPointF(299, 199), QPointF(0, 100)):
        labels = Labels(painter, LIGHT, area)
        written = [
            labels.write(text, spot, QPointF(1, 0), "#000000")
            for text in ("−∇L × 0.01", "Δθ", "η = 0.2")
        ]
        assert all(area.contains(rect) for rect in written)
        for one, other in combinations(written, 2):
            assert not one.intersects(other)
    painter.end()


def test_areas_that_are_not_finite_do_not_move_labels(qtbot: QtBot) -> None:
    paper = QImage(300, 100, QImage.Format.Format_ARGB32)
    painter = QPainter(paper)
    labels = Labels(painter, LIGHT, QRectF(0, 0, 300, 100))
    labels.keep_clear(QRectF(200, np.nan, 10, 10), QRectF(np.inf, 5, 10, 10))
    one, other = (
        labels.write("1/λ = 0.01", QPointF(x, 12), QPointF(-1, 0), "#000000") for x in (200, 230)
    )
    assert not one.intersects(other)
    painter.end()


# The mouse


def test_setters_emit_no_signal(view: ContourView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.start_dragged), qtbot.assertNotEmitted(view.start_dropped):
        view.set_start(1.0, 1.0)
        view.set_step((0, 0), (1, 1), (0.1, 0.1), None)
        view.set_runs([])


def test_the_start_is_dragged(view: ContourView, qtbot: QtBot) -> None:
    view.set_start(1.0, 1.0)
    view.repaint_now()
    before = view.visible_range()
    target = pixel(view, -1.0, 2.0)
    moves: list[tuple[float, float]] = []
    view.start_dragged.connect(lambda x, y: moves.append((x, y)))
    with qtbot.waitSignal(view.start_dropped) as dropped:
        drag(qtbot, view, pixel(view, 1.0, 1.0), target)
    assert dropped.args == pytest.approx([-1.0, 2.0], abs=0.02)
    assert moves[-1] == tuple(dropped.args)
    assert view.visible_range() == before
    # Dragged values have no more decimals than a pixel can show.
    assert all(len(f"{value:g}".partition(".")[2]) <= 3 for value in dropped.args)


def test_the_start_cannot_be_dragged_out_of_the_view(view: ContourView, qtbot: QtBot) -> None:
    view.set_start(1.0, 1.0)
    view.repaint_now()
    with qtbot.waitSignal(view.start_dropped) as dropped:
        drag(qtbot, view, pixel(view, 1.0, 1.0), QPoint(595, 5))
    (x0, x1), (y0, y1) = view.visible_range()
    x, y = dropped.args
    assert x0 - 0.01 <= x <= x1 + 0.01
    assert y0 - 0.01 <= y <= y1 + 0.01


def test_dragging_elsewhere_pans_and_leaves_the_start_alone(
    view: ContourView, qtbot: QtBot
) -> None:
    view.set_start(1.0, 1.0)
    view.repaint_now()
    (x0, _), _ = view.visible_range()
    with qtbot.assertNotEmitted(view.start_dragged):
        drag(qtbot, view, pixel(view, -1.0, 0.0), pixel(view, -0.5, 0.0))
    assert view.visible_range()[0][0] == pytest.approx(x0 - 0.5, abs=0.05)


def test_a_click_changes_nothing(view: ContourView, qtbot: QtBot) -> None:
    view.set_start(1.0, 1.0)
    before = view.visible_range()
    with qtbot.assertNotEmitted(view.start_dropped):
        for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            qtbot.mouseClick(view.paper, button, pos=pixel(view, 0.0, 0.0))
    assert view.visible_range() == before
    assert QApplication.activePopupWidget() is None


def test_the_wheel_zooms_about_the_mouse_and_a_double_click_resets(
    view: ContourView, qtbot: QtBot
) -> None:
    home = view.visible_range()
    spot = pixel(view, 1.0, 1.0)
    wheel(view, spot, 3)
    (x0, x1), _ = view.visible_range()
    assert x1 - x0 < 0.6 * (home[0][1] - home[0][0])
    assert (pixel(view, 1.0, 1.0) - spot).manhattanLength() <= 2
    double_click(qtbot, view, spot)
    assert view.visible_range() == home


@pytest.mark.parametrize("notches", [40, -40])
def test_zooming_is_limited(view: ContourView, notches: int) -> None:
    for _ in range(10):
        wheel(view, pixel(view, *view.box.viewRect().center().toTuple()), notches)
    (x0, x1), (y0, y1) = view.visible_range()
    assert 1e-9 < x1 - x0 < 1e5
    assert 1e-9 < y1 - y0 < 1e5
    settle(view)


def test_a_new_picture_is_requested_when_the_view_stops_changing(
    view: ContourView, qtbot: QtBot
) -> None:
    qtbot.wait(100)
    asked: list[tuple[float, ...]] = []
    view.view_changed.connect(lambda *view_range: asked.append(view_range))
    for _ in range(4):
        wheel(view, pixel(view, 0.0, 0.0), 1)
    qtbot.waitUntil(lambda: bool(asked))
    qtbot.wait(100)
    (x0, x1), (y0, y1) = view.visible_range()
    assert asked == [pytest.approx((x0, x1, y0, y1))]


def test_the_position_of_the_mouse_is_shown(view: ContourView, qtbot: QtBot) -> None:
    view.set_titles(("θ₁", "θ₂"))
    qtbot.mouseMove(view.paper, pixel(view, 0.5, 1.0))
    qtbot.waitUntil(lambda: view.position_note.isVisible())
    assert view.position_note.text().startswith("θ₁ = 0.")
    assert "θ₂ = " in view.position_note.text()


def test_dragged_values_have_no_more_decimals_than_a_pixel_can_tell() -> None:
    assert rounded_to_pixel(0.123456, 100.0) == 0.12
    assert rounded_to_pixel(-1234.5, 0.02) == -1230
    assert np.isnan(rounded_to_pixel(np.nan, 100.0))


# Looks


def test_a_theme_change_repaints_everything(view: ContourView) -> None:
    trace = trace_of([[-1.5, 2.5], [1.5, 2.5]], [2.0, 1.0])
    view.set_runs([RunView(trace, 1)])
    view.set_step((1.5, 2.5), (1, 1), (-0.4, -0.4), (1.1, 2.1))
    settle(view)
    light = colour_at(view, -1.9, -0.9)
    view.set_theme(DARK)
    settle(view)
    assert colour_at(view, -1.9, -0.9) != light


def test_it_has_an_accessible_name(view: ContourView) -> None:
    assert view.accessibleName()
    assert view.accessibleDescription()


def test_a_long_path_catches_up_over_several_frames(view: ContourView, qtbot: QtBot) -> None:
    random = np.random.default_rng(2)
    trace = trace_of(random.uniform(-1, 1, (200_000, 2)), np.ones(200_000))
    view.set_runs([RunView(trace, len(trace) - 1)])
    view.repaint_now()
    (path,) = run_layers(view)
    assert not path.is_up_to_date
    qtbot.waitUntil(lambda: path.is_up_to_date)
