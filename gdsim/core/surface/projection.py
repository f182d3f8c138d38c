"""A parallel projection from three dimensions to the screen, which can be rotated.

Because it is parallel, equal heights look equal everywhere, and vertical lines stay vertical.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, hypot, radians, sin

import numpy as np

from gdsim.core.arrays import Floats

_LEAST_ZOOM, _MOST_ZOOM = 0.3, 12.0


@dataclass(frozen=True, slots=True)
class Camera:
    """The direction from which the surface is seen, the zoom, and the position of the picture.

    ``turn`` is the rotation about the vertical axis, in degrees; at 0, the x axis points to the
    right and the y axis away from the viewer. ``tilt`` is from 0 degrees, seen from the side, to
    90, seen from above. ``shift`` moves the picture to the right and down, in pixels.
    """

    turn: float = 30.0
    tilt: float = 32.0
    zoom: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)

    def turned(self, turn: float, tilt: float) -> Camera:
        """The camera rotated by these degrees; ``tilt`` stays between 0 and 90."""
        return replace(
            self, turn=(self.turn + turn) % 360.0, tilt=min(max(self.tilt + tilt, 0.0), 90.0)
        )

    def zoomed(self, factor: float, spot: tuple[float, float]) -> Camera:
        """The camera with a larger zoom; the point ``spot``, in pixels from the middle, stays."""
        zoom = min(max(self.zoom * factor, _LEAST_ZOOM), _MOST_ZOOM)
        ratio = zoom / self.zoom
        x, y = (
            fixed + (moved - fixed) * ratio for fixed, moved in zip(spot, self.shift, strict=True)
        )
        return replace(self, zoom=zoom, shift=(x, y))

    def shifted(self, x: float, y: float) -> Camera:
        """The camera with the picture moved by these pixels to the right and down."""
        return replace(self, shift=(self.shift[0] + x, self.shift[1] + y))

    def looking_at(
        self, size: tuple[float, float, float], width: float, height: float, margin: float
    ) -> Projection:
        """The projection onto a screen, in which a box around the origin fits at zoom 1.

        The scale does not depend on the angles, so that a rotation does not change the size.

        Parameters
        ----------
        size : of the box, along x, along y and upwards.
        width, height, margin : of the screen, in pixels.
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
    """Maps points in space to pixels.

    ``turn`` and ``tilt`` are in radians; ``scale`` is in pixels per unit of length; ``middle`` is
    the pixel of the origin, counted from the top left corner.
    """

    turn: float
    tilt: float
    scale: float
    middle: tuple[float, float]

    @property
    def right(self) -> Floats:
        """The unit vector (3,) that points to the right on the screen."""
        return np.array((cos(self.turn), sin(self.turn), 0.0))

    @property
    def away(self) -> Floats:
        """The horizontal unit vector (3,) that points away from the viewer."""
        return np.array((-sin(self.turn), cos(self.turn), 0.0))

    @property
    def up(self) -> Floats:
        """The unit vector (3,) that points upwards on the screen."""
        up: Floats = sin(self.tilt) * self.away + np.array((0.0, 0.0, cos(self.tilt)))
        return up

    @property
    def eye(self) -> Floats:
        """The unit vector (3,) that points out of the screen, towards the viewer."""
        eye: Floats = np.array((0.0, 0.0, sin(self.tilt))) - cos(self.tilt) * self.away
        return eye

    def pixels(self, points: Floats) -> Floats:
        """The pixels (…, 2) of points (…, 3), counted to the right and down.

        Those of a point that is too far away are infinite or NaN.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            result: Floats = points @ _across_and_down(self)
            result += self.middle
        return result

    def magnified(self, factor: float) -> Projection:
        """The same picture on a screen whose pixels are smaller by a factor."""
        x, y = self.middle
        return replace(self, scale=self.scale * factor, middle=(x * factor, y * factor))

    def on_screen(self, x: float, y: float) -> Floats:
        """The point (3,) at a pixel, in the plane through the origin parallel to the screen."""
        u, v = (x - self.middle[0]) / self.scale, (self.middle[1] - y) / self.scale
        result: Floats = u * self.right + v * self.up
        return result


@lru_cache(maxsize=16)
def _across_and_down(projection: Projection) -> Floats:
    """The matrix (3, 2) of the pixels to the right and down for a unit step along each axis."""
    matrix = np.column_stack((projection.right, -projection.up)) * projection.scale
    matrix.flags.writeable = False
    return matrix
