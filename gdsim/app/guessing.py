"""Predict, then reveal: a step waits until somebody has clicked where it will land."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QObject, Signal, Slot

from gdsim.app.line_by_line import Known
from gdsim.core.numbers import shown
from gdsim.core.trace import Trace
from gdsim.simulation.runner import Runner

Plane = tuple[float, ...]


class Guessing(QObject):
    """Whether guesses are wanted, the last one, and the running score."""

    changed = Signal()

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self.is_on = False
        self._index: int | None = None  # the row of the last guess
        self._axes: tuple[int, ...] = ()
        self.guess: Plane | None = None
        self.landed: Plane | None = None
        self._errors: list[float] = []
        runner.shown_changed.connect(self._on_shown_changed)
        runner.trace_changed.connect(self._forget)

    @Slot(bool)
    def set_on(self, on: bool) -> None:
        """Begin with a fresh score, or stop guessing."""
        self.is_on = on
        self._errors.clear()
        self._forget()
        if on:
            self._runner.pause()

    @property
    def is_waiting(self) -> bool:
        """Whether the shown step is hidden until somebody clicks."""
        return self.is_on and self._runner.trace is not None and not self._runner.is_at_end

    def hidden(self, trace: Trace) -> Known:
        """All that a guess may start from: the point and its gradient."""
        return Known("gradient", len(trace.parameters), delta=False, ghost=False, tested=False)

    @Slot()
    def step(self) -> None:
        """Step, unless a click is waited for."""
        if self.is_waiting:
            self.changed.emit()
        else:
            self._runner.step()

    def take(self, point: Plane, axes: tuple[int, ...]) -> None:
        """Somebody clicked: keep the guess and let the step be made."""
        if not self.is_waiting or self._runner.playing:
            return
        self._index, self._axes = self._runner.shown, axes
        self.guess, self.landed = point, None
        self._runner.step()
        self._reveal()

    def score(self) -> tuple[float, int]:
        """The mean distance relative to ‖Δθ‖, and the number of guesses."""
        count = len(self._errors)
        return (sum(self._errors) / count if count else 0.0), count

    def error_text(self) -> str:
        """How far the last guess was off, in lengths of the step."""
        return f"{shown(self._errors[-1], 3)} ‖Δθ‖" if self.landed is not None else ""

    @Slot(object)
    def _on_shown_changed(self, index: int) -> None:
        if self._index is None:
            return
        if index == self._index + 1:
            self._reveal()
        elif index != self._index:
            self._forget()

    def _reveal(self) -> None:
        trace, index = self._runner.trace, self._index
        if trace is None or index is None or self.landed is not None or self.guess is None:
            return
        if self._runner.shown != index + 1:
            return
        self.landed = self._at(trace, index + 1)
        length = hypot(*(trace.step(index).delta[axis] for axis in self._axes))
        off = hypot(*(one - other for one, other in zip(self.guess, self.landed, strict=True)))
        self._errors.append(off / length if length > 0 else 0.0)
        self.changed.emit()

    def _at(self, trace: Trace, index: int) -> Plane:
        theta = trace.step(index).theta
        return tuple(float(theta[axis]) for axis in self._axes)

    @Slot()
    def _forget(self, *_: object) -> None:
        self._index = self.guess = self.landed = None
        self.changed.emit()
