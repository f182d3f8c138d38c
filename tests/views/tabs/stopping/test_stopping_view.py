"""The tab "Stopping": the plot of the quantity, the table, the sentence."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from plot_traces import losses, pixel, settle, wheel
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gdsim.core.run.ending import Outcome
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.run.stop_series import QuantitySeries
from gdsim.views.tabs.stopping.quantity_layer import StopMark, Tolerance
from gdsim.views.tabs.stopping.quantity_plot import QuantityPlot
from gdsim.views.tabs.stopping.stopping_view import RuleRow, StoppingView
from gdsim.views.theme import DARK, LIGHT
from gdsim.views.widgets.status_line import Activity, StateIcon

EPSILON = Tolerance(0, 1e-6, "ε = 1e−6")
ROWS = (
    RuleRow("step", "‖Δθ‖ < ε (current)", "0.41 ≥ ε", "t = 41", 41, True),
    RuleRow("gradient", "‖∇L‖ < ε", "4.1 ≥ ε", "not within these 41 steps", None, False),
)


def series(values: np.ndarray) -> QuantitySeries:
    """These losses as the quantity of the stop rule that tests the loss."""
    found = QuantitySeries(losses(values), StopRule.LOSS)
    while found.advance(10_000):
        pass
    return found


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[StoppingView]:
    widget = StoppingView()
    qtbot.addWidget(widget)
    widget.resize(470, 350)
    widget.set_choices([("step", "‖Δθ‖", ""), ("gradient", "‖∇L‖", "")])
    widget.set_choice("step")
    widget.set_sentence("converged at t = 41", Outcome.STOP_RULE)
    widget.set_test("")
    widget.set_rules("t = 12", ROWS)
    widget.show()
    qtbot.waitExposed(widget)
    yield widget
    widget.close()


@pytest.fixture
def plot(qtbot: QtBot) -> Iterator[QuantityPlot]:
    widget = QuantityPlot()
    qtbot.addWidget(widget)
    widget.resize(420, 200)
    widget.show()
    qtbot.waitExposed(widget)
    yield widget
    widget.close()


def cell(view: StoppingView, row: int, column: int) -> str:
    item = view.table.item(row, column)
    assert item is not None
    return item.text()


# The plot


def test_the_axes_hold_the_quantity_and_its_tolerance(plot: QuantityPlot) -> None:
    plot.set_tolerances((EPSILON,))
    plot.set_quantity("L", series(np.geomspace(300, 0.02, 200)))
    (x0, x1), (low, high) = plot.visible_range()
    assert x0 < 0
    assert 199 <= x1 < 250
    assert -7.5 < low < -6
    assert np.log10(300) < high < 3.5


def test_the_axes_follow_a_growing_run_until_the_user_moves_them(plot: QuantityPlot) -> None:
    trace = losses([1.0])
    rows = QuantitySeries(trace, StopRule.LOSS)
    plot.set_tolerances((EPSILON,))
    for t in range(1, 300):
        trace.add(np.zeros((1, 2)), [1.0 / t])
        rows.advance(10)
        plot.set_quantity("L", rows)
        assert plot.visible_range()[0][1] >= t
    plot.box.setRange(xRange=(10, 20), yRange=(-1, 0), padding=0)
    wheel(plot, pixel(plot, 15, -0.5), 1)
    before = plot.visible_range()
    trace.add(np.zeros((500, 2)), np.full(500, 1e3))
    rows.advance(500)
    plot.set_quantity("L", rows)
    assert plot.visible_range() == before
    plot.reset_view()
    assert plot.visible_range()[0][1] > 700


@pytest.mark.parametrize(
    "values",
    [
        [np.nan],
        [0.0, 0.0, 0.0],
        [-1.0, -2.0, -3.0],
        [1.0, np.inf, np.nan],
        [1e-320, 1e300],
        [5.0] * 20,
    ],
)
def test_any_values_can_be_shown(plot: QuantityPlot, values: list[float]) -> None:
    plot.set_tolerances((EPSILON, Tolerance(1, 1e-3, "ε = 0.001")))
    plot.set_quantity("L", series(np.array(values)))
    plot.set_stops((StopMark(0, "L < ε", True), StopMark(len(values) - 1, "‖Δθ‖ < ε", False)))
    plot.set_shown(len(values) - 1)
    settle(plot, 3)
    assert np.isfinite(plot.visible_range()).all()


def test_a_note_says_what_a_log_scale_cannot_show(plot: QuantityPlot) -> None:
    plot.set_quantity("L", series(np.array([3.0, 1.0])))
    assert not plot.note.text()
    plot.set_quantity("L", series(np.array([3.0, -1.0])))
    assert "not above 0" in plot.note.text()


def test_a_click_requests_a_row(plot: QuantityPlot, qtbot: QtBot) -> None:
    plot.set_quantity("L", series(np.geomspace(1, 1e-3, 100)))
    settle(plot, 3)
    with qtbot.waitSignal(plot.step_selected) as wish:
        qtbot.mouseClick(plot.paper, Qt.MouseButton.LeftButton, pos=pixel(plot, 60, -1))
    assert abs(wish.args[0] - 60) <= 1


def test_the_quantity_under_the_mouse_is_shown(plot: QuantityPlot) -> None:
    plot.set_quantity("‖Δθ‖", series(np.array([4.0, 2.0, 1.0])))
    plot.box.hovered.emit((1.2, 0.0))
    assert plot.position_note.text() == "t = 1, ‖Δθ‖ = 2"
    plot.box.hovered.emit(None)
    assert plot.position_note.text() == ""


def test_a_long_run_costs_no_more_to_paint_than_a_short_one(plot: QuantityPlot) -> None:
    rows = series(np.exp(np.random.default_rng(1).normal(size=1_000_000)))
    plot.set_quantity("L", rows)
    settle(plot, 2)
    rows.trace.rows_read = 0  # type: ignore[attr-defined]
    plot.set_shown(500_000)
    settle(plot, 5)
    assert rows.trace.rows_read < 5_000  # type: ignore[attr-defined]


def test_the_plot_changes_with_the_theme(plot: QuantityPlot) -> None:
    plot.set_tolerances((EPSILON,))
    plot.set_quantity("L", series(np.geomspace(1, 1e-7, 50)))
    light = plot.grab().toImage()
    plot.set_theme(DARK)
    assert plot.grab().toImage() != light


# The table


def test_the_table_shows_where_each_rule_would_have_stopped(view: StoppingView) -> None:
    assert [cell(view, 0, column) for column in range(3)] == [
        "‖Δθ‖ < ε (current)",
        "0.41 ≥ ε",
        "t = 41",
    ]
    assert cell(view, 1, 2) == "not within these 41 steps"
    headings = [view.table.horizontalHeaderItem(column).text() for column in range(3)]
    assert headings == ["Stop rule", "t = 12", "Would stop at"]
    assert view.table.item(0, 0).font().bold()
    assert not view.table.item(1, 0).font().bold()


def test_a_click_on_a_rule_plots_it_and_a_click_on_a_step_goes_there(
    view: StoppingView, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(view.rule_chosen) as wish:
        view.table.cellClicked.emit(1, 0)
    assert wish.args == ["gradient"]
    with qtbot.waitSignal(view.step_selected) as wish:
        view.table.cellClicked.emit(0, 2)
    assert wish.args == [41]
    with qtbot.assertNotEmitted(view.step_selected):
        view.table.cellClicked.emit(1, 2)


def test_enter_goes_to_the_step_of_the_row(view: StoppingView, qtbot: QtBot) -> None:
    view.table.setCurrentCell(0, 0)
    with qtbot.waitSignal(view.step_selected) as wish:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert wish.args == [41]


def test_setters_emit_no_signal(view: StoppingView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.rule_chosen), qtbot.assertNotEmitted(view.step_selected):
        view.set_choice("gradient")
        view.set_rules("t = 13", ROWS[:1])
    assert view.table.rowCount() == 1


# The whole


@pytest.mark.parametrize("size", [(396, 230), (470, 350), (700, 600)])
def test_nothing_is_clipped(view: StoppingView, qtbot: QtBot, size: tuple[int, int]) -> None:
    view.resize(*size)
    view.set_test("At t = 12: ‖Δθ‖ = 0.41 ≥ ε = 1e−6 → move on")
    settle(view.plot, 3)
    assert view.table.verticalScrollBar().maximum() == 0
    assert view.table.horizontalScrollBar().maximum() == 0
    assert view.plot.height() >= 120
    assert view.table.width() <= view.width()


def test_endings_have_an_icon(view: StoppingView) -> None:
    sign = view.findChild(StateIcon)
    assert sign is not None
    assert sign.isVisible()
    view.set_sentence("It has not stopped yet", Activity.MOVING)
    assert not sign.isVisible()


def test_it_survives_themes_and_languages(view: StoppingView) -> None:
    for theme in (DARK, LIGHT):
        view.set_theme(theme)
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    assert cell(view, 0, 2) == "t = 41"
    assert view.table.accessibleName()
    assert view.choice.accessibleName()
    assert view.plot.accessibleName()
    assert view.tab_title() == "Stopping"
