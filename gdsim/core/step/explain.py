"""One update as written-out arithmetic: every line in letters and with the numbers of this step.

Numbers are rounded. The operands have as many digits as are needed so that computing with the shown
operands, on a calculator, gives the shown result. A number with few decimals, such as 1.332835, is
shown exactly.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from gdsim.core.formula.expression import Name, Negate, Node, Number, Product, Sum, evaluate
from gdsim.core.formula.latex import number_text, plain
from gdsim.core.formula.names import latex_name, plain_name
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.number_text import DIGITS, shown
from gdsim.core.optimizer.rule import Rule
from gdsim.core.run.descent import given_values
from gdsim.core.run.trace import Step, Trace

_MOST_DIGITS = 17
_FULL = 8  # significant digits up to which a number is shown exactly
_FEWEST = 6  # rows up to which the term of each row is shown
_LONGEST = 220  # characters of arithmetic; longer ones are replaced by …, or only by the result


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """A line of an update.

    ``latex`` and ``plain`` show it in letters. ``numbers`` contains pairs of a parameter's name
    (empty where the line is the same for all parameters) and the line in numbers.
    """

    latex: str
    plain: str
    numbers: tuple[tuple[str, str], ...]


def arithmetic(node: Node, values: Mapping[str, float], result: float) -> str:
    """The expression with numbers in place of names, and its value: ``0 − 0.1·(−6) = 0.6``.

    Parameters
    ----------
    values : the value of every name in the tree.
    result : the value that was computed from the unrounded values.
    """
    for digits in range(DIGITS, _MOST_DIGITS + 1):
        by_hand = _by_hand(node, values, digits)
        text = _agreed(by_hand, result)
        if text is not None:
            break
    else:
        text = shown(result)
    sign = "=" if _is_exact(text, result) and _is_exact(text, by_hand) else "≈"
    left = plain(
        node,
        name=lambda name: shown(values[name], _digits(values[name], digits)),
        number=lambda value: number_text(value).replace("-", "−"),
    )
    if left == text or len(left) > _LONGEST:
        return f"{sign} {text}"
    return f"{left} {sign} {text}"


def _digits(value: float, digits: int) -> int:
    """``digits``, or more where the number can then be shown exactly."""
    return max(digits, _FULL) if _is_exact(shown(value, _FULL), value) else digits


def _agreed(by_hand: float, result: float) -> str | None:
    """The result as text if the value by hand has the same text, otherwise None.

    Where the two values lie on different sides of a rounding boundary, one is rounded up and the
    other down; then one or two more digits are tried.
    """
    whole = shown(result, _FULL)
    if _is_exact(whole, result) and _is_exact(whole, by_hand):
        return whole
    for digits in range(DIGITS, _FULL + 1):
        text = shown(result, digits)
        if shown(by_hand, digits) == text:
            return text
    return None


def _is_exact(text: str, value: float) -> bool:
    """Whether the decimal number equals the value, except for the last bits of the float."""
    if not math.isfinite(value) or text.endswith(("∞", "NaN")):
        return shown(value) == text
    return math.isclose(float(text.replace("−", "-")), value, rel_tol=1e-14, abs_tol=0.0)


def _by_hand(node: Node, values: Mapping[str, float], digits: int) -> float:
    """The value of the tree for the operands as they are shown; NaN where it is undefined."""
    rounded = {
        name: float(f"{value:.{_digits(value, digits)}g}") if math.isfinite(value) else value
        for name, value in values.items()
    }
    try:
        return evaluate(node, rounded)
    except (ArithmeticError, ValueError):
        return math.nan


def explain(trace: Trace, index: int) -> tuple[ExplainedLine, ...]:
    """The lines of update ``index`` → ``index + 1``: gradient, η if it is scheduled, and rule."""
    step = trace.step(index)
    experiment = trace.stretch(index).experiment
    rule = experiment.rule.read()
    given = given_values(trace, step)
    lines = _gradient_lines(trace, step)
    if rule.uses_newton:
        lines.append(_newton_line(trace, given))
    schedule = experiment.schedule.read()
    if not schedule.is_constant:
        values = {"t": float(index + 1), **schedule.constants}
        lines.append(
            ExplainedLine(
                rf"\eta = {schedule.latex()}",
                f"η = {schedule.plain()}",
                (("", arithmetic(schedule.shown, values, step.eta)),),
            )
        )
    return (*lines, *_rule_lines(rule, trace.parameters, given))


def _gradient_lines(trace: Trace, step: Step) -> list[ExplainedLine]:
    objective = trace.stretch(step.index).experiment.objective_at(step.index)
    values = dict(zip(trace.parameters, step.theta.tolist(), strict=True))
    letters = zip(objective.gradient_latex(), objective.gradient_plain(), strict=True)
    lines = []
    for place, (name, (formula, written)) in enumerate(zip(trace.parameters, letters, strict=True)):
        symbol, below = plain_name(name), latex_name(name)
        if len(written) > _LONGEST:
            formula, written = r"\ldots", "…"
        slope, node = float(step.gradient[place]), objective.gradient_nodes[place]
        if isinstance(objective, RowObjective):
            numbers = _mean_arithmetic(objective, node, values, slope)
        else:
            numbers = arithmetic(node, values, slope)
        lines.append(
            ExplainedLine(
                rf"g_{{{below}}} = \frac{{\partial L}}{{\partial {below}}} = {formula}",
                f"g_{symbol} = ∂L/∂{symbol} = {written}",
                ((name, numbers),),
            )
        )
    return lines


def _mean_arithmetic(
    objective: RowObjective, node: Node, values: Mapping[str, float], mean: float
) -> str:
    """A mean over rows in numbers: ``(−4 − 6 − 8)/3 = −6``; for many rows with their sum only.

    For a single row it is the formula with the numbers of this row.
    """
    count = objective.rows
    if count == 1:
        return arithmetic(node, {**values, **objective.row_values(1)[0]}, mean)
    terms = {"sum": mean * count}
    if count <= _FEWEST:
        rows = objective.row_values(count)
        terms = {f"row{i}": _row_term(node, {**values, **row}) for i, row in enumerate(rows)}
    parts: list[tuple[int, Node]] = [
        (-1 if term < 0 else 1, Name(name)) for name, term in terms.items()
    ]
    whole = Sum(tuple(parts)) if len(parts) > 1 else parts[0][1]
    over: Node = Product(((1, whole), (-1, Number(float(count)))))
    if len(parts) == 1 and parts[0][0] < 0:
        over = Negate(over)
    return arithmetic(over, {name: abs(term) for name, term in terms.items()}, mean)


def _row_term(node: Node, values: Mapping[str, float]) -> float:
    try:
        return evaluate(node, values)
    except (ArithmeticError, ValueError):
        return math.nan


def _newton_line(trace: Trace, given: list[dict[str, float]]) -> ExplainedLine:
    return ExplainedLine(
        rf"{latex_name('newton')} = {{\left(\nabla^{{2}} L\right)}}^{{-1}} \, \nabla L",
        "newton = (∇²L)⁻¹ ∇L",
        tuple(
            (name, f"= {shown(values['newton'])}")
            for name, values in zip(trace.parameters, given, strict=True)
        ),
    )


def _rule_lines(
    rule: Rule, parameters: tuple[str, ...], given: list[dict[str, float]]
) -> list[ExplainedLine]:
    known = [{**rule.hyperparameters, **values} for values in given]
    results = [rule.values(values) for values in given]
    lines = []
    for number, line in enumerate(rule.lines):
        texts = tuple(
            (name, arithmetic(line.root, known[place], results[place][number]))
            for place, name in enumerate(parameters)
        )
        for place in range(len(parameters)):
            known[place][line.target] = results[place][number]
        lines.append(
            ExplainedLine(line.latex(), f"{plain_name(line.target)} ← {plain(line.root)}", texts)
        )
    return lines
