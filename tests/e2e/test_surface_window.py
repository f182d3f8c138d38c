"""The surface in a real window: rotated with the mouse, with and without OpenGL."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from desktop import Program, Screen, pixels, wait_until
from numpy.typing import NDArray

from gdsim.core.arrays import Flags
from gdsim.views.theme import LIGHT

Launch = Callable[..., Program]

WITHOUT_OPENGL = {
    "no integration": {"QT_XCB_GL_INTEGRATION": "none"},
    "no driver": {"LIBGL_DRIVERS_PATH": "/nonexistent"},
}
COMPARE = """
import numpy as np
from PySide6.QtWidgets import QApplication
application = QApplication([])
from gdsim.core.run.choices import choose
from gdsim.core.landscape.landscape import sample_plane
from gdsim.core.landscape.plane import Plane
from gdsim.core.surface.projection import Camera
from gdsim.core.surface.surface import surface_of
from gdsim.views.surface.opengl_surface import GlSurface
from gdsim.views.surface.raster_surface import RasterSurface
from gdsim.views.surface.surface_drape import drape
from gdsim.views.theme import LIGHT
plane = sample_plane(
    choose("himmelblau").objective(),
    Plane.of_parameters((0.0, 0.0)),
    x_range=(-5, 5),
    y_range=(-5, 5),
)
surface = surface_of(plane)
picture = drape(plane, surface, LIGHT)
for camera in (Camera(), Camera(140, 60), Camera(250, 10, 2.0), Camera(0, 90)):
    projection = camera.looking_at(surface.size, 500, 460, 40)
    seen = []
    for renderer in (GlSurface(), RasterSurface()):
        renderer.set_surface(surface, picture)
        image = renderer.picture(projection, 500, 460)
        seen.append(np.frombuffer(image.constBits(), np.uint8).reshape(460, 500, 4).astype(int))
        renderer.release()
    off = np.abs(seen[0] - seen[1]).max(axis=-1)
    print((seen[0][..., 3] > 0).mean(), (off > 60).mean())
"""


Area = tuple[int, int, int, int]
"""Left, top, right, bottom."""


def like(picture: NDArray[np.uint32], name: str) -> Flags:
    """The pixels of a picture that have nearly this colour."""
    wanted = int(name.lstrip("#"), 16)
    parts = [np.abs((picture >> n & 255).astype(int) - (wanted >> n & 255)) for n in (0, 8, 16)]
    return np.max(parts, axis=0) < 12


def choose_surface(gdsim: Program, screen: Screen) -> Area:
    """Click on the button next to the checked one; returns the position of the landscape."""
    whole = pixels(gdsim.still_picture())
    rows, columns = np.nonzero(like(whole[:150], LIGHT.accent))
    right = columns.max()
    screen.click(int(right) + 30, int(np.median(rows)))
    area = (int(columns.min()) - 280, 120, int(right) + 120, 740)

    def is_there() -> bool:
        # A surface leaves the corners of its card empty; a contour fills them.
        left, top, end, _ = area
        corner = pixels(gdsim.photograph("now"))[top : top + 60, left + 40 : end - 60]
        return bool(like(corner, LIGHT.card).mean() > 0.9)

    wait_until(is_there, "the surface to be shown")
    return area


def landscape(gdsim: Program, area: Area) -> NDArray[np.uint32]:
    """Its visible part once it does not change any more."""
    left, top, right, bottom = area
    return pixels(gdsim.still_picture())[top:bottom, left:right]


@pytest.fixture
def without_opengl(screen: Screen) -> Iterator[Callable[[str], None]]:
    known = dict(screen.environment)

    def take_away(what: str) -> None:
        screen.environment.update(WITHOUT_OPENGL[what])

    yield take_away
    screen.environment.clear()
    screen.environment.update(known)


def use_the_surface(gdsim: Program, screen: Screen) -> None:
    area = choose_surface(gdsim, screen)
    first = landscape(gdsim, area)
    assert len(np.unique(first)) > 500
    middle = ((area[0] + area[2]) // 2, (area[1] + area[3]) // 2)
    screen.drag(middle, (middle[0] + 90, middle[1] + 30))
    turned = first

    def has_turned() -> bool:
        nonlocal turned
        turned = landscape(gdsim, area)
        return bool((turned != first).mean() > 0.05)

    wait_until(has_turned, "the surface to have turned")
    gdsim.press("Right")
    wait_until(lambda: bool((landscape(gdsim, area) != turned).any()), "the step to be shown on it")
    gdsim.press("0", "Home")
    screen.run("xdotool", "mousemove", 5, 5)
    wait_until(
        lambda: bool((landscape(gdsim, area) != first).mean() < 0.02),
        "the first view to be back",
    )
    assert gdsim.close_window() == 0
    assert gdsim.messages() == ""


def test_the_surface_is_turned_and_follows_the_steps(gdsim: Program, screen: Screen) -> None:
    use_the_surface(gdsim, screen)


@pytest.mark.parametrize("what", sorted(WITHOUT_OPENGL))
def test_without_opengl_it_works_the_same_and_prints_nothing(
    launch: Launch, screen: Screen, without_opengl: Callable[[str], None], what: str
) -> None:
    without_opengl(what)
    use_the_surface(launch(), screen)


def test_opengl_and_the_painter_paint_the_same(screen: Screen) -> None:
    path = os.pathsep.join(filter(None, sys.path))
    words = ("env", f"PYTHONPATH={path}", sys.executable, "-c", COMPARE)
    printed = screen.run(*words, patience=300)
    lines = [tuple(map(float, line.split())) for line in printed.splitlines()]
    assert len(lines) == 4, printed
    for covered, different in lines:
        assert covered > 0.1
        assert different < 0.03
