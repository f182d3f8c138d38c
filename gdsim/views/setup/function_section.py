"""Which function is descended, and from where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gdsim.core.formula.names import latex_name, plain_name
from gdsim.views.formula.formula_field import FormulaField
from gdsim.views.formula.formula_label import FormulaLabel, set_formula_count
from gdsim.views.setup.data_section import DataSection
from gdsim.views.setup.number_grid import NumberGrid, Symbol
from gdsim.views.setup.section import Section
from gdsim.views.theme import Theme
from gdsim.views.theme.icons import icon
from gdsim.views.widgets.choice_box import Choice, ChoiceBox
from gdsim.views.widgets.note_label import NoteLabel
from gdsim.views.widgets.style_roles import role_label

_OWN = ""
_FILE = "*file"
_POINTS = {"*line": "line", "*classes": "classes"}
"""Choices that are no function of the catalogue, and what they ask for."""
_WIDEST_IN_COLUMN = 34
MOST_COMPONENTS = 4
"""Components of the gradient that are typeset; of more it is only said how many there are."""
# What prints nothing, and what prints about one sign.
_SILENT = re.compile(r"\\(left|right|mathrm|operatorname|,)|[{}^_]")
_COMMAND = re.compile(r"\\[A-Za-z]+")


class FunctionSection(Section):
    """The function by name or as typed, typeset with its gradient, and the start point."""

    function_chosen = Signal(str)
    formula_entered = Signal(str)
    """A loss; with data that of a row."""
    plain_formula_entered = Signal(str)
    """A loss without data, though there are data now."""
    file_wanted = Signal()
    """Data are to be opened from a file."""
    points_wanted = Signal(str)
    """Points are to be clicked from nothing: "line" or "classes"."""
    start_entered = Signal(int, float)
    random_start_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: list[tuple[str, Sequence[Choice]]] = []
        self._key: str | None = None
        self._has_data = False
        self._leaves_data = False  # the formula that is typed now is one without data
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
        self.start = NumberGrid(columns=2)
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
        self.choice.chosen.connect(self._on_chosen)
        self.formula.formula_entered.connect(self._on_formula_entered)
        self.start.number_entered.connect(self.start_entered)
        self.random_start.clicked.connect(self.random_start_requested)
        self.data.own_loss_wanted.connect(self._on_own_loss_wanted)
        self.retranslate()

    def set_functions(self, groups: Sequence[tuple[str, Sequence[Choice]]]) -> None:
        """The groups of the list, each with its heading."""
        self._groups = list(groups)
        own = (
            _OWN,
            self.tr("Your own formula…"),
            self.tr("Type any formula in the field below; its parameters are found by themselves."),
        )
        line, classes = _POINTS
        others = [
            (
                _FILE,
                self.tr("Your own data…"),
                self.tr("Open a table of numbers from a file; a first model is fitted to it."),
            ),
            (
                line,
                self.tr("Your own points…"),
                self.tr("Click points into an empty plot, and a line is fitted to them."),
            ),
            (
                classes,
                self.tr("Your own points of two classes…"),
                self.tr("Click points of two classes into an empty plot."),
            ),
        ]
        self.choice.set_groups([*self._groups, ("", [own, *others])])

    def set_function(self, key: str | None, formula: str, note: str) -> None:
        """Show the function in force; ``key`` is None for the user's own formula."""
        self._key = key
        self._show_key()
        self.note.set_note(note)
        self._retip()
        self.formula.set_formula(formula)

    def set_has_data(self, has_data: bool, *, own_loss: bool = False) -> None:
        """Whether the loss is a mean over rows; ``own_loss``: of a formula of the user's own."""
        self.data.setVisible(has_data)
        self.prediction.setVisible(has_data)
        self.formula.setVisible(not has_data or own_loss)
        self._has_data, self._leaves_data = has_data, False
        self._show_key()
        self._describe_formula()

    def set_prediction_typeset(self, latex: str, text: str) -> None:
        """Typeset what the model says of a row, with its equals sign."""
        self.prediction.set_latex(latex, text)

    def set_formula_typeset(
        self,
        latex: str,
        gradient_latex: Sequence[str],
        parameters: Sequence[str],
        gradient_text: Sequence[str] = (),
    ) -> None:
        """Typeset L and ∇L, given what stands right of their equals signs.

        ``gradient_text`` is the gradient in plain text, for the tool tip and the screen reader.
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

    def set_start(self, names: Sequence[str], values: Sequence[float]) -> None:
        """The parameters by name, each with its value at the start."""
        self.start.set_numbers([_start_symbol(name) for name in names], values)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.loss.set_theme(theme)
        self.prediction.set_theme(theme)
        for label in self.gradient:
            label.set_theme(theme)
        self.start.set_theme(theme)
        self.random_start.setIcon(icon("random", theme))

    def retranslate(self) -> None:
        self.title.setText(self.tr("Function"))
        self.choice.setAccessibleName(self.tr("Function"))
        self._retip()
        self._describe_formula()
        self._start_title.setText(self.tr("Start (drag it on the plot)"))
        self.random_start.setAccessibleName(self.tr("Random start"))
        self.random_start.setToolTip(self.tr("Start from a random point (R)"))
        self.start.set_tool_tip(
            self.tr("Where the descent starts; it can be dragged on the plot too")
        )
        self.set_functions(self._groups)

    def _retip(self) -> None:
        """The note has no room of its own in a low window."""
        meaning = self.tr("The loss function whose minimum is sought")
        self.choice.setToolTip("\n".join(filter(None, (meaning, self.note.text()))))

    def _describe_formula(self) -> None:
        if self._has_data and not self._leaves_data:
            name, tip = (
                self.tr("Loss of a row"),
                self.tr("The loss of a row, of prediction and the columns; Enter applies it"),
            )
            example = self.tr("Such as (prediction - y)^2")
        else:
            name = self.tr("Formula of the loss")
            tip = self.tr(
                "The loss as written on the board, such as (x - 1)^2 + 2y^2; Enter applies it"
            )
            example = self.tr("Type a formula, such as x^2 + y^2")
        self.formula.set_accessible_name(name)
        self.formula.set_tool_tip(tip)
        self.formula.line.setPlaceholderText(example)

    def _on_formula_entered(self, text: str) -> None:
        (self.plain_formula_entered if self._leaves_data else self.formula_entered).emit(text)

    def _on_own_loss_wanted(self) -> None:
        self._leaves_data = False
        self._describe_formula()
        self.formula.show()
        self.formula.line.setFocus()
        self.formula.line.selectAll()

    def _on_chosen(self, key: str) -> None:
        # Nothing is changed by these yet: what is in force stays until there is more.
        if key == _FILE:
            self._show_key()
            self.file_wanted.emit()
        elif key in _POINTS:
            self._show_key()
            self.points_wanted.emit(_POINTS[key])
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
    """The gradient as (LaTeX, plain text): a column where it is narrow, else entry by entry."""
    spoken = texts or [""] * len(components)
    if len(components) > 1 and max(map(_letters, components)) <= _WIDEST_IN_COLUMN:
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
    """The gradient by its first and last component."""
    first, last = parameters[0], parameters[-1]
    return (
        rf"\nabla L = \left(\frac{{\partial L}}{{\partial {latex_name(first)}}}, \ldots,"
        rf" \frac{{\partial L}}{{\partial {latex_name(last)}}}\right)",
        f"∇L = (∂L/∂{plain_name(first)}, …, ∂L/∂{plain_name(last)})",
    )


def _letters(latex: str) -> int:
    """About how many signs a formula takes when it is printed."""
    return len(_COMMAND.sub("x", _SILENT.sub("", latex)).replace(" ", ""))


def _start_symbol(name: str) -> Symbol:
    """θ₁ at t = 0 is θ₁,₀: an index of its own after the one that the name has."""
    latex = latex_name(name)
    if latex.endswith("}") and "_{" in latex:
        return latex.removesuffix("}") + ",0}", plain_name(name) + ",₀"
    return latex + "_{0}", plain_name(name) + "₀"
