"""Pictures of what lies on a surface: what is in sight, and what the surface hides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QPainter

from gdsim.views.plot_box import Canvas
from gdsim.views.surface_pieces import Layers
from gdsim.views.surface_scene import Scene

# What lies behind the surface shines through it faintly.
_HIDDEN = 0.35


class SurfaceLayers:
    """Keeps the two pictures until what they depend on changes."""

    def __init__(self) -> None:
        self._state: object = None
        self._canvases: tuple[Canvas, Canvas] | None = None

    def forget(self) -> None:
        """Draw anew next time, whatever the state is."""
        self._canvases = None

    def renew(
        self, painter: QPainter, scene: Scene, state: object, draw: Callable[[Layers], None]
    ) -> None:
        """Let ``draw`` paint both pictures, if scene or ``state`` are others than last time."""
        state = (state, scene.projection, id(scene.surface), id(scene.theme))
        known = self._canvases
        size = scene.width, scene.height
        if known is not None and state == self._state and known[0].fits(painter, *size):
            return
        self._state = state
        self._canvases = (Canvas(painter, *size), Canvas(painter, *size))
        layers = (self._canvases[0].painter(), self._canvases[1].painter())
        draw(layers)
        for layer in layers:
            layer.end()

    def paint(self, painter: QPainter, *, hidden: bool) -> None:
        """Copy one of the two to the screen; nothing where nothing was drawn."""
        if self._canvases is not None:
            painter.drawPixmap(0, 0, self._canvases[hidden].pixmap)


def paint_layers(painter: QPainter, pictures: Sequence[SurfaceLayers]) -> None:
    """Paint all of them, later ones above earlier ones, and first what is hidden."""
    painter.setOpacity(_HIDDEN)
    for picture in pictures:
        picture.paint(painter, hidden=True)
    painter.setOpacity(1.0)
    for picture in pictures:
        picture.paint(painter, hidden=False)
