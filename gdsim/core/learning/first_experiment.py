"""The whole first descent on somebody's own data, ready to begin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gdsim.core.catalogue.tasks import losses
from gdsim.core.data.csv_preview import Preview
from gdsim.core.data.csv_reader import CsvReading, Table
from gdsim.core.data.dataset import Dataset
from gdsim.core.landscape.landscape import Range
from gdsim.core.learning.first_model import first_model, first_ranges, first_rate
from gdsim.core.loss.objective import objective


@dataclass(frozen=True, slots=True)
class FirstExperiment:
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


def first_experiment(data: Dataset, inputs: tuple[str, ...], target: str) -> FirstExperiment:
    """A line, a plane or logistic regression, from zero.

    Raises
    ------
    Problem : where there are more inputs than a model can have parameters.
    """
    model = first_model(data.columns, inputs, target)
    loss = losses()["cross-entropy" if model.is_logistic else "mean-squared"].of(target)
    start = (0.0,) * len(model.parameters)
    function = objective(loss, model.parameters, data, model.prediction)
    return FirstExperiment(
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
class OpenedFile:
    """A file that has been read, and what it can begin with."""

    table: Table
    first: FirstExperiment


@dataclass(frozen=True)
class FirstExperimentReading:
    """The reading of a file up to the first experiment, in slices.

    ``inputs`` and ``target`` are places of columns.
    """

    preview: Preview
    inputs: tuple[int, ...]
    target: int

    def stages(self) -> Iterator[tuple[float, OpenedFile | None]]:
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
            yield 1.0, OpenedFile(table, first_experiment(table.dataset(), tuple(inputs), target))
