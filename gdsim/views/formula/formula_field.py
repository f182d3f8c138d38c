"""A field for one formula as typed on a keyboard; it does not check the formula."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gdsim.views.widgets.entry_field import EntryField


class FormulaField(EntryField):
    """One line of text that emits what the user entered; the owner accepts it or sets an error."""

    formula_entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # More than is accepted, so that a too long formula gets an error instead of being cut.
        self.line.setMaxLength(32767)

    def set_formula(self, text: str) -> None:
        """Show the current formula. If it is unchanged, the user may go on typing."""
        if text == self._current_text and self.is_being_edited:
            return
        self._show(text)

    def _submit(self, text: str) -> None:
        self.formula_entered.emit(text)
