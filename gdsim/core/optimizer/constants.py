"""Named numbers as text, and the sign of assignment that they share with the lines of a rule."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gdsim.core.formula.expression import evaluate
from gdsim.core.formula.latex import number_text
from gdsim.core.formula.notation import canonical_name, parse
from gdsim.core.formula.tokens import shortened
from gdsim.core.problem import Problem


def split_assignment(text: str) -> tuple[str, str, str]:
    """What stands before the first sign of assignment, the sign, and what stands after it.

    Without a sign, which is =, :=, ＝ or ←, the whole text stands before it.
    """
    match = re.search(r":=|=|＝|←", text)
    if match is None:
        return text, "", ""
    return text[: match.start()], match.group(), text[match.end() :]


def read_constants(text: str) -> dict[str, float]:
    """Named numbers as typed: ``beta1 = 0.9, beta2 = 0.999``; commas, semicolons or new lines.

    Raises
    ------
    Problem : names what is not of that form.
    """
    constants: dict[str, float] = {}
    for piece in re.split(r"[,;，；\n]", text):
        if not piece.strip():
            continue
        left, separator, right = split_assignment(piece)
        if not separator or not left.strip():
            raise Problem(
                "{text} does not have the form name = number", text=shortened(piece.strip())
            )
        name = canonical_name(left)
        if name in constants:
            raise Problem("{name} is given twice", name=name)
        constants[name] = _constant(right, piece)
    return constants


def _constant(text: str, piece: str) -> float:
    try:
        return evaluate(parse(text, ()).root, {})
    except Problem:
        raise Problem(
            "{text} does not have the form name = number", text=shortened(piece.strip())
        ) from None


def write_constants(constants: Mapping[str, float]) -> str:
    """The text that :func:`read_constants` reads back."""
    return ", ".join(f"{name} = {number_text(value)}" for name, value in constants.items())
