"""A first experiment for the user's own data: model, loss, start and learning rate."""

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
class FirstExperiment:
    """Data with a first model of them and the settings of a descent.

    ``prediction`` is the formula of the model and ``loss`` that of the loss of one row. ``eta`` is
    suitable for gradient descent from ``start``. ``home`` contains the initial range of each
    parameter.
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
    """Linear regression, or logistic regression for a target of 0 and 1; all parameters start at 0.

    Raises
    ------
    Problem : there are more inputs than a model can have parameters.
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
    """A file that has been read, with a first experiment for it."""

    table: Table
    first: FirstExperiment


@dataclass(frozen=True)
class FirstExperimentReading:
    """Reads a file and creates the first experiment for it, in short slices.

    ``inputs`` and ``target`` are indices of columns.
    """

    preview: Preview
    inputs: tuple[int, ...]
    target: int

    def stages(self) -> Iterator[tuple[float, OpenedFile | None]]:
        """Read the file, some thousand rows for each item of the iterator.

        Yields
        ------
        The share that is done, from 0 to 1, and None; in the last item, the opened file.

        Raises
        ------
        Problem : as in reading a file, and in :func:`first_experiment`.
        """
        reading = CsvReading(self.preview, (*self.inputs, self.target))
        for done, table in reading.stages():
            if table is None:
                yield done, None
                continue
            yield done, None
            *inputs, target = (column.name for column in table.columns)
            yield 1.0, OpenedFile(table, first_experiment(table.dataset(), tuple(inputs), target))
