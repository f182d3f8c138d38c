"""Work on several cores at once, for arrays so long that NumPy releases Python's lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TypeVar

Item = TypeVar("Item")
Buffers = TypeVar("Buffers")

_MOST_CORES = 4  # more would wait for each other's lock


def cores() -> int:
    """How many threads are worth having."""
    return min(_MOST_CORES, os.cpu_count() or 1)


def in_parallel(
    work: Callable[[Item, Buffers], None], items: Iterable[Item], buffers: Sequence[Buffers]
) -> None:
    """Do the work for every item, on one thread for each of the buffers, and wait until it is done.

    Parameters
    ----------
    work : is given an item and buffers that no other thread uses at the same time.

    Raises
    ------
    the error of the first item whose work raised one; no thread is left by then.
    """
    if len(buffers) <= 1:
        for item in items:
            work(item, buffers[0])
        return
    free: SimpleQueue[Buffers] = SimpleQueue()
    for its_own in buffers:
        free.put(its_own)

    def work_with_buffers(item: Item) -> None:
        taken = free.get()
        try:
            work(item, taken)
        finally:
            free.put(taken)

    with ThreadPoolExecutor(len(buffers)) as pool:
        for _ in pool.map(work_with_buffers, items):
            pass
