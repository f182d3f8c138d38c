"""Shows the first contour plot at start-up before the rest of the program is loaded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gdsim.app.main_window import MainWindow
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.formula.names import plain_name
from gdsim.core.landscape.landscape import Landscape
from gdsim.core.landscape.plane import Plane
from gdsim.core.loss.objectives import objective
from gdsim.simulation.sampler import LandscapePart, Sampler

# Importing these modules imports everything else that the window needs.
_THE_REST = ("gdsim.app.controller", "gdsim.views.surface.surface_view")


class FirstPicture(QObject):
    """Shows the contour plot of the first function, then loads the rest of the program.

    The contour needs neither runs nor tabs, whose modules take as long to load as all the others
    together. They are loaded on a thread, while the window already responds.
    """

    ready = Signal()
    """Everything is loaded, and the window is complete."""

    _loaded = Signal()

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._parts: Iterator[None] = iter(())
        self._loaded.connect(self._begin_building_rest)
        self.sampler = Sampler(self)
        self.sampler.sampled.connect(self._on_sampled)
        self._ask()

    def _ask(self) -> None:
        entry = catalogue.function(catalogue.FIRST_FUNCTION)
        panel, plane = self._window.landscape, Plane.of_parameters(np.zeros(2))
        panel.set_parameters(entry.parameters)
        panel.contour.set_plane(plane)
        x, y = map(plain_name, entry.parameters)
        panel.contour.set_titles((x, y))
        panel.contour.set_minima([(point[0], point[1]) for point in entry.minima])
        panel.contour.set_home_range(*entry.view)
        self.sampler.request(
            LandscapePart(
                objective(entry.loss, entry.parameters, None, None),
                plane,
                panel.contour.visible_range(),
            )
        )

    @Slot(object, object)
    def _on_sampled(self, _: LandscapePart, picture: object) -> None:
        if not isinstance(picture, Landscape):
            return
        self._window.landscape.contour.set_landscape(picture)
        if self._thread is None:
            self._thread = threading.Thread(target=self._load, name="gdsim loading", daemon=True)
            # Start loading only after the plot has been painted.
            QTimer.singleShot(0, self._begin)

    def shut_down(self) -> None:
        """Cancel the remaining steps. The sampler may have been given to the controller already."""
        self._is_closed = True
        if self.sampler.parent() is self:
            self.sampler.shut_down()

    @Slot()
    def _begin(self) -> None:
        if self._thread is not None and not self._is_closed:
            self._thread.start()

    def _load(self) -> None:
        for name in _THE_REST:
            import_module(name)
        with suppress(RuntimeError):  # the window has been closed in the meantime
            self._loaded.emit()

    @Slot()
    def _begin_building_rest(self) -> None:
        self.sampler.sampled.disconnect(self._on_sampled)
        self._parts = self._window.build_rest()
        self._build_rest()

    @Slot()
    def _build_rest(self) -> None:
        if self._is_closed:
            return
        try:
            next(self._parts)
        except StopIteration:
            self.ready.emit()
        else:
            QTimer.singleShot(0, self._build_rest)
