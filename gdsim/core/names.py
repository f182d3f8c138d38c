"""How the names of parameters, states and hyperparameters are ordered and written."""

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
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}


def natural_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts theta2 before theta10."""
    return tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in re.split(r"(\d+)", name)
        if part
    )


def _parts(name: str) -> tuple[str, str, str]:
    """A name as (stem, index digits, qualifier): ``m_hat`` is (m, '', hat)."""
    stem, _, qualifier = name.partition("_")
    bare = stem.rstrip("0123456789")
    return bare, stem[len(bare) :], qualifier


def plain_name(name: str) -> str:
    """The name in Unicode: ``theta1`` is θ₁, ``m_hat`` is m̂, ``v_max`` is v_max."""
    stem, index, qualifier = _parts(name)
    symbol = _SPELLED.get(stem, stem)
    if qualifier in _ACCENTS and len(symbol) == 1:
        return symbol + _ACCENTS[qualifier] + index.translate(_SUBSCRIPT)
    return symbol + index.translate(_SUBSCRIPT) + (f"_{qualifier}" if qualifier else "")


def latex_name(name: str) -> str:
    r"""The name in LaTeX: ``theta1`` is ``\theta_{1}``, ``m_hat`` is ``\hat{m}``."""
    stem, index, qualifier = _parts(name)
    if stem in _SPELLED:
        symbol = f"\\{stem}"
    elif len(stem) == 1:
        symbol = stem
    else:
        symbol = f"\\mathrm{{{stem}}}"
    if qualifier in _ACCENTS:
        symbol, qualifier = f"\\{qualifier}{{{symbol}}}", ""
    below = ",".join(
        part
        for part in (index, f"\\mathrm{{{qualifier.replace('_', ' ')}}}" if qualifier else "")
        if part
    )
    return f"{symbol}_{{{below}}}" if below else symbol
