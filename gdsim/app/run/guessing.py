"""Guessing: a step is shown only after the user has clicked where it will land."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QObject, Signal, Slot

from gdsim.app.moment import Known
from gdsim.core.landscape.plane import Plane
from gdsim.core.number_text import shown
from gdsim.core.run.trace import Trace
from gdsim.simulation.runner import Runner

Spot = tuple[float, ...]
"""A point of the landscape: of one parameter, or of a plane."""


class Guessing(QObject):
    """Whether guessing is on, the last guess, and the score so far."""

    changed = Signal()

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self.is_on = False
        self._index: int | None = None  # the row of the last guess
        self._plane: Plane | None = None
        self.guess: Spot | None = None
        self.landed: Spot | None = None
        self._errors: list[float] = []
        runner.shown_changed.connect(self._on_shown_changed)
        runner.trace_changed.connect(self._forget)

    @Slot(bool)
    def set_on(self, on: bool) -> None:
        """Switch guessing on with an empty score, or off."""
        self.is_on = on
        self._errors.clear()
        self._forget()
        if on:
            self._runner.pause()

    @property
    def is_waiting(self) -> bool:
        """Whether the shown step is hidden until the user clicks."""
        return self.is_on and self._runner.trace is not None and not self._runner.is_at_end

    def hidden(self, trace: Trace) -> Known:
        """What is shown before a guess: the point and its gradient."""
        return Known("gradient", len(trace.parameters), delta=False, ghost=False, tested=False)

    @Slot()
    def step(self) -> None:
        """Make a step, unless a guess is still missing."""
        if self.is_waiting:
            self.changed.emit()
        else:
            self._runner.step()

    def take(self, point: Spot, plane: Plane | None) -> None:
        """Record a click on the landscape as the guess, and make the step."""
        if not self.is_waiting or self._runner.playing:
            return
        self._index, self._plane = self._runner.shown, plane
        self.guess, self.landed = point, None
        self._runner.step()
        self._reveal()

    def score(self) -> tuple[float, int]:
        """The mean distance relative to ‖Δθ‖, and the number of guesses."""
        count = len(self._errors)
        return (sum(self._errors) / count if count else 0.0), count

    def error_text(self) -> str:
        """The error of the last guess, as a multiple of the length of the step."""
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
        theta, delta = trace.step(index + 1).theta, trace.step(index).delta
        if self._plane is not None:
            theta, delta = self._plane.project(theta), self._plane.components(delta)
        self.landed = tuple(theta.tolist())
        length = hypot(*delta.tolist())
        off = hypot(*(one - other for one, other in zip(self.guess, self.landed, strict=True)))
        self._errors.append(off / length if length > 0 else 0.0)
        self.changed.emit()

    @Slot()
    def _forget(self, *_: object) -> None:
        self._index = self.guess = self.landed = None
        self.changed.emit()
