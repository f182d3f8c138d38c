"""A body of three dimensions on a flat screen: a parallel projection that can be turned.

Parallel, so that equal heights look equal wherever they are, and what is upright stays upright.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, hypot, radians, sin

import numpy as np

from gdsim.core.arrays import Floats

"""(…, 3): along x, along y, and up."""

_LEAST_ZOOM, _MOST_ZOOM = 0.3, 12.0


@dataclass(frozen=True, slots=True)
class Camera:
    """From where the body is seen.

    ``turn`` is about the upright axis, in degrees; at 0, x runs to the right and y away. ``tilt``
    runs from 0, seen from the side, to 90, seen from above. ``shift`` moves the picture, in pixels.
    """

    turn: float = 30.0
    tilt: float = 32.0
    zoom: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)

    def turned(self, turn: float, tilt: float) -> Camera:
        """Turned further by so many degrees; never past straight above or below the floor."""
        return replace(
            self, turn=(self.turn + turn) % 360.0, tilt=min(max(self.tilt + tilt, 0.0), 90.0)
        )

    def zoomed(self, factor: float, spot: tuple[float, float]) -> Camera:
        """Nearer by a factor; what is at ``spot``, in pixels from the view's middle, stays."""
        zoom = min(max(self.zoom * factor, _LEAST_ZOOM), _MOST_ZOOM)
        grown = zoom / self.zoom
        x, y = (
            place + (moved - place) * grown for place, moved in zip(spot, self.shift, strict=True)
        )
        return replace(self, zoom=zoom, shift=(x, y))

    def shifted(self, x: float, y: float) -> Camera:
        """The picture moved by so many pixels to the right and down."""
        return replace(self, shift=(self.shift[0] + x, self.shift[1] + y))

    def looking_at(
        self, size: tuple[float, float, float], width: float, height: float, margin: float
    ) -> Projection:
        """Onto a screen of so many pixels, with a body of that size around the origin inside.

        The scale does not depend on the angles: a body that is turned does not grow and shrink.
        """
        diagonal = hypot(size[0], size[1])
        scale = min(
            max(width - 2 * margin, 10.0) / diagonal,
            max(height - 2 * margin, 10.0) / hypot(diagonal, size[2]),
        )
        middle = (width / 2 + self.shift[0], height / 2 + self.shift[1])
        return Projection(radians(self.turn), radians(self.tilt), scale * self.zoom, middle)


@dataclass(frozen=True, slots=True)
class Projection:
    """How a point of space becomes a pixel.

    ``turn`` and ``tilt`` are in radians; ``scale`` is in pixels a unit; ``middle`` is the pixel of
    the origin, counted from the top left corner.
    """

    turn: float
    tilt: float
    scale: float
    middle: tuple[float, float]

    @property
    def right(self) -> Floats:
        """The unit vector that points to the right of the screen."""
        return np.array((cos(self.turn), sin(self.turn), 0.0))

    @property
    def away(self) -> Floats:
        """The level unit vector that points away from the eye."""
        return np.array((-sin(self.turn), cos(self.turn), 0.0))

    @property
    def up(self) -> Floats:
        """The unit vector that points up the screen."""
        up: Floats = sin(self.tilt) * self.away + np.array((0.0, 0.0, cos(self.tilt)))
        return up

    @property
    def eye(self) -> Floats:
        """The unit vector that points out of the screen, to the eye."""
        eye: Floats = np.array((0.0, 0.0, sin(self.tilt))) - cos(self.tilt) * self.away
        return eye

    def pixels(self, points: Floats) -> Floats:
        """(…, 2): pixels to the right and down."""
        result: Floats = points @ _across_and_down(self)
        result += self.middle
        return result

    def magnified(self, factor: float) -> Projection:
        """The same view on a screen with so many times more pixels."""
        x, y = self.middle
        return replace(self, scale=self.scale * factor, middle=(x * factor, y * factor))

    def on_screen(self, x: float, y: float) -> Floats:
        """The point of the plane through the origin, facing the eye, that lies at a pixel."""
        u, v = (x - self.middle[0]) / self.scale, (self.middle[1] - y) / self.scale
        result: Floats = u * self.right + v * self.up
        return result


@lru_cache(maxsize=16)
def _across_and_down(projection: Projection) -> Floats:
    """(3, 2): by how many pixels a point moves to the right and down along each axis."""
    matrix = np.column_stack((projection.right, -projection.up)) * projection.scale
    matrix.flags.writeable = False
    return matrix
