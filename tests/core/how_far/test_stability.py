"""Forecasts from the curvature agree with what runs really do."""

from __future__ import annotations

import math

import numpy as np
import pytest
from quadratics import Floats, errors, growth, quadratic

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.how_far.stability import (
    CRAWL_STEPS,
    Curvature,
    Forecast,
    curvature,
    forecast,
    largest_stable_rate,
)
from gdsim.core.loss.objectives import objective
from gdsim.core.loss.quadratic import is_quadratic
from gdsim.core.optimizer.linear_rule import linear_rule
from gdsim.core.run.choices import rule_of
from gdsim.core.run.experiment import RuleText

LINEAR = {"gradient-descent", "momentum", "nesterov", "newton"}
SPECTRA = [
    [2.0],
    [0.5, 3.0],
    [1.0, 100.0],
    [0.01, 0.2, 5.0],
    [0.3, 0.3, 7.0, 8.0, 9.0],
]
SHARES = [0.1, 0.45, 0.9, 0.99, 0.999, 1.001, 1.01, 1.3, 3.0]


def rule(*lines: str, state: dict[str, float] | None = None, **hyperparameters: float) -> RuleText:
    return RuleText(lines=lines, state=state or {}, hyperparameters=hyperparameters)


def momentum(beta: float) -> RuleText:
    return rule_of("momentum", {"beta": beta})


def nesterov(beta: float) -> RuleText:
    return rule_of("nesterov", {"beta": beta})


MEMORY = {"v": 0.0}
# Each rule with the number that η·λ_max must stay below, derived by hand from the characteristic
# polynomial μ² − Tμ + D of its update: stable where |D| < 1 and |T| < 1 + D.
RULES = {
    "descent": (rule_of("gradient-descent"), 2.0),
    "twice as far": (rule("theta = theta - 2*eta*g"), 1.0),
    "squared rate": (rule("theta = theta - 0.5*g*sqrt(eta)*sqrt(eta)"), 4.0),
    "momentum 0": (momentum(0.0), 2.0),
    "momentum 0.5": (momentum(0.5), 3.0),
    "momentum 0.9": (momentum(0.9), 3.8),
    "momentum 0.99": (momentum(0.99), 3.98),
    "nesterov 0": (nesterov(0.0), 2.0),
    "nesterov 0.5": (nesterov(0.5), 2 * 1.5 / 2.0),
    "nesterov 0.9": (nesterov(0.9), 2 * 1.9 / 2.8),
    "heavy ball": (
        rule("v = beta*v - eta*g", "theta = theta + v", state=MEMORY, beta=0.8),
        2 * 1.8,
    ),
    "averaged": (
        rule("v = beta*v + (1 - beta)*g", "theta = theta - eta*v", state=MEMORY, beta=0.9),
        2 * 1.9 / 0.1,
    ),
    "two paces": (
        rule(
            "v = 0.5*v + g",
            "w = 0.25*w + v",
            "theta = theta - eta*(w + v)/4",
            state={"v": 0.0, "w": 0.0},
        ),
        None,
    ),
    "unused memory": (
        rule("s = s + g^2", "n = n + 1", "theta = theta - eta*g", state={"s": 0.0, "n": 0.0}),
        2.0,
    ),
}


@pytest.fixture(params=RULES)
def ruled(request: pytest.FixtureRequest) -> tuple[RuleText, float | None]:
    return RULES[request.param]


# The curvature


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("spectrum", [*SPECTRA, [-3.0, 1.0], [-2.0, -1.0], [-1.0, 0.0, 5.0]])
def test_the_curvature_is_that_of_the_formula(spectrum: list[float], seed: int) -> None:
    loss = quadratic(spectrum, seed)
    experiment = loss.experiment(seed)
    found = curvature(experiment.objective().hessian(np.array(experiment.start)))
    assert found is not None
    largest = max(abs(value) for value in spectrum)
    np.testing.assert_allclose(found.eigenvalues, sorted(spectrum), atol=1e-13 * largest)
    assert found.lowest == found.eigenvalues.min()
    assert found.highest == found.eigenvalues.max()
    smallest = min(abs(value) for value in spectrum)
    expected = largest / smallest if smallest else math.inf
    assert found.condition == pytest.approx(expected, rel=1e-9)


