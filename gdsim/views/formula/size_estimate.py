"""An estimate of a formula's size before it is typeset.

It reserves the space for the formula, so that nothing moves when the typeset formula appears.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gdsim.views.formula.latex_drawing import NOMINAL_PIXELS, Drawing

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S")
# In em, as measured on ziamath's output with STIX Two Math.
_LETTER, _NAME_LETTER, _OPERATOR, _BRACKET = 0.57, 0.5, 1.2, 0.4
_SCRIPT_WIDTH, _SCRIPT_HEIGHT, _SCRIPT_RISE, _SCRIPT_FALL = 0.7, 0.55, 0.55, 0.2
_ASCENT, _DESCENT = 0.7, 0.1
_BRACKET_ASCENT, _BRACKET_DESCENT = 0.82, 0.26
_TALL, _TALL_BRACKET_EXTRA = 1.15, 0.1
_FRACTION_RISE, _FRACTION_FALL = 0.47, 0.2
_ROW_HEIGHT = 1.15
_WIDTHS = {
    **dict.fromkeys(("+", "-", "=", r"\cdot", r"\le", r"\lt"), _OPERATOR),
    **dict.fromkeys(("(", ")", "|", ",", "[", "]", "/"), _BRACKET),
    **dict.fromkeys((r"\left", r"\right", r"\!", "&"), 0.0),
    r"\leftarrow": 1.6,
    r"\,": 0.17,
    r"\;": 0.28,
    ".": 0.25,
}
_UPRIGHT = frozenset({r"\operatorname", r"\mathrm", r"\text"})
_WORDS = frozenset({"sin", "cos", "tan", "exp", "log", "sinh", "cosh", "tanh", "min", "max"})


@dataclass(frozen=True, slots=True)
class _Box:
    width: float = 0.0
    ascent: float = _ASCENT
    descent: float = _DESCENT

    def beside(self, other: _Box) -> _Box:
        return _Box(
            self.width + other.width,
            max(self.ascent, other.ascent),
            max(self.descent, other.descent),
        )


def estimated_drawing(latex: str) -> Drawing:
    """An empty drawing of about the size that the typeset formula will have."""
    box = _sequence(_TOKEN.finditer(latex))
    em = NOMINAL_PIXELS
    # The size must not be 0, even for an empty formula.
    return Drawing("", box.width * em + 1, (box.ascent + box.descent) * em, box.ascent * em)


def _sequence(tokens: Iterator[re.Match[str]]) -> _Box:
    """The size of everything up to a closing brace, the end of a table, or the end."""
    row, rows = _Box(), []
    for match in tokens:
        token = match[0]
        if token == "}":
            break
        if token == r"\end":
            _group(tokens)
            break
        if token == r"\\":
            rows.append(row)
            row = _Box()
        elif token == r"\right" and row.ascent + row.descent > _TALL:
            # Tall brackets are a little taller than their content.
            row = _Box(
                row.width, row.ascent + _TALL_BRACKET_EXTRA, row.descent + _TALL_BRACKET_EXTRA
            )
        else:
            row = row.beside(_token_box(token, tokens))
    if not rows:
        return row
    rows.append(row)
    half = sum(max(one.ascent + one.descent, _ROW_HEIGHT) for one in rows) / 2
    width = max(one.width for one in rows) + 2 * _BRACKET
    return _Box(width, half + 0.25, half - 0.25)


def _token_box(token: str, tokens: Iterator[re.Match[str]]) -> _Box:
    if token in ("^", "_"):
        return _script(_group(tokens), is_above=token == "^")
    if token == r"\frac":
        over, under = _group(tokens), _group(tokens)
        return _Box(
            max(over.width, under.width) + 0.3,
            over.ascent + over.descent + _FRACTION_RISE,
            under.ascent + under.descent + _FRACTION_FALL,
        )
    if token == r"\sqrt":
        root = _group(tokens)
        return _Box(root.width + 0.9, root.ascent + 0.25, root.descent)
    if token == r"\begin":
        _group(tokens)
        return _sequence(tokens)
    if token in _UPRIGHT:
        return _group(tokens)
    if token == "{":
        return _sequence(tokens)
    if token[1:] in _WORDS:
        return _Box(_NAME_LETTER * len(token[1:]) + 0.15)
    width = _WIDTHS.get(token, _LETTER)
    if width == _BRACKET:
        return _Box(width, _BRACKET_ASCENT, _BRACKET_DESCENT)
    return _Box(width)


def _group(tokens: Iterator[re.Match[str]]) -> _Box:
    """The size of a command's argument: a group in braces, or the next token."""
    match = next(tokens, None)
    if match is None:
        return _Box()
    return _sequence(tokens) if match[0] == "{" else _token_box(match[0], tokens)


def _script(box: _Box, *, is_above: bool) -> _Box:
    width = _SCRIPT_WIDTH * box.width
    rise = _SCRIPT_RISE if is_above else -_SCRIPT_FALL
    return _Box(
        width,
        max(_ASCENT, _SCRIPT_HEIGHT * box.ascent + rise),
        max(_DESCENT, _SCRIPT_HEIGHT * box.descent - rise),
    )
