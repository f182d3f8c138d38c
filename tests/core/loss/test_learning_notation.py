"""What the notation has for learning: series, and functions that do not overflow."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from gdsim.core.data.dataset import Dataset
from gdsim.core.formula.expression import SCALAR, evaluate
from gdsim.core.formula.latex import latex, plain
from gdsim.core.formula.notation import canonical_name, parse
from gdsim.core.formula.parser import MAX_NODES
from gdsim.core.formula.python_source import ARRAY
from gdsim.core.formula.symbolic import gradient
from gdsim.core.loss.cross_entropy import expanded
from gdsim.core.loss.objectives import objective
from gdsim.core.problem import Problem

SERIES = {
    "sum(j, 1, 3, a_j*x^j)": "a1*x^1 + a2*x^2 + a3*x^3",
    "sum(j, 0, 2, j)": "0 + 1 + 2",
    "sum(j, 1, 2, a_j*tanh(w_j*x + b_j)) + c": "(a1*tanh(w1*x + b1) + a2*tanh(w2*x + b2)) + c",
    "sum(j, 1, 2, θ_j)": "theta1 + theta2",
    "sum(j, 1, 2, sum(k, 1, 2, w_jk*x_k))": "(w1_1*x1 + w1_2*x2) + (w2_1*x1 + w2_2*x2)",
    "sum(j, 1, 2, sum(k, 1, j, w_j_k))": "(sum(k, 1, 1, w1_k)) + (w2_1 + w2_2)",
    "sum(k, 2, 3, v_k)(x + 1)": "(v2 + v3)*(x + 1)",
    "sum(j, 1, 2, a_j(x + 1))": "a1*(x + 1) + a2*(x + 1)",
    "sum(j, 1+1, 6/2, m_max_j)": "m_max_2 + m_max_3",
}


@pytest.mark.parametrize(("text", "unfolded"), SERIES.items())
def test_a_series_is_the_sum_of_its_terms(text: str, unfolded: str) -> None:
    read = parse(text)
    assert read.root == parse(unfolded).root
    assert read.names == parse(unfolded).names


@pytest.mark.parametrize("text", SERIES)
def test_a_series_is_shown_as_typed_and_reads_back(text: str) -> None:
    root = parse(text).root
    shown = plain(root)
    assert shown.count("sum") == text.count("sum")
    assert parse(shown).root == root
    assert latex(root).count(r"\sum_{") == text.count("sum")


def test_a_series_is_typeset_with_its_bounds() -> None:
    assert parse("c + sum(j, 1, 4, a_j*x)").latex() == r"c + \sum_{j=1}^{4} a_{j} x"
    assert parse("2sum(j, 1, 2, a_j + 1)").latex() == (r"2 \sum_{j=1}^{2} \left(a_{j} + 1\right)")
    assert parse("sum(j, 1, 2, a_j)*x").latex() == r"\left(\sum_{j=1}^{2} a_{j}\right) x"
    assert parse("sum(j, 1, 2, sum(k, 1, 3, w_jk))").latex() == (
        r"\sum_{j=1}^{2} \sum_{k=1}^{3} w_{j,k}"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 + sum(j, 3, 2, j)", "sum at column 5 has no term"),
        ("sum j", "sum at column 1 needs its argument in parentheses"),
        (
            "sum(1, 2, 3, 4)",
            "sum at column 1 begins with the name of its index, as in sum(j, 1, 4, a_j*x^j)",
        ),
        (
            "sum(j, 1, 2)",
            "sum at column 1 takes an index, its first and last value, and the term",
        ),
        (
            "sum(j, 1, n, j)",
            f"the bounds of sum at column 1 must be whole numbers from 0 to {MAX_NODES}",
        ),
        (
            "sum(j, 0.5, 2, j)",
            f"the bounds of sum at column 1 must be whole numbers from 0 to {MAX_NODES}",
        ),
        ("sum(j, 1, 2, a_j", "the parenthesis opened at column 4 is never closed"),
        ("sum(j, 1, 2, 1/(j - 2))", "division by zero at column 14"),
        ("sum(j, 1, 1500, a_j*x)", f"the formula has more than {MAX_NODES} operations"),
        ("huber(x, 1, 2)", "huber at column 1 takes one or two arguments"),
        ("max(x)", "max at column 1 takes two or more arguments"),
        ("relu(x, y)", "relu at column 1 takes one argument"),
    ],
)
def test_a_series_that_cannot_be_read_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Problem) as caught:
        parse(text)
    assert str(caught.value) == sentence


def test_an_unknown_name_in_a_series_is_the_one_with_its_number() -> None:
    with pytest.raises(Problem, match="unknown name a2 at column 14; known: a1, x"):
        parse("sum(j, 1, 2, a_j*x)", ("a1", "x"))


@pytest.mark.parametrize("depth", [2, 5, 15, 40])
def test_series_in_series_are_refused_before_they_are_unfolded(depth: int) -> None:
    text = "".join(f"sum({chr(97 + i % 3)}{'b' * (i // 3)}, 1, 1000, " for i in range(depth))
    with pytest.raises(Problem, match="operations"):
        parse(text + "x" + ")" * depth)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("w_1_2", "w1_2"), ("w1_2", "w1_2"), ("w_12", "w12"), ("θ_1_2", "theta1_2"), ("x₁₂", "x12")],
)
def test_two_indices_stay_two(typed: str, name: str) -> None:
    assert canonical_name(typed) == name
    assert canonical_name(plain(parse(typed).root)) == name


EXTREMES = [-1e308, -1000.0, -40.0, -1e-9, 0.0, 1e-300, 0.5, 40.0, 1000.0, 1e308]


@pytest.mark.parametrize("x", EXTREMES)
def test_the_functions_of_learning_are_exact_far_out(x: float) -> None:
    """Against other forms, each right on its side of zero."""
    assert SCALAR["sigmoid"](x) == pytest.approx(
        1.0 if x > 50 else math.exp(max(x, -800)) / (1 + math.exp(max(x, -800))), rel=1e-15
    )
    assert SCALAR["softplus"](x) == pytest.approx(
        x if x > 50 else math.log1p(math.exp(max(x, -800))), rel=1e-15
    )
    assert SCALAR["relu"](x) == max(x, 0.0)
    assert SCALAR["huber"](x) == (abs(x) - 0.5 if abs(x) > 1 else x * x / 2)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for name in ("sigmoid", "softplus", "relu", "huber"):
            assert ARRAY[name](np.array([x]))[0] == pytest.approx(SCALAR[name](x), rel=1e-15)


@pytest.mark.parametrize("delta", [0.25, 1.0, 3.0])
def test_huber_is_a_parabola_that_goes_on_straight(delta: float) -> None:
    for r in (-5.0, -delta, -0.1, 0.0, 0.2, delta, 7.0):
        near, d = Fraction(min(abs(r), delta)), Fraction(delta)
        expected = near**2 / 2 + (Fraction(abs(r)) - near) * d
        assert SCALAR["huber"](r, delta) == float(expected)
        assert float(ARRAY["huber"](np.array(r), delta)) == float(expected)


@pytest.mark.parametrize(
    "text", ["huber(x)", "huber(3*x - y, 2)", "huber(x, y)", "relu(x*y)", "sigmoid(x)*softplus(y)"]
)
def test_slopes_of_the_functions_of_learning(text: str) -> None:
    root = parse(text, ("x", "y")).root
    for x, y in [(0.3, 0.7), (-2.0, 0.5), (4.0, 1.5), (0.9, 3.0)]:
        for name, node in zip("xy", gradient(root, ("x", "y")), strict=True):
            moved = [
                evaluate(root, {"x": x, "y": y, name: {"x": x, "y": y}[name] + side * 1e-6})
                for side in (1, -1)
            ]
            slope = (moved[0] - moved[1]) / 2e-6
            assert evaluate(node, {"x": x, "y": y}) == pytest.approx(slope, abs=1e-8)


CLASSES = Dataset("classes", {"x": [-2.0, 1.0, 1000.0, -1000.0], "y": [0.0, 1.0, 0.0, 1.0]})


def test_the_cross_entropy_is_right_however_sure_the_model_is() -> None:
    loss = objective("crossentropy(prediction, y)", None, CLASSES, "sigmoid(w*x)")
    terms = [math.log1p(math.exp(-2)), math.log1p(math.exp(-1)), 1000.0, 1000.0]
    assert loss.value([1.0]) == pytest.approx(sum(terms) / 4, rel=1e-14)
    slopes = [-2 / (1 + math.exp(2)), -1 / (1 + math.e), 1000.0, 1000.0]
    assert loss.gradient([1.0])[0] == pytest.approx(sum(slopes) / 4, rel=1e-14)


def test_the_cross_entropy_of_any_other_probability_is_its_definition() -> None:
    root = parse("crossentropy(p, y)", extra_functions=("crossentropy",)).root
    for p in (0.2, 0.9):
        for y in (0.0, 1.0, 0.3):
            expected = -(y * math.log(p) + (1 - y) * math.log(1 - p))
            assert evaluate(expanded(root), {"p": p, "y": y}) == pytest.approx(expected)


def test_the_cross_entropy_is_for_losses_over_data() -> None:
    with pytest.raises(Problem, match="unknown function crossentropy at column 1"):
        objective("crossentropy(x, 1)")
