"""Widgets in lines: all of them visible, whole and in order, at any width."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gdsim.views.widgets.flow_layout import FlowLayout

WORDS = ("initialise", "gradient", "update rule", "satisfied?", "move")


def laid_out(qtbot: QtBot, width: int) -> tuple[QWidget, list[QLabel]]:
    sheet = QWidget()
    qtbot.addWidget(sheet)
    flow = FlowLayout(sheet, spacing=4)
    labels = [QLabel(word) for word in WORDS]
    for label in labels:
        flow.addWidget(label)
    width = max(width, flow.minimumSize().width())
    sheet.resize(width, flow.heightForWidth(width))
    sheet.show()
    return sheet, labels


@pytest.mark.parametrize("width", [1, 90, 150, 220, 300, 2000])
def test_every_widget_is_whole_and_in_order(qtbot: QtBot, width: int) -> None:
    sheet, labels = laid_out(qtbot, width)
    for label in labels:
        assert sheet.rect().contains(label.geometry())
        assert label.size() == label.sizeHint()
    places = [(label.y(), label.x()) for label in labels]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def test_widgets_that_fit_are_in_one_line(qtbot: QtBot) -> None:
    sheet, labels = laid_out(qtbot, 2000)
    layout = sheet.layout()
    assert layout is not None
    hint = layout.sizeHint()
    assert len({label.y() for label in labels}) == 1
    assert layout.heightForWidth(hint.width()) == hint.height()
    assert layout.heightForWidth(hint.width() - 1) > hint.height()


def test_hidden_widgets_need_no_space(qtbot: QtBot) -> None:
    sheet, labels = laid_out(qtbot, 2000)
    layout = sheet.layout()
    assert layout is not None
    whole = layout.sizeHint().width()
    labels[1].hide()
    assert layout.sizeHint().width() == whole - labels[1].sizeHint().width() - 4
