"""The stop rules: what each one compares with the tolerance ε before a move.

A rule is one entry of :class:`StopRule`. Everything else reads it from there: the compiled loop and
the array code, the number at a row and along a run, the command line, the window and its signs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cache, reduce
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gdsim.core.arrays import Floats

_ROW = ("delta", "gradient", "L", "previous")
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_LENGTH = re.compile(r"length_\(\*(delta|gradient)\)")


class StopRule(Enum):
    """A quantity that is compared with ε; the descent ends at the first row where it is smaller.

    An entry holds, in this order:

    key : its name on the command line and in files.
    sign : the quantity as formulas write it; empty for no rule.
    code : the quantity as Python, of ``delta`` and ``gradient``, the components of Δ and ∇L;
        ``L``, the loss; and ``previous``, the loss of the row before, NaN at the first row. It may
        call the functions of ``FUNCTIONS``. Empty for no rule.
    title : the quantity in words.
    meaning : what is true where the rule is met, in one sentence.

    The last two are shown in the window, and listed in app/language/core_sentences.py.
    """

    STEP = (
        "step",
        "‖Δθ‖",
        "length_(*delta)",
        "length of the next step",
        "The next step is short.",
    )
    GRADIENT = (
        "gradient",
        "‖∇L‖",
        "length_(*gradient)",
        "length of the gradient",
        "The slope is small.",
    )
    CHANGE = (
        "change",
        "|Lₜ − Lₜ₋₁|",
        "abs_(L - previous)",
        "change of the loss",
        "The loss hardly changed in the last update.",
    )
    LOSS = (
        "loss",
        "L",
        "L",
        "the loss itself",
        "The loss itself is small.",
    )
    NONE = (
        "none",
        "",
        "",
        "only at the step limit",
        "ε is not used; the descent runs until the step limit.",
    )

    _value_: str
    sign: str
    code: str
    title: str
    meaning: str

    def __new__(
        cls, key: str, sign: str = "", code: str = "", title: str = "", meaning: str = ""
    ) -> StopRule:
        rule = object.__new__(cls)
        rule._value_ = key
        rule.sign, rule.code, rule.title, rule.meaning = sign, code, title, meaning
        return rule

    @property
    def compares(self) -> bool:
        """Whether there is a quantity at all, which a run without a rule has not."""
        return bool(self.code)

    @property
    def is_of_the_point(self) -> bool:
        """Whether the quantity depends on the point alone, however short the steps are."""
        return self.compares and not (self.reads("delta") or self.reads("previous"))

    @property
    def length_of(self) -> str | None:
        """``"delta"`` or ``"gradient"`` where the quantity is the length of that vector."""
        found = _LENGTH.fullmatch(self.code)
        return None if found is None else found.group(1)

    def sign_after(self, updates: int | None) -> str:
        """The quantity as formulas write it, where so many updates lie between two tests.

        None stands for one update.
        """
        if updates is None:
            return self.sign
        before = "".join(_SUBSCRIPTS[int(digit)] for digit in str(updates))
        return self.sign.replace("₋₁", f"₋{before}")

    def reads(self, name: str) -> bool:
        """Whether the code reads ``delta``, ``gradient``, ``L`` or ``previous``."""
        return re.search(rf"\b{name}\b", self.code) is not None

    def source(self, delta: Sequence[str], gradient: Sequence[str]) -> str:
        """The code over the variables that hold the components of Δ and ∇L."""
        text = self.code.replace("*delta", ", ".join(delta))
        return text.replace("*gradient", ", ".join(gradient))

    def at_row(
        self,
        delta: Sequence[float],
        gradient: Sequence[float],
        loss: float,
        previous: float = math.nan,
    ) -> float:
        """The quantity at one row, to the last bit as the descent compares it; NaN for no rule.

        Parameters
        ----------
        delta, gradient : (d,). previous : the loss of the row before.
        """
        return float(_compiled(self, False)(delta, gradient, loss, previous))

    def at_rows(self, delta: Floats, gradient: Floats, loss: Floats, previous: Floats) -> Floats:
        """The quantity at n rows, (n,), but for the rounding of a length; NaN for no rule.

        Parameters
        ----------
        delta, gradient : (n, d), or empty where :meth:`reads` says that they are not read.
        loss, previous : (n,).
        """
        import numpy as np

        with np.errstate(all="ignore"):
            values = _compiled(self, True)(delta.T, gradient.T, loss, previous)
        return np.broadcast_to(values, loss.shape)


RULES = tuple(rule for rule in StopRule if rule.compares)
"""The rules that compare something with ε."""


@cache
def _compiled(rule: StopRule, over_arrays: bool) -> Callable[..., Any]:
    from gdsim.core.formula.python_source import compile_source

    source = f"def quantity({', '.join(_ROW)}):\n    return {rule.code or 'nan_'}\n"
    functions = {**(array_functions() if over_arrays else FUNCTIONS), "nan_": math.nan}
    quantity: Callable[..., Any] = compile_source(source, "quantity", functions)
    return quantity


FUNCTIONS: Mapping[str, Callable[..., float]] = {"length_": math.hypot, "abs_": abs}
"""What the code of a rule may call, over floats."""


def array_functions() -> dict[str, Callable[..., Any]]:
    """The same functions over arrays."""
    import numpy as np

    def length(first: Floats, *others: Floats) -> Floats:
        # hypot neither overflows nor underflows on the way. Column by column: along the rows of
        # (n, d) the same takes ten times as long.
        return reduce(np.hypot, others, np.abs(first))

    return {"length_": length, "abs_": np.abs}
