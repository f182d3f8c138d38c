"""The run as the window sees it: which row is shown, whether it plays, how fast."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from gdsim.core.experiment import Experiment
from gdsim.core.trace import Trace, parting
from gdsim.simulation.threads import PATIENCE_MS
from gdsim.simulation.worker import Worker

_FRAME_SECONDS = 1 / 60
_MOST_KEPT = 12  # futures; the oldest gives way
_FAR = 1 << 62  # a goal beyond every step limit


class Runner(QObject):
    """Owns the thread, and moves the shown row through what has been computed.

    There is one way forward: :meth:`step` shows the next row and, where it is not there yet, asks
    the worker for it. Playing is a timer on that same slot.
    """

    trace_changed = Signal(object)  # Trace: another run, or another future of this one
    published = Signal(object)  # rows that can be read
    shown_changed = Signal(object)  # the row that is shown
    playing_changed = Signal(bool)
    failed = Signal(object)  # Problem or the text of a bug; the last good run stays
    kept_changed = Signal()  # the futures that were left and can be taken up again

    _load = Signal(object, object)
    _branch = Signal(object, object, object, object)
    _resume = Signal(object, object)
    _reserve = Signal(object)
    _advance_to = Signal(object, object)
    _finish = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.trace: Trace | None = None
        self.kept: tuple[Trace, ...] = ()
        self.shown = 0
        self.playing = False
        self.speed = 2.0
        self._wanted = 0
        self._generation = 0
        self._following = False  # the shown row keeps up with the newest one
        self._due = 0.0
        self._ticked_at = 0.0
        self._arriving = 0  # the row to show when the run that is under way arrives
        self.is_loading = False  # a new run is under way, and the old one is not its past
        self._is_under_way = True  # a new run, or another future of this one; the first, at first
        self._postponed: list[Callable[[], None]] = []  # wishes for the run that is under way
        self._keeping: tuple[Trace, ...] = ()  # what is kept once the run under way arrives
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._start_thread()

    def _start_thread(self) -> None:
        self._thread = QThread(self)
        self._thread.setObjectName("gdsim descent")
        self._worker = Worker()
        self._worker.moveToThread(self._thread)
        self._load.connect(self._worker.load)
        self._branch.connect(self._worker.branch)
        self._resume.connect(self._worker.resume)
        self._reserve.connect(self._worker.reserve)
        self._advance_to.connect(self._worker.advance_to)
        self._finish.connect(self._worker.finish)
        self._worker.loaded.connect(self._on_loaded)
        self._worker.published.connect(self._on_published)
        self._worker.rested.connect(self._on_rested)
        self._worker.failed.connect(self._on_failed)
        self._thread.start()

    @property
    def last(self) -> int:
        """The newest row that can be read; −1 before the first run arrives."""
        return len(self.trace) - 1 if self.trace is not None else -1

    @property
    def is_at_end(self) -> bool:
        """Whether the shown row is the last this run will ever have."""
        return self.trace is not None and self.trace.ending is not None and self.shown >= self.last

    @property
    def is_full(self) -> bool:
        """Whether the recording has used the memory it may take."""
        return self.trace is not None and self.trace.is_full

    def load(self, experiment: Experiment) -> None:
        """Begin a new run, paused at its start."""
        self.pause()
        self._expect(0)
        self.is_loading = True
        self._load.emit(self._generation, experiment)

    def change(self, experiment: Experiment) -> None:
        """Apply other settings from the shown row on; what was computed beyond it is kept aside."""
        if self.trace is None or self.is_loading:
            self.load(experiment)
            return
        self._expect(self.shown)
        kept = (*self.kept, self.trace) if self.last > self.shown else self.kept
        self._keeping = kept[-_MOST_KEPT:]
        self._branch.emit(self._generation, self.trace, self.shown, experiment)

    def take_up(self, trace: Trace) -> None:
        """Go on with a future that was left; the one in force is kept in its place."""
        if self.trace is None or self.is_loading or trace not in self.kept:
            return
        self.pause()
        self._expect(min(self.shown, len(trace) - 1))
        others = tuple(other for other in self.kept if other is not trace)
        self._keeping = (*others, self.trace)
        self._resume.emit(self._generation, trace)

    def forget(self, trace: Trace) -> None:
        """Drop a future that was left."""
        self._set_kept(tuple(other for other in self.kept if other is not trace))

    def _set_kept(self, kept: tuple[Trace, ...]) -> None:
        if kept == self.kept or self.trace is None:
            return
        self.kept = kept
        self._reserve.emit(sum(other.bytes_from(parting(other, self.trace)) for other in kept))
        self.kept_changed.emit()

    def _expect(self, index: int) -> None:
        """From here on only the run that is under way counts; it will be shown at this row."""
        self._generation += 1
        self._arriving = index
        self._is_under_way = True
        self._keeping = ()
        self._postponed.clear()

    @Slot()
    def play(self) -> None:
        """Go on at the chosen pace until the end."""
        if self._postpones(self.play):
            return
        if self.playing or self.trace is None or self.is_at_end:
            return
        self.playing = True
        self._begin_pace()
        self.playing_changed.emit(True)

    @Slot()
    def pause(self) -> None:
        """Stay where the run is now."""
        if not self.playing:
            return
        self.playing = False
        self._timer.stop()
        # Rows computed since the last frame are shown once the worker rests.
        self._wanted = self.last if self._following else self._wanted
        self._advance_to.emit(self._generation, 0)
        self.playing_changed.emit(False)

    @Slot()
    def toggle(self) -> None:
        """Play when paused, pause when playing."""
        if self.playing:
            self.pause()
        else:
            self.play()

    @Slot()
    def step(self) -> None:
        """Show the next row, computing it where it is not there yet."""
        if self._postpones(self.step):
            return
        self._ask(self._wanted + 1)

    @Slot()
    def back(self) -> None:
        """Show the row before."""
        self.pause()
        self.show(self.shown - 1)

    @Slot()
    def home(self) -> None:
        """Show the start."""
        self.pause()
        self.show(0)

    @Slot()
    def end(self) -> None:
        """Run to the end as fast as it goes, and show it."""
        if self._postpones(self.end):
            return
        if self.trace is None or self.is_at_end:
            return
        if not self.playing:
            self.playing = True
            self.playing_changed.emit(True)
        self._timer.stop()
        self._follow()

    def _postpones(self, wish: Callable[[], None]) -> bool:
        """Keep a wish for the run that is under way; returns whether there is one."""
        if self._is_under_way:
            self._postponed.append(wish)
        return self._is_under_way

    def show(self, index: int) -> None:
        """Show any row that has been computed."""
        if self.trace is None:
            return
        self._following = False
        self._wanted = max(0, min(index, self.last))
        self._set_shown(self._wanted)

    def set_speed(self, speed: float) -> None:
        """Steps a second; infinity is as fast as it goes."""
        self.speed = speed
        if self.playing:
            self._begin_pace()

    def shut_down(self) -> None:
        """Stop the thread; the runner is of no use afterwards."""
        self._timer.stop()
        self.playing = False
        self._generation += 1
        self._finish.emit()
        self._thread.wait(PATIENCE_MS)

    def _begin_pace(self) -> None:
        self._timer.stop()
        if math.isinf(self.speed):
            self._follow()
            return
        if self._following:
            self._following = False
            self._wanted = self.shown
            self._advance_to.emit(self._generation, 0)
        self._due = 0.0
        self._ticked_at = time.perf_counter()
        self._timer.start(max(round(1000 * _FRAME_SECONDS), round(1000 / self.speed)))

    def _follow(self) -> None:
        self._following = True
        self._wanted = self.last
        self._set_shown(self.last)
        self._advance_to.emit(self._generation, _FAR)
        self._pause_at_end()

    @Slot()
    def _tick(self) -> None:
        """Take the steps that are due since the last tick."""
        now = time.perf_counter()
        if self.speed <= 1 / _FRAME_SECONDS:
            self.step()
        else:
            self._due += self.speed * (now - self._ticked_at)
            whole = int(self._due)
            self._due -= whole
            # A slow machine falls behind the pace rather than piling up wishes.
            most = self.last + int(self.speed * 0.25) + 1
            self._ask(min(self._wanted + whole, most))
        self._ticked_at = now

    def _ask(self, index: int) -> None:
        if self.trace is None or self._is_under_way:
            return
        self._wanted = index
        if index > self.last and self.trace.ending is None:
            self._advance_to.emit(self._generation, index)
        self._settle()

    def _settle(self) -> None:
        """Show as much of what is wanted as there is."""
        assert self.trace is not None
        if self._following:
            self._wanted = self.last
        elif self.trace.ending is not None or self.is_full:
            self._wanted = min(self._wanted, self.last)
        self._set_shown(min(self._wanted, self.last))
        self._pause_at_end()

    def _pause_at_end(self) -> None:
        if self.playing and (self.is_at_end or (self.is_full and self.shown >= self.last)):
            self._timer.stop()
            self._following = False
            self.playing = False
            self.playing_changed.emit(False)

    def _set_shown(self, index: int) -> None:
        if index != self.shown:
            self.shown = index
            self.shown_changed.emit(index)

    @Slot(object, object)
    def _on_loaded(self, generation: int, trace: Trace) -> None:
        if generation != self._generation:
            return
        self.trace = trace
        self.shown = self._wanted = min(self._arriving, self.last)
        self.is_loading = False
        self.trace_changed.emit(trace)
        self._set_kept(self._keeping)
        if self.playing:
            self._begin_pace()
        self._carry_out_postponed()

    @Slot(object, object)
    def _on_published(self, generation: int, length: int) -> None:
        if generation != self._generation or self.trace is None:
            return
        self.published.emit(length)
        self._settle()

    @Slot(object)
    def _on_rested(self, generation: int) -> None:
        if generation != self._generation or self.trace is None:
            return
        if self._following and not self.playing:
            self._settle()
            self._following = False
        self._pause_at_end()

    @Slot(object, object)
    def _on_failed(self, generation: int, problem: object) -> None:
        if generation != self._generation:
            return
        self.is_loading = False
        self.pause()
        self.failed.emit(problem)
        self._carry_out_postponed()

    def _carry_out_postponed(self) -> None:
        self._is_under_way = False
        wishes, self._postponed = self._postponed, []
        for wish in wishes:
            wish()
