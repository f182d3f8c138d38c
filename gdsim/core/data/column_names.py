"""Names for the columns of a table, such as formulas can read, made from its titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from gdsim.core.data.dataset import PREDICTION
from gdsim.core.formula.notation import canonical_name
from gdsim.core.formula.tokens import MAX_NAME, is_name
from gdsim.core.problem import Problem

# Letters that do not come apart into a plain one and an accent.
_SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
_WORD = re.compile(r"[A-Za-z0-9]+")
_BRACKETS = re.compile(r"[(\[（【].*?[)\]）】]")
# Room for the number that tells two columns of one title apart.
_LONGEST = MAX_NAME - 4


def column_names(titles: Sequence[str]) -> tuple[str, ...]:
    """One name a title, each different: itself where a formula can read it.

    ``Größe (cm)`` is ``Grosse_cm``; where no Latin or Greek letter is left, as in ``身高``, the
    column's place makes the name: ``x1``, ``x2``, …
    """
    wished = [_spelled(title) for title in titles]
    names: list[str] = []
    for place, wish in enumerate(wished, 1):
        # A title that is a name already keeps it, whichever column comes first.
        kept = {other for other in wished if other} - {wish}
        names.append(_different(wish or f"x{place}", {*names, *kept}))
    return tuple(names)


def _spelled(title: str) -> str:
    """The title as one name, or nothing."""
    try:
        name = canonical_name(title)
    except Problem:
        plain = unicodedata.normalize("NFKD", title.translate(_SPELLED))
        letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
        words = _WORD.findall(letters)
        if re.search(r"\w", outside := _BRACKETS.sub("", letters)) and not _WORD.search(outside):
            # The unit alone would name the column: 面积 (m²) is no m2.
            words = []
        name = re.sub(r"^[0-9_]+", "", "_".join(words))[:_LONGEST].rstrip("_")
    return name if is_name(name) and canonical_name(name) == name and name != PREDICTION else ""


def _different(name: str, taken: set[str]) -> str:
    """The name, with a number where it is taken."""
    if name not in taken:
        return name
    stem = name.rstrip("0123456789")[:_LONGEST]
    number = 2
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"
