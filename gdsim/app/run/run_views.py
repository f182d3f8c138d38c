"""The runs as the plots and their legend show them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from gdsim.app.language import run_phrases
from gdsim.app.language.translation import Translation
from gdsim.app.moment import Moment
from gdsim.app.run.run_names_and_styles import RunNamesAndStyles
from gdsim.core.run.trace import Trace, first_difference
from gdsim.simulation.runner import Runner
from gdsim.simulation.runs import Run
from gdsim.views.run.run_view import RunView
from gdsim.views.theme import RunStyle


class RunViews(QObject):
    """Makes what the plots draw of each run, and knows which runs the user has hidden."""

    def __init__(
        self, runner: Runner, names: RunNamesAndStyles, translation: Translation, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._names = names
        self._translation = translation
        self._hidden: set[int] = set()  # keys of runs
        self._made: tuple[Moment, list[RunView]] | None = None
        runner.runs_changed.connect(self._on_runs_changed)

    def is_visible(self, run: Run) -> bool:
        """Whether the plots show this run."""
        return run.key not in self._hidden

    def set_visible(self, run: Run, visible: bool) -> None:
        """Let the plots show this run, or not."""
        if visible:
            self._hidden.discard(run.key)
        else:
            self._hidden.add(run.key)

    def of(self, moment: Moment) -> list[RunView]:
        """Every run as the plots draw it, the selected one last and so above the others.

        Beneath it are the futures of the selected run that were left. While the step is still to
        be predicted nothing is drawn that lies beyond the shown row.
        """
        if self._made is None or self._made[0] is not moment:
            self._made = (moment, self._make(moment))
        return self._made[1]

    def _make(self, moment: Moment) -> list[RunView]:
        runner, names, future = self._runner, self._names, not moment.is_hidden
        selected = runner.selected
        assert selected is not None
        views = [
            self._view(run, run.trace, future=future)
            for run in runner.runs
            if run is not selected and run.trace is not None
        ]
        if future:
            views += [
                names.view(other, first_difference(other, moment.trace), names.of_future(other))
                for other in selected.futures
            ]
        marks = run_phrases.marks(moment.trace, self._translation)
        return [*views, self._view(selected, moment.trace, marks=marks, future=future)]

    def _view(
        self,
        run: Run,
        trace: Trace,
        *,
        marks: tuple[tuple[int, str], ...] = (),
        future: bool,
    ) -> RunView:
        return replace(
            self._names.view(trace, run.shown(self._runner.row), self._names.of_run(run)),
            visible=self.is_visible(run),
            marks=marks,
            future=future,
            is_companion=run is not self._runner.selected,
        )

    def legend(self) -> list[tuple[RunStyle, str]]:
        """The visible runs by style and name; empty where there is only one run."""
        runs = self._runner.runs
        if len(runs) == 1:
            return []
        return [
            (self._names.of_run(run), name)
            for run, name in zip(runs, self._names.names(), strict=True)
            if self.is_visible(run)
        ]

    @Slot()
    def _on_runs_changed(self) -> None:
        self._hidden &= {run.key for run in self._runner.runs}
