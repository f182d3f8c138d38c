"""The whole first descent on somebody's own data, ready to begin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gdsim.core.arrays import Range
from gdsim.core.catalogue.tasks import losses
from gdsim.core.data.csv_preview import Preview
from gdsim.core.data.csv_reader import CsvReading, Table
from gdsim.core.data.dataset import Dataset
from gdsim.core.learning.first_model import first_model, first_ranges, first_rate
from gdsim.core.loss.objectives import objective


@dataclass(frozen=True, slots=True)
class FirstLesson:
    """Data with a first model of them.

    ``loss`` is that of a row; ``eta`` suits gradient descent from ``start``; ``home`` is the
    range of each parameter that is shown at first.
    """

    data: Dataset
    inputs: tuple[str, ...]
    target: str
    prediction: str
    loss: str
    parameters: tuple[str, ...]
    start: tuple[float, ...]
    eta: float
    home: tuple[Range, ...]


def first_lesson(data: Dataset, inputs: tuple[str, ...], target: str) -> FirstLesson:
    """A line, a plane or logistic regression, from zero.

    Raises
    ------
    Problem : where there are more inputs than a model can have parameters.
    """
    model = first_model(data.columns, inputs, target)
    loss = losses()["cross-entropy" if model.is_logistic else "mean-squared"].of(target)
    start = (0.0,) * len(model.parameters)
    function = objective(loss, model.parameters, data, model.prediction)
    return FirstLesson(
        data,
        inputs,
        target,
        model.prediction,
        loss,
        model.parameters,
        start,
        first_rate(function, start),
        first_ranges(function, start),
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that has been read, and what it can begin with."""

    table: Table
    lesson: FirstLesson


@dataclass(frozen=True)
class LessonReading:
    """The reading of a file up to its first lesson, in slices.

    ``inputs`` and ``target`` are places of columns.
    """

    preview: Preview
    inputs: tuple[int, ...]
    target: int

    def stages(self) -> Iterator[tuple[float, Opened | None]]:
        """Read some thousand rows for each item that is taken; raises as reading does.

        Yields
        ------
        how much is done, from 0 to 1; and at last what was opened, before that None.
        """
        reading = CsvReading(self.preview, (*self.inputs, self.target))
        for done, table in reading.stages():
            if table is None:
                yield done, None
                continue
            yield done, None
            *inputs, target = (column.name for column in table.columns)
            yield 1.0, Opened(table, first_lesson(table.dataset(), tuple(inputs), target))
