"""The runs of a race as the window sees them, and how far all of them are."""

from __future__ import annotations

from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace, parting


class Run:
    """One run of a race: what it is to be, and what has been recorded of it.

    ``key`` stays its own for as long as the window is open. ``trace`` is None until the run
    arrives; ``kept`` are the futures of this run that were left. A run whose start is its own
    neither follows the starts of others nor takes them along.
    """

    def __init__(self, key: int, experiment: Experiment) -> None:
        self.key = key
        self.experiment = experiment
        self.trace: Trace | None = None
        self.futures: tuple[Trace, ...] = ()
        self.has_own_start = False
        self.generation = 0  # of what was asked for last
        self.is_pending = False
        self.futures_after_load: tuple[
            Trace, ...
        ] = ()  # what is kept once the run under way arrives

    @property
    def last(self) -> int:
        """The newest row that can be read; −1 before the run arrives."""
        return len(self.trace) - 1 if self.trace is not None else -1

    @property
    def can_advance(self) -> bool:
        """Whether it will have further rows if they are asked for."""
        trace = self.trace
        return trace is not None and trace.ending is None and not trace.is_full

    def shown(self, row: int) -> int:
        """The row that stands for row ``row`` of the race: a run that ended earlier rests."""
        return min(row, self.last)

    def receive(self, trace: Trace) -> None:
        """The run that was under way is there."""
        self.trace = trace
        self.experiment = trace.experiment
        self.is_pending = False
        self.futures, self.futures_after_load = self.futures_after_load, ()

    def fail(self) -> None:
        """The run that was under way cannot be; the one before stays."""
        self.is_pending = False
        self.futures_after_load = ()
        if self.trace is not None:
            self.experiment = self.trace.experiment

    def futures_bytes(self) -> int:
        """Memory that the futures take beside the trace in force."""
        if self.trace is None:
            return 0
        return sum(other.bytes_from(parting(other, self.trace)) for other in self.futures)


class RunList:
    """The list of runs that advance in lock-step; one run is the ordinary case of it."""

    def __init__(self) -> None:
        self.all: tuple[Run, ...] = ()
        self.selected: Run | None = None
        self._keys = 0

    def make(self, experiment: Experiment) -> Run:
        """A run with a key of its own, which is not in the list yet."""
        self._keys += 1
        return Run(self._keys, experiment)

    def find(self, key: int) -> Run | None:
        """The run of this key, None where it was removed."""
        return next((run for run in self.all if run.key == key), None)

    def remove(self, run: Run) -> None:
        """Take a run out; where it was the selected one, its neighbour is."""
        place = self.all.index(run)
        self.all = (*self.all[:place], *self.all[place + 1 :])
        if self.selected is run:
            self.selected = self.all[min(place, len(self.all) - 1)] if self.all else None

    @property
    def is_pending(self) -> bool:
        """Whether a run is still to arrive."""
        return any(run.is_pending for run in self.all)

    @property
    def can_advance(self) -> bool:
        """Whether some run can go on."""
        return any(run.can_advance for run in self.all)

    @property
    def farthest(self) -> int:
        """The newest row that any run has."""
        return max((run.last for run in self.all), default=-1)

    @property
    def reached_by_all(self) -> int:
        """The newest row that every run has reached, or will never reach."""
        reached = [run.last for run in self.all if run.can_advance]
        return min(reached) if reached else self.farthest

    def futures_bytes(self) -> int:
        """Memory of all the futures that were left."""
        return sum(run.futures_bytes() for run in self.all)
