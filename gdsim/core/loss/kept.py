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
    """Let what a function makes of an objective be kept for as long as the objective itself.

    A cache of its own would hold on to the objective, and so to its data.

    Parameters
    ----------
    most : for so many different further arguments, the newest.
    """

    def keeping(
        make: Callable[Concatenate[Objective, Others], Made],
    ) -> Callable[Concatenate[Objective, Others], Made]:
        @wraps(make)
        def kept(objective: Objective, /, *others: Others.args, **named: Others.kwargs) -> Made:
            held = objective.made_of_it.setdefault(make, OrderedDict())
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
