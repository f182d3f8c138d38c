"""Text from files and from the user, made safe to print in a terminal or to show in a window."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 40  # characters of a quoted text
_UNSAFE = re.compile(r"[^\x20-\x7e]")
# Control characters, signs that change the direction of text or are invisible, halves of
# surrogate pairs (which stand for bytes of a file name that are no text), line separators.
_UNSAFE_CATEGORIES = frozenset(("Cc", "Cf", "Cs"))
_JOINERS = "\u200c\u200d"  # needed inside words of Persian and Indian scripts
_REPLACEMENT = "\ufffd"


def plain_text(text: str) -> str:
    """The text in one line, without characters that act on a terminal or on the text around it.

    Tabs and line ends become blanks; control characters, direction marks and whatever else has no
    shape of its own become ``�``.
    """
    return _UNSAFE.sub(_plain_character, text)


def quoted(text: str) -> str:
    """The beginning of a text between quotation marks, for a sentence about it."""
    text = plain_text(text.strip())
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[: _LONGEST - 1]}…”"


def _plain_character(match: re.Match[str]) -> str:
    character = match.group()
    if character in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    if unicodedata.category(character) in _UNSAFE_CATEGORIES and character not in _JOINERS:
        return _REPLACEMENT
    return character
