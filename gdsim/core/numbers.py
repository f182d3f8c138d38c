"""How a number is written for reading."""

from __future__ import annotations

import math

DIGITS = 6
"""Significant digits of a shown result."""


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
