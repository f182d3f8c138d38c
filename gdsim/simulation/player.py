"""Moving through the rows of all runs together: step, back, play at a speed, run to the end."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from gdsim.core.run.trace import Trace
from gdsim.simulation.runs import Run, RunList

_FRAME_SECONDS = 1 / 60
_READABLE = 8.0  # steps a second up to which the sentences about a step can be read
_NO_LIMIT = 1 << 62  # a goal beyond every step limit


class Player(QObject):
    """Shows all runs at the same row, and requests rows that have not been computed yet.

    Properties of a single run, such as ``trace`` and ``shown``, are those of the selected run.
    There is one way forward: :meth:`step` shows the next row and requests it where it has not been
    computed yet. Playing is a timer that calls the same slot.
    """

    published = Signal()  # there are new rows to read
    shown_changed = Signal(object)  # the row of the selected run
    playing_changed = Signal(bool)

    _advance_to = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run_list = RunList()
        self.row = 0
        self.playing = False
        self.speed = 2.0
        self._target = 0  # the row to be shown as soon as it has been computed
        self._at_full_speed = False  # the shown row is always the newest one
        self._due = 0.0  # steps that are due, a fraction of one included
        self._ticked_at = 0.0
        self._postponed: list[Callable[[], None]] = []  # calls to repeat once the runs are loaded
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    # The selected run

    @property
    def trace(self) -> Trace | None:
        """The recorded rows of the selected run; None before the first run is loaded."""
        return self._run_list.selected.trace if self._run_list.selected is not None else None

    @property
    def futures(self) -> tuple[Trace, ...]:
        """Traces to which the user can return: the selected run before settings were changed."""
        return self._run_list.selected.futures if self._run_list.selected is not None else ()

    @property
    def last(self) -> int:
        """The newest row of the selected run; −1 before it is loaded."""
        return self._run_list.selected.last if self._run_list.selected is not None else -1

    @property
    def shown(self) -> int:
        """The shown row of the selected run: ``row``, or its last row where it ended earlier."""
        return max(0, min(self.row, self.last))

    @property
    def is_at_end(self) -> bool:
        """Whether the selected run has ended and its last row is shown."""
        return self.trace is not None and self.trace.ending is not None and self.shown >= self.last

    @property
    def is_full(self) -> bool:
        """Whether the recording has reached the memory limit."""
        return self.trace is not None and self.trace.is_full

    # All runs

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs, in the order of the list; for reading only."""
        return self._run_list.all

    @property
    def selected(self) -> Run | None:
        """The run that the readout and the setup panel show."""
        return self._run_list.selected

    @property
    def farthest(self) -> int:
        """The newest row that any run has."""
        return self._run_list.farthest

    @property
    def is_over(self) -> bool:
        """Whether no run has, or can get, a row after the shown one."""
        return (
            self.trace is not None and not self._run_list.can_advance and self.row >= self.farthest
        )

    @property
    def is_pending(self) -> bool:
        """Whether some run is still being loaded; also true before the first one."""
        return not self.runs or self._run_list.is_pending

    @property
    def is_settled(self) -> bool:
        """Whether the requested row is shown and no playing at full speed is being stopped."""
        return self.row == self._target and not self._at_full_speed

    @property
    def is_too_fast_to_read(self) -> bool:
        """Whether rows pass faster than the sentences about one of them can be read."""
        return self.playing and (self._at_full_speed or self.speed > _READABLE)

    # Moving

    @Slot()
    def play(self) -> None:
        """Advance at the chosen speed until the end."""
        if self._postpone(self.play):
            return
        if self.playing or self.trace is None or self.is_over:
            return
        self.playing = True
        self._start_playing()
        self.playing_changed.emit(True)

    @Slot()
    def pause(self) -> None:
        """Stop playing at the row that the runs have reached."""
        self._cancel_postponed_moves()
        if not self.playing:
            return
        self.playing = False
        self._timer.stop()
        # At full speed, rows computed since the last frame are shown once the worker is idle; at a
        # limited speed, a row that is still being computed is not shown any more.
        self._target = (
            max(self.row, self._run_list.reached_by_all) if self._at_full_speed else self.row
        )
        self._advance_to.emit(self.row)
        self.playing_changed.emit(False)

    @Slot()
    def toggle(self) -> None:
        """Play when paused, pause when playing."""
        if self.playing or self.play in self._postponed:
            self.pause()
        else:
            self.play()

    @Slot()
    def step(self) -> None:
        """Show the next row; it is computed first where it does not exist yet."""
        if self._postpone(self.step):
            return
        self._move_to(self._target + 1)

    @Slot()
    def back(self) -> None:
        """Show the row before."""
        self.pause()
        self.show(self.row - 1)

    @Slot()
    def home(self) -> None:
        """Show the start."""
        self.pause()
        self.show(0)

    @Slot()
    def end(self) -> None:
        """Run to the end at full speed, and show the last row."""
        if self._postpone(self.end):
            return
        if self.trace is None or self.is_over:
            return
        if not self.playing:
            self.playing = True
            self.playing_changed.emit(True)
        self._timer.stop()
        self._run_at_full_speed()

    def show(self, index: int) -> None:
        """Show a row that has been computed; runs that do not have it yet catch up."""
        if self.trace is None:
            return
        self._at_full_speed = False
        self._target = max(0, min(index, self.farthest))
        self._set_row(self._target)
        self._catch_up()

    def set_speed(self, speed: float) -> None:
        """Set how many steps are made in a second; ``inf`` is full speed."""
        self.speed = speed
        if self.playing:
            self._start_playing()

    # Internals

    def _postpone(self, call: Callable[[], None]) -> bool:
        """While runs are being loaded, keep the call for later; returns whether it was kept."""
        if self.is_pending:
            self._postponed.append(call)
            return True
        return False

    def _run_postponed(self) -> None:
        if self.is_pending:
            return
        calls, self._postponed = self._postponed, []
        for call in calls:
            call()

    def _start_playing(self) -> None:
        self._timer.stop()
        if math.isinf(self.speed):
            self._run_at_full_speed()
            return
        if self._at_full_speed:
            self._at_full_speed = False
            self._target = self.row
            self._advance_to.emit(self.row)
        self._due = 0.0
        self._ticked_at = time.perf_counter()
        self._timer.start(max(round(1000 * _FRAME_SECONDS), round(1000 / self.speed)))

    def _run_at_full_speed(self) -> None:
        self._at_full_speed = True
        self._target = max(self.row, self._run_list.reached_by_all)
        self._set_row(self._target)
        self._advance_to.emit(_NO_LIMIT)
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
            # A slow computer falls behind the speed instead of piling up requests.
            most = self._run_list.reached_by_all + int(self.speed * 0.25) + 1
            self._move_to(max(self._target, min(self._target + whole, most)))
        self._ticked_at = now

    def _move_to(self, row: int) -> None:
        if self.trace is None or self.is_pending:
            return
        self._target = row
        self._catch_up()
        self._show_reached()

    def _catch_up(self) -> None:
        """Request the rows up to the target that some run does not have yet."""
        if any(run.can_advance and run.last < self._target for run in self.runs):
            self._advance_to.emit(self._target)

    def _show_reached(self) -> None:
        """Show the target row, or the newest one that has been computed on the way to it."""
        reached, farthest = self._run_list.reached_by_all, self.farthest
        if self._at_full_speed:
            self._target = max(self.row, reached)
        elif not self._run_list.can_advance:
            self._target = min(self._target, farthest)
        # While a run catches up, the shown row does not move backwards.
        self._set_row(min(self._target, max(reached, min(self.row, farthest))))
        self._pause_at_end()

    def _pause_at_end(self) -> None:
        if self.is_over:
            self._stop()

    def _stop(self) -> None:
        """Stop playing without a message to the worker, which has nothing left to do."""
        if self.playing:
            self._timer.stop()
            self._at_full_speed = False
            self.playing = False
            self.playing_changed.emit(False)

    def _cancel_postponed_moves(self) -> None:
        """Forget calls of :meth:`play` and :meth:`end` that wait for runs to be loaded."""
        moving = (self.play, self.end)
        self._postponed = [call for call in self._postponed if call not in moving]

    def _set_row(self, row: int) -> None:
        if row != self.row:
            self.row = row
            self.shown_changed.emit(self.shown)
