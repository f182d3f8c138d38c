"""A field for one formula as typed on a keyboard; what it means is judged elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gdsim.views.widgets.entry_field import EntryField


class FormulaField(EntryField):
    """One line of blackboard text."""

    formula_entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Longer than any formula that is accepted, so that the refusal can say so.
        self.line.setMaxLength(32767)

    def set_formula(self, text: str) -> None:
        """Show the formula in force; a text that is being edited or was refused stays."""
        if text == self._current_text and self.is_being_edited:
            return
        self._show(text)

    def _submit(self, text: str) -> None:
        self.formula_entered.emit(text)
