"""The style and the name of each run, which stay the same as long as the run exists."""

from __future__ import annotations

from gdsim.app.language.translation import Translation
from gdsim.app.run import run_names
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace
from gdsim.simulation.runner import Runner
from gdsim.simulation.runs import Run
from gdsim.views.run.run_view import RunView
from gdsim.views.theme import RunStyle, run_style

# A single run has the colours of the theme, a different one on each plot.
_ALONE = RunStyle("", (), "o")


class RunNamesAndStyles:
    """Gives each run of the race, and each future of a run, a style and a name of its own."""

    def __init__(self, runner: Runner, translation: Translation) -> None:
        self._runner = runner
        self._translation = translation
        self._places: dict[int, int] = {}  # key of a run, or id of a kept trace → its place
        self._colours: dict[int, int] = {}
        self._given: dict[int, str] = {}  # key of a run → the name that the user gave
        self._derived: tuple[list[Experiment], list[str]] | None = None

    # Names

    def names(self) -> list[str]:
        """The name of each run in the list: given by the user, or made from its settings."""
        runs = self._runner.runs
        experiments = [run.experiment for run in runs]
        # Names are needed in every frame and rarely change.
        if not self._derived or list(map(id, experiments)) != list(map(id, self._derived[0])):
            self._derived = (experiments, run_names.names(experiments, self._translation))
        derived = zip(runs, self._derived[1], strict=True)
        return [self._given.get(run.key, name) for run, name in derived]

    def settings(self, trace: Trace) -> str:
        """A future by the settings it ends with."""
        return run_names.settings(trace.experiment, self._translation)

    def rename(self, run: Run, name: str) -> None:
        """Give a run this name; an empty one restores the name made from its settings."""
        self._given.pop(run.key, None)
        if name and name != self.names()[self._runner.runs.index(run)]:
            self._given[run.key] = name

    def retranslate(self) -> None:
        """Find names in the current language."""
        self._derived = None

    # Styles

    def of_run(self, run: Run) -> RunStyle:
        """The style of a run; that of the theme while it is the only one."""
        if len(self._runner.runs) == 1 and run.key not in self._colours:
            self._place(run.key)
            return _ALONE
        return run_style(self._place(run.key), self._colours.get(run.key))

    def of_future(self, trace: Trace) -> RunStyle:
        """The style of a future."""
        return run_style(self._place(-id(trace)))

    def recolour(self, run: Run, colour: int) -> None:
        """Give a run another colour; its line pattern and marker stay."""
        self._colours[run.key] = colour

    def view(self, trace: Trace, shown: int, style: RunStyle) -> RunView:
        """The run in this style, in the form that the plots need."""
        return RunView(trace, shown, style.color, style.dash, style.marker)

    def _place(self, key: int) -> int:
        """The number of a run's style; new runs get the first free numbers, in list order."""
        if key not in self._places:
            self._forget_the_gone()
            for new in (*(run.key for run in self._runner.runs), key):
                if new not in self._places:
                    taken = set(self._places.values())
                    free = (place for place in range(len(taken) + 1) if place not in taken)
                    self._places[new] = next(free)
        return self._places[key]

    def _forget_the_gone(self) -> None:
        runs = self._runner.runs
        there = {run.key for run in runs}
        there |= {-id(trace) for run in runs for trace in run.futures}
        self._places = {key: place for key, place in self._places.items() if key in there}
        self._colours = {key: colour for key, colour in self._colours.items() if key in there}
        self._given = {key: name for key, name in self._given.items() if key in there}
