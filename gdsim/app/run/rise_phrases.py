"""Why the loss rose, in the current language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gdsim.core.loss.many_rows import row_sample
from gdsim.core.number_text import shown
from gdsim.core.problem import Problem
from gdsim.core.run.trace import Trace
from gdsim.core.taylor.rises import Cause, Rise, rise, rose
from gdsim.simulation.deriver import Deriver

_DIGITS = 4


def rises(trace: Trace, index: int, deriver: Deriver, *, revealed: bool) -> tuple[Rise, ...]:
    """The rises of the loss at a row: in its step, where that is ``revealed``, and in the last."""
    found = [_rise(trace, index, deriver)] if revealed else []
    found.append(_rise(trace, index - 1, deriver))
    return tuple(each for each in found if each is not None)


def said(found: Sequence[Rise]) -> tuple[str, str]:
    """Why the loss rose: in signs, for a corner of the plot, and in sentences; else two ""."""
    return (note(found[0]) if found else ""), "\n".join(map(sentence, found))


def _rise(trace: Trace, t: int, deriver: Deriver) -> Rise | None:
    if not rose(trace, t):
        return None
    experiment = trace.stretch(t).experiment
    whole = experiment.objective()
    form = deriver.hessian_form(experiment) if row_sample(whole) is whole else None
    return rise(trace, t, None if form is None or isinstance(form, Problem) else form)


def sentence(found: Rise) -> str:
    """By how much the loss rose in a step, and why, with the numbers."""
    begin = QCoreApplication.translate(
        "Rises", "▲ t = {t} → {next}: the loss rose by {rise}"
    ).format(t=found.t, next=found.t + 1, rise=shown(found.after - found.before, _DIGITS))
    why = _why(found)
    if not why:
        return begin
    return QCoreApplication.translate("Rises", "{what}: {why}").format(what=begin, why=why)


def _why(found: Rise) -> str:
    templates = {
        Cause.NOT_DOWNHILL: QCoreApplication.translate(
            "Rises", "the step was not downhill, ∇L·Δ = {first} > 0"
        ),
        Cause.SECOND_ORDER: QCoreApplication.translate(
            "Rises",
            "the second-order term outweighed the first, ∇L·Δ = {first}, ½ΔᵀHΔ = {second}",
        ),
        Cause.HIGHER_ORDER: QCoreApplication.translate(
            "Rises",
            "the terms of higher order made it rise; the first two predicted a decrease, ∇L·Δ"
            " = {first}, ½ΔᵀHΔ = {second}",
        ),
        Cause.ROUNDING: QCoreApplication.translate(
            "Rises",
            "this is within rounding error; the first two terms predicted a decrease, ∇L·Δ ="
            " {first}, ½ΔᵀHΔ = {second}",
        ),
        Cause.OTHER_ROWS: QCoreApplication.translate(
            "Rises", "the next batch has other rows, and each loss is the mean over its own batch"
        ),
        Cause.UNKNOWN: "",
    }
    return templates[found.cause].format(
        first=shown(found.first, _DIGITS), second=shown(found.second, _DIGITS)
    )


def note(found: Rise) -> str:
    """The same in symbols, for a corner of the plot."""
    begin = f"▲ t = {found.t} → {found.t + 1}"
    match found.cause:
        case Cause.NOT_DOWNHILL:
            return f"{begin}: ∇L·Δ = {shown(found.first, _DIGITS)} > 0"
        case Cause.UNKNOWN | Cause.OTHER_ROWS:
            return f"{begin}: +{shown(found.after - found.before, _DIGITS)}"
        case _:
            first, second = shown(found.first, _DIGITS), shown(found.second, _DIGITS)
            return f"{begin}: ∇L·Δ = {first}, ½ΔᵀHΔ = {second}"
