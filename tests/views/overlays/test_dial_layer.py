"""The dial on the landscape: its hand can be dragged and read, wherever it is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from plot_traces import drag, pixel, settle
from PySide6.QtCore import QPoint, QPointF, QRectF
from pytestqt.qtbot import QtBot

from gdsim.views.landscape.contour_view import ContourView
from gdsim.views.overlays.dial_layer import Dial
from gdsim.views.theme import DARK

LINES = np.array([[-0.5, -0.8, -0.5, 0.8], [0.0, -1.0, 0.0, 1.0], [0.5, -0.8, 0.5, 0.8]])
EAST = Dial((0.0, 0.0), 1.0, (1.0, 0.0), (-1.0, 0.0), LINES, "β = 180°")


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ContourView]:
    widget = ContourView()
    qtbot.addWidget(widget)
    widget.resize(600, 500)
    widget.set_home_range((-2.0, 2.0), (-2.0, 2.0))
    widget.show()
    qtbot.waitExposed(widget)
    settle(widget)
    yield widget
    widget.close()


def knob(view: ContourView) -> QPoint:
    """The position of the hand in pixels of the canvas."""
    spot = view.dial_hand()
    assert spot is not None
    return view.box.mapToScene(spot).toPoint()


def test_the_knob_is_outside_the_circle_in_its_direction(view: ContourView) -> None:
    for angle in np.radians(np.arange(0, 360, 30)):
        direction = (math.cos(angle), math.sin(angle))
        view.set_dial(replace(EAST, direction=direction))
        offset = QPointF(knob(view) - pixel(view, 0, 0))
        length = math.hypot(offset.x(), offset.y())
        assert offset.x() / length == pytest.approx(direction[0], abs=0.02)
        assert -offset.y() / length == pytest.approx(direction[1], abs=0.02)
        assert length > view.box.pixels().x_scale


def test_the_hand_is_turned_with_the_mouse(view: ContourView, qtbot: QtBot) -> None:
    view.set_dial(EAST)
    before = view.visible_range()
    turned: list[tuple[float, float]] = []
    view.dial_turned.connect(lambda x, y: turned.append((x, y)))
    drag(qtbot, view, knob(view), pixel(view, 0.0, 1.5))
    assert turned
    x, y = turned[-1]
    assert math.degrees(math.atan2(y, x)) == pytest.approx(90, abs=1)
    assert view.visible_range() == before, "the plot was panned"


def test_a_drag_beside_the_hand_pans(view: ContourView, qtbot: QtBot) -> None:
    view.set_dial(EAST)
    turned: list[float] = []
    view.dial_turned.connect(lambda x, y: turned.append(x))
    before = view.visible_range()
    drag(qtbot, view, pixel(view, -1.5, -1.5), pixel(view, -1.0, -1.5))
    assert view.visible_range() != before
    assert not turned


def test_the_hand_is_dragged_where_it_covers_the_start(view: ContourView, qtbot: QtBot) -> None:
    view.set_dial(EAST)
    x, y = view.box.pixels().inverse(*(view.dial_hand() or QPointF()).toTuple())
    view.set_start(x, y)
    moved: list[float] = []
    view.start_dragged.connect(lambda x, y: moved.append(x))
    drag(qtbot, view, knob(view), pixel(view, 0.0, 1.5))
    assert not moved


@pytest.mark.parametrize("radius", [1e-9, 1e-3, 0.1, 5.0, 1e6, 1e300])
def test_a_circle_of_any_size_can_be_turned(view: ContourView, qtbot: QtBot, radius: float) -> None:
    view.set_dial(replace(EAST, radius=radius, lines=LINES * radius))
    settle(view, 2)
    place = view.dial_hand()
    assert place is not None
    rect = view.box.rect()
    assert QRectF(0, 0, rect.width(), rect.height()).contains(place)
    middle = view.box.pixels().point(0, 0)
    assert math.hypot(place.x() - middle[0], place.y() - middle[1]) > 20
    with qtbot.waitSignal(view.dial_turned):
        drag(qtbot, view, knob(view), pixel(view, 0.0, 1.5))


@pytest.mark.parametrize("centre", [(-1.99, 0.0), (1.99, 1.99), (0.0, -1.99)])
def test_near_the_edge_the_hand_stays_in_the_view(
    view: ContourView, centre: tuple[float, float]
) -> None:
    for angle in np.radians(np.arange(0, 360, 15)):
        view.set_dial(
            replace(EAST, centre=centre, direction=(math.cos(angle), math.sin(angle)), radius=0.5)
        )
        place = view.dial_hand()
        assert place is not None
        rect = view.box.rect()
        assert QRectF(-25, -25, rect.width() + 50, rect.height() + 50).contains(place)


def test_outside_the_view_there_is_no_hand(view: ContourView, qtbot: QtBot) -> None:
    view.set_dial(replace(EAST, centre=(50.0, 0.0)))
    settle(view, 2)
    assert view.dial_hand() is None
    with qtbot.assertNotEmitted(view.dial_turned):
        drag(qtbot, view, QPoint(60, 60), QPoint(90, 60))


def test_without_a_dial_nothing_is_painted(view: ContourView) -> None:
    bare = view.grab().toImage()
    view.set_dial(EAST)
    settle(view, 2)
    assert view.grab().toImage() != bare
    view.set_dial(None)
    settle(view, 2)
    assert view.grab().toImage() == bare
    assert view.box.handle_rects() == []


def test_without_a_slope_there_is_a_circle_but_no_angle(view: ContourView) -> None:
    view.set_dial(EAST)
    settle(view, 2)
    whole = view.grab().toImage()
    view.set_dial(replace(EAST, uphill=None, lines=np.empty((0, 4))))
    settle(view, 2)
    assert view.grab().toImage() != whole
    assert view.dial_hand() is not None


@pytest.mark.parametrize("direction", [(math.nan, 0.0), (1.0, math.inf)])
def test_numbers_that_are_not_finite_paint_nothing(
    view: ContourView, direction: tuple[float, float]
) -> None:
    view.set_dial(replace(EAST, direction=direction))
    settle(view, 2)
    assert view.dial_hand() is None
    view.set_dial(replace(EAST, centre=(math.nan, 0.0)))
    settle(view, 2)
    assert view.dial_hand() is None


def test_with_unequal_scales_the_direction_of_the_hand_is_right(
    view: ContourView, qtbot: QtBot
) -> None:
    view.set_home_range((-40.0, 40.0), (-2.0, 2.0))
    settle(view, 2)
    diagonal = math.sqrt(0.5)
    view.set_dial(replace(EAST, direction=(diagonal, diagonal)))
    x, y = view.box.pixels().inverse(*(view.dial_hand() or QPointF()).toTuple())
    assert x == pytest.approx(y)
    turned: list[tuple[float, float]] = []
    view.dial_turned.connect(lambda x, y: turned.append((x, y)))
    drag(qtbot, view, knob(view), pixel(view, -10.0, 1.0))
    assert turned[-1] == (pytest.approx(-10, rel=0.05), pytest.approx(1, rel=0.05))


def test_labels_of_the_step_do_not_cover_the_hand(view: ContourView) -> None:
    view.set_step((0.0, 0.0), (-1.0, 0.0), (1.0, 0.0), (1.0, 0.0))
    view.set_dial(EAST)
    settle(view, 3)
    (place,) = [area for area in view.box.handle_rects() if not area.isEmpty()]
    assert view.box.label_rects
    for label in view.box.label_rects:
        assert not label.intersects(place.adjusted(4, 4, -4, -4))


def test_it_follows_the_theme(view: ContourView) -> None:
    view.set_dial(EAST)
    settle(view, 2)
    light = view.grab().toImage()
    view.set_theme(DARK)
    settle(view, 2)
    assert view.grab().toImage() != light
