"""Breaking a long formula into lines: before plus and minus signs, and between factors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gdsim.views.formula.latex_drawing import Drawing

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S")
_OPENING = frozenset({"{", "(", "[", r"\left", r"\begin"})
_CLOSING = frozenset({"}", ")", "]", r"\right", r"\end"})
# After these tokens a plus or minus is the sign of a number, not an operator.
_BEFORE_A_SIGN = frozenset({"=", r"\leftarrow", r"\cdot", ",", "+", "-", "^", "_"})
_FUNCTION_NAME = re.compile(r"\\operatorname\s*\{[^{}]*\}\s*$")
_LONGEST_NAME = 60  # letters of LaTeX
_INDENT = 1.2
_LEADING = 0.3


def pieces(latex: str, longest: int | None = None) -> tuple[list[str], bool]:
    """The formula cut at the positions where a line may end, and whether the pieces are all of it.

    There is no cut inside brackets. Pieces that begin after ``longest`` letters are left out.
    """
    cuts = [0]
    depth = 0
    before = ""
    is_whole = True
    for match in _TOKEN.finditer(latex):
        token, start = match[0], match.start()
        if depth == 0 and before and _may_break(before, token, latex, start):
            cuts.append(start)
            if longest is not None and start > longest:
                is_whole = False
                break
        depth += (token in _OPENING) - (token in _CLOSING)
        before = token
    ends = [*cuts[1:], len(latex)] if is_whole else cuts[1:]
    # An empty group before the sign keeps the spacing of a sum.
    cut = [
        ("{}" if start else "") + latex[start:end].strip()
        for start, end in zip(cuts, ends, strict=False)
    ]
    return cut, is_whole


def _may_break(before: str, token: str, latex: str, start: int) -> bool:
    if token in ("+", "-"):
        return before not in _BEFORE_A_SIGN
    # A line may end between two factors, but not between a function and its argument.
    if token != r"\left" or before not in (")", "}"):
        return False
    return not _FUNCTION_NAME.search(latex, max(start - _LONGEST_NAME, 0), start)


@dataclass(frozen=True, slots=True)
class PlacedDrawing:
    """A drawing and the position of its top left corner, in units of the drawing."""

    drawing: Drawing
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class LineLayout:
    """Drawings placed in lines; ``is_whole`` is False if lines at the end were left out."""

    placed: tuple[PlacedDrawing, ...]
    width: float
    height: float
    is_whole: bool


def lay_out_lines(
    drawings: Sequence[Drawing], em: float, width: float, most_lines: int
) -> LineLayout:
    """Place drawings in lines of at most ``width`` on common baselines; later lines are indented.

    ``em`` and ``width`` are in units of the drawings; a drawing wider than a line has its own line.
    """
    lines: list[list[tuple[Drawing, float]]] = [[]]
    x = 0.0
    for one in drawings:
        if lines[-1] and x + one.width > width:
            lines.append([])
            x = _INDENT * em
        lines[-1].append((one, x))
        x += one.width
    placed: list[PlacedDrawing] = []
    y = 0.0
    for line in lines[:most_lines]:
        ascent = max(one.ascent for one, _ in line)
        descent = max(one.height - one.ascent for one, _ in line)
        placed += [PlacedDrawing(one, left, y + ascent - one.ascent) for one, left in line]
        y += ascent + descent + _LEADING * em
    right = max(entry.x + entry.drawing.width for entry in placed)
    return LineLayout(tuple(placed), right, y - _LEADING * em, len(lines) <= most_lines)
