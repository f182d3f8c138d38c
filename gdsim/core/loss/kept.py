"""Results that are kept for as long as the objective that they were made from."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from gdsim.core.loss.objective import Objective

Made = TypeVar("Made")
Others = ParamSpec("Others")


def kept_with_objective(
    most: int = 1,
) -> Callable[
    [Callable[Concatenate[Objective, Others], Made]], Callable[Concatenate[Objective, Others], Made]
]:
    """A decorator that keeps what a function computes from an objective as long as the objective.

    A cache of the function itself would keep the objective alive, and with it its data.

    Parameters
    ----------
    most : for how many different further arguments results are kept; the oldest are dropped.
    """

    def keeping(
        make: Callable[Concatenate[Objective, Others], Made],
    ) -> Callable[Concatenate[Objective, Others], Made]:
        @wraps(make)
        def kept(objective: Objective, /, *others: Others.args, **named: Others.kwargs) -> Made:
            held = objective.derived_results.setdefault(make, OrderedDict())
            chosen = (others, tuple(named.items()))
            try:
                made: Made = held[chosen]
            except KeyError:
                made = held[chosen] = make(objective, *others, **named)
                while len(held) > most:
                    held.popitem(last=False)
            return made

        return kept

    return keeping
