"""Numbers as text for a reader."""

from __future__ import annotations

import math

DIGITS = 6
"""Significant digits of a displayed result."""

_EXACT = 17  # digits by which any two floats can be told apart


def shown(value: float, digits: int = DIGITS) -> str:
    """A number with ``digits`` significant digits, the minus sign −, and no trailing zeros."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}e{int(exponent)}"
    return ("0" if text == "-0" else text).replace("-", "−")


def grouped(count: int) -> str:
    """An integer in groups of three digits, separated by thin spaces in every language."""
    return f"{count:,}".replace(",", "\u2009")


def compared(value: float, bound: float, digits: int = DIGITS) -> tuple[str, str]:
    """Both numbers as text, with enough digits that the texts compare as the numbers do.

    With four digits 0.99999e-6 < 1e-6 would read 1e−6 < 1e−6.

    Parameters
    ----------
    digits : significant digits to begin with; more are used where they are needed.
    """
    while digits < _EXACT:
        rounded, limit = float(f"{value:.{digits}g}"), float(f"{bound:.{digits}g}")
        if (rounded < limit) == (value < bound):
            break
        digits += 1
    return shown(value, digits), shown(bound, digits)
