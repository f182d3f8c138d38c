"""The functions of the notation as SymPy sees them: each is known only by its slope."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy


class _Known(sympy.Function):  # type: ignore[misc]
    """A function of which SymPy knows only the slope.

    SymPy's own functions search their arguments for simplifications in the complex plane, which
    takes endless time for a formula such as sinh((x + y + 1)^90), or for large numbers.
    """

    is_number = False


def _function(name: str, slope: Callable[[Any], Any]) -> Any:
    members = {"nargs": 1, "fdiff": lambda self, argindex=1: slope(self.args[0])}
    kind: Any = type(_Known)
    return kind(name, (_Known,), members)


HELD: Any = _function("held", lambda u: sympy.S.One)
"""The identity. SymPy does not look inside it and so leaves its argument unchanged."""

EXP: Any = _function("exp", lambda u: EXP(u))
LOG: Any = _function("log", lambda u: 1 / u)
_sin: Any = _function("sin", lambda u: _cos(u))
_cos: Any = _function("cos", lambda u: -_sin(u))
_tan: Any = _function("tan", lambda u: 1 + _tan(u) ** 2)
_sinh: Any = _function("sinh", lambda u: _cosh(u))
_cosh: Any = _function("cosh", lambda u: _sinh(u))
_tanh: Any = _function("tanh", lambda u: 1 - _tanh(u) ** 2)
_abs: Any = _function("abs", lambda u: _sign(u))
_sigmoid: Any = _function("sigmoid", lambda u: _sigmoid(u) * (1 - _sigmoid(u)))
_relu: Any = _function("relu", lambda u: _step(u))
# Functions that are constant between their jumps have slope 0.
_sign: Any = _function("sign", lambda u: sympy.S.Zero)
_step: Any = _function("step", lambda u: sympy.S.Zero)
_heaviside: Any = _function("heaviside", lambda u: sympy.S.Zero)
_floor: Any = _function("floor", lambda u: sympy.S.Zero)

OF_ONE: dict[str, Any] = {
    "exp": EXP,
    "log": LOG,
    "sin": _sin,
    "cos": _cos,
    "tan": _tan,
    "asin": _function("asin", lambda u: 1 / raised(1 - u**2, sympy.S.Half)),
    "acos": _function("acos", lambda u: -1 / raised(1 - u**2, sympy.S.Half)),
    "atan": _function("atan", lambda u: 1 / (1 + u**2)),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "abs": _abs,
    "sign": _sign,
    "step": _step,
    "heaviside": _heaviside,
    "floor": _floor,
    "sigmoid": _sigmoid,
    "softplus": _function("softplus", lambda u: _sigmoid(u)),
    "relu": _relu,
}
"""The functions of one argument by their names in the notation."""


class Max(_Known):
    """max of two or more; where several are largest, their slopes count in equal parts."""

    def fdiff(self, argindex: int = 1) -> Any:
        return _share(self.args, argindex - 1)


class Min(_Known):
    """min of two or more; where several are smallest, their slopes count in equal parts."""

    def fdiff(self, argindex: int = 1) -> Any:
        return _share([-value for value in self.args], argindex - 1)


class Share(_Known):
    """The slope of the maximum along the first of its arguments: 1, 0, or an equal part at a tie.

    It is constant but for jumps.
    """

    def fdiff(self, argindex: int = 1) -> Any:
        return sympy.S.Zero


def _share(values: Sequence[Any], place: int) -> Any:
    value, others = values[place], (*values[:place], *values[place + 1 :])
    return _heaviside(value - others[0]) if len(others) == 1 else Share(value, *others)


class Huber(_Known):
    """huber(r, δ): its slope is r, but no steeper than δ."""

    nargs = 2

    def fdiff(self, argindex: int = 1) -> Any:
        r, delta = self.args
        return Min(Max(r, -delta), delta) if argindex == 1 else _relu(_abs(r) - delta)


class LeakyRelu(_Known):
    """leaky_relu(x, a): its slope is 1 where x > 0, otherwise a."""

    nargs = 2

    def fdiff(self, argindex: int = 1) -> Any:
        x, slope = self.args
        return _step(x) + slope * (1 - _step(x)) if argindex == 1 else -_relu(-x)


class OpenPower(_Known):
    """a^b · log(a)^k where the exponent is not constant or the base has kinks.

    Arguments: a, b, k, the gate of a (see :func:`gdsim.core.formula.kinks.gate`; 1 where a has no
    kinks), and whether this is a factor of a slope along a, which is what the gate is for.
    """

    nargs = 5

    def fdiff(self, argindex: int = 1) -> Any:
        base, exponent, times, gate, is_slope = self.args
        if argindex == 2:
            return OpenPower(base, exponent, times + 1, gate, is_slope)
        if argindex != 1:
            return sympy.S.Zero
        slope = exponent * OpenPower(base, exponent - 1, times, gate, sympy.S.One)
        if times:
            slope += times * OpenPower(base, exponent - 1, times - 1, gate, sympy.S.One)
        return slope

    @property
    def is_fraction(self) -> bool:
        """Whether it is 1/a^q with a constant q > 0."""
        return bool(self.args[2] == 0 and self.args[1].is_negative)


def raised(base: Any, exponent: Any) -> Any:
    """The base to a constant power; SymPy must not merge powers of powers: √(x²) is not x."""
    is_plain = exponent.is_Integer or base.is_Symbol or base.is_Number
    return sympy.Pow(base if is_plain else HELD(base), exponent)


NAMES: dict[Any, str] = {
    **{function: name for name, function in OF_ONE.items()},
    Max: "max",
    Min: "min",
    Share: "share",
    Huber: "huber",
    LeakyRelu: "leaky_relu",
}
"""The name in the notation of each function that keeps it."""
