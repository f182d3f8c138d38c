"""Moving through the rows of all runs together: one step, back, play at a pace, to the end."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from gdsim.core.run.trace import Trace
from gdsim.simulation.runs import Run, RunList

_FRAME_SECONDS = 1 / 60
_READABLE = 8.0  # steps a second
_FAR = 1 << 62  # a goal beyond every step limit


class Player(QObject):
    """Shows every run at the same row, and asks for the rows that are not there yet.

    One run is the ordinary case of the list. ``trace``, ``shown`` and whatever else is said of one
    run belong to the selected one. There is one way forward: :meth:`step` shows the next row and,
    where it is not there yet, asks for it. Playing is a timer on that same slot.
    """

    published = Signal()  # there are rows to be read
    shown_changed = Signal(object)  # the row of the selected run
    playing_changed = Signal(bool)

    _advance_to = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run_list = RunList()
        self.row = 0
        self.playing = False
        self.speed = 2.0
        self._wanted = 0
        self._following = False  # the shown row keeps up with the newest one
        self._due = 0.0
        self._ticked_at = 0.0
        self._postponed: list[Callable[[], None]] = []  # wishes for what is under way
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    # The selected run

    @property
    def trace(self) -> Trace | None:
        """What was recorded of the selected run; None before the first one arrives."""
        return self._run_list.selected.trace if self._run_list.selected is not None else None

    @property
    def futures(self) -> tuple[Trace, ...]:
        """The futures of the selected run that were left."""
        return self._run_list.selected.futures if self._run_list.selected is not None else ()

    @property
    def last(self) -> int:
        """The newest row of the selected run; −1 before it arrives."""
        return self._run_list.selected.last if self._run_list.selected is not None else -1

    @property
    def shown(self) -> int:
        """The row of the selected run that is shown: ``row``, or its last where it ended before."""
        return max(0, min(self.row, self.last))

    @property
    def is_at_end(self) -> bool:
        """Whether the shown row is the last that the selected run will ever have."""
        return self.trace is not None and self.trace.ending is not None and self.shown >= self.last

    @property
    def is_full(self) -> bool:
        """Whether the recording has used the memory it may take."""
        return self.trace is not None and self.trace.is_full

    # All runs

    @property
    def runs(self) -> tuple[Run, ...]:
        """Every run, in the order of the list; only to be read."""
        return self._run_list.all

    @property
    def selected(self) -> Run | None:
        """The run that the readout and the setup panel follow."""
        return self._run_list.selected

    @property
    def farthest(self) -> int:
        """The newest row that any run has."""
        return self._run_list.farthest

    @property
    def is_over(self) -> bool:
        """Whether no run can go beyond the shown row."""
        return (
            self.trace is not None and not self._run_list.can_advance and self.row >= self.farthest
        )

    @property
    def _is_pending(self) -> bool:
        """Whether a run is still to arrive; at first the first one is."""
        return not self.runs or self._run_list.is_pending

    @property
    def is_too_fast_to_read(self) -> bool:
        """Whether rows pass faster than anybody could read what is said of one of them."""
        return self.playing and (self._following or self.speed > _READABLE)

    # Moving

    @Slot()
    def play(self) -> None:
        """Go on at the chosen pace until the end."""
        if self._postpones(self.play):
            return
        if self.playing or self.trace is None or self.is_over:
            return
        self.playing = True
        self._begin_pace()
        self.playing_changed.emit(True)

    @Slot()
    def pause(self) -> None:
        """Stay where the runs are now."""
        self._take_back_moving()
        if not self.playing:
            return
        self.playing = False
        self._timer.stop()
        # Flat out, rows computed since the last frame are shown once the worker rests; at a pace,
        # a row that is still on its way is not waited for.
        self._wanted = max(self.row, self._run_list.reached_by_all) if self._following else self.row
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
        """Show the next row, computing it where it is not there yet."""
        if self._postpones(self.step):
            return
        self._ask(self._wanted + 1)

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
        """Run to the end as fast as it goes, and show it."""
        if self._postpones(self.end):
            return
        if self.trace is None or self.is_over:
            return
        if not self.playing:
            self.playing = True
            self.playing_changed.emit(True)
        self._timer.stop()
        self._follow()

    def show(self, index: int) -> None:
        """Show any row that has been computed; runs that have not come so far catch up."""
        if self.trace is None:
            return
        self._following = False
        self._wanted = max(0, min(index, self.farthest))
        self._set_row(self._wanted)
        self._catch_up()

    def set_speed(self, speed: float) -> None:
        """Steps a second; infinity is as fast as it goes."""
        self.speed = speed
        if self.playing:
            self._begin_pace()

    # Inside

    def _postpones(self, wish: Callable[[], None]) -> bool:
        """Keep a wish for the run that is under way; returns whether there is one."""
        if self._is_pending:
            self._postponed.append(wish)
            return True
        return False

    def _carry_out_postponed(self) -> None:
        if self._is_pending:
            return
        wishes, self._postponed = self._postponed, []
        for wish in wishes:
            wish()

    def _begin_pace(self) -> None:
        self._timer.stop()
        if math.isinf(self.speed):
            self._follow()
            return
        if self._following:
            self._following = False
            self._wanted = self.row
            self._advance_to.emit(self.row)
        self._due = 0.0
        self._ticked_at = time.perf_counter()
        self._timer.start(max(round(1000 * _FRAME_SECONDS), round(1000 / self.speed)))

    def _follow(self) -> None:
        self._following = True
        self._wanted = max(self.row, self._run_list.reached_by_all)
        self._set_row(self._wanted)
        self._advance_to.emit(_FAR)
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
            most = self._run_list.reached_by_all + int(self.speed * 0.25) + 1
            self._ask(max(self._wanted, min(self._wanted + whole, most)))
        self._ticked_at = now

    def _ask(self, row: int) -> None:
        if self.trace is None or self._is_pending:
            return
        self._wanted = row
        self._catch_up()
        self._settle()

    def _catch_up(self) -> None:
        """Ask for the rows up to the wanted one that some run lacks."""
        if any(run.can_advance and run.last < self._wanted for run in self.runs):
            self._advance_to.emit(self._wanted)

    def _settle(self) -> None:
        """Show as much of what is wanted as there is."""
        reached, farthest = self._run_list.reached_by_all, self.farthest
        if self._following:
            self._wanted = max(self.row, reached)
        elif not self._run_list.can_advance:
            self._wanted = min(self._wanted, farthest)
        # Runs that still catch up do not send the others back.
        self._set_row(min(self._wanted, max(reached, min(self.row, farthest))))
        self._pause_at_end()

    def _pause_at_end(self) -> None:
        if self.is_over:
            self._stop()

    def _stop(self) -> None:
        """Play no longer; the worker needs not be told."""
        if self.playing:
            self._timer.stop()
            self._following = False
            self.playing = False
            self.playing_changed.emit(False)

    def _take_back_moving(self) -> None:
        """What was to move on as soon as a run arrives is not wanted any more."""
        moving = (self.play, self.end)
        self._postponed = [wish for wish in self._postponed if wish not in moving]

    def _set_row(self, row: int) -> None:
        if row != self.row:
            self.row = row
            self.shown_changed.emit(self.shown)
