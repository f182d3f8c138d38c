"""When a long computation shows its next intermediate picture."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

_SHARE = 4.0  # of the time that a picture takes, for the work before the next one


class Pace:
    """Pictures are at least this far apart, and farther where they take long to make and draw.

    Parameters
    ----------
    seconds : the least time between two pictures.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._due = -math.inf

    @property
    def is_due(self) -> bool:
        """Whether it is time for a picture."""
        return time.perf_counter() >= self._due

    @contextmanager
    def picture(self) -> Iterator[None]:
        """Make and draw a picture inside this context, so that its time is measured."""
        begun = time.perf_counter()
        yield
        now = time.perf_counter()
        self._due = now + max(self._seconds, _SHARE * (now - begun))
