"""The transport bar: setters emit nothing, user actions do, and nothing moves."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from gdsim.core.run.ending import Outcome
from gdsim.views.theme import DARK, LIGHT
from gdsim.views.widgets.status_line import Activity, ElidedLabel, RunState
from gdsim.views.window.help_dialog import HelpDialog
from gdsim.views.window.transport_bar import SPEEDS, TransportBar

WISHES = (
    "home_requested",
    "back_requested",
    "play_requested",
    "pause_requested",
    "step_requested",
    "end_requested",
    "speed_changed",
    "step_selected",
)


@pytest.fixture
def bar(qtbot: QtBot) -> TransportBar:
    widget = TransportBar()
    qtbot.addWidget(widget)
    widget.resize(1256, 60)
    widget.set_position(8, 26, 10_000)
    widget.set_enabled_actions(can_back=True, can_forward=True)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def heard(bar: TransportBar) -> list[tuple[str, tuple[object, ...]]]:
    """All signals that the bar emits, in order."""
    said: list[tuple[str, tuple[object, ...]]] = []

    def listener(name: str) -> Callable[..., None]:
        return lambda *values: said.append((name, values))

    for name in WISHES:
        getattr(bar, name).connect(listener(name))
    return said


def button(bar: TransportBar, name: str) -> QAbstractButton:
    return next(b for b in bar.findChildren(QPushButton) if b.accessibleName() == name)


def slider(bar: TransportBar, name: str) -> QSlider:
    return next(s for s in bar.findChildren(QSlider) if s.accessibleName() == name)


def says(bar: TransportBar, text: str) -> bool:
    return any(label.text() == text for label in bar.findChildren(QLabel))


@pytest.mark.parametrize(
    ("name", "wish"),
    [
        ("Back to the start", "home_requested"),
        ("One step back", "back_requested"),
        ("Play", "play_requested"),
        ("One step", "step_requested"),
        ("Run to the end", "end_requested"),
    ],
)
def test_each_button_emits_its_request(
    bar: TransportBar, heard: list[object], qtbot: QtBot, name: str, wish: str
) -> None:
    qtbot.mouseClick(button(bar, name), Qt.MouseButton.LeftButton)
    assert heard == [(wish, ())]


def test_while_it_plays_the_button_pauses(
    bar: TransportBar, heard: list[object], qtbot: QtBot
) -> None:
    bar.set_playing(True)
    qtbot.mouseClick(button(bar, "Pause"), Qt.MouseButton.LeftButton)
    assert heard == [("pause_requested", ())]


def test_setters_emit_no_signal(bar: TransportBar, heard: list[object]) -> None:
    bar.set_playing(True)
    bar.set_speed(math.inf)
    bar.set_position(3, 10_000_000, None)
    bar.set_status("Converged.", Outcome.STOP_RULE)
    bar.set_enabled_actions(can_back=False, can_forward=False)
    bar.set_theme(DARK)
    assert heard == []


def test_the_speed_goes_from_one_step_in_two_seconds_to_unlimited(
    bar: TransportBar, heard: list[object]
) -> None:
    bar.set_speed(SPEEDS[0])
    assert says(bar, "1 step in 2 s")
    for _ in range(len(SPEEDS) + 3):
        bar.faster()
    assert heard == [("speed_changed", (speed,)) for speed in SPEEDS[1:]]
    assert says(bar, "max")
    bar.slower()
    assert heard[-1] == ("speed_changed", (1e4,))


def test_the_speeds_are_about_evenly_spaced_on_a_log_scale() -> None:
    ratios = [after / before for before, after in pairwise(SPEEDS[:-1])]
    assert all(2 <= ratio <= 2.5 for ratio in ratios)


def test_a_speed_between_two_positions_is_shown_exactly(bar: TransportBar) -> None:
    bar.set_speed(3.0)
    assert says(bar, "3 steps/s")


@pytest.mark.parametrize("last", [1, 26, 10_000, 10_000_000, 2**40])
def test_the_timeline_reaches_both_ends(
    bar: TransportBar, heard: list[tuple[str, tuple[int]]], qtbot: QtBot, last: int
) -> None:
    timeline = slider(bar, "Timeline")
    middle = timeline.height() // 2
    for x, goal in ((timeline.width() - 2, last), (1, 0)):
        bar.set_position(last - goal, last, None)
        qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(x, middle))
        name, (row,) = heard[-1]
        assert name == "step_selected"
        assert 0 <= row <= last
        assert abs(row - goal) <= last // 2**30


def test_a_click_on_the_timeline_jumps_there(
    bar: TransportBar, heard: list[tuple[str, tuple[int]]], qtbot: QtBot
) -> None:
    timeline = slider(bar, "Timeline")
    place = QPoint(timeline.width() // 2, timeline.height() // 2)
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=place)
    assert heard[-1] == ("step_selected", (13,))


def test_the_timeline_does_not_move_while_it_is_dragged(bar: TransportBar, qtbot: QtBot) -> None:
    timeline = slider(bar, "Timeline")
    place = QPoint(timeline.width() // 2, timeline.height() // 2)
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=place)
    bar.set_position(26, 500, None)
    assert timeline.value() == 13
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=place)
    bar.set_position(26, 500, None)
    assert (timeline.value(), timeline.maximum()) == (26, 500)


def test_the_count_is_readable_at_any_size(bar: TransportBar) -> None:
    assert says(bar, "t = 8 of 26")
    bar.set_position(1234, 5678, None)
    assert says(bar, "t = 1234 of 5678")
    bar.set_position(5_000_000, 10_000_000, None)
    assert says(bar, "t = 5\u2009000\u2009000 of 10\u2009000\u2009000")


def test_impossible_actions_are_disabled(bar: TransportBar) -> None:
    bar.set_enabled_actions(can_back=False, can_forward=True)
    assert not button(bar, "Back to the start").isEnabled()
    assert not button(bar, "One step back").isEnabled()
    assert button(bar, "Play").isEnabled()
    bar.set_enabled_actions(can_back=True, can_forward=False)
    assert button(bar, "One step back").isEnabled()
    assert not button(bar, "One step").isEnabled()


@pytest.mark.parametrize("state", [*Activity, *Outcome])
def test_every_state_has_its_word(bar: TransportBar, state: RunState) -> None:
    bar.set_status("", state)
    assert bar.findChild(ElidedLabel).text()


def test_a_sentence_that_does_not_fit_is_whole_in_its_tooltip(bar: TransportBar) -> None:
    sentence = "Diverged at step 3: " + "L is not a finite number any more. " * 5
    bar.set_status(sentence, Outcome.DIVERGED)
    line = bar.findChild(ElidedLabel)
    assert line.shown_text().endswith("…")
    assert line.toolTip() == line.accessibleName() == sentence
    bar.set_status("Converged.", Outcome.STOP_RULE)
    assert line.toolTip() == ""


def test_it_fits_the_smallest_window(bar: TransportBar) -> None:
    bar.set_position(5_000_000, 10_000_000, 10_000_000)
    bar.set_speed(0.5)
    assert bar.minimumSizeHint().width() <= 1280 - 2 * 22


def test_nothing_moves_when_texts_change(bar: TransportBar) -> None:
    def places() -> list[QPoint]:
        QApplication.processEvents()
        controls = bar.findChildren(QPushButton) + bar.findChildren(QSlider)
        return [control.pos() for control in controls]

    before = places()
    bar.set_playing(True)
    for speed in SPEEDS:
        bar.set_speed(speed)
        assert places() == before


def test_every_control_has_a_name_a_tip_and_a_place_in_the_tab_order(bar: TransportBar) -> None:
    controls = bar.findChildren(QPushButton) + bar.findChildren(QSlider)
    assert len(controls) == 7
    for control in controls:
        assert control.accessibleName()
        assert control.toolTip()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_theme_and_language_change_at_once(bar: TransportBar) -> None:
    bar.set_theme(DARK)
    bar.set_theme(LIGHT)
    QApplication.sendEvent(bar, QEvent(QEvent.Type.LanguageChange))
    assert says(bar, "t = 8 of 26")


def test_the_list_of_keys_does_not_block_the_window(qtbot: QtBot) -> None:
    dialog = HelpDialog()
    qtbot.addWidget(dialog)
    assert not dialog.isModal()
    keys = [key for key, _ in dialog.entries()]
    assert {"Space", "Home", "End", "F1", "F11"} <= set(keys)
    assert all(meaning for _, meaning in dialog.entries())
    dialog.set_theme(DARK)
