"""The setup panel: all settings that define a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from gdsim.views.setup.function_section import FunctionSection
from gdsim.views.setup.optimizer_section import OptimizerSection
from gdsim.views.setup.rate_section import RateSection
from gdsim.views.setup.section import Section
from gdsim.views.setup.slider_marks import Mark
from gdsim.views.setup.stop_section import StopSection
from gdsim.views.theme import CARD_PADDING, LIGHT, Theme
from gdsim.views.widgets.choice_box import Choice
from gdsim.views.widgets.style_roles import separator

_WIDTH, _LEAST_WIDTH, _HEIGHT = 304, 280, 700
_SCROLL_BAR = 10
# Layouts from roomy to compact: the lines of the notes on function and optimizer, the space between
# two widgets, and whether each assignment of the rule has a line of its own. The first layout that
# fits without scrolling is used, or else the last.
_LAYOUTS = (
    ((6, 6), 6, True),
    ((6, 6), 4, True),
    ((6, 0), 4, True),
    ((0, 0), 4, True),
    ((0, 0), 3, True),
    ((0, 0), 2, False),
)


class ControlPanel(QFrame):
    """A card with four sections. Setters change what is shown and emit nothing."""

    function_chosen = Signal(str)
    formula_entered = Signal(str)
    start_entered = Signal(int, float)
    constant_entered = Signal(str, float)
    constant_requested = Signal(str)
    parameter_requested = Signal(str)
    random_start_requested = Signal()
    optimizer_chosen = Signal(str)
    rule_entered = Signal(str, str, str)
    hyperparameter_entered = Signal(str, float)
    eta_entered = Signal(float)
    suggested_eta_accepted = Signal()
    schedule_chosen = Signal(str)
    schedule_constant_entered = Signal(str, float)
    schedule_formula_entered = Signal(str)
    epsilon_entered = Signal(float)
    stop_chosen = Signal(str)
    max_steps_entered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._theme = LIGHT
        self.function = FunctionSection()
        self.optimizer = OptimizerSection()
        self.rate = RateSection()
        self.stop = StopSection()
        contents = QWidget()
        contents.setObjectName("panel")
        column = QVBoxLayout(contents)
        column.setContentsMargins(CARD_PADDING, CARD_PADDING - 2, CARD_PADDING, CARD_PADDING)
        column.setSpacing(_LAYOUTS[0][1])
        for section in (self.function, self.optimizer, self.rate):
            column.addWidget(section)
            column.addWidget(separator())
        column.addWidget(self.stop)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(contents)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scroll)
        self._contents, self._column = contents, column
        contents.installEventFilter(self)
        self._connect()

    def sizeHint(self) -> QSize:
        width = self._theme.pixels(_WIDTH)
        return QSize(max(width, self.minimumSizeHint().width()), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the longest text in any language; vertically the panel can scroll."""
        needed = self._contents.minimumSizeHint().width() + _SCROLL_BAR + 2
        return QSize(max(self._theme.pixels(_LEAST_WIDTH), needed), 200)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _align_titles(self) -> None:
        """Make the two boxes beside their titles begin at the same x position."""
        titles = (self.function.title, self.optimizer.title)
        # The size hint cannot be used, because it is at least the minimum width that is set here.
        width = 1 + max(title.fontMetrics().horizontalAdvance(title.text()) for title in titles)
        for title in titles:
            title.setMinimumWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Choose the first of ``_LAYOUTS`` that needs no scrolling.

        The heights are computed and not tried out, because each try would trigger another layout.
        """
        self._align_titles()
        notes = (self.function.note, self.optimizer.note)
        columns = [self._column, *(section.column for section in self._sections())]
        width = self.width() - 2
        inner = width - 2 * CARD_PADDING
        now = self._column.spacing()
        gaps = sum(map(_gaps, columns))
        fixed = self._column.totalHeightForWidth(width) - gaps * now
        for note in notes:
            if not note.isHidden():
                fixed -= note.heightForWidth(inner)
                gaps -= 1
        rule = self.optimizer.rule_lines
        fixed -= rule.heightForWidth(inner)

        def height(lines: tuple[int, int], spacing: int, stacked: bool) -> int:
            shown = [
                note.height_in(most, inner)
                for note, most in zip(notes, lines, strict=True)
                if most and note.text()
            ]
            written = sum(shown) + rule.height_in(inner, stacked=stacked)
            return fixed + written + (gaps + len(shown)) * spacing

        room = self.height() - 2
        lines, spacing, stacked = next(
            (one for one in _LAYOUTS if height(*one) <= room), _LAYOUTS[-1]
        )
        for note, most in zip(notes, lines, strict=True):
            note.set_most_lines(most)
        rule.set_stacked(stacked)
        if spacing != now:
            for column in columns:
                column.setSpacing(spacing)

    def _sections(self) -> tuple[Section, ...]:
        return (self.function, self.optimizer, self.rate, self.stop)

    def set_functions(self, groups: Sequence[tuple[str, Sequence[Choice]]]) -> None:
        """Set the functions of the catalogue: (group title, [(key, name, note)])."""
        self.function.set_functions(groups)

    def set_function(self, key: str | None, formula: str, note: str) -> None:
        """Show the current function; ``key`` is None for the user's own formula."""
        self.function.set_function(key, formula, note)

    def set_formula_typeset(
        self,
        latex: str,
        gradient_latex: Sequence[str],
        parameters: Sequence[str],
        gradient_text: Sequence[str] = (),
    ) -> None:
        """Set the right sides of L and ∇L as LaTeX, and the gradient also as plain text."""
        self.function.set_formula_typeset(latex, gradient_latex, parameters, gradient_text)

    def set_formula_error(self, sentence: str | None, column: int | None) -> None:
        """Show what is wrong with the formula and mark the column (from 1); None: no error."""
        self.function.formula.set_error(sentence, column)

    def set_start(
        self,
        names: Sequence[str],
        values: Sequence[float],
        constants: Mapping[str, float] | None = None,
    ) -> None:
        """Set the names of the parameters, their values at the start, and the constants."""
        self.function.set_start(names, values, constants)

    def set_optimizers(self, choices: Sequence[Choice]) -> None:
        """Set the optimizers of the catalogue: [(key, name, note)]."""
        self.optimizer.set_optimizers(choices)

    def set_optimizer(
        self,
        key: str | None,
        note: str,
        rule_latex: Sequence[tuple[str, str]],
        hyperparameters: Mapping[str, float],
    ) -> None:
        """Show the current optimizer, its lines as (LaTeX, plain text); None: the user's own."""
        self.optimizer.set_optimizer(key, note, rule_latex, hyperparameters)

    def set_rule_text(self, hyperparameters: str, state: str, rule: str) -> None:
        """Set the text of the current optimizer in the rule editor."""
        self.optimizer.editor.set_rule_text(hyperparameters, state, rule)

    def set_rule_error(self, sentence: str | None, line: int | None, column: int | None) -> None:
        """Show what is wrong with the rule and mark line and column, from 1; None: no error."""
        self.optimizer.editor.set_error(sentence, line, column)

    def set_eta(self, eta: float) -> None:
        """Show the current η₀ in the field and on the slider."""
        self.rate.set_eta(eta)

    def set_eta_error(self, sentence: str | None) -> None:
        """Show what is wrong with η; None: no error."""
        self.rate.set_eta_error(sentence)

    def set_eta_hint(self, sentence: str | None) -> None:
        """Set the sentence below η, such as the rate up to which the descent is stable here."""
        self.rate.set_hint(sentence)

    def set_eta_marks(self, marks: Sequence[Mark]) -> None:
        """Mark values of η below its slider, each with a short label."""
        self.rate.set_marks(marks)

    def set_suggested_eta(self, sentence: str | None) -> None:
        """Offer the optimizer's usual η in a sentence; None: no offer."""
        self.optimizer.set_suggested_eta(sentence)

    def set_schedules(self, choices: Sequence[Choice]) -> None:
        """Set the schedules of the catalogue: [(key, name, note)]."""
        self.rate.set_schedules(choices)

    def set_schedule(
        self, key: str | None, formula: str, constants: Mapping[str, float], shows_eta0: bool
    ) -> None:
        """Show the current schedule, its constants without η₀; None: the user's own formula."""
        self.rate.set_schedule(key, formula, constants, shows_eta0)

    def set_schedule_error(self, sentence: str | None, column: int | None) -> None:
        """Show what is wrong with the schedule and mark the column; None: no error."""
        self.rate.set_schedule_error(sentence, column)

    def set_epsilon(self, epsilon: float) -> None:
        """Show the current ε in the field and on the slider."""
        self.stop.set_epsilon(epsilon)

    def set_epsilon_error(self, sentence: str | None) -> None:
        """Show what is wrong with ε, the stop rule or the step limit; None: no error."""
        self.stop.set_epsilon_error(sentence)

    def set_stop_rules(self, choices: Sequence[Choice]) -> None:
        """Set the stop rules that can be chosen."""
        self.stop.set_rules(choices)

    def set_stop(self, key: str, uses_epsilon: bool) -> None:
        """Show the current stop rule by its key, and whether it compares anything with ε."""
        self.stop.set_stop(key, uses_epsilon)

    def set_max_steps(self, steps: int) -> None:
        """Show the current step limit."""
        self.stop.set_max_steps(steps)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for section in self._sections():
            section.set_theme(theme)
        self.updateGeometry()

    def _connect(self) -> None:
        function, optimizer, rate, stop = self.function, self.optimizer, self.rate, self.stop
        function.function_chosen.connect(self.function_chosen)
        function.formula_entered.connect(self.formula_entered)
        function.start_entered.connect(self.start_entered)
        function.constant_entered.connect(self.constant_entered)
        function.constant_requested.connect(self.constant_requested)
        function.parameter_requested.connect(self.parameter_requested)
        function.random_start_requested.connect(self.random_start_requested)
        optimizer.optimizer_chosen.connect(self.optimizer_chosen)
        optimizer.rule_entered.connect(self.rule_entered)
        optimizer.hyperparameter_entered.connect(self.hyperparameter_entered)
        optimizer.suggested_eta_accepted.connect(self.suggested_eta_accepted)
        rate.eta_entered.connect(self.eta_entered)
        rate.schedule_chosen.connect(self.schedule_chosen)
        rate.schedule_constant_entered.connect(self.schedule_constant_entered)
        rate.schedule_formula_entered.connect(self.schedule_formula_entered)
        stop.epsilon_entered.connect(self.epsilon_entered)
        stop.stop_chosen.connect(self.stop_chosen)
        stop.max_steps_entered.connect(self.max_steps_entered)


def _gaps(column: QLayout) -> int:
    """The number of gaps between the visible widgets and rows of a column.

    ``QLayout.itemAt`` is not used, because PySide keeps a Python object for the item and crashes
    when the item's memory is used again for another object.
    """
    here = Qt.FindChildOption.FindDirectChildrenOnly
    owner = column.parentWidget()
    widgets = [] if owner is None else owner.findChildren(QWidget, options=here)
    shown = sum(column.indexOf(widget) >= 0 and not widget.isHidden() for widget in widgets)
    rows = (row for row in column.children() if isinstance(row, QLayout))
    return max(shown + sum(not row.isEmpty() for row in rows) - 1, 0)
