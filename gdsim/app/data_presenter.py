"""The data's side of the controller: points, the model of the shown step, the rows it learns from."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from gdsim.core.model_picture import (
    Kind,
    Model,
    Rows,
    Scatter,
    agreement,
    home_ranges,
    model_curve,
    model_map,
    scatter,
)
from gdsim.core.row_objective import RowObjective
from gdsim.core.trace import Step, Trace
from gdsim.views.loss_card import LossCard

_MOST_LIT = 4_000
"""Rows of a step that are lit up at most; so many more are all rows for the eye."""


class DataPresenter(QObject):
    """Fills the data's side of the card, while that is in front."""

    redraw_requested = Signal()

    def __init__(self, card: LossCard, parent: QObject) -> None:
        super().__init__(parent)
        self._card = card
        self._objective: RowObjective | None = None
        self._points: Scatter | None = None
        card.front_changed.connect(self._on_front_changed)
        card.data.view_changed.connect(self._on_view_changed)

    def draw(self, trace: Trace, step: Step) -> None:
        """Bring the data to this step."""
        experiment = trace.segment(step.index).experiment
        objective = experiment.objective()
        if not isinstance(objective, RowObjective):
            self._objective = self._points = None
            self._card.set_has_data(False)
            return
        if objective is not self._objective:
            self._take_up(objective)
        points = self._points
        if points is None or self._card.front != "data":
            return
        batches = experiment.batches()
        lit: Rows | None = None
        if batches is not None and not batches.is_whole and batches.size <= _MOST_LIT:
            lit = np.sort(batches.rows_of(step.index))
        self._draw_model(objective, points, step, lit)

    def _take_up(self, objective: RowObjective) -> None:
        """Other rows, or another model of them."""
        before, self._objective = self._objective, objective
        card, target = self._card, objective.target
        card.set_has_data(True)
        if target is None:
            self._points = None
            card.data.set_points(None)
            return
        points = scatter(objective.data.columns, objective.inputs, target)
        moved = before is None or self._points is None or points.names != self._points.names
        if moved or before.data.columns is not objective.data.columns:
            self._points = points
            card.data.set_points(points)
        if moved:
            card.data.set_home_range(*home_ranges(points))
        if before is None:
            card.bring_to_front("data")

    def _draw_model(
        self, objective: RowObjective, points: Scatter, step: Step, lit: Rows | None
    ) -> None:
        def model(columns: dict[str, np.ndarray]) -> np.ndarray:
            return objective.predict(step.theta, columns)

        view = self._card.data
        x_range, y_range = view.visible_range()
        if points.kind is Kind.AGREEMENT:
            points = agreement(model, objective.data.columns, points)
            view.set_points(points)
        view.set_lit(lit)
        if points.kind in (Kind.CURVE, Kind.AGREEMENT):
            view.set_curve(model_curve(model, points, x_range, lit))
        else:
            view.set_map(model_map(model, points, x_range, y_range))

    @Slot(str)
    def _on_front_changed(self, _side: str) -> None:
        self.redraw_requested.emit()

    @Slot(float, float, float, float)
    def _on_view_changed(self, *_: float) -> None:
        self.redraw_requested.emit()