def test_rates_of_gradient_descent() -> None:
    found = curvature(np.diag([3.0, 0.5, 8.0]))
    assert found is not None
    assert (found.fastest_rate, found.stable_rate) == (0.125, 0.25)
    for hessian in (np.zeros((2, 2)), -np.eye(3)):
        flat = curvature(hessian)
        assert flat is not None
        assert flat.fastest_rate == flat.stable_rate == math.inf


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_no_curvature_where_the_hessian_is_not_finite(wrong: float) -> None:
    assert curvature(np.array([[1.0, wrong], [wrong, 1.0]])) is None
    prospect = forecast(rule_of("gradient-descent").read(), 0.1, 1, None)
    assert prospect.forecast is Forecast.UNDEFINED


# The rule as a matrix


@pytest.mark.parametrize("key", catalogue.optimizers())
def test_the_matrix_is_what_the_rule_does_to_basis_vectors(key: str) -> None:
    read = rule_of(key).read()
    eta, t = 0.07, 5.0
    found = linear_rule(read, eta, t)
    assert (found is not None) == (key in LINEAR)
    if found is None:
        return
    names = ["theta", *read.state]
    zero = {"t": t, "eta": eta, "g": 0.0, "newton": 0.0, **dict.fromkeys(names, 0.0)}

    def updated(name: str) -> Floats:
        values = read.values({**zero, name: 1.0})
        targets = {line.target: value for line, value in zip(read.lines, values, strict=True)}
        return np.array([targets[name] for name in names])

    expected = np.column_stack([updated(name) for name in names])
    np.testing.assert_allclose(found.own[0], expected, rtol=1e-15)
    np.testing.assert_allclose(found.slope[0], updated("g"), rtol=1e-15)
    np.testing.assert_allclose(found.newton[0], updated("newton"), rtol=1e-15)


@pytest.mark.parametrize("key", sorted(set(catalogue.optimizers()) - LINEAR))
def test_rules_reported_as_not_linear_are_not_linear(key: str) -> None:
    read = rule_of(key).read()
    generator = np.random.default_rng(1)
    state = {name: abs(generator.normal()) / 2 for name in read.state}
    point = {"theta": 0.3, "t": 3.0, "eta": 0.1, **state}
    steps = np.diff([read.update({**point, "g": g}) for g in (-50.0, 0.0, 50.0, 100.0)])
    is_linear = np.allclose(steps, steps[0], rtol=1e-9)
    assert not is_linear
    assert forecast(read, 0.1, 3, Curvature(np.ones(2))).forecast is Forecast.NOT_LINEAR


@pytest.mark.parametrize(
    "lines",
    [
        ("theta = theta - eta*g*abs(g)",),
        ("theta = theta - eta*g/theta",),
        ("theta = theta - eta*sign(g)",),
        ("theta = theta - eta^g",),
        ("k = 2", "theta = theta - eta*g^k"),
        ("s = g*theta", "theta = theta - eta*s"),
    ],
)
def test_own_rules_that_are_not_linear_have_no_forecast(lines: tuple[str, ...]) -> None:
    found = forecast(rule(*lines).read(), 0.1, 1, Curvature(np.ones(2)))
    assert found.forecast is Forecast.NOT_LINEAR
    assert not found.forecast.applies


def test_gradient_descent_is_recognised_by_its_effect() -> None:
    for text in (rule_of("gradient-descent"), rule("d = -eta*g", "theta = theta + d")):
        found = linear_rule(text.read(), 0.3, 1)
        assert found is not None
        assert found.is_plain(0.3)
    for text in (rule("theta = theta - 2*eta*g"), momentum(0.9), rule_of("newton")):
        found = linear_rule(text.read(), 0.3, 1)
        assert found is not None
        assert not found.is_plain(0.3)


