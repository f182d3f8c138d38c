"""Why the loss rose, against derivatives measured another way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from runs import OPTIMIZERS, descended

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.run.experiment import choose
from gdsim.core.run.trace import Trace
from gdsim.core.taylor.derivatives import hessian_form
from gdsim.core.taylor.rises import Cause, Rise, rise, rose

STEPS = 60


def rises(trace: Trace) -> list[Rise]:
    form = hessian_form(trace.experiment.objective())
    found = [rise(trace, t, form) for t in range(len(trace))]
    return [each for each in found if each is not None]


def overshooting(key: str, optimizer: str = "gradient-descent") -> Trace:
    """A descent with so large a learning rate that the loss rises now and then."""
    entry = catalogue.function(key)
    return descended(
        choose(key, optimizer=optimizer, eta=20 * (entry.eta or 0.1), stop="none"), STEPS
    )


def measured_second(trace: Trace, t: int) -> float:
    """½ΔᵀHΔ from slopes a little before and behind θ."""
    step, objective = trace.step(t), trace.segment(t).experiment.objective()
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
        if np.abs(step.delta).max() > 1e6:  # too far out for a measured slope
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
def test_the_cause_says_what_the_terms_say(key: str, optimizer: str) -> None:
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


def test_on_a_quadratic_two_terms_are_all_there_is() -> None:
    trace = descended(choose("(x - 1)^2 + 3*y^2", start=[2.0, 1.0], eta=0.35, stop="none"), 30)
    found = rises(trace)
    assert found
    for each in found:
        assert each.cause is Cause.SECOND_ORDER
        assert each.after - each.before == pytest.approx(each.first + each.second, rel=1e-9)


def test_momentum_carries_on_uphill() -> None:
    trace = descended(choose("x^2", optimizer="momentum", start=[3.0], eta=0.1, stop="none"), 60)
    causes = {each.cause for each in rises(trace)}
    assert Cause.NOT_DOWNHILL in causes


def test_terms_beyond_the_second_can_make_the_rise() -> None:
    # At 0 the curve looks like −x; far out x⁴ takes over.
    (each,) = rises(descended(choose("x^4 - x", start=[0.0], eta=2.0, stop="none"), 1))
    assert (each.first, each.second, each.cause) == (-2.0, 0.0, Cause.HIGHER_ORDER)


def test_a_rise_in_the_last_digits_is_rounding() -> None:
    trace = descended(choose("(x - 1/3)^2/7 + 1.1", start=[0.1], eta=1.0, stop="none"), 400)
    for each in rises(trace):
        assert each.cause in (Cause.ROUNDING, Cause.SECOND_ORDER, Cause.NOT_DOWNHILL)
        assert each.after - each.before < 1e-14


def test_without_the_curvature_only_the_slope_is_told() -> None:
    trace = descended(choose("x^2", start=[1.0], eta=1.5, stop="none"), 3)
    each = rise(trace, 0)
    assert each is not None
    assert each.cause is Cause.UNKNOWN
    assert each.first == -6.0
    assert math.isnan(each.second)


def test_where_nothing_rose_there_is_no_cause() -> None:
    trace = descended(choose("x^2", start=[1.0], eta=0.1, stop="none"), 5)
    for t in (-1, 0, 3, 5, 6):
        assert not rose(trace, t)
        assert rise(trace, t) is None


def test_a_rise_beyond_all_numbers_is_still_a_rise() -> None:
    trace = descended(choose("exp(x^2)", start=[3.0], eta=1.0, stop="none"), 5)
    (each,) = rises(trace)
    assert each.t == 0
    assert each.after == math.inf
    assert each.cause is Cause.SECOND_ORDER
