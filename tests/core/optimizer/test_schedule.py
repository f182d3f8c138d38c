"""The learning rate of every update."""

from __future__ import annotations

import math

import pytest
from trees import same

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.optimizer.schedule import Schedule
from gdsim.core.problem import Problem
from gdsim.core.run.choices import choose
from gdsim.core.run.descend import descend
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import ScheduleText

FUNCTIONS = (
    "abs acos asin atan cos cosh exp floor huber leaky_relu log max min relu sigmoid"
    " sign sin sinh softplus sqrt tan tanh"
)
SCHEDULES = catalogue.schedules()

BY_HAND = {
    "constant": lambda t: 0.1,
    "inverse-time": lambda t: 0.1 / (1 + 0.1 * (t - 1)),
    "exponential": lambda t: 0.1 * 0.99 ** (t - 1),
    "step": lambda t: 0.1 * 0.5 ** ((t - 1) // 50),
    "cosine": lambda t: 0.1 * (1 + math.cos(math.pi * min(t - 1, 100) / 100)) / 2,
    "warm-up": lambda t: 0.1 * min(1, t / 10),
}


@pytest.mark.parametrize("key", SCHEDULES)
def test_a_schedule_is_what_it_is_by_hand(key: str) -> None:
    schedule = Schedule(SCHEDULES[key].formula, SCHEDULES[key].constants)
    for t in (1, 2, 5, 10, 11, 50, 51, 100, 101, 102, 350):
        assert schedule.at(t) == pytest.approx(BY_HAND[key](t), rel=1e-14, abs=1e-17)
    assert schedule.is_constant == (key == "constant")


@pytest.mark.parametrize("key", SCHEDULES)
def test_the_trace_holds_the_rate_of_every_update(key: str) -> None:
    entry = SCHEDULES[key]
    text = ScheduleText(formula=entry.formula, constants=dict(entry.constants))
    experiment = choose("rosenbrock", stop="none", max_steps=120)
    scale = 0.01
    text = ScheduleText(formula=f"{scale}*({entry.formula})", constants=dict(entry.constants))
    descent = Descent(experiment.replace(schedule=text))
    descent.advance(120)
    schedule = text.read()
    etas = descent.trace.eta().tolist()
    assert len(etas) == 121
    assert all(same(eta, schedule.at(t + 1)) for t, eta in enumerate(etas))
    deltas, slopes = descent.trace.delta(), descent.trace.gradient()
    for t, eta in enumerate(etas):
        assert all(same(d, -(eta * g)) for d, g in zip(deltas[t], slopes[t], strict=True))


def test_a_formula_of_t_is_a_learning_rate() -> None:
    trace = descend("(theta - 3)^2", start=[0.0], eta="0.5/t", max_steps=3, stop="none")
    assert trace.eta().tolist() == [0.5, 0.25, 0.5 / 3, 0.125]
    assert trace.theta().ravel().tolist() == [0.0, 3.0, 3.0, 3.0]


def test_floor_is_for_schedules() -> None:
    trace = descend("x^2", start=[1.0], eta="0.2*0.5^floor(t/2)", max_steps=4, stop="none")
    assert trace.eta().tolist() == [0.2, 0.1, 0.1, 0.05, 0.05]


def test_floor_stays_a_float_however_large() -> None:
    schedule = Schedule("0.1 + 0*floor(1e200*t)*floor(1e100*t)", {})
    assert schedule.at(1) == 0.1
    trace = descend("x^2", start=[1.0], eta="1e-300*floor(1e150*t)^2", max_steps=2, stop="none")
    assert trace.eta().tolist() == pytest.approx([1.0, 4.0, 9.0])


@pytest.mark.parametrize(
    ("formula", "constants", "sentence"),
    [
        ("", {}, "the formula is empty"),
        ("eta0/k", {"eta0": 0.1}, "unknown name k at column 6; known: eta0, t"),
        ("0.1*z", {}, "unknown name z at column 5; known: t"),
        (
            "0,1",
            {},
            "the comma at column 2 is only for the arguments of a function;"
            " decimals are written with a point",
        ),
        ("0", {}, "the learning rate must be greater than 0; at the first update it is 0"),
        ("-t", {}, "the learning rate must be greater than 0; at the first update it is -1"),
        ("1 - t", {}, "the learning rate must be greater than 0; at the first update it is 0"),
        (
            "1/(t - 1)",
            {},
            "the learning rate must be greater than 0; at the first update it is nan",
        ),
        ("log(-t)", {}, "the learning rate must be greater than 0; at the first update it is nan"),
        (
            "eta0*t*1e308",
            {"eta0": 1e10},
            "the learning rate must be greater than 0; at the first update it is inf",
        ),
        (
            "t/T",
            {"T": 0.0},
            "the learning rate must be greater than 0; at the first update it is nan",
        ),
        (
            "foo(t)",
            {},
            f"unknown function foo at column 1; known: {FUNCTIONS}",
        ),
    ],
)
def test_a_schedule_is_refused_with_its_sentence(
    formula: str, constants: dict[str, float], sentence: str
) -> None:
    with pytest.raises(Problem) as caught:
        Schedule(formula, constants)
    assert str(caught.value) == sentence


def test_a_rate_that_is_undefined_later_ends_the_descent() -> None:
    trace = descend("x^2", start=[1.0], eta="0.1/(4 - t)", stop="none")
    assert str(trace.ending) == "diverged at t = 3: the update is not finite"
    assert len(trace) == 4


def test_a_schedule_is_typeset() -> None:
    schedule = Schedule(
        "eta0*gamma^floor((t - 1)/period)", {"eta0": 0.1, "gamma": 0.5, "period": 3}
    )
    assert schedule.plain() == "eta0·γ^floor((t − 1)/period)".replace("eta0", "η₀")
    assert r"\left\lfloor" in schedule.latex()
    assert r"\eta_{0}" in schedule.latex()
