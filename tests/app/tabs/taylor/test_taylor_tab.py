"""The Taylor tab in the window: it follows the step, the dial is turned, every function works."""

from __future__ import annotations

import re

import numpy as np
import pytest
from teacher import Teacher, read

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.number_text import shown
from gdsim.views.overlays.dial_layer import Dial
from gdsim.views.tabs.taylor.taylor_view import TaylorView
from gdsim.views.theme import DARK, LIGHT

FUNCTIONS = catalogue.functions()


class Class:
    """A teacher with the Taylor tab in front."""

    def __init__(self, teacher: Teacher) -> None:
        self.teacher = teacher
        self.window = teacher.window
        self.tab: TaylorView = teacher.view(TaylorView)
        self.contour = teacher.window.landscape.contour
        self.curve = teacher.window.landscape.curve

    def open(self) -> None:
        self.window.tabs.show_tab("taylor")
        self.wait_for_numbers()

    def wait_for_numbers(self) -> None:
        """Until what is shown is about the shown row."""
        self.teacher.settle()
        self.teacher.wait_until(lambda: "Actual: " in self.tab.text())

    def step(self, times: int = 1) -> None:
        for _ in range(times):
            before = self.title()
            self.teacher.press("Right")
            self.teacher.wait_until(lambda before=before: self.title() != before)

    def choose(self, key: str) -> None:
        self.teacher.choose_function(FUNCTIONS[key].name["en"])
        self.wait_for_numbers()

    def title(self) -> str:
        return self.tab.text().splitlines()[0]

    def line(self, name: str) -> str:
        """The line of the table with that name."""
        return next(text for text in self.tab.text().splitlines() if text.startswith(f"{name}: "))

    def value(self, name: str) -> float:
        """What that line comes to."""
        return read(re.split(r"[=≈] ", self.line(name).partition("  [")[0])[-1])

    def reading(self, name: str) -> float:
        """ΔL at the hand of the dial."""
        lines = self.tab.dial.text().splitlines()
        found = next(text for text in lines if text.startswith(f"{name}: "))
        return read(re.split(r"[=≈] ", found)[-1])

    def beta(self) -> float:
        return read(self.tab.dial.beta.line.text())

    def radius(self) -> float:
        return read(self.tab.dial.radius.line.text())

    def drawn(self) -> Dial | None:
        return self.contour.shown_dial()


@pytest.fixture
def lesson(teacher: Teacher) -> Class:
    room = Class(teacher)
    room.open()
    return room


def test_the_table_is_about_the_shown_step(lesson: Class) -> None:
    for row in range(3):
        trace = lesson.teacher.trace()
        step = trace.step(row)
        loss = trace.experiment.objective()
        actual = loss.value(step.theta + step.delta) - step.loss
        assert lesson.title() == f"t = {row} → {row + 1}"
        assert lesson.value("Actual") == read(shown(actual))
        assert lesson.value("First order") == read(shown(float(step.gradient @ step.delta)))
        lesson.step()


def test_the_dial_begins_as_this_step(lesson: Class) -> None:
    step = lesson.teacher.trace().step(0)
    assert lesson.beta() == 180
    assert lesson.radius() == pytest.approx(np.linalg.norm(step.delta), rel=1e-5)
    assert lesson.reading("First order") == pytest.approx(lesson.value("First order"), rel=1e-4)
    assert lesson.reading("Actual") == pytest.approx(lesson.value("Actual"), rel=1e-4)
    dial = lesson.drawn()
    assert dial is not None
    assert dial.centre == tuple(step.theta.tolist())


def test_the_hand_is_dragged_on_the_landscape(lesson: Class) -> None:
    teacher, contour = lesson.teacher, lesson.contour
    teacher.wait_for_picture()
    theta = teacher.trace().step(0).theta
    gradient = teacher.trace().step(0).gradient
    start = contour.paper_position(contour.dial_hand())
    uphill = theta + 2 * gradient / np.linalg.norm(gradient)
    teacher.drag(contour, start, teacher.pixel(contour, *uphill))
    teacher.look()
    assert min(lesson.beta(), 360 - lesson.beta()) <= 2
    assert lesson.beta() == int(lesson.beta())
    assert lesson.reading("First order") > 0
    assert teacher.start() == theta.tolist(), "the start was dragged along"
    assert not lesson.tab.dial.headline.visibleRegion().isEmpty(), "the reading is not in sight"


