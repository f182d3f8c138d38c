"""Points added to the data by clicking: for a line, for two classes, to a task; and cancelling."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from teacher import Teacher

from gdsim.core.data.csv_reader import read_csv
from gdsim.views.setup.function_section import FunctionSection


def rows(teacher: Teacher) -> int:
    data = teacher.trace().experiment.data
    return 0 if data is None else data.rows


def click_into_the_data(teacher: Teacher, x: float, y: float) -> None:
    data = teacher.window.data
    teacher.click(data.paper, teacher.pixel(data, x, y))


def class_button(teacher: Teacher, name: str) -> QPushButton:
    """The button above the data that lets a click add this class."""
    buttons = teacher.window.data.header.findChildren(QPushButton)
    return next(button for button in buttons if button.text() == name)


def test_a_line_through_points_clicked_into_an_empty_plot(
    teacher: Teacher, section: FunctionSection
) -> None:
    teacher.choose(section.choice, "Your own points…")
    teacher.look()
    data = teacher.window.data
    assert data.isVisible()
    assert "at least two points" in data.note.text()
    before = teacher.trace()
    click_into_the_data(teacher, 2.0, 3.0)
    assert teacher.trace() is before
    click_into_the_data(teacher, 6.0, 5.0)
    teacher.settle()
    assert "at least two points" not in data.note.text()
    assert rows(teacher) == 2
    click_into_the_data(teacher, 4.0, 7.0)
    teacher.settle()
    assert rows(teacher) == 3
    teacher.press("Del")
    teacher.wait_until(lambda: rows(teacher) == 2)
    teacher.press("End")
    teacher.wait_for_end()
    theta0, theta1 = teacher.trace().theta()[-1]
    assert theta0 + 2 * theta1 == pytest.approx(3.0, abs=0.1)
    assert theta0 + 6 * theta1 == pytest.approx(5.0, abs=0.1)


def test_two_classes_clicked_with_two_buttons(teacher: Teacher, section: FunctionSection) -> None:
    teacher.choose(section.choice, "Your own points of two classes…")
    teacher.look()
    assert "each class" in teacher.window.data.note.text()
    click_into_the_data(teacher, -1.0, -1.0)
    click_into_the_data(teacher, -1.0, 1.0)
    assert "each class" in teacher.window.data.note.text()
    teacher.click(class_button(teacher, "■ 1"))
    click_into_the_data(teacher, 1.0, 0.0)
    teacher.settle()
    assert section.data.loss.currentText() == "Cross-entropy"
    assert teacher.data_legend()[:2] == ["class 0", "class 1"]
    assert teacher.trace().experiment.data is not None
    assert teacher.trace().experiment.data.columns["y"].tolist() == [0, 0, 1]


def test_adding_points_can_be_cancelled(teacher: Teacher, section: FunctionSection) -> None:
    teacher.choose(section.choice, "Your own points…")
    click_into_the_data(teacher, 2.0, 3.0)
    teacher.click(teacher.window.data.header.switch)
    teacher.look()
    assert teacher.window.loss.isVisible()
    assert section.choice.currentText() == "Himmelblau"


def test_a_point_is_added_to_a_built_in_problem(three_points: Teacher) -> None:
    teacher = three_points
    data = teacher.window.data
    view = data.visible_range()
    teacher.click(data.header.switch)
    click_into_the_data(teacher, 2.0, 2.5)
    teacher.settle()
    assert rows(teacher) == 4
    assert teacher.panel.function.choice.currentText() == "Your own data…"
    assert data.visible_range() == view
    teacher.press("Del")
    teacher.wait_until(lambda: rows(teacher) == 3)
    assert teacher.panel.function.choice.currentText() == "Three points"


def test_points_cannot_be_added_where_a_click_cannot_give_every_column(teacher: Teacher) -> None:
    teacher.choose_function("Two unequal scales")
    assert not teacher.window.data.header.switch.isVisible()


def test_a_point_is_dragged_and_put_back(three_points: Teacher) -> None:
    teacher = three_points
    data = teacher.window.data
    before = teacher.trace().experiment.data
    assert before is not None
    view = data.visible_range()
    x, y = before.columns["x"].tolist(), before.columns["y"].tolist()
    start, end = teacher.pixel(data, x[0], y[0]), teacher.pixel(data, x[0] + 0.3, y[0] + 0.5)
    teacher.click(data.header.switch)
    teacher.drag(data, start, end)
    teacher.settle()
    after = teacher.trace().experiment.data
    assert after is not None
    assert after.rows == before.rows
    assert after.columns["x"].tolist() == pytest.approx([x[0] + 0.3, *x[1:]], abs=0.05)
    assert after.columns["y"].tolist() == pytest.approx([y[0] + 0.5, *y[1:]], abs=0.05)
    assert data.visible_range() == view
    teacher.press("Del")
    teacher.wait_until(lambda: teacher.trace().experiment.data == before)


def test_without_the_switch_a_drag_moves_the_plot(three_points: Teacher) -> None:
    teacher = three_points
    data = teacher.window.data
    before = teacher.trace().experiment.data
    assert before is not None
    view = data.visible_range()
    x, y = before.columns["x"][0], before.columns["y"][0]
    teacher.drag(data, teacher.pixel(data, x, y), teacher.pixel(data, x + 0.3, y + 0.5))
    teacher.settle()
    assert teacher.trace().experiment.data == before
    assert data.visible_range() != view


def test_a_dragged_point_keeps_its_class(teacher: Teacher, section: FunctionSection) -> None:
    teacher.choose(section.choice, "Your own points of two classes…")
    click_into_the_data(teacher, -1.0, -1.0)
    teacher.drag(
        teacher.window.data,
        teacher.pixel(teacher.window.data, -1.0, -1.0),
        teacher.pixel(teacher.window.data, -2.0, 1.0),
    )
    teacher.click(class_button(teacher, "■ 1"))
    click_into_the_data(teacher, 1.0, 0.0)
    teacher.settle()
    data = teacher.trace().experiment.data
    assert data is not None
    assert data.columns["x1"].tolist() == pytest.approx([-2.0, 1.0], abs=0.05)
    assert data.columns["x2"].tolist() == pytest.approx([1.0, 0.0], abs=0.05)
    assert data.columns["y"].tolist() == [0, 1]


def test_points_are_saved_as_a_file_that_can_be_opened(
    three_points: Teacher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = three_points
    file = tmp_path / "points.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    teacher.click(teacher.window.data.header.switch)
    click_into_the_data(teacher, 2.0, 2.5)
    teacher.settle()
    teacher.click(teacher.window.data.header.save)
    data = teacher.trace().experiment.data
    assert data is not None
    read = read_csv(file).dataset()
    assert read.names == data.names
    for name in data.names:
        assert read.columns[name].tolist() == data.columns[name].tolist()
