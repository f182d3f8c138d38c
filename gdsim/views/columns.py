"""The setup, the landscape, and the cards beside it: as many columns as the screen has room for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from gdsim.views.theme import GAP, LIGHT, Theme

_WIDTHS = (304, 560, 540)


class Columns(QSplitter):
    """All three side by side; where a theme's large text leaves no room for that, two.

    The landscape always stays. Beside it are the cards, or the setup in their place.
    """

    all_fit_changed = Signal(bool)
    """Whether all three are there."""

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
        self._usual = QByteArray()
        self._share()

    def set_theme(self, theme: Theme) -> None:
        """Text of another size takes other widths; the usual ones come back with the usual text."""
        before, self._theme = self._theme, theme
        if theme.text_size != before.text_size:
            if self._is_usual(before):
                self._usual = self.saveState()
            self._arrange()
            if not (self._is_usual(theme) and self.restoreState(self._usual)):
                self._share()

    def usual_state(self) -> QByteArray:
        """The widths that text of the usual size has, to be restored."""
        return self.saveState() if self._is_usual(self._theme) else self._usual

    def _share(self) -> None:
        setup = self._theme.pixels(_WIDTHS[0])
        rest = max(self.width() - setup, 1)
        shares = [width * rest // sum(_WIDTHS[1:]) for width in _WIDTHS[1:]]
        self.setSizes([setup, *shares])

    @staticmethod
    def _is_usual(theme: Theme) -> bool:
        return theme.text_size == LIGHT.text_size

    @Slot()
    def turn(self) -> None:
        """From the cards to the setup, or back, where only one of them is there."""
        self._wants_setup = not self._wants_setup
        self._arrange()

    def event(self, event: QEvent) -> bool:
        # What a column needs has changed: its contents, their language or the size of the text.
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        widths = [widget.minimumSizeHint().width() for widget in self._all]
        needed = sum(widths) + self.handleWidth() * (len(widths) - 1) + 2 * GAP
        room = self.screen().availableGeometry().width()
        all_fit = needed <= room or self._is_usual(self._theme)
        setup, _, cards = self._all
        setup.setVisible(all_fit or self._wants_setup)
        cards.setVisible(all_fit or not self._wants_setup)
        if all_fit != self._all_fit:
            self._all_fit = all_fit
            self.all_fit_changed.emit(all_fit)
