"""Where typed-out arithmetic breaks into lines: between operators, never inside a number."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

THIN_SPACE = "\u202f"
"""It stands around a dot, and does not invite a line to end there."""

Span = tuple[int, int]

# Where a line may end, from the best places to those that are used only where the best leave
# pieces too long: before a sum's next sign; after a dot or a slash; after an opening bracket.
_ENDS = (
    re.compile("(?<=[^+−=≈] )"),
    re.compile(f"(?<=·{THIN_SPACE})|(?<=/)"),
    re.compile(r"(?<=[(\[,])(?=\S)"),
)


def broken(text: str, room: float, width: Callable[[str], float]) -> tuple[Span, ...]:
    """The lines of a text as (start, end), none wider than the room where that can be had.

    A piece without a place to break, such as one long number, has a line to itself, however wide.
    """
    if width(text) <= room:
        return ((0, len(text)),)
    lines: list[Span] = []
    start, end = 0, 0
    pieces = deque((*span, 0) for span in _split(text, (0, len(text)), 0))
    while pieces:
        left, right, rank = pieces.popleft()
        if width(text[start:right].rstrip()) <= room:
            end = right
        elif rank + 1 < len(_ENDS) and width(text[left:right].rstrip()) > room:
            finer = _split(text, (left, right), rank + 1)
            pieces.extendleft((*span, rank + 1) for span in reversed(finer))
        else:
            if end > start:
                lines.append((start, end))
            start, end = left, right
    return (*lines, (start, len(text)))


def _split(text: str, span: Span, rank: int) -> list[Span]:
    """The pieces of a part of the text, cut wherever a line may end."""
    first, last = span
    cuts = [match.start() for match in _ENDS[rank].finditer(text, first, last)]
    cuts = [cut for cut in cuts if first < cut < last]
    return list(zip([first, *cuts], [*cuts, last], strict=True))
