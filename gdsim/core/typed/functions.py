"""Names that students use for functions, and what they are in the notation."""

from __future__ import annotations

from gdsim.core.formula.expression import FUNCTIONS

MANY = frozenset("min max huber leaky_relu crossentropy sum".split())
"""Functions whose arguments always stand in parentheses."""

_SAME = {
    "ln": "log",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arctg": "atan",
    "atg": "atan",
    "tg": "tan",
    "sgn": "sign",
    "signum": "sign",
    "fabs": "abs",
    "logistic": "sigmoid",
    "expit": "sigmoid",
    "sigm": "sigmoid",
    "log_e": "log",
    "leakyrelu": "leaky_relu",
    "lrelu": "leaky_relu",
    "cross_entropy": "crossentropy",
    "binary_crossentropy": "crossentropy",
    "bce": "crossentropy",
    "maximum": "max",
    "minimum": "min",
}

WRITTEN: dict[str, tuple[str, str]] = {
    **{name: (f"{name}(", ")") for name in FUNCTIONS - MANY},
    **{name: (f"{meant}(", ")") for name, meant in _SAME.items() if meant not in MANY},
    "lg": ("(log(", ")/log(10))"),
    "log10": ("(log(", ")/log(10))"),
    "log2": ("(log(", ")/log(2))"),
    "ctg": ("(1/tan(", "))"),
    "cot": ("(1/tan(", "))"),
    "cotan": ("(1/tan(", "))"),
    "sec": ("(1/cos(", "))"),
    "csc": ("(1/sin(", "))"),
    "cosec": ("(1/sin(", "))"),
    "log1p": ("log(1 + (", "))"),
    "expm1": ("(exp(", ") - 1)"),
    "cbrt": ("((", ")^(1/3))"),
    "square": ("((", ")^2)"),
    "ceil": ("(-floor(-(", ")))"),
}
"""A function of one argument → what is written before and behind the argument."""

RENAMED = {name: meant for name, meant in _SAME.items() if meant in MANY}
"""Other names of the functions in MANY."""

REPLACED = {
    "asinh": "log(x + sqrt(x^2 + 1))",
    "arcsinh": "log(x + sqrt(x^2 + 1))",
    "arsinh": "log(x + sqrt(x^2 + 1))",
    "acosh": "log(x + sqrt(x^2 - 1))",
    "arccosh": "log(x + sqrt(x^2 - 1))",
    "arcosh": "log(x + sqrt(x^2 - 1))",
    "atanh": "log((1 + x)/(1 - x))/2",
    "arctanh": "log((1 + x)/(1 - x))/2",
    "artanh": "log((1 + x)/(1 - x))/2",
    "arccot": "pi/2 - atan(x)",
    "coth": "1/tanh(x)",
    "sech": "1/cosh(x)",
    "csch": "1/sinh(x)",
    "sinc": "sin(x)/x",
    "round": "floor(x + 1/2)",
    "trunc": "sign(x)*floor(abs(x))",
    "mod": "x - y*floor(x/y)",
    "pow": "x^y",
    "hypot": "sqrt(x^2 + y^2)",
    "norm": "sqrt(x^2 + y^2)",
    "sqr": "x^2",
    "logit": "log(x/(1 - x))",
    "swish": "x*sigmoid(x)",
    "silu": "x*sigmoid(x)",
    "elu": "max(x, 0) + exp(min(x, 0)) - 1",
    "softsign": "x/(1 + abs(x))",
    "heaviside": "(1 + sign(x))/2",
    "step": "(1 + sign(x))/2",
    "mse": "(prediction - y)^2",
    "mae": "abs(prediction - y)",
}
"""A function that the notation lacks → how it is written, of x (and y)."""

MEANS = frozenset("mean avg average sum mittel expectation".split())
"""What students write around the loss of a row; ``sum`` with one argument."""

PREFIXES = sorted((name for name in WRITTEN if len(name) > 1), key=len, reverse=True)
"""The functions that may stand before their argument without parentheses, longest first."""
