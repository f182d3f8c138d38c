"""The minima and other end points found so far, so that all views give each the same colour."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gdsim.app.setup import home_view as scene
from gdsim.app.setup.editing import Editing
from gdsim.core.explore.attribution import FoundPoint, known_points


class FoundPoints(QObject):
    """The found points of the current function, in the order of their colours."""

    def __init__(self, editing: Editing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self.found_points: tuple[FoundPoint, ...] = ()
        editing.scene_changed.connect(self._begin)

    @Slot(object)
    def _begin(self, _: object) -> None:
        """Forget the points, because another function was chosen."""
        self.found_points = known_points(scene.minima(self._editing.experiment))

    def learn(self, found_points: tuple[FoundPoint, ...]) -> None:
        """Add new points; those known before keep their colours."""
        if found_points[: len(self.found_points)] == self.found_points:
            self.found_points = found_points