# Forecasts and runs


@pytest.mark.parametrize("spectrum", SPECTRA)
@pytest.mark.parametrize("share", SHARES)
def test_forecasts_agree_with_runs(
    ruled: tuple[RuleText, float | None], spectrum: list[float], share: float
) -> None:
    text, limit = ruled
    read, seed = text.read(), int(1000 * share) + len(spectrum)
    loss = quadratic(spectrum, seed)
    known = Curvature(loss.eigenvalues)
    stable = largest_stable_rate(read, 1, known)
    assert stable is not None
    if limit is not None:
        assert stable == pytest.approx(limit / known.highest, rel=1e-12)
    eta = share * stable
    found = forecast(read, eta, 1, known)
    assert (found.forecast is Forecast.DIVERGES) == (share > 1)
    # Long enough, as a rule, for the error to become e²⁰ times larger or smaller.
    steps = int(min(max(20 / abs(math.log(found.radius)), 60), 20_000))
    run = errors(loss, loss.experiment(seed, eta=eta).replace(rule=text), steps)
    distances = np.linalg.norm(run, axis=1)
    distances = distances[distances > 1e-13]  # smaller distances are rounding
    measured = growth(distances)
    assert (measured > 1) == (found.forecast is Forecast.DIVERGES)
    assert math.log(measured) == pytest.approx(math.log(found.radius), rel=0.25)


@pytest.mark.parametrize("spectrum", SPECTRA)
@pytest.mark.parametrize("share", [0.05, 0.4, 0.49, 0.499, 0.501, 0.51, 0.6, 0.97])
def test_descent_zigzags_exactly_beyond_one_over_lambda_max(
    spectrum: list[float], share: float
) -> None:
    loss = quadratic(spectrum, 7)
    eta = share * 2 / max(spectrum)
    found = forecast(rule_of("gradient-descent").read(), eta, 1, Curvature(loss.eigenvalues))
    run = errors(loss, loss.experiment(3, eta=eta), 3)
    changes = (np.diff(np.sign(run), axis=0) != 0).all(axis=0)
    assert changes[-1] == (share > 0.5) == (found.forecast is Forecast.ZIGZAGS)
    stays = (np.diff(np.sign(run), axis=0) == 0).all(axis=0)
    assert stays.all() == (found.forecast in (Forecast.CONVERGES, Forecast.CRAWLS))


@pytest.mark.parametrize("eta", [0.01, 0.03, 0.3, 1.0, 1.5, 2.9, 3.7])
@pytest.mark.parametrize("beta", [0.5, 0.9])
def test_momentum_oscillates_with_the_predicted_period(eta: float, beta: float) -> None:
    loss = quadratic([1.0], 2)
    found = forecast(momentum(beta).read(), eta, 1, Curvature(loss.eigenvalues))
    steps = 400
    run = errors(loss, loss.experiment(2, eta=eta).replace(rule=momentum(beta)), steps)[:, 0]
    run = run[np.abs(run) > 1e-12]
    changes = np.count_nonzero(np.diff(np.sign(run)))
    if found.forecast is Forecast.SWINGS or found.forecast is Forecast.ZIGZAGS:
        assert len(run) / max(changes, 1) == pytest.approx(found.steps_in_a_wave / 2, rel=0.15)
    elif eta < 2 * (1 + beta):
        assert found.forecast in (Forecast.CONVERGES, Forecast.CRAWLS)
        assert changes <= 1
    else:
        assert found.forecast is Forecast.DIVERGES


