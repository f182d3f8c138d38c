"""A data set from columns of numbers, or from the path of a CSV file."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import tasks
from gdsim.core.data.dataset import Dataset
from gdsim.core.data.mistyped_columns import check_columns_are_read, listed
from gdsim.core.formula.notation import canonical_name, parse
from gdsim.core.loss.cross_entropy import CROSS_ENTROPY
from gdsim.core.problem import Problem

if TYPE_CHECKING:
    from gdsim.core.data.csv_preview import Preview
    from gdsim.core.data.csv_reader import Table

Path = str | PathLike[str]


def dataset_of(
    given: Dataset | Mapping[str, Any] | Path, loss: str, prediction: str | None
) -> Dataset:
    """The data set for these formulas.

    Parameters
    ----------
    given : a data set; columns of numbers by name; or the path of a CSV file, as for
        :func:`table_of`.
    loss, prediction : the loss of a row, and the model that it reads.

    Raises
    ------
    Problem : where the columns cannot stand in formulas, are not numbers, or cannot be read; where
        ``loss`` is a key of the catalogue and no formula.
    """
    check_is_formula(loss)
    if isinstance(given, Dataset):
        return given
    if isinstance(given, Mapping):
        return Dataset("data", {canonical_name(name): values for name, values in given.items()})
    if not isinstance(given, str | PathLike):
        raise Problem("the data are columns of numbers by name, or the path of a CSV file")
    return table_of(given, loss, prediction).dataset()


def table_of(path: Path, loss: str, prediction: str | None) -> Table:
    """The columns of a CSV file that the formulas read, without rows in which one has no number.

    Raises
    ------
    Problem : as :func:`dataset_of` does.
    """
    from gdsim.core.data.csv_preview import preview_csv

    check_is_formula(loss)
    return table_from(preview_csv(path), loss, prediction)


def table_from(preview: Preview, loss: str, prediction: str | None) -> Table:
    """As :func:`table_of`, of a file that has been looked at."""
    from gdsim.core.data.csv_reader import read_columns

    try:
        named = _columns_named(preview, loss, prediction)
    except Problem as problem:
        renamed = [column for column in preview.columns if column.title not in ("", column.name)]
        if not renamed:
            raise
        raise Problem(
            "{sentence}; formulas know the columns as {columns}",
            sentence=problem,
            columns=listed(f"{column.name} ({column.title})" for column in renamed),
        ) from None
    return read_columns(
        preview, [index for index in preview.numeric if preview.columns[index].name in named]
    )


def _columns_named(preview: Preview, loss: str, prediction: str | None) -> set[str]:
    """The names in the formulas, once it is certain that they read columns of numbers."""
    in_loss = parse(loss, extra_functions=(CROSS_ENTROPY,)).names
    in_prediction = None if prediction is None else parse(prediction).names
    named = {*in_loss, *(in_prediction or ())}
    for column in preview.columns:
        if column.name in named and not column.is_numeric:
            raise Problem("column {name} of the file does not hold numbers", name=column.name)
    if preview.numeric:
        numeric = [preview.columns[index].name for index in preview.numeric]
        check_columns_are_read(numeric, in_loss, in_prediction)
    return named


def check_is_formula(loss: str) -> None:
    """Refuse a key of the catalogue where the loss of a row is expected."""
    if loss in catalogue.functions() or loss in tasks():
        raise Problem(
            "{key} is a key of the catalogue; with data the loss of a row is a formula, such as"
            " (prediction - y)^2",
            key=loss,
        )
