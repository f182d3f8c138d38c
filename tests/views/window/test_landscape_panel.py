"""The card of the landscape: its header is narrow and shows the choice of the slice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from gdsim.views.landscape.slice_selector import SliceSelector
from gdsim.views.theme import LIGHT
from gdsim.views.window.landscape_panel import LandscapePanel

KINDS = ("parameters", "principal", "random")


@pytest.fixture
def panel(qtbot: QtBot) -> LandscapePanel:
    panel = LandscapePanel()
    panel.build_rest()
    qtbot.addWidget(panel)
    panel.set_theme(LIGHT)
    return panel


def test_the_choice_of_a_slice_does_not_widen_the_window(panel: LandscapePanel) -> None:
    panel.set_parameters(["a", "b"])
    without = panel.minimumSizeHint().width()
    assert without < 400
    names = ["weight_of_the_first_layer", "b", "c", "d"]
    panel.set_parameters(names)
    panel.slice.set_parameters(names, (0, 1))
    panel.slice.set_sentence("Slice through the last point " * 9)
    for kind in KINDS:
        panel.slice.set_slice(kind, "last")
        assert panel.minimumSizeHint().width() == without


@pytest.fixture
def selector(qtbot: QtBot) -> Iterator[SliceSelector]:
    selector = SliceSelector()
    qtbot.addWidget(selector)
    selector.set_parameters(["a", "b", "c"], (0, 2))
    selector.show()
    yield selector
    selector.close()


def test_only_a_slice_along_parameters_shows_their_choice(selector: SliceSelector) -> None:
    assert [selector.x_choice.currentText(), selector.y_choice.currentText()] == ["a", "c"]
    asked = {
        "parameters": (True, False),
        "principal": (False, False),
        "random": (False, True),
    }
    assert set(asked) == set(KINDS)
    for kind, (axes, others) in asked.items():
        selector.set_slice(kind, "shown")
        assert selector.x_choice.isVisible() == selector.y_choice.isVisible() == axes
        assert selector.others.isVisible() == others


def test_choosing_the_other_axis_swaps_the_two(selector: SliceSelector) -> None:
    spy = QSignalSpy(selector.axes_chosen)
    selector.x_choice.chosen.emit("c")
    assert spy.at(0) == [2, 0]


def test_setting_emits_nothing_and_choosing_emits(selector: SliceSelector) -> None:
    kinds, anchors = QSignalSpy(selector.kind_chosen), QSignalSpy(selector.anchor_chosen)
    for kind in KINDS:
        for anchor in ("shown", "last"):
            selector.set_slice(kind, anchor)
    assert kinds.count() == anchors.count() == 0
    for box, spy in ((selector.kind, kinds), (selector.anchor, anchors)):
        box.setCurrentIndex(0)
        box.activated.emit(0)
        assert spy.count() == 1