@pytest.mark.parametrize("steps", [CRAWL_STEPS * 0.95, CRAWL_STEPS * 1.05])
def test_one_more_digit_takes_the_predicted_number_of_steps(steps: float) -> None:
    eta = 1 - 10 ** (-1 / steps)
    loss = quadratic([1.0], 4)
    found = forecast(rule_of("gradient-descent").read(), eta, 1, Curvature(loss.eigenvalues))
    assert found.steps_for_a_digit == pytest.approx(steps)
    assert found.forecast is (Forecast.CRAWLS if steps > CRAWL_STEPS else Forecast.CONVERGES)
    whole = round(steps)
    run = np.abs(errors(loss, loss.experiment(1, eta=eta), whole))
    assert run[whole, 0] / run[0, 0] == pytest.approx(0.1, rel=0.02)


@pytest.mark.parametrize(
    ("text", "eta"),
    [(rule_of("gradient-descent"), 1.0), (momentum(0.5), 1.5), (nesterov(0.5), 0.75)],
)
def test_at_the_limit_of_stability_the_error_stays_constant(text: RuleText, eta: float) -> None:
    loss = quadratic([2.0], 0)
    found = forecast(text.read(), eta, 1, Curvature(loss.eigenvalues))
    assert found.forecast is Forecast.HOVERS
    run = np.abs(errors(loss, loss.experiment(1, eta=eta).replace(rule=text), 3000))
    assert run[-300:].max() == pytest.approx(run[300:600].max(), rel=1e-6)
    assert run[-300:].max() > 0.1


def test_momentum_without_decay_never_converges() -> None:
    found = forecast(momentum(1.0).read(), 0.1, 1, Curvature(np.array([2.0])))
    assert found.forecast is Forecast.HOVERS
    assert largest_stable_rate(momentum(1.05).read(), 1, Curvature(np.array([2.0]))) is None
    assert forecast(momentum(1.05).read(), 0.1, 1, Curvature(np.array([2.0]))).forecast is (
        Forecast.DIVERGES
    )


@pytest.mark.parametrize("spectrum", [[-1.0, 2.0], [-3.0], [-0.1, 1.0, 5.0], [-2.0, -1.0]])
@pytest.mark.parametrize("key", sorted(LINEAR - {"newton"}))
def test_negative_curvature_makes_the_run_diverge(key: str, spectrum: list[float]) -> None:
    loss = quadratic(spectrum, 5)
    eta = 0.05
    found = forecast(rule_of(key).read(), eta, 1, Curvature(loss.eigenvalues))
    assert found.forecast is Forecast.NEGATIVE_CURVATURE
    assert found.along == min(spectrum)
    run = np.abs(errors(loss, loss.experiment(2, eta=eta, optimizer=key), 3000))
    assert run[-1, 0] > 1e5
    assert growth(run[:, 0]) == pytest.approx(abs(found.factor), rel=1e-3)


@pytest.mark.parametrize("spectrum", [[1.0, 3.0], [-1.0, 2.0], [-2.0, -1.0], [1e-3, 1e3]])
@pytest.mark.parametrize("eta", [0.5, 1.0, 1.5, 1.99, 2.01, 3.0])
def test_newton_converges_to_any_stationary_point(spectrum: list[float], eta: float) -> None:
    loss = quadratic(spectrum, 6)
    found = forecast(rule_of("newton").read(), eta, 1, Curvature(loss.eigenvalues))
    run = np.linalg.norm(errors(loss, loss.experiment(2, eta=eta, optimizer="newton"), 400), axis=1)
    assert (run[-1] < run[0]) == (eta < 2)
    if eta > 2:
        # Where there is negative curvature, no step of the rule reduces the error.
        assert found.forecast in (Forecast.DIVERGES, Forecast.NEGATIVE_CURVATURE)
    elif min(spectrum) < 0:
        assert found.forecast is Forecast.NO_MINIMUM
    else:
        assert found.forecast is (Forecast.ZIGZAGS if eta > 1 else Forecast.CONVERGES)
    if max(spectrum) > 0:
        stable = largest_stable_rate(rule_of("newton").read(), 1, Curvature(loss.eigenvalues))
        assert stable == pytest.approx(2.0, rel=1e-12)


