"""Going through one update phase by phase."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from gdsim.app.moment import WHOLE, Known
from gdsim.core.formula.names import plain_name
from gdsim.core.run.trace import Step, Trace
from gdsim.core.step.phases import Phase, Stage, phases
from gdsim.simulation.runner import Runner
from gdsim.views.run.step_layer import Part

_STRIP = {
    Stage.INITIALISE: "initialise",
    Stage.GRADIENT: "gradient",
    Stage.RULE: "rule",
    Stage.TEST: "test",
    Stage.MOVE: "move",
}


class LineByLine(QObject):
    """Knows which phase of which row is shown. Any other movement shows whole updates again."""

    changed = Signal()

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._index = 0
        self._place: int | None = None
        self._growing: Part | None = None
        runner.shown_changed.connect(self._on_shown_changed)
        runner.trace_changed.connect(self._on_trace_changed)

    @Slot()
    def next(self) -> None:
        """The next phase; after the move, the first one of the next update."""
        trace = self._runner.trace
        if trace is None:
            return
        self._runner.pause()
        found = phases(trace, self._runner.shown)
        place = 0 if self._place is None else self._place + 1
        if place < len(found):
            self._go(self._runner.shown, place, _part(found[place]))
        elif found[-1].stage is Stage.MOVE:
            # Said when the next row is there: until then it is the old one that is drawn.
            self._index, self._place, self._growing = self._runner.shown + 1, 0, Part.GRADIENT
            self._runner.step()

    @Slot()
    def back(self) -> None:
        """The previous phase; before the first phase, the last one of the previous update."""
        trace = self._runner.trace
        if trace is None:
            return
        self._runner.pause()
        index = self._runner.shown
        place = len(phases(trace, index)) - 1 if self._place is None else self._place - 1
        if place < 0 and index > 0:
            self._go(index - 1, len(phases(trace, index - 1)) - 1)
            self._runner.show(index - 1)
        elif place >= 0:
            self._go(index, place)

    def known(self, trace: Trace, step: Step) -> Known:
        """What may be shown of this step."""
        if self._place is None or step.index != self._index:
            return WHOLE
        found = phases(trace, step.index)
        place = min(self._place, len(found) - 1)
        seen, now = found[: place + 1], found[place]
        named = [phase.vector for phase in seen if phase.vector is not None]
        names = [name for name, _ in named]
        states = [
            (plain_name(name), vector) for name, vector in named if name not in ("g", "theta")
        ]
        return Known(
            stage=_STRIP[now.stage],
            lines=now.lines,
            gradient="g" in names,
            delta="theta" in names,
            ghost=now.stage is Stage.MOVE,
            tested=now.stage in (Stage.TEST, Stage.MOVE),
            state=states[-1] if states else None,
        )

    def take_growing(self) -> Part | None:
        """The part that has just become known and should grow, once."""
        part, self._growing = self._growing, None
        return part

    def _go(self, index: int, place: int, growing: Part | None = None) -> None:
        self._index, self._place, self._growing = index, place, growing
        self.changed.emit()

    @Slot(object)
    def _on_shown_changed(self, index: int) -> None:
        if index != self._index:
            self._place = self._growing = None
        elif self._growing is not None:
            self.changed.emit()

    @Slot()
    def _on_trace_changed(self, *_: object) -> None:
        self._place = None


def _part(phase: Phase) -> Part | None:
    if phase.stage is Stage.MOVE:
        return Part.GHOST
    if phase.vector is None:
        return None
    return {"g": Part.GRADIENT, "theta": Part.DELTA}.get(phase.vector[0], Part.STATE)
