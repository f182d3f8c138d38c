"""The settings of the loss function and the start point."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gdsim.core.formula.names import latex_name, plain_name
from gdsim.views.formula.formula_field import FormulaField
from gdsim.views.formula.formula_label import FormulaLabel, set_formula_count
from gdsim.views.setup.constant_rows import ConstantRows
from gdsim.views.setup.data_section import DataSection
from gdsim.views.setup.number_grid import NumberGrid, Symbol
from gdsim.views.setup.section import Section
from gdsim.views.theme import Theme
from gdsim.views.theme.icons import icon
from gdsim.views.widgets.choice_box import Choice, ChoiceBox
from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.note_label import NoteLabel
from gdsim.views.widgets.style_roles import role_label

_OWN = ""
_FILE = "*file"
_POINTS = {"*line": "line", "*classes": "classes"}
"""The choices for points that the user clicks, with the argument of ``points_requested``."""
_WIDEST_IN_COLUMN = 34
MOST_COMPONENTS = 4
"""With more components than this, only the names of the gradient's components are shown."""
# LaTeX that prints nothing, and LaTeX that prints about one character.
_UNPRINTED = re.compile(r"\\(left|right|mathrm|operatorname|,)|[{}^_]")
_COMMAND = re.compile(r"\\[A-Za-z]+")


