"""A race at the window: who is in it, how it stands, and the run that is looked at."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
)
from race_hand import (
    cells,
    choose_in,
    click_run,
    line_up,
    names,
    open_the_race,
    step,
    wait_for_t,
)
from teacher import Teacher, read

from gdsim.app.language.languages import LANGUAGES
from gdsim.core.run.experiment import Experiment
from gdsim.views.tabs.futures.futures_view import FuturesView
from gdsim.views.tabs.race.race_model import EVALUATIONS, LOSS, RUN, SLOPE, STATUS, T
from gdsim.views.tabs.race.race_view import RaceView
from gdsim.views.theme import RUN_STYLES


def test_one_run_is_a_race_of_one(teacher: Teacher) -> None:
    open_the_race(teacher)
    assert names(teacher) == ["Gradient descent"]
    assert not teacher.view(RaceView).remove.isEnabled()
    assert not teacher.window.loss.legend.isVisible()


def test_all_first_order_optimizers_start_side_by_side(teacher: Teacher) -> None:
    open_the_race(teacher)
    line_up(teacher, "All first-order optimizers", 12)
    step(teacher, 3)
    assert set(cells(teacher, T)) == {"3"}
    assert set(cells(teacher, EVALUATIONS)) == {"4"}
    assert len(set(cells(teacher, LOSS))) > 6
    assert teacher.window.loss.legend.isVisible()
    assert teacher.window.loss.legend.texts() == names(teacher)
    styles = [row.style for row in teacher.view(RaceView).rows]
    assert styles[:7] == list(RUN_STYLES)
    assert len({(style.color, style.dash, style.marker) for style in styles}) == 12
    assert len({(style.color, style.dash) for style in styles}) == 12
    assert len(teacher.window.landscape.contour.shown_runs()) == 12


def test_the_readout_and_the_panel_follow_the_selected_run(teacher: Teacher) -> None:
    open_the_race(teacher)
    line_up(teacher, "With and without momentum", 3)
    step(teacher, 4)
    for row, (optimizer, eta) in enumerate(
        (("Gradient descent", 0.01), ("Momentum", 0.001), ("Nesterov", 0.001))
    ):
        click_run(teacher, row)
        assert teacher.panel.optimizer.choice.currentText() == optimizer
        assert teacher.eta() == eta
        loss, slope = cells(teacher, LOSS)[row], cells(teacher, SLOPE)[row]
        trace = teacher.trace()
        assert read(loss) == pytest.approx(trace.step(4).loss, rel=1e-3)
        assert read(slope) == pytest.approx(sum(trace.step(4).gradient ** 2) ** 0.5, rel=1e-3)
        teacher.window.tabs.show_tab("step")
        teacher.look()
        assert teacher.row() == 4
        after = teacher.results()
        open_the_race(teacher)
        wanted = trace.step(4).theta + trace.step(4).delta
        assert after == pytest.approx(wanted.tolist(), rel=1e-3)


def test_a_setting_is_changed_for_the_selected_run_alone(teacher: Teacher) -> None:
    open_the_race(teacher)
    line_up(teacher, "With and without momentum", 3)
    step(teacher, 2)
    click_run(teacher, 1)
    teacher.enter_eta("0.002")
    teacher.settle()
    teacher.come_back()
    etas = [experiment.schedule.read().at(1) for experiment in experiments(teacher)]
    assert etas == [0.01, 0.002, 0.001]
    assert cells(teacher, T) == ["2", "2", "2"]


def experiments(teacher: Teacher) -> list[Experiment]:
    return [run.experiment for run in teacher.session.controller.runner.runs]


def test_another_function_is_for_all_runs(teacher: Teacher) -> None:
    open_the_race(teacher)
    line_up(teacher, "Three learning rates", 3)
    before = [experiment.schedule.read().at(1) for experiment in experiments(teacher)]
    step(teacher, 2)
    teacher.choose_function("Booth")
    teacher.settle()
    after = [experiment.schedule.read().at(1) for experiment in experiments(teacher)]
    assert cells(teacher, T) == ["0", "0", "0"]
    assert len({experiment.loss for experiment in experiments(teacher)}) == 1
    ratios = [later / earlier for earlier, later in zip(before, after, strict=True)]
    assert ratios == pytest.approx([ratios[0]] * 3)
    assert names(teacher) == [f"Gradient descent, η = {eta:g}" for eta in after]


def test_a_start_that_is_dragged_is_for_all_that_share_it(teacher: Teacher) -> None:
    open_the_race(teacher)
    line_up(teacher, "With and without momentum", 3)
    contour = teacher.window.landscape.contour
    teacher.drag(contour, teacher.pixel(contour, 0.5, -0.5), teacher.pixel(contour, -2.0, 1.0))
    teacher.settle()
    starts = {experiment.start for experiment in experiments(teacher)}
    assert len(starts) == 1
    assert starts == {tuple(teacher.start())}
    assert teacher.start()[0] == pytest.approx(-2.0, abs=0.1)


def test_a_run_can_have_a_start_of_its_own(teacher: Teacher) -> None:
    open_the_race(teacher)
    line_up(teacher, "With and without momentum", 3)
    shared = experiments(teacher)[0].start
    click_run(teacher, 1)
    choose_in(teacher, teacher.view(RaceView).more, "Own start")
    teacher.enter_start("-2", "1")
    teacher.settle()
    assert [one.start for one in experiments(teacher)] == [shared, (-2.0, 1.0), shared]
    # The others move together, and it stays.
    click_run(teacher, 0)
    teacher.enter_start("3", "0.5")
    teacher.settle()
    assert [one.start for one in experiments(teacher)] == [(3.0, 0.5), (-2.0, 1.0), (3.0, 0.5)]
    step(teacher, 1)
    assert len(set(cells(teacher, LOSS))) == 3
    click_run(teacher, 1)
    choose_in(teacher, teacher.view(RaceView).more, "Own start")
    teacher.enter_start("3", "0.5")
    teacher.enter_start("1", "1")
    teacher.settle()
    assert {one.start for one in experiments(teacher)} == {(1.0, 1.0)}


def test_a_run_is_added_duplicated_and_removed(teacher: Teacher) -> None:
    open_the_race(teacher)
    step(teacher, 3)
    choose_in(teacher, teacher.view(RaceView).add, "Adam")
    teacher.wait_until(lambda: names(teacher) == ["Gradient descent", "Adam"])
    teacher.settle()
    teacher.wait_until(lambda: cells(teacher, T) == ["3", "3"])
    assert teacher.panel.optimizer.choice.currentText() == "Adam"
    teacher.click(teacher.view(RaceView).duplicate)
    teacher.wait_until(lambda: names(teacher) == ["Gradient descent", "Adam", "Adam (2)"])
    teacher.settle()
    assert cells(teacher, LOSS)[1] == cells(teacher, LOSS)[2]
    teacher.enter_eta("0.2")
    teacher.come_back()
    teacher.settle()
    assert names(teacher)[1:] == ["Adam, η = 0.05", "Adam, η = 0.2"]
    click_run(teacher, 0)
    teacher.click(teacher.view(RaceView).remove)
    teacher.settle()
    assert names(teacher) == ["Adam, η = 0.05", "Adam, η = 0.2"]
    assert teacher.panel.optimizer.choice.currentText() == "Adam"
    assert len(teacher.window.landscape.contour.shown_runs()) == 2
    choose_in(teacher, teacher.view(RaceView).line_up, "Only the selected run")
    assert names(teacher) == ["Adam"]


def test_runs_removed_in_mid_flight_leave_nothing_behind(teacher: Teacher) -> None:
    teacher.go_on_without_end()
    teacher.come_back()
    open_the_race(teacher)
    for optimizer in ("Adam", "Momentum", "RMSprop"):
        choose_in(teacher, teacher.view(RaceView).add, optimizer)
        teacher.wait_until(lambda name=optimizer: name in names(teacher))
    runner = teacher.session.controller.runner
    runner.set_speed(float("inf"))
    teacher.press("Space")
    teacher.wait_until(lambda: runner.row > 1000)
    for left in (3, 2, 1):
        teacher.click(teacher.view(RaceView).remove)
        teacher.look()
        assert len(names(teacher)) == left
        assert len(teacher.window.landscape.contour.shown_runs()) == left
        assert len(teacher.window.loss.shown_runs()) == left
        row = runner.row
        teacher.wait_until(lambda row=row: runner.row > row)
    teacher.press("Space")
    teacher.settle()
    # That the worker has let go of the runs that were removed can be seen nowhere else.
    assert len(runner._worker._descents) == 1


def test_a_row_whose_run_is_already_gone_is_no_harm(teacher: Teacher) -> None:
    open_the_race(teacher)
    line_up(teacher, "All first-order optimizers", 12)
    race = teacher.view(RaceView)
    entries = race.line_up.menu().actions()
    next(entry for entry in entries if entry.text() == "Three learning rates").trigger()
    race.table.selectRow(11)
    for button in (race.remove, race.duplicate):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    teacher.wait_until(lambda: len(names(teacher)) == 3)
    teacher.settle()
    assert len(names(teacher)) == 3


def test_the_window_can_be_closed_in_mid_race(teacher: Teacher) -> None:
    teacher.go_on_without_end()
    teacher.come_back()
    open_the_race(teacher)
    choose_in(teacher, teacher.view(RaceView).add, "Adam")
    runner = teacher.session.controller.runner
    runner.set_speed(float("inf"))
    teacher.press("Space")
    teacher.wait_until(lambda: runner.row > 1000)
    # The fixture closes the window, and fails the test where a thread is left.


def test_batches_can_race_where_there_are_data(teacher: Teacher) -> None:
    open_the_race(teacher)
    batches = "All rows, one row, 32, 64"
    assert batches not in line_ups_of(teacher)
    teacher.choose_function("Noisy line")
    teacher.look()
    line_up(teacher, batches, 4)
    assert [run.experiment.batch for run in teacher.session.controller.runner.runs] == [
        *(None, 1, 32, 64)
    ]
    teacher.choose_function("Booth")
    teacher.look()
    assert batches not in line_ups_of(teacher)


def line_ups_of(teacher: Teacher) -> list[str]:
    return [action.text() for action in teacher.view(RaceView).line_up.menu().actions()]


def test_who_reached_the_tolerance_first(teacher: Teacher) -> None:
    open_the_race(teacher)
    teacher.choose_function("Booth")
    teacher.choose(teacher.panel.stop.rule, "stop when ‖∇L‖ < ε")
    line_up(teacher, "Newton against the other optimizers", 13)
    assert "No run has converged (‖∇L‖ < " in teacher.view(RaceView).note()
    teacher.press("End")
    runner = teacher.session.controller.runner
    teacher.wait_until(lambda: runner.is_over and not runner.playing)
    teacher.wait_until(lambda: "gradient evaluations: " in teacher.view(RaceView).note())
    traces = {name: run.trace for name, run in zip(names(teacher), runner.runs, strict=True)}
    arrived = {
        name: trace.ending.t
        for name, trace in traces.items()
        if trace is not None and trace.ending is not None and "‖∇L‖" in str(trace.ending)
    }
    first = min(arrived, key=lambda name: arrived[name])
    assert f"{first} at t = {arrived[first]}." in teacher.view(RaceView).note()
    row = names(teacher).index(first)
    assert cells(teacher, STATUS)[row] == "no. 1"
    newton = names(teacher).index("Newton")
    rows = int(cells(teacher, T)[newton]) + 1
    assert int(cells(teacher, EVALUATIONS)[newton]) == 3 * rows, "a 2 × 2 Hessian counts as two"
    assert re.search(r"Fewest gradient evaluations: .+, \d+\.", teacher.view(RaceView).note())


def test_uncorrected_adam_is_an_edited_rule(teacher: Teacher) -> None:
    open_the_race(teacher)
    line_up(teacher, "Adam with and without bias correction", 2)
    assert names(teacher) == ["Adam", "Adam without bias correction"]
    click_run(teacher, 1)
    teacher.open_the_rule()
    assert "m_hat" not in teacher.panel.optimizer.editor.rule.toPlainText()
    teacher.panel.optimizer.editor.close()


def test_a_run_is_hidden_and_shown_again(teacher: Teacher) -> None:
    open_the_race(teacher)
    line_up(teacher, "With and without momentum", 3)
    step(teacher, 2)
    choose_in(teacher, teacher.view(RaceView).more, "Show on the plots")
    assert teacher.window.loss.legend.texts() == ["Momentum", "Nesterov"]
    visible = [run.visible for run in teacher.window.landscape.contour.shown_runs()]
    assert visible == [True, True, False], "the selected run is the uppermost"
    choose_in(teacher, teacher.view(RaceView).more, "Show on the plots")
    assert len(teacher.window.loss.legend.texts()) == 3
    # By its box in the table too.
    table = teacher.view(RaceView).table
    box = table.visualRect(table.model().index(1, RUN))
    teacher.click(table.viewport(), box.topLeft() + QPoint(11, box.height() // 2))
    teacher.settle()
    assert teacher.window.loss.legend.texts() == ["Gradient descent", "Nesterov"]


def test_a_run_has_another_colour_and_another_name(teacher: Teacher) -> None:
    open_the_race(teacher)
    line_up(teacher, "With and without momentum", 3)
    row = teacher.view(RaceView).rows[0]
    choose_in(teacher, teacher.view(RaceView).more, "Green")
    changed = teacher.view(RaceView).rows[0]
    assert changed.style.color != row.style.color
    assert (changed.style.dash, changed.style.marker) == (row.style.dash, row.style.marker)
    assert teacher.window.landscape.contour.shown_runs()[-1].colour == changed.style.color
    table = teacher.view(RaceView).table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Ours")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    teacher.settle()
    assert names(teacher)[0] == "Ours"
    assert "Ours" in teacher.window.loss.legend.texts()


def test_a_race_by_keys_alone(teacher: Teacher) -> None:
    open_the_race(teacher)
    line_up(teacher, "With and without momentum", 3)
    table = teacher.view(RaceView).table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    teacher.settle()
    assert teacher.panel.optimizer.choice.currentText() == "Momentum"
    step(teacher, 2)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    teacher.settle()
    assert names(teacher) == ["Gradient descent", "Nesterov"]


def test_futures_belong_to_the_selected_run(teacher: Teacher) -> None:
    open_the_race(teacher)
    line_up(teacher, "With and without momentum", 3)
    step(teacher, 5)
    teacher.press("Home")
    wait_for_t(teacher, 0)
    teacher.enter_eta("0.02")
    teacher.come_back()
    teacher.settle()
    teacher.window.tabs.show_tab("futures")
    teacher.look()
    assert teacher.view(FuturesView).table.model().rowCount() == 2
    assert len(teacher.window.landscape.contour.shown_runs()) == 4
    open_the_race(teacher)
    click_run(teacher, 1)
    teacher.window.tabs.show_tab("futures")
    teacher.look()
    assert teacher.view(FuturesView).table.model().rowCount() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_1280_by_800_the_table_is_read_without_scrolling_across(
    teacher: Teacher, language: str
) -> None:
    teacher.window.resize(1280, 750)
    open_the_race(teacher)
    teacher.window.languages[language].trigger()
    teacher.settle()
    entries = [action.text() for action in teacher.view(RaceView).line_up.menu().actions()]
    table = teacher.view(RaceView).table
    for place, count in ((2, 2), (3, 3), (4, 13)):
        line_up(teacher, entries[place], count)
        step(teacher, 3)
        assert_read_whole(table)
    teacher.press("End")
    teacher.wait_until(lambda: "10000" in cells(teacher, T) and not moving(teacher))
    teacher.settle()
    assert_read_whole(table)


def moving(teacher: Teacher) -> set[str]:
    """The states of runs that are not over yet."""
    return {"moving", "进行中"} & set(cells(teacher, STATUS))


def assert_read_whole(table: QTableView) -> None:
    """Nothing is cut off, and nothing lies beyond the right edge."""
    assert table.horizontalScrollBar().maximum() == 0
    for row in range(table.model().rowCount()):
        for column in (RUN, T, LOSS, SLOPE, EVALUATIONS, STATUS):
            assert is_whole(table, row, column), table.model().index(row, column).data()


def is_whole(table: QTableView, row: int, column: int) -> bool:
    """Whether a cell has room for its text, in as many lines as it takes."""
    index = table.model().index(row, column)
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    delegate = table.itemDelegate()
    delegate.initStyleOption(option, index)
    option.rect = table.visualRect(index)
    part = QStyle.SubElement.SE_ItemViewItemText
    room = table.style().subElementRect(part, option, table).adjusted(2, 0, -2, 0)
    words = Qt.TextFlag.TextWordWrap.value
    needed = table.fontMetrics().boundingRect(QRect(0, 0, room.width(), 9999), words, option.text)
    return needed.width() <= room.width() and needed.height() <= option.rect.height()


def test_a_race_in_chinese(teacher: Teacher) -> None:
    open_the_race(teacher)
    line_up(teacher, "Adam with and without bias correction", 2)
    teacher.window.languages["zh"].trigger()
    teacher.settle()
    assert names(teacher) == ["Adam 算法", "不作偏差修正的 Adam"]
    assert "还没有运行收敛" in teacher.view(RaceView).note()
    entries = [action.text() for action in teacher.view(RaceView).line_up.menu().actions()]
    assert "牛顿法对其余各法" in entries
