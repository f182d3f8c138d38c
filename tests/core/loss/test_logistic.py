"""The logistic function is recognised in every form, and its cross-entropy is right in all."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gdsim.core.data.dataset import Dataset
from gdsim.core.ensemble.ensemble import Ensemble
from gdsim.core.formula.expression import evaluate, names_in
from gdsim.core.formula.latex import plain
from gdsim.core.formula.notation import parse
from gdsim.core.loss.logistic import logit
from gdsim.core.loss.objectives import objective
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent

# each of these is 1/(1 + e^−z)
OF_Z = """sigmoid(z)
1/(1 + exp(-z))
1/(1 + e^(-z))
1/(exp(-z) + 1)
1/(1 + 1/exp(z))
(1 + exp(-z))^(-1)
exp(z)/(1 + exp(z))
e^z/(e^z + 1)
(1 + tanh(z/2))/2
(tanh(0.5z) + 1)*0.5
1/2 + tanh(z/2)/2
0.5 - 0.5tanh(-z/2)
1 - sigmoid(-z)
1 - 1/(1 + exp(z))
1 - (1 - sigmoid(z))
2/(2 + 2exp(-z))
5exp(z)/(5 + 5exp(z))
0.1/(0.1 + 0.1*e^(-z))
a/(a + a*exp(-z))
exp(z + a)/(exp(a) + exp(z + a))
exp(z/2)/(exp(z/2) + exp(-z/2))
exp(z/2)/(2cosh(z/2))
(1 + sinh(z)/(1 + cosh(z)))/2
exp(-log(1 + exp(-z)))
exp(-softplus(-z))
exp(z - softplus(z))
1/(1 + sqrt(exp(-2z)))
1/(1 + exp(-z/3)^3)
sigmoid(z)^2 + sigmoid(z)*(1 - sigmoid(z))
exp(z)*(1 + exp(z))/(1 + exp(z))^2
(1 + (exp(z) - 1)/(exp(z) + 1))/2
1/(1 + exp(-0.3z)*exp(-0.7z))
1/(1 + exp(-(0.1z + 0.2z + 0.7z)))""".splitlines()


@pytest.mark.parametrize("text", OF_Z)
def test_the_logistic_function_of_z_is_recognised(text: str) -> None:
    z = logit(parse(text).root)
    assert z is not None
    assert plain(z) == "z"


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("1/(1 + exp(-w*x - b))", "w·x + b"),
        ("1/(1 + exp(-(w*x + b)))", "w·x + b"),
        ("1/(1 + exp(-w*x)*exp(-b))", "w·x + b"),
        ("1/(1 + exp(-k*(x - c)))", "k·(x − c)"),
        ("exp(k*(x - c))/(1 + exp(k*x - k*c))", "k·x − k·c"),
        ("1/(1 + exp(-z/T))", "z/T"),
        ("1/(1 + exp(-x^2 + 3))", "x^2 − 3"),
        ("exp(a)/(exp(a) + exp(b))", "a − b"),
        ("(tanh(w*x) + 1)/2", "2·w·x"),
        ("1/(1 + exp(z))", "−z"),
        ("1 - sigmoid(w*x + b)", "−w·x − b"),
        ("1/(1 + 2^(-z))", "log(2)·z"),
    ],
)
def test_the_argument_is_written_as_it_was_typed(text: str, of: str) -> None:
    z = logit(parse(text).root)
    assert z is not None
    assert plain(z) == of


@pytest.mark.parametrize("text", ["1/(1 + 2exp(-z))", "3/(3 + pi*exp(-z))", "0.25 + 0", "1/3"])
def test_a_factor_before_the_exponential_moves_the_argument(text: str) -> None:
    root = parse(text).root
    z = logit(root)
    assert z is not None
    value = evaluate(z, {"z": 0.7})
    assert 1 / (1 + math.exp(-value)) == pytest.approx(evaluate(root, {"z": 0.7}), rel=1e-14)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "tanh(z)",
        "1/(1 - exp(-z))",
        "2/(1 + exp(-z))",
        "1/(2 + exp(-z))",
        "a/(a + b)",
        "a/(a + exp(-z))",
        "exp(a)/(exp(a) + exp(b) + exp(c))",
        "sigmoid(z)^2",
        "sigmoid(z)*sigmoid(y)",
        "1/(1 + z)",
        "min(1, exp(z))",
        "1/(1 + exp(-z))^9",
        "(atan(z) + pi/2)/pi",
    ],
)
def test_what_is_no_logistic_function_is_left_alone(text: str) -> None:
    assert logit(parse(text).root) is None


FAR_OUT = Dataset(
    "far out", {"x": [1000.0, -1000.0, 40.0, -2.0, 0.0], "y": [0.0, 1.0, 0.0, 0.0, 1.0]}
)


@pytest.mark.parametrize("text", OF_Z)
def test_the_cross_entropy_is_right_in_every_form_and_by_all_code(text: str) -> None:
    loss = objective("crossentropy(prediction, y)", None, FAR_OUT, text.replace("z", "(w*x)"))
    place = loss.parameters.index("w")
    theta = [1.0 if name == "w" else 0.3 for name in loss.parameters]
    terms = [1000.0, 1000.0, 40.0, math.log1p(math.exp(-2)), math.log(2)]
    slopes = [1000.0, 1000.0, 40.0, -2 / (1 + math.exp(2)), 0.0]
    assert loss.value(theta) == pytest.approx(sum(terms) / 5, rel=1e-13)
    assert loss.gradient(theta)[place] == pytest.approx(sum(slopes) / 5, rel=1e-13)
    points = np.array([theta, theta]).T
    assert loss.value(points)[1] == pytest.approx(sum(terms) / 5, rel=1e-13)
    assert loss.gradient(points)[place, 1] == pytest.approx(sum(slopes) / 5, rel=1e-13)
    assert np.isfinite(loss.hessian(theta)).all()


@pytest.mark.parametrize("form", OF_Z)
@pytest.mark.parametrize(
    ("x", "y", "loss"),
    [
        ([100.0, 100.0], [0.0, 1.0], 50.0),
        ([1.0, 2.0, -1.0, -40.0, 40.0], [1.0, 1.0, 0.0, 0.0, 1.0], 0.1507),
    ],
)
def test_a_sure_model_has_a_loss(form: str, x: list[float], y: list[float], loss: float) -> None:
    rows = Dataset("rows", {"x": x, "y": y})
    found = objective("crossentropy(prediction, y)", None, rows, form.replace("z", "(w*x)"))
    theta = [1.0 if name == "w" else 0.3 for name in found.parameters]
    assert found.value(theta) == pytest.approx(loss, rel=1e-4)


@pytest.mark.parametrize("form", ["1/(1+exp(-w*x))", "exp(w*x)/(1+exp(w*x))", "(1+tanh(w*x/2))/2"])
def test_a_descent_of_a_sure_model_goes_on(form: str) -> None:
    chosen = choose(
        "crossentropy(prediction, y)",
        data={"x": [100.0, 100.0, -2.0], "y": [0.0, 0.0, 1.0]},
        prediction=form,
        start=[1.0],
        eta=0.001,
        max_steps=20,
    )
    descent = Descent(chosen)
    descent.advance(20)
    assert np.isfinite(descent.trace.theta()).all()
    assert descent.trace.gradient()[0][0] == pytest.approx((200 + 2 / (1 + math.exp(-2))) / 3)
    ends = Ensemble(chosen, np.array([chosen.start] * 2).T).finish()
    np.testing.assert_allclose(ends.theta[0], descent.trace.theta()[-1][0], rtol=1e-12)


def test_names_of_the_model_stay_parameters() -> None:
    z = logit(parse("a/(a + a*exp(-z))").root)
    assert z is not None
    assert names_in(z) == {"z"}
