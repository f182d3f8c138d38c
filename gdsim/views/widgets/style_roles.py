"""Widgets that the style sheet selects by a property: labels by role, fields by state."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet selects by, and apply the style sheet again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def role_label(role: str, *, wraps: bool = False) -> QLabel:
    """A label with a role of the style sheet: title, heading, muted, error, warning or numbers."""
    label = QLabel()
    label.setProperty("role", role)
    # Texts may come from the user and must never be interpreted as markup.
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    return label


def separator() -> QFrame:
    """A thin line between two parts of a card."""
    line = QFrame()
    line.setObjectName("line")
    return line


def scrolled(sheet: QWidget) -> QScrollArea:
    """A widget inside an area that scrolls; sideways only if the place is too narrow for it."""
    scroll = QScrollArea()
    scroll.setWidget(sheet)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    return scroll
