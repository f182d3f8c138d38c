"""Pictures of things on a surface: one of their visible parts, one of their hidden parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QPainter

from gdsim.views.plot.plot_box import Canvas
from gdsim.views.surface.surface_pieces import Layers
from gdsim.views.surface.surface_scene import Scene

# The opacity of what the surface hides.
HIDDEN = 0.35


class SurfaceLayers:
    """The two pictures, kept until something on which they depend changes."""

    def __init__(self) -> None:
        self._view: object = None
        self._state: object = None
        self._canvases: tuple[Canvas, Canvas] | None = None

    def forget(self) -> None:
        """Paint both pictures again next time."""
        self._canvases = None

    def update_pictures(
        self,
        painter: QPainter,
        scene: Scene,
        state: object,
        draw: Callable[[Layers], None],
        has_time: Callable[[], bool] = lambda: True,
    ) -> bool:
        """Let ``draw`` paint both pictures if the scene or ``state`` has changed.

        If only ``state`` has changed and there is no time, the previous pictures stay. Returns
        whether the pictures are up to date.
        """
        view = (scene.projection, id(scene.surface), id(scene.theme), scene.is_moving)
        size = scene.width, scene.height
        canvases = self._canvases
        has_size = canvases is not None and canvases[0].fits(painter, *size)
        if has_size and view == self._view:
            if state == self._state:
                return True
            if not has_time():
                return False
        self._view, self._state = view, state
        if canvases is None or not has_size:
            canvases = self._canvases = (Canvas(painter, *size), Canvas(painter, *size))
        for canvas in canvases:
            canvas.clear()
        layers = (canvases[0].painter(), canvases[1].painter())
        draw(layers)
        for layer in layers:
            layer.end()
        return True

    def paint(self, painter: QPainter, *, hidden: bool) -> None:
        """Copy one of the two pictures to the screen, if there is one."""
        if self._canvases is not None:
            painter.drawPixmap(0, 0, self._canvases[hidden].pixmap)


def paint_layers(painter: QPainter, pictures: Sequence[SurfaceLayers]) -> None:
    """Paint all hidden parts, then all visible parts; later pictures are above earlier ones."""
    painter.setOpacity(HIDDEN)
    for picture in pictures:
        picture.paint(painter, hidden=True)
    painter.setOpacity(1.0)
    for picture in pictures:
        picture.paint(painter, hidden=False)
