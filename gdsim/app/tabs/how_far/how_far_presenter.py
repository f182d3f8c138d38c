"""How far a step may go: the tab about it, and the limit that stands beneath the slider of η."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Slot

from gdsim.app.language import data_phrases
from gdsim.app.language.translation import problem_sentence
from gdsim.app.tabs.how_far import how_far_phrases as phrases
from gdsim.app.tabs.how_far.forecast_phrases import (
    forecast_sentence,
    joined,
    limit_sentence,
    mood,
    scope_sentence,
    word,
)
from gdsim.core.formula.expression import names_in
from gdsim.core.how_far.line_slice import LineSlice, slice_along_gradient
from gdsim.core.how_far.stability import (
    Curvature,
    curvature_at,
    forecast,
    largest_stable_rate,
)
from gdsim.core.loss.many_rows import studied
from gdsim.core.loss.quadratic import is_quadratic
from gdsim.core.optimizer.linear_rule import linear_rule
from gdsim.core.optimizer.rule import Rule
from gdsim.core.problem import Problem
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Step, Trace
from gdsim.simulation.deriver import Deriver
from gdsim.views.setup.control_panel import ControlPanel
from gdsim.views.tabs.how_far.how_far_view import HowFarView

_HINT_MS = 250
"""The hint changes no more often than this: numbers that fly past say nothing."""


@dataclass(frozen=True, slots=True)
class _Update:
    """The update of one row: the choices it was made under and the optimizer's own count."""

    experiment: Experiment
    rule: Rule
    t: float
    eta: float

    @classmethod
    def of(cls, trace: Trace, step: Step) -> _Update:
        segment = trace.segment(step.index)
        experiment = segment.experiment
        t = float(step.index - segment.clock + 1)
        return cls(experiment, experiment.rule.read(), t, step.eta)

    @property
    def is_plain(self) -> bool:
        """Whether it is θ ← θ − ηg and nothing else."""
        linear = linear_rule(self.rule, self.eta, self.t)
        return linear is not None and linear.is_plain(self.eta)

    @property
    def varies(self) -> bool:
        """Whether η, or what the rule makes of it, changes from update to update."""
        counts = any("t" in names_in(line.root) for line in self.rule.lines)
        return counts or not self.experiment.schedule.read().is_constant

    def limit(self, curved: Curvature) -> float | None:
        """The η up to which the rule is stable, None where there is none or it is not linear."""
        return largest_stable_rate(self.rule, self.t, curved)


class HowFarPresenter:
    """Fills the tab "How far" from the shown step."""

    def __init__(self, view: HowFarView, deriver: Deriver) -> None:
        self._view = view
        self._deriver = deriver
        self._drawn: tuple[Trace, int, bool] | None = None

    def draw(self, trace: Trace, step: Step) -> None:
        update = _Update.of(trace, step)
        form = self._deriver.hessian_form(update.experiment)
        drawn = (trace, step.index, form is not None)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        is_plain = update.is_plain
        self._draw_line(update, step, is_plain)
        if form is None or isinstance(form, Problem):
            sentence = phrases.deriving() if form is None else problem_sentence(form)
            self._view.set_numbers(())
            self._view.set_forecast("", sentence, "", "")
            return
        curved = curvature_at(update.experiment.objective(), form, step.theta)
        self._view.set_numbers([] if curved is None else phrases.numbers(curved))
        self._draw_forecast(update, curved, is_plain)

    def _draw_line(self, update: _Update, step: Step, is_plain: bool) -> None:
        whole = update.experiment.objective()
        objective = studied(whole)
        in_parts = update.experiment.learns_in_parts
        is_own = objective is whole and not in_parts
        gradient = step.gradient if is_own else objective.gradient(step.theta)
        line = slice_along_gradient(objective, step.theta, gradient, step.eta)
        aside = joined(
            phrases.aside(line, is_plain, in_parts), data_phrases.studied_rows(whole, objective)
        )
        if isinstance(line, LineSlice):
            self._view.set_slice(line, phrases.legend(line), aside)
        else:
            self._view.set_slice(None, (), aside)

    def _draw_forecast(self, update: _Update, curved: Curvature | None, is_plain: bool) -> None:
        prospect = forecast(update.rule, update.eta, update.t, curved)
        kind = prospect.forecast
        sentence = forecast_sentence(prospect, curved, update.eta, is_plain)
        scope = ""
        if kind.applies and curved is not None:
            everywhere = is_quadratic(update.experiment.objective())
            scope = scope_sentence(everywhere, update.varies)
            if not is_plain and not curved.has_downward:
                sentence = joined(sentence, limit_sentence(update.limit(curved)))
        self._view.set_forecast(word(kind), sentence, scope, mood(kind))

    def clear(self) -> None:
        self._drawn = None
        self._view.set_slice(None, (), "")
        self._view.set_numbers(())
        self._view.set_forecast("", "", "", "")

    def retranslate(self) -> None:
        self._drawn = None


class RateHint(QObject):
    """Keeps the limit of η for the shown step beneath its slider, and marks 1/λ_max and 2/λ_max."""

    def __init__(self, panel: ControlPanel, deriver: Deriver, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._deriver = deriver
        self._said: tuple[Trace, int] | None = None
        self._newest: tuple[Trace, Step] | None = None
        self._resting = QTimer(self, singleShot=True, interval=_HINT_MS)
        self._resting.timeout.connect(self._catch_up)
        self.clear()

    def draw(self, trace: Trace, step: Step) -> None:
        """Bring the hint to this step, at once or as soon as the last one has been read."""
        if self._said is not None and self._said == (trace, step.index):
            self._newest = None
            return
        self._newest = (trace, step)
        if not self._resting.isActive():
            self._catch_up()

    def clear(self) -> None:
        """Another function: what is known of the old one says nothing."""
        self._said = self._newest = None
        self._panel.set_eta_marks(())
        self._panel.set_eta_hint(phrases.hint_while_deriving())

    def retranslate(self) -> None:
        """Say it again with the next draw, however short the last one has stood."""
        self._said = None
        self._resting.stop()

    @Slot()
    def _catch_up(self) -> None:
        if self._newest is None:
            return
        (trace, step), self._newest = self._newest, None
        update = _Update.of(trace, step)
        form = self._deriver.hessian_form(update.experiment)
        if form is None:
            self._panel.set_eta_marks(())
            self._panel.set_eta_hint(phrases.hint_while_deriving())
            return
        self._said = (trace, step.index)
        self._resting.start()
        if isinstance(form, Problem):
            self._panel.set_eta_marks(())
            self._panel.set_eta_hint(problem_sentence(form))
            return
        curved = curvature_at(update.experiment.objective(), form, step.theta)
        is_plain = update.is_plain
        limit = None if curved is None or is_plain else update.limit(curved)
        self._panel.set_eta_hint(phrases.hint(curved, limit, is_plain))
        marks = []
        if curved is not None and math.isfinite(curved.stable_rate):
            marks = [
                (curved.fastest_rate, f"1/{phrases.HIGHEST}"),
                (curved.stable_rate, f"2/{phrases.HIGHEST}"),
            ]
        self._panel.set_eta_marks(marks)
