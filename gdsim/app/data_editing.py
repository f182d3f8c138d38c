"""The setup's side of learning from data: rows, batch, model and loss."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gdsim.app import data_phrases
from gdsim.app.editing import Editing
from gdsim.app.translation import problem_sentence
from gdsim.core.problem import Problem
from gdsim.core.row_losses import row_loss, row_loss_of
from gdsim.core.row_objective import RowObjective
from gdsim.views.control_panel import ControlPanel


class DataEditing(QObject):
    """Turns the wishes of the data section into experiments, and shows what is in force."""

    def __init__(self, panel: ControlPanel, editing: Editing, parent: QObject) -> None:
        super().__init__(parent)
        self._function = panel.function
        self._section = panel.function.data
        self._editing = editing
        self._section.batch_entered.connect(self._enter_batch)
        self._section.prediction_entered.connect(self._enter_prediction)
        self._section.loss_chosen.connect(self._choose_loss)
        editing.shown.connect(self._show)
        self.retranslate()

    @Slot(object)
    def _enter_batch(self, batch: int | None) -> None:
        self._editing.change(self._say_at_batch, batch=batch)

    @Slot(str)
    def _enter_prediction(self, text: str) -> None:
        self._editing.enter_problem(self._say_at_prediction, prediction=text.strip())

    @Slot(str)
    def _choose_loss(self, key: str) -> None:
        objective = self._editing.experiment.objective()
        if isinstance(objective, RowObjective) and objective.target is not None:
            self._editing.enter_problem(self._say_at_loss, loss=row_loss(key, objective.target))

    def _say_at_loss(self, problem: Problem | None) -> None:
        self._section.set_loss_error(None if problem is None else problem_sentence(problem))

    def _say_at_batch(self, problem: Problem | None) -> None:
        self._section.set_batch_error(None if problem is None else problem_sentence(problem))

    def _say_at_prediction(self, problem: Problem | None) -> None:
        if problem is None:
            self._section.set_prediction_error(None, None)
        else:
            self._section.set_prediction_error(problem_sentence(problem), problem.column)

    def retranslate(self) -> None:
        """Fill the list of losses in the language of now."""
        self._section.set_losses(data_phrases.losses())

    @Slot()
    def _show(self) -> None:
        experiment, section = self._editing.experiment, self._section
        objective = experiment.objective()
        if experiment.data is None or not isinstance(objective, RowObjective):
            self._function.set_has_data(False)
            return
        target = objective.target
        loss = None if target is None else row_loss_of(experiment.loss, target)
        self._function.set_has_data(True, own_loss=loss is None)
        section.set_loss(loss)
        section.set_rows(data_phrases.of_rows(experiment.data.rows), experiment.data.name, None)
        section.set_batch(experiment.batch)
        section.set_prediction(experiment.prediction or "")
