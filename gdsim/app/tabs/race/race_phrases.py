"""What the window says about a race, in the current language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gdsim.app.language.end_phrases import end_of, state_word
from gdsim.core.number_text import shown
from gdsim.core.race.standings import Standing
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace
from gdsim.simulation.judge import Judge

_KEYS = ("first-order", "momentum", "bias", "rates", "newton")


def line_ups() -> list[tuple[str, str, str]]:
    """Key, name and note of every prepared race."""
    texts = (
        (
            QCoreApplication.translate("Race", "All first-order optimizers"),
            QCoreApplication.translate("Race", "Each with a learning rate that suits it"),
        ),
        (
            QCoreApplication.translate("Race", "With and without momentum"),
            QCoreApplication.translate("Race", "Momentum and Nesterov against gradient descent"),
        ),
        (
            QCoreApplication.translate("Race", "Adam with and without bias correction"),
            QCoreApplication.translate(
                "Race", "m and v start at zero: see what correcting for that changes"
            ),
        ),
        (
            QCoreApplication.translate("Race", "Three learning rates"),
            QCoreApplication.translate("Race", "The selected run with η/4, η and 4η"),
        ),
        (
            QCoreApplication.translate("Race", "Newton against the other optimizers"),
            QCoreApplication.translate("Race", "Counting the cost of its Hessian"),
        ),
    )
    return [(key, *text) for key, text in zip(_KEYS, texts, strict=True)]


def statuses(
    traces: Sequence[Trace], standing: Standing, row: int, judge: Judge
) -> list[tuple[str, str]]:
    """The state of each run at row ``row`` of the race: in a word, and as a sentence.

    A run that has converged has its place instead; equally fast runs share a place.
    """
    steps = sorted(arrival.t for arrival in standing.arrivals if arrival is not None)
    found = []
    for trace, arrival in zip(traces, standing.arrivals, strict=True):
        ending = trace.ending
        if ending is None or row < ending.t:
            found.append((QCoreApplication.translate("Race", "moving"),) * 2)
            continue
        sentence, state = end_of(trace, judge)
        word = state_word(state)
        if arrival is not None:
            word = QCoreApplication.translate("Race", "no. {place}").format(
                place=steps.index(arrival.t) + 1
            )
        found.append((word, sentence))
    return found


def headline(
    standing: Standing, called: Sequence[str], experiments: Sequence[Experiment], row: int
) -> str:
    """The runs that reached ε first, by steps and by gradient evaluations; or that none has yet."""
    if len(called) == 1:
        return QCoreApplication.translate(
            "Race",
            "Choose a line-up or add runs: all start on this function and keep the same t. The"
            " setup panel and the other tabs follow the selected run.",
        )
    rule = _rule(experiments)
    if not standing.first_by_steps:
        return QCoreApplication.translate(
            "Race", "No run has converged ({rule}) by t = {t}."
        ).format(rule=rule, t=row)
    first = standing.arrivals[standing.first_by_steps[0]]
    assert first is not None
    sentence = QCoreApplication.translate(
        "Race", "First to converge ({rule}): {names} at t = {t}."
    ).format(rule=rule, names=_listed(called, standing.first_by_steps), t=first.t)
    if not standing.first_by_evaluations:
        rest = QCoreApplication.translate("Race", "Fewest gradient evaluations: not decided yet.")
    else:
        cheapest = standing.arrivals[standing.first_by_evaluations[0]]
        assert cheapest is not None
        rest = QCoreApplication.translate(
            "Race", "Fewest gradient evaluations: {names}, {count}."
        ).format(names=_listed(called, standing.first_by_evaluations), count=cheapest.evaluations)
    return f"{sentence} {rest}"


def _listed(called: Sequence[str], chosen: Sequence[int]) -> str:
    return QCoreApplication.translate("Phrases", ", ").join(called[place] for place in chosen)


def _rule(experiments: Sequence[Experiment]) -> str:
    """The condition that the runs should reach: ``‖∇L‖ < 1e−6`` where all runs agree on it."""
    rules = {(one.stop, one.epsilon) for one in experiments}
    stop, epsilon = next(iter(rules))
    if len(rules) > 1 or not stop.compares:
        return QCoreApplication.translate("Race", "its own stop rule")
    return f"{stop.sign} < {shown(epsilon, 4)}"
