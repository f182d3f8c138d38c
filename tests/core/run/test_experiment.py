"""Every choice that defines a run: frozen, validated, refused in one sentence."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import gdsim
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.problem import Problem
from gdsim.core.run.choices import choose
from gdsim.core.run.descend import descend
from gdsim.core.run.experiment import Experiment, RuleText, ScheduleText, create
from gdsim.core.run.stop_rules import StopRule

KEYS = list(catalogue.functions())
OPTIMIZERS = ", ".join(catalogue.optimizers())
GRADIENT_DESCENT = RuleText(lines=("theta = theta - eta*g",))


@pytest.mark.parametrize("key", KEYS)
def test_a_function_brings_its_own_choices(key: str) -> None:
    entry = catalogue.function(key)
    chosen = choose(key)
    assert chosen.loss == entry.loss
    assert chosen.parameters == entry.parameters
    assert chosen.start == entry.start
    assert chosen.schedule.constants == {"eta0": entry.eta}
    assert chosen.epsilon == (entry.epsilon or 1e-6)
    assert chosen.rule == GRADIENT_DESCENT
    assert (chosen.stop, chosen.max_steps, chosen.seed) == (StopRule.STEP, 10_000, 0)


def test_a_formula_starts_at_zeros_with_a_tenth() -> None:
    chosen = choose("(b - 1)^2 + a^2")
    assert chosen.parameters == ("a", "b")
    assert chosen.start == (0.0, 0.0)
    assert chosen.schedule.constants == {"eta0": 0.1}
    assert chosen.epsilon == 1e-6


@pytest.mark.parametrize("optimizer", catalogue.optimizers())
def test_an_optimizer_is_carried_as_text(optimizer: str) -> None:
    entry = catalogue.optimizer(optimizer)
    rule = choose("quadratic", optimizer=optimizer).rule
    assert rule.lines == entry.rule
    assert rule.state == dict(entry.state)
    assert rule.hyperparameters == dict(entry.hyperparameters)


def test_every_choice_can_be_made() -> None:
    chosen = choose(
        "y + x^2",
        optimizer="adam",
        hyperparameters={"beta1": 0.5},
        parameters=["y", "x"],
        start=[1, 2],
        eta="0.1/t",
        stop="gradient",
        epsilon=0.5,
        max_steps=7,
        seed=3,
    )
    assert chosen.parameters == ("y", "x")
    assert chosen.start == (1.0, 2.0)
    assert chosen.rule.hyperparameters == {"beta1": 0.5, "beta2": 0.999, "delta": 1e-8}
    assert chosen.schedule == ScheduleText(formula="0.1/t", constants={})
    assert chosen.stop is StopRule.GRADIENT
    assert (chosen.epsilon, chosen.max_steps, chosen.seed) == (0.5, 7, 3)
    assert choose("x^2", stop=StopRule.LOSS).stop is StopRule.LOSS
    assert choose("θ₂ + θ₁²", parameters=["θ₂", "θ₁"]).parameters == ("theta2", "theta1")


@pytest.mark.parametrize("eta", [0.1, 1, 1e-300, 1e308, "0.1", "1e-3", " 0.5 "])
def test_a_number_is_a_constant_rate(eta: float | str) -> None:
    schedule = choose("x^2", eta=eta).schedule
    assert schedule == ScheduleText(formula="eta0", constants={"eta0": float(eta)})


COMMA = (
    "the comma at column 2 is only for the arguments of a function;"
    " decimals are written with a point"
)
KNOWN_STOPS = ", ".join(rule.value for rule in StopRule)
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"eta": 0}, "the learning rate must be greater than 0, not 0"),
    ({"eta": -1.0}, "the learning rate must be greater than 0, not -1"),
    ({"eta": "-1"}, "the learning rate must be greater than 0, not -1"),
    ({"eta": math.nan}, "the learning rate must be a finite number, not nan"),
    ({"eta": "nan"}, "the learning rate must be a finite number, not nan"),
    ({"eta": math.inf}, "the learning rate must be a finite number, not inf"),
    ({"eta": "1e999"}, "the learning rate must be a finite number, not inf"),
    ({"eta": "0,1"}, COMMA),
    ({"eta": ""}, "the formula is empty"),
    ({"eta": "1+" * 3000 + "1"}, "the formula has 6001 characters; at most 4000 are read"),
    ({"eta": "1 - t"}, "the learning rate must be greater than 0; at the first update it is 0"),
    ({"epsilon": 0.0}, "the tolerance ε must be greater than 0"),
    ({"epsilon": -1.0}, "the tolerance ε must be greater than 0"),
    ({"epsilon": math.nan}, "epsilon must be a finite number"),
    ({"max_steps": 0}, "the number of steps must be between 1 and 1\u2009000\u2009000\u2009000"),
    (
        {"max_steps": 10**10},
        "the number of steps must be between 1 and 1\u2009000\u2009000\u2009000",
    ),
    ({"seed": -1}, "the seed must be a whole number from 0 to 9223372036854775807"),
    ({"stop": "never"}, f"there is no stop rule never; known: {KNOWN_STOPS}"),
    ({"start": []}, "numbers in the start: 0; parameters of the function: 1 (x)"),
    ({"start": [1.0, 2.0]}, "numbers in the start: 2; parameters of the function: 1 (x)"),
    ({"start": [math.inf]}, "start.0 must be a finite number"),
    ({"start": [[1.0]]}, "the start must be one number for each parameter"),
    ({"start": ["one"]}, "the start must be one number for each parameter"),
    ({"start": {"x": 1.0}}, "the start must be one number for each parameter"),
    ({"eta": [0.1]}, "the learning rate is given as a number or as a formula of t"),
    ({"eta": 10**400}, "the learning rate is given as a number or as a formula of t"),
    ({"parameters": [5]}, "5 is not a name"),
    ({"data": 5}, "the data are columns of numbers by name, or the path of a CSV file"),
    ({"data": {5: [1.0]}}, "5 is not a name"),
    ({"parameters": ["x", "x"]}, "x is given twice"),
    ({"parameters": ["y"]}, "unknown name x at column 1; known: y"),
    ({"optimizer": "sgd"}, f"there is no optimizer sgd; known: {OPTIMIZERS}"),
    ({"hyperparameters": {"beta": 1.0}}, "gradient-descent has no hyperparameter beta; it has: –"),
    (
        {"optimizer": "momentum", "hyperparameters": {"gamma": 1.0}},
        "momentum has no hyperparameter gamma; it has: beta",
    ),
    (
        {"optimizer": "momentum", "hyperparameters": {"beta": math.nan}},
        "hyperparameters.beta must be a finite number",
    ),
]


@pytest.mark.parametrize(("choices", "sentence"), REFUSED)
def test_a_choice_is_refused_with_one_sentence(choices: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Problem) as caught:
        choose("x^2", **choices)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("loss", [5, None, b"x^2", ["x^2"]])
def test_a_loss_is_text(loss: Any) -> None:
    with pytest.raises(Problem, match="the loss is given as text"):
        choose(loss)


def test_numbers_of_numpy_are_numbers() -> None:
    chosen = choose(
        " (prediction - y)^2 ",
        data={"x": np.arange(4), "y": np.arange(4)},
        prediction="a*x",
        start=np.float64(1.5),
        eta=np.float32(0.25),
        optimizer="momentum",
        hyperparameters={"beta": np.float32(0.5)},
        epsilon=np.float32(0.125),
        max_steps=np.int64(7),  # type: ignore[arg-type]
        seed=np.int32(3),  # type: ignore[arg-type]
        batch=np.int64(2),  # type: ignore[arg-type]
    )
    assert (chosen.loss, chosen.start, chosen.epsilon) == ("(prediction - y)^2", (1.5,), 0.125)
    assert (chosen.max_steps, chosen.seed, chosen.batch) == (7, 3, 2)
    assert chosen.rule.hyperparameters == {"beta": 0.5}
    assert choose("x + y", start=np.array([1, 2])).start == (1.0, 2.0)


def test_a_function_takes_its_parameters_in_any_order() -> None:
    chosen = choose("rosenbrock", parameters=["y", "x"])
    assert (chosen.parameters, chosen.start) == (("y", "x"), (2.0, -1.5))
    with pytest.raises(Problem, match="unknown name y at column 18; known: x, z"):
        choose("rosenbrock", parameters=["x", "z"])


MISTYPED = "rosenbrok three-hump-camle no-such-function levy-14 Rosenbrock levy13 Adam".split()


@pytest.mark.parametrize("loss", MISTYPED)
def test_a_mistyped_key_is_no_formula(loss: str) -> None:
    sentence = f"no function and no learning task is called {loss}; known: quadratic, "
    with pytest.raises(Problem, match=sentence):
        choose(loss)


@pytest.mark.parametrize("loss", ["x", "x-y", "theta", "alpha-beta", "x1-x2", "foo*1"])
def test_a_formula_of_bare_names_is_a_formula(loss: str) -> None:
    assert choose(loss).loss == loss


FIELDS: dict[str, Any] = {
    "loss": "x^2",
    "parameters": ("x",),
    "start": (1.0,),
    "rule": GRADIENT_DESCENT,
}


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"loss": "x^2 +"}, "the formula ends at column 6, but something must follow"),
        ({"loss": "x^2 + y"}, "unknown name y at column 7; known: x"),
        ({"loss": 3}, "loss: Input should be a valid string"),
        ({"loss": "x" * 5000}, "loss: String should have at most 4000 characters"),
        ({"start": (math.nan,)}, "start.0 must be a finite number"),
        ({"start": ("1",)}, "start.0: Input should be a valid number"),
        ({"start": [1.0]}, "start: Input should be a valid tuple"),
        ({"parameters": ()}, "unknown name"),
        ({"parameters": ("x", "__class__"), "start": (1.0, 1.0)}, "__class__ is not a name"),
        ({"colour": "red"}, "colour: Extra inputs are not permitted"),
        ({"epsilon": "1"}, "epsilon: Input should be a valid number"),
        ({"max_steps": 1.5}, "max_steps: Input should be a valid integer"),
        ({"seed": 2**63}, "the seed must be a whole number from 0 to"),
        ({"stop": "sometimes"}, "stop: Input should be"),
        ({"rule": RuleText(lines=("theta = z",))}, "line 1: unknown name z at column 9"),
        ({"schedule": ScheduleText(formula="-t", constants={})}, "the learning rate must be"),
    ],
)
def test_a_document_is_checked_in_every_field(changes: dict[str, Any], part: str) -> None:
    with pytest.raises(Problem) as caught:
        create(**{**FIELDS, **changes})
    assert part in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_frozen_experiment_is_replaced_not_changed() -> None:
    chosen = create(**FIELDS)
    with pytest.raises(ValidationError):
        chosen.epsilon = 1.0
    other = chosen.replace(epsilon=0.5)
    assert (chosen.epsilon, other.epsilon) == (1e-6, 0.5)
    assert other.replace(epsilon=1e-6) == chosen
    with pytest.raises(Problem, match="ε must be greater than 0"):
        chosen.replace(epsilon=0.0)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    key=st.sampled_from(KEYS),
    optimizer=st.sampled_from(list(catalogue.optimizers())),
    eta=st.floats(1e-9, 1e9),
    stop=st.sampled_from(StopRule),
    epsilon=st.floats(1e-300, 1e9),
    seed=st.integers(0, 2**63 - 1),
)
def test_an_experiment_survives_its_document(
    key: str, optimizer: str, eta: float, stop: StopRule, epsilon: float, seed: int
) -> None:
    chosen = choose(key, optimizer=optimizer, eta=eta, stop=stop, epsilon=epsilon, seed=seed)
    assert Experiment.model_validate_json(chosen.model_dump_json()) == chosen


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_document_with_a_number_that_is_none_is_refused(number: str) -> None:
    text = create(**FIELDS).model_dump_json().replace('"start":[1.0]', f'"start":[{number}]')
    assert number in text
    with pytest.raises(ValidationError):
        Experiment.model_validate_json(text)


def test_the_package_offers_what_a_notebook_needs() -> None:
    trace = gdsim.descend("(theta - 3)^2", start=[0.0], eta=0.1)
    assert trace.theta(0, 3).ravel().tolist() == [0.0, 0.6000000000000001, 1.08]
    assert isinstance(trace, gdsim.Trace)
    assert gdsim.Experiment is Experiment
    assert gdsim.Problem is Problem
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = gdsim.nonsense
    with pytest.raises(gdsim.Problem, match="the formula is empty"):
        descend("")
