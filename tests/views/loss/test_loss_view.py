"""The loss plot follows the run, says what it cannot show, and counts rises."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from plot_traces import double_click, losses, pixel, settle, wheel
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from gdsim.views.loss.loss_view import LossView
from gdsim.views.plot.plot_axis import AxisKind, NumberAxis, number_text, position_text
from gdsim.views.run.run_view import RunView
from gdsim.views.theme import DARK


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[LossView]:
    widget = LossView()
    qtbot.addWidget(widget)
    widget.resize(500, 350)
    widget.show()
    qtbot.waitExposed(widget)
    settle(widget)
    yield widget
    widget.close()


def rises(view: LossView) -> QLabel:
    """The number of rises, which is the only label above the plot."""
    (label,) = view.header.findChildren(QLabel)
    return label


def header_text(view: LossView) -> str:
    return rises(view).text()


def test_the_axes_hold_the_whole_run(view: LossView) -> None:
    trace = losses(np.geomspace(900, 0.01, 400))
    view.set_runs([RunView(trace, 399)])
    (x0, x1), (y0, y1) = view.visible_range()
    assert x0 < 0
    assert 399 <= x1 < 480
    assert y0 < 0.01
    assert 900 < y1 < 1000
    view.set_log(True)
    _, (low, high) = view.visible_range()
    assert -2.5 < low < -2
    assert np.log10(900) < high < 3.5


def test_the_axes_follow_a_growing_run_without_moving_at_every_step(view: LossView) -> None:
    trace = losses([1.0])
    moves = 0
    before = view.visible_range()
    for step in range(1, 2000):
        trace.add(np.zeros((1, 2)), [1.0 / step])
        view.set_runs([RunView(trace, step)])
        now = view.visible_range()
        assert now[0][1] >= step
        moves += now != before
        before = now
    assert moves < 60


@pytest.mark.parametrize("log", [False, True])
def test_the_marker_of_a_slowly_changing_run_is_not_cut_off(view: LossView, log: bool) -> None:
    view.set_log(log)
    trace = losses([9.0])
    for step in range(1, 300):
        trace.add(np.zeros((1, 2)), [9.0 * 0.97**step])
        view.set_runs([RunView(trace, step)])
        _, (low, high) = view.visible_range()
        newest = 9.0 * 0.97**step
        lowest, highest = np.log10([newest, 9.0]) if log else (newest, 9.0)
        assert min(lowest - low, high - highest) >= 0.04 * (high - low)


def test_the_axes_shrink_for_a_shorter_run(view: LossView) -> None:
    view.set_runs([RunView(losses(np.ones(5000)), 0)])
    view.set_runs([RunView(losses([2.0, 1.0]), 0)])
    assert view.visible_range()[0][1] < 12


def test_zooming_stops_the_following_and_a_double_click_resumes_it(
    view: LossView, qtbot: QtBot
) -> None:
    trace = losses(np.linspace(5, 1, 100))
    view.set_runs([RunView(trace, 99)])
    spot = pixel(view, 50, 3)
    wheel(view, spot, 2)
    zoomed = view.visible_range()
    trace.add(np.zeros((500, 2)), np.ones(500))
    view.refresh()
    assert view.visible_range() == zoomed
    with qtbot.assertNotEmitted(view.step_selected, wait=400):
        double_click(qtbot, view, spot)
    assert view.visible_range()[0][1] >= 599


def test_a_click_selects_the_step_under_it(view: LossView, qtbot: QtBot) -> None:
    view.set_runs([RunView(losses(np.linspace(5, 1, 50)), 49)])
    for x, expected in ((20.2, 20), (49.4, 49), (-0.6, 0)):
        spot = pixel(view, x, 3)
        with qtbot.waitSignal(view.step_selected) as clicked:
            qtbot.mouseClick(view.paper, Qt.MouseButton.LeftButton, pos=spot)
        assert clicked.args == [expected]
        qtbot.wait(QApplication.doubleClickInterval() + 50)


def test_rises_are_counted_up_to_the_shown_step(view: LossView) -> None:
    trace = losses([5.0, 4.0, 6.0, 3.0, 3.0, 4.0, 2.0])
    view.set_runs([RunView(trace, 6)])
    assert "2" in header_text(view)
    view.set_runs([RunView(trace, 3)])
    assert "1" in header_text(view)
    view.set_runs([RunView(trace, 1)])
    assert header_text(view) == ""


def test_the_log_switch(view: LossView, qtbot: QtBot) -> None:
    box = view.header.findChild(QCheckBox)
    with qtbot.assertNotEmitted(view.log_toggled):
        view.set_log(True)
    assert box.isChecked()
    with qtbot.waitSignal(view.log_toggled) as toggled:
        box.click()
    assert toggled.args == [False]


def test_a_note_says_that_a_log_axis_shows_only_positive_losses(view: LossView) -> None:
    view.set_runs([RunView(losses([4.0, 1.0, 0.0, -2.0, 3.0]), 4)])
    assert not view.note.isVisible()
    view.set_log(True)
    assert view.note.isVisible()
    settle(view, 2)
    assert np.isfinite(view.visible_range()).all()
    view.set_log(False)
    assert not view.note.isVisible()


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    "values",
    [
        [],
        [1.0],
        [0.0, 0.0],
        [-3.0, -4.0],
        [np.nan, np.nan],
        [1.0, np.inf, np.nan, 2.0],
        [1.0, 1e305],
        [1e-320, 1e-310],
        [5.0] * 5,
        [1e300 * (-1) ** k for k in range(9)],
        [1.7e308 * (-1) ** k for k in range(9)],
        [1.0, 1.2e308],
        [1e308, 1.7e308],
    ],
)
def test_any_losses_can_be_shown(view: LossView, values: list[float], log: bool) -> None:
    view.set_log(log)
    view.set_threshold(1e-6, "ε = 1e-6")
    view.set_runs([RunView(losses(values), len(values) - 1, marks=((0, "η = 0.2"),))])
    settle(view, 2)
    assert np.isfinite(view.visible_range()).all()
    assert view.y_axis.tickValues(*view.visible_range()[1], 100.0)
    view.grab()
    for _ in range(40):
        view.box.scaleBy((2, 2))
    view.grab()
    view.set_threshold(None)
    view.set_runs([])
    settle(view, 2)


def test_the_threshold_is_inside_the_view(view: LossView) -> None:
    view.set_log(True)
    view.set_runs([RunView(losses([100.0, 10.0]), 1)])
    view.set_threshold(1e-3, "ε")
    assert view.visible_range()[1][0] < -3
    view.set_threshold(float("nan"), "ε")
    settle(view, 2)


def test_each_frame_reads_only_new_rows_and_a_few_more(view: LossView) -> None:
    trace = losses(np.abs(np.sin(np.arange(300_000.0))) + 0.1)
    view.set_runs([RunView(trace, len(trace) - 1)])
    settle(view, 2)
    trace.rows_read = 0
    for _ in range(10):
        trace.add(np.zeros((100, 2)), np.ones(100))
        view.set_runs([RunView(trace, len(trace) - 1)])
        settle(view, 2)
    assert trace.rows_read < 10 * 1000


def test_several_runs_are_shown_with_their_own_styles(view: LossView) -> None:
    view.set_theme(DARK)
    view.set_runs(
        [
            RunView(losses([5.0, 3.0, 2.0]), 2),
            RunView(losses([50.0, 3.0]), 1, "#56b4e9", (6, 3), "s"),
            RunView(losses([1e6, 1.0]), 1, "#cc79a7", visible=False),
        ]
    )
    settle(view, 2)
    assert 50 < view.visible_range()[1][1] < 100


def test_the_exact_loss_under_the_mouse_is_shown(view: LossView, qtbot: QtBot) -> None:
    view.set_runs([RunView(losses([5.0, 3.25, 2.0]), 2)])
    qtbot.mouseMove(view.paper, pixel(view, 1.0, 3.0))
    qtbot.waitUntil(lambda: view.position_note.isVisible())
    assert view.position_note.text() == "t = 1, L = 3.25"


# The numbers of the axes


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 3, "0"),
        (-0.05, 3, "−0.05"),
        (250, 3, "250"),
        (3e6, 3, "3×10⁶"),
        (1e-9, 3, "10⁻⁹"),
        (-1e5, 3, "−10⁵"),
        (0.01, 1, "0.01"),
        (123456.0, 6, "1.23456×10⁵"),
        (99.96, 3, "100"),
        (float("nan"), 3, ""),
    ],
)
def test_numbers_are_written_as_on_a_blackboard(value: float, digits: int, text: str) -> None:
    assert number_text(value, digits) == text


def test_the_position_has_no_more_digits_than_a_pixel_can_tell() -> None:
    assert position_text("θ₁", 0.123456, 100.0) == "θ₁ = 0.12"
    assert position_text("x", -1234.5, 0.02) == "x = −1230"


def test_log_ticks_are_powers_of_ten_and_few(qtbot: QtBot, view: LossView) -> None:
    axis = NumberAxis("left")
    axis.set_kind(AxisKind.LOG)
    for low, high in ((-300.0, 300.0), (-6.0, 2.0), (0.1, 1.9), (0.2, 0.4), (-320.0, -310.0)):
        levels = axis.tickValues(low, high, 300)
        major = levels[0][1]
        assert 1 <= len(major) <= 12
        assert all(low <= value <= high for value in major)
        texts = axis.tickStrings(major, 1.0, 1.0)
        assert len(set(texts)) == len(texts) or "" in texts
    # As far as such a plot can be zoomed out.
    assert sum(len(values) for _, values in axis.tickValues(-1.6e5, 1.6e5, 300)) <= 12


@pytest.mark.parametrize("span", [5e-324, 1e-310, 1e-299, 1e300])
def test_no_span_is_too_small_for_an_axis(qtbot: QtBot, view: LossView, span: float) -> None:
    for side in ("left", "bottom"):
        axis = NumberAxis(side)
        ticks = axis.tickValues(0.0, span, 300)
        assert all(spacing > 0 for spacing, _ in ticks)


def test_whole_ticks_are_whole(qtbot: QtBot, view: LossView) -> None:
    axis = NumberAxis("bottom")
    axis.set_kind(AxisKind.WHOLE)
    for high in (3.0, 12.0, 1e6):
        for _, values in axis.tickValues(-0.1, high, 500):
            assert all(value == round(value) for value in values)
    assert axis.tickStrings([1_000_000], 1.0, 1.0) == ["1\u2009000\u2009000"]


# From rise to rise


RISING = [5.0, 4.0, 4.5, 3.0, 2.0, 2.5, 2.6, 1.0]
STEPS_BEFORE_RISES = [1, 4, 5]


def test_buttons_in_the_header_go_from_rise_to_rise(view: LossView, qtbot: QtBot) -> None:
    trace = losses(RISING)
    shown = 0
    visited = []
    view.set_runs([RunView(trace, shown)])
    while view.rise_after.isEnabled():
        with qtbot.waitSignal(view.step_selected) as wish:
            view.rise_after.click()
        (shown,) = wish.args
        visited.append(shown)
        view.set_runs([RunView(trace, shown)])
    assert visited == STEPS_BEFORE_RISES
    back = []
    while view.rise_before.isEnabled():
        with qtbot.waitSignal(view.step_selected) as wish:
            view.rise_before.click()
        (shown,) = wish.args
        back.append(shown)
        view.set_runs([RunView(trace, shown)])
    assert back == STEPS_BEFORE_RISES[-2::-1]


def test_without_rises_there_are_no_buttons(view: LossView, qtbot: QtBot) -> None:
    view.set_runs([RunView(losses([3.0, 2.0, 1.0]), 1)])
    assert not view.rise_before.isVisible()
    assert not view.rise_after.isVisible()
    with qtbot.assertNotEmitted(view.step_selected):
        view.go_to_rise_after()
        view.go_to_rise_before()


def test_the_buttons_do_not_go_to_a_future_that_is_not_shown(view: LossView) -> None:
    trace = losses(RISING)
    view.set_runs([RunView(trace, 2, future=False)])
    assert not view.rise_after.isEnabled()
    assert view.rise_before.isEnabled()


def test_rises_and_mouse_position_are_of_the_selected_run(view: LossView) -> None:
    left, in_force = losses([1.0, 2.0, 3.0]), losses([9.0, 8.0, 8.5])
    view.set_runs([RunView(left, 2), RunView(in_force, 2)])
    assert header_text(view) == "▲ rises: 1"
    view.box.hovered.emit((1.0, 0.0))
    assert "L = 8" in view.position_note.text()


def test_a_note_explains_why_the_loss_rose(view: LossView) -> None:
    view.set_runs([RunView(losses(RISING), 1)])
    view.set_rise("▲ t = 1 → 2: …", "the whole sentence")
    assert view.note.text() == "▲ t = 1 → 2: …"
    assert "the whole sentence" in rises(view).toolTip()
    view.set_rise("", "")
    assert view.note.text() == ""
    assert "sentence" not in rises(view).toolTip()
