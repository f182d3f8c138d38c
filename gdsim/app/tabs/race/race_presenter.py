"""The runs of a race in their tab, and the commands that change them."""

from __future__ import annotations

from math import hypot
from typing import ClassVar

from PySide6.QtCore import Slot

from gdsim.app.moment import Moment
from gdsim.app.tab_presenter import TabPresenter
from gdsim.app.tabs.race import race_phrases as say
from gdsim.app.workplace import Workplace
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.number_text import shown
from gdsim.core.problem import Problem
from gdsim.core.race.line_ups import line_up, with_optimizer
from gdsim.core.race.standings import gradient_evaluations, standing
from gdsim.core.run.trace import Trace
from gdsim.simulation.runs import Run
from gdsim.views.tabs.race.race_model import RaceRow
from gdsim.views.tabs.race.race_view import RaceView

_DIGITS = 4  # of a number in the table, one less where it is longer than
_LONGEST = 8


class RacePresenter(TabPresenter[RaceView]):
    """Lists the runs; adds, removes and selects them."""

    key: ClassVar = "race"
    group: ClassVar = "compare"
    shown_in_predictions: ClassVar = True

    def __init__(self, view: RaceView, workplace: Workplace) -> None:
        super().__init__(view, workplace)
        self._runner = workplace.runner
        self._editing = workplace.editing
        self._names = workplace.names
        self._runs = workplace.runs
        self._has_data = False
        self._drawn: list[int] = []  # the keys of the runs in the rows of the table
        self._runner.runs_changed.connect(self._on_runs_changed)
        view.run_selected.connect(self._on_selected)
        view.visibility_requested.connect(self._on_visibility)
        view.own_start_requested.connect(self._on_own_start)
        view.name_requested.connect(self._on_named)
        view.colour_requested.connect(self._on_recoloured)
        view.line_up_requested.connect(self._on_line_up)
        view.add_requested.connect(self._on_add)
        view.duplicate_requested.connect(self._on_duplicate)
        view.remove_requested.connect(self._on_remove)
        view.remove_others_requested.connect(self._on_remove_others)
        self.retranslate()

    @classmethod
    def make_view(cls) -> RaceView:
        return RaceView()

    # In the tab

    def draw(self, moment: Moment) -> None:
        runner = self._runner
        if self._has_data != (moment.experiment.data is not None):
            self._has_data = not self._has_data
            self.view.set_line_ups(say.line_ups(has_data=self._has_data))
        runs = [run for run in runner.runs if run.trace is not None]
        self._drawn = [run.key for run in runs]
        called = [
            name
            for run, name in zip(runner.runs, self._names.names(), strict=True)
            if run.trace is not None
        ]
        traces = [run.trace for run in runs if run.trace is not None]
        judge = self.workplace.judge
        stands = standing(traces, runner.row, [judge.has_converged(trace) for trace in traces])
        rows = [
            self._row(run, each, name, *status)
            for run, each, name, status in zip(
                runs, traces, called, say.statuses(traces, stands, runner.row, judge), strict=True
            )
        ]
        self.view.set_note(
            say.headline(stands, called, [each.experiment for each in traces], runner.row)
        )
        self.view.set_runs(rows, next(i for i, each in enumerate(traces) if each is moment.trace))

    def _row(self, run: Run, trace: Trace, name: str, status: str, sentence: str) -> RaceRow:
        row = run.shown(self._runner.row)
        return RaceRow(
            self._names.of_run(run),
            name,
            self._runs.is_visible(run),
            run.has_own_start,
            str(row),
            _number(float(trace.loss(row, row + 1)[0])),
            _number(hypot(*trace.gradient(row, row + 1)[0])),
            str(gradient_evaluations(trace, row)),
            status,
            sentence,
        )

    def retranslate(self) -> None:
        """Fill the menus; every other text is written by the next draw."""
        name = self.workplace.translation.name
        self.view.set_line_ups(say.line_ups(has_data=self._has_data))
        self.view.set_optimizers(
            [
                (key, name(entry.name), name(entry.note))
                for key, entry in catalogue.optimizers().items()
            ]
        )

    # Wishes

    def _run_in_row(self, row: int) -> Run | None:
        """The run of a row of the table; None where the run has just been removed."""
        run = next((each for each in self._runner.runs if each.key == self._drawn[row]), None)
        return None if run is None or run.trace is None else run

    @Slot()
    def _on_runs_changed(self) -> None:
        self._editing.is_racing = len(self._runner.runs) > 1

    @Slot(int)
    def _on_selected(self, row: int) -> None:
        run = self._run_in_row(row)
        if run is None:
            return
        self._runner.select(run.key)
        if self._runner.selected is run:
            self._editing.look_at(run.experiment)

    @Slot(int, bool)
    def _on_visibility(self, row: int, visible: bool) -> None:
        run = self._run_in_row(row)
        if run is not None:
            self._runs.set_visible(run, visible)
            self.workplace.redraw()

    @Slot(int, bool)
    def _on_own_start(self, row: int, is_own: bool) -> None:
        run = self._run_in_row(row)
        if run is not None:
            self._runner.set_own_start(run.key, is_own)

    @Slot(int, str)
    def _on_named(self, row: int, name: str) -> None:
        run = self._run_in_row(row)
        if run is not None:
            self._names.rename(run, name)
        self.workplace.redraw()

    @Slot(int, int)
    def _on_recoloured(self, row: int, colour: int) -> None:
        run = self._run_in_row(row)
        if run is not None:
            self._names.recolour(run, colour)
        self.workplace.redraw()

    @Slot(str)
    def _on_line_up(self, key: str) -> None:
        try:
            runs = line_up(key, self._editing.experiment)
        except Problem as problem:
            self.workplace.report(problem)
            return
        self._runner.race(runs)

    @Slot(str)
    def _on_add(self, key: str) -> None:
        self._runner.add(with_optimizer(self._editing.experiment, key))

    @Slot(int)
    def _on_duplicate(self, row: int) -> None:
        run = self._run_in_row(row)
        if run is not None:
            self._runner.select(run.key)
            self._runner.duplicate()

    @Slot(int)
    def _on_remove(self, row: int) -> None:
        run = self._run_in_row(row)
        if run is not None:
            self._runner.remove(run.key)

    @Slot(int)
    def _on_remove_others(self, row: int) -> None:
        stays = self._run_in_row(row)
        if stays is None:
            return
        for run in self._runner.runs:
            if run is not stays:
                self._runner.remove(run.key)


def _number(value: float) -> str:
    text = shown(value, _DIGITS)
    return text if len(text) <= _LONGEST else shown(value, _DIGITS - 1)
