"""The named learning tasks and losses of a row, read from resources/catalogue and datasets.

A task is data, a model and a loss, with a descent that shows what it is about. As elsewhere in the
catalogue the formulas stand in the files as a user would type them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from gdsim import resources
from gdsim.core.arrays import Range
from gdsim.core.catalogue.entries import GRADIENT_DESCENT, FunctionEntry
from gdsim.core.catalogue.toml_fields import Fields, NamedEntry, load
from gdsim.core.data.dataset import Dataset
from gdsim.core.data.standardise import columns_to_scale, standardised


@dataclass(frozen=True, slots=True)
class LossEntry(NamedEntry):
    """A named loss of a row; ``formula`` reads ``prediction`` and, as ``{target}``, a column."""

    formula: str

    def of(self, target: str) -> str:
        """The formula for the column that is to be predicted."""
        return self.formula.replace("{target}", target)


@dataclass(frozen=True, slots=True)
class TaskEntry(NamedEntry):
    """A named learning task.

    ``dataset`` is a file of resources/datasets, ``loss`` the key of a :class:`LossEntry`,
    ``target`` the column that is to be predicted. ``view`` is the range of the one or two
    parameters that are shown at first. ``optimizer`` and ``eta`` go together; ``batch`` is None
    where all rows make an update.
    ``scales_differ``: whether it is worth showing what standardised columns change.
    """

    group: str
    dataset: str
    prediction: str
    loss: str
    target: str
    parameters: tuple[str, ...]
    start: tuple[float, ...]
    view: Mapping[str, Range]
    optimizer: str
    eta: float
    epsilon: float | None
    batch: int | None
    scales_differ: bool
    source: str

    @property
    def formula(self) -> str:
        """The loss of a row."""
        return losses()[self.loss].of(self.target)

    @property
    def data(self) -> Dataset:
        """The rows."""
        return dataset(self.dataset)


@cache
def tasks() -> Mapping[str, TaskEntry]:
    """The learning tasks by key, in the order of their file.

    Raises
    ------
    ValueError : the file is malformed; the sentence names the entry and what is wrong in it.
    """
    return load("tasks.toml", _task)


@cache
def losses() -> Mapping[str, LossEntry]:
    """The losses of a row by key, in the order of their file. Raises as :func:`tasks` does."""
    return load("losses.toml", _loss)


@cache
def dataset(key: str) -> Dataset:
    """The data set of a file that comes with gdsim, named by its key."""
    from gdsim.core.data.csv_reader import read_csv

    return read_csv(resources.path("datasets", f"{key}.csv")).dataset()


def find_task(loss: str, prediction: str | None, data: Dataset | None) -> TaskEntry | None:
    """The task with exactly these formulas and data, or None for somebody's own."""
    for entry in tasks().values():
        same = (entry.formula, entry.prediction) == (loss, prediction)
        if same and data is not None and data == entry.data:
            return entry
    return None


def gradient_descent_eta(entry: FunctionEntry | TaskEntry | None) -> float | None:
    """The η for gradient descent that comes with a function or task; None where there is none."""
    if isinstance(entry, TaskEntry) and entry.optimizer != GRADIENT_DESCENT:
        return None
    return None if entry is None else entry.eta


def find_unscaled_task(loss: str, prediction: str | None, data: Dataset | None) -> TaskEntry | None:
    """The task with these formulas whose standardised data these are, or None."""
    for entry in tasks().values():
        same = (entry.formula, entry.prediction) == (loss, prediction)
        if same and entry.scales_differ and data == _standardised_data(entry.key):
            return entry
    return None


@cache
def _standardised_data(key: str) -> Dataset:
    entry = tasks()[key]
    return standardised(entry.data, columns_to_scale(entry.data, entry.target))[0]


def find_loss(formula: str, target: str) -> LossEntry | None:
    """The named loss that is this formula for this column, or None for somebody's own."""
    return next((entry for entry in losses().values() if entry.of(target) == formula), None)


def _task(fields: Fields) -> TaskEntry:
    parameters = fields.texts("parameters")
    view = fields.table("view")
    if not 1 <= len(view) <= 2 or not set(view) <= set(parameters):
        raise fields.error("view", "a range for one or two of the parameters")
    ranges = {name: fields.point(f"view.{name}", view[name], 2) for name in view}
    batch = fields.optional_number("batch")
    return TaskEntry(
        **fields.named(),
        group=fields.text("group"),
        dataset=fields.text("dataset"),
        prediction=fields.text("prediction"),
        loss=fields.text("loss"),
        target=fields.text("target"),
        parameters=parameters,
        start=fields.point("start", fields.take("start"), len(parameters)),
        view=MappingProxyType({name: (low, high) for name, (low, high) in ranges.items()}),
        optimizer=fields.text("optimizer"),
        eta=fields.number("eta"),
        epsilon=fields.optional_number("epsilon"),
        batch=None if batch is None else int(batch),
        scales_differ=fields.flag("scales_differ"),
        source=fields.text("source"),
    )


def _loss(fields: Fields) -> LossEntry:
    return LossEntry(
        **fields.named(),
        formula=fields.text("formula"),
    )
