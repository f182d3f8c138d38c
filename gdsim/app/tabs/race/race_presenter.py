"""The runs of a race on the plots and in their tab, and the wishes that change them."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

from PySide6.QtCore import QObject, Signal, Slot

from gdsim.app.language.translation import Translation
from gdsim.app.run.run_names_and_styles import RunBook
from gdsim.app.setup.editing import Editing
from gdsim.app.tabs.race import race_phrases as say
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.number_text import shown
from gdsim.core.problem import Problem
from gdsim.core.race.line_ups import line_up, with_optimizer
from gdsim.core.race.standings import gradient_evaluations, standing
from gdsim.core.run.trace import Step, Trace, parting
from gdsim.simulation.runner import Runner
from gdsim.simulation.runs import Run
from gdsim.views.run.run_view import RunView
from gdsim.views.tabs.race.race_model import RaceRow
from gdsim.views.tabs.race.race_view import RaceView
from gdsim.views.theme import RunStyle

_DIGITS = 4  # of a number in the table, one less where it is longer than
_LONGEST = 8


class RacePresenter(QObject):
    """Names the runs, draws them all, and passes on who is to come, to go and to be looked at."""

    redraw_requested = Signal()
    refused = Signal(object)  # Problem

    def __init__(
        self,
        view: RaceView,
        runner: Runner,
        editing: Editing,
        book: RunBook,
        translation: Translation,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._runner = runner
        self._editing = editing
        self._book = book
        self._translation = translation
        self._hidden: set[int] = set()  # keys of runs
        self._drawn: list[int] = []  # those of the rows of the table
        runner.runs_changed.connect(self._on_runs_changed)
        view.run_selected.connect(self._on_selected)
        view.visibility_wished.connect(self._on_visibility)
        view.own_start_wished.connect(self._on_own_start)
        view.name_wished.connect(self._on_named)
        view.colour_wished.connect(self._on_recoloured)
        view.line_up_requested.connect(self._on_line_up)
        view.add_requested.connect(self._on_add)
        view.duplicate_requested.connect(self._on_duplicate)
        view.remove_requested.connect(self._on_remove)
        view.remove_others_requested.connect(self._on_remove_others)
        self.retranslate()

    # On the plots

    def views(self, marks: tuple[tuple[int, str], ...], *, future: bool) -> list[RunView]:
        """Every run as the plots draw it, the selected one last and so above the others.

        Beneath it are the futures of the selected run that were left. Without ``future`` nothing
        is drawn that lies beyond the shown row.
        """
        runner, book = self._runner, self._book
        selected = runner.selected
        assert selected is not None
        assert selected.trace is not None
        views = [
            self._run_view(run, run.trace, future=future)
            for run in runner.runs
            if run is not selected and run.trace is not None
        ]
        if future:
            views += [
                book.view(other, parting(other, selected.trace), book.of_future(other))
                for other in selected.futures
            ]
        return [*views, self._run_view(selected, selected.trace, marks=marks, future=future)]

    def _run_view(
        self,
        run: Run,
        trace: Trace,
        *,
        marks: tuple[tuple[int, str], ...] = (),
        future: bool,
    ) -> RunView:
        return replace(
            self._book.view(trace, run.shown(self._runner.row), self._book.of_run(run)),
            visible=run.key not in self._hidden,
            marks=marks,
            future=future,
            is_companion=run is not self._runner.selected,
        )

    def legend(self) -> list[tuple[RunStyle, str]]:
        """The runs on the plots by name; none where there is only one."""
        runs = self._runner.runs
        if len(runs) == 1:
            return []
        return [
            (self._book.of_run(run), name)
            for run, name in zip(runs, self._book.names(), strict=True)
            if run.key not in self._hidden
        ]

    # In the tab

    def draw(self, trace: Trace, step: Step) -> None:
        runner = self._runner
        runs = [run for run in runner.runs if run.trace is not None]
        self._drawn = [run.key for run in runs]
        called = [
            name
            for run, name in zip(runner.runs, self._book.names(), strict=True)
            if run.trace is not None
        ]
        traces = [run.trace for run in runs if run.trace is not None]
        stands = standing(traces, runner.row)
        rows = [
            self._row(run, each, name, *status)
            for run, each, name, status in zip(
                runs, traces, called, say.statuses(traces, stands, runner.row), strict=True
            )
        ]
        self._view.set_note(
            say.headline(stands, called, [each.experiment for each in traces], runner.row)
        )
        self._view.set_runs(rows, next(i for i, each in enumerate(traces) if each is trace))

    def _row(self, run: Run, trace: Trace, name: str, status: str, sentence: str) -> RaceRow:
        row = run.shown(self._runner.row)
        return RaceRow(
            self._book.of_run(run),
            name,
            run.key not in self._hidden,
            run.has_own_start,
            str(row),
            _number(float(trace.loss(row, row + 1)[0])),
            _number(hypot(*trace.gradient(row, row + 1)[0])),
            str(gradient_evaluations(trace, row)),
            status,
            sentence,
        )

    def clear(self) -> None:
        """The rows stay: another run of the race is no other race."""

    def retranslate(self) -> None:
        """Fill the menus; every other text comes anew with the next draw."""
        self._book.retranslate()
        name = self._translation.name
        self._view.set_line_ups(say.line_ups())
        self._view.set_optimizers(
            [
                (key, name(entry.name), name(entry.note))
                for key, entry in catalogue.optimizers().items()
            ]
        )

    # Wishes

    def _run_in_row(self, row: int) -> Run | None:
        """The run of a row of the table; None where it is gone and the table does not know yet."""
        run = next((each for each in self._runner.runs if each.key == self._drawn[row]), None)
        return None if run is None or run.trace is None else run

    @Slot()
    def _on_runs_changed(self) -> None:
        runs = self._runner.runs
        self._editing.is_racing = len(runs) > 1
        self._hidden &= {run.key for run in runs}

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
        if run is None:
            return
        if visible:
            self._hidden.discard(run.key)
        else:
            self._hidden.add(run.key)
        self.redraw_requested.emit()

    @Slot(int, bool)
    def _on_own_start(self, row: int, is_own: bool) -> None:
        run = self._run_in_row(row)
        if run is not None:
            self._runner.set_own_start(run.key, is_own)

    @Slot(int, str)
    def _on_named(self, row: int, name: str) -> None:
        run = self._run_in_row(row)
        if run is not None:
            self._book.rename(run, name)
        self.redraw_requested.emit()

    @Slot(int, int)
    def _on_recoloured(self, row: int, colour: int) -> None:
        run = self._run_in_row(row)
        if run is not None:
            self._book.recolour(run, colour)
        self.redraw_requested.emit()

    @Slot(str)
    def _on_line_up(self, key: str) -> None:
        try:
            runs = line_up(key, self._editing.experiment)
        except Problem as problem:
            self.refused.emit(problem)
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
