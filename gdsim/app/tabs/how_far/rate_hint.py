"""The limit of η that stands beneath its slider."""

from __future__ import annotations

import math

from PySide6.QtCore import QTimer, Slot

from gdsim.app.language.point_phrases import HIGHEST
from gdsim.app.language.translation import problem_sentence
from gdsim.app.moment import Moment
from gdsim.app.tabs.how_far import how_far_phrases as phrases
from gdsim.app.tabs.how_far.update import Update
from gdsim.app.workplace import Presenter, Workplace
from gdsim.core.how_far.stability import curvature_at
from gdsim.core.problem import Problem
from gdsim.core.run.trace import Trace
from gdsim.views.setup.control_panel import ControlPanel

_HINT_MS = 250
"""The hint changes no more often than this: numbers that fly past say nothing."""


class RateHint(Presenter):
    """Keeps the limit of η for the shown step beneath its slider, and marks 1/λ_max and 2/λ_max."""

    def __init__(self, panel: ControlPanel, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._panel = panel
        self._deriver = workplace.deriver
        self._said: tuple[Trace, int] | None = None
        self._newest: Moment | None = None
        self._resting = QTimer(self, singleShot=True, interval=_HINT_MS)
        self._resting.timeout.connect(self._catch_up)
        self.clear()

    def draw(self, moment: Moment) -> None:
        """Show the hint for this step, once the previous hint could be read."""
        if self._said is not None and self._said == (moment.trace, moment.step.index):
            self._newest = None
            return
        self._newest = moment
        if not self._resting.isActive():
            self._catch_up()

    def clear(self) -> None:
        """Forget the limit: the function has changed."""
        self._said = self._newest = None
        self._panel.set_eta_marks(())
        self._panel.set_eta_hint(phrases.hint_while_deriving())

    def retranslate(self) -> None:
        """Write the hint anew with the next draw, even if the previous one has just appeared."""
        self._said = None
        self._resting.stop()

    @Slot()
    def _catch_up(self) -> None:
        if self._newest is None:
            return
        moment, self._newest = self._newest, None
        step, update = moment.step, Update.of(moment)
        form = self._deriver.hessian_form(update.experiment)
        if form is None:
            self._panel.set_eta_marks(())
            self._panel.set_eta_hint(phrases.hint_while_deriving())
            return
        self._said = (moment.trace, step.index)
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
                (curved.fastest_rate, f"1/{HIGHEST}"),
                (curved.stable_rate, f"2/{HIGHEST}"),
            ]
        self._panel.set_eta_marks(marks)
