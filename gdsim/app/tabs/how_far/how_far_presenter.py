"""Fills the tab that shows how far a step may go."""

from __future__ import annotations

from typing import ClassVar

from gdsim.app.language import data_phrases
from gdsim.app.language.translation import problem_sentence
from gdsim.app.moment import Moment
from gdsim.app.tab_presenter import TabPresenter
from gdsim.app.tabs.how_far import how_far_phrases as phrases
from gdsim.app.tabs.how_far.forecast_phrases import (
    forecast_sentence,
    joined,
    limit_sentence,
    mood,
    scope_sentence,
    word,
)
from gdsim.app.tabs.how_far.update import Update
from gdsim.app.workplace import Workplace
from gdsim.core.how_far.line_slice import LineSlice, slice_along_gradient
from gdsim.core.how_far.stability import Curvature, curvature_at, forecast
from gdsim.core.loss.many_rows import row_sample
from gdsim.core.loss.quadratic import is_quadratic
from gdsim.core.problem import Problem
from gdsim.core.run.trace import Step, Trace
from gdsim.views.tabs.how_far.how_far_view import HowFarView


class HowFarPresenter(TabPresenter[HowFarView]):
    """Fills the tab "How far" from the shown step."""

    key: ClassVar = "how-far"
    group: ClassVar = "step"
    shown_in_predictions: ClassVar = True

    def __init__(self, view: HowFarView, workplace: Workplace) -> None:
        super().__init__(view, workplace)
        self._deriver = workplace.deriver
        self._drawn: tuple[Trace, int, bool] | None = None

    @classmethod
    def make_view(cls) -> HowFarView:
        return HowFarView()

    def draw(self, moment: Moment) -> None:
        trace, step = moment.trace, moment.step
        update = Update.of(moment)
        form = self._deriver.hessian_form(update.experiment)
        drawn = (trace, step.index, form is not None)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        is_plain = update.is_plain
        self._draw_line(update, step, is_plain)
        if form is None or isinstance(form, Problem):
            sentence = phrases.deriving() if form is None else problem_sentence(form)
            self.view.set_numbers(())
            self.view.set_forecast("", sentence, "", "")
            return
        curved = curvature_at(update.experiment.objective(), form, step.theta)
        self.view.set_numbers([] if curved is None else phrases.numbers(curved))
        self._draw_forecast(update, curved, is_plain)

    def _draw_line(self, update: Update, step: Step, is_plain: bool) -> None:
        whole = update.experiment.objective()
        objective = row_sample(whole)
        in_parts = update.experiment.learns_in_parts
        is_own = objective is whole and not in_parts
        gradient = step.gradient if is_own else objective.gradient(step.theta)
        line = slice_along_gradient(objective, step.theta, gradient, step.eta)
        aside = joined(
            phrases.aside(line, is_plain, in_parts), data_phrases.studied_rows(whole, objective)
        )
        if isinstance(line, LineSlice):
            self.view.set_slice(line, phrases.legend(line), aside)
        else:
            self.view.set_slice(None, (), aside)

    def _draw_forecast(self, update: Update, curved: Curvature | None, is_plain: bool) -> None:
        prospect = forecast(update.rule, update.eta, update.t, curved)
        kind = prospect.forecast
        sentence = forecast_sentence(prospect, curved, update.eta, is_plain)
        scope = ""
        if kind.applies and curved is not None:
            everywhere = is_quadratic(update.experiment.objective())
            scope = scope_sentence(everywhere, update.varies)
            if not is_plain and not curved.has_downward:
                sentence = joined(sentence, limit_sentence(update.limit(curved)))
        self.view.set_forecast(word(kind), sentence, scope, mood(kind))

    def clear(self) -> None:
        self._drawn = None
        self.view.set_slice(None, (), "")
        self.view.set_numbers(())
        self.view.set_forecast("", "", "", "")

    def retranslate(self) -> None:
        self._drawn = None
