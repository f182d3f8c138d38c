"""The base of the sections of the setup panel."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdsim.views.theme import LIGHT, Theme


class Section(QWidget):
    """A column of widgets whose texts are set again when the language changes.

    Subclasses add widgets to ``column`` and call ``retranslate()`` at the end of their constructor.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = LIGHT
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