def test_length_and_angle_stay_when_the_step_goes_on(lesson: Class) -> None:
    lesson.teacher.type_into(lesson.tab.dial.radius, "0.25")
    lesson.teacher.type_into(lesson.tab.dial.beta, "90")
    assert abs(lesson.reading("First order")) < 1e-9
    lesson.step()
    assert (lesson.radius(), lesson.beta()) == (0.25, 90)
    dial = lesson.drawn()
    assert dial is not None
    assert dial.radius == 0.25
    lesson.teacher.click(lesson.tab.dial.as_step)
    assert lesson.beta() == 180
    assert lesson.radius() != 0.25


def test_another_function_has_its_own_length(lesson: Class) -> None:
    lesson.teacher.type_into(lesson.tab.dial.radius, "0.25")
    lesson.choose("rosenbrock")
    step = lesson.teacher.trace().step(0)
    assert lesson.radius() == pytest.approx(np.linalg.norm(step.delta), rel=1e-5)


def test_far_out_the_cosine_and_the_loss_drift_apart(lesson: Class) -> None:
    gaps = []
    for length in ("0.01", "0.1", "1"):
        lesson.teacher.type_into(lesson.tab.dial.radius, length)
        gap = abs(lesson.reading("First order") - lesson.reading("Actual"))
        gaps.append(gap / abs(lesson.reading("First order")))
    assert gaps == sorted(gaps)
    assert gaps[0] < 0.01 < gaps[-1]


def test_the_overlays_come_and_go_with_the_tab(lesson: Class) -> None:
    assert lesson.drawn() is not None
    lesson.window.tabs.show_tab("step")
    lesson.teacher.look()
    assert lesson.drawn() is None
    lesson.open()
    assert lesson.drawn() is not None
    lesson.choose("sine")
    assert lesson.drawn() is None
    assert len(lesson.curve.shown_approximations()) == 3
    lesson.window.tabs.show_tab("step")
    lesson.teacher.look()
    assert not lesson.curve.shown_approximations()


def test_the_sine_and_its_polynomials(lesson: Class) -> None:
    lesson.choose("sine")
    assert lesson.tab.order.isVisible()
    errors = []
    for order in (3, 5, 7, 9):
        lesson.tab.order.order.setValue(order)
        lesson.teacher.wait_until(lambda order=order: f"Order {order}: " in lesson.tab.text())
        lesson.teacher.look()
        drawn = lesson.curve.shown_approximations()
        assert [one.polynomial.order for one in drawn] == [1, 2, order]
        errors.append(abs(drawn[-1].polynomial.at(-0.7) - np.sin(-0.7)))
    assert errors == sorted(errors, reverse=True)
    lesson.tab.order.order.setValue(1)
    lesson.teacher.look()
    assert "Order" not in lesson.tab.table.text()
    assert "P₁(x) = " in lesson.tab.text()


def test_a_polynomial_that_ends_early_says_so(lesson: Class) -> None:
    lesson.teacher.enter_formula("sin(x*cos(x*exp(x*sin(x)))) + x^2")
    lesson.wait_for_numbers()
    lesson.tab.order.order.setValue(10)
    lesson.teacher.wait_until(lambda: "The polynomial ends at order" in lesson.tab.text())
    lesson.tab.order.order.setValue(2)
    lesson.teacher.look()
    assert "ends at order" not in lesson.tab.text()


def test_more_parameters_say_in_which_plane_the_dial_lies(lesson: Class) -> None:
    lesson.choose("wood")
    sentence = lesson.tab.dial.plane_sentence()
    assert "x₁" in sentence
    assert "x₂" in sentence
    lesson.window.landscape.slice.axes_chosen.emit(2, 3)
    lesson.teacher.look()
    assert "x₃" in lesson.tab.dial.plane_sentence()
    dial = lesson.drawn()
    assert dial is not None
    step = lesson.teacher.trace().step(0)
    assert dial.centre == tuple(step.theta[[2, 3]].tolist())


