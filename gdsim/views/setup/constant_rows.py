"""The constants of the function: each with a switch, a slider and a field."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from gdsim.core.formula.names import latex_name, plain_name
from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.theme import LIGHT, Theme
from gdsim.views.theme.icons import icon
from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.number_field import NumberField
from gdsim.views.widgets.scale_slider import NumberScale, ScaleSlider

_FIELD = 64


class ConstantRows(QWidget):
    """A row for each name of the function that is a constant and no parameter."""

    value_entered = Signal(str, float)
    """A name and its new value; a slider sends one with every movement."""
    parameter_requested = Signal(str)
    """This constant is to be a parameter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._rows: dict[str, _Row] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1)
        self.hide()

    @property
    def rows(self) -> Mapping[str, _Row]:
        """The rows by the names of the constants."""
        return self._rows

    def set_constants(self, constants: Mapping[str, float]) -> None:
        """Show these constants with their values; with other names the rows are built anew."""
        if list(constants) != list(self._rows):
            for row in self._rows.values():
                row.remove()
            self._rows = {
                name: _Row(self, self._grid, index, name, value)
                for index, (name, value) in enumerate(constants.items())
            }
            for row in self._rows.values():
                row.set_theme(self._theme)
            self.setVisible(bool(constants))
        for name, value in constants.items():
            self._rows[name].set_value(value)

    def set_error(self, name: str, sentence: str | None) -> None:
        """Show why the new value of a constant is refused, and go back to the last one."""
        if name in self._rows:
            self._rows[name].set_error(sentence)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and sizes of this theme."""
        self._theme = theme
        for row in self._rows.values():
            row.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for row in self._rows.values():
                row.retranslate()
        super().changeEvent(event)


class _Row(QObject):
    """The widgets of one constant."""

    def __init__(
        self, owner: ConstantRows, grid: QGridLayout, index: int, name: str, value: float
    ) -> None:
        super().__init__(owner)
        self._owner = owner
        self._name = name
        self.vary = QToolButton()
        self.vary.setProperty("flat", True)
        self._label = FormulaLabel()
        self._label.set_latex(latex_name(name), plain_name(name))
        self.slider = ScaleSlider(NumberScale.around(value))
        self.field = NumberField()
        widgets = (self.vary, self._label, self.slider, self.field)
        for column, widget in enumerate(widgets):
            grid.addWidget(widget, 2 * index, column, Qt.AlignmentFlag.AlignVCenter)
        # The sentence is below the row, because the field is too narrow for it.
        grid.addWidget(self.field.error_label, 2 * index + 1, 0, 1, len(widgets))
        self._widgets = (*widgets, self.field.error_label)
        self.vary.clicked.connect(self._on_vary)
        self.slider.value_changed.connect(self._on_slider_moved)
        self.field.value_entered.connect(self._on_value_entered)
        self.retranslate()

    def set_value(self, value: float) -> None:
        """Show the value; the slider's scale stays unless the value is beyond it."""
        if not 0 <= self.slider.scale.share(value) <= 1:
            self.slider.set_scale(NumberScale.around(value))
        self.slider.set_value(value)
        self.field.set_value(value)

    def set_error(self, sentence: str | None) -> None:
        """Show what is wrong with the new value, and go back to the last one; None: nothing."""
        self.field.set_error(sentence)
        self.slider.set_value(self.field.value)

    def set_theme(self, theme: Theme) -> None:
        self._label.set_theme(theme)
        self.vary.setIcon(icon("lock", theme))
        self.field.setFixedWidth(theme.pixels(_FIELD))

    def retranslate(self) -> None:
        name = plain_name(self._name)
        title = self.tr("Constant {name}").format(name=name)
        vary = self.tr("Make {name} a parameter").format(name=name)
        self.field.set_accessible_name(title)
        self.field.set_tool_tip(
            self.tr("The value of the constant {name}; Enter applies it").format(name=name)
        )
        self.slider.setAccessibleName(title)
        self.slider.setToolTip(self.tr("Drag it and watch how the function changes"))
        self.vary.setAccessibleName(vary)
        tip = self.tr("{name} is a constant. Press to make it a parameter that is learned.")
        self.vary.setToolTip(literal(tip.format(name=name)))

    def remove(self) -> None:
        """Take the row out of the window."""
        for widget in self._widgets:
            widget.hide()  # at once, because deletion waits for the event loop
            widget.deleteLater()
        self.deleteLater()

    def _on_vary(self) -> None:
        self._owner.parameter_requested.emit(self._name)

    def _on_slider_moved(self, value: float) -> None:
        self._owner.value_entered.emit(self._name, value)

    def _on_value_entered(self, value: float) -> None:
        self._owner.value_entered.emit(self._name, value)
