"""On a screen of 800×600, and with text twice as large, every control can be brought into view."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)
from teacher import Teacher

from gdsim.app.language.languages import LANGUAGES
from gdsim.app.tabs.registry import TABS
from gdsim.views.theme import LIGHT, PROJECTOR

SMALL = (800, 570)  # a screen of 800×600 without the window's title
TWICE = replace(PROJECTOR, text_size=2 * LIGHT.text_size)

CONTROLS = (
    *(QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit, QTabBar, QLabel),
)


def controls(root: QWidget) -> list[QWidget]:
    """The visible controls, without the parts of which other controls are made."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and widget.isVisible()
        and not isinstance(widget, QScrollBar | QHeaderView)
        and not isinstance(widget.parentWidget(), QAbstractItemView | QComboBox | QTabBar)
        and not (isinstance(widget, QLabel) and not widget.text())
    ]


def bring_into_view(widget: QWidget, spot: QPoint) -> None:
    """Scroll every area around a widget until this spot of it is visible, innermost first."""
    area = widget.parentWidget()
    while area is not None:
        if isinstance(area, QScrollArea):
            at = widget.mapTo(area.widget(), spot)
            area.ensureVisible(at.x(), at.y(), 1, 1)
        area = area.parentWidget()


def unreachable(widget: QWidget) -> str:
    """The corner of a widget that cannot be brought into view; empty if all can."""
    rect = widget.rect()
    for name in ("topLeft", "bottomRight"):
        corner: QPoint = getattr(rect, name)()
        bring_into_view(widget, corner)
        if not widget.visibleRegion().contains(QRect(corner, corner)):
            label = widget.accessibleName() or getattr(widget, "text", str)()
            return f"{name} of {type(widget).__name__} {label!r} {rect.size().toTuple()}"
    return ""


def hidden_corners(root: QWidget) -> list[str]:
    """What of the controls beneath a widget cannot be brought into view."""
    return [what for one in controls(root) if (what := unreachable(one))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["usual", "twice"])
def test_everything_can_be_reached(
    teacher: Teacher, language: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = teacher.window
    window.languages[language].trigger()
    window.resize(*SMALL)
    teacher.settle()
    if text == "twice":
        monkeypatch.setattr("gdsim.app.application.PROJECTOR", TWICE)
        teacher.press("F5")
    found = []
    for tab in TABS:
        window.tabs.show_tab(tab.key)
        teacher.look()
        found += [f"{tab.key}: {what}" for what in hidden_corners(window.tabs)]
    for side in ("cards", "setup"):
        found += [f"{side}: {what}" for what in hidden_corners(window)]
        if not window.setup_or_step.isEnabled():
            break
        teacher.press("S")
    assert (window.width(), window.height()) == SMALL, "the window stays as small as its screen"
    assert not found, "\n".join(found)
