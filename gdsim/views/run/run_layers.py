"""One layer of a plot for each run; a layer keeps its run while the run is on the plot."""

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
        """Show a run; for the same trace only the new rows are painted."""

    def refresh(self) -> None:
        """Paint the rows that were added to the trace."""

    def set_theme(self, theme: Theme) -> None:
        """Paint everything again in another theme."""


RunLayerType = TypeVar("RunLayerType", bound=RunLayer)


class RunLayers(Generic[RunLayerType]):
    """The layers in the order of the runs; later layers are above earlier ones.

    A layer stays with its trace when the order changes or another run is removed, because painting
    a path from its first row takes much longer than continuing it. While many runs move fast, a
    layer may have to wait for a frame that has time for it.
    """

    def __init__(self, box: PlotBox, make: Callable[[], RunLayerType]) -> None:
        self._box = box
        self._make = make
        self._layers: list[RunLayerType] = []
        self._runs: tuple[RunView, ...] = ()

    def __iter__(self) -> Iterator[RunLayerType]:
        return iter(self._layers)

    def __len__(self) -> int:
        return len(self._layers)

    def __getitem__(self, index: int) -> RunLayerType:
        return self._layers[index]

    @property
    def runs(self) -> tuple[RunView, ...]:
        """The runs that are drawn, in their order."""
        return self._runs

    def set_runs(self, runs: Sequence[RunView]) -> None:
        """Give each run a layer; layers whose traces are gone are used for new runs."""
        free = {id(run.trace): layer for run, layer in zip(self._runs, self._layers, strict=True)}
        kept = [free.pop(id(run.trace), None) for run in runs]
        left = list(free.values())
        layers = [layer or (left.pop() if left else self._make()) for layer in kept]
        for layer in left:
            self._remove(layer)
        if layers != self._layers:
            self._layers = layers
            self._stack()
        self._runs = tuple(runs)
        for layer, run in zip(layers, runs, strict=True):
            layer.set_run(run)

    def refresh(self) -> None:
        """Paint the rows that were added to the traces."""
        for layer in self._layers:
            layer.refresh()

    def clear(self) -> None:
        """Remove all runs from the plot."""
        self.set_runs(())

    # Internals

    def _stack(self) -> None:
        for index, layer in enumerate(self._layers):
            assert isinstance(layer, QGraphicsObject)
            layer.setZValue(int(layer.zValue()) + index / 1000)

    def _remove(self, layer: RunLayerType) -> None:
        assert isinstance(layer, QGraphicsObject)
        self._box.scene().removeItem(layer)
        layer.deleteLater()
