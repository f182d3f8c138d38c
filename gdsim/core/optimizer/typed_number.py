"""A number as people type it: ``0.1``, ``1e-3``, ``1/3``, ``2pi``, ``sqrt(2)``."""

from __future__ import annotations

import math

from gdsim.core.formula.expression import constant_value
from gdsim.core.formula.notation import parse
from gdsim.core.problem import Problem

_LONGEST_WHOLE = 40  # digits; more are no number that a setting can have


def typed_number(text: str) -> float | None:
    """The value of a number or of a formula without names; None where it is neither."""
    try:
        return float(text.replace("_", "?"))  # Python reads 1_0 as 10
    except ValueError:
        pass
    try:
        return constant_value(parse(text, ()).root)
    except Problem:
        return None


def typed_whole_number(text: str) -> int | None:
    """The same for whole numbers, of which ``1e3`` and ``2^10`` are some; None for others."""
    if text.strip().isdecimal() and len(text) <= _LONGEST_WHOLE:
        return int(text)
    value = typed_number(text) if len(text) <= _LONGEST_WHOLE else None
    if value is None or not math.isfinite(value) or not value.is_integer():
        return None
    return int(value)
