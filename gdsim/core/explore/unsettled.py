"""What becomes of descents that come to no single point."""

from __future__ import annotations

from enum import IntEnum


class Fate(IntEnum):
    """The labels of descents that came to no single point."""

    MOVING = -1
    """Not at rest within the step limit."""
    STREWN = -2
    """At rest, but at no point that others share: the loss is too flat there to go on."""
    DIVERGED = -3
