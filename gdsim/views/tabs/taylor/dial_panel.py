"""The dial in numbers: length r and angle β of a step, with predicted and actual ΔL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.tabs.taylor.angle_plot import AnglePlot
from gdsim.views.tabs.taylor.taylor_table import Arithmetic, LineSample
from gdsim.views.theme import Theme
from gdsim.views.widgets.jump_slider import JumpSlider
from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.number_field import Bounds, NumberField
from gdsim.views.widgets.scale_slider import NumberScale, ScaleSlider
from gdsim.views.widgets.style_roles import role_label

_DECADES = 5
_FIELD = 100


class RadiusSlider(ScaleSlider):
    """A log slider whose upper end depends on the view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_scale_up_to(1.0), parent)

    def set_upper(self, most: float) -> None:
        """Set the upper end to the power of ten at or above ``most``, for five decades."""
        scale = _scale_up_to(most)
        if scale != self.scale:
            self.set_scale(scale)


def _scale_up_to(most: float) -> NumberScale:
    power = -floor(-log10(most))
    return NumberScale(10.0 ** (power - _DECADES), 10.0**power, is_log=True)


@dataclass(frozen=True, slots=True)
class DialReading:
    """ΔL in the direction of the hand, predicted or actual: kind, name, formula, arithmetic."""

    kind: str
    name: str
    latex: str
    plain: str
    numbers: str


class _ReadingRow:
    def __init__(self, grid: QGridLayout, index: int) -> None:
        self.sample = LineSample("actual")
        self.name = role_label("")
        self.formula = FormulaLabel("text_muted", 1.0)
        self.numbers = Arithmetic()
        for column, widget in enumerate((self.sample, self.name, self.formula, self.numbers)):
            grid.addWidget(widget, index, column, Qt.AlignmentFlag.AlignVCenter)

    def fill(self, reading: DialReading) -> None:
        self.sample.set_kind(reading.kind)
        if self.name.text() != reading.name:
            self.name.setText(reading.name)
        self.formula.set_latex(reading.latex, reading.plain)
        self.numbers.set_text(reading.numbers)

    def set_theme(self, theme: Theme) -> None:
        for widget in (self.sample, self.formula, self.numbers):
            widget.set_theme(theme)


class DialPanel(QWidget):
    """Fields and sliders for r and β, ΔL in the direction of the hand, and ΔL over β."""

    radius_entered = Signal(float)
    beta_entered = Signal(float)
    step_requested = Signal()
    """The user wants r and β of the shown step's Δθ again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = role_label("heading", wraps=True)
        self._plane = role_label("muted", wraps=True)
        self.as_step = QToolButton()
        self.as_step.setProperty("flat", True)
        self.as_step.clicked.connect(self.step_requested)
        self.radius = NumberField(Bounds(minimum=0.0, excludes_minimum=True))
        self.radius_slider = RadiusSlider()
        self.beta = NumberField(Bounds(minimum=0.0, maximum=360.0))
        self.beta_slider = JumpSlider()
        self.beta_slider.setRange(0, 360)
        self.beta_slider.setPageStep(15)
        self.headline = role_label("numbers")
        self.headline.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.plot = AnglePlot()
        self._rows: list[_ReadingRow] = []
        self._readings: tuple[DialReading, ...] = ()
        self._lay_out()
        self.radius.value_entered.connect(self.radius_entered)
        self.beta.value_entered.connect(self.beta_entered)
        self.radius_slider.value_changed.connect(self.radius_entered)
        self.beta_slider.valueChanged.connect(self._on_beta_slid)
        self.plot.turned.connect(self.beta_entered)
        self.set_plane("")
        self._retranslate()

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.addWidget(self._title, 1)
        header.addWidget(self.as_step)
        controls = QGridLayout()
        controls.setHorizontalSpacing(8)
        controls.setVerticalSpacing(2)
        controls.setColumnStretch(2, 1)
        self._symbols = []
        for index, (latex, field, slider) in enumerate(
            ((r"r", self.radius, self.radius_slider), (r"\beta", self.beta, self.beta_slider))
        ):
            symbol = FormulaLabel()
            symbol.set_latex(latex, "r" if index == 0 else "β")
            self._symbols.append(symbol)
            controls.addWidget(symbol, 2 * index, 0)
            controls.addWidget(field, 2 * index, 1)
            controls.addWidget(slider, 2 * index, 2)
            # The error is in its own row, because a field is too narrow for a sentence.
            controls.addWidget(field.error_label, 2 * index + 1, 0, 1, 3)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(3, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(header)
        column.addWidget(self._plane)
        column.addLayout(controls)
        column.addWidget(self.headline)
        column.addLayout(self._grid)
        column.addWidget(self.plot)

    # Setters

    def set_plane(self, sentence: str) -> None:
        """Set the sentence on the plane of the dial, or on why β cannot be measured."""
        self._plane.setText(sentence)
        self._plane.setVisible(bool(sentence))

    def set_reach(self, most: float) -> None:
        """Set the upper end of the slider of r, about the size of the view."""
        self.radius_slider.set_upper(most)

    def set_radius(self, radius: float) -> None:
        """Show the length r in the field and on the slider."""
        self.radius.set_value(radius)
        self.radius_slider.set_value(radius)

    def set_beta(self, beta: float) -> None:
        """Show the angle β, in degrees, in the field and on the slider."""
        self.beta.set_value(beta)
        with QSignalBlocker(self.beta_slider):
            self.beta_slider.setValue(round(beta))

    def set_reading(self, headline: str, readings: Sequence[DialReading]) -> None:
        """Show β with its cosine, and ΔL in the direction of the hand."""
        self.headline.setText(headline)
        self._readings = tuple(readings)
        while len(self._rows) < len(readings):
            self._rows.append(_ReadingRow(self._grid, len(self._rows)))
            self._rows[-1].set_theme(self.plot.theme)
        for row, reading in zip(self._rows, readings, strict=False):
            row.fill(reading)

    def plane_sentence(self) -> str:
        """The sentence that says in which plane the dial lies; empty for two parameters."""
        return self._plane.text()

    def text(self) -> str:
        """The headline and the readings as text."""
        lines = [f"{one.name}: {one.plain} {one.numbers}" for one in self._readings]
        return "\n".join([self.headline.text(), *lines])

    def set_theme(self, theme: Theme) -> None:
        self.plot.set_theme(theme)
        for field in (self.radius, self.beta):
            field.setFixedWidth(theme.pixels(_FIELD))
        for symbol in self._symbols:
            symbol.set_theme(theme)
        for row in self._rows:
            row.set_theme(theme)

    # Internals

    def _on_beta_slid(self, beta: int) -> None:
        self.beta_entered.emit(float(beta))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Any direction: turn the arrow on the landscape"))
        self.as_step.setText(self.tr("Same as this step"))
        self.as_step.setToolTip(self.tr("Set r = ‖Δθ‖ and the direction of Δ again"))
        radius, beta = self.tr("Length r of the step"), self.tr("Angle β to the gradient, degrees")
        self.radius.set_accessible_name(radius)
        self.radius.set_tool_tip(self.tr("How long the step is; Enter applies it"))
        self.radius_slider.setAccessibleName(self.tr("Length r on a log scale"))
        self.radius_slider.setToolTip(literal(radius))
        self.beta.set_accessible_name(beta)
        self.beta.set_tool_tip(
            self.tr("The angle between step and gradient, 0 to 360 degrees; Enter applies it")
        )
        self.beta_slider.setAccessibleName(self.tr("Angle β on a slider"))
        self.beta_slider.setToolTip(literal(beta))
