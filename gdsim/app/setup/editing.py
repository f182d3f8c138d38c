"""Editing in the setup panel: each input becomes a new experiment, or an error message."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from gdsim.app.language import run_phrases as phrases
from gdsim.app.language.translation import Translation, problem_sentence
from gdsim.app.setup import home_view as scene
from gdsim.app.setup.catalogue_choice import with_eta
from gdsim.app.setup.show_setup import fill_lists, show_setup
from gdsim.core.arrays import Range
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.entries import FunctionEntry
from gdsim.core.catalogue.tasks import TaskEntry, find_unscaled_task, gradient_descent_eta
from gdsim.core.data.dataset import Dataset
from gdsim.core.formula.notation import parse
from gdsim.core.number_text import shown
from gdsim.core.optimizer.constants import read_constants
from gdsim.core.problem import Problem
from gdsim.core.run.choices import choose, rule_of
from gdsim.core.run.experiment import Experiment, RuleText, ScheduleText
from gdsim.core.run.stop_rules import StopRule
from gdsim.views.setup.control_panel import ControlPanel

Report = Callable[[Problem | None], None]


class Editing(QObject):
    """Holds the experiment that the panel shows.

    Each input creates a new experiment from it. If that is invalid, the error is shown at the
    control of the input, and the last valid experiment stays.
    """

    restarted = Signal(object)  # Experiment: run it from its start
    changed = Signal(object)  # Experiment: apply from the shown step on
    scene_changed = Signal(object)  # home ranges: another function or other parameters
    shown = Signal()  # the panel shows the experiment

    def __init__(
        self, panel: ControlPanel, translation: Translation, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._translation = translation
        self.experiment: Experiment = choose(catalogue.FIRST_FUNCTION)
        self._accepted = self.experiment
        self._suggestion: float | None = None
        self._own_home: tuple[Range, ...] = ()  # of what is not in the catalogue
        # Whether other runs follow this one: then η keeps its ratio to theirs on another function.
        self.is_racing = False
        # The data that were standardised last, and what they were before.
        self._scaled: tuple[Dataset, Dataset] | None = None
        self._connect()

    def _connect(self) -> None:
        panel = self._panel
        panel.optimizer_chosen.connect(self._choose_optimizer)
        panel.rule_entered.connect(self._enter_rule)
        panel.hyperparameter_entered.connect(self._enter_hyperparameter)
        panel.eta_entered.connect(self.enter_eta)
        panel.suggested_eta_accepted.connect(self._accept_suggestion)
        panel.schedule_chosen.connect(self._choose_schedule)
        panel.schedule_constant_entered.connect(self._enter_schedule_constant)
        panel.schedule_formula_entered.connect(self._enter_schedule_formula)
        panel.epsilon_entered.connect(self._enter_epsilon)
        panel.stop_chosen.connect(self._choose_stop)
        panel.max_steps_entered.connect(self._enter_max_steps)

    def begin(self) -> None:
        """Show the first experiment and its landscape."""
        self.retranslate()
        self.scene_changed.emit(self.home_ranges(self.experiment))

    # Entries of the catalogue

    def function(self) -> FunctionEntry | None:
        """The catalogue's entry of the current function; None if it is not in the catalogue."""
        return self.experiment.function()

    def task(self) -> TaskEntry | None:
        """The current learning task, possibly with standardised data; None if there is none."""
        return scene.named_task(self.experiment, self.unscaled() or self.experiment.data)

    def unscaled(self) -> Dataset | None:
        """The current data before they were standardised; None if they are not standardised."""
        experiment = self.experiment
        if self._scaled is not None and self._scaled[0] == experiment.data:
            return self._scaled[1]
        task = find_unscaled_task(experiment.loss, experiment.prediction, experiment.data)
        return None if task is None else task.data

    def remember_unscaled(self, data: Dataset, before: Dataset) -> None:
        """Remember that these data are the standardised form of ``before``."""
        self._scaled = (data, before)

    def home_ranges(self, experiment: Experiment) -> tuple[Range, ...]:
        """The initial range of each parameter of an experiment."""
        task = None if self.unscaled() is not None else self.task()
        return scene.home_ranges(experiment, task, self._own_home)

    # Input in the panel

    @Slot(str)
    def _choose_optimizer(self, key: str) -> None:
        if self.change(self._say_at_rule, rule=rule_of(key)):
            self._offer_eta(key)

    @Slot(str, str, str)
    def _enter_rule(self, hyperparameters: str, state: str, rule: str) -> None:
        try:
            text = RuleText(
                lines=tuple(rule.splitlines()),
                state=read_constants(state),
                hyperparameters=read_constants(hyperparameters),
            )
            text.read()
        except Problem as problem:
            self._say_at_rule(problem)
            return
        self.suggest(None)
        self.change(self._say_at_rule, rule=text)

    @Slot(str, float)
    def _enter_hyperparameter(self, name: str, value: float) -> None:
        rule = self.experiment.rule
        changed = rule.model_copy(update={"hyperparameters": {**rule.hyperparameters, name: value}})
        self.change(self._say_at_rule, rule=changed)

    @Slot(float)
    def enter_eta(self, eta: float) -> None:
        """Use another η₀ from the shown step on."""
        self.suggest(None)
        self.change(self._say_at_eta, schedule=with_eta(self.experiment.schedule, eta))

    @Slot()
    def _accept_suggestion(self) -> None:
        if self._suggestion is not None:
            self.enter_eta(self._suggestion)

    @Slot(str)
    def _choose_schedule(self, key: str) -> None:
        entry = catalogue.schedule(key)
        constants = dict(entry.constants)
        constants["eta0"] = self.experiment.schedule.constants.get("eta0", self._first_eta())
        self.change(
            self._say_at_schedule, schedule=ScheduleText(formula=entry.formula, constants=constants)
        )

    @Slot(str, float)
    def _enter_schedule_constant(self, name: str, value: float) -> None:
        schedule = self.experiment.schedule
        changed = schedule.model_copy(update={"constants": {**schedule.constants, name: value}})
        self.change(self._say_at_schedule, schedule=changed)

    @Slot(str)
    def _enter_schedule_formula(self, text: str) -> None:
        known = {"eta0": self._first_eta(), **self.experiment.schedule.constants}
        try:
            used = parse(text, ("t", *known)).names
        except Problem as problem:
            self._say_at_schedule(problem)
            return
        constants = {name: value for name, value in known.items() if name in used}
        self.change(
            self._say_at_schedule, schedule=ScheduleText(formula=text.strip(), constants=constants)
        )

    @Slot(float)
    def _enter_epsilon(self, epsilon: float) -> None:
        self.change(self._say_at_epsilon, epsilon=epsilon)

    @Slot(str)
    def _choose_stop(self, key: str) -> None:
        self.change(self._say_at_epsilon, stop=StopRule(key))

    @Slot(object)
    def _enter_max_steps(self, steps: int) -> None:
        self.change(self._say_at_epsilon, max_steps=steps)

    # Creating experiments

    def change(self, say: Report, **changes: object) -> bool:
        """Propose an experiment that continues from the shown step."""
        return self._propose(say, changes, self.changed)

    def restart(
        self, say: Report, *, home: tuple[Range, ...] = (), stays: bool = False, **changes: object
    ) -> bool:
        """Propose an experiment that runs from its start; returns whether it is valid.

        Parameters
        ----------
        home : its initial ranges; by default those of the catalogue.
        stays : whether the view stays the same if the parameters do.
        """
        return self._propose(say, changes, self.restarted, home, stays=stays)

    def _propose(
        self,
        say: Report,
        changes: dict[str, object],
        signal: object,
        home: tuple[Range, ...] = (),
        *,
        stays: bool = False,
    ) -> bool:
        before = self.experiment
        try:
            experiment = before.replace(**changes)
        except Problem as problem:
            say(problem)
            return False
        say(None)
        self.say_at_formula(None)
        if experiment == before:
            self._show()
            return True
        self.experiment = experiment
        self._show()
        if experiment.objective() is not before.objective():
            same_names = experiment.parameters == before.parameters
            if home or not (same_names or experiment.data is not None):
                self._own_home = home
            is_own = self.function() is None and self.task() is None
            kept = same_names and not home and (stays or is_own)
            self.scene_changed.emit(None if kept else self.home_ranges(experiment))
        signal.emit(experiment)  # type: ignore[attr-defined]
        return True

    def accept(self, experiment: Experiment) -> None:
        """Remember this experiment, whose run is loaded, as the one to return to on failure."""
        self._accepted = experiment
        if experiment != self.experiment:
            self.experiment = experiment
            self._show()

    def look_at(self, experiment: Experiment) -> None:
        """Show the experiment of another run, without the messages about the one before."""
        for say in (self.say_at_formula, self._say_at_rule, self._say_at_eta):
            say(None)
        for say in (self._say_at_schedule, self._say_at_epsilon):
            say(None)
        self.suggest(None)
        self.accept(experiment)

    def refuse(self, problem: Problem) -> None:
        """Return to the previous experiment, because the proposed one cannot run."""
        before, self.experiment = self.experiment, self._accepted
        if before.objective() is not self.experiment.objective():
            self.scene_changed.emit(self.home_ranges(self.experiment))
        self._show()
        self.say_at_formula(problem)

    # Messages

    def say_at_formula(self, problem: Problem | None) -> None:
        """Show at the formula what is wrong with the function; None: nothing."""
        self._panel.set_formula_error(*_said(problem))

    def _say_at_rule(self, problem: Problem | None) -> None:
        line = None if problem is None else problem.line
        sentence, column = _said(problem)
        self._panel.set_rule_error(sentence, line, column)

    def _say_at_eta(self, problem: Problem | None) -> None:
        self._panel.set_eta_error(_said(problem)[0])

    def _say_at_schedule(self, problem: Problem | None) -> None:
        self._panel.set_schedule_error(*_said(problem))

    def _say_at_epsilon(self, problem: Problem | None) -> None:
        self._panel.set_epsilon_error(_said(problem)[0])

    # The suggestion of another η

    def _offer_eta(self, key: str) -> None:
        eta = catalogue.sensible_eta(key, gradient_descent_eta(self.function() or self.task()))
        in_force = self.experiment.schedule.constants.get("eta0")
        self.suggest(eta if in_force is not None and not math.isclose(eta, in_force) else None)

    def suggest(self, eta: float | None) -> None:
        """Offer this learning rate as the usual one of the optimizer; None: no offer."""
        self._suggestion = eta
        if eta is None:
            self._panel.set_suggested_eta(None)
            return
        name = phrases.optimizer_name(self.experiment, self._translation)
        self._panel.set_suggested_eta(
            self.tr("A usual learning rate of {name} for this function is η = {eta}.").format(
                name=name, eta=shown(eta, 4)
            )
        )

    def _first_eta(self) -> float:
        return self.experiment.schedule.read().at(1)

    # Showing

    def retranslate(self) -> None:
        """Fill every list and say everything again in the current language."""
        fill_lists(self._panel, self._translation)
        self.suggest(self._suggestion)
        self._show()

    def _show(self) -> None:
        """Show the experiment in the panel."""
        show_setup(self._panel, self._translation, self.experiment, self.function() or self.task())
        self.shown.emit()


def _said(problem: Problem | None) -> tuple[str | None, int | None]:
    if problem is None:
        return None, None
    return problem_sentence(problem), problem.column
