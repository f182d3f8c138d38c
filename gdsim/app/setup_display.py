"""Brings the setup panel to an experiment."""

from __future__ import annotations

from gdsim.app import phrases
from gdsim.app.translation import Translation
from gdsim.core import catalogue
from gdsim.core.catalogue import FunctionEntry
from gdsim.core.experiment import Experiment
from gdsim.core.latex import plain
from gdsim.core.names import plain_name
from gdsim.core.rule import write_constants
from gdsim.views.control_panel import ControlPanel


def fill_lists(panel: ControlPanel, translation: Translation) -> None:
    """Fill every list in the language of now."""
    name = translation.name
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for key, function in catalogue.functions().items():
        entry = (key, name(function.name), name(function.note))
        groups.setdefault(function.group, []).append(entry)
    panel.set_functions([(phrases.group_title(group), rows) for group, rows in groups.items()])
    panel.set_optimizers(
        [(key, name(entry.name), name(entry.note)) for key, entry in catalogue.optimizers().items()]
    )
    panel.set_schedules(
        [(key, name(entry.name), name(entry.note)) for key, entry in catalogue.schedules().items()]
    )


def show_setup(
    panel: ControlPanel,
    translation: Translation,
    experiment: Experiment,
    function: FunctionEntry | None,
) -> None:
    """Show every choice of the experiment; ``function``: its entry in the catalogue."""
    panel.set_function(
        None if function is None else function.key,
        experiment.loss,
        "" if function is None else translation.name(function.note),
    )
    panel.set_start(experiment.parameters, experiment.start)
    _show_rule(panel, translation, experiment)
    _show_schedule(panel, experiment)
    panel.set_epsilon(experiment.epsilon)
    panel.set_stop(experiment.stop.value)
    panel.set_max_steps(experiment.max_steps)


def _show_rule(panel: ControlPanel, translation: Translation, experiment: Experiment) -> None:
    rule = experiment.rule
    entry = catalogue.optimizer_of(rule.lines, rule.state, rule.hyperparameters)
    panel.set_optimizer(
        None if entry is None else entry.key,
        "" if entry is None else translation.name(entry.note),
        [
            (line.latex(), f"{plain_name(line.target)} ← {plain(line.root)}")
            for line in rule.read().lines
        ],
        rule.hyperparameters,
    )
    panel.set_rule_text(
        write_constants(rule.hyperparameters),
        write_constants(rule.state),
        "\n".join(rule.lines),
    )


def _show_schedule(panel: ControlPanel, experiment: Experiment) -> None:
    schedule = experiment.schedule
    entry = catalogue.schedule_of(schedule.formula, schedule.constants)
    others = {name: value for name, value in schedule.constants.items() if name != "eta0"}
    panel.set_schedule(
        None if entry is None else entry.key,
        schedule.formula,
        others,
        "eta0" in schedule.constants,
    )
    panel.set_eta(schedule.constants.get("eta0", schedule.read().at(1)))
