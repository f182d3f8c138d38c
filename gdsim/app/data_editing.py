"""The setup's side of learning from data: rows, batch, model and loss."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Slot

from gdsim.app.editing import Editing
from gdsim.app.translation import Translation, problem_sentence
from gdsim.core.experiment import Experiment
from gdsim.core.problem import Problem
from gdsim.core.row_objective import RowObjective
from gdsim.views.control_panel import ControlPanel


class DataEditing(QObject):
    """Turns the wishes of the data section into experiments, and shows what is in force."""

    def __init__(
        self, panel: ControlPanel, editing: Editing, translation: Translation, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._function = panel.function
        self._section = panel.function.data
        self._editing = editing
        self._translation = translation
        self._section.batch_entered.connect(self._enter_batch)
        self._section.prediction_entered.connect(self._enter_prediction)
        editing.shown.connect(self._show)

    @Slot(object)
    def _enter_batch(self, batch: int | None) -> None:
        self._editing.change(self._say_at_batch, batch=batch)

    @Slot(str)
    def _enter_prediction(self, text: str) -> None:
        self._editing.enter_problem(self._say_at_prediction, prediction=text.strip())

    def _say_at_batch(self, problem: Problem | None) -> None:
        self._section.set_batch_error(None if problem is None else problem_sentence(problem))

    def _say_at_prediction(self, problem: Problem | None) -> None:
        if problem is None:
            self._section.set_prediction_error(None, None)
        else:
            self._section.set_prediction_error(problem_sentence(problem), problem.column)

    @Slot()
    def _show(self) -> None:
        experiment, section = self._editing.experiment, self._section
        objective = experiment.objective()
        if experiment.data is None or not isinstance(objective, RowObjective):
            self._function.set_has_data(False)
            return
        self._function.set_has_data(True, own_loss=True)
        section.set_rows(experiment.data.name, _rows_text(experiment), None)
        section.set_batch(experiment.batch)
        section.set_prediction(experiment.prediction or "")


def _rows_text(experiment: Experiment) -> str:
    assert experiment.data is not None
    rows = f"{experiment.data.rows:,}".replace(",", "\u2009")
    return QCoreApplication.translate("Data", "{rows} rows").format(rows=rows)
