"""LaTeX and plain Unicode of a tree, in the order in which it was typed.

It is written by hand because SymPy's printer sorts and simplifies what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gdsim.core.formula.expression import (
    Call,
    Constant,
    Name,
    Negate,
    Node,
    Number,
    Power,
    Product,
    Sum,
)
from gdsim.core.formula.names import latex_name, plain_name

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_LATEX_FUNCTIONS = {
    "asin": r"\arcsin",
    "acos": r"\arccos",
    "atan": r"\arctan",
    "sign": r"\operatorname{sign}",
    "step": r"\operatorname{step}",
    "heaviside": r"\operatorname{heaviside}",
    "share": r"\operatorname{share}",
    "sigmoid": r"\operatorname{sigmoid}",
    "softplus": r"\operatorname{softplus}",
    "relu": r"\operatorname{ReLU}",
    "leaky_relu": r"\operatorname{leaky\_relu}",
    "huber": r"\operatorname{huber}",
    "crossentropy": r"\operatorname{crossentropy}",
}


def number_latex(text: str) -> str:
    """A number as typed; ``1e-3`` is typeset as a power of ten."""
    match = re.fullmatch(r"([\d.]+)[eE]([+-]?\d+)", text)
    if match is None:
        return text
    power = f"10^{{{int(match[2])}}}"
    return power if float(match[1]) == 1 else f"{match[1]} \\cdot {power}"


def number_text(value: float) -> str:
    """The shortest decimal that reads back as the same number, whole numbers without a point."""
    if value == int(value) and abs(value) < 1e16:
        return str(int(value))
    return repr(value)


def _number(node: Number) -> str:
    return number_latex(node.text or number_text(node.value))


def latex(node: Node) -> str:
    """The LaTeX of a tree."""
    return _latex(node, _SUM)


def latex_factor(node: Node) -> str:
    """The LaTeX of a tree that follows another factor."""
    return _latex(node, _PRODUCT)


def _wrapped(inside: str, own: int, needed: int) -> str:
    return inside if own >= needed else rf"\left({inside}\right)"


def _latex(node: Node, needed: int) -> str:
    match node:
        case Number(_, name) if name[:1].isalpha():
            return latex_name(name)
        case Number():
            text = _number(node)
            own = _SUM if text.startswith("-") else _PRODUCT if r"\cdot" in text else _ATOM
            if "^" in text:
                own = min(own, _POWER)
            return _wrapped(text, own, needed)
        case Constant(name):
            return r"\pi" if name == "pi" else r"\mathrm{e}"
        case Name(name):
            return latex_name(name)
        case Negate(operand):
            return _wrapped("-" + _latex(operand, _PRODUCT), _SUM, needed)
        case Sum(terms, typed):
            if typed is not None:
                return _latex(typed, needed)
            return _wrapped(_sum_latex(terms), _SUM, needed)
        case Product(factors):
            return _wrapped(_product_latex(factors), _PRODUCT, needed)
        case Power(base, exponent):
            raised = _latex(base, _ATOM)
            if isinstance(base, Power):
                raised = rf"\left({_latex(base, _SUM)}\right)"
            return _wrapped(f"{{{raised}}}^{{{_latex(exponent, _SUM)}}}", _POWER, needed)
        case Call("sum", (index, first, last, term)):
            below = f"{_latex(index, _SUM)}={_latex(first, _SUM)}"
            whole = rf"\sum_{{{below}}}^{{{_latex(last, _SUM)}}} {_latex(term, _PRODUCT)}"
            return _wrapped(whole, _PRODUCT, needed)
        case Call("power_log" | "gated_power"):
            return _latex(_written_out(node), needed)
        case Call(function, arguments):
            return _call_latex(function, arguments, needed)


def _written_out(node: Call) -> Node:
    """A power of a derivative as it is written, without the rule for its value at 0."""
    base, exponent, *others = node.arguments
    if node.function == "gated_power":
        is_root = exponent == Product(((1, Number(1.0)), (-1, Number(2.0))))
        return Call("sqrt", (base,)) if is_root else Power(base, exponent)
    times, log = others[0], Call("log", (base,))
    power = Power(base, exponent)
    if times == Number(0.0):
        return power
    return Product(((1, power), (1, log if times == Number(1.0) else Power(log, times))))


def _sum_latex(terms: tuple[tuple[int, Node], ...]) -> str:
    text = ""
    for index, (sign, term) in enumerate(terms):
        inside = _latex(term, _SUM if index == 0 and sign > 0 else _PRODUCT)
        operator = "" if index == 0 and sign > 0 else "-" if index == 0 else _operator(sign)
        text += operator + inside
    return text


def _operator(sign: int) -> str:
    return " + " if sign > 0 else " - "


def _product_latex(factors: tuple[tuple[int, Node], ...]) -> str:
    """Left to right, as typed: a/b*c is the fraction a over b, times c."""
    over: list[Node] = []
    under: list[Node] = []
    pieces: list[str] = []

    def close() -> None:
        if under:
            pieces.append(rf"\frac{{{_row(over) or '1'}}}{{{_row(under)}}}")
        elif over:
            pieces.append(_row(over))
        over.clear()
        under.clear()

    for power, factor in factors:
        if power > 0 and under:
            close()
        (over if power > 0 else under).append(factor)
    close()
    text = pieces[0]
    for piece in pieces[1:]:
        text += (r" \cdot " if piece[:1].isdigit() or piece[:2] == "{1" else " ") + piece
    return text


def _row(factors: list[Node]) -> str:
    """Factors side by side, with a dot where two numbers would run together."""
    if len(factors) == 1:
        return _latex(factors[0], _SUM if isinstance(factors[0], Sum | Negate) else _PRODUCT)
    text = ""
    for index, factor in enumerate(factors):
        needed = _PRODUCT if index == 0 else _POWER
        if isinstance(factor, Sum) and factor.typed is not None:
            # A factor behind a Σ would be read as part of its term.
            needed = _PRODUCT if factor is factors[-1] else _POWER
        inside = _latex(factor, needed)
        starts_with_digit = inside[:1].isdigit() or inside[:2] == "{1" or _is_digit_power(factor)
        if index and (starts_with_digit or _both_words(factors[index - 1], factor)):
            text += r" \cdot "
        elif index:
            text += r" \, " if _ends_with_function(factors[index - 1]) else " "
        text += inside
    return text


def _is_digit_power(node: Node) -> bool:
    return isinstance(node, Power) and isinstance(node.base, Number)


def _is_word(node: Node) -> bool:
    return isinstance(node, Name) and r"\mathrm" in latex_name(node.name)[:8]


def _both_words(left: Node, right: Node) -> bool:
    return _is_word(left) or _is_word(right)


def _ends_with_function(node: Node) -> bool:
    return isinstance(node, Call) and node.function not in ("sqrt", "abs")


def _call_latex(function: str, arguments: tuple[Node, ...], needed: int) -> str:
    inside = ", ".join(_latex(argument, _SUM) for argument in arguments)
    match function:
        case "sqrt":
            return rf"\sqrt{{{inside}}}"
        case "abs":
            return rf"\left|{inside}\right|"
        case "floor":
            return rf"\left\lfloor {inside} \right\rfloor"
        case "exp":
            return _wrapped(f"\\mathrm{{e}}^{{{inside}}}", _POWER, needed)
        case _:
            return _LATEX_FUNCTIONS.get(function, f"\\{function}") + rf"\left({inside}\right)"


def plain(
    node: Node,
    name: Callable[[str], str] = plain_name,
    number: Callable[[float], str] | None = None,
) -> str:
    """The tree on one line of Unicode, readable by :func:`gdsim.core.formula.notation.parse` again.

    Parameters
    ----------
    name : how a name is written; the step readout passes a function that writes its value.
    number : how a number is written; by default as typed.
    """
    return _Plain(name, number).text(node, _SUM)


def plain_factor(node: Node) -> str:
    """The tree on one line of Unicode, for use behind another factor."""
    return _Plain(plain_name, None).text(node, _PRODUCT)


class _Plain:
    """One line of text: a·b, a/b, √(…), with parentheses where precedence needs them."""

    def __init__(self, name: Callable[[str], str], number: Callable[[float], str] | None) -> None:
        self._name = name
        self._number = number

    def text(self, node: Node, needed: int) -> str:
        match node:
            case Number(value, typed):
                if self._number is not None:
                    return self._signed(self._number(value), needed)
                is_name = typed[:1].isalpha()
                return self._signed(
                    plain_name(typed) if is_name else typed or number_text(value), needed
                )
            case Constant(name):
                return "π" if name == "pi" else "e"
            case Name(name):
                return self._signed(self._name(name), needed)
            case Negate(operand):
                return self._wrap("−" + self.text(operand, _PRODUCT), _SUM, needed)
            case Sum(_, typed) if typed is not None and self._number is None:
                return self.text(typed, needed)
            case Sum(terms):
                return self._wrap(self._sum(terms), _SUM, needed)
            case Product(factors):
                return self._wrap(self._product(factors), _PRODUCT, needed)
            case Power(base, exponent):
                # A negative or another power as base, and any compound exponent, need parentheses.
                raised = self.text(base, _ATOM)
                return self._wrap(f"{raised}^{self.text(exponent, _ATOM)}", _POWER, needed)
            case Call("power_log" | "gated_power"):
                return self.text(_written_out(node), needed)
            case Call(function, arguments):
                inside = ", ".join(self.text(argument, _SUM) for argument in arguments)
                return f"{'√' if function == 'sqrt' else function}({inside})"

    def _signed(self, text: str, needed: int) -> str:
        """A value in place of a name, in parentheses where it starts with a sign or has a power."""
        if text.startswith(("−", "-")) and needed > _SUM:
            return f"({text})"
        return f"({text})" if needed == _ATOM and "e" in text and text[:1].isdigit() else text

    def _wrap(self, inside: str, own: int, needed: int) -> str:
        return inside if own >= needed else f"({inside})"

    def _sum(self, terms: tuple[tuple[int, Node], ...]) -> str:
        text = ""
        for index, (sign, term) in enumerate(terms):
            if index == 0:
                text = self.text(term, _SUM) if sign > 0 else "−" + self.text(term, _PRODUCT)
            else:
                text += (" + " if sign > 0 else " − ") + self.text(term, _PRODUCT)
        return text

    def _product(self, factors: tuple[tuple[int, Node], ...]) -> str:
        text = ""
        for index, (power, factor) in enumerate(factors):
            if index == 0:
                text = (
                    self.text(factor, _PRODUCT) if power > 0 else f"1/{self.text(factor, _POWER)}"
                )
            else:
                text += ("·" if power > 0 else "/") + self.text(factor, _POWER)
        return text
