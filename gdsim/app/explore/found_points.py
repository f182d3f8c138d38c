"""The points of rest that are known so far, so that every view gives each the same colour."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gdsim.app.setup import home_view as scene
from gdsim.app.setup.editing import Editing
from gdsim.core.explore.attribution import Place, known_places


class PlaceBook(QObject):
    """Holds the points of the function in force, in the order of their colours."""

    def __init__(self, editing: Editing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self.places: tuple[Place, ...] = ()
        editing.scene_changed.connect(self._begin)

    @Slot(object)
    def _begin(self, _: object) -> None:
        """Another function: what was found on the one before means nothing here."""
        self.places = known_places(scene.minima(self._editing.experiment))

    def learn(self, places: tuple[Place, ...]) -> None:
        """Take in points that were found since; those known before keep their colours."""
        if places[: len(self.places)] == self.places:
            self.places = places
