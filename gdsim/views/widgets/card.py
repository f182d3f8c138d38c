"""The frame with rounded corners around each part of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gdsim.views.theme import CARD_PADDING, SPACING
from gdsim.views.widgets.style_roles import role_label


class Card(QFrame):
    """A frame with a header row for a title and buttons, and the layout ``body`` below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = role_label("title")
        self._header = QWidget()
        self._row = QHBoxLayout(self._header)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACING)
        self._row.addWidget(self._title)
        self._row.addStretch(1)
        self._header.hide()  # a card without title or buttons has no header row
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACING)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(CARD_PADDING, CARD_PADDING - 2, CARD_PADDING, CARD_PADDING)
        outer.setSpacing(SPACING)
        outer.addWidget(self._header)
        outer.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        """Set the heading above the content."""
        self._title.setText(title)
        self._header.show()

    def add_to_header(self, widget: QWidget) -> None:
        """Put a button or a label at the right end of the title's row."""
        self._row.addWidget(widget)
        self._header.show()
