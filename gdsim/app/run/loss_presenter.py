"""The loss of every run against the number of steps."""

from __future__ import annotations

from gdsim.app.moment import Moment
from gdsim.app.run import rise_phrases
from gdsim.app.workplace import Presenter, Workplace
from gdsim.core.number_text import shown
from gdsim.core.run.stop_rules import StopRule
from gdsim.views.loss.loss_view import LossView


class LossPresenter(Presenter):
    """Fills the loss plot; a click on it goes to that step."""

    def __init__(self, view: LossView, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._view = view
        view.step_selected.connect(workplace.go_to)

    def draw(self, moment: Moment) -> None:
        view, runs, experiment = self._view, self.workplace.runs, moment.experiment
        view.set_runs(runs.of(moment))
        view.legend.set_runs(runs.legend())
        on_loss = experiment.stop is StopRule.LOSS
        view.set_threshold(
            experiment.epsilon if on_loss else None, f"ε = {shown(experiment.epsilon, 4)}"
        )
        view.set_rise(*rise_phrases.said(moment.rises))
