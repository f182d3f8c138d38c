"""The characters of a typed formula, each with its column, and the signs that are one character.

Vulgar fractions, raised and lowered letters, bars and braces are rewritten here, so that what
follows sees letters, numbers, operators and parentheses only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from gdsim.core.formula.names import ACCENTS
from gdsim.core.problem import Problem

FUNCTION_BEFORE = re.compile(r"(sqrt|exp|log|ln|lg|a?(?:rc)?(?:sin|cos|tan)h?)\s*$", re.IGNORECASE)

_LIKE = {
    **dict.fromkeys("∣￨", "|"),
    **dict.fromkeys("∥", "‖"),
    **dict.fromkeys("•∘", "·"),
    **dict.fromkeys("⁄", "/"),
    **dict.fromkeys("ˆ", "^"),
    **dict.fromkeys("≔", "="),
}
_OPENING = {"[": "(", "{": "(", "⌊": "floor(", "⌈": "(-floor(-("}
_CLOSING = {"]": ")", "}": ")", "⌋": ")", "⌉": ")))"}


@dataclass(frozen=True, slots=True)
class Character:
    """One character, and the column at which it was typed, counted from 1."""

    text: str
    column: int


Characters = list[Character]


def text_of(characters: Iterable[Character]) -> str:
    """The characters as a text."""
    return "".join(character.text for character in characters)


def at(column: int, text: str) -> Characters:
    """Characters that were written for what was typed at this column."""
    return [Character(each, column) for each in text]


def typed(text: str) -> Characters:
    """The characters of a text, full-width ones and other spellings of a sign in plain form."""
    return [
        Character(part, column)
        for column, each in enumerate(text, start=1)
        for part in _with_accent_apart(_plain(each))
    ]


def _with_accent_apart(character: str) -> str:
    """ŷ as y and a hat."""
    apart = unicodedata.normalize("NFD", character)
    return apart if apart[1:] in ACCENTS.values() else character


def is_of_the_notation(text: str) -> bool:
    """Whether all spellings of signs in the text are known to the notation itself."""
    return not any(character in _LIKE for character in text)


def _plain(character: str) -> str:
    if character in _LIKE:
        return _LIKE[character]
    if unicodedata.decomposition(character).startswith(("<super>", "<sub>", "<fraction>")):
        return character
    normal = unicodedata.normalize("NFKC", character)
    return normal if len(normal) == 1 else character


def is_operand_end(text: str) -> bool:
    """Whether an operand ends with this text, so that what follows multiplies it."""
    last = text.rstrip()[-1:]
    return bool(last) and (last in ")}]!_" or last.isalnum() or unicodedata.combining(last) > 0)


def with_plain_signs(characters: Characters) -> Characters:
    """The characters with fractions, raised letters, brackets and bars in the notation.

    Raises
    ------
    Problem : where a sign has no meaning here; the sentence says what to type instead.
    """
    _refuse_signs(characters)
    return _without_bars(_with_parentheses(_with_fractions(_with_raised(characters))))


def _refuse_signs(characters: Characters) -> None:
    text = text_of(characters)
    for place, each in enumerate(characters):
        if each.text == "!" and text[place + 1 : place + 2] != "=":
            raise Problem(
                "the factorial at column {column} has no derivative; write a number for it, such"
                " as 6 for 3!",
                column=each.column,
            )
        if each.text == "‖" or re.match(r"\|\|[^|]+\|\|", text[place:]):
            raise Problem(
                "the norm at column {column} is to be written out, such as sqrt(x^2 + y^2)",
                column=each.column,
            )
        if each.text in "∑∏∫":
            raise Problem(
                "{symbol} at column {column} is not part of the notation; a sum is written as"
                " sum(j, 1, 4, a_j*x^j)",
                symbol=each.text,
                column=each.column,
            )


def _raised_or_lowered(character: str) -> tuple[str, str] | None:
    """("^" or "_", plain character) of a superscript or subscript."""
    kind, *codes = unicodedata.decomposition(character).split() or [""]
    if kind not in ("<super>", "<sub>") or len(codes) != 1:
        return None
    plain = chr(int(codes[0], 16)).replace("−", "-")
    return ("^" if kind == "<super>" else "_"), plain


def _with_raised(characters: Characters) -> Characters:
    """eˣ as e^(x) and θₜ as θ_t; raised and lowered digits are part of the notation already."""
    result: Characters = []
    place = 0
    while place < len(characters):
        marked = _raised_or_lowered(characters[place].text)
        if marked is None:
            result.append(characters[place])
            place += 1
            continue
        sign, end, inside = marked[0], place, ""
        while end < len(characters):
            following = _raised_or_lowered(characters[end].text)
            if following is None or following[0] != sign:
                break
            inside += following[1]
            end += 1
        if re.fullmatch(r"[-+]?[0-9]+", inside):
            result += characters[place:end]
        elif sign == "^":
            result += at(characters[place].column, f"^({inside})")
        else:
            result += at(characters[place].column, f"_{inside}")
        place = end
    return result


def _with_fractions(characters: Characters) -> Characters:
    result: Characters = []
    for each in characters:
        kind, *codes = unicodedata.decomposition(each.text).split() or [""]
        if kind != "<fraction>":
            result.append(each)
            continue
        over, _, under = "".join(chr(int(code, 16)) for code in codes).partition("⁄")
        before = text_of(result).rstrip()
        if before[-1:].isdigit() and re.search(r"(?<![A-Za-z_])[0-9.]+$", before):
            number = re.search(r"[0-9.]+$", before)
            whole = number.group() if number else ""
            raise _two_ways(
                whole + each.text,
                each.column,
                f"({whole} + {over}/{under})",
                f"{whole}*{over}/{under}",
            )
        result += at(each.column, f"({over}/{under})")
    return result


def _two_ways(what: str, column: int, first: str, second: str) -> Problem:
    return Problem(
        "{text} at column {column} can be read in two ways; write {first} or {second}",
        text=what,
        column=column,
        first=first,
        second=second,
    )


def _with_parentheses(characters: Characters) -> Characters:
    """Braces, brackets and floor signs as parentheses; braces below a name are left out."""
    result: Characters = []
    waiting: list[str] = []
    for each in characters:
        before = text_of(result[-1:])
        if each.text == "[" and re.search(r"[A-Za-z0-9_]$", before):
            raise Problem(
                "brackets, as at column {column}, are not used for an index; write it as in x1"
                " or x_1",
                column=each.column,
            )
        if each.text == "{" and before == "_":
            waiting.append("")
        elif each.text in _OPENING:
            waiting.append(_CLOSING[{"[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉"}[each.text]])
            opening = _OPENING[each.text]
            blank = " " if opening[0].isalpha() and is_operand_end(before) else ""
            result += at(each.column, blank + opening)
        elif each.text in _CLOSING:
            result += at(each.column, waiting.pop() if waiting else ")")
        else:
            result.append(each)
    return result


def _without_bars(characters: Characters) -> Characters:
    """|x| as abs(x).

    A bar closes where one is open and an operand stands before it, otherwise it opens.

    Raises
    ------
    Problem : where the bars do not pair.
    """
    result: Characters = []
    opened: list[int] = []
    for each in characters:
        if each.text != "|":
            result.append(each)
            continue
        before = text_of(result)
        is_function = FUNCTION_BEFORE.search(before[-16:]) is not None
        if opened and is_operand_end(before) and not is_function:
            opened.pop()
            result += at(each.column, ")")
        else:
            opened.append(each.column)
            blank = " " if re.search(r"\w$", before) else ""
            result += at(each.column, blank + "abs(")
    if opened:
        raise Problem(
            "the bar at column {column} has no second bar; write abs(…)", column=opened[0]
        )
    return result
