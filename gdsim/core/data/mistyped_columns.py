"""Refuses formulas in which the name of a column seems to be mistyped.

Every name that is not a column is a parameter. A mistyped column would silently become a parameter,
and the descent would fit another model.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from gdsim.core.data.dataset import PREDICTION
from gdsim.core.formula.names import stem_of
from gdsim.core.problem import Problem

# Many shorter names differ in one letter only: a and b, w1 and x1.
_SHORTEST = 3
_SHORTEST_BESIDE = 4  # if the formulas also contain the column itself

_LISTED = 16  # columns that a sentence names at most

_NUMBERED = re.compile(r"[a-z]+\d+", re.IGNORECASE)


def check_columns_are_read(
    columns: Sequence[str],
    loss: Collection[str],
    prediction: Collection[str] | None,
    constants: Collection[str] = (),
) -> None:
    """Refuse formulas without any column, and names that nearly equal the name of a column.

    Parameters
    ----------
    columns : the names of the columns of the data.
    loss, prediction : the names in the loss of a row, and in the model if there is one.
    constants : the names of constants, which are not mistyped columns.

    Raises
    ------
    Problem : quotes the name and lists the columns.
    """
    known = {*columns, *constants, PREDICTION}
    said = prediction or ()
    read = set(columns).intersection((*loss, *said))
    parameters = sorted({*loss, *said} - known)
    for name in parameters:
        meant = next((column for column in columns if _is_meant(column, name, read)), None)
        if meant is not None:
            raise Problem(
                "the data have no column {name}; if you do not mean {meant}, give the"
                " parameter a less similar name",
                name=name,
                meant=meant,
            )
    names = listed(columns)
    if not read:
        raise Problem(
            "the formulas use no column of the data; the columns are: {columns}", columns=names
        )
    if prediction is None:
        return
    targets = sorted(set(loss) - known - set(prediction))
    if targets and not read.intersection(loss):
        raise Problem(
            "the loss names {name}, but the data have only these columns: {columns}",
            name=targets[0],
            columns=names,
        )
    if len(set(prediction)) > 1 and not read.intersection(prediction):
        raise Problem(
            "the prediction uses no column of the data; the columns are: {columns}", columns=names
        )


def listed(columns: Iterable[str]) -> str:
    """The names of columns as a list in a sentence; only the first of very many."""
    first = list(islice(columns, _LISTED + 1))
    return ", ".join(first if len(first) <= _LISTED else [*first[:-1], "…"])


def _is_meant(column: str, name: str, read: Collection[str]) -> bool:
    """Whether ``name`` is probably a misspelling of this column."""
    if stem_of(name) == stem_of(column):
        # x4 beside columns x1, x2, x3 is suspicious; w1 beside w is an ordinary parameter.
        are_numbered = _NUMBERED.fullmatch(name) and _NUMBERED.fullmatch(column)
        return column not in read and are_numbered is not None
    if column not in read and name.lower() == column.lower():
        return True
    shortest = _SHORTEST_BESIDE if column in read else _SHORTEST
    return min(len(name), len(column)) >= shortest and is_one_edit_away(name, column)


def is_one_edit_away(one: str, other: str) -> bool:
    """Whether the words differ by one inserted, missing or changed letter or one swapped pair.

    References
    ----------
    Damerau, *A technique for computer detection and correction of spelling errors*, 1964.
    """
    shorter, longer = sorted((one, other), key=len)
    if shorter == longer or len(longer) - len(shorter) > 1:
        return False
    at = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    swapped = shorter[at + 1 : at + 2] + shorter[at : at + 1] + shorter[at + 2 :]
    return shorter[at + 1 :] == longer[at + 1 :] or swapped == longer[at:]
