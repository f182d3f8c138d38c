"""The landscape's card: its header asks for little room, and says which slice is shown."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gdsim.views.landscape_panel import LandscapePanel
from gdsim.views.theme import LIGHT


@pytest.fixture
def panel(qtbot: QtBot) -> LandscapePanel:
    panel = LandscapePanel()
    qtbot.addWidget(panel)
    panel.set_theme(LIGHT)
    return panel


def test_the_choice_of_a_slice_does_not_widen_the_window(panel: LandscapePanel) -> None:
    panel.set_parameters(["a", "b"], (0, 1))
    without = panel.minimumSizeHint().width()
    assert without < 400
    panel.set_parameters(["weight_of_the_first_layer", "b", "c", "d"], (0, 1))
    assert panel.minimumSizeHint().width() == without


def test_a_slice_says_what_it_is(panel: LandscapePanel) -> None:
    panel.set_parameters(["a", "b", "c"], (0, 2))
    panel.show()
    QApplication.processEvents()
    assert panel.x_choice.isVisible()
    assert [panel.x_choice.currentText(), panel.y_choice.currentText()] == ["a", "c"]
    assert panel._slice_note.toolTip()
    panel.close()


def test_choosing_the_other_axis_swaps_the_two(panel: LandscapePanel) -> None:
    panel.set_parameters(["a", "b", "c"], (0, 2))
    spy = QSignalSpy(panel.axes_chosen)
    panel.x_choice.chosen.emit("c")
    assert spy.at(0) == [2, 0]
