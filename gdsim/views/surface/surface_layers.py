"""Pictures of what lies on a surface: what is in sight, and what the surface hides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QPainter

from gdsim.views.plot.plot_box import Canvas
from gdsim.views.surface.surface_pieces import Layers
from gdsim.views.surface.surface_scene import Scene

# What lies behind the surface shines through it faintly.
HIDDEN = 0.35


class SurfaceLayers:
    """Keeps the two pictures until what they depend on changes."""

    def __init__(self) -> None:
        self._view: object = None
        self._state: object = None
        self._canvases: tuple[Canvas, Canvas] | None = None

    def forget(self) -> None:
        """Draw anew next time, whatever the state is."""
        self._canvases = None

    def renew(
        self,
        painter: QPainter,
        scene: Scene,
        state: object,
        draw: Callable[[Layers], None],
        has_time: Callable[[], bool] = lambda: True,
    ) -> bool:
        """Let ``draw`` paint both pictures, if scene or ``state`` are others than last time.

        In the same scene those of before may stay while there is no time for new ones. Returns
        whether the pictures are those of now.
        """
        view = (scene.projection, id(scene.surface), id(scene.theme), scene.is_moving)
        size = scene.width, scene.height
        known = self._canvases
        has_size = known is not None and known[0].fits(painter, *size)
        if has_size and view == self._view:
            if state == self._state:
                return True
            if not has_time():
                return False
        self._view, self._state = view, state
        if known is None or not has_size:
            known = self._canvases = (Canvas(painter, *size), Canvas(painter, *size))
        for canvas in known:
            canvas.clear()
        layers = (known[0].painter(), known[1].painter())
        draw(layers)
        for layer in layers:
            layer.end()
        return True

    def paint(self, painter: QPainter, *, hidden: bool) -> None:
        """Copy one of the two to the screen; nothing where nothing was drawn."""
        if self._canvases is not None:
            painter.drawPixmap(0, 0, self._canvases[hidden].pixmap)


def paint_layers(painter: QPainter, pictures: Sequence[SurfaceLayers]) -> None:
    """Paint all of them, later ones above earlier ones, and first what is hidden."""
    painter.setOpacity(HIDDEN)
    for picture in pictures:
        picture.paint(painter, hidden=True)
    painter.setOpacity(1.0)
    for picture in pictures:
        picture.paint(painter, hidden=False)
