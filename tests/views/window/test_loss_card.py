"""The switch between loss and data, and the two losses of a run that uses batches."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from plot_traces import colour_at, losses, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gdsim.views.run.run_view import RunView
from gdsim.views.theme import LIGHT
from gdsim.views.window.loss_card import LossCard


@pytest.fixture
def card(qtbot: QtBot) -> Iterator[LossCard]:
    widget = LossCard()
    widget.build_rest()
    qtbot.addWidget(widget)
    widget.resize(560, 420)
    widget.show()
    qtbot.waitExposed(widget)
    yield widget
    widget.close()


def side(card: LossCard, name: str) -> QPushButton:
    return next(button for button in card.findChildren(QPushButton) if button.text() == name)


def test_without_data_there_is_nothing_to_switch(card: LossCard) -> None:
    assert card.loss.isVisible()
    assert not side(card, "Data").isVisible()
    card.toggle()
    assert card.loss.isVisible()


def test_a_click_shows_the_data_or_the_loss(qtbot: QtBot, card: LossCard) -> None:
    card.set_has_data(True)
    fronts = QSignalSpy(card.front_changed)
    qtbot.mouseClick(side(card, "Data"), Qt.MouseButton.LeftButton)
    assert card.data.isVisible()
    assert card.data.header.isVisible()
    assert not card.loss.isVisible()
    assert not card.loss.header.isVisible()
    qtbot.mouseClick(side(card, "Loss"), Qt.MouseButton.LeftButton)
    assert card.loss.isVisible()
    assert [fronts.at(i)[0] for i in range(fronts.count())] == ["data", "loss"]


def test_the_loss_is_shown_again_without_data(card: LossCard) -> None:
    card.set_has_data(True)
    card.bring_to_front("data")
    card.set_has_data(False)
    assert card.loss.isVisible()


def test_the_full_loss_is_strong_and_the_batch_loss_faint(card: LossCard) -> None:
    batches = np.array([4.0, 1.0] * 20)
    card.loss.set_runs([RunView(losses(batches), 39)])
    card.loss.set_full_loss((np.array([0.0, 20.0, 39.0]), np.array([2.5, 2.5, 2.5])))
    settle(card.loss, 5)
    strong = tuple(int(LIGHT.full_loss[place : place + 2], 16) for place in (1, 3, 5))
    assert colour_at(card.loss, 10.0, 2.5) == strong
    assert card.loss.legend.texts() == ["loss of each step's rows", "loss of all rows"]
    assert card.loss.legend.isVisible()
    card.loss.set_full_loss(None)
    settle(card.loss, 5)
    assert colour_at(card.loss, 10.0, 2.5) != strong
    assert not card.loss.legend.isVisible()


def test_the_axes_include_the_full_loss(card: LossCard) -> None:
    card.loss.set_runs([RunView(losses([1.0, 1.1, 0.9]), 2)])
    card.loss.set_full_loss((np.array([0.0, 2.0]), np.array([7.0, np.nan])))
    (_, _), (low, high) = card.loss.visible_range()
    assert low < 0.9
    assert high > 7.0
