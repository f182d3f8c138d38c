"""The setup panel: every choice that defines a run."""

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
# Lines for the notes on function and optimizer, space between two widgets, and whether each line of
# the rule has one of its own: the first of these with which all is in sight, or else the last.
_TIGHTER = (
    ((6, 6), 6, True),
    ((6, 6), 4, True),
    ((6, 0), 4, True),
    ((0, 0), 4, True),
    ((0, 0), 3, True),
    ((0, 0), 2, False),
)


class ControlPanel(QFrame):
    """A card of four sections; what is shown changes only by the setters, which are silent."""

    function_chosen = Signal(str)
    formula_entered = Signal(str)
    start_entered = Signal(int, float)
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
        column.setSpacing(_TIGHTER[0][1])
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
        """As wide as the longest text needs, in any language; the height scrolls."""
        needed = self._contents.minimumSizeHint().width() + _SCROLL_BAR + 2
        return QSize(max(self._theme.pixels(_LEAST_WIDTH), needed), 200)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _align_titles(self) -> None:
        """Let the two boxes that stand beside their titles begin at the same place."""
        titles = (self.function.title, self.optimizer.title)
        # Its size hint would be no less than what is set here.
        width = 1 + max(title.fontMetrics().horizontalAdvance(title.text()) for title in titles)
        for title in titles:
            title.setMinimumWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave notes to the tool tips, move everything closer, put lines of the rule side by side.

        All this only as far as it takes to need no scrolling.

        The heights are reckoned, not tried: to try one would ask for the next layout at once.
        """
        self._align_titles()
        notes = (self.function.note, self.optimizer.note)
        columns = [self._column, *(section.column for section in self._sections())]
        width = self.width() - 2
        inner = width - 2 * CARD_PADDING
        now = self._column.spacing()
        gaps = sum(map(_gaps, columns))
        bare = self._column.totalHeightForWidth(width) - gaps * now
        for note in notes:
            if not note.isHidden():
                bare -= note.heightForWidth(inner)
                gaps -= 1
        rule = self.optimizer.rule_lines
        bare -= rule.heightForWidth(inner)

        def height(lines: tuple[int, int], spacing: int, stacked: bool) -> int:
            shown = [
                note.height_in(most, inner)
                for note, most in zip(notes, lines, strict=True)
                if most and note.text()
            ]
            written = sum(shown) + rule.height_in(inner, stacked=stacked)
            return bare + written + (gaps + len(shown)) * spacing

        room = self.height() - 2
        lines, spacing, stacked = next(
            (one for one in _TIGHTER if height(*one) <= room), _TIGHTER[-1]
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
        """The catalogue: (group title, [(key, name, note)])."""
        self.function.set_functions(groups)

    def set_function(self, key: str | None, formula: str, note: str) -> None:
        """The function in force; ``key`` is None for the user's own formula."""
        self.function.set_function(key, formula, note)

    def set_formula_typeset(
        self,
        latex: str,
        gradient_latex: Sequence[str],
        parameters: Sequence[str],
        gradient_text: Sequence[str] = (),
    ) -> None:
        """What stands right of ``L =`` and in ∇L, as LaTeX; the gradient in plain text too."""
        self.function.set_formula_typeset(latex, gradient_latex, parameters, gradient_text)

    def set_formula_error(self, sentence: str | None, column: int | None) -> None:
        """Say what is wrong with the formula, and mark the column (from 1); None: nothing."""
        self.function.formula.set_error(sentence, column)

    def set_start(self, names: Sequence[str], values: Sequence[float]) -> None:
        """The parameters by name, each with its value at the start."""
        self.function.set_start(names, values)

    def set_optimizers(self, choices: Sequence[Choice]) -> None:
        """The catalogue: [(key, name, note)]."""
        self.optimizer.set_optimizers(choices)

    def set_optimizer(
        self,
        key: str | None,
        note: str,
        rule_latex: Sequence[tuple[str, str]],
        hyperparameters: Mapping[str, float],
    ) -> None:
        """The optimizer in force, its lines as (LaTeX, plain text); None: the user's own."""
        self.optimizer.set_optimizer(key, note, rule_latex, hyperparameters)

    def set_rule_text(self, hyperparameters: str, state: str, rule: str) -> None:
        """The optimizer in force as text, for the rule editor."""
        self.optimizer.editor.set_rule_text(hyperparameters, state, rule)

    def set_rule_error(self, sentence: str | None, line: int | None, column: int | None) -> None:
        """Say what is wrong with the rule, and mark the place, counted from 1; None: nothing."""
        self.optimizer.editor.set_error(sentence, line, column)

    def set_eta(self, eta: float) -> None:
        """The η₀ in force, on field and slider."""
        self.rate.set_eta(eta)

    def set_eta_error(self, sentence: str | None) -> None:
        """Say what is wrong with η; None: nothing."""
        self.rate.set_eta_error(sentence)

    def set_eta_hint(self, sentence: str | None) -> None:
        """A sentence beneath η, such as up to which rate the descent is stable here."""
        self.rate.set_hint(sentence)

    def set_eta_marks(self, marks: Sequence[Mark]) -> None:
        """Mark values of η beneath its slider, each with a short label."""
        self.rate.set_marks(marks)

    def set_suggested_eta(self, sentence: str | None) -> None:
        """Offer the optimizer's own η in a sentence; None: no offer."""
        self.optimizer.set_suggested_eta(sentence)

    def set_schedules(self, choices: Sequence[Choice]) -> None:
        """The catalogue: [(key, name, note)]."""
        self.rate.set_schedules(choices)

    def set_schedule(
        self, key: str | None, formula: str, constants: Mapping[str, float], shows_eta0: bool
    ) -> None:
        """The schedule in force, its constants without η₀; None: the user's own formula of t."""
        self.rate.set_schedule(key, formula, constants, shows_eta0)

    def set_schedule_error(self, sentence: str | None, column: int | None) -> None:
        """Say what is wrong with the schedule, and mark the column; None: nothing."""
        self.rate.set_schedule_error(sentence, column)

    def set_epsilon(self, epsilon: float) -> None:
        """The ε in force, on field and slider."""
        self.stop.set_epsilon(epsilon)

    def set_epsilon_error(self, sentence: str | None) -> None:
        """Say what is wrong with ε, stop rule or step limit; None: nothing."""
        self.stop.set_epsilon_error(sentence)

    def set_stop_rules(self, choices: Sequence[Choice]) -> None:
        """The stop rules that can be chosen."""
        self.stop.set_rules(choices)

    def set_stop(self, key: str, uses_epsilon: bool) -> None:
        """The current stop rule by its key, and whether it compares anything with ε."""
        self.stop.set_stop(key, uses_epsilon)

    def set_max_steps(self, steps: int) -> None:
        """The step limit in force."""
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
    """How many spaces there are between what a column shows.

    The layout is not asked for its items: Python would take what is later built in their place in
    memory for them, and crash.
    """
    here = Qt.FindChildOption.FindDirectChildrenOnly
    owner = column.parentWidget()
    widgets = [] if owner is None else owner.findChildren(QWidget, options=here)
    shown = sum(column.indexOf(widget) >= 0 and not widget.isHidden() for widget in widgets)
    rows = (row for row in column.children() if isinstance(row, QLayout))
    return max(shown + sum(not row.isEmpty() for row in rows) - 1, 0)
