"""Settings of learning from data: batch, model, loss, standardised columns."""

from __future__ import annotations

from PySide6.QtCore import Slot

from gdsim.app.language import data_phrases
from gdsim.app.language.translation import problem_sentence
from gdsim.app.setup.catalogue_choice import suited
from gdsim.app.setup.typed_formula import enter_typed
from gdsim.app.workplace import Presenter, Workplace
from gdsim.core.catalogue.tasks import find_loss, losses
from gdsim.core.data.dataset import Dataset
from gdsim.core.data.standardise import standardised_for_learning
from gdsim.core.learning.first_model import first_ranges, first_rate
from gdsim.core.loss.objectives import objective
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.problem import Problem
from gdsim.views.setup.control_panel import ControlPanel


class DataEditing(Presenter):
    """Turns requests of the data section into experiments, and shows the current settings."""

    def __init__(self, panel: ControlPanel, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._function = panel.function
        self._section = section = panel.function.data
        self._editing = workplace.editing
        panel.function.plain_formula_entered.connect(self._leave_data)
        section.batch_entered.connect(self._enter_batch)
        section.prediction_entered.connect(self._enter_prediction)
        section.loss_chosen.connect(self._choose_loss)
        section.standardise_toggled.connect(self._standardise)
        self._editing.shown.connect(self._show)
        self.retranslate()

    @Slot(str)
    def _leave_data(self, text: str) -> None:
        enter_typed(
            self._editing.experiment,
            self.workplace.problem.enter,
            self._function.formula,
            self._say_at_formula,
            loss=text,
            data=None,
            prediction=None,
            batch=None,
        )

    @Slot(object)
    def _enter_batch(self, batch: int | None) -> None:
        self._editing.change(self._say_at_batch, batch=batch)

    @Slot(str)
    def _enter_prediction(self, text: str) -> None:
        enter_typed(
            self._editing.experiment,
            self.workplace.problem.enter,
            self._section.prediction,
            self._say_at_prediction,
            prediction=text,
        )

    @Slot(str)
    def _choose_loss(self, key: str) -> None:
        function = self._function_of_rows()
        if function is not None and function.target is not None:
            loss = losses()[key].of(function.target)
            self.workplace.problem.enter(self._say_at_loss, loss=loss)

    @Slot(bool)
    def _standardise(self, on: bool) -> None:
        """Switch between standardised and original columns, with a suitable η and view."""
        function = self._function_of_rows()
        if function is None:
            return
        if not on:
            self._learn_from(self._editing.unscaled() or function.data)
            return
        data, _ = standardised_for_learning(function.data, function.target)
        self._editing.remember_unscaled(data, function.data)
        self._learn_from(data)

    def _learn_from(self, data: Dataset) -> None:
        before = self._editing.experiment
        start = (0.0,) * len(before.start)
        function = objective(
            before.loss, before.parameters, data, before.prediction, before.constants
        )
        try:
            home, eta = first_ranges(function, start), first_rate(function, start)
        except Problem as problem:
            self._say_at_loss(problem)
            return
        self.workplace.problem.learn(
            home, data=data, start=start, schedule=suited(self._editing.experiment, eta)
        )

    def _function_of_rows(self) -> RowObjective | None:
        function = self._editing.experiment.objective()
        return function if isinstance(function, RowObjective) else None

    # Sentences

    def _say_at_formula(self, problem: Problem | None) -> None:
        if problem is None:
            self._function.formula.set_error(None)
        else:
            self._function.formula.set_error(problem_sentence(problem), problem.column)

    def _say_at_batch(self, problem: Problem | None) -> None:
        self._section.set_batch_error(None if problem is None else problem_sentence(problem))

    def _say_at_loss(self, problem: Problem | None) -> None:
        self._section.set_loss_error(None if problem is None else problem_sentence(problem))

    def _say_at_prediction(self, problem: Problem | None) -> None:
        if problem is None:
            self._section.set_prediction_error(None, None)
        else:
            self._section.set_prediction_error(problem_sentence(problem), problem.column)

    # Showing

    def retranslate(self) -> None:
        """Fill the list of losses in the current language, and show which of them is chosen."""
        name = self.workplace.translation.name
        self._section.set_losses(
            [(key, name(entry.name), name(entry.note)) for key, entry in losses().items()]
        )
        self._show()

    @Slot()
    def _show(self) -> None:
        experiment, section = self._editing.experiment, self._section
        function = self._function_of_rows()
        if function is None:
            self._function.set_has_data(False)
            return
        target = function.target
        entry = None if target is None else find_loss(experiment.loss, target)
        self._function.set_has_data(True, own_loss=entry is None)
        section.set_loss(None if entry is None else entry.key)
        section.set_rows(data_phrases.of_rows(function.data.rows), function.data.name)
        section.set_standardised(self._standardised(function))
        section.set_batch(experiment.batch)
        section.set_prediction(experiment.prediction or "")

    def _standardised(self, function: RowObjective) -> bool | None:
        """Whether the columns are standardised; None if standardising is not offered."""
        if self._editing.unscaled() is not None:
            return True
        task = self._editing.task()
        return None if task is not None and not task.scales_differ else False
