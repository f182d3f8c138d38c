"""Long computations on a thread of their own.

They run in short slices, report partial results, and can be cancelled or replaced at any time.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from typing import Any, Protocol

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from gdsim.core.problem import Problem
from gdsim.simulation.frame_watch import LONGEST_WAIT_MS, FrameWatch
from gdsim.simulation.threads import SHUTDOWN_TIMEOUT_MS


class Exploration(Protocol):
    """A long computation that reports its progress and its partial results."""

    def stages(self) -> Iterator[tuple[float, Any]]:
        """Do the work, about a hundredth of a second for each item of the iterator.

        Yields
        ------
        The share of the work that is done, from 0 to 1, and a new partial result or None. A result
        is never changed after it was yielded.
        """


class ExploringWorker(QObject):
    """Does the work on the thread. Between two slices it handles requests, and waits until the
    window has drawn what was reported."""

    reported = Signal(object, object, object)  # generation, share done, result or None
    finished = Signal(object)  # generation
    failed = Signal(object, object)  # generation, Problem or a traceback

    def __init__(self) -> None:
        super().__init__()
        self._generation = -1
        self._stages: Iterator[tuple[float, Any]] | None = None
        self._timer = QTimer(self)  # a child, so that it moves to the thread with its owner
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._work)

    @Slot(object, object)
    def begin(self, generation: int, exploration: Exploration) -> None:
        """Begin this exploration; the current one, if any, is cancelled."""
        self._generation = generation
        self._stages = exploration.stages()
        self._timer.start(0)

    @Slot()
    def resume(self) -> None:
        """Continue: the window has drawn what was reported."""
        if self._timer.isActive():
            self._timer.start(0)

    @Slot()
    def cancel(self) -> None:
        """Cancel the current exploration."""
        self._timer.stop()
        self._stages = None

    @Slot()
    def finish(self) -> None:
        """Cancel everything and end the thread; a running timer must not outlive it."""
        self.cancel()
        self.thread().quit()

    @Slot()
    def _work(self) -> None:
        if self._stages is None:
            self._timer.stop()
            return
        try:
            done, picture = next(self._stages)
        except StopIteration:
            self.cancel()
            self.finished.emit(self._generation)
        except Problem as problem:
            self.cancel()
            self.failed.emit(self._generation, problem)
        except Exception:  # a bug must be shown to the user, not vanish in Qt's event loop
            self.cancel()
            self.failed.emit(self._generation, traceback.format_exc())
        else:
            self._timer.start(LONGEST_WAIT_MS)
            self.reported.emit(self._generation, done, picture)


class Explorer(QObject):
    """Carries out one exploration at a time; a new one replaces the current one.

    The thread is started by the first exploration: a window that explores nothing has none.
    """

    reported = Signal(object, object, object)  # exploration, share done, result or None
    finished = Signal(object)  # exploration
    failed = Signal(object)  # Problem or a traceback

    _begin = Signal(object, object)
    _resume = Signal()
    _cancel = Signal()
    _finish = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = 0
        self._exploration: Exploration | None = None
        self._is_shut_down = False
        self._thread = QThread(self)
        self._thread.setObjectName(f"gdsim {name}")
        self._worker = ExploringWorker()
        self._worker.moveToThread(self._thread)
        self._frames = FrameWatch(self)
        self._frames.drawn.connect(self._resume)
        self._begin.connect(self._worker.begin)
        self._resume.connect(self._worker.resume)
        self._cancel.connect(self._worker.cancel)
        self._finish.connect(self._worker.finish)
        self._worker.reported.connect(self._on_reported)
        self._worker.finished.connect(self._on_finished)
        self._worker.failed.connect(self._on_failed)

    @property
    def is_busy(self) -> bool:
        """Whether an exploration is running."""
        return self._exploration is not None

    def explore(self, exploration: Exploration) -> None:
        """Begin this exploration; the current one, if any, is cancelled."""
        if self._is_shut_down:
            return
        if not self._thread.isRunning():
            self._thread.start()
        self._generation += 1
        self._exploration = exploration
        self._begin.emit(self._generation, exploration)

    @Slot()
    def cancel(self) -> None:
        """Cancel the current exploration; it emits no further signals."""
        self._generation += 1
        self._exploration = None
        self._cancel.emit()

    @Slot()
    def shut_down(self) -> None:
        """Stop the thread; afterwards the explorer ignores all requests."""
        self._generation += 1
        self._exploration = None
        self._is_shut_down = True
        self._frames.stop()
        if self._thread.isRunning():
            self._finish.emit()
            self._thread.wait(SHUTDOWN_TIMEOUT_MS)

    @Slot(object, object, object)
    def _on_reported(self, generation: int, done: float, picture: object) -> None:
        if generation == self._generation:
            self._frames.begin()
            self.reported.emit(self._exploration, done, picture)

    @Slot(object)
    def _on_finished(self, generation: int) -> None:
        if generation == self._generation:
            exploration, self._exploration = self._exploration, None
            self.finished.emit(exploration)

    @Slot(object, object)
    def _on_failed(self, generation: int, problem: object) -> None:
        if generation == self._generation:
            self._exploration = None
            self.failed.emit(problem)
