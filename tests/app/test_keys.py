"""The keys work wherever the focus is, except while typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from teacher import Teacher

from gdsim.views.window.help_dialog import HelpDialog

PLACES: dict[str, Callable[[Teacher], QWidget]] = {
    "window": lambda teacher: teacher.window,
    "function": lambda teacher: teacher.panel.function.choice,
    "random start": lambda teacher: teacher.panel.function.random_start,
    "optimizer": lambda teacher: teacher.panel.optimizer.choice,
    "rule button": lambda teacher: teacher.panel.optimizer.edit_button,
    "η slider": lambda teacher: teacher.panel.rate.slider,
    "schedule": lambda teacher: teacher.panel.rate.schedule,
    "ε slider": lambda teacher: teacher.panel.stop.slider,
    "stop rule": lambda teacher: teacher.panel.stop.rule,
    "play": lambda teacher: teacher.button("Play", "Pause"),
    "step": lambda teacher: teacher.button("One step"),
    "timeline": lambda teacher: teacher.timeline(),
    "log switch": lambda teacher: teacher.window.loss.log_switch,
}


def test_the_keys_work_wherever_the_focus_is(teacher: Teacher) -> None:
    teacher.choose_function("Round bowl")  # whose descents converge from everywhere
    for place, find in PLACES.items():
        teacher.press("Home")
        teacher.press("Right")
        teacher.wait_for_row(1)
        before = (teacher.eta(), teacher.panel.function.choice.currentText())
        find(teacher).setFocus()
        for key, row in (("Right", 2), ("PgDown", 3), ("Left", 2), ("PgUp", 1), ("Home", 0)):
            teacher.press(key)
            teacher.wait_for_row(row)
        find(teacher).setFocus()
        for key, pace in (("+", 5), ("=", 10), ("-", 5), ("-", 2)):
            teacher.press(key)
            assert teacher.says(teacher.window.transport, f"{pace} steps/s"), place
        teacher.press("Space")
        assert teacher.is_playing(), place
        teacher.press("Space")
        assert not teacher.is_playing(), place
        teacher.press("End")
        teacher.wait_until(lambda: "converged" in teacher.status())
        find(teacher).setFocus()
        start = teacher.start()
        teacher.press("R")
        teacher.settle()
        assert teacher.start() != start, place
        teacher.wait_for_row(0)
        # Where a control was greyed out, the focus must not fall into a field.
        assert not isinstance(QApplication.focusWidget(), QLineEdit), place
        after = (teacher.eta(), teacher.panel.function.choice.currentText())
        assert after == before, "a key did something else as well"


def test_a_held_key_repeats_steps_but_not_play(teacher: Teacher) -> None:
    for _ in range(10):
        teacher.press("Right")
    teacher.wait_for_row(10)
    assert teacher.window.step.autoRepeat()
    assert not teacher.window.play.autoRepeat()


def test_keys_are_text_while_typing_a_formula(teacher: Teacher) -> None:
    line = teacher.panel.function.formula.line
    before = (teacher.start(), teacher.step())
    line.setFocus()
    line.selectAll()
    for key in (Qt.Key.Key_R, Qt.Key.Key_Plus, Qt.Key.Key_0, Qt.Key.Key_Space, Qt.Key.Key_Minus):
        QTest.keyClick(line, key)
    QTest.keyClick(line, Qt.Key.Key_L)
    assert line.text() == "r+0 -l"
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Right):
        QTest.keyClick(line, key)
    teacher.look()
    assert not teacher.is_playing()
    assert (teacher.start(), teacher.step()) == before
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"


def test_keys_are_text_while_typing_a_number(teacher: Teacher) -> None:
    line = teacher.panel.rate.eta.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "1e-03")
    teacher.look()
    assert line.text() == "1e-03"
    assert teacher.says(teacher.window.transport, "2 steps/s")
    QTest.keyClick(line, Qt.Key.Key_Return)
    teacher.settle()
    assert teacher.eta() == 0.001


def test_keys_are_text_while_writing_a_rule(teacher: Teacher) -> None:
    teacher.open_the_rule()
    rule = teacher.panel.optimizer.editor.rule
    rule.setFocus()
    rule.selectAll()
    QTest.keyClicks(rule, "theta = theta - 0 r + l")
    assert rule.toPlainText() == "theta = theta - 0 r + l"
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Left):
        QTest.keyClick(rule, key)
    teacher.look()
    assert teacher.row() == 0
    assert not teacher.is_playing()


def test_a_presenter_remote_steps_even_while_a_field_has_the_focus(teacher: Teacher) -> None:
    teacher.panel.rate.eta.line.setFocus()
    teacher.press("PgDown")
    teacher.wait_for_row(1)
    teacher.press("PgUp")
    teacher.wait_for_row(0)


def test_f1_lists_the_keys_in_a_window_of_its_own(teacher: Teacher) -> None:
    teacher.press("F1")
    dialog = teacher.window.findChild(HelpDialog)
    assert isinstance(dialog, QDialog)
    assert dialog.isVisible()
    assert not dialog.isModal()
    meanings = dict(dialog.entries())
    assert meanings["Space"] == "Play, pause"
    teacher.window.activateWindow()
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    assert not dialog.isVisible()


def test_the_keys_work_in_the_other_windows(teacher: Teacher) -> None:
    teacher.open_the_rule()
    editor = teacher.panel.optimizer.editor
    QTest.keyClicks(editor.rule, " ")
    editor.apply_button.setFocus()
    teacher.press("Right")
    teacher.wait_for_row(1)
    editor.discard_button.click()
    teacher.come_back()
    teacher.press("F1")
    dialog = teacher.window.findChild(HelpDialog)
    dialog.activateWindow()
    QTest.keyClick(dialog, Qt.Key.Key_Right)
    teacher.wait_for_row(2)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    assert not dialog.isVisible()


def test_0_resets_both_views(teacher: Teacher) -> None:
    contour, loss = teacher.window.landscape.contour, teacher.window.loss
    teacher.wait_for_picture()
    homes = [plot.visible_range() for plot in (contour, loss)]
    for plot in (contour, loss):
        teacher.turn_wheel(plot, plot.paper.rect().center(), 3)
    teacher.look()
    assert all(
        plot.visible_range() != home for plot, home in zip((contour, loss), homes, strict=True)
    )
    teacher.press("0")
    assert [plot.visible_range() for plot in (contour, loss)] == homes


def test_ctrl_shift_c_copies_the_step(teacher: Teacher) -> None:
    teacher.press("Ctrl+Shift+C")
    assert QApplication.clipboard().text() == teacher.step()
