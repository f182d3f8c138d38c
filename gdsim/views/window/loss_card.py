"""The card at the top right: the loss plot, and with data a switch to a plot of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from gdsim.views.loss.loss_view import LossView
from gdsim.views.theme import LIGHT, Theme
from gdsim.views.widgets.card import Card
from gdsim.views.widgets.segmented_buttons import SegmentedButtons

if TYPE_CHECKING:
    from gdsim.views.data.data_view import DataView


class LossCard(Card):
    """Shows the loss plot or the data; without data there is no switch.

    The constructor creates only the loss plot, so that it appears soon; ``build_rest`` adds the
    view of the data.
    """

    data: DataView

    front_changed = Signal(str)
    """Another side is shown now, one of SIDES."""

    SIDES = ("loss", "data")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.loss = LossView()
        self._theme = LIGHT
        self._has_data = False
        self._sides = SegmentedButtons(self.SIDES)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.loss)
        self._row.insertWidget(1, self._sides)
        self.add_to_header(self.loss.header)
        self.body.addWidget(self._stack, 1)
        self._sides.chosen.connect(self._on_chosen)
        self._show()
        self._retranslate()

    def build_rest(self) -> None:
        """Add the view of the data."""
        from gdsim.views.data.data_view import DataView

        self.data = DataView()
        self.data.set_theme(self._theme)
        self._stack.addWidget(self.data)
        self.add_to_header(self.data.header)
        self._show()

    @property
    def _is_complete(self) -> bool:
        return self._stack.count() > 1

    @property
    def front(self) -> str:
        """The side that is shown, one of SIDES."""
        return self._sides.key

    def set_has_data(self, has_data: bool) -> None:
        """Set whether there are data to switch to."""
        self._has_data = has_data
        if not has_data:
            self._sides.set_key("loss")
        self._show()

    def bring_to_front(self, side: str) -> None:
        """Show a side, one of SIDES."""
        if side != self.front:
            self._sides.set_key(side)
            self._on_chosen(side)

    @Slot()
    def toggle(self) -> None:
        """Switch from the loss to the data, or back."""
        if self._has_data:
            self.bring_to_front("data" if self.front == "loss" else "loss")

    @Slot()
    def reset_view(self) -> None:
        """Go back to the home view of the side that is shown."""
        (self.data if self.front == "data" else self.loss).reset_view()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.loss.set_theme(theme)
        if self._is_complete:
            self.data.set_theme(theme)

    @Slot(str)
    def _on_chosen(self, side: str) -> None:
        self._show()
        self.front_changed.emit(side)

    def _show(self) -> None:
        is_data = self.front == "data"
        self._stack.setCurrentWidget(self.data if is_data else self.loss)
        self.loss.header.setVisible(not is_data)
        if self._is_complete:
            self.data.header.setVisible(is_data)
        # The switch names what is shown, so there is no title beside it.
        self._title.setVisible(not self._has_data)
        self._sides.setVisible(self._has_data)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.set_title(self.tr("Loss"))
        self._sides.setAccessibleName(self.tr("Loss or data"))
        self._sides.describe(
            "loss", self.tr("Loss"), self.tr("The loss against the number of steps (D: data)")
        )
        self._sides.describe(
            "data",
            self.tr("Data"),
            self.tr("The data, and what the model predicts at the shown step (D: loss)"),
        )
