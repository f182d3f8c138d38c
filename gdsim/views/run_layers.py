"""One layer of a plot for each run, which keeps its run for as long as that is on the plot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGraphicsObject

from gdsim.views.plot_box import PlotBox
from gdsim.views.run_style import RunView
from gdsim.views.theme import Theme

# While runs arrive more often than this, in seconds, so many companions are drawn on in turn.
_QUICK = 0.25
_AT_ONCE = 4
# The others follow at the latest after so many milliseconds.
_LATE = 100


class RunLayer(Protocol):
    """A layer that draws one run."""

    def set_run(self, run: RunView) -> None:
        """Show a run; of one with the same trace only what is new is drawn."""

    def refresh(self) -> None:
        """Draw the rows that the trace has gained."""

    def set_theme(self, theme: Theme) -> None:
        """Draw anew in another theme."""


Kind = TypeVar("Kind", bound=RunLayer)


class RunLayers(Generic[Kind]):
    """The layers in the order of the runs, later ones above earlier ones.

    A layer stays with its trace when the order changes or another run goes, because drawing a path
    from its first row takes far longer than drawing it on. While many runs move fast, a frame draws
    on the selected one and a few of the others, which take turns.
    """

    def __init__(self, box: PlotBox, make: Callable[[], Kind]) -> None:
        self._box = box
        self._make = make
        self._layers: list[Kind] = []
        self._runs: tuple[RunView, ...] = ()
        self._drawn: dict[int, RunView] = {}  # id of a trace → the run as its layer knows it
        self._turn = 0
        self._set_at = 0.0
        self._late = QTimer(box, singleShot=True, interval=_LATE)
        self._late.timeout.connect(self._catch_up)

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._layers)

    def __len__(self) -> int:
        return len(self._layers)

    def __getitem__(self, place: int) -> Kind:
        return self._layers[place]

    def set_runs(self, runs: Sequence[RunView]) -> None:
        """Give every run a layer; those of traces that are gone serve the new ones."""
        free = {id(run.trace): layer for run, layer in zip(self._runs, self._layers, strict=True)}
        found = [free.pop(id(run.trace), None) for run in runs]
        left = list(free.values())
        layers = [layer or (left.pop() if left else self._make()) for layer in found]
        for layer in left:
            self._remove(layer)
        if layers != self._layers:
            self._layers = layers
            self._stack()
        self._runs = tuple(runs)
        self._draw_on()

    def refresh(self) -> None:
        """Draw the rows that the traces have gained."""
        self._catch_up()
        for layer in self._layers:
            layer.refresh()

    def clear(self) -> None:
        """Take every run off the plot."""
        self.set_runs(())

    # Inside

    def _draw_on(self) -> None:
        now = perf_counter()
        is_quick, self._set_at = now - self._set_at < _QUICK, now
        waiting = [run for run in self._runs if is_quick and self._can_wait(run)]
        count = len(waiting)
        turn = {id(waiting[(self._turn + place) % count]) for place in range(min(count, _AT_ONCE))}
        self._turn += _AT_ONCE
        drawn = {}
        for layer, run in zip(self._layers, self._runs, strict=True):
            waits = any(run is other for other in waiting) and id(run) not in turn
            if not waits:
                layer.set_run(run)
            drawn[id(run.trace)] = self._drawn[id(run.trace)] if waits else run
        self._drawn = drawn
        if count > _AT_ONCE:
            self._late.start()
        else:
            self._late.stop()

    def _can_wait(self, run: RunView) -> bool:
        """Whether all that is new of a run is where it is now."""
        known = self._drawn.get(id(run.trace))
        return (
            run.is_companion
            and known is not None
            and known.trace is run.trace
            and replace(known, shown=run.shown) == run
        )

    def _catch_up(self) -> None:
        self._late.stop()
        for layer, run in zip(self._layers, self._runs, strict=True):
            layer.set_run(run)
        self._drawn = {id(run.trace): run for run in self._runs}

    def _stack(self) -> None:
        for place, layer in enumerate(self._layers):
            assert isinstance(layer, QGraphicsObject)
            layer.setZValue(int(layer.zValue()) + place / 1000)

    def _remove(self, layer: Kind) -> None:
        assert isinstance(layer, QGraphicsObject)
        self._box.scene().removeItem(layer)
        layer.deleteLater()
