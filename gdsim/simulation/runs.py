"""The runs of a race as the window sees them, and how far each has been computed."""

from __future__ import annotations

from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace, first_difference


class Run:
    """One run of a race: its experiment and the rows recorded so far.

    ``key`` identifies the run for as long as the window is open. ``trace`` is None until the worker
    has loaded the run. ``futures`` are traces with rows that no longer belong to the run, because a
    setting was changed at an earlier row; the user can return to them. ``has_own_start``: the start
    point is independent of the start point that the other runs share.
    """

    def __init__(self, key: int, experiment: Experiment) -> None:
        self.key = key
        self.experiment = experiment
        self.trace: Trace | None = None
        self.futures: tuple[Trace, ...] = ()
        self.has_own_start = False
        self.generation = 0  # of the newest request
        self.is_pending = False  # whether a request has not been answered yet
        self.futures_after_load: tuple[Trace, ...] = ()

    @property
    def last(self) -> int:
        """The newest row that can be read; −1 before the run is loaded."""
        return len(self.trace) - 1 if self.trace is not None else -1

    @property
    def can_advance(self) -> bool:
        """Whether the worker can compute further rows."""
        trace = self.trace
        return trace is not None and trace.ending is None and not trace.is_full

    def shown(self, row: int) -> int:
        """The row to show of this run when the race shows ``row``: at most its last one."""
        return min(row, self.last)

    def receive(self, trace: Trace) -> None:
        """Take over the trace that the worker has loaded."""
        self.trace = trace
        self.experiment = trace.experiment
        self.is_pending = False
        self.futures, self.futures_after_load = self.futures_after_load, ()

    def fail(self) -> None:
        """Return to the settings of the trace before the request, which has failed."""
        self.is_pending = False
        self.futures_after_load = ()
        if self.trace is not None:
            self.experiment = self.trace.experiment

    def futures_bytes(self) -> int:
        """Memory of the rows that only the futures have, not the trace itself."""
        if self.trace is None:
            return 0
        return sum(other.bytes_from(first_difference(other, self.trace)) for other in self.futures)


class RunList:
    """The runs that advance in lock-step; often there is only one."""

    def __init__(self) -> None:
        self.all: tuple[Run, ...] = ()
        self.selected: Run | None = None
        self._keys = 0

    def make(self, experiment: Experiment) -> Run:
        """A new run with a new key; it is not added to the list."""
        self._keys += 1
        return Run(self._keys, experiment)

    def find(self, key: int) -> Run | None:
        """The run with this key, or None where it was removed."""
        return next((run for run in self.all if run.key == key), None)

    def remove(self, run: Run) -> None:
        """Remove a run; if it was the selected one, its neighbour is selected."""
        place = self.all.index(run)
        self.all = (*self.all[:place], *self.all[place + 1 :])
        if self.selected is run:
            self.selected = self.all[min(place, len(self.all) - 1)] if self.all else None

    @property
    def is_pending(self) -> bool:
        """Whether some run is still being loaded."""
        return any(run.is_pending for run in self.all)

    @property
    def can_advance(self) -> bool:
        """Whether the worker can compute further rows of some run."""
        return any(run.can_advance for run in self.all)

    @property
    def farthest(self) -> int:
        """The newest row that any run has."""
        return max((run.last for run in self.all), default=-1)

    @property
    def reached_by_all(self) -> int:
        """The newest row that every run has, not counting runs that have ended before it."""
        reached = [run.last for run in self.all if run.can_advance]
        return min(reached) if reached else self.farthest

    def futures_bytes(self) -> int:
        """Memory of the futures of all runs."""
        return sum(run.futures_bytes() for run in self.all)