class FunctionSection(Section):
    """The function by name or as a typed formula, typeset with its gradient; the start point."""

    function_chosen = Signal(str)
    formula_entered = Signal(str)
    """A formula of the loss, or of the loss of a row if there are data."""
    plain_formula_entered = Signal(str)
    """A formula of a loss without data, entered while there are data."""
    file_requested = Signal()
    """The user wants to open data from a file."""
    points_requested = Signal(str)
    """The user wants to click points into an empty plot, for a "line" or two "classes"."""
    start_entered = Signal(int, float)
    constant_entered = Signal(str, float)
    """The name of a constant and its new value."""
    constant_requested = Signal(str)
    """This parameter is to be a constant."""
    parameter_requested = Signal(str)
    """This constant is to be a parameter."""
    random_start_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: list[tuple[str, Sequence[Choice]]] = []
        self._key: str | None = None
        self._has_data = False
        self._leaves_data = False  # whether the formula being typed is a loss without data
        self.title = role_label("title")
        self.choice = ChoiceBox()
        self.note = NoteLabel()
        self.data = DataSection()
        self.data.hide()
        self.formula = FormulaField()
        self.prediction = FormulaLabel(most_lines=3)
        self.prediction.hide()
        self.loss = FormulaLabel(most_lines=4)
        self.gradient: list[FormulaLabel] = []
        self._gradient_column = QVBoxLayout()
        self._gradient_column.setSpacing(3)
        self._start_title = role_label("muted", wraps=True)
        self.random_start = QToolButton()
        self.random_start.setProperty("flat", True)
        self.start = NumberGrid(columns=2, has_switches=True)
        self.start_note = NoteLabel()
        self.constants = ConstantRows()
        self._names: tuple[str, ...] = ()
        header = QHBoxLayout()
        header.addWidget(self.title)
        header.addWidget(self.choice, 1)
        self.column.addLayout(header)
        start_row = QHBoxLayout()
        start_row.addWidget(self._start_title, 1)
        start_row.addWidget(self.random_start)
        for widget in (self.note, self.data, self.formula, self.prediction, self.loss):
            self.column.addWidget(widget)
        self.column.addLayout(self._gradient_column)
        self.column.addLayout(start_row)
        self.column.addWidget(self.start)
        self.column.addWidget(self.start_note)
        self.column.addWidget(self.constants)
        self.choice.chosen.connect(self._on_chosen)
        self.formula.formula_entered.connect(self._on_formula_entered)
        self.start.number_entered.connect(self.start_entered)
        self.start.switched.connect(self._on_switched)
        self.constants.value_entered.connect(self.constant_entered)
        self.constants.parameter_requested.connect(self.parameter_requested)
        self.random_start.clicked.connect(self.random_start_requested)
        self.data.own_loss_requested.connect(self._on_own_loss_requested)
        self.retranslate()

    def set_functions(self, groups: Sequence[tuple[str, Sequence[Choice]]]) -> None:
        """Set the groups of the list: (title, choices)."""
        self._groups = list(groups)
        own = (
            _OWN,
            self.tr("Your own formula…"),
            self.tr("Type any formula in the field below; gdsim finds its parameters."),
        )
        line, classes = _POINTS
        others = [
            (
                _FILE,
                self.tr("Your own data…"),
                self.tr(
                    "Open a table of numbers from a file; gdsim proposes a first model for it."
                ),
            ),
            (
                line,
                self.tr("Your own points…"),
                self.tr("Click in an empty plot to add points; gdsim fits a line to them."),
            ),
            (
                classes,
                self.tr("Your own points of two classes…"),
                self.tr("Click in an empty plot to add points of two classes."),
            ),
        ]
        self.choice.set_groups([*self._groups, ("", [own, *others])])

    def set_function(self, key: str | None, formula: str, note: str) -> None:
        """Show the current function; ``key`` is None for the user's own formula."""
        self._key = key
        self._show_key()
        self.note.set_note(note)
        self._update_tool_tip()
        self.formula.set_formula(formula)

    def set_has_data(self, has_data: bool, *, own_loss: bool = False) -> None:
        """Set whether the loss is a mean over rows; ``own_loss``: with the user's own formula."""
        self.data.setVisible(has_data)
        self.prediction.setVisible(has_data)
        self.formula.setVisible(not has_data or own_loss)
        self._has_data, self._leaves_data = has_data, False
        self._show_key()
        self._describe_formula()

    def set_prediction_typeset(self, latex: str, text: str) -> None:
        """Typeset the model's prediction, including the left side of the equation."""
        self.prediction.set_latex(latex, text)

    def set_formula_typeset(
        self,
        latex: str,
        gradient_latex: Sequence[str],
        parameters: Sequence[str],
        gradient_text: Sequence[str] = (),
    ) -> None:
        """Typeset L and ∇L, given the right sides of their equations.

        ``gradient_text`` is the gradient as plain text, for the tool tip and for screen readers.
        Without ``gradient_latex`` only the names of its components are shown.
        """
        self.loss.set_latex(f"L = {latex}", "L = " + self.formula.line.text())
        if gradient_latex:
            formulas = _gradient(gradient_latex, gradient_text, parameters)
        else:
            formulas = [_many_components(parameters)]
        set_formula_count(self.gradient, len(formulas), self._gradient_column, self.theme, 1.0)
        for label, (formula, spoken) in zip(self.gradient, formulas, strict=True):
            label.set_latex(formula, spoken)

    def set_start(
        self,
        names: Sequence[str],
        values: Sequence[float],
        constants: Mapping[str, float] | None = None,
    ) -> None:
        """Set the names of the parameters, their values at the start, and the constants."""
        self._names = tuple(names)
        self.start.set_numbers([_start_symbol(name) for name in names], values)
        self.constants.set_constants(constants or {})
        self._describe_switches()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.loss.set_theme(theme)
        self.prediction.set_theme(theme)
        for label in self.gradient:
            label.set_theme(theme)
        self.start.set_theme(theme)
        self.constants.set_theme(theme)
        self.random_start.setIcon(icon("random", theme))

    def retranslate(self) -> None:
        self.title.setText(self.tr("Function"))
        self.choice.setAccessibleName(self.tr("Function"))
        self._update_tool_tip()
        self._describe_formula()
        self._start_title.setText(self.tr("Start (drag it on the plot)"))
        self.random_start.setAccessibleName(self.tr("Random start"))
        self.random_start.setToolTip(self.tr("Start from a random point (R)"))
        self.start.set_tool_tip(
            self.tr("Where the descent starts; it can be dragged on the plot too")
        )
        self._describe_switches()
        self.set_functions(self._groups)

    def _describe_switches(self) -> None:
        """Name the switches; the only name of a function has none, because it must vary."""
        has_others = len(self._names) > 1 or bool(self.constants.rows)
        texts = [
            (
                self.tr("Make {name} a constant").format(name=plain_name(name)),
                self.tr("{name} is a parameter. Press to hold it constant.").format(
                    name=plain_name(name)
                ),
            )
            for name in self._names
        ]
        self.start.set_switches(texts if has_others else [])

    def _update_tool_tip(self) -> None:
        """Add the note to the tool tip, because a low window has no room for it."""
        meaning = self.tr("The loss function to be minimised")
        self.choice.setToolTip(literal("\n".join(filter(None, (meaning, self.note.text())))))

    def _describe_formula(self) -> None:
        if self._has_data and not self._leaves_data:
            name, tip = (
                self.tr("Loss of one row"),
                self.tr(
                    "The loss of one row as a formula of prediction and the columns; Enter"
                    " applies it"
                ),
            )
            example = self.tr("Such as (prediction - y)^2")
        else:
            name = self.tr("Formula of the loss")
            tip = self.tr(
                "The loss as written on the board, such as (x - 1)^2 + 2y^2; Enter applies it"
            )
            example = self.tr("Type a formula, such as x^2 + y^2")
        self.formula.retranslate()
        self.formula.set_accessible_name(name)
        self.formula.set_tool_tip(tip)
        self.formula.line.setPlaceholderText(example)

    def _on_formula_entered(self, text: str) -> None:
        (self.plain_formula_entered if self._leaves_data else self.formula_entered).emit(text)

    def _on_own_loss_requested(self) -> None:
        self._leaves_data = False
        self._describe_formula()
        self.formula.show()
        self.formula.line.setFocus()
        self.formula.line.selectAll()

    def _on_switched(self, index: int) -> None:
        self.constant_requested.emit(self._names[index])

    def _on_chosen(self, key: str) -> None:
        # Choices of data or a formula change nothing until the user has provided them.
        if key == _FILE:
            self._show_key()
            self.file_requested.emit()
        elif key in _POINTS:
            self._show_key()
            self.points_requested.emit(_POINTS[key])
        elif key == _OWN:
            self._ask_for_formula()
        else:
            self.function_chosen.emit(key)

    def _show_key(self) -> None:
        own = _FILE if self._has_data else _OWN
        self.choice.set_key(own if self._key is None else self._key)

    def _ask_for_formula(self) -> None:
        self._show_key()
        self._leaves_data = self._has_data
        self._describe_formula()
        self.formula.show()
        self.formula.line.setFocus()
        self.formula.line.selectAll()


