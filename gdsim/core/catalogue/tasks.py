"""The named learning tasks and per-row losses, read from resources/catalogue and datasets.

A task consists of data, a model and a loss, with the settings of a descent that shows its
character. The files contain formulas as a user would type them.
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
from gdsim.core.data.standardise import standardised_for_learning


@dataclass(frozen=True, slots=True)
class LossEntry(NamedEntry):
    """A named loss of one row of data.

    ``formula`` contains the name ``prediction``, and ``{target}`` in place of the target column.
    """

    formula: str

    def of(self, target: str) -> str:
        """The formula for a given target column."""
        return self.formula.replace("{target}", target)


@dataclass(frozen=True, slots=True)
class TaskEntry(NamedEntry):
    """A named learning task.

    ``dataset`` is the name of a file in resources/datasets, ``loss`` the key of a
    :class:`LossEntry`, and ``target`` the column that is to be predicted. ``view`` contains the
    initial ranges of the one or two parameters that are plotted first. ``eta`` is meant for
    ``optimizer``. ``batch`` is the number of rows used in an update; None means all rows.
    ``scales_differ``: whether the columns have such different scales that standardising them makes
    an instructive difference.
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
        """The formula of the loss of one row."""
        return losses()[self.loss].of(self.target)

    @property
    def data(self) -> Dataset:
        """The rows to learn from."""
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
    """The per-row losses by key, in the order of their file. Raises as :func:`tasks` does."""
    return load("losses.toml", _loss)


@cache
def dataset(key: str) -> Dataset:
    """The data set resources/datasets/``key``.csv."""
    from gdsim.core.data.csv_reader import read_csv

    return read_csv(resources.path("datasets", f"{key}.csv")).dataset()


def find_task(loss: str, prediction: str | None, data: Dataset | None) -> TaskEntry | None:
    """The task with exactly these formulas and data, or None."""
    for entry in tasks().values():
        same = (entry.formula, entry.prediction) == (loss, prediction)
        if same and data is not None and data == entry.data:
            return entry
    return None


def gradient_descent_eta(entry: FunctionEntry | TaskEntry | None) -> float | None:
    """The η of a function or task if it is meant for gradient descent, otherwise None."""
    if isinstance(entry, TaskEntry) and entry.optimizer != GRADIENT_DESCENT:
        return None
    return None if entry is None else entry.eta


def find_unscaled_task(loss: str, prediction: str | None, data: Dataset | None) -> TaskEntry | None:
    """The task with these formulas whose data, once standardised, equal ``data``; or None."""
    for entry in tasks().values():
        same = (entry.formula, entry.prediction) == (loss, prediction)
        if same and entry.scales_differ and data == _standardised_data(entry.key):
            return entry
    return None


@cache
def _standardised_data(key: str) -> Dataset:
    entry = tasks()[key]
    return standardised_for_learning(entry.data, entry.target)[0]


def find_loss(formula: str, target: str) -> LossEntry | None:
    """The named loss that gives this formula for this target column, or None."""
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
