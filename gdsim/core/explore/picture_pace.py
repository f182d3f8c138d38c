"""When long work shows the next picture of how it stands."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

_SHARE = 4.0  # of the time that a picture takes, for the work before the next one


class Pace:
    """A picture is due after so long, or later where pictures take long to make and to draw.

    Parameters
    ----------
    seconds : between two pictures, at least.
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
        """A picture is made within, and yielded to whoever draws it."""
        begun = time.perf_counter()
        yield
        now = time.perf_counter()
        self._due = now + max(self._seconds, _SHARE * (now - begun))
