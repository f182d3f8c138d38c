"""The settings of the optimizer: its name, typeset rule and hyperparameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from gdsim.core.formula.names import latex_name, plain_name
from gdsim.views.formula.formula_label import FormulaLabel, set_formula_count
from gdsim.views.setup.number_grid import NumberGrid
from gdsim.views.setup.rule_editor import RuleEditor
from gdsim.views.setup.section import Section
from gdsim.views.theme import Theme
from gdsim.views.theme.icons import icon
from gdsim.views.widgets.choice_box import Choice, ChoiceBox
from gdsim.views.widgets.flow_layout import FlowLayout
from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.note_label import NoteLabel
from gdsim.views.widgets.style_roles import role_label

_OWN = ""


class OptimizerSection(Section):
    """The optimizer by name, or as the user wrote it."""

    optimizer_chosen = Signal(str)
    rule_entered = Signal(str, str, str)
    hyperparameter_entered = Signal(str, float)
    suggested_eta_accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: list[Choice] = []
        self._key: str | None = None
        self._names: tuple[str, ...] = ()
        self.title = role_label("title")
        self.choice = ChoiceBox()
        self.note = NoteLabel()
        self.lines: list[FormulaLabel] = []
        self.rule_lines = FlowLayout(spacing=3, gap=12)
        self.rule_lines.set_stacked(True)
        self.hyperparameters = NumberGrid(columns=3)
        self.edit_button = QToolButton()
        self.edit_button.setProperty("flat", True)
        self.editor = RuleEditor(self)
        self.suggestion = role_label("warning", wraps=True)
        self.accept_button = QPushButton()
        self.accept_button.setProperty("flat", True)
        self._offer = QWidget()
        offer = QHBoxLayout(self._offer)
        offer.setContentsMargins(0, 0, 0, 0)
        offer.addWidget(self.suggestion, 1)
        offer.addWidget(self.accept_button)
        header = QHBoxLayout()
        header.addWidget(self.title)
        header.addWidget(self.choice, 1)
        header.addWidget(self.edit_button)
        self.column.addLayout(header)
        self.column.addWidget(self.note)
        self.column.addLayout(self.rule_lines)
        self.column.addWidget(self.hyperparameters)
        self.column.addWidget(self._offer)
        self.choice.chosen.connect(self._on_chosen)
        self.hyperparameters.number_entered.connect(self._on_number_entered)
        self.edit_button.clicked.connect(self.open_editor)
        self.editor.rule_entered.connect(self.rule_entered)
        self.accept_button.clicked.connect(self.suggested_eta_accepted)
        self.set_suggested_eta(None)
        self.retranslate()

    def set_optimizers(self, choices: Sequence[Choice]) -> None:
        """Set the optimizers that can be chosen: key, name and note."""
        self._choices = list(choices)
        own = (_OWN, self.tr("Your own rule…"), self.tr("Write the update as lines of text."))
        self.choice.set_choices([*self._choices, own])

    def set_optimizer(
        self,
        key: str | None,
        note: str,
        rule_latex: Sequence[tuple[str, str]],
        hyperparameters: Mapping[str, float],
    ) -> None:
        """Show the current optimizer, its lines as (LaTeX, plain text); None: the user's own."""
        self._key = key
        self.choice.set_key(_OWN if key is None else key)
        self.note.set_note(note)
        self._update_tool_tip()
        self._set_lines(rule_latex)
        self._names = tuple(hyperparameters)
        self.hyperparameters.set_numbers(
            [(latex_name(name), plain_name(name)) for name in self._names],
            list(hyperparameters.values()),
        )

    def set_suggested_eta(self, sentence: str | None) -> None:
        """Offer another η in a sentence; None: no offer."""
        self.suggestion.setText(sentence or "")
        self._offer.setVisible(bool(sentence))

    def open_editor(self) -> None:
        """Show the rule as text in a dialog beside the window."""
        self.editor.show()
        self.editor.activateWindow()
        self.editor.rule.setFocus()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for line in self.lines:
            line.set_theme(theme)
        self.hyperparameters.set_theme(theme)
        self.editor.set_theme(theme)
        self.edit_button.setIcon(icon("edit", theme, theme.accent))

    def retranslate(self) -> None:
        self.title.setText(self.tr("Optimizer"))
        self.choice.setAccessibleName(self.tr("Optimizer"))
        self._update_tool_tip()
        self.hyperparameters.set_tool_tip(
            self.tr("A hyperparameter; a change applies from the shown step on")
        )
        self.edit_button.setAccessibleName(self.tr("Edit the rule…"))
        self.edit_button.setToolTip(self.tr("Change this optimizer's lines, or write your own"))
        self.accept_button.setText(self.tr("Use this η"))
        self.accept_button.setToolTip(self.tr("Set η to this value"))
        self.set_optimizers(self._choices)

    def _update_tool_tip(self) -> None:
        """Add the note to the tool tip, because a low window has no room for it."""
        meaning = self.tr("The rule that turns the gradient into a step")
        self.choice.setToolTip(literal("\n".join(filter(None, (meaning, self.note.text())))))

    def _set_lines(self, rule_latex: Sequence[tuple[str, str]]) -> None:
        set_formula_count(self.lines, len(rule_latex), self.rule_lines, self.theme, 1.05)
        for line, (latex, plain) in zip(self.lines, rule_latex, strict=True):
            line.set_latex(latex, plain)

    def _on_chosen(self, key: str) -> None:
        if key != _OWN:
            self.optimizer_chosen.emit(key)
            return
        # Nothing changes yet: the user edits the current rule first.
        self.choice.set_key(self._key)
        self.open_editor()

    def _on_number_entered(self, index: int, value: float) -> None:
        self.hyperparameter_entered.emit(self._names[index], value)
