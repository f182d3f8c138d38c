"""Marks below a slider: below the handle's middle, readable, in order, inside the widget."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gdsim.views.setup.control_panel import ControlPanel
from gdsim.views.setup.slider_marks import Mark, SliderMarks, spread
from gdsim.views.theme import DARK, LIGHT
from gdsim.views.widgets.scale_slider import LogSlider

RATES = [1e-5, 2e-4, 0.0095, 0.019, 0.5, 1.0, 9.9]


class Pair(QWidget):
    """A slider above its marks."""

    def __init__(self, width: int = 280) -> None:
        super().__init__()
        self.slider = LogSlider(1e-5, 10)
        self.marks = SliderMarks(self.slider)
        self.marks.set_theme(LIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 0, 7, 0)
        column.addWidget(self.slider)
        column.addWidget(self.marks)
        self.resize(width, 60)


@pytest.fixture
def pair(qtbot: QtBot) -> Pair:
    widget = Pair()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def named(rates: list[float]) -> list[Mark]:
    return [(rate, f"{place}/λₘₐₓ") for place, rate in enumerate(rates, start=1)]


@pytest.mark.parametrize("rate", RATES)
def test_a_mark_is_where_the_handle_would_be(pair: Pair, rate: float) -> None:
    pair.slider.set_value(rate)
    handle = pair.slider.handle_rect()
    place = pair.slider.pixel_of(rate)
    assert place is not None
    assert abs(place - (handle.x() + handle.width() / 2)) <= 1.5


@pytest.mark.parametrize("rate", [0.0, -1.0, 1e-6, 11.0, 1e300, math.inf, -math.inf, math.nan])
def test_values_outside_the_slider_are_not_marked(pair: Pair, rate: float) -> None:
    assert pair.slider.pixel_of(rate) is None
    pair.marks.set_marks([(rate, "2/λ")])
    assert pair.marks.labels() == []


@pytest.mark.parametrize("rates", [list(two) for two in itertools.combinations(RATES, 2)])
@pytest.mark.parametrize("width", [120, 280, 400])
def test_labels_of_marks_do_not_overlap(pair: Pair, rates: list[float], width: int) -> None:
    pair.resize(width, 60)
    pair.marks.set_marks(named(rates))
    labels = pair.marks.labels()
    assert [text for text, _ in labels] == ["1/λₘₐₓ", "2/λₘₐₓ"]
    (_, left), (_, right) = labels
    assert left.left() >= 0
    assert left.right() < right.left()
    assert right.right() <= pair.marks.width() + 0.5


def test_marks_may_be_given_in_any_order(pair: Pair) -> None:
    pair.marks.set_marks([(0.5, "late"), (0.001, "early")])
    assert [text for text, _ in pair.marks.labels()] == ["early", "late"]


def test_spread_moves_only_labels_that_would_overlap() -> None:
    generator = np.random.default_rng(3)
    for _ in range(200):
        lefts = np.sort(generator.uniform(0, 200, 5)).tolist()
        widths = generator.uniform(10, 40, 5).tolist()
        moved = spread(lefts, widths)
        for place in range(4):
            assert moved[place] + widths[place] + 5.9 < moved[place + 1]
        assert spread(moved, widths) == pytest.approx(moved)
    assert spread([0.0, 100.0], [20.0, 20.0]) == [0.0, 100.0]


def test_the_space_for_marks_is_reserved(pair: Pair) -> None:
    before = pair.marks.height()
    pair.marks.set_marks(named([0.01, 0.02]))
    assert pair.marks.height() == before > 10


def ink(image: QImage) -> int:
    colours = [image.pixel(x, y) for x in range(image.width()) for y in range(image.height())]
    return len(colours) - colours.count(max(set(colours), key=colours.count))


def test_marks_are_painted_in_both_themes(pair: Pair) -> None:
    empty = ink(pair.marks.grab().toImage())
    pair.marks.set_marks(named([0.01, 0.02]))
    painted = pair.marks.grab().toImage()
    assert ink(painted) > empty + 40
    pair.marks.set_theme(DARK)
    assert pair.marks.grab().toImage() != painted


def test_screen_readers_get_the_numbers_of_the_marks(pair: Pair) -> None:
    pair.marks.set_marks([(0.0095, "1/λ"), (0.019, "2/λ")])
    assert pair.marks.accessibleName() == "1/λ = 0.0095, 2/λ = 0.019"


def test_the_panel_passes_marks_on_and_emits_nothing(qtbot: QtBot) -> None:
    panel = ControlPanel()
    qtbot.addWidget(panel)
    entered = QSignalSpy(panel.eta_entered)
    panel.set_eta_marks([(0.5, "2/λ")])
    panel.set_eta_hint("stable below 0.5")
    assert [text for text, _ in panel.rate.marks.labels()] == ["2/λ"]
    assert entered.count() == 0
