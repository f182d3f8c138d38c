"""The learning-rate sweep in the window: it follows the settings, and a click takes an η."""

from __future__ import annotations

import re

import numpy as np
import pytest
from heavy_work import wait_for
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from teacher import Teacher, read

from gdsim.app.tabs.rates.rates_presenter import RatesPresenter
from gdsim.core.ensemble import ensemble
from gdsim.views.tabs.rates.rates_view import RatesView
from gdsim.views.tabs.starts.starts_view import StartsView


def open_rates(teacher: Teacher) -> RatesView:
    teacher.window.tabs.show_tab("rates")
    wait_for_sweep(teacher)
    return teacher.view(RatesView)


def wait_for_sweep(teacher: Teacher) -> None:
    wait_for(teacher, teacher.view(RatesView))


def press_mode(teacher: Teacher, name: str) -> None:
    buttons = teacher.view(RatesView).findChildren(QPushButton)
    teacher.click(next(button for button in buttons if button.text() == name))


def table(view: RatesView) -> list[list[str]]:
    cells = [
        [view.table.item(row, column) for column in range(view.table.columnCount())]
        for row in range(view.table.rowCount())
    ]
    return [[item.text() if item is not None else "" for item in row] for row in cells]


def steps(rows: list[list[str]]) -> int:
    return sum(int(row[2].replace("\u2009", "")) for row in rows[:20])


def shown(teacher: Teacher) -> int:
    """The row that is shown, whichever tab is in front."""
    return teacher.session.controller.runner.shown


def said(view: RatesView) -> str:
    return view.text()


def click_plot(teacher: Teacher, rate: float) -> None:
    plot = teacher.view(RatesView).loss
    (_, _), (low, high) = plot.visible_range()
    spot = teacher.pixel(plot, float(np.log10(rate)), (low + high) / 2)
    QTest.mouseClick(plot.paper, Qt.MouseButton.LeftButton, pos=spot)
    teacher.look()


def test_the_sweep_surrounds_the_eta_of_the_function(teacher: Teacher) -> None:
    view = open_rates(teacher)
    rows = table(view)
    assert len(rows) == 61
    assert (rows[0][0], rows[-1][0]) == ("0.0001", "0.1")
    assert [row[0] for row in rows if row[0] == "0.01"] == ["0.01"]
    endings = [row[3] for row in rows]
    assert endings[0].startswith("converged at (")
    assert endings[-1] == "diverged"
    assert "Fewest steps: 42 at η = 0.0178." in said(view)
    assert "λₘₐₓ at the minimum (3.58, −1.85)." in said(view)


def test_the_marks_stand_where_the_sweep_turns(teacher: Teacher) -> None:
    teacher.choose_function("Elongated bowl")
    view = open_rates(teacher)
    teacher.wait_until(lambda: len(view.loss.marks()) == 2)
    one, two = view.loss.marks()
    assert two.label == f"2/λₘₐₓ = {two.rate:.3g}"
    assert two.rate == pytest.approx(2 * one.rate)
    assert one.own
    diverging = [read(row[0]) for row in table(view) if row[3] == "diverged"]
    assert two.rate < min(diverging) < 1.3 * two.rate


def test_the_marks_of_another_rule_say_whose_they_are(teacher: Teacher) -> None:
    teacher.choose_function("Elongated bowl")
    teacher.choose(teacher.panel.optimizer.choice, "Momentum")
    view = open_rates(teacher)
    teacher.wait_until(lambda: len(view.loss.marks()) == 3)
    one, two, limit = view.loss.marks()
    assert not one.own
    assert not two.own
    assert limit.own
    assert limit.rate == pytest.approx(1.9 * two.rate)
    assert limit.label.startswith("limit of this rule = ")
    assert "are for plain gradient descent, not for this rule" in said(view)


def test_a_problem_with_data_is_swept_around_its_own_eta(teacher: Teacher) -> None:
    teacher.choose_function("Noisy line")
    view = open_rates(teacher)
    assert (view.low.line.text(), view.high.line.text()) == ("0.003", "3")
    teacher.wait_until(lambda: len(view.loss.marks()) == 2)
    two = view.loss.marks()[1]
    diverging = [read(row[0]) for row in table(view) if row[3] == "diverged"]
    assert two.rate < min(diverging) < 1.3 * two.rate


def test_a_picture_of_the_film_takes_its_eta(teacher: Teacher) -> None:
    view = open_rates(teacher)
    press_mode(teacher, "Pictures")
    assert not view.loss.isVisible()
    teacher.press("Right", "Right", "Right")
    teacher.wait_until(lambda: shown(teacher) == 3)
    frame = view.strip.buttons[5]
    rate = read(re.search(r"η = (\S+):", frame.accessibleName())[1])  # type: ignore[index]
    teacher.click(frame)
    teacher.settle()
    assert teacher.eta() == rate
    assert shown(teacher) == 0
    assert len(teacher.session.controller.runner.futures) == 1


