"""One layer of a plot for each run, which keeps its run for as long as that is on the plot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import QGraphicsObject

from gdsim.views.plot.plot_box import PlotBox
from gdsim.views.run.run_view import RunView
from gdsim.views.theme import Theme


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
    from its first row takes far longer than drawing it on. While many runs move fast, a layer may
    wait for a frame that has time for it.
    """

    def __init__(self, box: PlotBox, make: Callable[[], Kind]) -> None:
        self._box = box
        self._make = make
        self._layers: list[Kind] = []
        self._runs: tuple[RunView, ...] = ()

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._layers)

    def __len__(self) -> int:
        return len(self._layers)

    def __getitem__(self, place: int) -> Kind:
        return self._layers[place]

    @property
    def runs(self) -> tuple[RunView, ...]:
        """The runs that are drawn, in their order."""
        return self._runs

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
        for layer, run in zip(layers, runs, strict=True):
            layer.set_run(run)

    def refresh(self) -> None:
        """Draw the rows that the traces have gained."""
        for layer in self._layers:
            layer.refresh()

    def clear(self) -> None:
        """Take every run off the plot."""
        self.set_runs(())

    # Inside

    def _stack(self) -> None:
        for place, layer in enumerate(self._layers):
            assert isinstance(layer, QGraphicsObject)
            layer.setZValue(int(layer.zValue()) + place / 1000)

    def _remove(self, layer: Kind) -> None:
        assert isinstance(layer, QGraphicsObject)
        self._box.scene().removeItem(layer)
        layer.deleteLater()
