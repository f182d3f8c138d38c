"""The surface under the mouse: turned, zoomed, moved, clicked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from relief import open_surface, picture, where
from wheel import turn_wheel

from gdsim.core.surface.projection import Camera
from gdsim.views.surface.surface_view import SurfaceView


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[SurfaceView]:
    yield from open_surface(qtbot)


def drag(
    qtbot: QtBot, view: SurfaceView, start: QPoint, end: QPoint, button: Qt.MouseButton
) -> None:
    qtbot.mousePress(view.canvas, button, pos=start)
    for share in (0.3, 0.7, 1.0):
        spot = QPointF(start + (end - start) * share)
        move = _move(view, spot, button)
        QApplication.sendEvent(view.canvas, move)
    qtbot.mouseRelease(view.canvas, button, pos=end)


def _move(view: SurfaceView, spot: QPointF, button: Qt.MouseButton) -> QEvent:
    return QMouseEvent(
        QEvent.Type.MouseMove,
        spot,
        QPointF(view.canvas.mapToGlobal(spot.toPoint())),
        Qt.MouseButton.NoButton,
        button,
        Qt.KeyboardModifier.NoModifier,
    )


def test_a_drag_turns_and_a_double_click_resets(view: SurfaceView, qtbot: QtBot) -> None:
    clicks = QSignalSpy(view.clicked)
    before = picture(view)
    drag(qtbot, view, QPoint(200, 200), QPoint(300, 240), Qt.MouseButton.LeftButton)
    camera = view.canvas.camera
    assert camera.tilt > Camera().tilt
    # The near side follows the mouse to the right.
    assert (camera.turn - Camera().turn) % 360 > 180
    assert picture(view) != before
    assert not clicks.count()
    qtbot.mouseDClick(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    assert view.canvas.camera == Camera()
    assert picture(view) == before


def test_the_wheel_zooms_at_the_mouse(view: SurfaceView) -> None:
    spot = where(view, 0.7, 0.4)
    turn_wheel(view.canvas, spot, 3)
    assert view.canvas.camera.zoom > 1.5
    moved = where(view, 0.7, 0.4) - spot
    assert abs(moved.x()) <= 1
    assert abs(moved.y()) <= 1
    for _ in range(50):
        turn_wheel(view.canvas, spot, -1)
    assert view.canvas.camera.zoom == pytest.approx(0.3)
    view.reset_view()
    assert view.canvas.camera == Camera()


def test_the_other_button_moves_the_picture(view: SurfaceView, qtbot: QtBot) -> None:
    before = where(view, 0.0, 0.5)
    drag(qtbot, view, QPoint(200, 200), QPoint(230, 180), Qt.MouseButton.RightButton)
    assert where(view, 0.0, 0.5) - before == QPoint(30, -20)
    assert view.canvas.camera.turn == Camera().turn


def test_a_click_emits_its_point_of_the_plane(view: SurfaceView, qtbot: QtBot) -> None:
    clicks = QSignalSpy(view.clicked)
    view.canvas.set_camera(Camera(30, 60))
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=where(view, 0.5, 0.2))
    assert clicks.at(0) == [pytest.approx(0.5, abs=0.05), pytest.approx(0.2, abs=0.05)]
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert clicks.count() == 1


def test_the_point_under_the_mouse_is_shown(view: SurfaceView) -> None:
    view.set_titles(("θ₁", "b"))
    view.canvas.set_camera(Camera(30, 60))
    QApplication.sendEvent(
        view.canvas, _move(view, QPointF(where(view, 0.5, 0.2)), Qt.MouseButton.NoButton)
    )
    assert "θ₁ = 0.5" in view.position_note.text()
    QApplication.sendEvent(view.canvas, _move(view, QPointF(2, 2), Qt.MouseButton.NoButton))
    assert not view.position_note.isVisible()
