"""Any text is read as a formula or refused in a sentence; no code runs, nothing hangs."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdsim.core.formula.notation import MAX_LENGTH, parse
from gdsim.core.formula.parser import MAX_NESTING, MAX_NODES
from gdsim.core.loss.objective import MAX_PARAMETERS, Objective
from gdsim.core.problem import Problem

FUNCTIONS = (
    "abs acos asin atan cos cosh exp floor huber leaky_relu log max min relu sigmoid sign"
    " sin sinh softplus sqrt tan tanh"
)
COMMA = (
    "the comma at column {} is only for the arguments of a function;"
    " decimals are written with a point"
)
FOREIGN = "{} at column {} is not part of the notation"

REFUSED = {
    # code in Python
    "__import__('os').system('x')": FOREIGN.format("_", 1),
    "x.__class__": FOREIGN.format(".", 2),
    "x[0]": FOREIGN.format("[", 2),
    "{x}": FOREIGN.format("{", 1),
    "'x'": FOREIGN.format("'", 1),
    'x + "y"': FOREIGN.format('"', 5),
    "x; y": FOREIGN.format(";", 2),
    "x = 3": FOREIGN.format("=", 3),
    "x < y": FOREIGN.format("<", 3),
    "x % y": FOREIGN.format("%", 3),
    "lambda: 0": FOREIGN.format(":", 7),
    "a\\b": FOREIGN.format("\\", 2),
    "eval(x)": f"unknown function eval at column 1; known: {FUNCTIONS}",
    "2 + exec(x)": f"unknown function exec at column 5; known: {FUNCTIONS}",
    "ceiling(x)": f"unknown function ceiling at column 1; known: {FUNCTIONS}",
    "10_000x": FOREIGN.format("_", 3),
    # signs that are not part of the notation
    "x @ y": FOREIGN.format("@", 3),
    "x!": FOREIGN.format("!", 2),
    "x½": FOREIGN.format("½", 2),
    "x + 🙂": FOREIGN.format("🙂", 5),
    "x\x00": FOREIGN.format("'\\x00'", 2),
    "x\ud800": FOREIGN.format("'\\ud800'", 2),
    "∂x": FOREIGN.format("∂", 1),
    "x → y": FOREIGN.format("→", 3),
    "٣x": FOREIGN.format("٣", 1),
    "xⁿ": FOREIGN.format("ⁿ", 2),
    "θₜ": FOREIGN.format("ₜ", 2),
    "x⁽²⁾": FOREIGN.format("⁽", 2),
    "|x|": "| at column 1 is not part of the notation; write abs(…)",
    # incomplete
    "": "the formula is empty",
    " \t\n ": "the formula is empty",
    "2 +": "the formula ends at column 4, but something must follow",
    "x**": "the formula ends at column 4, but something must follow",
    "^2": "^ at column 1 lacks an operand",
    "*x": "* at column 1 lacks an operand",
    "÷x": "÷ at column 1 lacks an operand",
    "²": "² at column 1 lacks an operand",
    "x⁻": "⁻ at column 2 lacks an operand",
    "2^^3": "^ at column 3 lacks an operand",
    "()": ") at column 2 lacks an operand",
    "max(x,)": ") at column 7 lacks an operand",
    "(x + 1": "the parenthesis opened at column 1 is never closed",
    "2*sin(x": "the parenthesis opened at column 6 is never closed",
    "exp(x))": "the parenthesis closed at column 7 was never opened",
    "x)(": "the parenthesis closed at column 2 was never opened",
    # two numbers side by side, decimals with a comma
    "x 2": "an operator is missing before 2 at column 3",
    "1.2.3": "an operator is missing before .3 at column 4",
    "(x 2)": "an operator is missing before 2 at column 4",
    "0,1x": COMMA.format(2),
    "0，1x": COMMA.format(2),
    "sin(x, y)": "sin at column 1 takes one argument",
    "(0,1)x": COMMA.format(3),
    "min(x)": "min at column 1 takes two or more arguments",
    "sin x": "sin at column 1 needs its argument in parentheses",
    "sin^2(x)": "sin at column 1 needs its argument in parentheses",
    "ln(x)": "unknown function ln at column 1; the natural logarithm is log",
    "3 + foo(x)": f"unknown function foo at column 5; known: {FUNCTIONS}",
    # names
    "xy + x + y": "xy would be a parameter of its own; the product is written x*y",
    "x__y": "x__y at column 1 is not a name",
    "x + y_": "y_ at column 5 is not a name",
    "a" * 33: f"{'a' * 33} at column 1 is not a name",
    # numbers that are too large or undefined
    "9**9**9**9": "the number at column 1 is too large to compute with",
    "x + 9^9^9": "the number at column 5 is too large to compute with",
    "1e999": "the number at column 1 is too large to compute with",
    "x + exp(1000)": "the number at column 5 is too large to compute with",
    "x*(1e308*10)": "the number at column 4 is too large to compute with",
    "1/0 + x": "division by zero at column 1",
    "x/0": "division by zero at column 3",
    "x/(1 - 1)": "division by zero at column 4",
    "x + log(-1)": "the number at column 5 is not defined in the reals",
    "sqrt(-1)x": "the number at column 1 is not defined in the reals",
    "(-8)^(1/3)x": "the number at column 3 is not defined in the reals",
    # size
    "(" * 10_000: f"the formula has 10000 characters; at most {MAX_LENGTH} are read",
    "(" * 10_000 + "x" + ")" * 10_000: "the formula has 20001 characters; at most 4000 are read",
    "x" * 1_000_000: "the formula has 1000000 characters; at most 4000 are read",
    "(" * 1_000 + "x" + ")" * 1_000: "the formula is nested more than 60 deep at column 61",
    "-" * 100 + "x": "the formula is nested more than 60 deep at column 62",
    "x^" * 100 + "x": "the formula is nested more than 60 deep at column 122",
    "sin(" * 100 + "x" + ")" * 100: "the formula is nested more than 60 deep at column 244",
    "x" + "+x" * 1_900: f"the formula has more than {MAX_NODES} operations",
}


MOST_CALLS_TO_READ, MOST_CALLS_TO_DIFFERENTIATE = 500_000, 15_000_000


@contextmanager
def at_most(calls: int) -> Iterator[None]:
    """Work is counted in calls of Python functions, which are the same on every machine."""
    begun = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal begun
        begun += event == "call"

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)
    assert begun < calls


@pytest.mark.parametrize(("text", "sentence"), REFUSED.items(), ids=lambda text: repr(text[:20]))
def test_a_formula_is_refused_with_its_sentence(text: str, sentence: str) -> None:
    with at_most(MOST_CALLS_TO_READ), pytest.raises(Problem) as caught:
        parse(text)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text[:20]))
def test_the_column_is_part_of_the_problem(text: str) -> None:
    with pytest.raises(Problem) as caught:
        parse(text)
    problem = caught.value
    stated = re.search(r"at column (\d+)", str(problem)[:200])
    assert problem.column == (int(stated[1]) if stated else None)
    assert problem.template.format(**problem.fields) == str(problem)
    assert "\n" not in str(problem)
    assert len(str(problem)) < 250


@pytest.mark.parametrize(
    ("text", "names", "sentence"),
    [
        ("x + z", ("x", "y"), "unknown name z at column 5; known: x, y"),
        (
            "theta10 + z",
            ("theta10", "theta2"),
            "unknown name z at column 11; known: theta2, theta10",
        ),
        ("x + θ", ("x",), "unknown name theta at column 5; known: x"),
        ("1 + xy", ("x", "y"), "unknown name xy at column 5; a product is written x*y"),
        ("foo(x)", ("x",), f"unknown function foo at column 1; known: {FUNCTIONS}"),
        ("f(x)", ("x",), "unknown name f at column 1; known: x"),
    ],
)
def test_a_name_must_be_among_the_known_ones(
    text: str, names: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(Problem) as caught:
        parse(text, names)
    assert str(caught.value) == sentence


def test_the_largest_allowed_formulas_are_read() -> None:
    assert parse("(" * MAX_NESTING + "x" + ")" * MAX_NESTING).names == ("x",)
    assert parse("x+" * (MAX_NODES - 2) + "x").names == ("x",)
    assert parse("x" + " " * (MAX_LENGTH - 1)).names == ("x",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("3", "the formula has no parameter, so nothing can be minimised"),
        ("e^pi", "the formula has no parameter, so nothing can be minimised"),
        (
            "+".join(f"x{i}" for i in range(MAX_PARAMETERS + 1)),
            "the formula has 65 parameters; gdsim takes at most 64",
        ),
        ("(((3x)^1000)^1000)^1000", "the powers of this formula go beyond 1000"),
        ("x^1e300", "the powers of this formula go beyond 1000"),
        (
            "*".join(f"sin(x + {i}y)" for i in range(40)),
            "the formula is too large to be differentiated",
        ),
        ("1 + 2sin(" * 59 + "x" + ")" * 59, "the formula is too large to be differentiated"),
        ("max(x, " * 50 + "y" + ")" * 50, "the formula is too large to be differentiated"),
    ],
    ids=lambda text: repr(text[:20]),
)
def test_a_loss_is_refused_before_its_derivatives_explode(text: str, sentence: str) -> None:
    with at_most(MOST_CALLS_TO_READ), pytest.raises(Problem) as caught:
        Objective(text)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "sqrt(1 + " * 12 + "x" + ")" * 12,
        "x*cos(" * 8 + "x" + ")" * 8,
        "+".join(f"sin({i}x)*y^{i % 7}" for i in range(1, 60)),
        "+".join(f"(1 - x{i})^2 + 100(x{i + 1} - x{i}^2)^2" for i in range(1, 16)),
        "max(" + ",".join(f"{i}x - {i * i}y" for i in range(24)) + ")",
        "((x + y)^30 + (x - y)^30)^30",
        "(x + y + 1)^1000",
        "sinh((x + y + 1)^90)",
        "sinh(exp(1.7 + cos(e - y - x)^3 + (0.5^x + y^1.3)^30))^1.3",
        "(log(x)*0.35/(3.5 + tan(0.5) + min(pi, 3)))^30",
        "x^" * 8 + "x",
        "/".join(f"(x + {i}y)" for i in range(1, 12)),
    ],
    ids=lambda text: text[:20],
)
def test_a_large_loss_is_differentiated_with_bounded_work(text: str) -> None:
    loss = Objective(text)
    point = [0.3] * loss.dimension
    with at_most(MOST_CALLS_TO_DIFFERENTIATE):
        assert loss.gradient(point).shape == (loss.dimension,)
        assert loss.hessian(point).shape == (loss.dimension, loss.dimension)


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        (("x",), "unknown name y at column 5; known: x"),
        (("x", "y", "x"), "x is given twice"),
        (("x", "y", "a b"), "a b is not a name"),
        (("x", "y", "sin"), "sin is not a name"),
        (("x", "y", "theta_1"), "theta_1 is not a name"),
        (("x", "y", "θ"), "θ is not a name"),
    ],
)
def test_the_order_of_parameters_is_checked(parameters: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(Problem) as caught:
        Objective("x + y", parameters)
    assert str(caught.value) == sentence


def refusal(text: str) -> Problem | None:
    try:
        loss = Objective(text)
    except Problem as problem:
        return problem
    assert isinstance(loss.value([0.5] * loss.dimension), float)
    return None


def reads_or_refuses(text: str) -> None:
    with at_most(MOST_CALLS_TO_READ):
        problem = refusal(text)
    assert problem is None or len(str(problem).splitlines()) == 1


@settings(derandomize=True, deadline=None, max_examples=400)
@given(text=st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    reads_or_refuses(text)


PIECES = (
    "x y θ θ₁ e pi π 0 1 2.5 1e-3 1e308 ( ) ( ) + - * / ^ ** , ² ⁻¹ · − √( sin( exp( log( max( abs("
    " __class__ . ' lambda if import （ ） ＋ ½ sum(j,1,3, sum(k,0,j, a_j w_jk j k x^j huber( relu("
).split(" ")


@settings(derandomize=True, deadline=None, max_examples=600)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=20))
def test_any_jumble_of_notation_is_read_or_refused(pieces: list[str]) -> None:
    reads_or_refuses("".join(pieces))
    reads_or_refuses(" ".join(pieces))
