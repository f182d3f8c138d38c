"""The rounded card that every part of the window lies on."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gdsim.views.styled import role_label
from gdsim.views.theme import CARD_PADDING, SPACING


class Card(QFrame):
    """A titled frame: a header row for the title and buttons, and ``body`` beneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = role_label("title")
        self.header = QHBoxLayout()
        self.header.setSpacing(SPACING)
        self.header.addWidget(self._title)
        self.header.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACING)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(CARD_PADDING, CARD_PADDING - 2, CARD_PADDING, CARD_PADDING)
        outer.setSpacing(SPACING)
        outer.addLayout(self.header)
        outer.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def add_to_header(self, widget: QWidget) -> None:
        """Put a button or a label at the right end of the title's row."""
        self.header.addWidget(widget)
