"""The objectives in use: one for each loss and its data, kept with its derivatives."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING

from gdsim.core.formula.notation import parse
from gdsim.core.loss.cross_entropy import CROSS_ENTROPY
from gdsim.core.loss.objective import Objective
from gdsim.core.problem import Problem

if TYPE_CHECKING:
    from gdsim.core.data.dataset import Dataset

_Values = tuple[tuple[str, float], ...]
_Texts = tuple[str, tuple[str, ...] | None, "Dataset | None", str | None, _Values]

_KEPT = 64
_NUMBERS_KEPT = 4_000_000
_VALUES_KEPT = 16  # for the constants of one formula
_kept: OrderedDict[_Texts, Objective] = OrderedDict()
_keeping = Lock()


def objective(
    loss: str,
    parameters: tuple[str, ...] | None = None,
    data: Dataset | None = None,
    prediction: str | None = None,
    constants: Mapping[str, float] | None = None,
) -> Objective:
    """The objective of a formula; the newest ones are kept, with their derivatives.

    With other values of its constants the derivatives are not formed again. Of large data sets only
    the two used last are kept.

    Parameters
    ----------
    parameters : their order; by default the names of the formulas that are no columns.
    data : what the loss is a mean over, if it is.
    prediction : what the loss means by ``prediction``.
    constants : the values of names that are neither parameters nor columns.

    Raises
    ------
    Problem : as :class:`Objective` and :class:`RowObjective` do.
    """
    values = tuple(sorted((constants or {}).items()))
    texts = (loss, parameters, data, prediction, values)
    with _keeping:
        if texts in _kept:
            _kept.move_to_end(texts)
            return _kept[texts]
        others = _with_other_values(texts) if values else []
        relative = _kept[others[-1]] if others else None
    made = _made(*texts) if relative is None else relative.with_constants(dict(values))
    with _keeping:
        for oldest in others[: 1 - _VALUES_KEPT]:
            _kept.pop(oldest, None)
        # Another thread may have been quicker.
        made = _kept.setdefault(texts, made)
        _let_go()
    return made


def constants_read(
    constants: Mapping[str, float], loss: str, prediction: str | None
) -> dict[str, float]:
    """Those of the constants that the formulas read.

    Raises
    ------
    Problem : where a formula cannot be read.
    """
    names = {*parse(loss, extra_functions=(CROSS_ENTROPY,)).names}
    if prediction is not None:
        names.update(parse(prediction).names)
    return {name: value for name, value in constants.items() if name in names}


def _with_other_values(texts: _Texts) -> list[_Texts]:
    """The kept objectives that differ only in the values of constants, the newest last."""
    names = [name for name, _ in texts[4]]
    return [
        other
        for other in _kept
        if other[:4] == texts[:4] and [name for name, _ in other[4]] == names
    ]


def _made(
    loss: str,
    parameters: tuple[str, ...] | None,
    data: Dataset | None,
    prediction: str | None,
    values: _Values,
) -> Objective:
    if data is not None:
        from gdsim.core.loss.row_objective import RowObjective

        return RowObjective(loss, data, prediction, parameters, dict(values))
    if prediction is not None:
        raise Problem("a prediction needs data with which it can be compared")
    return Objective(loss, parameters, dict(values))


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
