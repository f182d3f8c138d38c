"""The object that computes the descents, on a thread of its own."""

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
"""How long the worker computes before it returns to its event loop."""

PUBLISH_SECONDS = 1 / 60

WORK_SECONDS = 0.01
"""How long the worker computes at least between two frames, however long they take to draw."""

_FIRST_SLICE = 64  # updates of all runs together; later slices follow the measured speed


class Worker(QObject):
    """Advances the descents of a race to a goal, in slices so short that any request acts at once.

    The descents advance in lock-step: a slice brings all those that can advance to the same row.
    After each report the worker waits until the window has drawn the new rows. Every descent has
    the key of its run. Requests are numbered; each signal carries the number (the generation) of
    the newest one, so that the window can ignore answers to older requests.
    """

    loaded = Signal(object, object)  # generation, {key: Trace with its first new row}
    published = Signal(object)  # generation: there are new rows to read
    became_idle = Signal(object)  # generation: goal, ends or memory limit reached
    failed = Signal(object, object)  # generation, Problem or a traceback

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
        """Create the requested runs, or none of them if one fails.

        ``alone``: all other runs are dropped.
        """
        self._timer.stop()
        # If one of them fails, the previous descents continue under the new generation.
        self._generation = generation
        self._goal = 0
        try:
            made = {key: request.descent() for key, request in requests.items()}
        except Problem as problem:
            self.failed.emit(generation, problem)
            return
        except Exception:  # a bug must be shown to the user, not vanish in Qt's event loop
            self.failed.emit(generation, traceback.format_exc())
            return
        self._descents = made if alone else {**self._descents, **made}
        self._slice = _FIRST_SLICE
        self._share_memory()
        self.loaded.emit(generation, {key: descent.trace for key, descent in made.items()})

    @Slot(object)
    def remove(self, key: int) -> None:
        """Stop computing a run and drop its descent."""
        self._descents.pop(key, None)
        self._share_memory()

    @Slot(object)
    def reserve(self, size: int) -> None:
        """Count this many bytes of the memory limit as taken by the futures of the runs."""
        self._futures_bytes = size
        self._share_memory()

    def _share_memory(self) -> None:
        """Tell every descent how much of the memory limit the others use."""
        total = self._futures_bytes + sum(each.trace.nbytes for each in self._descents.values())
        for descent in self._descents.values():
            descent.reserved = total - descent.trace.nbytes
            descent.trace.is_full = descent.is_full

    @Slot(object)
    def advance_to(self, goal: int) -> None:
        """Compute until every run has row ``goal``; a goal that is already reached stops it."""
        self._goal = goal
        if self._descents:
            self._timer.start(0)

    @Slot()
    def resume(self) -> None:
        """Continue: the window has drawn the rows that were published."""
        if self._timer.isActive():
            self._resumed_at = time.perf_counter()
            self._timer.start(0)

    @Slot()
    def finish(self) -> None:
        """Drop the descents and end the thread.

        If the window's thread called ``quit()`` itself, the thread would end with the timer still
        running, and a running timer cannot be destroyed from another thread.
        """
        self._timer.stop()
        self._descents = {}
        self.thread().quit()

    @Slot()
    def _advance(self) -> None:
        try:
            is_idle = self._advance_a_slice()
        except Exception:  # as above
            self._timer.stop()
            self.failed.emit(self._generation, traceback.format_exc())
            return
        now = time.perf_counter()
        due = max(self._published_at + PUBLISH_SECONDS, self._resumed_at + WORK_SECONDS)
        if is_idle or now >= due:
            self._published_at = now
            self.published.emit(self._generation)
            self._timer.start(LONGEST_WAIT_MS)
        if is_idle:
            self._timer.stop()
            self.became_idle.emit(self._generation)

    def _unfinished(self) -> list[Descent]:
        """The descents that can advance and have not reached the goal."""
        return [
            descent
            for descent in self._descents.values()
            if descent.ending is None and not descent.is_full and descent.last < self._goal
        ]

    def _advance_a_slice(self) -> bool:
        """Compute for about :data:`SLICE_SECONDS`; returns whether nothing is left to do."""
        unfinished = self._unfinished()
        if unfinished:
            # Descents that are behind advance first, up to the row of the others.
            lowest = min(descent.last for descent in unfinished)
            target = min(self._goal, lowest + max(1, self._slice // len(unfinished)))
            begun = time.perf_counter()
            behind = [descent for descent in unfinished if descent.last < target]
            updates = sum(descent.advance(target - descent.last) for descent in behind)
            seconds = time.perf_counter() - begun
            if target < self._goal:
                fitting = updates * SLICE_SECONDS / max(seconds, 1e-6)
                self._slice = max(1, int(min(4.0 * self._slice, fitting)))
            self._share_memory()
        return not self._unfinished()
