"""A data set from columns of numbers, or from the path of a CSV file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import tasks
from gdsim.core.data.dataset import Dataset
from gdsim.core.data.mistyped_columns import check_columns_are_read, listed
from gdsim.core.formula.notation import canonical_name, parse
from gdsim.core.loss.cross_entropy import CROSS_ENTROPY
from gdsim.core.plain_text import quoted
from gdsim.core.problem import Problem

if TYPE_CHECKING:
    from gdsim.core.data.column_kinds import Column
    from gdsim.core.data.csv_dialect import DialectChoices
    from gdsim.core.data.csv_preview import Preview
    from gdsim.core.data.csv_reader import Table

Path = str | PathLike[str]


def dataset_of(
    given: Dataset | Mapping[str, Any] | Path,
    loss: str,
    prediction: str | None,
    constants: Collection[str] = (),
) -> Dataset:
    """The data set for these formulas.

    Parameters
    ----------
    given : a data set; columns of numbers by name; or the path of a CSV file, as for
        :func:`table_of`.
    loss, prediction : the loss of a row, and the model that it reads.
    constants : the names in them that are constants.

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
    return table_of(given, loss, prediction, constants=constants).dataset()


def table_of(
    path: Path,
    loss: str,
    prediction: str | None,
    choices: DialectChoices | None = None,
    *,
    constants: Collection[str] = (),
    may_wait: bool = False,
) -> Table:
    """The columns of a CSV file that the formulas read, without rows in which one has no number.

    Parameters
    ----------
    choices : how the file is written, as far as somebody has said; the rest is found out.
    may_wait : also read pipes and devices; ``-`` is standard input.

    Raises
    ------
    Problem : as :func:`dataset_of` does.
    """
    from gdsim.core.data.csv_dialect import DialectChoices
    from gdsim.core.data.csv_preview import preview_csv
    from gdsim.core.data.table_files import source_of

    check_is_formula(loss)
    preview = preview_csv(source_of(path, may_wait=may_wait), choices or DialectChoices())
    return table_from(preview, loss, prediction, constants)


def table_from(
    preview: Preview, loss: str, prediction: str | None, constants: Collection[str] = ()
) -> Table:
    """As :func:`table_of`, of a file that has been looked at."""
    from gdsim.core.data.csv_reader import read_columns

    try:
        named = _columns_named(preview, loss, prediction, constants)
    except Problem as problem:
        raise _with_titles(problem, preview) from None
    return read_columns(
        preview, [place for place in preview.usable if preview.columns[place].name in named]
    )


def _columns_named(
    preview: Preview, loss: str, prediction: str | None, constants: Collection[str]
) -> set[str]:
    """The names in the formulas, once it is certain that they read columns of numbers."""
    in_loss = parse(loss, extra_functions=(CROSS_ENTROPY,)).names
    in_prediction = None if prediction is None else parse(prediction).names
    named = {*in_loss, *(in_prediction or ())}
    for column in preview.columns:
        if column.name in named and not column.is_usable:
            raise _not_usable(preview, column)
    if preview.usable:
        usable = [preview.columns[place].name for place in preview.usable]
        check_columns_are_read(usable, in_loss, in_prediction, constants)
    return named


def _with_titles(problem: Problem, preview: Preview) -> Problem:
    """The problem, and how formulas read the columns whose titles are no names."""
    renamed = [
        column
        for column in preview.columns[: preview.width]
        if column.title not in ("", column.name)
    ]
    if not renamed:
        return problem
    return Problem(
        "{sentence}; in formulas the columns are called {columns}",
        sentence=problem,
        columns=listed(f"{column.spelled} ({column.title})" for column in renamed),
    )


def _not_usable(preview: Preview, column: Column) -> Problem:
    """Why formulas cannot read a column, and what they can read instead."""
    if column.kinds:
        classes = (
            other.spelled for other in preview.columns if other.kind and other.place == column.place
        )
        return Problem(
            "column {name} of the file holds {count} kinds of text; each has a column of its own,"
            " 1 for that kind and 0 for the others: {columns}",
            name=column.spelled,
            count=len(column.kinds),
            columns=listed(classes),
        )
    if column.odd_cell is None:
        return Problem("column {name} of the file does not hold numbers", name=column.spelled)
    return Problem(
        "column {name} of the file does not hold numbers: line {line} says {cell}",
        name=column.spelled,
        line=column.odd_cell.line,
        cell=quoted(column.odd_cell.text),
    )


def check_is_formula(loss: str) -> None:
    """Refuse a key of the catalogue where the loss of a row is expected."""
    if catalogue.named_function(loss) is not None or loss in tasks():
        raise Problem(
            "{key} is a key of the catalogue; with data the loss of a row is a formula, such as"
            " (prediction - y)^2",
            key=loss,
        )
