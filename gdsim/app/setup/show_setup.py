"""Shows an experiment in the setup panel."""

from __future__ import annotations

from gdsim.app.language import run_phrases as phrases
from gdsim.app.language import stop_rule_phrases
from gdsim.app.language.translation import Translation
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.entries import FunctionEntry
from gdsim.core.catalogue.tasks import TaskEntry, tasks
from gdsim.core.formula.latex import plain
from gdsim.core.formula.names import plain_name
from gdsim.core.optimizer.constants import write_constants
from gdsim.core.run.experiment import Experiment
from gdsim.views.setup.control_panel import ControlPanel


def fill_lists(panel: ControlPanel, translation: Translation) -> None:
    """Fill every list in the current language."""
    name = translation.name
    groups: dict[str, list[tuple[str, str, str]]] = {}
    entries: list[FunctionEntry | TaskEntry] = [*catalogue.functions().values(), *tasks().values()]
    for entry in entries:
        choice = (entry.key, name(entry.name), name(entry.note))
        groups.setdefault(entry.group, []).append(choice)
    panel.set_functions([(phrases.group_title(group), rows) for group, rows in groups.items()])
    panel.set_optimizers(
        [
            (key, name(optimizer.name), name(optimizer.note))
            for key, optimizer in catalogue.optimizers().items()
        ]
    )
    panel.set_schedules(
        [
            (key, name(schedule.name), name(schedule.note))
            for key, schedule in catalogue.schedules().items()
        ]
    )
    panel.set_stop_rules(stop_rule_phrases.choices())


def show_setup(
    panel: ControlPanel,
    translation: Translation,
    experiment: Experiment,
    entry: FunctionEntry | TaskEntry | None,
) -> None:
    """Show all settings of the experiment; ``entry`` is its entry in the catalogue, or None."""
    panel.set_function(
        None if entry is None else entry.key,
        experiment.loss,
        "" if entry is None else translation.name(entry.note),
    )
    panel.set_start(experiment.parameters, experiment.start, experiment.constants)
    _show_rule(panel, translation, experiment)
    _show_schedule(panel, experiment)
    panel.set_epsilon(experiment.epsilon)
    panel.set_stop(experiment.stop.value, experiment.stop.compares)
    panel.set_max_steps(experiment.max_steps)


def _show_rule(panel: ControlPanel, translation: Translation, experiment: Experiment) -> None:
    rule = experiment.rule
    entry = rule.named()
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
    entry = schedule.named()
    others = {name: value for name, value in schedule.constants.items() if name != "eta0"}
    panel.set_schedule(
        None if entry is None else entry.key,
        schedule.formula,
        others,
        "eta0" in schedule.constants,
    )
    panel.set_eta(schedule.constants.get("eta0", schedule.read().at(1)))
