"""A learning rate as people type it: a number, the name of a schedule, or a formula of t."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.entries import ScheduleEntry
from gdsim.core.formula.notation import canonical_name, parse
from gdsim.core.optimizer.typed_number import typed_number
from gdsim.core.problem import Problem
from gdsim.core.typed.reading import read_typed


@dataclass(frozen=True, slots=True)
class TypedSchedule:
    """A formula of t and its constants; ``others`` are the settings that it does not read."""

    formula: str
    constants: Mapping[str, float]
    others: Mapping[str, float]


def read_schedule(text: str, usual_rate: float, settings: Mapping[str, float]) -> TypedSchedule:
    """The learning rate that a text means.

    Parameters
    ----------
    text : a number such as ``0.1`` or ``1/3``; the key of a catalogue schedule such as ``cosine``;
        a schedule as the catalogue writes it, ``eta0*min(1, t/T)``; or a formula of ``t`` whose
        other names are among ``settings``, read as :func:`gdsim.core.typed.reading.read_typed`
        reads what people type.
    usual_rate : η₀ of a catalogue schedule unless the settings have another.
    settings : named numbers; those that the schedule reads become its constants.

    Raises
    ------
    Problem : where the formula cannot be read, or names what is neither ``t`` nor a setting.
    """
    given = {canonical_name(name): (name, value) for name, value in settings.items()}
    entry = _catalogue_schedule(text.strip())
    if entry is not None:
        defaults = {**entry.constants, "eta0": usual_rate}
        constants = {name: given.get(name, ("", value))[1] for name, value in defaults.items()}
        return TypedSchedule(entry.formula, constants, _others(settings, constants))
    number = typed_number(text)
    if number is not None:
        return TypedSchedule("eta0", {"eta0": number}, settings)
    text = read_typed(text, {"t", *given}).text
    names = parse(text).names
    missing = [name for name in names if name != "t" and name not in given]
    if missing:
        raise Problem(
            "the learning rate names {name}, which has no number; known schedules: {known}",
            name=missing[0],
            known=", ".join(catalogue.schedules()),
        )
    constants = {name: given[name][1] for name in names if name != "t"}
    return TypedSchedule(text, constants, _others(settings, constants))


def _others(settings: Mapping[str, float], constants: Mapping[str, float]) -> dict[str, float]:
    return {
        name: value for name, value in settings.items() if canonical_name(name) not in constants
    }


def _catalogue_schedule(text: str) -> ScheduleEntry | None:
    """The schedule with this key or formula; not the constant one, whose formula is a name."""
    if text in catalogue.schedules():
        return catalogue.schedules()[text]
    for entry in catalogue.schedules().values():
        if text.replace(" ", "") == entry.formula.replace(" ", ""):
            return entry
    return None
