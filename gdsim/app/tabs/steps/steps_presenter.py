"""Fills the tab that holds every step as a row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from gdsim.app.moment import Moment
from gdsim.app.tab_presenter import TabPresenter
from gdsim.app.workplace import Workplace
from gdsim.views.tabs.steps.step_table import StepTable


class StepsPresenter(TabPresenter[StepTable]):
    """Connects the table to the trace, from which the table reads its rows."""

    key: ClassVar = "steps"
    group: ClassVar = "run"
    shown_in_predictions: ClassVar = True

    def __init__(self, view: StepTable, workplace: Workplace) -> None:
        super().__init__(view, workplace)
        view.step_selected.connect(workplace.go_to)

    @classmethod
    def make_view(cls) -> StepTable:
        return StepTable()

    def state(self) -> dict[str, Any]:
        keys, quantities = self.view.grid.hidden_columns
        return {"hidden columns": sorted(keys), "hidden quantities": sorted(quantities)}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.view.grid.hide_columns(
            frozenset(state.get("hidden columns", ())),
            frozenset(state.get("hidden quantities", ())),
        )

    def draw(self, moment: Moment) -> None:
        """Add new rows and go to the shown one; a row that is still to be predicted is left out."""
        row = moment.step.index
        self.view.set_trace(moment.trace, row if moment.is_hidden else None)
        self.view.set_shown(row)

    def clear(self) -> None:
        """Drop the reference to the run, whose rows may take a gigabyte."""
        self.view.set_trace(None)
