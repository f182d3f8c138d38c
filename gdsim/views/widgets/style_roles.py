"""Small things that the style sheet dresses: labels by role, states shown by property."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet selects by, and have the widget dressed anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def role_label(role: str, *, wraps: bool = False) -> QLabel:
    """A label in one of the style sheet's roles: title, heading, muted, error, warning, numbers."""
    label = QLabel()
    label.setProperty("role", role)
    # Names and sentences may come from the user: never read them as markup.
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    return label


def separator() -> QFrame:
    """A thin line between two parts of a card."""
    line = QFrame()
    line.setObjectName("line")
    return line


def scrolled(sheet: QWidget) -> QScrollArea:
    """A sheet that scrolls up and down where it is too high, and is never wider than its place."""
    scroll = QScrollArea()
    scroll.setWidget(sheet)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return scroll
