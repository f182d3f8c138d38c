"""The surface in the window shows the landscape and the step of the contour, and takes clicks."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from teacher import Teacher

from gdsim.core.surface.projection import Camera


def look_at(teacher: Teacher, way: str) -> None:
    """Choose a way of looking at the landscape, by its button."""
    button = next(
        button
        for button in teacher.window.landscape.findChildren(QAbstractButton)
        if button.accessibleName() == way and button.isVisible()
    )
    teacher.click(button, button.rect().center())


def shown_point(teacher: Teacher) -> tuple[float, ...]:
    step = teacher.window.landscape.surface.shown_step()
    assert step is not None
    return step.point


def spot(teacher: Teacher, x: float, y: float) -> QPoint:
    canvas = teacher.window.landscape.surface.canvas
    surface = canvas.surface()
    assert surface is not None
    place = surface.draped(np.array([x]), np.array([y]))
    column, row = canvas.projection(surface).pixels(place)[0]
    return QPoint(round(column), round(row))


def test_both_views_show_one_landscape_and_one_step(teacher: Teacher) -> None:
    look_at(teacher, "Surface")
    panel = teacher.window.landscape
    assert panel.surface.isVisible()
    assert not panel.contour.isVisible()
    for key in ("Right", "Right", "End", "Left", "Home"):
        teacher.press(key)
        teacher.wait_for_end()
        step = teacher.trace().step(teacher.row())
        assert shown_point(teacher) == tuple(step.theta)
    assert panel.surface.shown_landscape() is panel.contour.shown_landscape()
    assert panel.surface.shown_landscape() is not None
    look_at(teacher, "Contour")
    assert panel.contour.isVisible()


def test_a_new_function_is_shown_as_a_surface_at_once(teacher: Teacher) -> None:
    look_at(teacher, "Surface")
    panel = teacher.window.landscape
    teacher.choose_function("Rosenbrock")
    teacher.wait_until(lambda: panel.surface.shown_landscape() is not None)
    assert panel.surface.isVisible()
    # It is seen from the home side again, whatever the one before was turned to.
    panel.surface.canvas.set_camera(Camera(200, 10))
    teacher.choose_function("Himmelblau")
    assert panel.surface.canvas.camera == Camera()


def test_one_parameter_has_no_surface_and_a_slice_has_one(teacher: Teacher) -> None:
    look_at(teacher, "Surface")
    panel = teacher.window.landscape
    teacher.enter_formula("(x - 3)^2")
    assert panel.curve.isVisible()
    teacher.enter_formula("x^2 + 3*y^2 + (z - 1)^4 + x*y*z")
    assert panel.surface.isVisible()
    teacher.enter_start("1", "-1", "2")
    teacher.press("Right")
    teacher.wait_for_row(1)
    teacher.choose(panel.slice.y_choice, "z")
    teacher.wait_for_picture()
    step = teacher.trace().step(teacher.row())
    assert shown_point(teacher) == (step.theta[0], step.theta[2])
    # The slice goes through the shown point: there its height is the point's own loss.
    surface = panel.surface.canvas.surface()
    assert surface is not None
    place = surface.draped(step.theta[:1], step.theta[2:])[0]
    height = place[2] / surface.size[2] + 0.5
    expected = surface.scale.position(np.array([step.loss]))[0]
    assert height == pytest.approx(expected, abs=0.05)


def test_the_key_for_the_home_view_resets_the_surface(teacher: Teacher) -> None:
    look_at(teacher, "Surface")
    canvas = teacher.window.landscape.surface.canvas
    canvas.set_camera(Camera(100, 70, 2.0))
    teacher.press("0")
    assert canvas.camera == Camera()


def test_a_guess_is_made_by_a_click_on_the_surface(teacher: Teacher) -> None:
    look_at(teacher, "Surface")
    surface = teacher.window.landscape.surface
    surface.canvas.set_camera(Camera(20, 75))
    teacher.press("P")
    x, y = shown_point(teacher)
    QTest.mouseClick(surface.canvas, Qt.MouseButton.LeftButton, pos=spot(teacher, x + 0.5, y + 0.3))
    teacher.wait_for_row(1)
    teacher.look()
    guess = surface.shown_guess()
    assert guess is not None
    assert guess.point == pytest.approx((x + 0.5, y + 0.3), abs=0.1)
    assert guess.landed == pytest.approx(shown_point(teacher))


def test_a_surface_stays_through_changes_of_theme_and_language(
    teacher: Teacher,
) -> None:
    look_at(teacher, "Surface")
    teacher.choose_speed("10 steps/s")
    teacher.press("Space")
    teacher.wait_until(lambda: teacher.row() > 2)
    teacher.window.themes["dark"].trigger()
    teacher.window.languages["zh"].trigger()
    teacher.look()
    row = teacher.row()
    teacher.wait_until(lambda: teacher.row() > row)
    teacher.press("Space")
    assert teacher.window.landscape.surface.isVisible()
    teacher.window.languages["en"].trigger()
    teacher.window.themes["light"].trigger()
