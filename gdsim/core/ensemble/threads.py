"""Work on several cores at once, for arrays so long that NumPy lets go of Python's lock."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")

_MOST_CORES = 4  # more would wait for each other's lock


def cores() -> int:
    """How many threads are worth having."""
    return min(_MOST_CORES, os.cpu_count() or 1)


def in_parallel(work: Callable[[Item, int], None], items: Iterable[Item], threads: int) -> None:
    """Do the work for every item, on so many threads, and wait until all of it is done.

    Parameters
    ----------
    work : is given an item, and the number of the thread, from 0; 0 is the one that asks.

    Raises
    ------
    the first error that the work raised; the other threads have ended by then.
    """
    waiting = iter(tuple(items))  # each thread takes the next one
    errors: list[BaseException] = []

    def serve(number: int) -> None:
        try:
            for item in waiting:
                work(item, number)
        except BaseException as error:
            errors.append(error)

    helpers = [threading.Thread(target=serve, args=(number,)) for number in range(1, threads)]
    for helper in helpers:
        helper.start()
    serve(0)
    for helper in helpers:
        helper.join()
    if errors:
        raise errors[0]