def _gradient(
    components: Sequence[str], texts: Sequence[str], parameters: Sequence[str]
) -> list[Symbol]:
    """The gradient as (LaTeX, plain text): one column vector if narrow, else each component."""
    spoken = texts or [""] * len(components)
    if len(components) > 1 and max(map(_printed_length, components)) <= _WIDEST_IN_COLUMN:
        rows = r" \\ ".join(components)
        column = rf"\nabla L = \begin{{pmatrix}} {rows} \end{{pmatrix}}"
        return [(column, f"∇L = ({', '.join(spoken)})")]
    d = "d" if len(components) == 1 else r"\partial "
    return [
        (
            rf"{d}L/{d}{latex_name(name)} = {component}",
            f"∂L/∂{plain_name(name)} = {text}",
        )
        for name, component, text in zip(parameters, components, spoken, strict=True)
    ]


def _many_components(parameters: Sequence[str]) -> Symbol:
    """The gradient with only the names of its first and last component."""
    first, last = parameters[0], parameters[-1]
    return (
        rf"\nabla L = \left(\frac{{\partial L}}{{\partial {latex_name(first)}}}, \ldots,"
        rf" \frac{{\partial L}}{{\partial {latex_name(last)}}}\right)",
        f"∇L = (∂L/∂{plain_name(first)}, …, ∂L/∂{plain_name(last)})",
    )


def _printed_length(latex: str) -> int:
    """The approximate number of characters of a typeset formula."""
    return len(_COMMAND.sub("x", _UNPRINTED.sub("", latex)).replace(" ", ""))


def _start_symbol(name: str) -> Symbol:
    """The symbol of a parameter at t = 0: θ₀ for θ, and θ₁,₀ for θ₁."""
    latex = latex_name(name)
    if latex.endswith("}") and "_{" in latex:
        return latex.removesuffix("}") + ",0}", plain_name(name) + ",₀"
    return latex + "_{0}", plain_name(name) + "₀"
