"""What the window says about many starts, in the current language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gdsim.app.language.point_phrases import outcome_name, point_name
from gdsim.app.language.run_phrases import percent
from gdsim.core.explore.labels import outcome_of
from gdsim.core.explore.starts import DRAWN, MOST_STEPS, SURE, Chance, StartsPicture
from gdsim.core.number_text import grouped, shown

_DIGITS = 5
_START_DIGITS = 8


def ending(picture: StartsPicture, label: int, scale: Sequence[float]) -> str:
    """The point of a row with its number on the basin map, or how its starts ended."""
    if label < 0:
        return outcome_name(outcome_of(label))
    return f"{label + 1}  {point_name(picture.found_points[label], scale)}"


def loss(picture: StartsPicture, label: int) -> str:
    """The loss at the point of a row; where there is no point, the lowest that was reached."""
    if label >= 0:
        return shown(picture.found_points[label].value, _DIGITS)
    best = picture.best(label)
    return "–" if best is None else f"≥ {shown(float(picture.ends.loss[best]), _DIGITS)}"


def count(picture: StartsPicture, label: int) -> str:
    """How many starts a row has, and their share."""
    number = picture.count(label)
    return f"{grouped(number)} · {percent(number / picture.labels.size)}"


def best(picture: StartsPicture) -> str:
    """The best start."""
    column = picture.best()
    if column is None:
        return ""
    start = (shown(value, _START_DIGITS) for value in picture.starts[:, column].tolist())
    return QCoreApplication.translate("Starts", "Best: L = {loss}, from ({start})").format(
        loss=shown(float(picture.ends.loss[column]), _DIGITS), start=", ".join(start)
    )


def chance_sentence(picture: StartsPicture, chance: Chance | None) -> str:
    """The measured probability with its confidence interval, and the number of starts needed."""
    translate = QCoreApplication.translate
    lowest = picture.lowest()
    if chance is None or lowest is None:
        return translate("Starts", "No start has stopped at a minimum.")
    low, high = (percent(end) for end in chance.interval)
    known = any(point.known for point in picture.found_points)
    name = (
        translate("Starts", "Global minimum L = {loss}:")
        if known
        else translate("Starts", "Lowest minimum found, L = {loss}:")
    ).format(loss=shown(lowest, _DIGITS))
    sure = _whole_percent(SURE)
    if chance.needed is None:
        return translate(
            "Starts", "{minimum} none of {count} starts, {sure} interval up to p = {high}."
        ).format(minimum=name, count=grouped(chance.count), high=high, sure=sure)
    said = translate("Starts", "{minimum} p = {share}, {sure} interval {low} to {high}.").format(
        minimum=name, share=percent(chance.share), sure=sure, low=low, high=high
    )
    if chance.hits == chance.count:
        return said
    return translate("Starts", "{said} With {starts} starts it is {sure} sure.").format(
        said=said, starts=grouped(chance.needed), sure=sure
    )


def sure_label(starts: int) -> str:
    """The label on the plot at that number of starts."""
    return f"N = {grouped(starts)}"


def asides(picture: StartsPicture, most_steps: int) -> list[str]:
    """The notes on what the picture leaves out."""
    translate = QCoreApplication.translate
    found = []
    if picture.labels.size > DRAWN:
        found.append(translate("Starts", "Only the first {most} are drawn.").format(most=DRAWN))
    if most_steps > MOST_STEPS:
        found.append(
            translate("Starts", "At most {most} steps for each start.").format(
                most=grouped(MOST_STEPS)
            )
        )
    return found


def _whole_percent(share: float) -> str:
    return f"{100 * share:.0f} %"
