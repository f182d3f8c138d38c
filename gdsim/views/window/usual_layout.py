"""What the window looked like before its text became larger, to be restored afterwards."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QApplication, QMainWindow, QScrollArea, QSplitter, QWidget

from gdsim.views.theme import LIGHT, Theme


class UsualLayout:
    """The sizes, the scrolled places and the focus that belong to text of the usual size.

    Larger text hides columns, moves the edges between them, and can make the window larger. All of
    this comes back with the usual size of text; a window that was resized meanwhile stays so.
    """

    def __init__(self, window: QMainWindow, *splitters: QSplitter) -> None:
        self._window = window
        self._splitters = splitters
        self._theme = LIGHT
        self._states: list[QByteArray] = []  # to be stored
        self._sizes: list[list[int]] = []  # to be set: a state is not restored to the pixel
        self._size = QSize()
        self._grew = False
        self._focus: QWidget | None = None
        self._scrolled: list[tuple[QScrollArea, int]] = []

    def begin(self, theme: Theme) -> None:
        """Before a change of theme: remember the layout if the text is to leave its usual size."""
        before, self._theme = self._theme, theme
        if _is_usual(before) and not _is_usual(theme) and not self._states:
            self._states = [splitter.saveState() for splitter in self._splitters]
            self._sizes = [splitter.sizes() for splitter in self._splitters]
            self._size = self._window.size()
            self._focus = QApplication.focusWidget()
            self._scrolled = [
                (area, area.verticalScrollBar().value())
                for area in self._window.findChildren(QScrollArea)
            ]
        elif self._states:
            least = self._window.minimumSizeHint()
            self._grew = self._window.size() == self._size.expandedTo(least)

    def end(self) -> None:
        """After a change of theme, in the new layout: restore the usual one if its text is back."""
        if _is_usual(self._theme) and self._states:
            if self._grew:
                self._window.resize(self._size)
            for splitter, sizes in zip(self._splitters, self._sizes, strict=True):
                splitter.setSizes(sizes)
            self._states = []
            for area, value in self._scrolled:
                area.verticalScrollBar().setValue(value)
            if self._focus is not None and self._focus.isVisible():
                self._focus.setFocus()
            self._focus = None

    def state(self, splitter: QSplitter) -> QByteArray:
        """The sizes of a splitter with the usual text, to be saved."""
        place = self._splitters.index(splitter)
        return self._states[place] if self._states else splitter.saveState()


def _is_usual(theme: Theme) -> bool:
    return theme.text_size == LIGHT.text_size
