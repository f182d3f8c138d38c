"""An arithmetic error is an ending with its reason; the last point is kept."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from trees import trees

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.formula.expression import Node, names_in
from gdsim.core.formula.latex import plain
from gdsim.core.problem import Problem
from gdsim.core.run.choices import choose
from gdsim.core.run.descend import descend
from gdsim.core.run.descent import Descent
from gdsim.core.run.ending import NotFinite, Outcome
from gdsim.core.run.experiment import RuleText
from gdsim.core.run.trace import Step

DIVERGENT = [
    # loss, start, η, the sentence
    ("1/x", 0.0, 0.1, "undefined at t = 0: the loss is ∞"),
    ("-1/x^2", 0.0, 0.1, "undefined at t = 0: the loss is −∞"),
    ("log(x)", -1.0, 0.1, "undefined at t = 0: the loss is NaN"),
    ("log(x)", 0.0, 0.1, "undefined at t = 0: the loss is −∞"),
    ("sqrt(x)", -1.0, 0.1, "undefined at t = 0: the loss is NaN"),
    ("log(-1 - x^2)", 1.0, 0.1, "undefined at t = 0: the loss is NaN"),
    ("0*log(-x^2 - 1)", 3.0, 0.1, "undefined at t = 0: the loss is NaN"),
    ("exp(x)", 1000.0, 0.1, "diverged at t = 0: the loss is ∞"),
    ("1/exp(x)", 1000.0, 0.1, "diverged at t = 0: the loss is NaN"),
    ("1/(1 + exp(-x))", -1000.0, 0.1, "diverged at t = 0: the loss is NaN"),
    ("sqrt(x)", 0.0, 0.1, "undefined at t = 0: the gradient is not finite"),
    ("x^(1/3)", 0.0, 0.1, "undefined at t = 0: the gradient is not finite"),
    ("x^2", 1e154, 1e308, "diverged at t = 0: the update is not finite"),
    ("x^2", 1.0, 1e308, "diverged at t = 0: the update is not finite"),
    ("0.6x^2", 1.0, 1e308, "diverged at t = 1: the loss is ∞"),
    ("-x", 1e308, 1e308, "diverged at t = 0: the next point is not finite"),
    ("x^2", 1.0, 1e200, "diverged at t = 1: the loss is ∞"),
    ("exp(x^2)", 2.0, 1.0, "diverged at t = 1: the loss is ∞"),
    ("log(x)", 1.0, 2.0, "undefined at t = 1: the loss is NaN"),
    ("sqrt(x)", 1.0, 2.0, "undefined at t = 1: the gradient is not finite"),
]


def after(step: Step) -> list[float]:
    return [a + b for a, b in zip(step.theta.tolist(), step.delta.tolist(), strict=True)]


@pytest.mark.parametrize(("loss", "start", "eta", "sentence"), DIVERGENT)
def test_a_divergence_has_its_sentence(loss: str, start: float, eta: float, sentence: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        trace = descend(loss, start=[start], eta=eta, stop="none")
    assert str(trace.ending) == sentence


@pytest.mark.parametrize(("loss", "start", "eta", "sentence"), DIVERGENT)
def test_the_last_row_shows_what_failed(loss: str, start: float, eta: float, sentence: str) -> None:
    trace = descend(loss, start=[start], eta=eta, stop="none")
    ending = trace.ending
    assert ending is not None
    assert ending.outcome.is_failure
    assert len(trace) == ending.t + 1
    assert np.isfinite(trace.theta()).all()
    assert np.isfinite(trace.loss(0, ending.t)).all()
    assert np.isfinite(trace.gradient(0, ending.t)).all()
    assert np.isfinite(trace.delta(0, ending.t)).all()
    last = trace.step(ending.t)
    match ending.not_finite:
        case NotFinite.LOSS:
            assert not math.isfinite(last.loss)
        case NotFinite.GRADIENT:
            assert math.isfinite(last.loss)
            assert not np.isfinite(last.gradient).all()
        case NotFinite.UPDATE:
            assert math.isfinite(last.loss)
            assert np.isfinite(last.gradient).all()
            assert not np.isfinite(last.delta).all()
        case _:
            assert np.isfinite(last.delta).all()
            assert not np.isfinite(after(last)).all()


@pytest.mark.parametrize(
    ("loss", "start", "outcome"),
    [
        ("1/x", 0.0, Outcome.UNDEFINED),
        ("log(x)", -1.0, Outcome.UNDEFINED),
        ("sqrt(x)", 0.0, Outcome.UNDEFINED),  # its slope
        ("x + 0*log(y)", 0.0, Outcome.UNDEFINED),
        ("x^4", 1e100, Outcome.DIVERGED),
        ("exp(x)", 1e3, Outcome.DIVERGED),
        ("-exp(x) + 0*log(x - 2000)", 1e3, Outcome.DIVERGED),  # what overflows comes first
        ("1e300*x^2", 1e5, Outcome.DIVERGED),
    ],
)
def test_too_large_is_told_from_undefined(loss: str, start: float, outcome: Outcome) -> None:
    ending = descend(loss, start=[start] * (1 + ("y" in loss))).ending
    assert ending is not None
    assert (ending.outcome, ending.t) == (outcome, 0)
    assert ending.outcome.is_failure


@pytest.mark.parametrize("optimizer", catalogue.optimizers())
@pytest.mark.parametrize(("loss", "start"), [("1/x", 0.0), ("log(x)", -1.0), ("sqrt(x)", 0.0)])
def test_any_optimizer_ends_where_the_loss_is_undefined(
    loss: str, start: float, optimizer: str
) -> None:
    trace = descend(loss, start=[start], optimizer=optimizer)
    assert trace.ending is not None
    assert trace.ending.outcome.is_failure
    assert len(trace) == 1
    assert trace.theta().tolist() == [[start]]


@pytest.mark.parametrize("optimizer", catalogue.optimizers())
def test_a_rate_without_measure_ends_in_divergence_or_a_limit(optimizer: str) -> None:
    for eta in (1e308, 1e200, 1e30):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            trace = descend("rosenbrock", optimizer=optimizer, eta=eta, max_steps=50)
        assert trace.ending is not None
        assert np.isfinite(trace.theta()).all()


@pytest.mark.parametrize("optimizer", ["gradient-descent", "adam", "momentum"])
def test_a_constant_function_is_finished_at_once(optimizer: str) -> None:
    for loss in ("3 + 0x", "x - x", "0*sin(x) + 1"):
        trace = descend(loss, start=[2.0], optimizer=optimizer)
        assert str(trace.ending) == "stop rule met at t = 0: ‖Δθ‖ = 0 < ε = 1e−6"
        assert trace.theta().tolist() == [[2.0]]


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        (("a = 1/(t - 3)", "theta = theta - eta*g"), {}),
        (("m = log(2 - t) + m", "theta = theta - eta*g - 0*t"), {"m": 0.0}),
        (("a = exp(400*t)", "theta = theta - eta*g"), {}),
        (("theta = theta - eta*g/(t - 3)",), {}),
        (("theta = theta - eta*sqrt(2.5 - t)",), {}),
    ],
)
def test_a_rule_that_fails_ends_the_descent(
    lines: tuple[str, ...], state: dict[str, float]
) -> None:
    chosen = choose("(x - 1)^2", stop="none").replace(rule=RuleText(lines=lines, state=state))
    descent = Descent(chosen)
    descent.advance(10)
    assert descent.ending is not None
    assert descent.ending.not_finite is NotFinite.UPDATE
    assert 1 <= descent.ending.t <= 2
    assert np.isnan(descent.trace.delta(descent.ending.t)).all()


def test_state_that_grows_beyond_all_bounds_is_kept() -> None:
    rule = RuleText(lines=("m = m + exp(300*t)", "theta = theta - eta*g/m"), state={"m": 1.0})
    descent = Descent(choose("(x - 1)^2", stop="none").replace(rule=rule))
    descent.advance(10)
    assert str(descent.ending) == "diverged at t = 2: the update is not finite"
    assert descent.trace.step(2).state["m"].tolist() == [1.0 + math.exp(300) + math.exp(600)]


def test_a_memory_that_overflows_is_divergence_though_the_update_vanishes() -> None:
    trace = descend("1e200*x^2/2", start=[1.0], optimizer="adagrad", eta=0.1)
    assert trace.step(0).delta.tolist() == [0.0]
    assert trace.ending is not None
    assert trace.ending.not_finite is NotFinite.STATE
    assert str(trace.ending) == "diverged at t = 0: what the optimizer remembers is not finite"


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    tree=trees,
    start=st.sampled_from([0.0, -1.0, 1.0, 0.5, 1e3, -1e154, 1e308]),
    eta=st.sampled_from([1e-3, 0.1, 1.0, 1e10, 1e308]),
    optimizer=st.sampled_from(["gradient-descent", "adam", "adagrad", "newton", "lion"]),
)
def test_any_descent_comes_to_an_end(tree: Node, start: float, eta: float, optimizer: str) -> None:
    names = sorted(names_in(tree))
    if not names:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            trace = descend(
                plain(tree),
                parameters=names,
                start=[start] * len(names),
                eta=eta,
                optimizer=optimizer,
                max_steps=15,
            )
        except Problem:  # its derivative has a number that is too large, or is too long
            reject()
    ending = trace.ending
    assert ending is not None
    assert len(trace) == ending.t + 1
    assert np.isfinite(trace.theta()).all()
    assert np.isfinite(trace.loss(0, ending.t)).all()
    last = trace.step(ending.t)
    parts = (last.loss, last.gradient, last.delta, after(last))
    finite = all(np.isfinite(part).all() for part in parts)
    if ending.not_finite is NotFinite.STATE or (
        ending.outcome is Outcome.DIVERGED and ending.not_finite is None
    ):
        assert finite
    else:
        assert finite != ending.outcome.is_failure
