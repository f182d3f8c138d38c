"""What is to be minimised, as somebody typed it: a key of the catalogue, or formulas."""

from __future__ import annotations

import re
from collections.abc import Collection

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import tasks
from gdsim.core.data.mistyped_columns import is_one_edit_away
from gdsim.core.typed.problem_reading import ProblemReading, read_problem
from gdsim.core.typed.reading import as_it_stands, read_typed
from gdsim.core.typed.words import Words

_SHORTEST_KEY = 3
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")


def read_choice(
    loss: str,
    prediction: str | None,
    columns: Collection[str] | None,
    constants: Collection[str] = (),
    parameters: Collection[str] = (),
) -> ProblemReading:
    """The readings of a loss and a model; a key of the catalogue is read as it stands.

    Parameters
    ----------
    columns : the names of the data's columns; None without data of one's own.
    constants : the names of constants.
    parameters : names of parameters that stay whole.

    Raises
    ------
    Problem : as :func:`gdsim.core.typed.problem_reading.read_problem` does.
    """
    if columns is not None or not is_key(loss.strip()):
        return read_problem(loss, prediction, columns, constants=constants, parameters=parameters)
    task = tasks().get(loss.strip())
    model = None
    if prediction is not None:
        names = () if task is None else task.data.names
        model = read_typed(prediction, {*names, *constants, *parameters})
    return ProblemReading(as_it_stands(loss), model)


def is_key(text: str) -> bool:
    """Whether the text is a key of the catalogue, or looks like one that is mistyped."""
    keys = (*catalogue.functions(), *tasks())
    if text in tasks() or catalogue.named_function(text) is not None:
        return True
    if _KEY.fullmatch(text) is None:
        return False
    parts = [part.rstrip("0123456789") for part in text.split("-")]
    words = Words(())
    if any(words.is_function(part) for part in parts):
        return False
    is_long = any(len(part) > _SHORTEST_KEY and not words.is_whole(part) for part in parts)
    is_near = any(is_one_edit_away(text, key) for key in keys)
    return is_long or (is_near and len(text) >= _SHORTEST_KEY)
