"""Exponents that may be one factor or two, as in ``e^kt``."""

from __future__ import annotations

import re

from gdsim.core.typed.scanner import GREEK, WORD, Scanner
from gdsim.core.typed.words import Words

_EXPONENT = re.compile(
    r"(?:\^|\*\*)\s*(?P<sign>[-−–])?"
    rf"(?:(?P<number>[0-9.]+)(?P<behind_number>{WORD.pattern}|{GREEK.pattern})"
    rf"|(?P<greek>{GREEK.pattern})(?P<behind_greek>{WORD.pattern}|{GREEK.pattern})"
    rf"|(?P<word>{WORD.pattern}))"
)
_NUMBER_BEFORE = re.compile(r"(?<![\w.])([0-9.]+|[eE])\s*$")


def check_exponent(scanner: Scanner, words: Words) -> None:
    """Refuse ``e^kt`` and ``e^2x``; ``x^2y`` is x²·y, as on the blackboard.

    Raises
    ------
    Problem : offers both readings.
    """
    match = _EXPONENT.match(scanner.text, scanner.place)
    if match is None:
        return
    if match["number"] or match["greek"]:
        if match["number"] and not _NUMBER_BEFORE.search(scanner.text[: scanner.place]):
            return
        one = match["number"] or match["greek"]
        other = match["behind_number"] or match["behind_greek"]
    else:
        one, other = _factors(match["word"], words)
    if other:
        sign = "-" if match["sign"] else ""
        typed = match.group().lstrip("^*+-−– ")
        raise scanner.two_ways(
            f"^{sign}{typed}", f"^({sign}{one}*{other})", f"^{sign}{one}*{other}"
        )


def _factors(word: str, words: Words) -> tuple[str, str]:
    """The first factor of a word, and the others."""
    if words.is_function(word) or words.is_whole(word) or word in ("PI", "Pi"):
        return word, ""
    size = words.symbol_before_function(word)
    if size:
        return word[:size], word[size:]
    first, *others = words.symbols(word)
    return first, "*".join(others)
