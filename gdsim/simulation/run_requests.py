"""Where a run begins: each request makes its descent on the thread that will advance it.

``descent()`` raises Problem where the experiment cannot run.
"""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace


@dataclass(frozen=True, slots=True)
class NewRun:
    """The start of an experiment."""

    experiment: Experiment

    def descent(self) -> Descent:
        return Descent(self.experiment)


@dataclass(frozen=True, slots=True)
class BranchedRun:
    """A row of a trace, from which another experiment goes on."""

    trace: Trace
    index: int
    experiment: Experiment

    def descent(self) -> Descent:
        return Descent.branch(self.trace, self.index, self.experiment)


@dataclass(frozen=True, slots=True)
class ResumedRun:
    """A trace that was left, where it stands."""

    trace: Trace

    def descent(self) -> Descent:
        return Descent.resume(self.trace)


@dataclass(frozen=True, slots=True)
class CopiedRun:
    """A second trace with the same rows, which goes on by itself."""

    trace: Trace

    def descent(self) -> Descent:
        return Descent.resume(self.trace.copy())


RunRequest = NewRun | BranchedRun | ResumedRun | CopiedRun
