"""An optimizer of one's own, typed on one line."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim.core.catalogue.entries import optimizers
from gdsim.core.catalogue.typed_rule import read_rule
from gdsim.core.problem import Problem
from gdsim.core.run.descend import descend

HEAVY_BALL = "v = beta*v + g; theta = theta - eta*v"


@pytest.mark.parametrize("key", optimizers())
def test_the_typed_lines_of_a_catalogue_optimizer_are_that_optimizer(key: str) -> None:
    entry = optimizers()[key]
    typed = read_rule(";".join(entry.rule), {})
    assert dict(typed.state) == dict(entry.state)
    assert dict(typed.hyperparameters) == dict(entry.hyperparameters)


def test_a_rule_of_ones_own_makes_the_same_steps_as_the_arithmetic() -> None:
    rule = "u = mu*u - eta*g\ntheta = theta + u"
    trace = descend("x^2", start=1.0, eta=0.1, rule=rule, hyperparameters={"mu": 0.5}, max_steps=3)
    x, u, seen = 1.0, 0.0, []
    for _ in range(4):
        seen.append(x)
        u = 0.5 * u - 0.1 * (2 * x)
        x = x + u
    np.testing.assert_allclose(trace.theta()[:, 0], seen, rtol=1e-15)


def test_a_setting_may_say_where_the_state_begins() -> None:
    typed = read_rule(HEAVY_BALL, {"v": 2.0, "beta": 0.5})
    assert (typed.state, typed.hyperparameters) == ({"v": 2.0}, {"beta": 0.5})


def test_numbers_come_from_the_optimizer_that_is_changed() -> None:
    typed = read_rule("m = beta1*m + g; theta = theta - eta*m", {}, "adam")
    assert (typed.state, typed.hyperparameters) == ({"m": 0.0}, {"beta1": 0.9})


@pytest.mark.parametrize(
    ("rule", "settings", "sentence"),
    [
        ("v = b*v + g; theta = theta - eta*v", {}, "the rule names b, which has no number"),
        ("theta = theta - eta*g", {"b": 1.0}, "the rule has no use for b; it needs: –"),
        ("v = g", {}, "line 1: the last line must assign theta, not v"),
        ("theta - eta*g", {}, "line 1: a line of a rule has the form name = formula"),
        (" ; ", {}, "the rule has no line"),
        ("v = g; theta = theta - eta*)", {}, "line 2: "),
    ],
)
def test_what_is_wrong_with_a_rule_is_said(
    rule: str, settings: dict[str, float], sentence: str
) -> None:
    with pytest.raises(Problem) as found:
        descend("x^2", rule=rule, hyperparameters=settings)
    assert str(found.value).startswith(sentence)
