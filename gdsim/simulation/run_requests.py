"""Requests for runs, which the window sends to the worker.

``descent()`` of each creates the descent, on the worker's thread. It raises Problem where the
experiment cannot run.
"""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace


@dataclass(frozen=True, slots=True)
class NewRun:
    """A run from the start point of an experiment."""

    experiment: Experiment

    def descent(self) -> Descent:
        return Descent(self.experiment)


@dataclass(frozen=True, slots=True)
class BranchedRun:
    """A run of another experiment that shares the rows of ``trace`` up to row ``index``."""

    trace: Trace
    index: int
    experiment: Experiment

    def descent(self) -> Descent:
        return Descent.branch(self.trace, self.index, self.experiment)


@dataclass(frozen=True, slots=True)
class ResumedRun:
    """A run that continues a trace at its last row."""

    trace: Trace

    def descent(self) -> Descent:
        return Descent.resume(self.trace)


@dataclass(frozen=True, slots=True)
class CopiedRun:
    """A run that begins with a copy of the rows of a trace and then continues on its own."""

    trace: Trace

    def descent(self) -> Descent:
        return Descent.resume(self.trace.copy())


RunRequest = NewRun | BranchedRun | ResumedRun | CopiedRun
