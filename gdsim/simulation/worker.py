"""The object that lives on the thread and alone touches the descents."""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gdsim.core.problem import Problem
from gdsim.core.run.descent import Descent
from gdsim.simulation.frame_watch import LONGEST_WAIT_MS
from gdsim.simulation.run_requests import RunRequest

SLICE_SECONDS = 0.003
"""How long the worker computes before it looks at its event loop again."""

PUBLISH_SECONDS = 1 / 60

WORK_SECONDS = 0.01
"""How long it computes at least between two pictures, however long they take to draw."""

_FIRST_SLICE = 64  # updates of all runs together; the count then follows the measured pace


class Worker(QObject):
    """Advances the descents of a race to a goal, in slices so short that any wish acts at once.

    Having published, it rests until the window has drawn the rows.

    They go in lock-step: a slice brings all that can go on to the same row. Every descent has the
    key of its run. What is asked for has a generation, which every signal carries.
    """

    loaded = Signal(object, object)  # generation, {key: Trace with its first new row}
    published = Signal(object)  # generation: there are rows to be read
    became_idle = Signal(object)  # generation: goal, ends or memory limit reached
    failed = Signal(object, object)  # generation, Problem or the text of a bug

    def __init__(self) -> None:
        super().__init__()
        self._descents: dict[int, Descent] = {}
        self._futures_bytes = 0
        self._generation = -1
        self._goal = 0
        self._slice = _FIRST_SLICE
        self._published_at = self._resumed_at = 0.0
        self._timer = QTimer(self)  # a child, so that it moves to the thread with its owner
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._advance)

    @Slot(object, object, bool)
    def load(self, generation: int, requests: Mapping[int, RunRequest], alone: bool) -> None:
        """Let runs begin anew, all of them or none; ``alone``: every other run goes."""
        self._timer.stop()
        # Where one of them fails, the descents before them go on under the new generation.
        self._generation = generation
        self._goal = 0
        try:
            made = {key: request.descent() for key, request in requests.items()}
        except Problem as problem:
            self.failed.emit(generation, problem)
            return
        except Exception:  # a bug must reach the person, not vanish in Qt's event loop
            self.failed.emit(generation, traceback.format_exc())
            return
        self._descents = made if alone else {**self._descents, **made}
        self._slice = _FIRST_SLICE
        self._share_memory()
        self.loaded.emit(generation, {key: descent.trace for key, descent in made.items()})

    @Slot(object)
    def remove(self, key: int) -> None:
        """Let go of a run."""
        self._descents.pop(key, None)
        self._share_memory()

    @Slot(object)
    def reserve(self, size: int) -> None:
        """Leave this much of the memory limit, in bytes, to the traces that are kept."""
        self._futures_bytes = size
        self._share_memory()

    def _share_memory(self) -> None:
        """Let every descent know what the others have left of the memory limit."""
        total = self._futures_bytes + sum(each.trace.nbytes for each in self._descents.values())
        for descent in self._descents.values():
            descent.reserved = total - descent.trace.nbytes
            descent.trace.is_full = descent.is_full

    @Slot(object)
    def advance_to(self, goal: int) -> None:
        """Compute until row ``goal`` is there; a goal that is already there is a wish to rest."""
        self._goal = goal
        if self._descents:
            self._timer.start(0)

    @Slot()
    def resume(self) -> None:
        """The window has drawn what was published."""
        if self._timer.isActive():
            self._resumed_at = time.perf_counter()
            self._timer.start(0)

    @Slot()
    def finish(self) -> None:
        """Let go of the descents and end the thread.

        Asked from outside, the thread would end before this wish is heard, with the timer running;
        a running timer cannot be destroyed from another thread.
        """
        self._timer.stop()
        self._descents = {}
        self.thread().quit()

    @Slot()
    def _advance(self) -> None:
        try:
            resting = self._advance_a_slice()
        except Exception:  # as above
            self._timer.stop()
            self.failed.emit(self._generation, traceback.format_exc())
            return
        now = time.perf_counter()
        due = max(self._published_at + PUBLISH_SECONDS, self._resumed_at + WORK_SECONDS)
        if resting or now >= due:
            self._published_at = now
            self.published.emit(self._generation)
            self._timer.start(LONGEST_WAIT_MS)
        if resting:
            self._timer.stop()
            self.became_idle.emit(self._generation)

    def _unfinished(self) -> list[Descent]:
        """The descents that can go on and have not reached the goal."""
        return [
            descent
            for descent in self._descents.values()
            if descent.ending is None and not descent.is_full and descent.last < self._goal
        ]

    def _advance_a_slice(self) -> bool:
        """Compute for about one slice; returns whether there is nothing left to do."""
        unfinished = self._unfinished()
        if unfinished:
            # Those that are behind come first, up to where the others are.
            level = min(descent.last for descent in unfinished)
            wanted = min(self._goal, level + max(1, self._slice // len(unfinished)))
            begun = time.perf_counter()
            behind = [descent for descent in unfinished if descent.last < wanted]
            made = sum(descent.advance(wanted - descent.last) for descent in behind)
            spent = time.perf_counter() - begun
            if wanted < self._goal:
                affordable = made * SLICE_SECONDS / max(spent, 1e-6)
                self._slice = max(1, int(min(4.0 * self._slice, affordable)))
            self._share_memory()
        return not self._unfinished()
