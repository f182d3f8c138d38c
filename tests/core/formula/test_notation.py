"""Blackboard notation is read with the meaning that people give it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import as_read, same, trees, value_of

from gdsim.core.formula.expression import Node, evaluate
from gdsim.core.formula.latex import plain
from gdsim.core.formula.names import GREEK_LETTERS, latex_name, natural_order, plain_name
from gdsim.core.formula.notation import canonical_name, parse
from gdsim.core.formula.tokens import is_name
from gdsim.core.problem import Problem

SAME_MEANING = [
    # products without a sign
    ("2x", "2*x"),
    ("3(x + 1)", "3*(x + 1)"),
    ("(x + 1)(x - 1)", "(x + 1)*(x - 1)"),
    ("x(y + 1)", "x*(y + 1)"),
    ("2x y", "2*x*y"),
    ("2sin(x)cos(x)", "2*sin(x)*cos(x)"),
    ("x^2y", "x^2*y"),
    ("1/2x", "1/2*x"),
    ("2πx", "2*pi*x"),
    ("θφ", "theta*phi"),
    ("θ₁θ₂", "theta1*theta2"),
    ("x₁y", "x1*y"),
    # signs of keyboards, word processors and input methods
    ("x**2", "x^2"),
    ("x ** -2", "x^(-2)"),
    ("x·y×z", "x*y*z"),
    ("x⋅y∙z∗w", "x*y*z*w"),
    ("x÷y∕z", "x/y/z"),
    ("x − y – z", "x - y - z"),
    ("（ｘ＋１）＊（ｙ－２）／３", "(x+1)*(y-2)/3"),
    ("ｓｉｎ（ｘ）＾２", "sin(x)^2"),
    ("ｍａｘ（ｘ，ｙ）", "max(x, y)"),
    ("√(x + 1)", "sqrt(x+1)"),
    # superscripts are powers
    ("x²", "x^2"),
    ("x¹⁰", "x^10"),
    ("x⁻²", "x^(-2)"),
    ("2x³y²", "2*x^3*y^2"),
    ("(x + 1)²", "(x+1)^2"),
    ("θ₁²", "theta1^2"),
    ("-x²", "-(x^2)"),
    # Greek, indices
    ("θ", "theta"),
    ("ϑ + ϕ", "theta + phi"),
    ("𝜃", "theta"),
    ("θ_1", "theta1"),
    ("theta_1", "theta1"),
    ("x₁₂", "x12"),
    ("Θ", "Theta"),
    ("µ", "mu"),
    # order of operations
    ("2^3^2*x", "2^(3^2)*x"),
    ("2^-x", "2^(-x)"),
    ("x--y", "x-(-y)"),
    ("x*-y", "x*(-y)"),
    ("+x", "x"),
    ("x/y/z", "(x/y)/z"),
    ("x - y + z", "(x - y) + z"),
    ("-x*y", "-(x*y)"),
    ("  x\t+\n1 ", "x+1"),
]


@pytest.mark.parametrize(("typed", "meant"), SAME_MEANING)
def test_two_ways_to_type_the_same_formula(typed: str, meant: str) -> None:
    left, right = parse(typed), parse(meant)
    assert left.names == right.names
    values = {name: 1.25 + 0.75 * place for place, name in enumerate(left.names)}
    assert evaluate(left.root, values) == evaluate(right.root, values)
    assert as_read(left.root) == as_read(right.root)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3*4", 14.0),
        ("2*3^2", 18.0),
        ("-2^2", -4.0),
        ("2^3^2", 512.0),
        ("(-2)^2", 4.0),
        ("1/2*4", 2.0),
        ("8/4/2", 1.0),
        ("7 - 4 - 2", 1.0),
        (".5 + 1. + 2.5e1 + 1E-1", 26.6),
        ("pi", math.pi),
        ("π/e", math.pi / math.e),
        ("2e", 2 * math.e),
        ("1e3", 1000.0),
        ("sqrt(16) + abs(-3) + sign(-2)", 6.0),
        ("min(3, 1, 2) + max(3, 1, 2)", 4.0),
        ("exp(0) + log(e) + sin(0) + cos(0) + tan(0)", 3.0),
        ("asin(0) + acos(1) + atan(0) + sinh(0) + cosh(0) + tanh(0)", 1.0),
        ("e^2", math.e**2),
    ],
)
def test_a_constant_formula_has_its_value(text: str, value: float) -> None:
    assert evaluate(parse(text).root, {}) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("(1 - x)^2 + 100(y - x²)²", ("x", "y")),
        ("theta10 + theta2 + b", ("b", "theta2", "theta10")),
        ("z + y*e^x + pi", ("x", "y", "z")),
        ("w1*x2 + w10", ("w1", "w10", "x2")),
        ("3", ()),
        ("lambda*β₀", ("beta0", "lambda")),
    ],
)
def test_the_names_are_found_in_natural_order(text: str, names: tuple[str, ...]) -> None:
    assert parse(text).names == names
    assert parse(text, names).names == names


@pytest.mark.parametrize(("letter", "name"), GREEK_LETTERS.items())
def test_every_greek_letter_has_its_name(letter: str, name: str) -> None:
    if name == "pi":
        assert evaluate(parse(letter).root, {}) == math.pi
        return
    assert parse(letter).names == (name,)
    assert parse(f"2{letter}₃{letter}").names == tuple(sorted([name, f"{name}3"]))
    assert canonical_name(letter) == name
    assert parse(plain_name(name)).names == (name,)


@pytest.mark.parametrize("name", ["x", "theta", "theta1", "v_max", "x12", "lambda", "momentum"])
def test_a_name_is_a_name_in_every_spelling(name: str) -> None:
    assert is_name(name)
    assert canonical_name(name) == name
    assert parse(plain_name(name)).names == (name,)
    assert latex_name(name)


@pytest.mark.parametrize(
    "text", ["", " ", "1", "x y", "x+", "sin", "e", "pi", "π", "_x", "x_", "x__y", "a" * 33, "x.y"]
)
def test_other_text_is_not_a_name(text: str) -> None:
    assert not is_name(text)
    with pytest.raises(Problem, match=r"is not a name|is not part of the notation"):
        canonical_name(text)


def test_indices_count_as_numbers_in_the_order_of_names() -> None:
    names = ["theta10", "theta2", "x", "b", "theta1", "theta"]
    ordered = ["b", "theta", "theta1", "theta2", "theta10", "x"]
    assert sorted(names, key=natural_order) == ordered


@settings(derandomize=True, deadline=None, max_examples=300)
@given(tree=trees, points=st.data())
def test_a_written_tree_reads_back_as_itself(tree: Node, points: st.DataObject) -> None:
    text = plain(tree)
    read = parse(text)
    assert read.root == as_read(tree)
    assert plain(read.root) == text
    values = {name: points.draw(st.floats(-4, 4)) for name in read.names}
    before, after = value_of(tree, values), value_of(read.root, values)
    assert (before is None) == (after is None)
    assert before is None or after is None or same(before, after)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(tree=trees)
def test_blanks_and_variants_of_a_sign_do_not_matter(tree: Node) -> None:
    text = plain(tree)
    spaced = text.replace("·", " × ").replace("(", " ( ").replace("√ ", "√")
    ascii_signs = text.replace("·", "*").replace("−", "-").replace("√", "sqrt")
    wide = "".join(chr(ord(c) + 0xFEE0) if c in "0123456789()+-*/^,." else c for c in ascii_signs)
    root = parse(text).root
    assert parse(spaced).root == parse(ascii_signs).root == parse(wide).root == root
