"""Shows the data: points, the model at the shown step, and the rows of that step."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
from PySide6.QtCore import Slot

from gdsim.app.data.own_data import OwnData
from gdsim.app.moment import Moment
from gdsim.app.workplace import Presenter, Workplace
from gdsim.core.arrays import Floats, Integers
from gdsim.core.data.dataset import Dataset
from gdsim.core.data.standardise import columns_to_scale, standardised_for_learning
from gdsim.core.formula.names import plain_name
from gdsim.core.learning.first_model import lowest_point
from gdsim.core.learning.model_picture import (
    PlotKind,
    Scatter,
    agreement,
    home_ranges,
    model_curve,
    model_map,
    scatter,
)
from gdsim.core.learning.original_units import UnitChange, unit_change
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.number_text import shown
from gdsim.core.run.trace import Step
from gdsim.views.window.loss_card import LossCard

_MOST_LIT = 4_000  # rows of a step that are highlighted at most


class DataPresenter(Presenter):
    """Draws the data view of the card while it is in front."""

    def __init__(self, card: LossCard, own: OwnData, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._card = card
        self._editing = workplace.editing
        self._own = own
        self._objective: RowObjective | None = None
        self._points: Scatter | None = None
        self._is_gathering = False
        self._units: tuple[Objective, Dataset, UnitChange | None] | None = None
        card.front_changed.connect(self._on_front_changed)
        card.data.view_changed.connect(self._on_view_changed)
        own.gathering_changed.connect(self._on_gathering_changed)
        self._editing.scene_changed.connect(self._on_scene_changed)

    def draw(self, moment: Moment) -> None:
        """Show the data and the model at this step."""
        if self._is_gathering:
            return
        step, experiment = moment.step, moment.experiment
        objective = experiment.objective()
        self._show_rows(objective)
        if not isinstance(objective, RowObjective):
            return
        self._card.data.header.set_removable(self._own.can_shrink)
        self._card.data.set_units(self._units_sentence(objective, step))
        if self._points is None or self._card.front != "data":
            return
        batches = experiment.batches()
        lit: Integers | None = None
        if batches is not None and not batches.is_whole and batches.size <= _MOST_LIT:
            lit = np.sort(batches.rows_of(step.index))
        self._draw_model(objective, self._points, step, lit)

    def _show_rows(self, objective: Objective) -> None:
        """Show the rows of an objective, before there is a run."""
        if not isinstance(objective, RowObjective):
            self._objective = self._points = None
            self._card.set_has_data(False)
        elif objective is not self._objective:
            self._switch_to(objective)

    def _switch_to(self, objective: RowObjective) -> None:
        """Switch to other rows, or to another model of the same rows."""
        before, self._objective = self._objective, objective
        card, target = self._card, objective.target
        card.set_has_data(True)
        card.data.header.set_possible(self._own.can_grow(objective))
        if before is None:
            card.bring_to_front("data")
        if target is None:
            self._points = None
            card.data.set_points(None)
            return
        old, points = self._points, scatter(objective.data.columns, objective.inputs, target)
        alike = old is not None and (old.kind, old.names) == (points.kind, points.names)
        if alike and before is not None and before.data is objective.data:
            return  # only the model is another one, not the points
        self._points = points
        card.data.set_points(
            points, objective.data.classes.get(target), self._standardised_columns(objective)
        )
        gathered = alike and before is None
        if not gathered and not (alike and before and _is_edited(before.data, objective.data)):
            experiment = self._editing.experiment
            is_own = experiment.objective() is objective
            model = partial(objective.predict, experiment.start) if is_own else None
            card.data.set_home_range(*home_ranges(points, model))

    def _draw_model(
        self, objective: RowObjective, points: Scatter, step: Step, lit: Integers | None
    ) -> None:
        def model(columns: Mapping[str, Floats]) -> Floats:
            return objective.predict(step.theta, columns)

        view = self._card.data
        x_range, y_range = view.visible_range()
        if points.kind is PlotKind.AGREEMENT:
            points = agreement(model, objective.data.columns, points)
            view.set_points(points)
        view.set_lit(lit)
        if points.kind in (PlotKind.CURVE, PlotKind.AGREEMENT):
            view.set_curve(model_curve(model, points, x_range, lit))
        else:
            view.set_map(model_map(model, points, x_range, y_range))

    # The units of the file

    def _original(self, objective: RowObjective) -> Dataset | None:
        """The data before they were standardised; None if they are not standardised."""
        is_current = self._editing.experiment.data == objective.data
        return self._editing.unscaled() if is_current else None

    def _standardised_columns(self, objective: RowObjective) -> tuple[str, ...]:
        original = self._original(objective)
        return () if original is None else columns_to_scale(original, objective.target)

    def _units_sentence(self, objective: RowObjective, step: Step) -> str:
        """The parameters of a step, and those of least squares, in the units of the file."""
        original = self._original(objective)
        if original is None:
            return ""
        units = self._units
        if units is None or units[0] is not objective or units[1] is not original:
            scales = standardised_for_learning(original, objective.target)[1]
            change = unit_change(objective, original, scales)
            units = self._units = (objective, original, change)
        change = units[2]
        if change is None:
            return ""
        sentence = self.tr("In the units of the file: {parameters}").format(
            parameters=_values(objective, change.of(step.theta))
        )
        lowest = lowest_point(objective)
        if lowest is not None:
            least = self.tr("Least squares: {parameters}").format(
                parameters=_values(objective, change.of(lowest))
            )
            sentence = f"{sentence}\n{least}"
        return sentence

    @Slot()
    def _on_gathering_changed(self) -> None:
        """Show only the clicked points until there are enough of them for a descent."""
        points, view = self._own.gathered, self._card.data
        begins = points is not None and not self._is_gathering
        self._is_gathering = points is not None
        if points is None:
            view.set_message("")
            self._show_rows(self._editing.experiment.objective())
            self.workplace.redraw()
            return
        # The descent on these points will use the same plot and keep its view.
        self._objective, self._points = None, points
        self._card.set_has_data(True)
        self._card.bring_to_front("data")
        view.header.set_possible(True)
        view.header.set_removable(self._own.can_shrink)
        view.set_points(points)
        view.set_units("")
        view.set_message(
            self.tr("Click in the plot to add at least one point of each class")
            if self._own.needs_classes
            else self.tr("Click in the plot to add at least two points")
        )
        if begins:
            view.set_home_range(*self._own.home)

    @Slot(object)
    def _on_scene_changed(self, _home: object) -> None:
        if not self._is_gathering:
            self._show_rows(self._editing.experiment.objective())

    @Slot(str)
    def _on_front_changed(self, _side: str) -> None:
        self.workplace.redraw()

    @Slot(float, float, float, float)
    def _on_view_changed(self, *_: float) -> None:
        self.workplace.redraw()


def _values(objective: Objective, theta: Floats) -> str:
    """The parameters with their names, such as θ₀ = 46.2, θ₁ = −0.00765."""
    pairs = zip(objective.parameters, theta.tolist(), strict=True)
    return ", ".join(f"{plain_name(name)} = {shown(value)}" for name, value in pairs)


def _is_edited(before: Dataset, after: Dataset) -> bool:
    """Whether rows were appended, or one was moved, so that the view can stay."""
    if before.names != after.names:
        return False
    shared = min(before.rows, after.rows)
    changed = np.zeros(shared, dtype=bool)
    for name in before.names:
        changed |= before.columns[name][:shared] != after.columns[name][:shared]
    return int(changed.sum()) <= (before.rows == after.rows)
