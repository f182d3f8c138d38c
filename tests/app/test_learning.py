"""Learning from data in the window: tasks, model, loss, batch, points by hand, the data view."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QPushButton
from teacher import Teacher

from gdsim.views.function_section import FunctionSection


@pytest.fixture
def section(teacher: Teacher) -> FunctionSection:
    return teacher.panel.function


@pytest.fixture
def three_points(teacher: Teacher) -> Teacher:
    teacher.choose_function("Three points")
    return teacher


@pytest.fixture
def noisy_line(teacher: Teacher) -> Teacher:
    teacher.choose_function("Noisy line")
    return teacher


def legend(teacher: Teacher) -> list[str]:
    return teacher.window.data.legend.texts()


def epoch(teacher: Teacher) -> str:
    bar = teacher.window.transport
    return next((text for text in teacher.texts(bar) if text.startswith("epoch")), "")


def side(teacher: Teacher, name: str) -> QPushButton:
    buttons = teacher.window.loss_card.findChildren(QPushButton)
    return next(button for button in buttons if button.text() == name)


def rows(teacher: Teacher) -> int:
    data = teacher.trace().experiment.data
    return 0 if data is None else data.rows


def click_into_the_data(teacher: Teacher, x: float, y: float) -> None:
    teacher.click(teacher.window.data._canvas.viewport(), teacher.pixel(teacher.window.data, x, y))


# Built-in problems


def test_three_points_step_by_step_as_by_hand(three_points: Teacher) -> None:
    teacher = three_points
    assert teacher.window.data.isVisible()
    assert legend(teacher)[:2] == ["row", "model ŷ"]
    assert teacher.eta() == 0.1
    assert teacher.results() == pytest.approx([0.6, 1.33333], abs=1e-5)
    teacher.press("Right")
    teacher.wait_for_row(1)
    assert teacher.results() == pytest.approx([0.546667, 1.18222], abs=1e-5)


def test_the_line_in_the_data_is_that_of_the_shown_step(three_points: Teacher) -> None:
    teacher = three_points
    curve = teacher.window.data._curve
    teacher.press("Right")
    teacher.wait_for_row(1)
    teacher.look()
    assert curve._curve is not None
    assert curve._curve.y == pytest.approx(0.6 + 4 / 3 * curve._curve.x, abs=1e-12)
    teacher.press("Left")
    teacher.wait_for_row(0)
    teacher.look()
    assert curve._curve.y == pytest.approx(0 * curve._curve.x)


def test_dragging_the_start_on_the_landscape_takes_the_line_along(three_points: Teacher) -> None:
    teacher = three_points
    contour = teacher.window.landscape.contour
    teacher.drag(contour, teacher.pixel(contour, 0, 0), teacher.pixel(contour, 1.0, 1.0))
    teacher.settle()
    assert teacher.start() == pytest.approx([1.0, 1.0], abs=0.05)
    curve = teacher.window.data._curve._curve
    assert curve is not None
    theta0, theta1 = teacher.start()
    assert curve.y == pytest.approx(theta0 + theta1 * curve.x)


def test_d_switches_between_data_and_loss(three_points: Teacher) -> None:
    teacher = three_points
    teacher.press("D")
    assert teacher.window.loss.isVisible()
    teacher.press("D")
    assert teacher.window.data.isVisible()
    teacher.click(side(teacher, "Loss"))
    assert teacher.window.loss.isVisible()
    teacher.choose_function("Himmelblau")
    assert not side(teacher, "Data").isVisible()
    teacher.press("D")
    assert teacher.window.loss.isVisible()


def test_each_task_brings_its_own_view(three_points: Teacher) -> None:
    teacher = three_points
    contour, data = teacher.window.landscape.contour, teacher.window.data
    teacher.wait_for_picture()
    before = contour.visible_range(), data.visible_range()
    teacher.choose_function("Noisy line")
    teacher.wait_for_picture()
    (x0, x1), (y0, y1) = contour.visible_range()
    assert (x0 + x1) / 2 == pytest.approx(2.0)
    assert (y0 + y1) / 2 == pytest.approx(2.0)
    (_, right), (_, top) = data.visible_range()
    assert 1.0 < right < 1.3
    assert 5.0 < top < 7.0
    teacher.choose_function("Three points")
    teacher.wait_for_picture()
    assert (contour.visible_range(), data.visible_range()) == before


def test_every_learning_task_can_be_chosen_and_stepped(teacher: Teacher) -> None:
    box = teacher.panel.function.choice
    for name in ("Polynomial regression", "Logistic regression", "XOR"):
        teacher.choose_function(name)
        assert box.currentText() == name
        assert teacher.window.data.isVisible()
        teacher.press("Right")
        teacher.wait_for_row(1)
        assert not teacher.says(teacher.panel, "")
    assert legend(teacher) == ["class 0", "class 1", "boundary: ŷ = 0.5"]


# Model and loss


def test_another_model_is_typed(three_points: Teacher, section: FunctionSection) -> None:
    teacher = three_points
    teacher.type_into(section.data.prediction, "theta1*x")
    teacher.settle()
    assert len(teacher.start_fields()) == 1
    assert teacher.results() == pytest.approx([0.1 * 2 * 20 / 3], rel=1e-5)


@pytest.mark.parametrize("wrong", ["theta0 + ", "theta0 + prediction", "2*x", "nonsense(x)"])
def test_a_wrong_model_is_refused_in_a_sentence(
    three_points: Teacher, section: FunctionSection, wrong: str
) -> None:
    teacher = three_points
    teacher.type_into(section.data.prediction, wrong)
    assert teacher.sentence_at(section.data.prediction)
    teacher.press("Right")
    teacher.wait_for_row(1)
    assert teacher.results() == pytest.approx([0.546667, 1.18222], abs=1e-5)


def test_the_loss_of_a_row_is_chosen_or_typed(
    three_points: Teacher, section: FunctionSection
) -> None:
    teacher = three_points
    assert not section.formula.isVisible()
    teacher.choose(section.data.loss, "Mean absolute error")
    teacher.settle()
    # Every residual is negative: the slope is −1 for θ₀ and −mean(x) for θ₁.
    assert teacher.results() == pytest.approx([0.1, 0.2])
    teacher.choose(section.data.loss, "Your own formula…")
    assert section.formula.isVisible()
    teacher.type_into(section.formula, "2*(prediction - y)^2")
    teacher.settle()
    assert section.data.loss.currentText() == "Your own formula…"
    assert teacher.results() == pytest.approx([1.2, 2.66667], abs=1e-5)


def test_a_formula_without_data_is_typed_while_there_are_data(
    three_points: Teacher, section: FunctionSection
) -> None:
    teacher = three_points
    teacher.choose(section.choice, "Your own formula…")
    teacher.type_into(section.formula, "prediction + (")
    assert teacher.sentence_at(section.formula)
    assert teacher.trace().experiment.data is not None
    teacher.type_into(section.formula, "(theta - 4)^2")
    teacher.settle()
    assert teacher.trace().experiment.data is None
    assert section.choice.currentText() == "Your own formula…"
    assert not section.data.isVisible()
    assert teacher.window.loss.isVisible()
    assert len(teacher.start_fields()) == 1


def test_standardised_columns_make_the_ravine_round(
    teacher: Teacher, section: FunctionSection
) -> None:
    teacher.choose_function("Three points")
    assert not section.data.standardise.isVisible()
    teacher.choose_function("Two unequal scales")
    assert section.data.standardise.isVisible()

    def stretch() -> float:
        hessian = teacher.trace().experiment.objective().hessian([0.0, 0.0])
        low, *_, high = np.linalg.eigvalsh(hessian)
        return float(high / low)

    assert stretch() > 300
    rate = teacher.eta()
    section.data.standardise.click()
    teacher.settle()
    assert stretch() < 5
    assert teacher.eta() > 100 * rate
    assert section.choice.currentText() == "Two unequal scales"
    section.data.standardise.click()
    teacher.settle()
    assert stretch() > 300


# Batches


def test_epoch_and_batch_are_said_and_the_rows_light_up(
    noisy_line: Teacher, section: FunctionSection
) -> None:
    teacher = noisy_line
    assert epoch(teacher) == ""
    teacher.choose(section.data.batch, "32 rows")
    teacher.settle()
    assert epoch(teacher) == "epoch 1, batch 1 of 4"
    assert "rows of this step" in legend(teacher)
    lit = set()
    for t in range(1, 5):
        rows = teacher.window.data._lit
        assert rows is not None
        assert lit.isdisjoint(rows.tolist())
        lit |= set(rows.tolist())
        teacher.press("Right")
        teacher.wait_for_row(t)
        teacher.look()
    assert lit == set(range(100))
    assert epoch(teacher) == "epoch 2, batch 1 of 4"


def test_another_batch_applies_from_the_shown_step_on(
    noisy_line: Teacher, section: FunctionSection
) -> None:
    teacher = noisy_line
    teacher.press("Right", "Right")
    teacher.wait_for_row(2)
    before = teacher.recorded(0, 2)
    teacher.choose(section.data.batch, "1 row")
    teacher.settle()
    assert teacher.row() == 2
    assert teacher.recorded(0, 2) == before
    assert epoch(teacher) == "epoch 1, batch 3 of 100"


@pytest.mark.parametrize("text", ["0", "2.5", "-1", "many"])
def test_a_wrong_batch_is_refused_in_a_sentence(
    noisy_line: Teacher, section: FunctionSection, text: str
) -> None:
    teacher = noisy_line
    teacher.choose(section.data.batch, "32 rows")
    teacher.settle()
    teacher.choose(section.data.batch, "Your own number…")
    teacher.type_into(section.data.batch_size, text)
    assert teacher.sentence_at(section.data.batch_size)
    assert epoch(teacher) == "epoch 1, batch 1 of 4"
    teacher.type_into(section.data.batch_size, "10")
    teacher.settle()
    assert epoch(teacher) == "epoch 1, batch 1 of 10"


def test_the_landscape_of_a_batch_wobbles_and_says_so(
    noisy_line: Teacher, section: FunctionSection
) -> None:
    teacher = noisy_line
    panel = teacher.window.landscape
    assert not section.data.batch_landscape.isVisible()
    teacher.choose(section.data.batch, "32 rows")
    teacher.settle()
    teacher.wait_for_picture()

    def picture() -> float:
        landscape = panel.contour._landscape._landscape
        assert landscape is not None
        return float(landscape.z[0, 0])

    whole = picture()
    section.data.batch_landscape.click()
    teacher.wait_until(lambda: picture() != whole)
    assert panel.scope() == "Landscape of this batch alone: 32 of 100 rows (epoch 1, batch 1 of 4)"
    first = picture()
    teacher.press("Right")
    teacher.wait_for_row(1)
    teacher.wait_until(lambda: picture() not in (whole, first))
    section.data.batch_landscape.click()
    teacher.wait_until(lambda: picture() == pytest.approx(whole))
    assert panel.scope() == ""


def test_over_one_parameter_it_is_said_whose_loss_the_points_have(
    noisy_line: Teacher, section: FunctionSection
) -> None:
    teacher = noisy_line
    panel = teacher.window.landscape
    teacher.type_into(section.data.prediction, "theta1*x")
    teacher.settle()
    assert panel.is_curve
    assert panel.scope() == ""
    teacher.choose(section.data.batch, "1 row")
    teacher.settle()
    assert panel.scope() == "Curve: all rows; points: each at the loss of its own batch"
    step = panel.curve._step._step
    assert step is not None
    trace = teacher.trace()
    own = trace.experiment.objective_at(0)
    following = trace.theta(0, 1)[0] + trace.delta(0, 1)[0]
    assert step.point == pytest.approx((trace.theta()[0, 0], trace.loss()[0]))
    assert step.ghost == pytest.approx((following[0], own.value(following)))
    section.data.batch_landscape.click()
    teacher.wait_until(lambda: panel.scope().startswith("Landscape of this batch alone"))
    assert panel.scope().endswith("; points: each at the loss of its own batch")


def test_the_full_loss_is_drawn_beside_the_batches_own(
    noisy_line: Teacher, section: FunctionSection
) -> None:
    teacher = noisy_line
    plain = [len(texts) for texts in [teacher.window.loss.legend.texts()]]
    teacher.choose(section.data.batch, "1 row")
    teacher.settle()
    teacher.press("D", "Right", "Right", "Right")
    teacher.wait_for_row(3)
    full = teacher.window.loss._full
    teacher.wait_until(lambda: len(full._rows) == 4)
    objective = teacher.trace().experiment.objective()
    assert full._losses == pytest.approx(objective.value(teacher.trace().theta().T))
    assert len(teacher.window.loss.legend.texts()) > plain[0]


# Points by hand


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
    teacher.click(teacher.window.data.header._classes.button("high"))
    click_into_the_data(teacher, 1.0, 0.0)
    teacher.settle()
    assert section.data.loss.currentText() == "Cross-entropy"
    assert legend(teacher)[:2] == ["class 0", "class 1"]
    assert teacher.trace().experiment.data is not None
    assert teacher.trace().experiment.data.columns["y"].tolist() == [0, 0, 1]


def test_gathering_points_is_given_up(teacher: Teacher, section: FunctionSection) -> None:
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


def test_points_cannot_be_added_where_a_click_does_not_say_it_all(teacher: Teacher) -> None:
    teacher.choose_function("Two unequal scales")
    assert not teacher.window.data.header.switch.isVisible()
