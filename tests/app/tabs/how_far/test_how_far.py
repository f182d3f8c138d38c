"""How far a step may go, as the tab and the line beneath the slider of η say it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from teacher import Teacher, read
from workplaces import moment, workplace

from gdsim.app.tabs.how_far import forecast_phrases, how_far_presenter
from gdsim.app.tabs.how_far import how_far_phrases as phrases
from gdsim.app.tabs.how_far.how_far_presenter import HowFarPresenter
from gdsim.app.workplace import Workplace
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.how_far.line_slice import NoSlice
from gdsim.core.how_far.stability import Curvature, Forecast, StabilityForecast, forecast
from gdsim.core.number_text import shown
from gdsim.core.run.choices import choose, rule_of
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment, RuleText
from gdsim.core.run.trace import Trace
from gdsim.views.tabs.how_far.how_far_view import HowFarView


class Desk:
    """The presenter with its view, and nothing else of the window."""

    def __init__(self, qtbot: QtBot, workplace: Workplace) -> None:
        self.view = HowFarView()
        qtbot.addWidget(self.view)
        self._deriver = workplace.deriver
        self._qtbot = qtbot
        self.presenter = HowFarPresenter(self.view, workplace)

    def show(self, trace: Trace, row: int) -> str:
        """What the tab says of a row, once it has all that it needs."""
        experiment = trace.stretch(row).experiment
        self._qtbot.waitUntil(lambda: self._deriver.hessian_form(experiment) is not None)
        self.presenter.draw(moment(trace, row))
        return self.view.text()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    with workplace(qtbot) as (made, _):
        yield Desk(qtbot, made)


def run(experiment: Experiment, steps: int = 12) -> Trace:
    descent = Descent(experiment.replace(stop="none", max_steps=max(steps, 1)))
    descent.advance(steps)
    return descent.trace


def number(text: str, name: str) -> float:
    """The number after a name, as the tab writes it."""
    found = re.search(rf"^{re.escape(name)} [=≈] (\S+)$", text, re.MULTILINE)
    assert found, f"{name} in {text}"
    return read(found[1])


# Sentences


@pytest.mark.parametrize("kind", Forecast)
@pytest.mark.parametrize("is_plain", [True, False])
def test_every_forecast_has_its_words(kind: Forecast, is_plain: bool) -> None:
    curved = Curvature(np.array([-1.0, 0.5, 2.0]))
    prospect = StabilityForecast(kind, 2.0, complex(-0.9, 0.1), 0.91)
    sentence = forecast_phrases.forecast_sentence(prospect, curved, 0.95, is_plain)
    for text in (forecast_phrases.word(kind), sentence):
        assert text
        assert "{" not in text
        assert "nan" not in text.lower()
    assert bool(forecast_phrases.mood(kind)) == kind.applies


@pytest.mark.parametrize("kind", NoSlice)
def test_every_missing_line_has_its_reason(kind: NoSlice) -> None:
    assert phrases.aside(kind, True, False)


def calculated(text: str) -> list[tuple[float, str]]:
    """Every written-out sum and product of the text: what it comes to, and what is said."""
    pattern = r"(?<=[= ])((?:1 − )?[\d.e−]+·\(?−?[\d.e−]+\)?) [=≈] ([\d.e−]+\d)"
    return [
        (float(eval(typed.replace("·", "*").replace("−", "-"))), result)
        for typed, result in re.findall(pattern, text)
    ]


@pytest.mark.parametrize("key", catalogue.functions())
def test_a_calculator_agrees_with_what_is_written_out(desk: Desk, key: str) -> None:
    trace = run(choose(key))
    seen = 0
    for row in range(len(trace) - 1):
        text = desk.show(trace, row)
        for result, said in calculated(text):
            # A number that ends is shown to its end, which takes eight digits at most.
            assert said in (shown(result), shown(result, 7), shown(result, 8))
            seen += 1
        if "2/λₘₐₓ" in text and "κ" in text:
            highest = number(text, "λₘₐₓ")
            assert shown(2 / highest, 5) == shown(number(text, "2/λₘₐₓ"))
            assert shown(1 / highest, 5) == shown(number(text, "1/λₘₐₓ"))
            lowest = number(text, "λₘᵢₙ")
            if lowest > 0 and "κ = ∞" not in text:
                assert shown(highest / lowest, 5) == shown(number(text, "κ"))
    assert seen or key in ("absolute-value", "powell-singular")


# The tab


PAIRS = [
    *((key, optimizer) for key in catalogue.functions() for optimizer in ("momentum", "adam")),
    *(("himmelblau", optimizer) for optimizer in catalogue.optimizers()),
    *((key, "newton") for key in ("absolute-value", "saddle", "sine", "three-parameter-bowl")),
]


@pytest.mark.parametrize(("key", "optimizer"), PAIRS)
def test_every_function_and_optimizer_has_its_tab(desk: Desk, key: str, optimizer: str) -> None:
    trace = run(choose(key, optimizer=optimizer), 6)
    experiment = trace.experiment
    for row in {0, len(trace) // 2, len(trace) - 1}:
        text = desk.show(trace, row)
        assert "{" not in text
        assert "NaN" not in text
        step = trace.step(row)
        hessian = experiment.objective().hessian(step.theta)
        if not np.isfinite(hessian).all():
            continue
        known = Curvature(np.linalg.eigvalsh(hessian))
        expected = forecast(experiment.rule.read(), step.eta, row + 1, known)
        assert forecast_phrases.word(expected.forecast) in text
        name = "λ" if len(step.theta) == 1 else "λₘₐₓ"
        assert number(text, name) == pytest.approx(
            known.highest, rel=1e-5, abs=1e-9 * abs(known.lowest)
        )


@pytest.mark.parametrize("key", ["three-points", "two-classes", "wave"])
@pytest.mark.parametrize("batch", [None, 2])
def test_a_loss_over_rows_has_its_tab(desk: Desk, key: str, batch: int | None) -> None:
    """With batches it is that of the loss over all rows, and the tab says so."""
    trace = run(choose(key, batch=batch), 6)
    text, step = desk.show(trace, 4), trace.step(4)
    loss = trace.experiment.objective()
    highest = float(np.linalg.eigvalsh(loss.hessian(step.theta))[-1])
    assert number(text, "λₘₐₓ") == pytest.approx(highest, rel=1e-5)
    sign, here = text.splitlines()[0].removeprefix("L(θ) ").split()
    assert sign in "=≈"
    assert read(here) == pytest.approx(loss.value(step.theta), rel=1e-3)
    assert ("rows of its batch" in text) == (batch is not None)


def test_the_textbook_example_in_numbers(desk: Desk) -> None:
    text = desk.show(run(choose("quadratic")), 0)
    for line in (
        "L(θ) = 9",
        "chosen η = 0.1",
        "best η = 0.5",
        "L rises from η = 1",
        "λ = 2",
        "1/λ = 0.5",
        "2/λ = 1",
        "Converges",
        "The loss is a quadratic: this holds everywhere.",
    ):
        assert line in text.splitlines()
    assert "η·λ = 0.1·2 = 0.2 ≤ 1" in text


@pytest.mark.parametrize(
    ("eta", "word"),
    [
        (0.0001, "Converges slowly"),
        (0.1, "Converges"),
        (0.6, "Zig-zags"),
        (1.0, "Oscillates for ever"),
        (1.1, "Diverges"),
    ],
)
def test_the_words_of_the_textbook(desk: Desk, eta: float, word: str) -> None:
    assert word in desk.show(run(choose("quadratic", eta=eta), 3), 1).splitlines()


def test_the_optimizer_s_own_limit_is_said(desk: Desk) -> None:
    for optimizer, limit in (("momentum", 1.9), ("nesterov", 1.9 / 2.8), ("newton", 2.0)):
        text = desk.show(run(choose("quadratic", optimizer=optimizer, eta=0.05)), 2)
        found = re.search(r"stable here up to (?:≈ )?([\d.]*\d)\.", text)
        assert found, text
        assert float(found[1]) == pytest.approx(limit, rel=1e-5)
        assert "−η∇L" in text


def test_an_own_rule_is_predicted_from_its_text(desk: Desk) -> None:
    text = RuleText(lines=("theta = theta - 3*eta*g",))
    trace = run(choose("quadratic", eta=0.3).replace(rule=text))
    assert "Zig-zags" in desk.show(trace, 0)
    trace = run(choose("quadratic", eta=0.34).replace(rule=text))
    assert "Diverges" in desk.show(trace, 0)


def test_what_varies_is_said_to_be_taken_as_it_is(desk: Desk) -> None:
    varying = "η and the rule are taken as at this step."
    assert varying in desk.show(run(choose("quadratic", eta="0.4/t")), 0)
    assert varying not in desk.show(run(choose("quadratic")), 0)


def test_each_row_is_judged_by_its_own_settings(desk: Desk) -> None:
    first = Descent(choose("quadratic", stop="none"))
    first.advance(3)
    changed = first.experiment.replace(
        rule=rule_of("momentum"), schedule=choose("x", eta=5).schedule
    )
    second = Descent.branch(first.trace, 2, changed)
    second.advance(2)
    assert "Converges" in desk.show(second.trace, 1)
    assert "Diverges" in desk.show(second.trace, 2)


def test_a_row_is_worked_out_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    trace = run(choose("rosenbrock"))
    desk.show(trace, 3)
    calls: list[object] = []
    monkeypatch.setattr(desk.view, "set_slice", lambda *given: calls.append(given))
    for _ in range(5):
        desk.presenter.draw(moment(trace, 3))
    assert not calls
    desk.presenter.draw(moment(trace, 4))
    desk.presenter.retranslate()
    desk.presenter.draw(moment(trace, 4))
    assert len(calls) == 2


def test_the_line_does_not_wait_for_the_hessian(desk: Desk) -> None:
    experiment = choose("(x - 1)^2 + (y + 3)^4 + x*y", start=(0.3, 0.4))
    trace = run(experiment)
    desk.presenter.draw(moment(trace, 0))
    text = desk.view.text()
    assert "chosen η" in text
    assert "second derivatives" in text
    assert "second derivatives" not in desk.show(trace, 0)


def test_the_end_of_a_diverged_run_has_a_tab(desk: Desk) -> None:
    trace = run(choose("rosenbrock", eta=0.1), 100)
    assert trace.ending is not None
    assert trace.ending.outcome.is_failure
    assert desk.show(trace, len(trace) - 1)
    assert desk.show(trace, len(trace) - 2)


def test_clearing_leaves_nothing(desk: Desk) -> None:
    desk.show(run(choose("booth")), 1)
    desk.presenter.clear()
    assert desk.view.text() == ""


# In the window


def tab(teacher: Teacher) -> str:
    teacher.window.tabs.show_tab("how-far")
    teacher.wait_until(
        lambda: bool(re.search(r"^λ", teacher.view(HowFarView).text(), re.MULTILINE))
    )
    return teacher.view(HowFarView).text()


def wait_for_row(teacher: Teacher, row: int) -> None:
    """Another tab is in front, so the transport bar tells the row."""
    teacher.wait_until(lambda: int(teacher.count().split()[2]) >= row)
    teacher.look()


def test_a_teacher_finds_the_limit_of_eta(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.wait_until(lambda: "2/λₘₐₓ = 1 " in teacher.panel.rate.hint.text())
    for eta, word in (("0.1", "Converges"), ("0.9", "Zig-zags"), ("1.2", "Diverges")):
        teacher.enter_eta(eta)
        assert word in tab(teacher).splitlines()
    teacher.enter_eta("0.9")
    teacher.press("Right", "Right")
    wait_for_row(teacher, 2)
    assert "chosen η = 0.9" in tab(teacher)
    teacher.press("End")
    teacher.wait_until(lambda: "converged" in teacher.status())


def test_the_tab_is_written_anew_in_another_language(
    teacher: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab(teacher)
    monkeypatch.setattr(how_far_presenter, "word", lambda _kind: "词")
    teacher.session.controller.retranslate()
    teacher.wait_until(lambda: "词" in teacher.view(HowFarView).text())


def test_playing_with_the_tab_in_front(teacher: Teacher) -> None:
    tab(teacher)
    teacher.choose_speed("50 steps/s")
    teacher.press("Space")
    wait_for_row(teacher, 20)
    teacher.press("Space")
    teacher.settle()
    row = teacher.session.controller.runner.shown
    step = teacher.trace().step(row)
    said = re.search(r"L\(θ\) [=≈] (\S+)", teacher.view(HowFarView).text())
    assert said
    assert math.isclose(read(said[1]), step.loss, rel_tol=1e-3)
