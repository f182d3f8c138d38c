"""The settings that end a descent: the tolerance ε, the stop rule and the step limit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gdsim.views.setup.section import Section
from gdsim.views.widgets.choice_box import Choice, ChoiceBox
from gdsim.views.widgets.number_field import Bounds, NumberField
from gdsim.views.widgets.scale_slider import LogSlider
from gdsim.views.widgets.style_roles import role_label

# A trace with more steps than this does not fit into memory.
_MOST_STEPS = 1e9


class StopSection(Section):
    """ε on a log scale, the quantity that is compared with it, and the step limit."""

    epsilon_entered = Signal(float)
    stop_chosen = Signal(str)
    max_steps_entered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = role_label("title", wraps=True)
        self.epsilon = NumberField(Bounds(minimum=0))
        self.slider = LogSlider(1e-12, 1)
        self.rule = ChoiceBox()
        self._steps_title = role_label("plain")
        self.max_steps = NumberField(Bounds(minimum=1, maximum=_MOST_STEPS, whole=True))
        header = QHBoxLayout()
        header.addWidget(self._title, 5)
        header.addWidget(self.epsilon, 3)
        ends = QHBoxLayout()
        ends.addWidget(self.rule, 5)
        ends.addWidget(self._steps_title)
        ends.addWidget(self.max_steps, 2)
        self._steps_title.setBuddy(self.max_steps)
        self._title.setBuddy(self.epsilon)
        self.column.addLayout(header)
        self.column.addWidget(self.epsilon.error_label)
        self.column.addWidget(self.slider)
        self.column.addLayout(ends)
        self.column.addWidget(self.max_steps.error_label)
        self.epsilon.value_entered.connect(self._on_epsilon_entered)
        self.slider.value_changed.connect(self._on_slider_moved)
        self.rule.chosen.connect(self.stop_chosen)
        self.max_steps.value_entered.connect(self._on_max_steps_entered)
        self.retranslate()

    def set_epsilon(self, epsilon: float) -> None:
        """Show the current ε in the field and on the slider."""
        self.epsilon.set_value(epsilon)
        self.slider.set_value(epsilon)

    def set_epsilon_error(self, sentence: str | None) -> None:
        """Show why ε is refused, and go back to the previous value."""
        self.epsilon.set_error(sentence)
        self.slider.set_value(self.epsilon.value)

    def set_rules(self, choices: Sequence[Choice]) -> None:
        """Set the stop rules that can be chosen."""
        self.rule.set_choices(choices)

    def set_stop(self, key: str, uses_epsilon: bool) -> None:
        """Show the current stop rule by its key, and whether it compares anything with ε."""
        self.rule.set_key(key)
        self.epsilon.setEnabled(uses_epsilon)
        self.slider.setEnabled(uses_epsilon)

    def set_max_steps(self, steps: int) -> None:
        """Show the current step limit."""
        self.max_steps.set_value(float(steps))

    def retranslate(self) -> None:
        self._title.setText(self.tr("Tolerance ε"))
        self.epsilon.set_accessible_name(self.tr("Tolerance ε"))
        self.epsilon.set_tool_tip(
            self.tr("The descent ends when the quantity below falls under ε; Enter applies it")
        )
        self.slider.setAccessibleName(self.tr("Tolerance ε on a log scale"))
        self.slider.setToolTip(self.tr("Tolerance ε on a log scale"))
        self.rule.setAccessibleName(self.tr("Stop rule"))
        self.rule.setToolTip(self.tr("What is compared with ε before each update"))
        self._steps_title.setText(self.tr("t ≤"))
        self.max_steps.set_accessible_name(self.tr("Step limit"))
        self.max_steps.set_tool_tip(
            self.tr("The descent ends after this many updates at the latest")
        )

    def _on_epsilon_entered(self, epsilon: float) -> None:
        self.slider.set_value(epsilon)
        self.epsilon_entered.emit(epsilon)

    def _on_slider_moved(self, epsilon: float) -> None:
        self.epsilon.set_value(epsilon)
        self.epsilon_entered.emit(epsilon)

    def _on_max_steps_entered(self, steps: float) -> None:
        self.max_steps_entered.emit(int(steps))
