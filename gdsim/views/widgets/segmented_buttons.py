"""A few choices as buttons side by side, of which one is selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from gdsim.views.widgets.literal_text import literal


class SegmentedButtons(QWidget):
    """Buttons of which exactly one is checked, identified by keys. Setting one emits nothing."""

    chosen = Signal(str)

    def __init__(self, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = tuple(keys)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number in range(len(self._keys)):
            button = QPushButton()
            button.setCheckable(True)
            button.setProperty("segment", True)
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.button(0).setProperty("end", "first")
        self._group.button(len(self._keys) - 1).setProperty("end", "last")
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._on_clicked)

    @property
    def key(self) -> str:
        """The key of the selected choice."""
        return self._keys[self._group.checkedId()]

    def set_key(self, key: str) -> None:
        """Select the choice with this key."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def button(self, key: str) -> QPushButton:
        """The button of a choice."""
        button = self._group.button(self._keys.index(key))
        assert isinstance(button, QPushButton)
        return button

    def describe(self, key: str, text: str, note: str) -> None:
        """Set the name of a choice, and a sentence for its tool tip."""
        button = self.button(key)
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(literal(note))

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(self._keys[number])
