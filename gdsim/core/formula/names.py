"""The order and the spelling of the names of parameters, states and hyperparameters."""

from __future__ import annotations

import re

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho"
    " sigma tau upsilon phi chi psi omega"
).split()
_LOWER = "αβγδεζηθικλμνξοπρστυφχψω"
_CAPITALS = {
    "Γ": "Gamma",
    "Δ": "Delta",
    "Θ": "Theta",
    "Λ": "Lambda",
    "Ξ": "Xi",
    "Π": "Pi",
    "Σ": "Sigma",
    "Φ": "Phi",
    "Ψ": "Psi",
    "Ω": "Omega",
}
_VARIANTS = {"ϑ": "theta", "ϵ": "epsilon", "ϕ": "phi", "ϱ": "rho", "ς": "sigma", "µ": "mu"}

GREEK_LETTERS: dict[str, str] = {
    **dict(zip(_LOWER, _GREEK_NAMES, strict=True)),
    **_CAPITALS,
    **_VARIANTS,
}
"""Greek letter → the name that the tree uses for it."""

_SPELLED = {name: letter for letter, name in GREEK_LETTERS.items() if letter not in _VARIANTS}
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}
"""The word behind the underscore of a name → the sign above its letter."""


def natural_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts theta2 before theta10."""
    return tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in re.split(r"(\d+)", name)
        if part
    )


def _parts(name: str) -> tuple[str, str, str, list[str]]:
    """A name as (stem, index digits, accent, qualifiers): ``y1_hat_i`` is (y, 1, hat, [i])."""
    stem, *qualifiers = name.split("_")
    bare = stem.rstrip("0123456789")
    accent = qualifiers.pop(0) if qualifiers and qualifiers[0] in ACCENTS else ""
    return bare, stem[len(bare) :], accent, qualifiers


def stem_of(name: str) -> str:
    """The name without its number: ``w12`` is w, ``theta1`` is theta."""
    return _parts(name)[0]


def plain_name(name: str) -> str:
    """The name in Unicode: ``theta1`` is θ₁, ``m_hat`` is m̂, ``v_max`` is v_max."""
    stem, index, accent, qualifiers = _parts(name)
    symbol = _SPELLED.get(stem, stem)
    if accent and len(symbol) > 1:
        accent, qualifiers = "", [accent, *qualifiers]
    if qualifiers and qualifiers[0].isdigit():
        index = "_".join((index, *qualifiers))  # w1_2: a subscript would end the name
        return symbol + ACCENTS.get(accent, "") + index
    below = "".join(f"_{qualifier}" for qualifier in qualifiers)
    return symbol + ACCENTS.get(accent, "") + index.translate(_SUBSCRIPT) + below


def latex_name(name: str) -> str:
    r"""The name in LaTeX: ``theta1`` is ``\theta_{1}``, ``m_hat`` is ``\hat{m}``."""
    stem, index, accent, qualifiers = _parts(name)
    if stem in _SPELLED:
        symbol = f"\\{stem}"
    elif len(stem) == 1:
        symbol = stem
    else:
        symbol = f"\\mathrm{{{stem}}}"
    if accent:
        symbol = f"\\{accent}{{{symbol}}}"
    # A letter or a number below is an index, a word is a label.
    below = ",".join(
        part if len(part) == 1 or part.isdigit() else f"\\mathrm{{{part}}}"
        for part in (index, *qualifiers)
        if part
    )
    return f"{symbol}_{{{below}}}" if below else symbol
