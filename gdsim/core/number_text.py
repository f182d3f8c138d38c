"""How a number is written for reading."""

from __future__ import annotations

import math

DIGITS = 6
"""Significant digits of a shown result."""

_EXACT = 17  # digits that tell any two floats apart


def shown(value: float, digits: int = DIGITS) -> str:
    """A number with so many significant digits, with a real minus sign and no idle zeros."""
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
    """A whole number in groups of three digits with thin spaces, the same in every language."""
    return f"{count:,}".replace(",", "\u2009")


def compared(value: float, bound: float, digits: int = DIGITS) -> tuple[str, str]:
    """Both numbers, to as many digits as it takes that the shown ones compare like the true ones.

    With four digits 0.99999e-6 < 1e-6 would read 1e−6 < 1e−6.
    """
    while digits < _EXACT:
        rounded, limit = float(f"{value:.{digits}g}"), float(f"{bound:.{digits}g}")
        if (rounded < limit) == (value < bound):
            break
        digits += 1
    return shown(value, digits), shown(bound, digits)
