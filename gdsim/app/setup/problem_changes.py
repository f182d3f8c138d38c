"""Changes of the problem: another function, formula, model, start, or value of a constant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Slot

from gdsim.app.language.translation import problem_sentence
from gdsim.app.setup import home_view as scene
from gdsim.app.setup.catalogue_choice import choice
from gdsim.app.setup.editing import Editing, Report
from gdsim.app.setup.typed_formula import enter_typed
from gdsim.core.arrays import Range
from gdsim.core.loss.objectives import constants_read, objective
from gdsim.core.problem import Problem
from gdsim.core.run.experiment import Experiment
from gdsim.views.setup.control_panel import ControlPanel


class ProblemChanges(QObject):
    """Turns what the user does to the function and its start into experiments.

    Each of them runs from its start.
    """

    def __init__(
        self, panel: ControlPanel, editing: Editing, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._editing = editing
        self._zeros: Experiment | None = None  # the last one whose start nobody chose
        panel.function_chosen.connect(self._choose_function)
        panel.formula_entered.connect(self._enter_formula)
        panel.start_entered.connect(self._enter_start)
        panel.constant_entered.connect(self.enter_constant)
        panel.constant_requested.connect(self.hold_constant)
        panel.parameter_requested.connect(self.let_vary)

    # The function

    @Slot(str)
    def _choose_function(self, key: str) -> None:
        editing = self._editing
        editing.suggest(None)
        chosen: dict[str, Any] = choice(editing.experiment, key, is_racing=editing.is_racing)
        editing.restart(editing.say_at_formula, **chosen)

    @Slot(str)
    def _enter_formula(self, text: str) -> None:
        field, say = self._panel.function.formula, self._editing.say_at_formula
        enter_typed(self._editing.experiment, self.enter, field, say, loss=text)

    def enter(self, say: Report, **changes: Any) -> bool:
        """Change the loss, model or data; parameters that keep their names keep their start values.

        Parameters
        ----------
        changes : of ``loss``, ``data`` and ``prediction``.
        """
        before = self._editing.experiment
        loss, data, prediction = (
            changes.get(name, getattr(before, name)) for name in ("loss", "data", "prediction")
        )
        try:
            constants = constants_read(before.constants, loss, prediction)
            names = objective(loss, None, data, prediction, constants).parameters
        except Problem as problem:
            say(problem)
            return False
        if set(names) == set(before.parameters):
            names = before.parameters
        known = dict(zip(before.parameters, before.start, strict=True))
        grown = set(names) >= set(known)
        start = tuple(known.get(name, 0.0) if grown else 0.0 for name in names)
        changes |= {"parameters": names, "start": start, "constants": constants}
        is_accepted = self._editing.restart(say, stays=data is not None, **changes)
        if is_accepted and names != before.parameters and not any(start):
            self._zeros = self._editing.experiment
        return is_accepted

    def is_start_automatic(self, experiment: Experiment) -> bool:
        """Whether the start of this experiment are the zeros that new parameters get."""
        return experiment == self._zeros

    def learn(self, home: tuple[Range, ...], **changes: Any) -> bool:
        """Run a first model of the user's data, whose initial ranges are given."""
        self._editing.suggest(None)
        changes["constants"] = {}
        return self._editing.restart(self._editing.say_at_formula, home=home, **changes)

    # Constants

    @Slot(str, float)
    def enter_constant(self, name: str, value: float) -> None:
        """Give a constant of the function another value; the view stays."""
        constants = {**self._editing.experiment.constants, name: value}
        rows = self._panel.function.constants

        def say(problem: Problem | None) -> None:
            rows.set_error(name, None if problem is None else problem_sentence(problem))

        self._editing.restart(say, stays=True, constants=constants)

    @Slot(str)
    def hold_constant(self, name: str) -> None:
        """Make a parameter a constant, which has the value at which the parameter started."""
        before = self._editing.experiment
        values = dict(zip(before.parameters, before.start, strict=True))
        ranges = dict(zip(before.parameters, self._editing.home_ranges(before), strict=True))
        constants = {**before.constants, name: values.pop(name)}
        del ranges[name]
        self._restart_with(values, ranges, constants)

    @Slot(str)
    def let_vary(self, name: str) -> None:
        """Make a constant a parameter, which starts at the value of the constant."""
        before = self._editing.experiment
        constants = dict(before.constants)
        value = constants.pop(name)
        values = dict(zip(before.parameters, before.start, strict=True)) | {name: value}
        ranges = dict(zip(before.parameters, self._editing.home_ranges(before), strict=True))
        ranges[name] = scene.range_around(value)
        names = objective(before.loss, None, before.data, before.prediction, constants).parameters
        self._restart_with(
            {known: values[known] for known in names},
            {known: ranges[known] for known in names},
            constants,
        )

    def _restart_with(
        self, values: dict[str, float], ranges: dict[str, Range], constants: dict[str, float]
    ) -> None:
        """Run with these parameters, their start values and initial ranges, and constants."""
        self._editing.suggest(None)
        self._editing.restart(
            self._editing.say_at_formula,
            home=tuple(ranges.values()),
            parameters=tuple(values),
            start=tuple(values.values()),
            constants=constants,
        )

    # The start

    @Slot(int, float)
    def _enter_start(self, index: int, value: float) -> None:
        start = list(self._editing.experiment.start)
        start[index] = value
        self.start_at(tuple(start))

    def drag_start(self, start: tuple[float, ...], ranges: Sequence[Range]) -> None:
        """Start from the point to which the handle was dragged, rounded to about a pixel."""
        finest = min(high - low for low, high in ranges) / 1000
        self.start_at(scene.rounded(start, finest))

    def start_at(self, start: tuple[float, ...]) -> None:
        """Start from exactly this point, even if these are the zeros that nobody chose before."""
        self._zeros = None
        self._editing.restart(self._editing.say_at_formula, start=start)

    def start_anywhere(self, home: Sequence[Range]) -> None:
        """Start from a random point in the initial ranges."""
        start = scene.random_point(home)
        finest = min(high - low for low, high in home) / 1000
        self.start_at(scene.rounded(start, finest))
