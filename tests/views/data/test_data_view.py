"""The data: points, the model's curve or map, the rows of a step, points added by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from plot_traces import colour_at, pixel, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gdsim.core.arrays import Floats
from gdsim.core.learning.model_picture import (
    PlotKind,
    Scatter,
    agreement,
    home_ranges,
    model_curve,
    model_map,
    scatter,
)
from gdsim.views.data.data_view import DataView
from gdsim.views.theme import DARK, LIGHT, class_colormap

GROUND = tuple(int(LIGHT.card[place : place + 2], 16) for place in (1, 3, 5))


def rgb(name: str) -> tuple[int, ...]:
    return tuple(int(name[place : place + 2], 16) for place in (1, 3, 5))


def line_rows() -> dict[str, Floats]:
    return {"x": np.array([1.0, 2.0, 3.0]), "y": np.array([2.0, 3.0, 4.0])}


def class_rows(low: float = 0.0) -> dict[str, Floats]:
    return {
        "x1": np.array([-1.0, -0.8, 0.8, 1.0]),
        "x2": np.array([-1.0, 0.5, -0.5, 1.0]),
        "y": np.array([low, low, 1.0, 1.0]),
    }


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[DataView]:
    widget = DataView()
    qtbot.addWidget(widget)
    widget.resize(560, 480)
    widget.show()
    qtbot.waitExposed(widget)
    yield widget
    widget.close()


def show(view: DataView, points: Scatter) -> None:
    view.set_points(points)
    view.set_home_range(*home_ranges(points))
    settle(view, 3)


def entries(view: DataView) -> list[str]:
    return view.legend.texts()


def test_rows_are_drawn_at_their_numbers(view: DataView) -> None:
    show(view, scatter(line_rows(), ("x",), "y"))
    for x in (1.0, 2.0, 3.0):
        assert colour_at(view, x, x + 1) == rgb(LIGHT.row)
    assert colour_at(view, 2.0, 2.3) == GROUND
    assert view.x_axis.labelText == "x"
    assert view.y_axis.labelText == "y"


def test_line_and_residuals_follow_the_model(view: DataView) -> None:
    points = scatter(line_rows(), ("x",), "y")
    show(view, points)
    view.set_curve(model_curve(lambda c: 0 * c["x"] + 2.5, points, view.visible_range()[0]))
    settle(view, 3)
    assert colour_at(view, 1.5, 2.5) == rgb(LIGHT.curve)
    assert colour_at(view, 3.0, 3.2) != GROUND  # the residual of the last row
    assert colour_at(view, 2.5, 3.2) == GROUND
    view.set_curve(model_curve(lambda c: c["x"] + 1, points, view.visible_range()[0]))
    settle(view, 3)
    assert colour_at(view, 1.5, 2.5) == pytest.approx(rgb(LIGHT.curve), abs=40)
    assert colour_at(view, 1.5, 2.2) == GROUND
    assert entries(view) == ["row", "model ŷ", "residual"]


def test_the_rows_of_the_batch_are_highlighted(view: DataView) -> None:
    points = scatter(line_rows(), ("x",), "y")
    show(view, points)
    view.set_lit(np.array([1]))
    settle(view, 3)
    assert colour_at(view, 2.0, 3.0) == rgb(LIGHT.row)
    faded = colour_at(view, 1.0, 2.0)
    assert rgb(LIGHT.row) < faded < GROUND
    assert "rows of this step" in entries(view)
    view.set_lit(None)
    settle(view, 3)
    assert colour_at(view, 1.0, 2.0) == rgb(LIGHT.row)
    assert "rows of this step" not in entries(view)


@pytest.mark.parametrize("low", [0.0, -1.0])
def test_two_classes_have_colours_shapes_a_map_and_a_boundary(view: DataView, low: float) -> None:
    points = scatter(class_rows(low), ("x1", "x2"), "y")
    show(view, points)
    assert colour_at(view, -1.0, -1.0) == rgb(LIGHT.class_low)
    assert colour_at(view, 1.0, 1.0) == rgb(LIGHT.class_high)
    steep = model_map(lambda c: np.where(c["x1"] > 0, 1.0, low), points, *view.visible_range())
    view.set_map(steep)
    settle(view, 3)
    table = class_colormap(LIGHT)
    assert colour_at(view, -0.5, 0.0) == pytest.approx(tuple(table[0].tolist()), abs=2)
    assert colour_at(view, 0.5, 0.0) == pytest.approx(tuple(table[255].tolist()), abs=2)
    middle = "0.5" if low == 0 else "0"
    assert entries(view)[2] == f"boundary: ŷ = {middle}"
    view.box.hovered.emit((0.5, 0.0))
    assert view.position_note.text().endswith("ŷ = 1")


def test_classes_also_differ_by_their_markers(view: DataView) -> None:
    view.set_theme(replace(LIGHT, line_weight=3.0))
    show(view, scatter(class_rows(), ("x1", "x2"), "y"))
    corners = []
    for x, y in ((-0.8, 0.5), (0.8, -0.5)):
        spot = pixel(view, x, y)
        image = view.paper.grab().toImage()
        corners.append(image.pixelColor(spot.x() + 8, spot.y() + 8).getRgb()[:3])
    assert corners[0] != rgb(LIGHT.class_low)  # a disc has no corner
    assert corners[1] == rgb(LIGHT.class_high)


def test_a_point_has_the_colour_of_the_map_where_both_agree(view: DataView) -> None:
    rows = {"x1": np.array([0.0, 1.0]), "x2": np.array([0.0, 1.0]), "y": np.array([0.0, 5.0])}
    points = scatter(rows, ("x1", "x2"), "y")
    show(view, points)
    own = colour_at(view, 1.0, 1.0)
    view.set_map(model_map(lambda c: 0 * c["x1"] + 5.0, points, *view.visible_range()))
    settle(view, 3)
    assert colour_at(view, 0.5, 0.5) == pytest.approx(own, abs=3)
    assert colour_at(view, 0.0, 0.0) != pytest.approx(own, abs=30)
    assert entries(view)[0] == "colours from 0 to 5"


def test_many_inputs_are_shown_as_prediction_against_target(view: DataView) -> None:
    rows = {name: np.arange(4.0) for name in ("a", "b", "c", "y")}
    points = scatter(rows, ("a", "b", "c"), "y")
    assert points.kind is PlotKind.AGREEMENT
    show(view, points)
    for offset in (1.0, -1.0):
        model = lambda c, offset=offset: c["a"] + offset  # noqa: E731
        told = agreement(model, rows, points)
        view.set_points(told)
        view.set_curve(model_curve(model, told, view.visible_range()[0]))
        settle(view, 3)
        assert colour_at(view, 2.0, 2.0 + offset) == rgb(LIGHT.row)
    assert entries(view)[1] == "ŷ = y"
    assert view.y_axis.labelText == "ŷ"


def test_many_points_are_thinned_and_a_note_says_so(view: DataView) -> None:
    x = np.linspace(0, 1, 50_000)
    show(view, scatter({"x": x, "y": x}, ("x",), "y"))
    assert "of 50\u2009000 rows" in view.note.text()


def test_a_click_adds_a_point_only_while_points_are_added(qtbot: QtBot, view: DataView) -> None:
    show(view, scatter(line_rows(), ("x",), "y"))
    added: list[tuple[float, float, int]] = []
    view.point_added.connect(lambda *point: added.append(point))
    paper = view.paper
    spot = pixel(view, 2.5, 2.5)
    qtbot.mouseClick(paper, Qt.MouseButton.LeftButton, pos=spot)
    assert not added
    qtbot.mouseClick(view.header.switch, Qt.MouseButton.LeftButton)
    qtbot.wait(300)  # or it would be a double click
    qtbot.mouseClick(paper, Qt.MouseButton.LeftButton, pos=spot)
    assert len(added) == 1
    assert added[0] == (pytest.approx(2.5, abs=0.02), pytest.approx(2.5, abs=0.02), 0)


def test_the_mouse_button_and_the_choice_set_the_class(qtbot: QtBot, view: DataView) -> None:
    show(view, scatter(class_rows(), ("x1", "x2"), "y"))
    labels: list[int] = []
    view.point_added.connect(lambda x, y, label: labels.append(label))
    view.header.switch.click()
    settle(view, 3)
    paper = view.paper
    for button, place in ((Qt.MouseButton.LeftButton, -0.3), (Qt.MouseButton.RightButton, 0.3)):
        qtbot.mouseClick(paper, button, pos=pixel(view, place, 0.0))
    assert labels == [0, 1]
    (square,) = (
        button for button in view.header.findChildren(QPushButton) if button.text().startswith("■")
    )
    square.click()
    qtbot.mouseClick(paper, Qt.MouseButton.RightButton, pos=pixel(view, 0.0, 0.4))
    assert labels == [0, 1, 0]


def test_the_last_point_can_be_removed(qtbot: QtBot, view: DataView) -> None:
    show(view, scatter(line_rows(), ("x",), "y"))
    view.header.switch.click()
    settle(view, 3)
    qtbot.waitActive(view)
    with qtbot.waitSignal(view.header.last_removed):
        qtbot.keyClick(view, Qt.Key.Key_Delete)


def test_other_points_remove_the_old_model(view: DataView) -> None:
    points = scatter(line_rows(), ("x",), "y")
    show(view, points)
    view.set_curve(model_curve(lambda c: c["x"], points, view.visible_range()[0]))
    view.set_lit(np.array([0]))
    show(view, scatter(class_rows(), ("x1", "x2"), "y"))
    assert entries(view) == ["class 0", "class 1"]
    view.set_points(None)
    settle(view, 3)
    assert entries(view) == []


def test_it_can_be_shown_in_the_dark_theme(view: DataView) -> None:
    view.set_theme(DARK)
    show(view, scatter(line_rows(), ("x",), "y"))
    assert colour_at(view, 2.0, 3.0) == rgb(DARK.row)
