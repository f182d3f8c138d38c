"""An optimizer is its lines: read exactly, applied exactly, refused with line and column."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import same

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.formula.latex import plain
from gdsim.core.optimizer.constants import read_constants, write_constants
from gdsim.core.optimizer.rule import MAX_LINES, Rule
from gdsim.core.problem import Problem
from gdsim.core.run.choices import rule_of

FUNCTIONS = (
    "abs acos asin atan cos cosh exp huber leaky_relu log max min relu sigmoid sign sin"
    " sinh softplus sqrt tan tanh"
)
OPTIMIZERS = catalogue.optimizers()
laws = settings(derandomize=True, deadline=None, max_examples=100)
finite = st.floats(-1e6, 1e6)
rates = st.floats(1e-6, 10)


def rule(*lines: str, state: Mapping[str, float] | None = None, **constants: float) -> Rule:
    return Rule(lines, state or {}, constants)


def given_at(theta: float, g: float, eta: float, t: float = 1.0, **more: float) -> dict[str, float]:
    return {"theta": theta, "g": g, "eta": eta, "t": t, **more}


@laws
@given(theta=finite, g=finite, eta=rates)
def test_gradient_descent_moves_by_exactly_minus_eta_g(theta: float, g: float, eta: float) -> None:
    update = rule_of("gradient-descent").read().update(given_at(theta, g, eta))
    assert same(update, -(eta * g))


@laws
@given(theta=finite, g=finite, eta=rates, v=finite)
def test_momentum_moves_by_exactly_its_velocity(
    theta: float, g: float, eta: float, v: float
) -> None:
    update = rule_of("momentum").read().update(given_at(theta, g, eta, v=v))
    assert same(update, -(eta * (0.9 * v + g)))


@laws
@given(theta=finite, g=finite, eta=rates, m=finite, v=st.floats(0, 1e6), t=st.integers(1, 500))
def test_adamw_keeps_decay_and_step_apart(
    theta: float, g: float, eta: float, m: float, v: float, t: int
) -> None:
    m_new = 0.9 * m + (1 - 0.9) * g
    v_new = 0.999 * v + (1 - 0.999) * (g * g)
    m_hat = m_new / (1 - math.pow(0.9, t))
    v_hat = v_new / (1 - math.pow(0.999, t))
    expected = -eta * 0.01 * theta - eta * m_hat / (math.sqrt(v_hat) + 1e-8)
    update = rule_of("adamw").read().update(given_at(theta, g, eta, float(t), m=m, v=v))
    assert same(update, expected)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_what_a_rule_moves_by_does_not_depend_on_where_it_is(key: str) -> None:
    entry = rule_of(key).read()
    if key == "adamw":
        return  # its decay is a part of where it is
    given_here = dict.fromkeys(entry.state, 0.25) | {"newton": 0.5}
    updates = {
        entry.update(given_at(theta, 0.7, 0.1, 3.0, **given_here)) for theta in (0.0, 1.0, 1e9)
    }
    assert len(updates) == 1


PLAIN = "−eta·g"


@pytest.mark.parametrize(
    ("lines", "delta"),
    [
        (["theta = theta - eta*g"], PLAIN),
        (["theta = -eta*g + theta"], "−eta·g"),
        (["theta = (theta - eta*g)"], PLAIN),
        (["θ ← θ − η·g"], PLAIN),
        (["theta := theta - eta*g"], PLAIN),
        (["theta ＝ theta － eta＊g"], PLAIN),
        (["", "  theta = theta - eta*g  ", ""], PLAIN),
        (["theta = theta"], "0"),
        (["theta = theta + g"], "g"),
        (["d = theta - eta*g", "theta = d"], PLAIN),
        (["d = theta - eta*g", "e1 = d", "theta = e1"], PLAIN),
        (["d = -eta*g", "theta = theta + d"], "d"),
        (["theta = 1*theta - eta*g"], PLAIN),
        (["theta = theta + theta - theta - eta*g"], PLAIN),
        (["theta = 0.5*(theta + (theta - eta*g))"], "−0.5·eta·g"),
        (["theta = (1 - eta*k)*theta - eta*g"], "−eta·g − eta·k·theta"),
        (["c = 2*theta", "theta = c - c/2 - eta*g"], PLAIN),
    ],
)
def test_the_change_has_no_whole_theta_left_in_it(lines: list[str], delta: str) -> None:
    assert plain(rule(*lines, k=0.5).delta, lambda name: name) == delta


HIDDEN = [
    # a temporary that carries theta, while what it was made of is assigned again
    (["a = g", "b = theta - a", "a = 2*g", "theta = b"], {}),
    (["b = theta - eta*m", "m = 0.9*m + g", "theta = b"], {"m": 4.0}),
    (["m = 0.9*m + g", "b = theta - eta*m", "m = 2*m", "theta = b"], {"m": 4.0}),
    (["a = theta - eta*g", "b = a - eta*m", "m = g", "theta = (a + b)/2"], {"m": 4.0}),
    (["m = theta - g", "m = m - eta*m", "theta = m"], {"m": 4.0}),
    (["a = theta", "a = g", "theta = theta - a"], {}),
    (["a = abs(theta)", "theta = max(theta - eta*g, a)"], {}),
    (["theta = k"], {}),
    (["theta = theta*k + g"], {}),
]


def by_hand(lines: Sequence[str], known: dict[str, float]) -> float:
    for line in lines:
        target, formula = line.split(" = ")
        known[target] = eval(formula, {"abs": abs, "max": max}, known)
    return known["theta"]


@pytest.mark.parametrize(("lines", "state"), HIDDEN)
def test_a_theta_hidden_in_other_lines_is_found(lines: list[str], state: dict[str, float]) -> None:
    known = given_at(3.0, 1.5, 0.1, k=0.25, **state)
    read = Rule(lines, dict.fromkeys(state, 0.0), {"k": 0.25})
    expected = by_hand(lines, dict(known))
    assert 3.0 + read.update(known) == pytest.approx(expected, rel=1e-14)
    assert read.values(known)[-1] == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_values_of_all_lines_come_in_order(key: str) -> None:
    entry = rule_of(key).read()
    known = {**entry.state, **given_at(1.5, -0.5, 0.1, 2.0, newton=0.25)}
    values = entry.values(known)
    assert len(values) == len(entry.lines)
    assert values[-1] == known["theta"] + entry.update(known)
    assert all(math.isfinite(value) for value in values)


def test_what_is_undefined_is_nan_from_there_on() -> None:
    entry = rule("a = log(g)", "b = a + 1", "c = 2*g", "theta = theta - c*eta - 0*b")
    values = entry.values(given_at(1.0, -1.0, 0.1))
    assert [math.isnan(value) for value in values] == [True, True, False, True]
    assert math.isnan(entry.update(given_at(1.0, -1.0, 0.1)))


def test_newton_is_only_asked_for_where_it_is_named() -> None:
    assert [key for key in OPTIMIZERS if rule_of(key).read().uses_newton] == ["newton"]


ADAM = ["m = beta*m + (1 - beta)*g", "theta = theta - eta*m"]

WRONG = [
    ([], {}, {}, "the rule has no line"),
    (["", "  "], {}, {}, "the rule has no line"),
    (["theta"], {}, {}, "line 1: a line of a rule has the form name = formula"),
    (["theta ="], {}, {}, "line 1: a line of a rule has the form name = formula"),
    (["theta - eta*g"], {}, {}, "line 1: a line of a rule has the form name = formula"),
    (
        ["theta = theta - eta*z"],
        {},
        {},
        "line 1: unknown name z at column 21; known: eta, g, newton, t, theta",
    ),
    (
        ["m = beta*m + g", "theta = theta - eta*m"],
        {"m": 0.0},
        {},
        "line 1: unknown name beta at column 5; known: eta, g, m, newton, t, theta",
    ),
    (
        ["a = b", "b = g", "theta = theta - a"],
        {},
        {},
        "line 1: unknown name b at column 5; known: eta, g, newton, t, theta",
    ),
    (
        ["a = g", "theta = theta - (a"],
        {},
        {},
        "line 2: the parenthesis opened at column 17 is never closed",
    ),
    (
        ["a = g", "", "theta = theta - a a)"],
        {},
        {},
        "line 3: the parenthesis closed at column 20 was never opened",
    ),
    (
        ["a = 2 +", "theta = theta - a"],
        {},
        {},
        "line 1: the formula ends at column 8, but something must follow",
    ),
    (
        ["a = g @ 2", "theta = theta - a"],
        {},
        {},
        "line 1: @ at column 7 is not part of the notation",
    ),
    (["a = g"], {}, {}, "line 1: the last line must assign theta, not a"),
    (["theta = theta - g", "a = g"], {}, {}, "line 1: only the last line may assign theta"),
    (
        ["g = 2*g", "theta = theta - g"],
        {},
        {},
        "line 1: g at column 1 is given and cannot be assigned",
    ),
    (
        ["  t = 2", "theta = theta - g"],
        {},
        {},
        "line 1: t at column 3 is given and cannot be assigned",
    ),
    (
        ["η = 2", "theta = theta - g"],
        {},
        {},
        "line 1: eta at column 1 is given and cannot be assigned",
    ),
    (
        ["newton = g", "theta = theta - g"],
        {},
        {},
        "line 1: newton at column 1 is given and cannot be assigned",
    ),
    (
        ["k = 2", "theta = theta - k*g"],
        {},
        {"k": 1.0},
        "line 1: k at column 1 is a hyperparameter and cannot be assigned",
    ),
    (["2a = g", "theta = theta - g"], {}, {}, "line 1: 2a is not a name"),
    (["a b = g", "theta = theta - g"], {}, {}, "line 1: a b is not a name"),
    (["sin = g", "theta = theta - g"], {}, {}, "line 1: sin is not a name"),
    (["e = g", "theta = theta - g"], {}, {}, "line 1: e is not a name"),
    (["= g", "theta = theta - g"], {}, {}, "line 1: a line of a rule has the form name = formula"),
    (
        ["a = b = g", "theta = theta - g"],
        {},
        {},
        "line 1: = at column 7 is not part of the notation",
    ),
    (["a == g", "theta = theta - g"], {}, {}, "line 1: = at column 4 is not part of the notation"),
    (["a = 1/0", "theta = theta - g"], {}, {}, "line 1: division by zero at column 5"),
    (
        ["a = 9^9^9^9", "theta = theta - g"],
        {},
        {},
        "line 1: the number at column 5 is too large to compute with",
    ),
    (
        ["x.__class__ = 1", "theta = theta - g"],
        {},
        {},
        "line 1: . at column 2 is not part of the notation",
    ),
    (
        ["a = __import__('os')", "theta = theta - g"],
        {},
        {},
        "line 1: _ at column 5 is not part of the notation",
    ),
    (ADAM, {"m": 0.0, "beta": 0.0}, {"beta": 0.9}, "beta cannot be both state and hyperparameter"),
    (ADAM, {"m": 0.0}, {"beta": 0.9, "g": 1.0}, "g already has a fixed meaning in every rule"),
    (
        ADAM,
        {"m": 0.0, "theta": 1.0},
        {"beta": 0.9},
        "theta already has a fixed meaning in every rule",
    ),
    (ADAM, {"m m": 0.0}, {"beta": 0.9}, "m m is not a name"),
    (["a = g"] * MAX_LINES + ["theta = theta - a"], {}, {}, "the rule has more than 40 lines"),
    (
        ["a = theta + theta^2", *["a = a + a^2"] * 38, "theta = a"],
        {},
        {},
        "the formula has more than 1500 operations",
    ),
    (["a = theta^900", "theta = a^900"], {}, {}, "the powers of this formula go beyond 1000"),
]


@pytest.mark.parametrize(("lines", "state", "hyperparameters", "sentence"), WRONG)
def test_a_rule_is_refused_with_line_and_column(
    lines: list[str],
    state: dict[str, float],
    hyperparameters: dict[str, float],
    sentence: str,
) -> None:
    with pytest.raises(Problem) as caught:
        Rule(lines, state, hyperparameters)
    assert str(caught.value) == sentence
    starts = sentence.startswith("line ")
    assert caught.value.line == (int(sentence[5 : sentence.index(":")]) if starts else None)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(lines=st.lists(st.text(max_size=30), max_size=4))
def test_any_lines_are_read_or_refused(lines: list[str]) -> None:
    with pytest.raises(Problem):
        Rule([*lines, "theta = nothing"], {}, {})
    with contextlib.suppress(Problem):
        Rule([*lines, "theta = theta - eta*g"], {}, {})


@pytest.mark.parametrize(
    "line",
    [
        "theta = (theta + g + eta + t)^200",
        "theta = " + "*".join(f"(theta + {i}g)" for i in range(1, 14)),
        "theta = sqrt(theta^2 + g)",
        "theta = exp(theta + g) + theta^0.5",
    ],
)
def test_an_odd_rule_still_moves_to_what_it_says(line: str) -> None:
    read = rule(line)
    known = given_at(1.1, 0.2, 0.1)
    formula = line.removeprefix("theta = ").replace("^", "**")
    formula = "".join(
        "*g" if c == "g" and formula[place - 1].isdigit() else c for place, c in enumerate(formula)
    )
    functions = {"sqrt": math.sqrt, "exp": math.exp}
    assert 1.1 + read.update(known) == pytest.approx(eval(formula, functions, known), rel=1e-12)


@pytest.mark.parametrize(
    ("text", "constants"),
    [
        ("", {}),
        ("beta1 = 0.9, beta2 = 0.999", {"beta1": 0.9, "beta2": 0.999}),
        ("beta1=0.9;delta=1e-8", {"beta1": 0.9, "delta": 1e-8}),
        ("β₁ ＝ 0.9，k ← -1\nc := 1/3;", {"beta1": 0.9, "k": -1.0, "c": 1 / 3}),
        ("k = 2*pi", {"k": 2 * math.pi}),
        ("k = −1e3", {"k": -1000.0}),
    ],
)
def test_constants_are_read_as_typed(text: str, constants: dict[str, float]) -> None:
    assert read_constants(text) == constants


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("beta1", "beta1 does not have the form name = number"),
        ("beta1 =", "beta1 = does not have the form name = number"),
        ("beta1 = x", "beta1 = x does not have the form name = number"),
        ("beta = 0,9", "9 does not have the form name = number"),
        ("k = 1e999", "k = 1e999 does not have the form name = number"),
        ("k = nan", "k = nan does not have the form name = number"),
        ("k = 1/0", "k = 1/0 does not have the form name = number"),
        ("1 = 2", "1 is not a name"),
        ("= 2", "= 2 does not have the form name = number"),
        ("sin = 2", "sin is not a name"),
        ("k = 1, k = 2", "k is given twice"),
        ("k = 1, κ = 2, kappa = 3", "kappa is given twice"),
        ("k = __import__('os')", "k = __import__('os') does not have the form name = number"),
    ],
)
def test_constants_are_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Problem) as caught:
        read_constants(text)
    assert str(caught.value) == sentence


constant_names = st.sampled_from(["beta1", "beta2", "k", "delta", "weight_decay", "T", "x12"])
constant_values = st.floats(allow_nan=False, allow_infinity=False)


@laws
@given(constants=st.dictionaries(constant_names, constant_values))
def test_constants_that_are_written_read_back(constants: dict[str, float]) -> None:
    assert read_constants(write_constants(constants)) == constants


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_a_rule_is_typeset_line_by_line(key: str) -> None:
    for line in rule_of(key).read().lines:
        assert r" \leftarrow " in line.latex()
        assert line.text.startswith(f"{line.target} = ")
