"""The local model: the order of its errors, its predictions for a step, and the polynomial."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from points import FUNCTIONS, model_at, objective, points

from gdsim.core.arrays import Floats
from gdsim.core.formula.symbolic import to_sympy
from gdsim.core.loss.objective import Objective
from gdsim.core.taylor.derivatives import (
    MAX_OPERATIONS,
    MAX_ORDER,
    Derivatives,
    HessianForm,
)
from gdsim.core.taylor.local_model import (
    Comparison,
    StepPrediction,
    local_model,
    predict_step,
    taylor_polynomial,
)

ONE = [key for key, entry in FUNCTIONS.items() if len(entry.parameters) == 1]
SMOOTH_ONE = [key for key in ONE if key != "absolute-value"]
SERIES = [
    *(FUNCTIONS[key].loss for key in SMOOTH_ONE),
    "exp(-x^2)",
    "1/(1 + x^2)",
    "log(1 + exp(x))",
    "sqrt(x^2 + 1)",
    "atan(2*x)",
    "exp(sin(x))*cos(x)",
    "x^2.5 + 3^x",
    "sinh(x)/(2 + cosh(x))",
]

each_function = pytest.mark.parametrize("key", FUNCTIONS)
each_series = pytest.mark.parametrize("text", SERIES)


@cache
def precise(loss: str) -> tuple[Any, Any]:
    """The loss computed by mpmath with fifty digits, from the text of the formula."""
    expression = sympy.sympify(
        loss.replace("^", "**"), locals={"e": sympy.E, "abs": sympy.Abs}, rational=True
    )
    names = sorted(expression.free_symbols, key=lambda symbol: symbol.name)
    return expression, sympy.lambdify(names, expression, "mpmath")


def formula_of(key: str) -> str:
    """The formula of a function with numbers for its constants."""
    text = FUNCTIONS[key].loss
    for name, value in FUNCTIONS[key].constants.items():
        text = text.replace(name, repr(value))
    return text


def precise_change(key: str, theta: Floats, delta: Floats) -> Any:
    with mpmath.workdps(50):
        _, loss = precise(formula_of(key))
        here = [mpmath.mpf(value) for value in theta.tolist()]
        step = [mpmath.mpf(value) for value in delta.tolist()]
        return loss(*(a + b for a, b in zip(here, step, strict=True))) - loss(*here)


def test_parameters_have_the_order_of_the_catalogue() -> None:
    # ``precise`` relies on it.
    for entry in FUNCTIONS.values():
        assert list(entry.parameters) == sorted(entry.parameters)


# The model and its errors


@each_function
def test_the_first_order_error_shrinks_as_r_squared_and_the_second_as_r_cubed(key: str) -> None:
    """From r to r/10 the errors fall to about 1/100 and 1/1000, or below."""
    for theta, direction, size in points(key):
        model = local_model(objective(key), theta)
        errors = []
        for share in (1e-4, 1e-5):
            delta = share * size * direction
            actual = precise_change(key, theta, delta)
            errors.append(
                (
                    abs(float(model.first_order(delta) - actual)),
                    abs(float(model.second_order(delta) - actual)),
                    abs(float(model.first_order(delta)))
                    + float(np.abs(delta) @ np.abs(model.gradient)),
                )
            )
        (first, second, _), (first_near, second_near, scale) = errors
        rounding = 1e-15 * scale
        assert first_near <= first / 90 + rounding
        assert second_near <= second / 900 + rounding


@each_function
def test_the_first_order_error_is_half_the_second_derivative(key: str) -> None:
    for theta, direction, size in points(key):
        model = local_model(objective(key), theta)
        delta = 1e-5 * size * direction
        missing = float(precise_change(key, theta, delta)) - model.first_order(delta)
        half = model.curvature(delta) / 2
        noise = 1e-15 * float(np.abs(delta) @ np.abs(model.gradient))
        assert missing == pytest.approx(half, rel=0.02, abs=noise + 1e-3 * abs(missing) + 1e-16)


@each_function
def test_the_hessian_form_is_that_of_the_hessian(key: str) -> None:
    for theta, _, _ in points(key):
        model = local_model(objective(key), theta)
        expected = objective(key).hessian(theta)
        size = np.abs(expected).max() + 1e-300
        np.testing.assert_allclose(model.hessian, expected, rtol=1e-9, atol=1e-12 * size)


@each_function
def test_many_steps_at_once_are_the_same_as_one_by_one(key: str) -> None:
    theta, _, size = points(key)[0]
    model = local_model(objective(key), theta)
    steps = size / 10 * np.random.default_rng(3).normal(size=(len(theta), 5))
    for law in (model.first_order, model.second_order, model.curvature, model.actual):
        together = law(steps)
        assert together.shape == (5,)
        for column in range(5):
            alone = law(steps[:, column])
            assert isinstance(float(alone), float)
            np.testing.assert_allclose(together[column], alone, rtol=1e-9, atol=1e-9)


@each_function
def test_a_known_gradient_is_not_computed_again(key: str) -> None:
    theta, _, _ = points(key)[0]
    gradient = objective(key).gradient(theta)
    assert local_model(objective(key), theta, gradient).gradient is gradient
    np.testing.assert_array_equal(local_model(objective(key), theta).gradient, gradient)


def test_for_a_quadratic_the_second_order_prediction_is_exact() -> None:
    model = model_at("3*x^2 - 2*x*y + y^2 + x", 1.0, -2.0)
    for delta in np.random.default_rng(5).normal(scale=20, size=(50, 2)):
        assert model.second_order(delta) == pytest.approx(model.actual(delta), rel=1e-12)


def test_the_hessian_form_of_64_parameters_is_derived_quickly() -> None:
    names = [f"x{number}" for number in range(1, 65)]
    loss = Objective("exp(-(" + " + ".join(f"{name}^2" for name in names) + ")/64)")
    theta = np.linspace(-1, 1, 64)
    form = HessianForm(loss)
    u, v = np.random.default_rng(1).normal(size=(2, 64))
    value = loss.value(theta)
    expected = value * ((theta @ u) * (theta @ v) / 32**2 - u @ v / 32)
    assert form(theta, u, v) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "theta"), [("sqrt(x)", [0.0]), ("log(x)", [-1.0]), ("1/x + y", [0.0, 1.0])]
)
def test_an_undefined_loss_raises_nothing(text: str, theta: list[float]) -> None:
    model = model_at(text, *theta)
    delta = np.full(len(theta), 0.1)
    prediction = predict_step(model, delta)
    assert prediction.comparison is Comparison.NOT_FINITE
    assert model.hessian.shape == (len(theta), len(theta))


def test_infinite_steps_raise_nothing() -> None:
    for delta in ([np.inf, 0.0], [np.nan, 1.0], [1e308, 1e308]):
        assert (
            predict_step(model_at("x^2*y", 1.0, 2.0), np.array(delta)).comparison
            is Comparison.NOT_FINITE
        )


# Verdicts


@pytest.mark.parametrize(
    ("text", "theta", "delta", "comparison"),
    [
        ("x^2", [1.0], [-0.001], Comparison.RIGHT),
        ("x^2", [1.0], [-0.5], Comparison.CURVED),
        ("x^2", [1.0], [-3.0], Comparison.OVERSHOT),
        ("x^2", [1.0], [0.2], Comparison.UPHILL),
        ("x^2", [0.0], [0.0], Comparison.BELOW_ROUNDING),
        ("1e9 + x", [1.0], [-1e-9], Comparison.BELOW_ROUNDING),
        ("x^3 + x", [1.0], [-0.1], Comparison.CURVED),
        ("sin(x)", [1.3], [4.0], Comparison.UPHILL),
        ("cos(x)", [1.0], [5.5], Comparison.UNPREDICTED_RISE),
        ("sin(x) - x/2", [2.5], [2.0], Comparison.ROUGHLY_RIGHT),
        ("exp(-x)", [0.0], [800.0], Comparison.WRONG),
        ("exp(x)", [0.0], [800.0], Comparison.NOT_FINITE),
    ],
)
def test_the_verdict(
    text: str, theta: list[float], delta: list[float], comparison: Comparison
) -> None:
    assert predict_step(model_at(text, *theta), np.array(delta)).comparison is comparison


def test_errors_are_predicted_minus_actual() -> None:
    prediction = predict_step(model_at("x^2", 1.0), np.array([-0.5]))
    assert (prediction.first, prediction.second, prediction.actual) == (-1.0, -0.75, -0.75)
    assert prediction.first_error == -0.25
    assert prediction.relative(prediction.first_error) == pytest.approx(1 / 3)
    assert not prediction.is_resolved(prediction.second_error)
    assert prediction.is_resolved(prediction.first_error)


def test_a_relative_error_of_no_change_is_undefined() -> None:
    assert math.isnan(StepPrediction(-1.0, 0.0, 0.0, 0.0).relative(1.0))
    assert math.isnan(StepPrediction(-1.0, 0.0, math.nan, 0.0).relative(1.0))


# The polynomial of one parameter


@each_series
@pytest.mark.parametrize("centre", [0.5, 1.3, 2.5])
def test_the_polynomial_is_mpmaths_series(text: str, centre: float) -> None:
    ours = taylor_polynomial(Objective(text), centre, MAX_ORDER)
    assert ours.order == MAX_ORDER
    with mpmath.workdps(40):
        _, loss = precise(text)
        theirs = [float(value) for value in mpmath.taylor(loss, mpmath.mpf(centre), MAX_ORDER)]
    size = max(abs(value) for value in theirs)
    np.testing.assert_allclose(ours.coefficients, theirs, rtol=1e-8, atol=1e-11 * size)


@each_series
def test_the_polynomial_is_sympys_series(text: str) -> None:
    expression, _ = precise(text)
    (symbol,) = expression.free_symbols
    at = sympy.Rational(3, 4)
    ours = taylor_polynomial(Objective(text), 0.75, 6).coefficients
    theirs = []
    for order in range(7):
        slope = sympy.diff(expression, symbol, order).subs(symbol, at)
        theirs.append(float(sympy.N(slope, 40) / math.factorial(order)))
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


def test_the_polynomials_of_the_sine_are_those_of_the_textbook() -> None:
    polynomial = taylor_polynomial(Objective("sin(x)"), 0.0, 10)
    expected = [0, 1, 0, -1 / 6, 0, 1 / 120, 0, -1 / 5040, 0, 1 / 362880, 0]
    np.testing.assert_allclose(polynomial.coefficients, expected, atol=1e-18)
    x = np.linspace(-1, 1, 21)
    np.testing.assert_allclose(polynomial.at(x), np.sin(x), atol=3e-8)


@pytest.mark.parametrize("text", ["sin(x)", "exp(x/3)", "cos(x)*x"])
def test_each_order_is_closer_to_the_curve(text: str) -> None:
    loss, x = Objective(text), np.linspace(0.8, 1.8, 50)
    errors = [
        np.abs(taylor_polynomial(loss, 1.3, order).at(x) - loss.value(x[np.newaxis])).max()
        for order in range(11)
    ]
    assert all(
        later < earlier / 2 for earlier, later in zip(errors[::2], errors[2::2], strict=False)
    )


def test_a_polynomial_ends_where_it_is_cut() -> None:
    polynomial = taylor_polynomial(Objective("x^4 - x"), 2.0, 10)
    assert polynomial.coefficients.tolist() == [14, 31, 24, 8, 1, 0, 0, 0, 0, 0, 0]
    assert polynomial.cut(1).coefficients.tolist() == [14, 31]
    assert polynomial.cut(1).at(3.0) == 45.0
    assert polynomial.at(np.array([[2.0, 3.0]])).tolist() == [[14.0, 78.0]]


def test_a_derivative_that_is_too_long_ends_the_polynomial() -> None:
    loss = Objective("sin(x*cos(x*exp(x*sin(x))))")
    known = Derivatives(loss)
    assert known.extend_to(MAX_ORDER) == known.highest < MAX_ORDER
    assert known.is_complete
    assert not known.extend()
    polynomial = taylor_polynomial(loss, 0.3, MAX_ORDER)
    assert 1 <= polynomial.order == known.highest
    written = to_sympy(loss.root)
    for _ in range(known.highest):
        written = sympy.diff(written, sympy.Symbol("x"))
    assert written.count_ops() <= MAX_OPERATIONS
    assert sympy.diff(written, sympy.Symbol("x")).count_ops() > MAX_OPERATIONS


def test_beside_a_kink_the_polynomial_is_that_of_its_side() -> None:
    polynomial = taylor_polynomial(Objective("abs(theta)"), -2.0, 10)
    assert polynomial.at(-1.5) == 1.5
    assert polynomial.order == 10
    assert polynomial.is_finite


def test_where_no_derivative_exists_the_polynomial_is_not_finite() -> None:
    polynomial = taylor_polynomial(Objective("sqrt(x)"), 0.0, 3)
    assert not polynomial.is_finite
    assert not np.isfinite(polynomial.at(1.0))


def test_a_loss_of_two_parameters_is_refused() -> None:
    with pytest.raises(ValueError, match="one parameter"):
        taylor_polynomial(Objective("x + y"), 0.0, 2)
