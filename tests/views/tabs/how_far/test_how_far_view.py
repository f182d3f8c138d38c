"""The tab "How far" shows everything it is given, and nothing of the previous step."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
from plot_traces import colour_at
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from gdsim.core.how_far.line_slice import LineSlice, slice_along_gradient
from gdsim.core.loss.objectives import objective
from gdsim.views.plot.legend import Legend
from gdsim.views.tabs.how_far.how_far_view import HowFarView, NamedNumber
from gdsim.views.tabs.how_far.slice_layer import draw_slice_symbol
from gdsim.views.tabs.how_far.slice_view import SliceView
from gdsim.views.theme import DARK, LIGHT, Theme

LEGEND = [
    ("here", "L(θ) = 4"),
    ("tangent", "tangent"),
    ("eta", "chosen η = 0.1"),
    ("best", "best η = 0.5"),
    ("rise", "L rises from η = 1"),
]
NUMBERS = [
    NamedNumber(r"\lambda_{\max}", "λₘₐₓ", "≈ 105.4189"),
    NamedNumber(r"\lambda_{\min}", "λₘᵢₙ", "≈ 28.69055"),
    NamedNumber(r"\kappa", "κ", "≈ 3.67434"),
    NamedNumber(r"1 / \lambda_{\max}", "1/λₘₐₓ", "≈ 0.00948597"),
    NamedNumber(r"2 / \lambda_{\max}", "2/λₘₐₓ", "≈ 0.0189719"),
]
SENTENCE = "η·λₘₐₓ = 0.01·105.419 ≈ 1.05419 < 2: every step lands on the other side."


def bowl(eta: float = 0.1) -> LineSlice:
    """(x − 3)² from 1: L = 4, lowest at τ = ½, and 4 again at τ = 1."""
    loss = objective("(x - 3)^2", ("x",))
    line = slice_along_gradient(loss, np.array([1.0]), np.array([-4.0]), eta)
    assert isinstance(line, LineSlice)
    return line


@pytest.fixture
def view(qtbot: QtBot) -> HowFarView:
    view = HowFarView()
    qtbot.addWidget(view)
    view.set_theme(LIGHT)
    view.resize(470, 345)
    view.show()
    return view


def fill(view: HowFarView) -> None:
    view.set_slice(bowl(), LEGEND, "The line is that of −η∇L.")
    view.set_numbers(NUMBERS)
    view.set_forecast("Zig-zags", SENTENCE, "This holds everywhere.", "slow")


def test_all_given_texts_are_shown(view: HowFarView) -> None:
    fill(view)
    said = view.text().splitlines()
    for text in (
        "chosen η = 0.1",
        "λₘₐₓ ≈ 105.4189",
        "Zig-zags",
        SENTENCE,
        "This holds everywhere.",
    ):
        assert text in said


def test_nothing_of_the_previous_step_stays(view: HowFarView) -> None:
    fill(view)
    view.set_slice(None, (), "The gradient is zero here.")
    view.set_numbers(())
    view.set_forecast("", "", "", "")
    assert view.text() == "The gradient is zero here."
    assert not view.plot.isVisible()
    assert not view.legend.isVisible()
    fill(view)
    assert view.plot.isVisible()
    assert "The gradient is zero here." not in view.text()


def test_less_than_signs_are_not_read_as_markup(view: HowFarView) -> None:
    view.set_forecast("Diverges", "1 < 2 & 3 > <b>2</b>", "", "bad")
    label = next(label for label in view.findChildren(QLabel) if "Diverges" in label.text())
    assert "1 &lt; 2 &amp; 3 &gt; &lt;b&gt;2" in label.text()


@pytest.mark.parametrize("size", [(470, 345), (420, 270), (300, 200), (900, 700)])
@pytest.mark.parametrize("theme", [LIGHT, DARK, dataclasses.replace(LIGHT, text_size=18.0)])
def test_it_scrolls_rather_than_clips(
    qtbot: QtBot, view: HowFarView, size: tuple[int, int], theme: Theme
) -> None:
    view.set_theme(theme)
    view.resize(*size)
    fill(view)
    qtbot.wait(30)
    scroll = view.findChild(QScrollArea)
    assert scroll is not None
    contents = scroll.widget()
    assert contents is not None
    assert contents.width() <= scroll.viewport().width()
    for label in contents.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width())
            assert label.geometry().bottom() <= contents.height()
    hidden = contents.height() - scroll.viewport().height()
    assert scroll.verticalScrollBar().maximum() == max(hidden, 0)
    assert view.plot.height() >= 100


def test_the_mood_colours_the_word(view: HowFarView) -> None:
    def sheet() -> str:
        return next(
            label.text() for label in view.findChildren(QLabel) if "Diverges" in label.text()
        )

    view.set_forecast("Diverges", "", "", "bad")
    assert LIGHT.error in sheet()
    view.set_theme(DARK)
    assert DARK.error in sheet()
    assert LIGHT.error not in sheet()
    view.set_forecast("Diverges", "", "", "")
    assert DARK.error not in sheet()


# The plot


@pytest.fixture
def plot(qtbot: QtBot) -> SliceView:
    plot = SliceView()
    qtbot.addWidget(plot)
    plot.set_theme(LIGHT)
    plot.resize(460, 300)
    plot.show()
    return plot


def rgb(colour: str) -> tuple[int, int, int]:
    return (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))


def test_the_marks_lie_on_the_curve(plot: SliceView) -> None:
    plot.set_slice(bowl())
    for tau, loss, colour in (
        (0.0, 4.0, LIGHT.current),
        (0.5, 0.0, LIGHT.minimum_on_card),
        (1.0, 4.0, LIGHT.rise),
    ):
        assert colour_at(plot, tau, loss) == pytest.approx(rgb(colour), abs=12)
    red, _, blue = colour_at(plot, 0.75, 1.0)
    assert blue > red + 60, "the curve is not there"


def test_it_shows_the_whole_line(plot: SliceView) -> None:
    line = bowl()
    plot.set_slice(line)
    (left, right), (low, high) = plot.visible_range()
    assert (left, right) == pytest.approx(line.tau_range)
    assert (low, high) == pytest.approx(line.loss_range)


@pytest.mark.parametrize(
    "change",
    [
        {"best": None, "best_loss": math.nan},
        {"rise": None},
        {"best": None, "best_loss": math.nan, "rise": None},
        {"eta": 1e9, "eta_loss": math.inf},
        {"eta": -1.0, "eta_loss": 36.0},
        {"eta": math.nan, "eta_loss": math.nan},
        {"loss": np.full(321, math.nan)},
        {"rise_is_end": True},
    ],
    ids=str,
)
def test_any_line_can_be_painted(plot: SliceView, change: dict[str, Any]) -> None:
    plot.set_slice(dataclasses.replace(bowl(), **change))
    assert not plot.grab().isNull()
    plot.set_slice(None)
    assert not plot.grab().isNull()


def test_a_pointer_shows_a_rate_outside_the_view(plot: SliceView) -> None:
    plot.set_slice(bowl(eta=1000.0))
    _, right = plot.visible_range()[0]
    edge = right * (1 - 8 / 420)
    assert colour_at(plot, edge, 4.0) == pytest.approx(rgb(LIGHT.ghost), abs=30)


def test_the_point_of_the_slice_under_the_mouse_is_shown(plot: SliceView) -> None:
    plot.set_slice(bowl())
    plot.box.hovered.emit((0.5, 3.0))
    assert plot.position_note.text() == "τ = 0.5, L = 3"
    plot.box.hovered.emit(None)
    assert plot.position_note.text() == ""


# The legend


@pytest.mark.parametrize("width", [100, 200, 350, 460, 1000])
def test_legend_entries_stay_inside_and_apart(qtbot: QtBot, width: int) -> None:
    legend = Legend(draw_slice_symbol)
    qtbot.addWidget(legend)
    legend.set_entries(LEGEND)
    places = legend.entry_rects(width)
    for place in places:
        assert place.left() >= 0
        assert place.right() <= width or place.left() == 0
    for index, place in enumerate(places):
        assert not any(place.intersects(other) for other in places[index + 1 :])
    assert legend.heightForWidth(width) == round(max(place.bottom() for place in places))
    legend.resize(width, legend.heightForWidth(width))
    assert not legend.grab().isNull()
    assert legend.texts() == [text for _, text in LEGEND]
    assert "best η = 0.5" in legend.accessibleName()
