"""Learning from data in the window: the tasks, the model, the loss, batches, the data view."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QPushButton
from teacher import Teacher

from gdsim.views.setup.function_section import FunctionSection


@pytest.fixture
def noisy_line(teacher: Teacher) -> Teacher:
    teacher.choose_function("Noisy line")
    return teacher


def epoch(teacher: Teacher) -> str:
    bar = teacher.window.transport
    return next((text for text in teacher.texts(bar) if text.startswith("epoch")), "")


def side(teacher: Teacher, name: str) -> QPushButton:
    buttons = teacher.window.loss_card.findChildren(QPushButton)
    return next(button for button in buttons if button.text() == name)


# Built-in problems


def test_three_points_step_by_step_as_by_hand(three_points: Teacher) -> None:
    teacher = three_points
    assert teacher.window.data.isVisible()
    assert teacher.data_legend()[:2] == ["row", "model ŷ"]
    assert teacher.eta() == 0.1
    assert teacher.results() == pytest.approx([0.6, 1.33333], abs=1e-5)
    teacher.press("Right")
    teacher.wait_for_row(1)
    assert teacher.results() == pytest.approx([0.546667, 1.18222], abs=1e-5)


def test_the_line_through_the_data_belongs_to_the_shown_step(three_points: Teacher) -> None:
    teacher = three_points
    teacher.press("Right")
    teacher.wait_for_row(1)
    teacher.look()
    line = teacher.window.data.shown_curve()
    assert line is not None
    assert line.y == pytest.approx(0.6 + 4 / 3 * line.x, abs=1e-12)
    teacher.press("Left")
    teacher.wait_for_row(0)
    teacher.look()
    line = teacher.window.data.shown_curve()
    assert line is not None
    assert line.y == pytest.approx(0 * line.x)


def test_dragging_the_start_on_the_landscape_moves_the_line(three_points: Teacher) -> None:
    teacher = three_points
    contour = teacher.window.landscape.contour
    teacher.drag(contour, teacher.pixel(contour, 0, 0), teacher.pixel(contour, 1.0, 1.0))
    teacher.settle()
    assert teacher.start() == pytest.approx([1.0, 1.0], abs=0.05)
    line = teacher.window.data.shown_curve()
    assert line is not None
    theta0, theta1 = teacher.start()
    assert line.y == pytest.approx(theta0 + theta1 * line.x)


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


def test_each_task_has_its_own_home_view(three_points: Teacher) -> None:
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
    assert teacher.data_legend() == ["class 0", "class 1", "boundary: ŷ = 0.5"]


# Model and loss


def test_another_model_can_be_typed(three_points: Teacher, section: FunctionSection) -> None:
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


def test_the_loss_of_a_row_can_be_chosen_or_typed(
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


def test_cross_entropy_is_refused_where_the_target_is_no_class(
    three_points: Teacher, section: FunctionSection
) -> None:
    teacher = three_points
    teacher.choose(section.data.loss, "Cross-entropy")
    assert teacher.says(section, "crossentropy learns classes 0 and 1; column y goes from 2 to 4")
    assert section.data.loss.currentText() == "Mean squared error"
    teacher.choose(section.data.loss, "Huber loss")
    teacher.settle()
    assert not teacher.says(
        section, "crossentropy learns classes 0 and 1; column y goes from 2 to 4"
    )


def test_a_formula_without_data_replaces_a_learning_task(
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


def test_standardising_the_columns_lowers_the_condition_number(
    teacher: Teacher, section: FunctionSection
) -> None:
    teacher.choose_function("Three points")
    assert not section.data.standardise.isVisible()
    teacher.choose_function("Two unequal scales")
    assert section.data.standardise.isVisible()

    def condition_number() -> float:
        hessian = teacher.trace().experiment.objective().hessian([0.0, 0.0])
        low, *_, high = np.linalg.eigvalsh(hessian)
        return float(high / low)

    assert condition_number() > 300
    rate = teacher.eta()
    section.data.standardise.click()
    teacher.settle()
    assert condition_number() < 5
    assert teacher.eta() > 100 * rate
    assert section.choice.currentText() == "Two unequal scales"
    section.data.standardise.click()
    teacher.settle()
    assert condition_number() > 300


def numbers_of(line: str) -> list[float]:
    return [float(part.split("=")[1].replace("−", "-")) for part in line.split(",")]


def test_standardised_parameters_are_shown_in_the_units_of_the_file(
    teacher: Teacher, tmp_path: Path
) -> None:
    weight = [3504, 3693, 2130, 1835, 4354, 2372]
    mpg = [18, 15, 27, 26, 14, 24]
    file = tmp_path / "cars.csv"
    rows = "\n".join(map("{},{}".format, weight, mpg))
    file.write_text(f"weight,mpg\n{rows}\n", encoding="utf-8")
    opening = teacher.session.controller.opening
    opening.look_at(str(file))
    teacher.wait_until(opening.dialog.open_button.isEnabled)
    opening.dialog.open_button.click()
    teacher.settle()
    data = teacher.window.data
    assert "units" not in data.note.text()
    teacher.panel.function.data.standardise.click()
    teacher.settle()
    teacher.come_back()
    teacher.press("End")
    teacher.wait_for_end()
    teacher.look()
    slope, intercept = np.polyfit(weight, mpg, 1)
    own, least = data.note.text().splitlines()
    assert own.startswith("In the units of the file: θ₀ = ")
    assert numbers_of(least) == pytest.approx([intercept, slope], rel=1e-5)
    assert numbers_of(own) == pytest.approx([intercept, slope], rel=1e-3)
    assert data.x_axis.labelText == "weight (standardised)"
    teacher.panel.function.data.standardise.click()
    teacher.settle()
    assert "units" not in data.note.text()
    assert data.x_axis.labelText == "weight"


# Batches


def test_epoch_and_batch_are_named_and_their_rows_stand_out(
    noisy_line: Teacher, section: FunctionSection
) -> None:
    teacher = noisy_line
    assert epoch(teacher) == ""
    teacher.choose(section.data.batch, "32 rows")
    teacher.settle()
    assert epoch(teacher) == "epoch 1, batch 1 of 4"
    assert "rows of this step" in teacher.data_legend()
    lit = set()
    for t in range(1, 5):
        rows = teacher.window.data.lit_rows()
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


def test_the_landscape_of_a_batch_changes_with_the_batch_and_says_so(
    noisy_line: Teacher, section: FunctionSection
) -> None:
    teacher = noisy_line
    panel = teacher.window.landscape
    assert not section.data.batch_landscape.isVisible()
    teacher.choose(section.data.batch, "32 rows")
    teacher.settle()
    teacher.wait_for_picture()

    def picture() -> float:
        landscape = panel.contour.shown_landscape()
        assert landscape is not None
        return float(landscape.z[0, 0])

    whole = picture()
    section.data.batch_landscape.click()
    teacher.wait_until(lambda: picture() != whole)
    assert panel.scope() == "Only this batch: 32 of 100 rows (epoch 1, batch 1 of 4)"
    first = picture()
    teacher.press("Right")
    teacher.wait_for_row(1)
    teacher.wait_until(lambda: picture() not in (whole, first))
    section.data.batch_landscape.click()
    teacher.wait_until(lambda: picture() == pytest.approx(whole))
    assert panel.scope() == ""


def test_over_one_parameter_the_panel_says_which_rows_curve_and_points_use(
    noisy_line: Teacher, section: FunctionSection
) -> None:
    teacher = noisy_line
    panel = teacher.window.landscape
    teacher.type_into(section.data.prediction, "theta1*x")
    teacher.settle()
    assert panel.is_curve
    assert panel.scope() == ""
    teacher.choose(section.data.batch, "1 row")
    said = "Curve: all rows; points: each at the loss of its own batch"
    teacher.wait_until(lambda: panel.scope() == said)
    step = panel.curve.shown_step()
    assert step is not None
    trace = teacher.trace()
    own = trace.experiment.objective_at(0)
    following = trace.theta(0, 1)[0] + trace.delta(0, 1)[0]
    assert step.point == pytest.approx((trace.theta()[0, 0], trace.loss()[0]))
    assert step.ghost == pytest.approx((following[0], own.value(following)))
    section.data.batch_landscape.click()
    teacher.wait_until(lambda: panel.scope().startswith("Only this batch"))
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
    loss = teacher.window.loss
    teacher.wait_until(lambda: len(loss.shown_full_loss()[0]) == 4)
    objective = teacher.trace().experiment.objective()
    assert loss.shown_full_loss()[1] == pytest.approx(objective.value(teacher.trace().theta().T))
    assert len(teacher.window.loss.legend.texts()) > plain[0]
