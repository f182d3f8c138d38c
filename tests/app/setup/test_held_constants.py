"""Constants of a function: held by a switch beside a name, varied by slider and field."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolButton
from support.teacher import Teacher

from gdsim.views.widgets.number_field import NumberField
from gdsim.views.widgets.scale_slider import ScaleSlider

BOWL = "Elongated bowl"


def field(teacher: Teacher, name: str) -> NumberField:
    return teacher.panel.function.constants.rows[name].field


def slider(teacher: Teacher, name: str) -> ScaleSlider:
    return teacher.panel.function.constants.rows[name].slider


def press_switch(teacher: Teacher, button: QToolButton) -> None:
    assert button.isVisible()
    teacher.click(button, button.rect().center())
    teacher.settle()


def constants(teacher: Teacher) -> dict[str, float]:
    return dict(teacher.session.controller.experiment.constants)


def visible_range(teacher: Teacher) -> object:
    return teacher.window.landscape.contour.visible_range()


def test_kappa_of_the_bowl_is_there_at_once(teacher: Teacher) -> None:
    teacher.choose_function(BOWL)
    assert field(teacher, "kappa").value == 100
    assert slider(teacher, "kappa").scale.is_log
    assert teacher.panel.function.constants.isVisible()


def test_the_field_changes_the_function_and_neither_view_nor_name(teacher: Teacher) -> None:
    teacher.choose_function(BOWL)
    teacher.wait_for_picture()
    before, start = visible_range(teacher), teacher.session.controller.experiment.start
    teacher.type_into(field(teacher, "kappa"), "7")
    teacher.settle()
    experiment = teacher.session.controller.experiment
    assert constants(teacher) == {"kappa": 7.0}
    assert experiment.start == start
    assert teacher.panel.function.choice.currentText() == BOWL
    assert visible_range(teacher) == before
    assert experiment.objective().value(np.array([1.0, 1.0])) == pytest.approx((1 + 7) / 2)


def test_the_landscape_follows_the_slider(teacher: Teacher) -> None:
    teacher.choose_function(BOWL)
    teacher.wait_for_picture()
    landscape = teacher.window.landscape.contour.shown_landscape()
    assert landscape is not None
    handle = slider(teacher, "kappa")
    teacher.click(handle, QPoint(handle.width() // 4, handle.height() // 2))
    teacher.settle()
    teacher.wait_for_picture()
    value = constants(teacher)["kappa"]
    assert value < 100
    assert field(teacher, "kappa").value == value
    changed = teacher.window.landscape.contour.shown_landscape()
    assert changed is not None
    assert float(np.nanmax(changed.z)) < 0.8 * float(np.nanmax(landscape.z))


def test_many_movements_of_the_slider_end_at_the_last(teacher: Teacher) -> None:
    teacher.choose_function(BOWL)
    handle = slider(teacher, "kappa")
    for position in range(0, handle.maximum(), 7):
        handle.setValue(position)
    teacher.settle()
    teacher.wait_for_picture()
    trace = teacher.session.controller.runner.trace
    assert trace is not None
    assert trace.experiment.constants == {"kappa": field(teacher, "kappa").value}


def test_a_parameter_is_held_constant_and_let_vary_again(teacher: Teacher) -> None:
    teacher.enter_formula("(x - 1)^2 + lambda*y^2 + y")
    assert teacher.session.controller.experiment.parameters == ("lambda", "x", "y")
    teacher.enter_start("0.5", "3", "2")
    press_switch(teacher, teacher.panel.function.start.switches[0])
    experiment = teacher.session.controller.experiment
    assert (experiment.parameters, experiment.start) == (("x", "y"), (3.0, 2.0))
    assert constants(teacher) == {"lambda": 0.5}
    press_switch(teacher, teacher.panel.function.constants.rows["lambda"].vary)
    experiment = teacher.session.controller.experiment
    assert experiment.parameters == ("lambda", "x", "y")
    assert experiment.start == (0.5, 3.0, 2.0)
    assert constants(teacher) == {}


def test_the_last_parameter_stays_one_and_a_sentence_says_why(teacher: Teacher) -> None:
    teacher.choose_function(BOWL)
    press_switch(teacher, teacher.panel.function.start.switches[0])
    assert len(teacher.session.controller.experiment.parameters) == 1
    press_switch(teacher, teacher.panel.function.start.switches[0])
    assert len(teacher.session.controller.experiment.parameters) == 1
    assert "has no parameter" in teacher.panel.function.formula.error_label.text()


def test_a_function_of_one_name_has_no_switch(teacher: Teacher) -> None:
    teacher.enter_formula("(x - 3)^2")
    assert not teacher.panel.function.start.switches


def test_another_formula_forgets_constants_it_does_not_read(teacher: Teacher) -> None:
    teacher.choose_function(BOWL)
    teacher.enter_formula("x^2 + kappa*y^4")
    assert constants(teacher) == {"kappa": 100.0}
    teacher.enter_formula("x^2 + y^4")
    assert constants(teacher) == {}
    assert not teacher.panel.function.constants.isVisible()


def test_a_value_without_a_loss_is_refused_and_the_last_one_stays(teacher: Teacher) -> None:
    teacher.enter_formula("x^2 + y^2 + x*log(a)")
    press_switch(teacher, teacher.panel.function.start.switches[0])
    assert teacher.panel.function.formula.has_error  # a starts at 0, which has no logarithm
    assert teacher.session.controller.experiment.parameters == ("a", "x", "y")
    teacher.enter_start("2", "1", "1")
    press_switch(teacher, teacher.panel.function.start.switches[0])
    teacher.type_into(field(teacher, "a"), "0")
    teacher.settle()
    assert field(teacher, "a").has_error
    assert constants(teacher) == {"a": 2.0}
    assert field(teacher, "a").value == 2.0


def test_every_control_of_a_constant_says_what_it_is(teacher: Teacher) -> None:
    teacher.choose_function(BOWL)
    row = teacher.panel.function.constants.rows["kappa"]
    for widget in (row.vary, row.slider, row.field.line):
        assert "κ" in widget.accessibleName()
        assert widget.toolTip()
