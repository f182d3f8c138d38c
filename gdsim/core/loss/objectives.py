"""The objectives in use: one for each loss and its data, kept with its derivatives."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from gdsim.core.loss.objective import Objective
from gdsim.core.problem import Problem

if TYPE_CHECKING:
    from gdsim.core.data.dataset import Dataset

_Texts = tuple[str, tuple[str, ...] | None, "Dataset | None", str | None]

_KEPT = 64
_NUMBERS_KEPT = 4_000_000
_kept: OrderedDict[_Texts, Objective] = OrderedDict()
_keeping = Lock()


def objective(
    loss: str,
    parameters: tuple[str, ...] | None = None,
    data: Dataset | None = None,
    prediction: str | None = None,
) -> Objective:
    """The objective of a formula; the newest ones are kept, with their derivatives.

    Of large data sets only the two used last are kept.

    Parameters
    ----------
    parameters : their order; by default the names of the formulas that are no columns.
    data : what the loss is a mean over, if it is.
    prediction : what the loss means by ``prediction``.

    Raises
    ------
    Problem : as :class:`Objective` and :class:`RowObjective` do.
    """
    texts = (loss, parameters, data, prediction)
    with _keeping:
        if texts in _kept:
            _kept.move_to_end(texts)
            return _kept[texts]
    made = _made(*texts)
    with _keeping:
        # Another thread may have been quicker.
        made = _kept.setdefault(texts, made)
        _let_go()
    return made


def _made(
    loss: str, parameters: tuple[str, ...] | None, data: Dataset | None, prediction: str | None
) -> Objective:
    if data is not None:
        from gdsim.core.loss.row_objective import RowObjective

        return RowObjective(loss, data, prediction, parameters)
    if prediction is not None:
        raise Problem("a prediction needs data to be compared with")
    return Objective(loss, parameters)


def _let_go() -> None:
    """Drop the oldest objectives, and those whose data are too large to be kept."""
    while len(_kept) > _KEPT:
        _kept.popitem(last=False)
    sizes: dict[int, int] = {}
    for texts in reversed(list(_kept)):
        data = texts[2]
        if data is None or id(data) in sizes:
            continue
        size = data.rows * len(data.names)
        if len(sizes) >= 2 and sum(sizes.values()) + size > _NUMBERS_KEPT:
            del _kept[texts]
        else:
            sizes[id(data)] = size
