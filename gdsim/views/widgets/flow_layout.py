"""A layout that puts widgets in a row, and in more rows where one is not wide enough.

It is written by hand because Qt has no such layout.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Gives each widget the size of its hint, from left to right, line by line.

    Parameters
    ----------
    spacing : pixels between two lines.
    gap : pixels between two widgets of a line; None: ``spacing``.
    pushed : the widgets that are aligned to the right end of their line.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        spacing: int = 0,
        gap: int | None = None,
        pushed: Sequence[QWidget] = (),
    ) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._pushed = tuple(pushed)
        self._gap = spacing if gap is None else gap
        self._is_stacked = False
        self._items: list[QLayoutItem] = []
        self._width = 0  # of the last layout

    def set_stacked(self, stacked: bool) -> None:
        """Set whether each widget has a line of its own, even if there is room for more."""
        if stacked != self._is_stacked:
            self._is_stacked = stacked
            self.invalidate()

    def height_in(self, width: int, *, stacked: bool) -> int:
        """The height in pixels at this width; ``stacked``: with a line for each widget."""
        lines = self._lines(width, stacked)
        heights = [max(_size(item, width).height() for item in line) for line in lines]
        return sum(heights) + self.spacing() * max(len(lines) - 1, 0)

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
        margins = self.contentsMargins()
        room = width - margins.left() - margins.right()
        return self.height_in(room, stacked=self._is_stacked) + margins.top() + margins.bottom()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        if rect.width() != self._width:
            before = self.heightForWidth(self._width)
            self._width = rect.width()
            if self.heightForWidth(self._width) != before:
                self.invalidate()  # the least height is another one
                parent = self.parentWidget()
                if parent is not None:
                    parent.updateGeometry()
        room = rect.marginsRemoved(self.contentsMargins())
        top = room.y()
        for line in self._lines(room.width(), self._is_stacked):
            height = max(_size(item, room.width()).height() for item in line)
            self._place(line, QRect(room.x(), top, room.width(), height))
            top += height + self.spacing()

    def sizeHint(self) -> QSize:
        """The size of all widgets in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        gaps = self._gap * max(len(sizes) - 1, 0)
        return QSize(
            sum(size.width() for size in sizes) + gaps,
            max((size.height() for size in sizes), default=0),
        ).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """As wide as the widest widget, and high enough for the lines of the last layout."""
        widest = QSize()
        for item in self._shown():
            hint = item.sizeHint()
            # A widget whose height depends on its width can break itself into lines.
            least = item.minimumSize().width() if item.hasHeightForWidth() else hint.width()
            widest = widest.expandedTo(QSize(least, hint.height()))
        smallest = widest.grownBy(self.contentsMargins())
        if self._width < smallest.width():
            return smallest
        return smallest.expandedTo(QSize(0, self.heightForWidth(self._width)))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int, stacked: bool) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        taken = 0
        for item in self._shown():
            needed = item.sizeHint().width()
            if not lines or stacked or taken + needed > width:
                lines.append([])
                taken = 0
            lines[-1].append(item)
            taken += needed + self._gap
        return lines

    def _place(self, line: list[QLayoutItem], room: QRect) -> None:
        """Place the widgets of one line, vertically centred."""
        sizes = [_size(item, room.width()) for item in line]
        taken = sum(size.width() for size in sizes) + self._gap * (len(line) - 1)
        left, spare = room.x(), room.width() - taken
        for item, size in zip(line, sizes, strict=True):
            if item.widget() in self._pushed:
                left, spare = left + spare, 0
            top = room.y() + (room.height() - size.height()) // 2
            item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self._gap


def _size(item: QLayoutItem, room: int) -> QSize:
    """The size hint of an item; one that can break itself into lines is at most ``room`` wide."""
    hint = item.sizeHint()
    if hint.width() > room and item.hasHeightForWidth():
        return QSize(room, item.heightForWidth(room))
    return hint
