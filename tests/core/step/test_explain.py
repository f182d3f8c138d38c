"""The shown arithmetic is right: the text is computed again."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import OPTIMIZERS, descended, experiment
from shown_arithmetic import assert_true, shown_like
from trees import NAMES, trees, value_of

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.formula.expression import Node, evaluate
from gdsim.core.formula.notation import parse
from gdsim.core.number_text import shown
from gdsim.core.run.descend import descend
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import ScheduleText
from gdsim.core.run.trace import Trace
from gdsim.core.step.explain import ExplainedLine, arithmetic, explain

STEPS = 60


def check(lines: tuple[ExplainedLine, ...]) -> int:
    count = 0
    for line in lines:
        assert line.latex
        assert line.plain
        for _, text in line.numbers:
            assert_true(text)
            count += 1
    return count


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("loss", ["quadratic", "rosenbrock", "himmelblau", "beale"])
def test_every_line_is_true(loss: str, optimizer: str) -> None:
    trace = descended(experiment(loss, optimizer), STEPS)
    rule = trace.experiment.rule.read()
    d = len(trace.parameters)
    for index in range(0, len(trace), 3):
        lines = explain(trace, index)
        assert check(lines) == d * (1 + rule.uses_newton + len(rule.lines))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_results_are_those_of_the_trace(optimizer: str) -> None:
    trace = descended(experiment("himmelblau", optimizer), STEPS)
    rule = trace.experiment.rule.read()
    for index in range(STEPS):
        step, after = trace.step(index), trace.step(index + 1)
        lines = explain(trace, index)
        for place in range(2):
            slope = lines[place].numbers[0]
            assert slope[0] == trace.parameters[place]
            text = assert_true(slope[1])
            assert text == shown_like(text, float(step.gradient[place]))
        named = dict(
            zip([line.target for line in rule.lines], lines[-len(rule.lines) :], strict=True)
        )
        results = {**after.state, "theta": after.theta}
        for name, values in results.items():
            numbers = named[name].numbers
            assert [parameter for parameter, _ in numbers] == list(trace.parameters)
            for (_, text), value in zip(numbers, values.tolist(), strict=True):
                result = assert_true(text)
                assert result == shown_like(result, value)


@pytest.mark.parametrize("key", catalogue.functions())
def test_the_gradient_of_every_function_is_explained(key: str) -> None:
    trace = descend(key, max_steps=5, stop="none")
    for index in range(len(trace)):
        step = trace.step(index)
        lines = explain(trace, index)
        check(lines)
        for place in range(len(trace.parameters)):
            text, slope = lines[place].numbers[0][1], float(step.gradient[place])
            right = assert_true(text)
            assert right == shown_like(right, slope)
            if "≈" not in text:
                assert float(right.replace("−", "-")) == pytest.approx(slope, rel=1e-14)


@pytest.mark.parametrize("key", catalogue.schedules())
def test_a_schedule_is_explained_where_the_rate_changes(key: str) -> None:
    entry = catalogue.schedule(key)
    text = ScheduleText(formula=entry.formula, constants=dict(entry.constants))
    trace = descended(experiment("quadratic", "gradient-descent").replace(schedule=text), 120)
    for index in (0, 1, 9, 50, 99, 101, 119):
        lines = explain(trace, index)
        check(lines)
        rates = [line for line in lines if line.plain.startswith("η = ")]
        assert len(rates) == (0 if key == "constant" else 1)
        for line in rates:
            ((name, numbers),) = line.numbers
            assert name == ""
            rate = assert_true(numbers)
            assert rate == shown_like(rate, trace.step(index).eta)


def texts(trace: Trace, index: int) -> list[str]:
    return [text for line in explain(trace, index) for _, text in line.numbers]


def test_the_textbook_example_in_numbers() -> None:
    trace = descend("(theta - 3)^2", start=[0.0], eta=0.1)
    lines = explain(trace, 0)
    assert [line.plain for line in lines] == ["g_θ = ∂L/∂θ = 2·θ − 6", "θ ← θ − η·g"]
    assert lines[1].latex == r"\theta \leftarrow \theta - \eta g"
    assert texts(trace, 0) == ["2·0 − 6 = −6", "0 − 0.1·(−6) = 0.6"]
    assert texts(trace, 1) == ["2·0.6 − 6 = −4.8", "0.6 − 0.1·(−4.8) = 1.08"]
    assert texts(trace, 2)[1] == "1.08 − 0.1·(−3.84) = 1.464"


def test_a_branch_counts_the_updates_of_its_own_rule() -> None:
    chosen = experiment("quadratic", "gradient-descent", eta=0.1)
    old = descended(chosen, 20)
    adam = chosen.replace(rule=experiment("quadratic", "adam").rule)
    branch = Descent.branch(old, 10, adam)
    branch.advance(5)
    first = {line.plain: line.numbers[0][1] for line in explain(branch.trace, 10)}
    corrected = next(text for plain, text in first.items() if plain.startswith("m̂"))
    assert "0.9^1" in corrected
    before = [line.plain for line in explain(branch.trace, 9)]
    assert before == [line.plain for line in explain(old, 9)]
    check(explain(branch.trace, 10))


@pytest.mark.parametrize(
    ("loss", "start"),
    [("1/x", 0.0), ("log(x)", -1.0), ("exp(x)", 1000.0), ("sqrt(x)", 0.0), ("x^4", 1e70)],
)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_step_that_failed_can_be_shown(loss: str, start: float, optimizer: str) -> None:
    trace = descend(loss, start=[start], optimizer=optimizer, eta=1.0)
    for index in range(max(0, len(trace) - 3), len(trace)):
        for line in explain(trace, index):
            for _, text in line.numbers:
                assert re.search(r"[=≈] \S+$", text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-6.0, "−6"),
        (0.6000000000000001, "0.6"),
        (1 / 3, "0.333333"),
        (123456.7, "123457"),
        (1234567.0, "1.23457e6"),
        (1e-8, "1e−8"),
        (-2.5e-10, "−2.5e−10"),
        (1e308, "1e308"),
        (math.nan, "NaN"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_a_number_is_rounded_for_reading(value: float, text: str) -> None:
    assert shown(value) == text


@settings(derandomize=True, max_examples=300)
@given(value=st.floats(allow_nan=False, allow_infinity=False), digits=st.integers(1, 17))
def test_a_shown_number_is_the_number_rounded_to_its_digits(value: float, digits: int) -> None:
    read = float(shown(value, digits).replace("−", "-"))
    assert read == float(f"{value:.{digits}g}")
    assert "-" not in shown(value, digits)


@pytest.mark.parametrize(
    ("formula", "values", "text"),
    [
        ("a - b", {"a": 1.0, "b": 1 / 3}, "1 − 0.333333 ≈ 0.666667"),
        ("a - b", {"a": 1.0, "b": 0.9999999}, "1 − 0.9999999 ≈ 1e−7"),
        ("3*a", {"a": 1 / 3}, "3·0.3333333 ≈ 1"),
        ("4*a", {"a": 0.25}, "4·0.25 = 1"),
        ("a*b", {"a": -2.0, "b": -3.0}, "(−2)·(−3) = 6"),
        ("a^2", {"a": -2.0}, "(−2)^2 = 4"),
        ("a^2", {"a": 1e-8}, "(1e−8)^2 = 1e−16"),
        ("a/(sqrt(b) + c)", {"a": 1.0, "b": 4.0, "c": 1e-8}, "1/(√(4) + 1e−8) ≈ 0.5"),
        ("-a", {"a": -2.0}, "−(−2) = 2"),
        ("a", {"a": 0.5}, "= 0.5"),
        ("a", {"a": 1 / 3}, "≈ 0.333333"),
        ("pi*a", {"a": 2.0}, "π·2 ≈ 6.28319"),
        # The rounded operands stay finite where the true ones overflow.
        ("a*b", {"a": 1.7976931348623157e308, "b": -1.0000002}, "1.797693e308·(−1.0000002) = −∞"),
        # With six digits the two values would be rounded differently.
        (
            "x - eta*g",
            {"x": 0.8500000000000001, "eta": 0.01, "g": -48.2835},
            "0.85 − 0.01·(−48.2835) = 1.332835",
        ),
    ],
)
def test_arithmetic_is_written_out(formula: str, values: dict[str, float], text: str) -> None:
    root = parse(formula).root
    assert arithmetic(root, values, evaluate(root, values)) == text


@settings(derandomize=True, deadline=None, max_examples=300)
@given(tree=trees, values=st.tuples(*[st.floats(-50, 50)] * len(NAMES)))
def test_any_arithmetic_is_true(tree: Node, values: tuple[float, ...]) -> None:
    named = dict(zip(NAMES, values, strict=True))
    result = value_of(tree, named)
    if result is None or not math.isfinite(result):
        return
    text = arithmetic(tree, named, result)
    right = assert_true(text)
    assert right == shown_like(right, result)
    if text.startswith("= ") or " = " in text:
        assert math.isclose(float(right.replace("−", "-")), result, rel_tol=1e-14)
    assert len(text) < 300
