"""The LaTeX of a formula is the formula as typed, and the typesetter accepts all of it."""

from __future__ import annotations

import math
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import smooth_trees, trees

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.formula.expression import Node
from gdsim.core.formula.latex import latex, number_latex, number_text, plain
from gdsim.core.formula.names import latex_name, plain_name
from gdsim.core.formula.notation import canonical_name, parse
from gdsim.core.formula.symbolic import gradient
from gdsim.core.loss.objective import Objective

FUNCTIONS = catalogue.functions()
OPTIMIZERS = catalogue.optimizers()
SCHEDULES = catalogue.schedules()


@pytest.mark.parametrize(
    ("typed", "typeset"),
    [
        ("(1 - x)^2 + 100*(y - x^2)^2", "{(1 - x)}^{2} + 100 {(y - {x}^{2})}^{2}"),
        ("-x^2", "-{x}^{2}"),
        ("2*3x", r"2 \cdot 3 x"),
        ("1/2x", r"\frac{1}{2} x"),
        ("x/(2y)", r"\frac{x}{2 y}"),
        ("x/y/z", r"\frac{x}{y z}"),
        ("sqrt(x)", r"\sqrt{x}"),
        ("abs(x - 1)", "|x - 1|"),
        ("exp(-x^2)", r"\mathrm{e}^{-{x}^{2}}"),
        ("e^x", r"{\mathrm{e}}^{x}"),
        ("asin(x)", r"\arcsin(x)"),
        ("max(x, 0)", r"\max(x, 0)"),
        ("sign(x)", r"\operatorname{sign}(x)"),
        ("1e-3x", r"10^{-3} x"),
        ("2.5e3x", r"2.5 \cdot 10^{3} x"),
        ("(x^2)^3", "{({x}^{2})}^{3}"),
        ("x*(-y)", "x (-y)"),
        ("x - (y - z)", "x - (y - z)"),
        ("2*pi*theta1", r"2 \pi \theta_{1}"),
        ("0.50x", "0.50 x"),
    ],
)
def test_a_formula_is_typeset_in_the_typed_order(typed: str, typeset: str) -> None:
    shown = parse(typed).latex().replace(r"\left", "").replace(r"\right", "")
    assert " ".join(shown.split()) == typeset


@pytest.mark.parametrize(
    ("name", "typeset", "written"),
    [
        ("x", "x", "x"),
        ("theta", r"\theta", "θ"),
        ("theta1", r"\theta_{1}", "θ₁"),
        ("Gamma", r"\Gamma", "Γ"),
        ("m_hat", r"\hat{m}", "m̂"),
        ("v_max", r"v_{\mathrm{max}}", "v_max"),
        ("rate", r"\mathrm{rate}", "rate"),
        ("x12", "x_{12}", "x₁₂"),
    ],
)
def test_a_name_is_typeset(name: str, typeset: str, written: str) -> None:
    assert latex_name(name) == typeset
    assert plain_name(name) == written


@pytest.mark.parametrize("letter", ["m", "y", "theta", "Gamma", "mu"])
@pytest.mark.parametrize("index", ["", "1", "12"])
@pytest.mark.parametrize("accent", ["", "_hat", "_bar", "_tilde"])
@pytest.mark.parametrize("below", ["", "_i", "_max"])
def test_a_written_name_reads_back_as_itself(
    letter: str, index: str, accent: str, below: str
) -> None:
    name = canonical_name(f"{letter}{index}{accent}{below}")
    written = plain_name(name)
    for form in ("NFC", "NFD"):
        typed = unicodedata.normalize(form, written)
        assert parse(f"2{typed} + 3·{typed}/{typed} − ({typed})²").names == (name,)


@settings(derandomize=True, max_examples=300)
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_the_text_of_a_number_reads_back_as_the_number(value: float) -> None:
    text = number_text(value)
    assert float(text) == value
    assert "." not in text or not text.endswith(".0") or "e" in text
    assert number_latex(text)


@pytest.mark.parametrize("key", FUNCTIONS)
def test_a_function_and_its_slopes_are_typeset(key: str) -> None:
    loss = Objective(FUNCTIONS[key].loss, FUNCTIONS[key].parameters, FUNCTIONS[key].constants)
    assert_typeset(loss.latex())
    for slope in loss.gradient_latex():
        assert_typeset(slope)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_lines_of_an_optimizer_are_typeset(key: str) -> None:
    for line in OPTIMIZERS[key].rule:
        target, formula = (part.strip() for part in line.split("=", 1))
        assert_typeset(f"{latex_name(target)} \\leftarrow {parse(formula).latex()}")


@pytest.mark.parametrize("key", SCHEDULES)
def test_a_schedule_is_typeset(key: str) -> None:
    assert_typeset(parse(SCHEDULES[key].formula, None, ("floor",)).latex())


@settings(derandomize=True, deadline=None, max_examples=25)
@given(tree=trees)
def test_any_formula_is_typeset(tree: Node) -> None:
    assert_typeset(latex(tree))


@settings(derandomize=True, deadline=None, max_examples=15)
@given(tree=smooth_trees)
def test_any_gradient_is_typeset(tree: Node) -> None:
    for slope in gradient(tree, ("x", "y")):
        assert_typeset(latex(slope))


def assert_typeset(text: str) -> None:
    import ziamath

    width, height = ziamath.Latex(text, size=20).getsize()
    assert math.isfinite(width + height)
    assert width > 0
    assert height > 0


@settings(derandomize=True, deadline=None, max_examples=200)
@given(tree=trees)
def test_braces_and_parentheses_are_paired(tree: Node) -> None:
    typeset = latex(tree)
    assert typeset.count("{") == typeset.count("}")
    assert typeset.count(r"\left") == typeset.count(r"\right")
    written = plain(tree)
    assert written.count("(") == written.count(")")
