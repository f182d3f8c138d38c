"""Starts from which no descent goes anywhere: replaced if nobody chose them, and said."""

from __future__ import annotations

from PySide6.QtCore import Slot

from gdsim.app.workplace import Presenter, Workplace
from gdsim.core.loss.many_rows import row_sample
from gdsim.core.loss.proposed_start import Flaw, flaw_of, proposed_start
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace
from gdsim.views.setup.control_panel import ControlPanel


class StartAdvice(Presenter):
    """Looks at the start of every run that is loaded: then its derivatives have been formed.

    Zeros, which gdsim itself puts there for new parameters, are replaced by a start with a slope.
    A start that the user chose stays.
    """

    def __init__(self, panel: ControlPanel, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._function = panel.function
        self._proposed: tuple[Experiment, Flaw] | None = None
        self._experiment: Experiment | None = None
        self._flaw: Flaw | None = None
        workplace.runner.trace_changed.connect(self._on_trace_changed)

    @Slot(object)
    def _on_trace_changed(self, trace: Trace) -> None:
        experiment = trace.experiment
        if experiment == self._experiment:
            return
        self._experiment = experiment
        objective = row_sample(experiment.objective())
        self._flaw = flaw_of(objective, experiment.start)
        if self._flaw is not None and self.workplace.problem.is_start_automatic(experiment):
            proposed = proposed_start(objective, experiment.seed)
            if proposed is not None:
                self._proposed = (experiment.replace(start=proposed.at), self._flaw)
                self.workplace.problem.start_at(proposed.at)
        self._show()

    def retranslate(self) -> None:
        self._show()

    def _show(self) -> None:
        self._function.start_note.set_note(self._sentence())

    def _sentence(self) -> str:
        if self._proposed is not None and self._experiment == self._proposed[0]:
            return {
                Flaw.STATIONARY: self.tr("Proposed start: at zeros the slope is 0."),
                Flaw.SYMMETRIC: self.tr(
                    "Proposed start: at zeros all hidden units are alike and would stay so."
                ),
                Flaw.UNDEFINED: self.tr(
                    "Proposed start: at zeros the loss or its slope has no value."
                ),
            }[self._proposed[1]]
        if self._flaw is Flaw.STATIONARY:
            return self.tr("This start is a stationary point: the slope is 0 there.")
        if self._flaw is Flaw.SYMMETRIC:
            return self.tr(
                "Hidden units start alike here, so they stay alike: give them different values."
            )
        return ""
