"""The settings of the learning rate η and its schedule."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gdsim.core.formula.names import latex_name, plain_name
from gdsim.views.formula.formula_field import FormulaField
from gdsim.views.setup.number_grid import NumberGrid
from gdsim.views.setup.section import Section
from gdsim.views.setup.slider_marks import Mark, SliderMarks
from gdsim.views.theme import Theme
from gdsim.views.widgets.choice_box import Choice, ChoiceBox
from gdsim.views.widgets.number_field import Bounds, NumberField
from gdsim.views.widgets.scale_slider import LogSlider
from gdsim.views.widgets.style_roles import role_label

_OWN = ""


class RateSection(Section):
    """η as a number on a log scale, or as a formula of t."""

    eta_entered = Signal(float)
    schedule_chosen = Signal(str)
    schedule_constant_entered = Signal(str, float)
    schedule_formula_entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: list[Choice] = []
        self._key: str | None = None
        self._names: tuple[str, ...] = ()
        self._varies = False
        self._title = role_label("title", wraps=True)
        # Zero and negative rates are allowed, because it is instructive to see what they do.
        self.eta = NumberField(Bounds())
        self.slider = LogSlider(1e-5, 10)
        self.marks = SliderMarks(self.slider)
        self.hint = role_label("muted", wraps=True)
        self.schedule = ChoiceBox()
        self.constants = NumberGrid(columns=2)
        self.formula = FormulaField()
        header = QHBoxLayout()
        header.addWidget(self._title, 5)
        header.addWidget(self.eta, 3)
        self.column.addLayout(header)
        self.column.addWidget(self.eta.error_label)
        marked = QVBoxLayout()
        marked.setSpacing(0)
        marked.addWidget(self.slider)
        marked.addWidget(self.marks)
        self.column.addLayout(marked)
        for widget in (
            self.hint,
            self.schedule,
            self.formula,
            self.constants,
        ):
            self.column.addWidget(widget)
        self.eta.value_entered.connect(self._on_eta_entered)
        self.slider.value_changed.connect(self._on_slider_moved)
        self.schedule.chosen.connect(self._on_chosen)
        self.constants.number_entered.connect(self._on_number_entered)
        self.formula.formula_entered.connect(self.schedule_formula_entered)
        self.formula.hide()
        self.set_hint(None)
        self.retranslate()

    def set_eta(self, eta: float) -> None:
        """Show the current η₀ in the field and on the slider."""
        self.eta.set_value(eta)
        self.slider.set_value(eta)

    def set_eta_error(self, sentence: str | None) -> None:
        """Show why η is refused, and go back to the previous value."""
        self.eta.set_error(sentence)
        self.slider.set_value(self.eta.value)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Mark values of η below the slider, such as the largest stable one."""
        self.marks.set_marks(marks)

    def set_hint(self, sentence: str | None) -> None:
        """Set the sentence below the slider, such as the η up to which a descent is stable here."""
        self.hint.setText(sentence or "")
        self.hint.setVisible(bool(sentence))

    def set_schedules(self, choices: Sequence[Choice]) -> None:
        """Set the schedules that can be chosen: key, name and note."""
        self._choices = list(choices)
        own = (_OWN, self.tr("Your own formula of t…"), self.tr("Type any formula of t below."))
        self.schedule.set_choices([*self._choices, own])

    def set_schedule(
        self, key: str | None, formula: str, constants: Mapping[str, float], shows_eta0: bool
    ) -> None:
        """Show the current schedule; ``shows_eta0``: whether the schedule uses the number η₀."""
        self._key = key
        self.schedule.set_key(_OWN if key is None else key)
        self.formula.set_formula(formula)
        # For a constant η the number says it all, so its formula is hidden.
        self._varies = key is None or re.search(r"\bt\b", formula) is not None
        self.formula.setVisible(self._varies)
        self.eta.setEnabled(shows_eta0)
        self.slider.setEnabled(shows_eta0)
        self._names = tuple(constants)
        self.constants.set_numbers(
            [(latex_name(name), plain_name(name)) for name in self._names],
            list(constants.values()),
        )

    def set_schedule_error(self, sentence: str | None, column: int | None) -> None:
        """Show what is wrong with the schedule and mark the column; None: no error."""
        self.formula.set_error(sentence, column)
        self.formula.setVisible(self._varies or bool(sentence))

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.marks.set_theme(theme)
        self.constants.set_theme(theme)

    def retranslate(self) -> None:
        self._title.setText(self.tr("Learning rate η"))
        self.eta.set_accessible_name(self.tr("Learning rate η"))
        self.eta.set_tool_tip(
            self.tr("How far a step goes along the gradient: 0.1, 1e-3; Enter applies it")
        )
        self.slider.setAccessibleName(self.tr("Learning rate η on a log scale"))
        self.slider.setToolTip(self.tr("Learning rate η on a log scale"))
        self.schedule.setAccessibleName(self.tr("Schedule of η"))
        self.schedule.setToolTip(self.tr("How η changes with the step t"))
        self.constants.set_tool_tip(self.tr("A constant of the schedule"))
        self.formula.set_accessible_name(self.tr("η as a formula of t"))
        self.formula.set_tool_tip(
            self.tr("η as a formula of the step t, such as 0.1/(1 + 0.01t); Enter applies it")
        )
        self.formula.line.setPlaceholderText(self.tr("Type a formula of t"))
        self.set_schedules(self._choices)

    def _on_eta_entered(self, eta: float) -> None:
        self.slider.set_value(eta)
        self.eta_entered.emit(eta)

    def _on_slider_moved(self, eta: float) -> None:
        self.eta.set_value(eta)
        self.eta_entered.emit(eta)

    def _on_chosen(self, key: str) -> None:
        if key != _OWN:
            self.schedule_chosen.emit(key)
            return
        # Nothing changes yet: the user edits the current formula first.
        self.schedule.set_key(self._key)
        self._varies = True
        self.formula.show()
        self.formula.line.setFocus()
        self.formula.line.selectAll()

    def _on_number_entered(self, index: int, value: float) -> None:
        self.schedule_constant_entered.emit(self._names[index], value)
