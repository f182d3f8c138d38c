"""Which letters of a typed word are one name, and which are a product of names."""

from __future__ import annotations

import re
from collections.abc import Collection

from gdsim.core.formula.expression import CONSTANTS
from gdsim.core.formula.names import GREEK_LETTERS
from gdsim.core.formula.tokens import canonical_spelling
from gdsim.core.typed.functions import MANY, PREFIXES, RENAMED, WRITTEN

_GREEK = frozenset(GREEK_LETTERS.values())
_FUNCTIONS = frozenset((*WRITTEN, *MANY, *RENAMED))
_LONGEST_PRODUCT = 3  # letters of an unknown word that is read as a product
_SYMBOL = "(?:" + "|".join([*sorted(_GREEK, key=len, reverse=True), "[A-Za-z]"]) + ")"
_NUMBERED = re.compile(rf"(?:{_SYMBOL}_?[0-9]+)+{_SYMBOL}?")
_NUMBERED_PART = re.compile(rf"{_SYMBOL}(?:_?[0-9]+)?")
_LETTER = re.compile(r"[A-Za-z](?:_?[0-9]+)?")
_STEM = re.compile(r"([A-Za-z]+)(?:_?[0-9]+)*(?:_[A-Za-z]\w*)?")
_REST = re.compile(r"(?P<number>[0-9]+\.?[0-9]*)?(?P<symbol>[A-Za-z]\w*)")


class Words:
    """Splits words, knowing some names.

    Parameters
    ----------
    known : names that stay whole: columns, constants, the index of a series.
    """

    def __init__(self, known: Collection[str]) -> None:
        self._known = frozenset(known)
        self._names = frozenset((*known, *_GREEK, *CONSTANTS))

    def is_known(self, word: str) -> bool:
        """Whether somebody has given this name a meaning."""
        return canonical_spelling(word) in self._known

    def is_whole(self, word: str) -> bool:
        """Whether the word is known, a constant or the name of a Greek letter, with an index."""
        if self.is_known(word) or word in self._names:
            return True
        stem = _STEM.fullmatch(word)
        return stem is not None and stem[1] in _GREEK

    def symbols(self, word: str) -> list[str]:
        """The factors of the product that the word stands for; one where it is a name."""
        if self.is_whole(word) or _LETTER.fullmatch(word):
            return [word]
        if _NUMBERED.fullmatch(word):
            return _NUMBERED_PART.findall(word)
        if "_" in word or sum(map(str.isalpha, word)) > _LONGEST_PRODUCT:
            return [word]
        factors: list[str] = []
        while word:
            size = self._first_symbol(word)
            factors.append(word[:size])
            word = word[size:]
        return factors

    def is_symbol(self, word: str) -> bool:
        """Whether the word is one letter, or a name that is certainly one."""
        return self.is_whole(word) or _LETTER.fullmatch(word) is not None

    def _first_symbol(self, word: str) -> int:
        for size in range(len(word), 1, -1):
            if word[:size] in self._names and not word[size : size + 1].isdigit():
                return size
        match = re.match(r"[A-Za-z][0-9]*", word)
        assert match is not None
        return match.end()

    def is_function(self, word: str) -> bool:
        """Whether the word is the name of a function, or one with its argument, as ``sinx``."""
        if self.is_known(word):
            return False
        return word.lower() in _FUNCTIONS or self.function_before(word) is not None

    def function_before(self, word: str) -> tuple[str, str] | None:
        """(function, rest) of ``sinx``, ``ln2x`` or ``sinxcosx``; None where it is another word.

        The rest is one symbol, which may follow a number, or a symbol and again such a word.
        """
        lower = word.lower()
        for name in PREFIXES:
            rest = word[len(name) :]
            if not lower.startswith(name) or not rest or name[-1].isdigit():
                continue
            match = _REST.fullmatch(rest)
            if match is not None and (
                self.is_symbol(match["symbol"]) or self._leads_to_function(match["symbol"])
            ):
                return name, rest
        return None

    def _leads_to_function(self, word: str) -> bool:
        return self.symbol_before_function(word) > 0

    def symbol_before_function(self, word: str) -> int:
        """The length of x in ``xsinx`` or ``xsin``; 0 where the word is not of this form."""
        for size in range(1, len(word)):
            if not self.is_symbol(word[:size]):
                continue
            rest = word[size:]
            if rest.lower() in PREFIXES or self.function_before(rest) is not None:
                return size
        return 0

    def unclear_function(self, word: str) -> tuple[str, str] | None:
        """(function, rest) of ``sinxy``: a function's name and two letters."""
        if self.is_whole(word):
            return None
        for name in PREFIXES:
            rest = word[len(name) :]
            if word.lower().startswith(name) and re.fullmatch(r"[A-Za-z]{2}", rest):
                return name, rest
        return None
