"""Why the loss rose, compared with numerical derivatives."""

from __future__ import annotations

import math

import numpy as np
import pytest
from runs import OPTIMIZERS, descended

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.run.choices import choose
from gdsim.core.run.trace import Trace
from gdsim.core.taylor.derivatives import hessian_form
from gdsim.core.taylor.rises import Cause, Rise, rise, rose

STEPS = 60


def rises(trace: Trace) -> list[Rise]:
    form = hessian_form(trace.experiment.objective())
    found = [rise(trace, t, form) for t in range(len(trace))]
    return [each for each in found if each is not None]


def overshooting(key: str, optimizer: str = "gradient-descent") -> Trace:
    """A descent with a learning rate so large that the loss sometimes rises."""
    entry = catalogue.function(key)
    return descended(
        choose(key, optimizer=optimizer, eta=20 * (entry.eta or 0.1), stop="none"), STEPS
    )


def measured_second(trace: Trace, t: int) -> float:
    """½ΔᵀHΔ from the gradients at two points close to θ."""
    step, objective = trace.step(t), trace.stretch(t).experiment.objective()
    length = max(np.abs(step.delta).max(), 1e-300)
    share = 1e-5 * max(1.0, float(np.abs(step.theta).max())) / length
    slopes = [
        float(objective.gradient(step.theta + side * share * step.delta) @ step.delta)
        for side in (1, -1)
    ]
    return (slopes[0] - slopes[1]) / (4 * share)


@pytest.mark.parametrize("key", catalogue.functions())
def test_every_rise_is_found_and_has_the_terms_it_names(key: str) -> None:
    trace = overshooting(key)
    losses = trace.loss()
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero(losses[1:] > losses[:-1])
    found = rises(trace)
    assert [each.t for each in found] == rows.tolist()
    for each in found:
        step = trace.step(each.t)
        assert (each.before, each.after) == (losses[each.t], losses[each.t + 1])
        if np.abs(step.delta).max() > 1e6:  # too far away for a numerical derivative
            continue
        assert each.first == pytest.approx(float(step.gradient @ step.delta), rel=1e-9)
        if math.isfinite(each.second):
            near = pytest.approx(
                measured_second(trace, each.t),
                rel=1e-3,
                abs=1e-4 * max(abs(each.first), abs(each.second)),
            )
            assert each.second == near


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("key", ["elongated-bowl-10", "rosenbrock", "himmelblau"])
def test_the_cause_agrees_with_the_terms(key: str, optimizer: str) -> None:
    for each in rises(overshooting(key, optimizer)):
        match each.cause:
            case Cause.NOT_DOWNHILL:
                assert each.first > 0
            case Cause.SECOND_ORDER:
                assert each.first <= 0 < each.first + each.second
            case Cause.HIGHER_ORDER | Cause.ROUNDING:
                assert each.first + each.second <= 0
            case Cause.UNKNOWN:
                assert not math.isfinite(each.first + each.second)


def test_on_a_quadratic_no_rise_is_of_higher_order() -> None:
    trace = descended(choose("(x - 1)^2 + 3*y^2", start=[2.0, 1.0], eta=0.35, stop="none"), 30)
    found = rises(trace)
    assert found
    for each in found:
        assert each.cause is Cause.SECOND_ORDER
        assert each.after - each.before == pytest.approx(each.first + each.second, rel=1e-9)


def test_momentum_can_move_uphill() -> None:
    trace = descended(choose("x^2", optimizer="momentum", start=[3.0], eta=0.1, stop="none"), 60)
    causes = {each.cause for each in rises(trace)}
    assert Cause.NOT_DOWNHILL in causes


def test_terms_of_higher_order_can_make_the_loss_rise() -> None:
    # At 0 the curve is like −x; farther away x⁴ dominates.
    (each,) = rises(descended(choose("x^4 - x", start=[0.0], eta=2.0, stop="none"), 1))
    assert (each.first, each.second, each.cause) == (-2.0, 0.0, Cause.HIGHER_ORDER)


def test_a_rise_in_the_last_digits_is_rounding() -> None:
    trace = descended(choose("(x - 1/3)^2/7 + 1.1", start=[0.1], eta=1.0, stop="none"), 400)
    for each in rises(trace):
        assert each.cause in (Cause.ROUNDING, Cause.SECOND_ORDER, Cause.NOT_DOWNHILL)
        assert each.after - each.before < 1e-14


def test_without_the_hessian_only_the_first_order_term_is_examined() -> None:
    trace = descended(choose("x^2", start=[1.0], eta=1.5, stop="none"), 3)
    each = rise(trace, 0)
    assert each is not None
    assert each.cause is Cause.UNKNOWN
    assert each.first == -6.0
    assert math.isnan(each.second)


def test_where_the_loss_did_not_rise_there_is_no_cause() -> None:
    trace = descended(choose("x^2", start=[1.0], eta=0.1, stop="none"), 5)
    for t in (-1, 0, 3, 5, 6):
        assert not rose(trace, t)
        assert rise(trace, t) is None


def test_a_rise_to_infinity_is_a_rise() -> None:
    trace = descended(choose("exp(x^2)", start=[3.0], eta=1.0, stop="none"), 5)
    (each,) = rises(trace)
    assert each.t == 0
    assert each.after == math.inf
    assert each.cause is Cause.SECOND_ORDER
