"""A drop-down list of named choices in groups, each identified by a key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QWidget

from gdsim.views.widgets.literal_text import literal

Choice = tuple[str, str, str]
"""Key, name, and a sentence for the tool tip."""

_KEY = Qt.ItemDataRole.UserRole


class ChoiceBox(QComboBox):
    """Emits the key that the user chose; setting a key emits nothing."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = QStandardItemModel(self)
        self._key: str | None = None
        self.setModel(self._items)
        # A long name must not widen the panel; the list itself may be wider than the box.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(24)
        self.activated.connect(self._on_activated)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Fill the list with choices that are in no group."""
        self.set_groups([("", choices)])

    def set_groups(self, groups: Sequence[tuple[str, Sequence[Choice]]]) -> None:
        """Fill the list with groups (title, choices); titles are headers that cannot be chosen."""
        self._items.clear()
        for title, choices in groups:
            if title:
                self._items.appendRow(_header(title))
            for key, name, note in choices:
                item = QStandardItem(name)
                item.setData(key, _KEY)
                item.setToolTip(literal(note))
                self._items.appendRow(item)
        self.set_key(self._key)

    def set_key(self, key: str | None) -> None:
        """Show the choice with this key; None or an unknown key shows no choice."""
        self._key = key
        # A header has no key, so findData(None) would find one.
        self.setCurrentIndex(-1 if key is None else self.findData(key, _KEY))

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width()
        )

    def showPopup(self) -> None:
        view = self.view()
        view.setMinimumWidth(max(self.width(), view.sizeHintForColumn(0) + 40))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The wheel scrolls the panel that the box lies in.
        event.ignore()

    def _on_activated(self, index: int) -> None:
        key = self.itemData(index, _KEY)
        if key != self._key:
            self._key = key
            self.chosen.emit(key)


def _header(title: str) -> QStandardItem:
    header = QStandardItem(title)
    header.setFlags(Qt.ItemFlag.NoItemFlags)
    font = header.font()
    font.setBold(True)
    header.setFont(font)
    return header
