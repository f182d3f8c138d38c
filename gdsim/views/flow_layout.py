"""Widgets in a row, and in more rows where one is too narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Gives every widget the size that it wishes, from left to right, line by line.

    Those of ``pushed`` stand at the right end of their line.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        spacing: int = 0,
        pushed: Sequence[QWidget] = (),
    ) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._pushed = tuple(pushed)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._set_out(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._set_out(rect, moves=True)

    def sizeHint(self) -> QSize:
        """All of it in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        gaps = self.spacing() * max(len(sizes) - 1, 0)
        return QSize(
            sum(size.width() for size in sizes) + gaps,
            max((size.height() for size in sizes), default=0),
        ).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """One widget a line: as wide as the widest, and as high as what is beside it allows."""
        widest = QSize()
        for item in self._shown():
            widest = widest.expandedTo(item.sizeHint())
        return widest.grownBy(self.contentsMargins())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _set_out(self, rect: QRect, *, moves: bool) -> int:
        """Go through the lines; returns the height that they take."""
        margins: QMargins = self.contentsMargins()
        room = rect.marginsRemoved(margins)
        y = room.y()
        for line in self._lines(room.width()):
            height = max(item.sizeHint().height() for item in line)
            if moves:
                self._place(line, QRect(room.x(), y, room.width(), height))
            y += height + self.spacing()
        return y - self.spacing() - rect.y() + margins.bottom()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        taken = 0
        for item in self._shown():
            needed = item.sizeHint().width()
            if lines[-1] and taken + needed > width:
                lines.append([])
                taken = 0
            lines[-1].append(item)
            taken += needed + self.spacing()
        return lines if lines[0] else []

    def _place(self, line: list[QLayoutItem], room: QRect) -> None:
        """Set one line, each widget in the middle of its height."""
        sizes = [item.sizeHint() for item in line]
        taken = sum(size.width() for size in sizes) + self.spacing() * (len(line) - 1)
        left, spare = room.x(), room.width() - taken
        for item, size in zip(line, sizes, strict=True):
            if item.widget() in self._pushed:
                left, spare = left + spare, 0
            top = room.y() + (room.height() - size.height()) // 2
            item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self.spacing()
