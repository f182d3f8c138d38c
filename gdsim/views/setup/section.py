"""A part of the setup panel: its widgets in a column, its texts set anew with the language."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdsim.views.theme import LIGHT, Theme


class Section(QWidget):
    """Subclasses put widgets into ``column`` and end their constructor with ``retranslate()``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = LIGHT
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    def retranslate(self) -> None:
        """Set every text in the present language."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
