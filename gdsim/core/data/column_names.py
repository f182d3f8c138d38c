"""Names for the columns of a table, such as formulas can read, made from its titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from gdsim.core.data.dataset import PREDICTION
from gdsim.core.formula.notation import canonical_name
from gdsim.core.formula.tokens import MAX_NAME, canonical_spelling, is_name
from gdsim.core.problem import Problem

# Letters that are not composed of a plain letter and an accent.
_SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
_WORD = re.compile(r"[A-Za-z0-9]+")
_BRACKETS = re.compile(r"[(\[（【].*?[)\]）】]")
# Room for the number that tells two columns of one title apart.
_LONGEST = MAX_NAME - 4


def column_names(titles: Sequence[str]) -> tuple[str, ...]:
    """One name for each title, each different: the title itself if a formula can read it.

    Blanks and signs become one underscore: ``Größe (cm)`` is ``Grosse_cm``. Formulas do not
    distinguish ``Test_1`` from ``Test1``, which is the name that they are stored with. Without
    a Latin or Greek letter, as in ``身高``, the place of the column makes the name: ``x1``, …
    """
    proposed = [_name_from(title) for title in titles]
    names: list[str] = []
    for place, proposal in enumerate(proposed, 1):
        # A title that is a name already keeps it, whichever column comes first.
        kept = {other for other in proposed if other} - {proposal}
        names.append(_different(proposal or f"x{place}", {*names, *kept}))
    return tuple(names)


def spelled_name(name: str, title: str) -> str:
    """The name as a person types it: with the underscores that the title suggests."""
    spelled = _underscored(title)
    is_same = canonical_spelling(spelled) == name
    return spelled if is_same and spelled != title else name


def _name_from(title: str) -> str:
    """The title as one canonical name, or an empty text."""
    try:
        name = canonical_name(title)
    except Problem:
        name = canonical_spelling(_underscored(title))
    return name if is_name(name) and canonical_name(name) == name and name != PREDICTION else ""


def _underscored(title: str) -> str:
    """The Latin letters and digits of a title, with an underscore in place of all between them."""
    plain = unicodedata.normalize("NFKD", title.translate(_SPELLED))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = _WORD.findall(letters)
    if re.search(r"\w", outside := _BRACKETS.sub("", letters)) and not _WORD.search(outside):
        # The unit alone would name the column: 面积 (m²) is not m2.
        words = []
    return re.sub(r"^[0-9_]+", "", "_".join(words))[:_LONGEST].rstrip("_")


def _different(name: str, taken: set[str]) -> str:
    """The name, with a number if it is taken."""
    if name not in taken:
        return name
    stem = name.rstrip("0123456789")[:_LONGEST]
    number = 2
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"
