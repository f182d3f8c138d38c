"""The object that lives on the thread and alone touches the descent."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gdsim.core.descent import Descent
from gdsim.core.experiment import Experiment
from gdsim.core.problem import Problem
from gdsim.core.trace import Trace

SLICE_SECONDS = 0.003
"""How long the worker computes before it looks at its event loop again."""

PUBLISH_SECONDS = 1 / 60

_FIRST_SLICE = 64  # updates; the count then follows the measured pace


class Worker(QObject):
    """Advances one descent towards a goal, in slices short enough that any wish acts at once.

    Every command and every signal carries the generation of the load it belongs to.
    """

    loaded = Signal(object, object)  # generation, Trace with its first new row
    published = Signal(object, object)  # generation, rows that can be read
    rested = Signal(object)  # generation: goal, end or memory limit reached
    failed = Signal(object, object)  # generation, Problem or the text of a bug

    def __init__(self) -> None:
        super().__init__()
        self._descent: Descent | None = None
        self._generation = -1
        self._goal = 0
        self._slice = _FIRST_SLICE
        self._published_at = 0.0
        self._timer = QTimer(self)  # a child, so that it moves to the thread with its owner
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._advance)

    @Slot(object, object)
    def load(self, generation: int, experiment: Experiment) -> None:
        """Begin a new descent at the start of an experiment."""
        self._replace(generation, lambda: Descent(experiment))

    @Slot(object, object, object, object)
    def branch(self, generation: int, trace: Trace, index: int, experiment: Experiment) -> None:
        """Go on from a row of a trace under another experiment."""
        self._replace(generation, lambda: Descent.branch(trace, index, experiment))

    @Slot(object, object)
    def resume(self, generation: int, trace: Trace) -> None:
        """Go on with a trace that was left."""
        self._replace(generation, lambda: Descent.resume(trace))

    @Slot(object)
    def reserve(self, size: int) -> None:
        """Leave this much of the memory limit, in bytes, to the traces that are kept."""
        if self._descent is not None:
            self._descent.reserved = size
            self._descent.trace.is_full = self._descent.is_full

    def _replace(self, generation: int, make: Callable[[], Descent]) -> None:
        self._timer.stop()
        # Where this load fails, the descent before it goes on under the new generation.
        self._generation = generation
        self._goal = 0
        try:
            descent = make()
        except Problem as problem:
            self.failed.emit(generation, problem)
            return
        except Exception:  # a bug must reach the person, not vanish in Qt's event loop
            self.failed.emit(generation, traceback.format_exc())
            return
        self._descent = descent
        self._slice = _FIRST_SLICE
        self.loaded.emit(generation, descent.trace)

    @Slot(object, object)
    def advance_to(self, generation: int, goal: int) -> None:
        """Compute until row ``goal`` is there; a goal that is already there is a wish to rest."""
        if generation != self._generation or self._descent is None:
            return
        self._goal = goal
        self._timer.start()

    @Slot()
    def finish(self) -> None:
        """Let go of the descent and end the thread.

        Asked from outside, the thread would end before this wish is heard, with the timer running;
        a running timer cannot be destroyed from another thread.
        """
        self._timer.stop()
        self._descent = None
        self.thread().quit()

    @Slot()
    def _advance(self) -> None:
        descent = self._descent
        if descent is None:
            self._timer.stop()
            return
        try:
            resting = self._advance_a_slice(descent)
        except Exception:  # as above
            self._timer.stop()
            self.failed.emit(self._generation, traceback.format_exc())
            return
        now = time.perf_counter()
        if resting or now - self._published_at >= PUBLISH_SECONDS:
            self._published_at = now
            self.published.emit(self._generation, len(descent.trace))
        if resting:
            self._timer.stop()
            self.rested.emit(self._generation)

    def _advance_a_slice(self, descent: Descent) -> bool:
        """Compute for about one slice; returns whether there is nothing left to do."""
        missing = self._goal - (len(descent.trace) - 1)
        if missing > 0 and descent.ending is None and not descent.is_full:
            wanted = min(missing, self._slice)
            begun = time.perf_counter()
            descent.advance(wanted)
            spent = time.perf_counter() - begun
            if wanted == self._slice:
                pace = min(4.0, SLICE_SECONDS / max(spent, 1e-6))
                self._slice = max(1, int(self._slice * pace))
        return self._goal <= len(descent.trace) - 1 or descent.ending is not None or descent.is_full
