"""The loss along −∇L: its marked points agree with direct evaluation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from quadratics import quadratic
from runs import descended

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.how_far.line_slice import LineSlice, NoSlice, slice_along_gradient
from gdsim.core.how_far.stability import curvature
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.objectives import objective
from gdsim.core.run.choices import choose
from gdsim.core.run.trace import Step, Trace


def sliced(loss: Objective, theta: list[float], eta: float = 0.1) -> LineSlice | NoSlice:
    point = np.array(theta)
    return slice_along_gradient(loss, point, loss.gradient(point), eta)


def found(loss: Objective, theta: list[float], eta: float = 0.1) -> LineSlice:
    line = sliced(loss, theta, eta)
    assert isinstance(line, LineSlice), line
    return line


def steps(key: str) -> list[tuple[Trace, Step]]:
    trace = descended(choose(key, stop="none"), 40)
    return [(trace, trace.step(index)) for index in (0, 1, 7, 20) if index < len(trace) - 1]


# Quadratics


@pytest.mark.parametrize("spectrum", [[2.0], [1.0, 9.0], [0.5, 3.0, 20.0], [-1.0, 2.0, 50.0]])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("eta", [1e-4, 0.05, 0.9, 40.0])
def test_on_a_quadratic_the_marked_points_have_their_exact_values(
    spectrum: list[float], seed: int, eta: float
) -> None:
    loss = quadratic(spectrum, seed)
    experiment = loss.experiment(seed, eta=eta)
    theta = np.array(experiment.start)
    g = loss.hessian @ (theta - loss.minimum)
    along = g @ loss.hessian @ g
    line = found(experiment.objective(), theta.tolist(), eta)
    assert line.start == pytest.approx((theta - loss.minimum) @ g / 2)
    assert line.slope == pytest.approx(-(g @ g))
    assert line.eta == eta
    if along <= 0:
        assert line.best is None
        assert line.rise is None
        return
    assert line.best == pytest.approx(g @ g / along, rel=1e-9)
    assert line.rise == pytest.approx(2 * (g @ g) / along, rel=1e-9)
    assert line.best_loss == pytest.approx(line.start - (g @ g) ** 2 / along / 2, abs=1e-12)
    known = curvature(loss.hessian)
    assert known is not None
    # No direction has a larger curvature than λ_max, so that no line rises earlier.
    assert line.rise >= known.stable_rate * (1 - 1e-9)


# On every function


@pytest.mark.parametrize("key", catalogue.functions())
def test_the_curve_is_the_loss(key: str) -> None:
    for trace, step in steps(key):
        loss = trace.experiment.objective()
        line = slice_along_gradient(loss, step.theta, step.gradient, step.eta)
        if not isinstance(line, LineSlice):
            continue
        assert (line.start, line.loss[0]) == (step.loss, step.loss)
        for tau, value in zip(line.tau[::40], line.loss[::40], strict=True):
            expected = loss.value(step.theta - tau * step.gradient)
            assert value == pytest.approx(expected, rel=1e-9) or not math.isfinite(expected)
        assert line.slope == -float(step.gradient @ step.gradient)
        # Near τ = 0 the loss differs from its tangent by less than the tangent falls.
        close = line.tau_range[1] * 1e-6
        fallen = loss.value(step.theta - close * step.gradient) - step.loss
        assert fallen == pytest.approx(close * line.slope, rel=0.02, abs=1e-12 * abs(step.loss))


@pytest.mark.parametrize("key", catalogue.functions())
def test_the_loss_first_rises_at_the_marked_point(key: str) -> None:
    for trace, step in steps(key):
        loss = trace.experiment.objective()
        line = slice_along_gradient(loss, step.theta, step.gradient, step.eta)
        if not isinstance(line, LineSlice):
            continue
        end = line.searched if line.rise is None else line.rise
        before = loss.value(
            step.theta[:, None] - np.linspace(0, end, 2_001)[1:-1] * step.gradient[:, None]
        )
        assert (before <= step.loss).all()
        if line.rise is not None:
            after = loss.value(step.theta - line.rise * (1 + 1e-6) * step.gradient)
            assert not after <= step.loss
        if line.best is not None and line.rise is not None:
            assert 0 < line.best < line.rise
            assert line.best_loss <= before.min() + 1e-9 * abs(before.min()) + 1e-20
            assert line.best_loss < step.loss


@pytest.mark.parametrize("key", catalogue.functions())
def test_the_marked_points_are_inside_the_ranges(key: str) -> None:
    for trace, step in steps(key):
        loss = trace.experiment.objective()
        for eta in (step.eta, step.eta * 30, step.eta / 30):
            line = slice_along_gradient(loss, step.theta, step.gradient, eta)
            if not isinstance(line, LineSlice):
                continue
            (left, right), (low, high) = line.tau_range, line.loss_range
            assert left < 0 < right
            assert low < line.start < high
            assert np.isfinite(line.loss_range).all()
            for mark in (line.best, line.rise):
                assert mark is None or mark < right
            if line.best is not None:
                assert low < line.best_loss < high


# No curve, or one without an end


def test_an_undefined_loss_ends_the_line() -> None:
    line = found(objective("-log(x)*0 + sqrt(1 - x) + 2", ("x",)), [0.5], eta=0.2)
    assert line.rise_is_end
    assert line.rise is not None
    assert 0.5 + line.rise * 0.5 / math.sqrt(0.5) == pytest.approx(1.0)


def test_a_loss_that_always_falls_has_no_best_rate() -> None:
    line = found(objective("exp(-x)", ("x",)), [0.0])
    assert (line.best, line.rise) == (None, None)
    assert math.isnan(line.best_loss)
    assert line.tau_range[1] == pytest.approx(0.3)


def test_the_best_rate_can_be_at_a_kink() -> None:
    line = found(objective("abs(x)", ("x",)), [2.0], eta=0.3)
    assert line.best == pytest.approx(2.0)
    assert line.rise == pytest.approx(4.0)


@pytest.mark.parametrize("eta", [0.3, 4.0, 1000.0])
def test_the_learning_rate_is_inside_the_range_unless_it_is_far_away(eta: float) -> None:
    line = found(objective("x^2", ("x",)), [1.0], eta=eta)
    assert (eta < line.tau_range[1]) == (eta < 1000)
    assert line.tau_range[1] < 10


def test_without_a_gradient_there_is_no_curve() -> None:
    assert sliced(objective("x^2", ("x",)), [0.0]) is NoSlice.LEVEL
    assert sliced(objective("3 + 0*x", ("x",)), [1.0]) is NoSlice.LEVEL


@pytest.mark.parametrize(
    ("formula", "at", "eta"),
    [
        ("log(x)", -1.0, 0.1),
        ("1/x", 0.0, 0.1),
        ("x^4", 1e100, 0.1),
        ("x^2", 1.0, math.nan),
        ("x^2", math.nan, 0.1),
        ("x^2", math.inf, 0.1),
        ("1e-160*x", 1e308, 0.1),
    ],
)
def test_where_something_is_undefined_there_is_no_curve(
    formula: str, at: float, eta: float
) -> None:
    assert sliced(objective(formula, ("x",)), [at], eta) is NoSlice.UNDEFINED


@pytest.mark.parametrize("at", [1e-7, 1e-9, 1e-12])
def test_rounding_errors_are_not_shown_as_the_loss(at: float) -> None:
    # In cos(x) near 0, x² is lost beside 1: the computed values are steps of the rounding error.
    assert sliced(objective("-cos(x)", ("x",)), [at]) is NoSlice.ROUNDED
    line = found(objective("x^2", ("x",)), [at])
    assert line.best == pytest.approx(0.5)
    assert line.rise == pytest.approx(1.0)


@pytest.mark.parametrize("key", catalogue.functions())
@pytest.mark.parametrize("scale", [1e-150, 1e-8, 1.0, 1e8, 1e80, 1e155, 1e300])
def test_extreme_points_and_rates_raise_nothing(key: str, scale: float) -> None:
    entry = catalogue.function(key)
    loss = objective(entry.loss, entry.parameters)
    theta = [scale * value for value in (1.1, -0.7, 0.3, 0.9)[: len(entry.parameters)]]
    for eta in (0.0, -1.0, 1e-300, 0.1, 1e300):
        line = sliced(loss, theta, eta)
        if isinstance(line, LineSlice):
            assert np.isfinite((line.tau_range, line.loss_range)).all()
            assert line.tau_range[0] < line.tau_range[1]
            assert line.loss_range[0] < line.loss_range[1]


@pytest.mark.parametrize("slope", ["1e-300", "1e-150", "1e13", "1e100", "1e153"])
@pytest.mark.parametrize("at", [0.0, 1e-300, 1.0, 1e10])
def test_very_large_and_very_small_gradients_raise_nothing(slope: str, at: float) -> None:
    for formula in (f"{slope}*x", f"{slope}*(x^2 + x)"):
        line = sliced(objective(formula, ("x",)), [at])
        if isinstance(line, LineSlice):
            assert np.isfinite((line.tau_range, line.loss_range)).all()
            assert line.loss_range[0] < line.loss_range[1]
