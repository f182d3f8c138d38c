"""Blackboard notation: a typed formula is read into a small tree of allowed nodes.

Nothing here evaluates code. A text is cut into tokens (:mod:`gdsim.core.formula.tokens`), the
tokens are parsed by precedence (:mod:`gdsim.core.formula.parser`) into the node classes of
:mod:`gdsim.core.formula.expression`, and anything else is refused with its column.

The parser is written by hand because ready-made evaluators can be made to run code, and so that
every refusal names its column.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gdsim.core.formula.expression import Node, check_constants, count_nodes, names_in
from gdsim.core.formula.names import natural_order
from gdsim.core.formula.parser import MAX_NODES, Parser
from gdsim.core.formula.tokens import is_name, shortened, tokenize
from gdsim.core.problem import Problem

MAX_LENGTH = 4_000


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula that has been read: its text, its tree and the names it uses.

    ``names`` are in natural order (theta2 before theta10), constants and functions left out.
    """

    text: str
    root: Node
    names: tuple[str, ...]

    def latex(self) -> str:
        """The formula typeset in the order in which it was typed."""
        from gdsim.core.formula.latex import latex

        return latex(self.root)


def parse(
    text: str, names: Collection[str] | None = None, extra_functions: Collection[str] = ()
) -> Expression:
    """Read a formula.

    Parameters
    ----------
    text : for instance ``"(1 - x)^2 + 100(y - x²)²"``.
    names : the names that may occur; with None every well-formed name is accepted.
    extra_functions : functions allowed here beyond the usual ones (``crossentropy`` in the loss
        of a row).

    Raises
    ------
    Problem : one sentence with the column of the first thing that cannot be read.
    """
    if not isinstance(text, str) or not text.strip():
        raise Problem("the formula is empty")
    if len(text) > MAX_LENGTH:
        raise Problem(
            "the formula has {length} characters; at most {most} are read",
            length=len(text),
            most=MAX_LENGTH,
        )
    root = Parser(tokenize(text), names, frozenset(extra_functions)).parse()
    if count_nodes(root) > MAX_NODES:
        raise Problem("the formula has more than {most} operations", most=MAX_NODES)
    check_constants(root)
    found = names_in(root)
    if names is None:
        _refuse_run_together(found)
    return Expression(text, root, tuple(sorted(found, key=natural_order)))


def canonical_name(text: str) -> str:
    """A name as the tree spells it: ``θ₁`` and ``theta_1`` are ``theta1``.

    Raises
    ------
    Problem : where the text is not one name.
    """
    is_short = isinstance(text, str) and text.strip() and len(text) <= MAX_LENGTH
    tokens = tokenize(text) if is_short else []
    if len(tokens) != 2 or tokens[0].kind != "name" or not is_name(tokens[0].text):
        raise Problem("{text} is not a name", text=shortened(str(text).strip()))
    return tokens[0].text


def _refuse_run_together(found: Collection[str]) -> None:
    """Refuse ``xy`` beside x and y: it is a product without its sign, not a third parameter."""
    for name in sorted(found):
        if len(name) > 1 and set(name) <= set(found):
            raise Problem(
                "{name} would be a parameter of its own; the product is written {product}",
                name=name,
                product="*".join(name),
            )