def test_every_function_has_its_lesson(lesson: Class) -> None:
    for key, entry in FUNCTIONS.items():
        lesson.choose(key)
        lesson.step(2)
        assert lesson.title() == "t = 2 → 3", key
        step = lesson.teacher.trace().step(2)
        predicted = float(step.gradient @ step.delta)
        assert lesson.value("First order") == pytest.approx(predicted, rel=1e-4), key
        assert (lesson.drawn() is not None) == (len(entry.parameters) > 1), key


def test_every_optimizer_has_its_angle(lesson: Class) -> None:
    for key, entry in catalogue.optimizers().items():
        lesson.teacher.choose_optimizer(entry.name["en"])
        lesson.wait_for_numbers()
        lesson.step(2)
        step = lesson.teacher.trace().step(lesson.teacher.session.controller.runner.shown)
        lengths = np.linalg.norm(step.gradient) * np.linalg.norm(step.delta)
        cosine = float(step.gradient @ step.delta / lengths)
        assert np.cos(np.radians(lesson.beta())) == pytest.approx(cosine, abs=1e-3), key


def test_tabs_are_turned_by_keys(lesson: Class) -> None:
    tabs = lesson.window.tabs
    lesson.teacher.press("Ctrl+Tab")
    after = tabs.current
    assert after != "taylor"
    lesson.teacher.press("Ctrl+Shift+Tab")
    assert tabs.current == "taylor"
    seen = {tabs.current}
    for _ in range(20):
        lesson.teacher.press("Ctrl+Tab")
        seen.add(tabs.current)
    assert {"step", "taylor", after} <= seen


def test_the_last_row_is_the_step_that_was_not_made(lesson: Class) -> None:
    lesson.choose("round-bowl")
    lesson.teacher.press("End")
    lesson.teacher.wait_until(lambda: "The run has ended here" in lesson.tab.text())
    assert "→" not in lesson.title()


def test_a_diverged_run_is_shown_to_its_last_row(lesson: Class) -> None:
    lesson.choose("monkey-saddle")
    lesson.teacher.enter_eta("5")
    lesson.teacher.press("End")
    lesson.teacher.wait_until(lambda: "diverged" in lesson.teacher.status())
    lesson.teacher.look()
    assert "The run has ended here" in lesson.tab.text()


@pytest.mark.parametrize(
    ("formula", "start", "says"),
    [
        ("x^2 - y^2", ("0", "0"), "∇L = 0 here"),
        ("1/x + y", ("0", "1"), "∇L is not finite here"),
        ("sqrt(x)", ("0",), "not a finite number"),
    ],
)
def test_where_something_does_not_apply_one_sentence_says_so(
    lesson: Class, formula: str, start: tuple[str, ...], says: str
) -> None:
    lesson.teacher.enter_formula(formula)
    lesson.teacher.enter_start(*start)
    lesson.wait_for_numbers()
    lesson.teacher.wait_until(lambda: says in lesson.tab.text() + lesson.tab.dial.plane_sentence())


def test_a_step_that_is_to_be_guessed_is_not_given_away(lesson: Class) -> None:
    lesson.window.guess.setChecked(True)
    lesson.teacher.look()
    assert "First order" not in lesson.tab.text()
    assert "not revealed yet" in lesson.tab.text()
    assert lesson.drawn() is None
    lesson.window.guess.setChecked(False)
    lesson.wait_for_numbers()
    assert lesson.drawn() is not None


def test_it_plays_with_the_tab_in_front(lesson: Class) -> None:
    lesson.teacher.choose_speed("max")
    lesson.teacher.press("Space")
    lesson.teacher.wait_until(lambda: int(re.findall(r"\d+", lesson.title())[0]) > 50)
    lesson.teacher.press("Space")
    assert "Actual" in lesson.tab.text()


def test_themes_and_languages_change_with_the_tab_in_front(lesson: Class) -> None:
    before = lesson.tab.text()
    for theme in (DARK, LIGHT):
        lesson.window.set_theme(theme)
        lesson.teacher.look()
    for language in ("zh", "en"):
        lesson.window.languages[language].trigger()
        lesson.teacher.look()
    assert lesson.tab.text() == before
