"""What every presenter works with, and what every presenter can do."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal, Slot

from gdsim.app.explore.found_points import FoundPoints
from gdsim.app.landscape.plane_choice import PlaneChoice
from gdsim.app.language.translation import Translation
from gdsim.app.moment import Moment
from gdsim.app.run import rise_phrases
from gdsim.app.run.guessing import Guessing
from gdsim.app.run.line_by_line import LineByLine
from gdsim.app.run.run_names_and_styles import RunNamesAndStyles
from gdsim.app.run.run_views import RunViews
from gdsim.app.setup.editing import Editing
from gdsim.app.setup.problem_changes import ProblemChanges
from gdsim.core.problem import Problem
from gdsim.core.run.trace import Trace
from gdsim.simulation.deriver import Deriver
from gdsim.simulation.judge import Judge
from gdsim.simulation.runner import Runner
from gdsim.views.setup.control_panel import ControlPanel
from gdsim.views.window.landscape_panel import LandscapePanel


class Workplace(QObject):
    """Holds what all presenters share, and the list of them.

    Attributes
    ----------
    translation : the language of the window.
    runner : the runs, and which row of them is shown.
    editing : the experiment that the setup panel shows.
    problem : changes its function, model, constants and start.
    points : the points found so far at which descents end.
    deriver : works out Hessians.
    judge : finds out at what kind of point a run ended.
    lines : goes through one update line by line.
    guessing : asks the class where a step will land.
    names : the names and styles of the runs.
    runs : the runs as the plots draw them.
    landscape : the panel of the landscape; tabs may draw on it.
    plane_choice : which plane of the parameters that panel shows.
    """

    redraw_requested = Signal()
    bug_reported = Signal()
    """Something failed that is no fault of the user; standard error has the details."""

    def __init__(
        self,
        panel: ControlPanel,
        landscape: LandscapePanel,
        translation: Translation,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.translation = translation
        self.landscape = landscape
        self.runner = Runner(self)
        self.editing = Editing(panel, translation, self)
        self.problem = ProblemChanges(panel, self.editing, self)
        self.points = FoundPoints(self.editing, self)
        self.deriver = Deriver(self)
        self.judge = Judge(self)
        self.lines = LineByLine(self.runner, self)
        self.guessing = Guessing(self.runner, self)
        self.names = RunNamesAndStyles(self.runner, translation)
        self.runs = RunViews(self.runner, self.names, translation, self)
        self.plane_choice = PlaneChoice(landscape.slice, self.runner, self)
        self._presenters: list[Presenter] = []
        self.runner.trace_changed.connect(self._on_trace_changed)

    def add(self, presenter: Presenter) -> None:
        """From now on clear, retranslate and shut down this presenter with all others."""
        self._presenters.append(presenter)

    def moment(self) -> Moment | None:
        """What is to be shown now; None before the first run is there."""
        runner, trace = self.runner, self.runner.trace
        if trace is None:
            return None
        step = trace.step(runner.shown)
        hidden = self.guessing.is_waiting
        known = self.guessing.hidden(trace) if hidden else self.lines.known(trace, step)
        return Moment(
            trace,
            step,
            known,
            is_last=trace.ending is not None and runner.shown == runner.last,
            is_hidden=hidden,
            rises=()
            if runner.is_too_fast_to_read
            else rise_phrases.rises(trace, step.index, self.deriver, revealed=known.ghost),
        )

    @Slot()
    def redraw(self) -> None:
        """Ask for all presenters to draw; several requests in a row are answered by one drawing."""
        self.redraw_requested.emit()

    @Slot(object)
    def report(self, problem: object) -> None:
        """Tell the user what went wrong; the last good run stays.

        Parameters
        ----------
        problem : a Problem, which is said at the formula, or the text of a bug.
        """
        if isinstance(problem, Problem):
            self.editing.refuse(problem)
            return
        print(problem, file=sys.stderr)
        self.bug_reported.emit()

    @Slot(object)
    def _on_trace_changed(self, trace: Trace) -> None:
        self.editing.accept(trace.experiment)

    @Slot(object)
    def go_to(self, row: int) -> None:
        """Pause, and show this row of the run."""
        self.runner.pause()
        self.runner.show(row)

    # What all presenters do

    def clear(self) -> None:
        """Another function: nothing of the old one may stay in sight."""
        for presenter in self._presenters:
            presenter.clear()

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.editing.retranslate()
        self.names.retranslate()
        for presenter in self._presenters:
            presenter.retranslate()

    def shut_down(self) -> None:
        """Stop all threads."""
        for presenter in self._presenters:
            presenter.shut_down()
        self.runner.shut_down()


class Presenter(QObject):
    """Fills one part of the window; made with a workplace, it belongs to it until both are closed.

    A presenter overrides what it has a use for; each method does nothing by default.
    """

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.workplace = workplace
        workplace.add(self)

    def draw(self, moment: Moment) -> None:
        """Show this moment; called at most once a frame."""

    def clear(self) -> None:
        """Remove what was drawn: the part is no longer seen, or another function was chosen."""

    def retranslate(self) -> None:
        """The language has changed; ``draw`` follows."""

    def shut_down(self) -> None:
        """Stop the threads that the presenter has started."""
