"""What the window shows at one time: a row of a run, and how much of it may be seen."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.core.arrays import Floats
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Step, Trace
from gdsim.core.taylor.rises import Rise


@dataclass(frozen=True, slots=True)
class Known:
    """How much of a step may be shown.

    ``lines``: None for all of them; ``state``: (label, (d,) vector) of what the optimizer
    remembers; ``stage``: the name of the strip's stage, empty where whole updates are shown.
    """

    stage: str = ""
    lines: int | None = None
    gradient: bool = True
    delta: bool = True
    ghost: bool = True
    tested: bool = True
    state: tuple[str, Floats] | None = None


WHOLE = Known()
"""Everything about a step."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The shown row of the selected run, and what may be seen of it.

    Every presenter draws from a moment and from nothing else, so that all of them agree on what
    is shown and on what is still to be predicted.

    Attributes
    ----------
    trace : the selected run.
    step : the shown row of it.
    known : how much of the step may be shown.
    is_last : whether the run has ended, and this is its last row.
    is_hidden : whether the step is still to be predicted: nothing that lies beyond the shown row
        may be seen.
    rises : why the loss rose in this step or in the one before, as far as it did and as far as
        that may be seen; empty while the run is played too fast to read it.
    """

    trace: Trace
    step: Step
    known: Known = WHOLE
    is_last: bool = False
    is_hidden: bool = False
    rises: tuple[Rise, ...] = ()

    @property
    def experiment(self) -> Experiment:
        """The settings under which the update of this row is made."""
        return self.trace.stretch(self.step.index).experiment
