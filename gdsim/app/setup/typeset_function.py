"""The function as a blackboard has it, in the setup panel."""

from __future__ import annotations

from PySide6.QtCore import Slot

from gdsim.app.workplace import Presenter, Workplace
from gdsim.core.formula.latex import plain
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.run.trace import Trace
from gdsim.views.setup.control_panel import ControlPanel
from gdsim.views.setup.function_section import MOST_COMPONENTS


class TypesetFunction(Presenter):
    """Shows loss, gradient and model of the run that has begun."""

    def __init__(self, panel: ControlPanel, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._panel = panel
        workplace.runner.trace_changed.connect(self._on_trace_changed)

    @Slot(object)
    def _on_trace_changed(self, trace: Trace) -> None:
        experiment = trace.experiment
        objective = experiment.objective()
        few = objective.dimension <= MOST_COMPONENTS
        self._panel.set_formula_typeset(
            objective.latex(),
            objective.gradient_latex() if few else (),
            experiment.parameters,
            objective.gradient_plain() if few else (),
        )
        if isinstance(objective, RowObjective) and objective.prediction is not None:
            text = f"ŷ = {plain(objective.prediction.root)}"
            self._panel.function.set_prediction_typeset(objective.prediction_latex(), text)
