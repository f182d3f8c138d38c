"""The catalogue as lines of text, for ``gdsim list``."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import tasks


def listing() -> Iterator[str]:
    """One line for each function, learning task, optimizer and schedule, under headings."""
    yield "Functions"
    for key, function in catalogue.functions().items():
        values = "".join(f", {name} = {value:g}" for name, value in function.constants.items())
        yield f"  {key:<24} {function.name['en']}: {function.loss}{values}"
    yield "\nLearning tasks"
    for key, task in tasks().items():
        yield f"  {key:<24} {task.name['en']}: {task.formula}, prediction = {task.prediction}"
    yield "\nOptimizers"
    for key, optimizer in catalogue.optimizers().items():
        yield f"  {key:<24} {optimizer.name['en']}: {'; '.join(optimizer.rule)}"
    yield "\nSchedules of the learning rate"
    for key, schedule in catalogue.schedules().items():
        yield f"  {key:<24} {schedule.name['en']}: {schedule.formula}"
