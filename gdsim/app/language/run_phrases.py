"""What the window says about a run, in the current language."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from gdsim.app.language import stop_rule_phrases
from gdsim.app.language.data_phrases import batch_size
from gdsim.app.language.end_phrases import end_of
from gdsim.app.language.translation import Translation, translated
from gdsim.core.number_text import compared, shown
from gdsim.core.problem import Problem
from gdsim.core.race.line_ups import UNCORRECTED_ADAM
from gdsim.core.run.epochs import first_end
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.stop_series import quantity_at
from gdsim.core.run.trace import Trace
from gdsim.core.sentence import Sentence
from gdsim.core.verdict.end_sentences import AND
from gdsim.core.verdict.overshoot import overshoot, rises_before
from gdsim.simulation.deriver import Deriver
from gdsim.simulation.judge import Judge
from gdsim.simulation.runner import Runner
from gdsim.views.widgets.status_line import Activity, RunState


def group_title(group: str) -> str:
    """The heading of a group of functions."""
    titles = {
        "one-dimension": QCoreApplication.translate("Phrases", "One parameter"),
        "bowls": QCoreApplication.translate("Phrases", "Bowls"),
        "saddles": QCoreApplication.translate("Phrases", "Saddles"),
        "valleys": QCoreApplication.translate("Phrases", "Valleys"),
        "many-minima": QCoreApplication.translate("Phrases", "Many minima"),
        "plateaus": QCoreApplication.translate("Phrases", "Plateaus"),
        "more-parameters": QCoreApplication.translate("Phrases", "More parameters"),
        "regression": QCoreApplication.translate("Phrases", "Data: regression"),
        "classification": QCoreApplication.translate("Phrases", "Data: classification"),
        "network": QCoreApplication.translate("Phrases", "Data: small networks"),
    }
    return titles.get(group, group)


def optimizer_name(experiment: Experiment, translation: Translation) -> str:
    """The optimizer's name, or that it is the user's own rule."""
    if experiment.rule.lines == UNCORRECTED_ADAM:
        return QCoreApplication.translate("Phrases", "Adam without bias correction")
    entry = experiment.rule.named()
    if entry is None:
        return QCoreApplication.translate("Phrases", "Own rule")
    return translation.name(entry.name)


def percent(share: float) -> str:
    """A share as a percentage; a positive share is never shown as 0 %."""
    if 0 < share < 0.0005:
        return "< 0.1 %"
    return f"{100 * share:.1f} %"


def step_title(trace: Trace, index: int) -> str:
    """``t = 8 → 9``; at the end of a run only ``t = 8``."""
    if trace.ending is not None and index == len(trace) - 1:
        return QCoreApplication.translate("Phrases", "t = {t}").format(t=index)
    return QCoreApplication.translate("Phrases", "t = {t} → {next}").format(t=index, next=index + 1)


def test_result(trace: Trace, index: int, judge: Judge) -> tuple[str, RunState]:
    """The result of the stop test at this row as a sentence, and the state of the run after it."""
    if trace.ending is not None and index == len(trace) - 1:
        return end_of(trace, judge)
    experiment = trace.stretch(index).experiment
    stop = experiment.stop
    if not stop.compares:
        return (
            QCoreApplication.translate("Phrases", "Only the step limit ends this run → move on"),
            Activity.MOVING,
        )
    epoch = experiment.epoch
    quantity = stop_rule_phrases.quantity(stop, epoch)
    value = quantity_at(trace, index, stop)
    if math.isnan(value) and epoch is not None:
        return (
            QCoreApplication.translate(
                "Phrases", "{quantity}: tested at the end of the epoch, at t = {t} → move on"
            ).format(quantity=quantity, t=first_end(index, epoch)),
            Activity.MOVING,
        )
    if math.isnan(value):
        return (
            QCoreApplication.translate(
                "Phrases", "{quantity}: there is no earlier step to compare with → move on"
            ).format(quantity=quantity),
            Activity.MOVING,
        )
    large, epsilon = compared(value, experiment.epsilon, 4)
    return (
        QCoreApplication.translate(
            "Phrases", "{quantity} = {value} ≥ ε = {epsilon} → move on"
        ).format(quantity=quantity, value=large, epsilon=epsilon),
        Activity.MOVING,
    )


def status(runner: Runner, judge: Judge, deriver: Deriver) -> tuple[str, RunState]:
    """The state of the run, as a sentence and as a key."""
    trace = runner.trace
    if trace is None:
        return "", Activity.PAUSED
    if trace.ending is not None and runner.shown == runner.last:
        return end_of(trace, judge)
    if runner.is_full and runner.shown == runner.last:
        return (
            QCoreApplication.translate(
                "Phrases", "paused: the recorded steps have reached the limit of {size} GB"
            ).format(size=1),
            Activity.FULL,
        )
    if runner.playing:
        return QCoreApplication.translate("Phrases", "moving"), Activity.MOVING
    paused = QCoreApplication.translate("Phrases", "paused")
    return _with_overshoot(paused, trace, runner.shown, deriver), Activity.PAUSED


def _with_overshoot(sentence: str, trace: Trace, row: int, deriver: Deriver) -> str:
    """The sentence, and that the loss kept rising up to this row because η is too large."""
    if rises_before(trace, row) is None:
        return sentence
    form = deriver.hessian_form(trace.stretch(row).experiment)
    if form is None or isinstance(form, Problem):
        return sentence
    found = overshoot(trace, row, form.hessian)
    if found is None:
        return sentence
    return translated(Sentence(AND, {"end": Sentence(sentence), "more": found.said}))


def marks(trace: Trace, translation: Translation) -> tuple[tuple[int, str], ...]:
    """The rows at which settings were changed during the run, each with the new settings."""
    return tuple(
        (after.start, _difference(before.experiment, after.experiment, translation))
        for before, after in zip(trace.stretches, trace.stretches[1:], strict=False)
    )


def _difference(before: Experiment, after: Experiment, translation: Translation) -> str:
    parts = []
    if before.rule != after.rule:
        parts.append(optimizer_name(after, translation))
    if before.schedule != after.schedule:
        parts.append(f"η = {eta_text(after)}")
    if before.epsilon != after.epsilon:
        parts.append(f"ε = {shown(after.epsilon, 4)}")
    if before.stop != after.stop:
        parts.append(stop_rule_phrases.condition(after.stop, after.epoch))
    if before.batch != after.batch:
        parts.append(batch_size(after))
    if before.max_steps != after.max_steps:
        parts.append(f"t ≤ {after.max_steps}")
    return QCoreApplication.translate("Phrases", ", ").join(parts)


def eta_text(experiment: Experiment) -> str:
    """η as a number if it is constant, otherwise its formula."""
    schedule = experiment.schedule.read()
    return shown(schedule.at(1), 4) if schedule.is_constant else schedule.plain()
