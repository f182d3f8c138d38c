"""Numbers as people write them in tables, and whether a point or a comma precedes the decimals.

``1,024`` is 1024 in one country and 1.024 in another. A cell alone often cannot say which; the
cells of a file together usually can: ``1,024.5``, ``2,5`` or ``1,410,500`` have one meaning.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from gdsim.core.plain_text import quoted
from gdsim.core.problem import Problem

DECIMALS = (".", ",")
BLANKS = " \t\r\n"

# Full-width signs and digits as ASCII; every kind of blank, apostrophe and minus as one.
_PLAIN = str.maketrans(
    {
        **{chr(0xFF01 + place): chr(0x21 + place) for place in range(94)},
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000\t", " "),
        **dict(zip("￡￥￦", "£¥₩", strict=True)),
        **dict.fromkeys("‘’ʼ´`", "'"),
        **dict.fromkeys("−–‒﹣", "-"),
    }
)
_CURRENCY = (
    r"(?:[A-Z]{0,3}[$€£¥₹₩₽₺₪₫₴₦฿₱₡₲₵₸₿]"
    r"|USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|SEK|NOK|DKK|PLN|CZK|HUF|BRL|AUD|CAD"
    r"|Fr\.|Rs\.?|kr\.?|zł|Kč|元|円|원)"
)
_HUNDREDTHS = {"%": 2, "‰": 3}


@cache
def _amount(decimal: str) -> re.Pattern[str]:
    """Digits, in groups or not, with decimals and an exponent or without."""
    point = re.escape(decimal)
    signs = "[' ,]" if decimal == "." else "[' .]"
    groups = rf"[1-9]\d{{0,2}}(?P<sign>{signs})\d{{3}}(?:(?P=sign)\d{{3}})*"
    if decimal == ".":
        groups += r"|[1-9]\d?(?:,\d{2})+,\d{3}"
    return re.compile(
        rf"(?P<groups>{groups})(?:{point}(?P<rest>\d+))?"
        rf"|(?P<digits>\d+(?:{point}\d*)?|{point}\d+)(?:[eE](?P<power>[+-]?\d+))?"
    )


_ROUND = re.compile(
    rf"(?P<minus>[-+]?) ?(?P<before>{_CURRENCY})? ?(?P<minus_behind>[-+]?)(?P<open>\(?)"
    rf" ?(?P<inside>{_CURRENCY})? ?(?P<amount>[\d.,][\d.,' ]*(?:[eE][+-]?\d+)?)"
    rf" ?(?P<share>[%‰]?) ?(?P<close>\)?) ?(?P<after>{_CURRENCY})?"
)


def number(cell: str, decimal: str) -> float | None:
    """The number in a cell; None if it holds anything else, or a number that is not finite.

    Groups of digits may be separated by blanks, apostrophes, or whichever of point and comma does
    not precede the decimals; groups of two digits before the last three are Indian. A currency
    sign is dropped, ``12%`` is 0.12, and ``($5)`` is −5 as accountants write it.
    """
    if "_" not in cell and not (decimal == "," and "." in cell):
        try:
            plain = float(cell.replace(decimal, "."))
        except ValueError:
            pass
        else:
            return plain if abs(plain) < float("inf") else None
    found = _taken_apart(cell)
    if found is None:
        return None
    is_negative, amount, hundredths = found
    match = _amount(decimal).fullmatch(amount)
    if match is None:
        return None
    if match["groups"] is not None:
        digits = re.sub(r"\D", "", match["groups"])
        text, power = f"{digits}.{match['rest'] or 0}", 0
    else:
        text, power = match["digits"].replace(",", "."), int(match["power"] or 0)
    value = float(f"{text}e{power - hundredths}")
    if value == float("inf"):
        return None
    return -value if is_negative else value


def _taken_apart(cell: str) -> tuple[bool, str, int] | None:
    """Whether a cell is negative, its digits with the signs among them, and 2 for per cent."""
    text = cell.translate(_PLAIN).strip()
    match = _ROUND.fullmatch(text)
    if match is None:
        return None
    signs = match["minus"] + match["minus_behind"]
    in_brackets = bool(match["open"])
    currencies = [match[name] for name in ("before", "inside", "after") if match[name]]
    if len(signs) > 1 or len(currencies) > 1 or in_brackets != bool(match["close"]):
        return None
    if in_brackets and (signs or not currencies):
        return None
    return "-" in signs or in_brackets, match["amount"].strip(), _HUNDREDTHS.get(match["share"], 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell and the line of the file in which its row begins, counted from 1."""

    text: str
    line: int


class AmbiguousNumber(Problem):
    """A number that has two meanings: ``readings`` gives its value for each decimal sign."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self.readings = {decimal: _shown(cell, decimal) for decimal in DECIMALS}
        sentence = Problem(
            "line {line} says {cell}, which may be {one} or {other}: say whether a point or a comma"
            " precedes the decimals",
            line=cell.line,
            cell=quoted(cell.text),
            one=self.readings["."],
            other=self.readings[","],
        )
        super().__init__(sentence.template)
        self.fields = sentence.fields


def number_text(value: float) -> str:
    """A number in full, as it was read: 1024, 0.12."""
    return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _shown(cell: Cell, decimal: str) -> str:
    value = number(cell.text, decimal)
    return "" if value is None else number_text(value)


@dataclass
class SignEvidence:
    """What the cells of a file say about the sign before their decimals.

    ``votes`` counts the cells that have one meaning, by decimal sign. ``doubts`` holds the first
    cell with two meanings for each sign in it, and whether a cell of the same column has neither
    sign: 1.024 beside 950 is likely to be 1024.
    """

    votes: Counter[str] = field(default_factory=Counter)
    doubts: dict[str, tuple[Cell, bool]] = field(default_factory=dict)

    def add_column(self, cells: Iterable[str], lines: Sequence[int]) -> None:
        """Take the cells of one column into account, each of a row that begins in this line."""
        doubts: dict[str, Cell] = {}
        has_whole = False
        for text, line in zip(cells, lines, strict=True):
            if "." not in text and "," not in text:
                has_whole = has_whole or number(text, ".") is not None
                continue
            point, comma = number(text, "."), number(text, ",")
            if point is None and comma is None:
                continue
            if comma is None:
                self.votes["."] += 1
            elif point is None:
                self.votes[","] += 1
            elif point != comma:
                doubts.setdefault("." if "." in text else ",", Cell(text, line))
        for sign, cell in doubts.items():
            first, is_mixed = self.doubts.get(sign, (cell, False))
            first = min(first, cell, key=lambda doubted: doubted.line)
            self.doubts[sign] = (first, is_mixed or has_whole)

    @property
    def is_decided(self) -> bool:
        """Whether a cell with one meaning has been seen."""
        return bool(self.votes)

    def decimal(self) -> str:
        """The sign before the decimals, a point where nothing speaks for either."""
        return "," if self.votes[","] > self.votes["."] else "."

    def doubt(self, delimiter: str) -> Cell | None:
        """The first cell with two meanings, if no other cell of the file decides between them.

        Where commas or blanks separate the cells, a column of numbers that all have three digits
        behind a point is written with three decimals.
        """
        if self.is_decided or not self.doubts:
            return None
        if set(self.doubts) == {"."} and delimiter in (",", " ") and not self.doubts["."][1]:
            return None
        return min((cell for cell, _ in self.doubts.values()), key=lambda cell: cell.line)
