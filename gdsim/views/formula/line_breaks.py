"""Breaking arithmetic into lines: between operators, never inside a number."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

THIN_SPACE = "\u202f"
"""The space around a multiplication dot, at which no line may end."""

Span = tuple[int, int]

# Positions where a line may end, the best first; the others are used only where pieces would be too
# long: after the operator of a sum; after a dot or a slash; after an opening bracket.
_ENDS = (
    re.compile("(?<=[^+−=≈] )"),
    re.compile(f"(?<=·{THIN_SPACE})|(?<=/)"),
    re.compile(r"(?<=[(\[,])(?=\S)"),
)


def break_lines(text: str, room: float, width: Callable[[str], float]) -> tuple[Span, ...]:
    """Break a text into lines, given as (start, end), no wider than ``room`` if possible.

    A piece that cannot be broken, such as a long number, is a line of its own, however wide.
    ``width`` measures a text in the unit of ``room``.
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
    """Cut a part of the text at all positions of one rank where a line may end."""
    first, last = span
    cuts = [match.start() for match in _ENDS[rank].finditer(text, first, last)]
    cuts = [cut for cut in cuts if first < cut < last]
    return list(zip([first, *cuts], [*cuts, last], strict=True))
