"""The plots used with the mouse: drag the start, zoom, pan, reset, switch to a log axis."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QMenu
from teacher import Teacher

from gdsim.views.landscape.contour_view import ContourView
from gdsim.views.plot.plot_view import PlotView


def middle(plot: PlotView) -> QPoint:
    return plot.paper.rect().center()


@pytest.fixture
def contour(teacher: Teacher) -> ContourView:
    return teacher.window.landscape.contour


def test_the_start_is_dragged_on_the_contour(teacher: Teacher, contour: ContourView) -> None:
    teacher.press("Right", "Right")
    teacher.wait_for_row(2)
    x, y = teacher.start()
    teacher.drag(contour, teacher.pixel(contour, x, y), teacher.pixel(contour, -2.0, 3.0))
    teacher.settle()
    assert teacher.start() == pytest.approx([-2, 3], abs=0.05)
    assert teacher.row() == 0
    assert teacher.count() == "t = 0 of 0"
    assert all(len(repr(value)) <= 6 for value in teacher.start()), "no more digits than pixels"
    assert teacher.trace().theta(0, 1)[0].tolist() == teacher.start()


def test_the_first_step_follows_a_drag_of_the_start(teacher: Teacher, contour: ContourView) -> None:
    x, y = teacher.start()
    QTest.mousePress(contour.paper, Qt.MouseButton.LeftButton, pos=teacher.pixel(contour, x, y))
    seen = []
    for place in (1.0, 1.5, 2.0, 2.5):
        QTest.mouseMove(contour.paper, teacher.pixel(contour, place, -1.0))
        teacher.rest(30)
        teacher.settle()
        seen.append((teacher.start()[0], teacher.results()))
    QTest.mouseRelease(
        contour.paper, Qt.MouseButton.LeftButton, pos=teacher.pixel(contour, 2.5, -1.0)
    )
    teacher.settle()
    assert [start for start, _ in seen] == pytest.approx([1.0, 1.5, 2.0, 2.5], abs=0.05)
    assert len({tuple(results) for _, results in seen}) == len(seen)


def test_the_start_is_dragged_while_it_plays_at_full_speed(
    teacher: Teacher, contour: ContourView
) -> None:
    teacher.go_on_without_end()
    teacher.choose_speed("max")
    teacher.press("Space")
    teacher.wait_until(lambda: teacher.row() > 1000)
    x, y = teacher.start()
    teacher.drag(contour, teacher.pixel(contour, x, y), teacher.pixel(contour, 0.5, 0.5))
    teacher.settle()
    assert teacher.start() == pytest.approx([0.5, 0.5], abs=0.05)
    assert not teacher.is_playing()
    assert teacher.row() == 0


def test_the_start_is_dragged_along_the_curve(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    curve = teacher.window.landscape.curve
    teacher.wait_for_picture()
    teacher.drag(curve, teacher.pixel(curve, 0.0, 9.0), teacher.pixel(curve, 5.0, 2.0))
    teacher.settle()
    assert teacher.start() == pytest.approx([5], abs=0.05)
    assert teacher.row() == 0
    start = teacher.start()[0]
    assert teacher.results() == [pytest.approx(start - 0.2 * (start - 3), rel=1e-5)]


@pytest.mark.parametrize("plot", ["contour", "loss"])
def test_the_wheel_zooms_and_a_double_click_resets(teacher: Teacher, plot: str) -> None:
    view = getattr(teacher.window.landscape, plot, None) or teacher.window.loss
    teacher.wait_for_picture()  # whose numbers take their room beside it
    home = view.visible_range()
    teacher.turn_wheel(view, middle(view), 4)
    teacher.look()
    (x0, x1), (y0, y1) = view.visible_range()
    assert x1 - x0 < (home[0][1] - home[0][0]) * 0.9
    assert y1 - y0 < (home[1][1] - home[1][0]) * 0.9
    teacher.turn_wheel(view, middle(view), -9)
    teacher.look()
    (x0, x1), _ = view.visible_range()
    assert x1 - x0 > (home[0][1] - home[0][0]) * 1.1
    # What a system sends for a double click: the library waits for the last release.
    QTest.mouseClick(view.paper, Qt.MouseButton.LeftButton, pos=middle(view))
    QTest.mouseDClick(view.paper, Qt.MouseButton.LeftButton, pos=middle(view))
    QTest.mouseRelease(view.paper, Qt.MouseButton.LeftButton, pos=middle(view))
    teacher.look()
    teacher.wait_for_picture()
    assert view.visible_range() == home


def test_a_drag_beside_the_start_pans(teacher: Teacher, contour: ContourView) -> None:
    teacher.wait_for_picture()
    (x0, x1), (y0, y1) = contour.visible_range()
    start = teacher.start()
    teacher.drag(contour, teacher.pixel(contour, -3.0, 3.0), teacher.pixel(contour, -2.0, 2.0))
    (nx0, nx1), (ny0, ny1) = contour.visible_range()
    assert (nx0, nx1) == pytest.approx((x0 - 1, x1 - 1), abs=0.2)
    assert (ny0, ny1) == pytest.approx((y0 + 1, y1 + 1), abs=0.2)
    assert teacher.start() == start


def test_a_zoomed_view_is_sampled_more_finely(teacher: Teacher, contour: ContourView) -> None:
    def fineness() -> float:
        landscape = contour.shown_landscape()
        return landscape.x[1] - landscape.x[0] if landscape is not None else float("inf")

    teacher.wait_for_picture()
    before = fineness()
    teacher.turn_wheel(contour, middle(contour), 12)
    teacher.wait_until(lambda: fineness() < before / 2)


@pytest.mark.parametrize("function", ["Beale", "Goldstein–Price"])
def test_resizing_leads_to_a_last_picture(teacher: Teacher, function: str) -> None:
    """A picture may widen the colour bar, which asks for a narrower one; this must end."""
    teacher.choose_function(function)
    pictures = QSignalSpy(teacher.session.controller.sampler.sampled)
    for width in (1380, 1440):
        teacher.window.resize(width, 860)
        teacher.wait_for_picture()
        before = pictures.count()
        teacher.rest(250)
        assert pictures.count() == before, width


def test_the_farthest_zoom_in_and_out_keeps_working(teacher: Teacher) -> None:
    for view in (teacher.window.landscape.contour, teacher.window.loss):
        for notches in (400, -900):
            for _ in range(6):
                teacher.turn_wheel(view, middle(view), notches // 6)
                teacher.look()
            teacher.rest(120)
            teacher.window.grab()
    teacher.press("0")
    teacher.press("Right")
    teacher.wait_for_row(1)


def test_right_clicks_open_no_menu_of_pyqtgraph(teacher: Teacher, contour: ContourView) -> None:
    for view in (contour, teacher.window.loss):
        QTest.mouseClick(view.paper, Qt.MouseButton.RightButton, pos=middle(view))
    teacher.rest(30)
    menus = [menu for menu in teacher.window.findChildren(QMenu) if menu.isVisible()]
    assert menus == []


def test_the_log_switch_and_its_key_agree(teacher: Teacher) -> None:
    teacher.press("End")
    teacher.wait_until(lambda: "converged" in teacher.status())
    loss = teacher.window.loss
    teacher.press("0")  # axes that kept pace with the run may leave it some room
    plain = loss.visible_range()
    teacher.press("L")
    assert loss.log_switch.isChecked()
    assert teacher.window.log_loss.isChecked()
    logarithmic = loss.visible_range()
    assert logarithmic[1][1] < plain[1][1]
    teacher.click(loss.log_switch, QPoint(8, loss.log_switch.height() // 2))
    assert loss.log_switch.isChecked() == teacher.window.log_loss.isChecked()
    if loss.log_switch.isChecked():
        teacher.press("L")
    assert loss.visible_range()[1] == plain[1]


def test_a_loss_that_goes_below_zero_breaks_the_log_line_and_says_so(teacher: Teacher) -> None:
    teacher.choose_function("Sine")
    teacher.press("End")
    teacher.wait_until(lambda: "converged" in teacher.status())
    teacher.press("L")
    assert any("Log scale" in text for text in teacher.texts(teacher.window.loss))
    teacher.window.grab()


def test_the_coordinates_under_the_mouse_are_shown(teacher: Teacher, contour: ContourView) -> None:
    QTest.mouseMove(contour.paper, teacher.pixel(contour, 1.0, 2.0))
    teacher.wait_until(lambda: any(text.startswith("x = ") for text in teacher.texts(contour)))


def test_three_parameters_are_shown_as_a_slice(teacher: Teacher) -> None:
    teacher.enter_formula("x^2 + 2y^2 + 3z^2")
    teacher.enter_start("1", "1", "1")
    landscape = teacher.window.landscape
    x, y = landscape.slice.x_choice, landscape.slice.y_choice
    assert x.isVisible()
    assert (x.currentText(), y.currentText()) == (
        "x",
        "y",
    )
    teacher.choose(y, "z")
    teacher.look()
    assert (x.currentText(), y.currentText()) == (
        "x",
        "z",
    )
    assert landscape.contour.y_axis.labelText == "z"
    teacher.choose(x, "z")
    teacher.look()
    assert (x.currentText(), y.currentText()) == (
        "z",
        "x",
    )
    for row in range(3):
        teacher.press("Right")
        teacher.wait_for_row(row + 1)
    teacher.window.grab()


def test_dragging_in_a_slice_moves_only_its_two_parameters(teacher: Teacher) -> None:
    teacher.enter_formula("x^2 + 2y^2 + 3z^2")
    teacher.enter_start("1", "1", "1")
    landscape = teacher.window.landscape
    teacher.choose(landscape.slice.y_choice, "z")
    teacher.wait_for_picture()
    contour = landscape.contour
    teacher.drag(contour, teacher.pixel(contour, 1.0, 1.0), teacher.pixel(contour, -2.0, 2.0))
    teacher.settle()
    assert teacher.start() == pytest.approx([-2, 1, 2], abs=0.1)
    assert teacher.start()[1] == 1


def test_the_slice_follows_the_shown_point(teacher: Teacher) -> None:
    teacher.enter_formula("x^2 + y^2 + 100z")
    contour = teacher.window.landscape.contour

    def lowest_loss() -> float:
        landscape = contour.shown_landscape()
        assert landscape is not None
        return float(landscape.z.min())

    teacher.wait_for_picture()
    before = lowest_loss()
    teacher.press("Right", "Right", "Right")
    teacher.wait_for_row(3)
    teacher.wait_until(lambda: lowest_loss() < before - 1)
