"""Fills the tab that holds every step as a row of a table."""

from __future__ import annotations

from gdsim.core.run.trace import Step, Trace
from gdsim.views.tabs.steps.step_table import StepTable


class StepsPresenter:
    """The table reads what it shows from the trace itself."""

    def __init__(self, table: StepTable) -> None:
        self._table = table
        self._hidden = False

    def set_hidden(self, hidden: bool) -> None:
        """Whether the shown step is still to be guessed."""
        self._hidden = hidden

    def draw(self, trace: Trace, step: Step) -> None:
        """Take in new rows and go to the shown one; one that is to be guessed is left out."""
        self._table.set_trace(trace, step.index if self._hidden else None)
        self._table.set_shown(step.index)

    def clear(self) -> None:
        """Let go of the run: its rows may take a gigabyte."""
        self._table.set_trace(None)

    def retranslate(self) -> None:
        """The table speaks for itself."""