def test_enter_takes_the_eta_of_a_picture(teacher: Teacher) -> None:
    view = open_rates(teacher)
    press_mode(teacher, "Pictures")
    view.strip.buttons[2].setFocus()
    QTest.keyClick(view.strip.buttons[2], Qt.Key.Key_Return)
    teacher.settle()
    assert f"η = {teacher.eta():g}:" in view.strip.buttons[2].accessibleName()


def test_a_click_on_the_plot_takes_the_nearest_eta(teacher: Teacher) -> None:
    view = open_rates(teacher)
    asked = teacher.session.controller.tab(RatesPresenter).request
    click_plot(teacher, 0.0152)
    teacher.settle()
    assert teacher.eta() == 0.0158
    assert view.loss.chosen_rate() == 0.0158
    wait_for_sweep(teacher)
    assert teacher.session.controller.tab(RatesPresenter).request == asked


def test_a_row_of_the_table_takes_its_eta(teacher: Teacher) -> None:
    view = open_rates(teacher)
    press_mode(teacher, "Table")
    assert view.table.currentRow() == 40
    view.table.setFocus()
    view.table.setCurrentCell(45, 0)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    teacher.settle()
    assert teacher.eta() == read(table(view)[45][0])


def test_the_sweep_follows_the_settings(teacher: Teacher) -> None:
    view = open_rates(teacher)
    before = table(view)
    teacher.enter_start("2", "2")
    wait_for_sweep(teacher)
    moved = table(view)
    assert moved != before
    teacher.type_into(teacher.panel.stop.epsilon, "1e-2")
    teacher.settle()
    wait_for_sweep(teacher)
    assert steps(table(view)) < steps(moved)
    teacher.choose_function("Sine")
    wait_for_sweep(teacher)
    assert len(table(view)) == 61
    teacher.choose(teacher.panel.optimizer.choice, "Adam")
    wait_for_sweep(teacher)
    assert view.high.line.text() == "0.5"


def test_the_range_can_be_chosen(teacher: Teacher) -> None:
    view = open_rates(teacher)
    teacher.type_into(view.count, "8")
    wait_for_sweep(teacher)
    teacher.type_into(view.low, "0.001")
    wait_for_sweep(teacher)
    rows = table(view)
    assert len(rows) == 8
    assert (rows[0][0], rows[-1][0]) == ("0.001", "0.1")
    teacher.type_into(view.count, "7")
    assert "at least 8" in teacher.sentence_at(view.count)
    teacher.type_into(view.count, "201")
    assert "at most 200" in teacher.sentence_at(view.count)
    teacher.type_into(view.low, "3")
    assert teacher.says(view, "The largest η must exceed the smallest.")
    assert table(view) == rows
    teacher.type_into(view.low, "0.002")
    wait_for_sweep(teacher)
    assert not teacher.says(view, "The largest η must exceed the smallest.")
    assert table(view)[0][0] == "0.002"


def test_a_schedule_of_ones_own_has_nothing_to_vary(teacher: Teacher) -> None:
    view = open_rates(teacher)
    rate = teacher.panel.rate
    rate.schedule_formula_entered.emit("0.1/t")
    teacher.settle()
    assert "no η₀" in said(view)
    assert table(view) == []
    rate.schedule_formula_entered.emit("eta0/t")
    teacher.settle()
    wait_for_sweep(teacher)
    assert len(table(view)) == 61


def test_it_speaks_the_language_of_now(teacher: Teacher) -> None:
    view = open_rates(teacher)
    teacher.window.languages["zh"].trigger()
    teacher.look()
    assert "步数最少：42 步，η = 0.0178。" in said(view)
    assert table(view)[-1][3] == "已发散"
    teacher.window.languages["en"].trigger()
    teacher.look()
    assert "Fewest steps: 42" in said(view)


def test_too_many_rows_are_refused_in_a_sentence(
    teacher: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ensemble, "MOST_AT_ONCE", 100)
    teacher.choose_function("Himmelblau")
    view = open_rates(teacher)
    assert table(view)
    teacher.choose_function("Noisy line")
    wait_for_sweep(teacher)
    assert "rows in each of 61 descents" in said(view)
    assert table(view) == []
    teacher.window.tabs.show_tab("starts")
    teacher.wait_until(lambda: "descents, which takes too long" in teacher.view(StartsView).text())
    teacher.window.landscape.set_mode("basins")
    legend = teacher.window.landscape.legend
    teacher.wait_until(lambda: "descents, which takes too long" in legend.note())
    assert legend.texts() == []
