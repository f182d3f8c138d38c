"""The hint beneath the slider of η: its sentence, its marks, and how often it changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from workplaces import moment, workplace

from gdsim.app.tabs.how_far.rate_hint import RateHint
from gdsim.app.workplace import Workplace
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace
from gdsim.views.setup.control_panel import ControlPanel


def run(experiment: Experiment, steps: int = 12) -> Trace:
    descent = Descent(experiment.replace(stop="none", max_steps=steps))
    descent.advance(steps)
    return descent.trace


class Hint:
    """The hint with its panel, and nothing else of the window."""

    def __init__(self, qtbot: QtBot, workplace: Workplace, panel: ControlPanel) -> None:
        self.panel = panel
        self.deriver = workplace.deriver
        self.presenter = RateHint(panel, workplace)
        self._qtbot = qtbot

    def text(self) -> str:
        return self.panel.rate.hint.text()

    def rates(self) -> list[float]:
        return [rate for rate, _ in self.panel.rate.marks.marks]

    def show(self, trace: Trace, row: int) -> str:
        experiment = trace.stretch(row).experiment
        self._qtbot.waitUntil(lambda: self.deriver.hessian_form(experiment) is not None)
        self.presenter.draw(moment(trace, row))
        # The hint can stay as it is: that it was worked out shows nowhere.
        self._qtbot.waitUntil(lambda: self.presenter._newest is None)
        return self.text()


@pytest.fixture
def hint(qtbot: QtBot) -> Iterator[Hint]:
    with workplace(qtbot) as (made, panel):
        yield Hint(qtbot, made, panel)


def test_the_hint_names_the_limit_and_marks_it(hint: Hint) -> None:
    assert hint.show(run(choose("elongated-bowl-100")), 0) == (
        "stable below 2/λₘₐₓ = 0.02 at this step"
    )
    assert hint.rates() == [0.01, 0.02]
    assert hint.show(run(choose("elongated-bowl-100", optimizer="adam")), 0) == (
        "stable below 2/λₘₐₓ = 0.02 for plain descent"
    )
    assert hint.show(run(choose("elongated-bowl-100", optimizer="momentum")), 0) == (
        "stable below 0.038; plain descent: 2/λₘₐₓ = 0.02"
    )


def test_no_rate_is_called_stable_on_a_saddle(hint: Hint) -> None:
    text = hint.show(run(choose("saddle")), 0)
    assert "2/λₘₐₓ = 1" in text
    assert "stable" not in text
    assert hint.rates() == [0.5, 1.0]


def test_no_mark_where_nothing_curves_upwards(hint: Hint) -> None:
    assert "nothing curves upwards" in hint.show(run(choose("sine")), 0)
    assert hint.rates() == []


def test_no_mark_where_nothing_is_a_number(hint: Hint) -> None:
    trace = run(choose("rosenbrock", eta=0.1, start=[1e160, 0.0]), 100)
    assert "not finite" in hint.show(trace, len(trace) - 1)
    assert hint.rates() == []


def test_the_hint_follows_at_most_a_few_times_a_second(
    hint: Hint, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The pause before a hint is no longer than it must be: only its timer tells.
    trace, resting = run(choose("rosenbrock"), 400), hint.presenter._resting
    assert 1000 / resting.interval() <= 5
    resting.setInterval(3_600_000)
    hint.show(trace, 0)
    said: list[str] = []
    monkeypatch.setattr(hint.panel, "set_eta_hint", said.append)
    for row in range(1, 101):
        hint.presenter.draw(moment(trace, row))
    qtbot.wait(5)
    assert said == []
    resting.setInterval(0)
    # The hint can stay as it is: that it was worked out shows nowhere.
    qtbot.waitUntil(lambda: hint.presenter._newest is None)
    # It comes to rest at the row that is shown.
    hint.presenter.retranslate()
    hint.presenter.draw(moment(trace, 100))
    assert len(said) == 2
    assert said[0] == said[1]


def test_a_new_function_takes_the_old_hint_away(hint: Hint) -> None:
    hint.show(run(choose("booth")), 0)
    hint.presenter.clear()
    assert hint.rates() == []
    assert "0." not in hint.text()
