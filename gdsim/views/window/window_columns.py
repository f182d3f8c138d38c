"""The columns of the window: setup, landscape, and the cards beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from gdsim.views.theme import GAP, LIGHT, Theme

_WIDTHS = (304, 560, 540)
_ROOMY = 1000  # the width for all three columns, for text of the usual size


class Columns(QSplitter):
    """All three columns side by side; two if a theme's large text leaves no space for three.

    The landscape is always shown. With two columns, either the cards or the setup are beside it.
    """

    all_fit_changed = Signal(bool)
    """Whether all three columns are shown."""

    def __init__(self, setup: QWidget, landscape: QWidget, cards: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = LIGHT
        self._all_fit = True
        self._wants_setup = False
        self._all = (setup, landscape, cards)
        for widget in self._all:
            self.addWidget(widget)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 5)
        self.setStretchFactor(2, 4)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(GAP)
        self._share()

    def set_theme(self, theme: Theme) -> None:
        """Change the widths with the size of text."""
        before, self._theme = self._theme, theme
        if theme.text_size != before.text_size:
            self._arrange()
            self._share()

    def _share(self) -> None:
        setup = self._theme.pixels(_WIDTHS[0])
        rest = max(self.width() - (setup if self._all_fit else 0), 1)
        shares = [width * rest // sum(_WIDTHS[1:]) for width in _WIDTHS[1:]]
        self.setSizes([setup, *shares])

    @staticmethod
    def _is_usual(theme: Theme) -> bool:
        return theme.text_size == LIGHT.text_size

    @Slot()
    def turn(self) -> None:
        """Switch between the cards and the setup while only one of them is shown."""
        self._wants_setup = not self._wants_setup
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        # More than the least widths of the columns, so that the landscape does not become narrow.
        is_wide = self.width() >= self._theme.pixels(_ROOMY)
        all_fit = is_wide or self._is_usual(self._theme)
        setup, _, cards = self._all
        setup.setVisible(all_fit or self._wants_setup)
        cards.setVisible(all_fit or not self._wants_setup)
        if all_fit != self._all_fit:
            self._all_fit = all_fit
            self._share()
            self.all_fit_changed.emit(all_fit)
