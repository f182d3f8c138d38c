"""The minima and other end points found so far, so that all views give each the same colour."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gdsim.app.setup import home_view as scene
from gdsim.app.setup.editing import Editing
from gdsim.core.explore.attribution import Place, known_places


class PlaceBook(QObject):
    """The found points of the current function, in the order of their colours."""

    def __init__(self, editing: Editing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self.places: tuple[Place, ...] = ()
        editing.scene_changed.connect(self._begin)

    @Slot(object)
    def _begin(self, _: object) -> None:
        """Forget the points, because another function was chosen."""
        self.places = known_places(scene.minima(self._editing.experiment))

    def learn(self, places: tuple[Place, ...]) -> None:
        """Add new points; those known before keep their colours."""
        if places[: len(self.places)] == self.places:
            self.places = places
