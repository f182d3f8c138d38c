"""The Taylor predictions for a step as text: in letters and in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from gdsim.core.arrays import Floats
from gdsim.core.formula.expression import Name, Node, Number, Power, Product, Sum, evaluate
from gdsim.core.formula.names import plain_name
from gdsim.core.number_text import shown
from gdsim.core.step.explain import arithmetic
from gdsim.core.taylor.directions import StepCircle, cosine
from gdsim.core.taylor.local_model import LocalModel, TaylorPolynomial


class Term(Enum):
    """A prediction of the change of L by its order, or the actual change."""

    FIRST = "first"
    SECOND = "second"
    HIGHER = "higher"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class PredictionLine:
    """A prediction of the change of L in a step, or the actual change.

    ``latex`` and ``plain`` show its formula in letters, ``numbers`` with the numbers of this step.
    ``value`` is computed from the same expression tree, so that text and value cannot disagree.
    """

    term: Term
    latex: str
    plain: str
    numbers: str
    value: float


_FIRST = (r"\nabla L \cdot \Delta", "∇L·Δ")
_FIRST_OF_ONE = (r"L' \, \Delta", "L′·Δ")
_SECOND = (r"\nabla L \cdot \Delta + \frac{1}{2} \Delta^{\top} H \Delta", "∇L·Δ + ½·ΔᵀHΔ")
_SECOND_OF_ONE = (r"L' \, \Delta + \frac{1}{2} L'' \, \Delta^{2}", "L′·Δ + ½·L″·Δ²")
_ACTUAL = (r"L(\theta + \Delta) - L(\theta)", "L(θ + Δ) − L(θ)")

_DIFFERENCE = Sum(((1, Name("there")), (-1, Name("here"))))

LETTERS = {
    Term.FIRST: (r"\left\|\nabla L\right\| r \cos\beta", "‖∇L‖·r·cos β"),
    Term.SECOND: (
        r"\ldots + \frac{1}{2} \Delta^{\top} H \Delta",
        "… + ½·ΔᵀHΔ",
    ),
    Term.ACTUAL: _ACTUAL,
}
"""The predictions for a step of length r at the angle β to ∇L, as LaTeX and as plain text."""


def prediction_lines(
    model: LocalModel, delta: Floats, polynomial: TaylorPolynomial | None = None
) -> tuple[PredictionLine, ...]:
    """The predictions of first and second order, that of a polynomial of higher order if there is
    one, and the actual change by the step Δ (d,)."""
    first = _first(model, delta)
    lines = [first, _second(model, delta, first.value)]
    if polynomial is not None and polynomial.order > 2:
        lines.append(_higher(model, delta, polynomial))
    return (*lines, _actual(model, delta))


def _line(
    term: Term, letters: tuple[str, str], node: Node, values: Mapping[str, float]
) -> PredictionLine:
    try:
        value = evaluate(node, values)
    except (ArithmeticError, ValueError):
        value = float("nan")
    return PredictionLine(term, *letters, arithmetic(node, values, value), value)


def _first(model: LocalModel, delta: Floats) -> PredictionLine:
    d = len(delta)
    values = {
        **{f"g{place}": float(slope) for place, slope in enumerate(model.gradient)},
        **{f"d{place}": float(part) for place, part in enumerate(delta)},
    }
    products = [_times(f"g{place}", f"d{place}") for place in range(d)]
    node = products[0] if d == 1 else _sum(*products)
    return _line(Term.FIRST, _FIRST_OF_ONE if d == 1 else _FIRST, node, values)


def _second(model: LocalModel, delta: Floats, first: float) -> PredictionLine:
    """For one or two parameters with the entries of H; for more, ΔᵀHΔ is one number."""
    values = {"first": first, "x": float(delta[0]), "y": float(delta[-1])}
    if len(delta) > 2:
        values["form"] = float(model.curvature(delta))
        return _line(Term.SECOND, _SECOND, _sum(Name("first"), _half(Name("form"))), values)
    values["xx"] = float(model.hessian[0, 0])
    if len(delta) == 1:
        half: Node = Product(((1, Name("xx")), (1, _power("x", 2)), (-1, Number(2.0))))
        return _line(Term.SECOND, _SECOND_OF_ONE, _sum(Name("first"), half), values)
    values |= {"xy": float(model.hessian[0, 1]), "yy": float(model.hessian[1, 1])}
    terms = (
        Product(((1, Name("xx")), (1, _power("x", 2)))),
        Product(((1, Number(2.0)), (1, Name("xy")), (1, Name("x")), (1, Name("y")))),
        Product(((1, Name("yy")), (1, _power("y", 2)))),
    )
    # Terms that are zero are not shown.
    kept = [term for term in terms if _value(term, values) != 0.0]
    form = _sum(*kept) if len(kept) > 1 else kept[0] if kept else Number(0.0)
    return _line(Term.SECOND, _SECOND, _sum(Name("first"), _half(form)), values)


def _higher(model: LocalModel, delta: Floats, polynomial: TaylorPolynomial) -> PredictionLine:
    """The change that the polynomial predicts; :func:`polynomial_text` writes it out."""
    n = polynomial.order
    letters = (f"P_{{{n}}}(\\theta + \\Delta) - L(\\theta)", f"P{_below(n)}(θ + Δ) − L(θ)")
    there = polynomial.at(float(model.theta[0] + delta[0]))
    return _line(Term.HIGHER, letters, _DIFFERENCE, {"there": there, "here": model.value})


def _actual(model: LocalModel, delta: Floats) -> PredictionLine:
    there = model.objective.value(model.theta + delta)
    return _line(Term.ACTUAL, _ACTUAL, _DIFFERENCE, {"there": there, "here": model.value})


def cosine_text(circle: StepCircle, beta: float) -> str:
    """‖∇L‖ r cos β in numbers, with the value of cos β: ``5·0.1·(−0.5) = −0.25``."""
    values = {"slope": circle.steepness, "r": circle.radius, "cos": cosine(beta)}
    node = Product(((1, Name("slope")), (1, Name("r")), (1, Name("cos"))))
    return arithmetic(node, values, _value(node, values))


def polynomial_text(polynomial: TaylorPolynomial, name: str, digits: int = 4) -> str:
    """``P₂(x) = 0.9636 + 0.2675·(x − 1.3) − 0.4818·(x − 1.3)^2``; terms of zero are left out."""
    symbol, centre = plain_name(name), polynomial.centre
    offset = symbol
    if centre != 0:
        offset = f"({symbol} {'−' if centre > 0 else '+'} {shown(abs(centre), digits)})"
    text = ""
    for k, coefficient in enumerate(polynomial.coefficients.tolist()):
        if coefficient == 0:
            continue
        size = shown(abs(coefficient), digits)
        if k:
            power = offset if k == 1 else f"{offset}^{k}"
            size = power if size == "1" else f"{size}·{power}"
        if text:
            text += f" {'−' if coefficient < 0 else '+'} {size}"
        else:
            text = f"{'−' if coefficient < 0 else ''}{size}"
    return f"P{_below(polynomial.order)}({symbol}) = {text or '0'}"


def _below(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def _times(one: str, other: str) -> Node:
    return Product(((1, Name(one)), (1, Name(other))))


def _power(name: str, exponent: int) -> Node:
    return Power(Name(name), Number(float(exponent)))


def _half(node: Node) -> Node:
    return Product(((1, node), (-1, Number(2.0))))


def _sum(*terms: Node) -> Node:
    return Sum(tuple((1, term) for term in terms))


def _value(node: Node, values: Mapping[str, float]) -> float:
    try:
        return evaluate(node, values)
    except (ArithmeticError, ValueError):
        return float("nan")
