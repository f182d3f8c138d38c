"""What the window says about how far a step may go, in the current language."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from gdsim.app.language.point_phrases import HIGHEST, LOWEST
from gdsim.core.how_far.line_slice import LineSlice, NoSlice
from gdsim.core.how_far.stability import Curvature
from gdsim.core.number_text import DIGITS, shown
from gdsim.views.tabs.how_far.how_far_view import NamedNumber

_MOST_DIGITS = 17
_CURVE_DIGITS = 4  # of a place that is read off a curve
_QUOTIENT_DIGITS = 5
_RATE_DIGITS = 3  # of a rate to be remembered


def signed(value: float, digits: int = DIGITS) -> str:
    """``= 0.5`` or ``≈ 0.333333``: a number with = if it is exact, with ≈ if it is rounded."""
    text = shown(value, digits)
    exact = not math.isfinite(value) or math.isclose(
        float(text.replace("−", "-")), value, rel_tol=1e-14, abs_tol=0.0
    )
    return f"{'=' if exact else '≈'} {text}"


# The line


def legend(line: LineSlice) -> list[tuple[str, str]]:
    """The entries of the slice plot's legend, each with the name of its line or mark."""
    translate = QCoreApplication.translate
    entries = [
        ("here", f"L(θ) {signed(line.start, _CURVE_DIGITS)}"),
        ("tangent", translate("HowFar", "tangent")),
        ("eta", translate("HowFar", "chosen η {value}").format(value=_place(line.eta))),
    ]
    if line.best is not None:
        sentence = translate("HowFar", "best η {value}")
        entries.append(("best", sentence.format(value=_place(line.best))))
    if line.rise is not None:
        sentence = translate("HowFar", "L rises from η {value}")
        if line.rise_is_end:
            sentence = translate("HowFar", "L undefined from η {value}")
        entries.append(("rise", sentence.format(value=_place(line.rise))))
    return entries


def _place(rate: float) -> str:
    return signed(rate, _CURVE_DIGITS)


def aside(line: LineSlice | NoSlice, is_plain: bool, in_parts: bool) -> str:
    """The reason why there is no line, or what a reader must know about the line that is shown.

    Parameters
    ----------
    is_plain : whether the optimizer steps by −η∇L.
    in_parts : whether its ∇L is that of a batch, not of all rows.
    """
    if isinstance(line, NoSlice):
        return {
            NoSlice.LEVEL: QCoreApplication.translate(
                "HowFar", "The gradient is zero here: there is no direction to step along."
            ),
            NoSlice.UNDEFINED: QCoreApplication.translate(
                "HowFar", "The loss, its gradient or η is not finite here."
            ),
            NoSlice.ROUNDED: QCoreApplication.translate(
                "HowFar",
                "The slope is so small here that rounding hides how the loss changes along it.",
            ),
        }[line]
    if in_parts:
        return QCoreApplication.translate(
            "HowFar",
            "The curve follows −η∇L over all rows; this step uses only the rows of its batch.",
        )
    if is_plain:
        return ""
    return QCoreApplication.translate(
        "HowFar",
        "The curve follows −η∇L; the Δ of this optimizer is different.",
    )


# The curvature


def numbers(curved: Curvature) -> list[NamedNumber]:
    """The eigenvalues, the condition number and the two rates, for checking on a calculator."""
    single = len(curved.eigenvalues) == 1
    digits = _digits(curved)
    high = (r"\lambda_{\max}", HIGHEST) if not single else (r"\lambda", "λ")
    found = [NamedNumber(*high, signed(curved.highest, digits))]
    if not single:
        found.append(NamedNumber(r"\lambda_{\min}", LOWEST, signed(curved.lowest, digits)))
        found.append(NamedNumber(r"\kappa", "κ", signed(curved.condition, _QUOTIENT_DIGITS)))
    if curved.has_upward:
        for count, rate in (("1", curved.fastest_rate), ("2", curved.stable_rate)):
            text = signed(rate, _QUOTIENT_DIGITS)
            found.append(NamedNumber(f"{count} / {high[0]}", f"{count}/{high[1]}", text))
    return found


def _digits(curved: Curvature) -> int:
    """The digits of the eigenvalues that are needed to compute the shown quotients by hand."""
    sizes = sorted(abs(value) for value in (curved.lowest, curved.highest))
    # Of more than two eigenvalues another one may be the smallest in size.
    has_both = math.isclose(curved.condition * sizes[0], sizes[1], rel_tol=1e-9)
    digits = DIGITS
    while digits < _MOST_DIGITS:
        high, low = (float(f"{v:.{digits}g}") for v in (curved.highest, curved.lowest))
        by_hand = {}
        if has_both:
            by_hand[curved.condition] = max(abs(high), abs(low)) / min(abs(high), abs(low))
        if curved.has_upward:
            by_hand |= {curved.fastest_rate: 1 / high, curved.stable_rate: 2 / high}
        if all(_quotient(value) == _quotient(found) for value, found in by_hand.items()):
            break
        digits += 1
    return digits


def _quotient(value: float) -> str:
    return shown(value, _QUOTIENT_DIGITS)


def deriving() -> str:
    """What is said until the Hessian is computed."""
    return QCoreApplication.translate("HowFar", "Computing the second derivatives …")


# The hint beneath the slider of η


def hint(curved: Curvature | None, limit: float | None, is_plain: bool) -> str:
    """The largest stable η at the shown step, in one line."""
    translate = QCoreApplication.translate
    if curved is None:
        return translate("HowFar", "no limit for η: the Hessian is not finite here")
    if not curved.has_upward:
        return translate("HowFar", "no limit for η: nothing curves upwards here")
    rate = shown(curved.stable_rate, _RATE_DIGITS)
    if curved.has_downward:
        # No rate is stable there, and 2/λ_max bounds one direction only.
        return translate("HowFar", "2/λₘₐₓ = {rate}, but it curves downwards too").format(rate=rate)
    if limit is not None and not is_plain and math.isfinite(limit):
        return translate("HowFar", "stable below {limit}; plain descent: 2/λₘₐₓ = {rate}").format(
            limit=shown(limit, _RATE_DIGITS), rate=rate
        )
    if is_plain:
        return translate("HowFar", "stable below 2/λₘₐₓ = {rate} at this step").format(rate=rate)
    return translate("HowFar", "stable below 2/λₘₐₓ = {rate} for plain descent").format(rate=rate)


def hint_while_deriving() -> str:
    """What stands in place of the hint until the Hessian is computed."""
    return QCoreApplication.translate("HowFar", "computing 2/λₘₐₓ …")
