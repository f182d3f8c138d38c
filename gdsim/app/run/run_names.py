"""What runs are called: by their optimizer, and by what tells one from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from gdsim.app.language import run_phrases as phrases
from gdsim.app.language.translation import Translation
from gdsim.core.formula.names import plain_name
from gdsim.core.number_text import shown
from gdsim.core.run.experiment import Experiment


def names(experiments: Sequence[Experiment], translation: Translation) -> list[str]:
    """Each run by its optimizer, and by what tells it from others with the same one."""
    called = [phrases.optimizer_name(one, translation) for one in experiments]
    for differing in (_eta, _hyperparameters, _batch, _start, _seed):
        _tell_apart(called, experiments, differing)
    seen: Counter[str] = Counter()
    for place, name in enumerate(called):
        seen[name] += 1
        if seen[name] > 1:
            called[place] = f"{name} ({seen[name]})"
    return called


def settings(one: Experiment, translation: Translation) -> str:
    """A run by its optimizer and its η."""
    return QCoreApplication.translate("Futures", "{name}, η = {eta}").format(
        name=phrases.optimizer_name(one, translation), eta=phrases.eta_text(one)
    )


def _tell_apart(
    called: list[str], experiments: Sequence[Experiment], describe: Callable[[Experiment], str]
) -> None:
    """Add what ``describe`` says to names that are shared, where it differs among them."""
    described = [describe(one) for one in experiments]
    shared: dict[str, set[str]] = {}
    for name, text in zip(called, described, strict=True):
        shared.setdefault(name, set()).add(text)
    separator = QCoreApplication.translate("Phrases", ", ")
    for place, (name, text) in enumerate(zip(list(called), described, strict=True)):
        if len(shared[name]) > 1 and text:
            called[place] = name + separator + text


def _eta(one: Experiment) -> str:
    return f"η = {phrases.eta_text(one)}"


def _hyperparameters(one: Experiment) -> str:
    constants = one.rule.hyperparameters.items()
    return ", ".join(f"{plain_name(name)} = {shown(value, 4)}" for name, value in constants)


def _batch(one: Experiment) -> str:
    if one.batch is None:
        return ""
    return QCoreApplication.translate("Race", "batches of {count}").format(count=one.batch)


def _start(one: Experiment) -> str:
    return f"θ₀ = ({', '.join(shown(value, 4) for value in one.start)})"


def _seed(one: Experiment) -> str:
    return QCoreApplication.translate("Race", "seed {seed}").format(seed=one.seed)
