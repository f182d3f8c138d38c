"""The arithmetic shown in the Taylor tab is right: the text is computed again."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from shown_arithmetic import assert_true, shown_like

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.formula.expression import evaluate
from gdsim.core.formula.notation import parse
from gdsim.core.landscape.plane import Plane
from gdsim.core.loss.objective import Objective
from gdsim.core.run.descend import descend
from gdsim.core.taylor.directions import StepCircle
from gdsim.core.taylor.local_model import LocalModel, local_model, predict_step, taylor_polynomial
from gdsim.core.taylor.taylor_text import (
    LETTERS,
    Term,
    cosine_text,
    polynomial_text,
    prediction_lines,
)

FUNCTIONS = catalogue.functions()


def read(text: str) -> float:
    """A number as it is shown."""
    return float(text.replace("−", "-").replace("∞", "inf"))


def models(key: str) -> list[tuple[LocalModel, np.ndarray]]:
    trace = descend(key, max_steps=40, stop="none")
    objective = trace.experiment.objective()
    return [
        (local_model(objective, step.theta, step.gradient), step.delta)
        for step in map(trace.step, range(0, len(trace), 4))
    ]


@pytest.mark.parametrize("key", FUNCTIONS)
def test_every_line_is_true_and_has_the_value_of_the_model(key: str) -> None:
    for model, delta in models(key):
        polynomial = None
        if len(delta) == 1:
            polynomial = taylor_polynomial(model.objective, float(model.theta[0]), 4)
        prediction = predict_step(model, delta)
        expected = {
            Term.FIRST: prediction.first,
            Term.SECOND: prediction.second,
            Term.ACTUAL: prediction.actual,
        }
        if polynomial is not None:
            expected[Term.HIGHER] = polynomial.at(model.theta[0] + delta[0]) - model.value
        lines = prediction_lines(model, delta, polynomial)
        assert [line.term for line in lines] == [term for term in Term if term in expected]
        for line in lines:
            assert line.latex
            assert line.plain
            right = assert_true(line.numbers)
            assert right == shown_like(right, line.value)
            noise = 1e-15 * abs(model.value)
            size = abs(prediction.first) + abs(prediction.actual) + prediction.resolution
            assert line.value == pytest.approx(
                expected[line.term], rel=1e-9, abs=1e-9 * size + noise, nan_ok=True
            )


@pytest.mark.parametrize("key", [key for key in FUNCTIONS if len(FUNCTIONS[key].parameters) > 1])
def test_the_arithmetic_of_the_dial_is_true(key: str) -> None:
    for model, delta in models(key):
        radius = float(np.linalg.norm(delta))
        for beta in (0.0, 33.0, 90.0, 123.4, 180.0, 359.0):
            circle = StepCircle(model, Plane.of_parameters(model.theta), radius)
            text = cosine_text(circle, beta)
            value = float(circle.first_order(beta))
            if re.match(r"[=≈]", text) is None:
                assert_true(text)
            found = read(re.split(r"[=≈] ", text)[1])
            assert found == pytest.approx(value, rel=1e-5, nan_ok=True)


def test_the_dial_has_letters_for_its_three_terms() -> None:
    assert set(LETTERS) == {Term.FIRST, Term.SECOND, Term.ACTUAL}


def test_terms_that_are_zero_are_left_out() -> None:
    model = local_model(Objective("x^2 + 3*y"), np.array([1.0, 2.0]))
    second = prediction_lines(model, np.array([0.5, -1.0]))[1]
    assert second.numbers == "−2 + 2·0.5^2/2 = −1.75"
    flat = local_model(Objective("x + 3*y"), np.array([1.0, 2.0]))
    assert prediction_lines(flat, np.array([0.5, -1.0]))[1].numbers == "−2.5 + 0/2 = −2.5"


def test_more_parameters_show_the_second_order_term_as_one_number() -> None:
    model = local_model(Objective("x^2 + y^2 + z^2"), np.array([1.0, 2.0, 3.0]))
    first, second, actual = prediction_lines(model, np.array([-1.0, 0.0, 0.0]))
    assert first.numbers == "2·(−1) + 4·0 + 6·0 = −2"
    assert second.numbers == "−2 + 2/2 = −1"
    assert actual.numbers == "13 − 14 = −1"


def test_a_polynomial_of_low_order_needs_no_line_of_its_own() -> None:
    loss = Objective("sin(x)")
    model = local_model(loss, np.array([1.0]))
    for order in (0, 1, 2, 3):
        lines = prediction_lines(model, np.array([0.1]), taylor_polynomial(loss, 1.0, order))
        assert (Term.HIGHER in [line.term for line in lines]) == (order > 2)


@pytest.mark.parametrize("theta", [math.nan, math.inf])
def test_undefined_values_are_shown_as_nan(theta: float) -> None:
    model = local_model(Objective("x^2 + y"), np.array([theta, 0.0]))
    for line in prediction_lines(model, np.array([1.0, 0.0])):
        assert line.numbers.endswith(("NaN", "∞"))


@pytest.mark.parametrize(
    ("text", "centre", "order", "written"),
    [
        ("(theta - 3)^2", 0.0, 2, "P₂(θ) = 9 − 6·θ + θ^2"),
        ("(theta - 3)^2", 1.0, 10, "P₁₀(θ) = 4 − 4·(θ − 1) + (θ − 1)^2"),
        ("-x", -2.0, 3, "P₃(x) = 2 − (x + 2)"),
        ("0*x", 1.0, 3, "P₃(x) = 0"),
        ("-x^3", 0.0, 3, "P₃(x) = −x^3"),
        ("sin(x)", 0.0, 5, "P₅(x) = x − 0.1667·x^3 + 0.008333·x^5"),
    ],
)
def test_the_polynomial_written_out(text: str, centre: float, order: int, written: str) -> None:
    loss = Objective(text)
    polynomial = taylor_polynomial(loss, centre, order)
    assert polynomial_text(polynomial, loss.parameters[0]) == written


@pytest.mark.parametrize("text", ["cos(x)*x", "exp(x/2)", "1/(2 + x)"])
def test_the_written_polynomial_is_the_polynomial(text: str) -> None:
    polynomial = taylor_polynomial(Objective(text), 0.7, 6)
    written = polynomial_text(polynomial, "x", 15).split(" = ")[1]
    root = parse(written, ("x",)).root
    for x in (-1.0, 0.3, 2.0):
        assert evaluate(root, {"x": x}) == pytest.approx(polynomial.at(x), rel=1e-9)
