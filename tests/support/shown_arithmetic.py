"""Computes written-out arithmetic again from its text alone."""

from __future__ import annotations

import math
import re

from gdsim.core.formula.expression import evaluate
from gdsim.core.formula.notation import parse
from gdsim.core.number_text import shown


def shown_like(text: str, value: float) -> str:
    """The value rounded to as many digits as a text has, at least six."""
    digits = re.sub(r"e.*|[−.]", "", text).lstrip("0")
    return shown(value, max(6, len(digits)))


def assert_true(text: str) -> str:
    """Check that the left side equals the right side as shown; returns the right side."""
    left, sign, right = re.fullmatch(r"(?:(.*) )?([=≈]) (\S+)", text).groups()  # type: ignore[union-attr]
    if right in ("NaN", "∞", "−∞"):
        return str(right)
    result = float(right.replace("−", "-"))
    if left is not None:
        value = evaluate(parse(left, (), ("floor",)).root, {})
        assert shown_like(right, value) == right, text
        if sign == "=":
            assert math.isclose(value, result, rel_tol=1e-14), text
    return str(right)
