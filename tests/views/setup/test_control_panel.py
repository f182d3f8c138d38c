"""The setup panel: setters emit nothing, signals carry plain values, nothing is clipped."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QStyleOptionComboBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from setup_panel import ADAM, RULE, fill, shown_panel, type_into
from wheel import turn_wheel

from gdsim.views.setup.control_panel import ControlPanel
from gdsim.views.theme import DARK

SIGNALS = [
    "function_chosen",
    "formula_entered",
    "start_entered",
    "random_start_requested",
    "optimizer_chosen",
    "rule_entered",
    "hyperparameter_entered",
    "eta_entered",
    "suggested_eta_accepted",
    "schedule_chosen",
    "schedule_constant_entered",
    "schedule_formula_entered",
    "epsilon_entered",
    "stop_chosen",
    "max_steps_entered",
]


@pytest.fixture
def panel(qtbot: QtBot) -> ControlPanel:
    return shown_panel(qtbot)


def choose(box: QComboBox, name: str) -> None:
    """Choose an entry as a click in the open list does."""
    index = box.findText(name)
    assert index >= 0
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_setters_emit_no_signal(panel: ControlPanel) -> None:
    spies = {name: QSignalSpy(getattr(panel, name)) for name in SIGNALS}
    fill(panel)
    panel.set_theme(DARK)
    panel.set_eta(3.0)
    panel.set_epsilon(0.5)
    panel.set_stop("none", False)
    panel.set_function(None, "x^4", "")
    panel.set_start(["x"], [1.0])
    panel.set_schedule(None, "0.1/t", {}, False)
    panel.set_optimizer(None, "", ADAM[1:], {})
    assert {name: spy.count() for name, spy in spies.items()} == dict.fromkeys(SIGNALS, 0)


def test_choosing_names_the_key(panel: ControlPanel) -> None:
    for box, name, signal, key in (
        (panel.function.choice, "Beale", panel.function_chosen, "beale"),
        (panel.optimizer.choice, "Gradient descent", panel.optimizer_chosen, "gradient-descent"),
        (panel.rate.schedule, "Constant", panel.schedule_chosen, "constant"),
        (panel.stop.rule, "stop when L < ε", panel.stop_chosen, "loss"),
    ):
        spy = QSignalSpy(signal)
        choose(box, name)
        assert [spy.at(i) for i in range(spy.count())] == [[key]]


def test_a_name_too_long_for_its_box_ends_in_dots(panel: ControlPanel) -> None:
    box = panel.function.choice
    for width, ends in ((500, "Saddle"), (60, "…")):
        box.resize(width, 28)
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        assert option.currentText.endswith(ends)
    assert box.currentText() == "Saddle"


def test_the_boxes_beside_their_titles_are_aligned(panel: ControlPanel) -> None:
    QApplication.processEvents()
    boxes = (panel.function.choice, panel.optimizer.choice)
    assert len({box.mapTo(panel, QPoint()).x() for box in boxes}) == 1


def test_group_titles_cannot_be_chosen(panel: ControlPanel) -> None:
    box = panel.function.choice
    index = box.findText("One parameter")
    assert not box.model().flags(box.model().index(index, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_an_own_formula_starts_from_the_current_one(qtbot: QtBot, panel: ControlPanel) -> None:
    chosen = QSignalSpy(panel.function_chosen)
    choose(panel.function.choice, "Your own formula…")
    assert chosen.count() == 0
    assert panel.function.choice.currentText() == "Saddle"
    assert panel.function.formula.line.selectedText() == "x^2 - y^2"
    entered = QSignalSpy(panel.formula_entered)
    type_into(qtbot, panel.function.formula.line, "x^4 + y^4")
    assert entered.at(0) == ["x^4 + y^4"]
    panel.set_function(None, "x^4 + y^4", "")
    assert panel.function.choice.currentText() == "Your own formula…"


def test_a_wrong_formula_stays_with_its_error(qtbot: QtBot, panel: ControlPanel) -> None:
    field = panel.function.formula
    type_into(qtbot, field.line, "x^2 + z!")
    panel.set_formula_error("Unexpected ! at column 8.", 8)
    # The current function is shown again, as after any other change.
    panel.set_function("saddle", "x^2 - y^2", "")
    assert field.line.text() == "x^2 + z!"
    assert field.error_label.text() == "Unexpected ! at column 8."
    field.line.grab()
    qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    assert not field.has_error
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert field.line.text() == "x^2 - y^2"


def test_start_values_have_the_index_0(qtbot: QtBot, panel: ControlPanel) -> None:
    spy = QSignalSpy(panel.start_entered)
    type_into(qtbot, panel.function.start.fields[1].line, "2.5")
    assert spy.at(0) == [1, 2.5]


def test_new_parameters_get_new_fields(panel: ControlPanel) -> None:
    panel.set_start(["theta1", "theta2", "theta3"], [1.0, 2.0, 3.0])
    fields = panel.function.start.fields
    assert [field.value for field in fields] == [1.0, 2.0, 3.0]
    assert [field.line.accessibleName() for field in fields] == ["θ₁,₀", "θ₂,₀", "θ₃,₀"]


def test_eta_by_field_and_by_slider(qtbot: QtBot, panel: ControlPanel) -> None:
    spy = QSignalSpy(panel.eta_entered)
    type_into(qtbot, panel.rate.eta.line, "0.25")
    assert spy.at(0) == [0.25]
    panel.rate.slider.setValue(panel.rate.slider.minimum())
    assert spy.at(1) == [1e-5]
    assert panel.rate.eta.value == 1e-5
    panel.set_eta(50.0)
    assert panel.rate.slider.value() == panel.rate.slider.maximum()
    assert panel.rate.eta.value == 50.0
    assert spy.count() == 2


def test_every_position_of_the_slider_has_two_digits(panel: ControlPanel) -> None:
    spy = QSignalSpy(panel.eta_entered)
    slider = panel.rate.slider
    for place in range(slider.minimum(), slider.maximum() + 1):
        slider.setValue(place)
    etas = [spy.at(i)[0] for i in range(spy.count())]
    assert all(float(f"{eta:.1e}") == eta for eta in etas)
    assert etas == sorted(set(etas))
    assert 0.1 in etas
    assert etas[-1] == 10.0


def test_hyperparameters_are_entered_with_their_names(qtbot: QtBot, panel: ControlPanel) -> None:
    for grid, signal, name in (
        (panel.optimizer.hyperparameters, panel.hyperparameter_entered, "beta1"),
        (panel.rate.constants, panel.schedule_constant_entered, "k"),
    ):
        spy = QSignalSpy(signal)
        type_into(qtbot, grid.fields[0].line, "0.75")
        assert spy.at(0) == [name, 0.75]


def test_max_steps_is_a_whole_number(qtbot: QtBot, panel: ControlPanel) -> None:
    spy = QSignalSpy(panel.max_steps_entered)
    for text in ("0", "1.5", "-3", "1e12"):
        type_into(qtbot, panel.stop.max_steps.line, text)
        assert panel.stop.max_steps.has_error
    assert spy.count() == 0
    type_into(qtbot, panel.stop.max_steps.line, "10000000")
    assert spy.at(0) == [10_000_000]
    assert isinstance(spy.at(0)[0], int)


def test_epsilon_zero_is_a_tolerance(qtbot: QtBot, panel: ControlPanel) -> None:
    spy = QSignalSpy(panel.epsilon_entered)
    type_into(qtbot, panel.stop.epsilon.line, "0")
    assert spy.at(0) == [0.0]


def test_a_suggested_eta_can_be_accepted(qtbot: QtBot, panel: ControlPanel) -> None:
    spy = QSignalSpy(panel.suggested_eta_accepted)
    qtbot.mouseClick(panel.optimizer.accept_button, Qt.MouseButton.LeftButton)
    assert spy.count() == 1
    panel.set_suggested_eta(None)
    assert not panel.optimizer.accept_button.isVisible()


def test_random_start(qtbot: QtBot, panel: ControlPanel) -> None:
    spy = QSignalSpy(panel.random_start_requested)
    qtbot.mouseClick(panel.function.random_start, Qt.MouseButton.LeftButton)
    assert spy.count() == 1


def test_an_own_schedule_can_be_entered(qtbot: QtBot, panel: ControlPanel) -> None:
    panel.set_schedule("constant", "eta0", {}, True)
    assert not panel.rate.formula.isVisible()
    choose(panel.rate.schedule, "Your own formula of t…")
    assert panel.rate.formula.isVisible()
    spy = QSignalSpy(panel.schedule_formula_entered)
    type_into(qtbot, panel.rate.formula.line, "0.1/t")
    assert spy.at(0) == ["0.1/t"]
    panel.set_schedule(None, "0.1/t", {}, False)
    assert not panel.rate.eta.isEnabled()


def test_the_rule_is_edited_as_text(qtbot: QtBot, panel: ControlPanel) -> None:
    editor = panel.optimizer.editor
    qtbot.mouseClick(panel.optimizer.edit_button, Qt.MouseButton.LeftButton)
    assert editor.isVisible()
    assert editor.texts == RULE
    assert not editor.apply_button.isEnabled()
    spy = QSignalSpy(panel.rule_entered)
    editor.rule.setPlainText("theta = theta - eta*q")
    qtbot.keyClick(editor.rule, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert spy.at(0) == ["beta1 = 0.9", "m = 0", "theta = theta - eta*q"]
    panel.set_rule_error("unknown name q at column 21", 1, 21)
    panel.set_rule_text(*RULE)
    assert editor.rule.toPlainText() == "theta = theta - eta*q"
    assert editor.error_label.isVisible()
    assert len(editor.rule.extraSelections()) == 2
    editor.grab()
    qtbot.mouseClick(editor.discard_button, Qt.MouseButton.LeftButton)
    assert editor.texts == RULE
    assert not editor.isVisible()


def test_another_optimizer_replaces_an_edited_rule(panel: ControlPanel) -> None:
    panel.optimizer.editor.rule.setPlainText("half an edit")
    panel.set_rule_text("", "", "theta = theta - eta*g")
    assert panel.optimizer.editor.texts == ("", "", "theta = theta - eta*g")


def test_the_wheel_scrolls_and_changes_no_value(panel: ControlPanel) -> None:
    QApplication.processEvents()
    for widget in (*panel.findChildren(QComboBox), *panel.findChildren(QSlider)):
        before = widget.currentIndex() if isinstance(widget, QComboBox) else widget.value()
        turn_wheel(widget, widget.rect().center(), -1)
        after = widget.currentIndex() if isinstance(widget, QComboBox) else widget.value()
        assert after == before


def controls(panel: ControlPanel) -> list[QWidget]:
    """The controls that a user or a screen reader can reach."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QSlider)
    return [
        widget
        for widget in panel.findChildren(QWidget)
        if isinstance(widget, kinds) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def test_every_control_has_a_name_and_a_tool_tip(panel: ControlPanel) -> None:
    for widget in controls(panel):
        name = widget.accessibleName() or (
            widget.text() if isinstance(widget, QAbstractButton) else ""
        )
        assert name, widget
        assert widget.toolTip(), widget


def test_the_tab_key_goes_down_the_panel(panel: ControlPanel) -> None:
    # Fields that are built later must not be last.
    panel.set_start(["a", "b", "c"], [1.0, 2.0, 3.0])
    panel.set_optimizer("adam", "", ADAM, {"beta1": 0.9, "beta2": 0.999, "delta": 1e-8})
    QApplication.processEvents()
    chain: list[QWidget] = []
    widget = panel.function.choice
    for _ in range(200):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            chain.append(widget)
        widget = widget.nextInFocusChain()
        if widget is panel.function.choice:
            break
    places = [w.mapTo(panel, w.rect().center()) for w in chain if w.window() is panel]
    rows = [place.y() // 20 for place in places]
    inversions = [i for i in range(1, len(rows)) if rows[i] < rows[i - 1] - 1]
    assert len(places) >= 14
    assert not inversions, [(chain[i], places[i]) for i in inversions]
