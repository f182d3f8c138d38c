"""The logarithmic slider: a click moves the handle there, as on all sliders of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from gdsim.views.widgets.scale_slider import LogSlider


@pytest.fixture
def slider(qtbot: QtBot) -> LogSlider:
    slider = LogSlider(1e-4, 1)
    qtbot.addWidget(slider)
    slider.resize(300, 24)
    slider.set_value(1e-4)
    slider.show()
    return slider


def test_a_click_sets_the_value_under_the_pointer(qtbot: QtBot, slider: LogSlider) -> None:
    spy = QSignalSpy(slider.value_changed)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(150, 12))
    assert spy.at(0)[0] == pytest.approx(0.01, rel=0.1)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(298, 12))
    assert spy.at(1)[0] == 1.0


def test_a_number_outside_the_scale_is_kept_and_shown_at_the_end(slider: LogSlider) -> None:
    spy = QSignalSpy(slider.value_changed)
    for value, place in ((1e-9, slider.minimum()), (50.0, slider.maximum()), (0.0, 0)):
        slider.set_value(value)
        assert slider.value() == place
    assert spy.count() == 0