def test_flat_directions_make_no_difference() -> None:
    level = Curvature(np.array([0.0, 0.0]))
    one_way = Curvature(np.array([0.0, 2.0]))
    for key in LINEAR - {"newton"}:
        read = rule_of(key).read()
        assert forecast(read, 0.1, 1, level).forecast is Forecast.FLAT
        assert forecast(read, 0.3, 1, one_way) == forecast(read, 0.3, 1, Curvature(np.array([2.0])))
        assert largest_stable_rate(read, 1, level) is None
    assert forecast(rule_of("newton").read(), 1.0, 1, one_way).forecast is Forecast.SINGULAR
    # A coordinate that does not occur in the loss is constant.
    loss = objective("x^2", ("x", "y"))
    found = curvature(loss.hessian(np.array([1.0, 1.0])))
    assert found is not None
    assert found.condition == math.inf
    assert forecast(rule_of("gradient-descent").read(), 0.9, 1, found).forecast is Forecast.ZIGZAGS


@pytest.mark.parametrize("eta", [math.nan, math.inf, -0.1, 0.0, 1e-300, 1e300])
@pytest.mark.parametrize("key", catalogue.optimizers())
def test_extreme_rates_have_a_forecast(key: str, eta: float) -> None:
    found = forecast(rule_of(key).read(), eta, 1, Curvature(np.array([-1.0, 0.5, 2.0])))
    if not math.isfinite(eta):
        assert found.forecast in (Forecast.UNDEFINED, Forecast.NOT_LINEAR)
    elif key in LINEAR and eta < 0:
        assert found.forecast is Forecast.DIVERGES


@pytest.mark.parametrize("spectrum", [[5e-324], [1e-300, 2e-300], [1.0, 1e300], [1e308], [-1e308]])
@pytest.mark.parametrize("key", catalogue.optimizers())
def test_extreme_curvatures_have_a_forecast(key: str, spectrum: list[float]) -> None:
    read, curved = rule_of(key).read(), Curvature(np.array(spectrum))
    for eta in (1e-300, 0.1, 1e308):
        assert isinstance(forecast(read, eta, 1, curved).forecast, Forecast)
    limit = largest_stable_rate(read, 1, curved)
    assert limit is None or limit > 0
    if key == "gradient-descent" and 1e-300 <= spectrum[-1] <= 1e300:
        assert limit == pytest.approx(2 / spectrum[-1], rel=1e-12)


def test_the_rule_of_a_later_update_uses_its_own_t() -> None:
    corrected = rule(
        "m = beta*m + (1 - beta)*g",
        "theta = theta - eta*m/(1 - beta^t)",
        state={"m": 0.0},
        beta=0.9,
    ).read()
    one = Curvature(np.array([1.0]))
    early, late = (largest_stable_rate(corrected, t, one) for t in (1, 10_000))
    assert early == pytest.approx(3.8, rel=1e-9)
    assert late == pytest.approx(38.0, rel=1e-9)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("(x - 1)^2 + 3*x*y + y", True),
        ("x^2 + abs(y)", False),
        ("max(x, y)^2", False),
        ("x^3", False),
        ("sin(x)", False),
        ("x^2 + abs(-3)*y^2", True),
        ("x*y/2 - x^(3 - 1)", True),
        ("x^2/y", False),
        ("2^x", False),
        ("x*y*x", False),
        ("x^-2", False),
    ],
)
def test_quadratics_are_recognised(formula: str, expected: bool) -> None:
    names = ("x", "y") if "y" in formula else ("x",)
    assert is_quadratic(objective(formula, names)) is expected


def test_quadratics_of_the_catalogue() -> None:
    found = {
        key
        for key, entry in catalogue.functions().items()
        if is_quadratic(objective(entry.loss, entry.parameters))
    }
    assert {"quadratic", "round-bowl", "booth", "matyas", "saddle", "three-parameter-bowl"} <= found
    assert not {"rosenbrock", "sine", "absolute-value", "himmelblau"} & found
