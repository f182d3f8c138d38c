"""Words, functions and roots of a typed formula in the notation."""

from __future__ import annotations

import re

from gdsim.core.formula.names import ACCENTS
from gdsim.core.formula.tokens import shortened
from gdsim.core.problem import Problem
from gdsim.core.typed.characters import Characters, at, text_of
from gdsim.core.typed.exponents import check_exponent
from gdsim.core.typed.functions import MANY, MEANS, PREFIXES, RENAMED, REPLACED, WRITTEN
from gdsim.core.typed.scanner import GREEK, NUMBER, POWER, RAISED, WORD, Scanner, without_argument
from gdsim.core.typed.words import Words

PREDICTION_NAMES = frozenset("yhat ypred y_pred pred predicted predictions y_predicted".split())
"""What students call the model's value, beside y with a hat."""

_HAT = ACCENTS["hat"]
_ROOTS = {"√": ("sqrt(", ")"), "∛": ("((", ")^(1/3))"), "∜": ("((", ")^(1/4))")}
_INVERSES = {"sin": "asin", "cos": "acos", "tan": "atan", "log": "exp", "exp": "log"}
_SIGMA = re.compile(r"σ|(?<![A-Za-z0-9_])sigma(?![A-Za-z0-9_])")
_SIGMA_ALONE = re.compile(rf"({_SIGMA.pattern})(?!\s*\()")
_BELOW = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")


class Rewriter(Scanner):
    """Rewrites characters of which all signs are those of the notation, bare roots aside.

    Parameters
    ----------
    characters : as :mod:`gdsim.core.typed.characters` leaves them.
    words : which names are known.
    hats : the names whose estimate is the prediction, such as y; empty where there is no model.
    is_loss_of_row : whether this is the loss of a row, of which no mean is to be taken.

    Raises
    ------
    Problem : by :meth:`rewritten`, where something can be read in two ways.
    """

    def __init__(
        self, characters: Characters, words: Words, hats: frozenset[str], is_loss_of_row: bool
    ) -> None:
        super().__init__(characters)
        self._words = words
        self._hats = hats
        self._is_loss_of_row = is_loss_of_row

    def rewritten(self) -> Characters:
        """The characters in the notation."""
        return self._until(len(self.characters))

    def _until(self, stop: int) -> Characters:
        result: Characters = []
        while self.place < stop:
            result += self._next()
        return result

    def _next(self) -> Characters:
        number = self.match(NUMBER)
        if number:
            return self.take(len(number))
        sign = self.text[self.place]
        if sign in _ROOTS:
            return self._root(sign)
        if sign in "σΣ" and self.following(self.place + 1) == "(":
            return self._applied_sigma(1) if sign == "σ" else self._applied_word("Σ")
        if sign == "^" or self.text.startswith("**", self.place):
            check_exponent(self, self._words)
            return self.take(1 if sign == "^" else 2)
        word = self.match(WORD)
        return self._applied_word(word) if word else self.take(1)

    # Words

    def _applied_word(self, word: str) -> Characters:
        end = self.place + len(word)
        is_applied = self.following(end) == "("
        lower = word.lower()
        if self._hats and self._is_estimate(word, end):
            column = self.column()
            self.place = end + (self.text[end : end + 1] == _HAT)
            return at(column, "prediction")
        if is_applied and self._is_loss_of_row and (lower in MEANS or word == "Σ"):
            self._refuse_mean(word, end)
        if self._words.is_known(word) or word == "Σ":
            return self.take(len(word))
        if word == "sigma" and is_applied:
            return self._applied_sigma(len(word))
        if lower in WRITTEN:
            return self._function(*self._with_base_below(lower, end))
        if lower in MANY or (lower in RENAMED and is_applied):
            column = self.column()
            self.place = end
            return at(column, RENAMED.get(lower, lower))
        base = re.fullmatch(r"log_?([A-Za-z]|[0-9]+)", word)
        if base is not None and is_applied:
            return self._logarithm(base[1], end)
        if lower in REPLACED and self._has_argument(end) and not self._words.is_whole(word):
            raise Problem(
                "{name} at column {column} is not part of the notation; write {instead}",
                name=word,
                column=self.column(),
                instead=REPLACED[lower],
            )
        return self._plain_word(word, end, is_applied)

    def _is_estimate(self, word: str, end: int) -> bool:
        """Whether the word is the model's value: ŷ, ``y_hat``, ``pred``."""
        name = f"{word}_hat" if self.text[end : end + 1] == _HAT else word
        if self._words.is_known(name):
            return False
        target = name.removesuffix("_hat")
        return name.lower() in PREDICTION_NAMES or (target != name and target in self._hats)

    def _plain_word(self, word: str, end: int, is_applied: bool) -> Characters:
        """A word that is no function by itself."""
        words, column = self._words, self.column()
        if word in ("PI", "Pi"):
            self.place = end
            return at(column, "pi")
        if not words.is_whole(word):
            before = words.function_before(word)
            if before is not None:
                return self._function(before[0], len(before[0]))
            size = words.symbol_before_function(word)
            is_function_last = word[size:].lower() in PREFIXES
            if size and (not is_function_last or self._has_argument(end)):
                return [*self.take(size), *at(self.column(), "*")]
            unclear = words.unclear_function(word)
            if unclear is not None and not is_applied:
                name, (one, other) = unclear[0], tuple(unclear[1])
                before_it, behind_it = WRITTEN[name]
                raise self.two_ways(
                    word,
                    f"{before_it}{one}{behind_it}*{other}",
                    f"{before_it}{one}*{other}{behind_it}",
                )
        symbols = words.symbols(word)
        if is_applied and len(symbols) > 1 and not re.search(r"[0-9]$", word):
            return self.take(len(word))  # an unknown function, which is refused as such
        return self._product(symbols)

    def _has_argument(self, end: int) -> bool:
        return re.match(r"\s*\(|\s+[A-Za-z0-9.√]|[⁰¹²³⁴⁵⁶⁷⁸⁹^]", self.text[end:]) is not None

    def _product(self, symbols: list[str]) -> Characters:
        result: Characters = []
        for symbol in symbols:
            if result:
                result += at(self.column(), "*")
            if symbol == "E" and not self._words.is_known(symbol):
                behind = self.text[self.place + 1 :]
                if not re.match(r"\s*(\^|\*\*)|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]", behind):
                    raise self.two_ways("E", "e", "E1")
                result += at(self.column(), "e")
                self.place += 1
            else:
                result += self.take(len(symbol))
        return result

    def _applied_sigma(self, size: int) -> Characters:
        if self._words.is_known("sigma"):
            return self.take(size)
        if _SIGMA_ALONE.search(self.text):
            raise self.two_ways("σ(…)", "sigmoid(…)", "σ*(…)")
        column = self.column()
        self.place += size
        return at(column, "sigmoid")

    def _refuse_mean(self, word: str, end: int) -> None:
        opening = self.text.index("(", end)
        closing = self.closing(opening)
        if word.lower() == "sum" and "," in self.text[opening:closing]:
            return
        raise Problem(
            "{name} at column {column} is not needed: the loss is that of one row, and gdsim takes"
            " the mean over the rows; write {instead}",
            name=word,
            column=self.column(),
            instead=shortened(self.text[opening + 1 : closing].strip()),
        )

    # Functions

    def _function(self, name: str, size: int) -> Characters:
        """A function of one argument, with a power before the argument, or with a bare one."""
        column, start = self.column(), self.place
        self.place += size
        power = self._power(name)
        end = self.place
        self.skip_blanks()
        if self.text[self.place : self.place + 1] == "(":
            inside = self._in_parentheses(name)
        else:
            bare = self._bare_argument(name, has_blank=self.place > end)
            if bare is None:
                raise without_argument(self.text[start : start + size], column)
            inside = bare
        before, behind = WRITTEN[name]
        if "," in text_of(inside) and name == "log":
            inside = _of_base(inside, column)
            before, behind = "(log(", "))"
        return [*at(column, before), *inside, *at(self.column(self.place - 1), behind), *power]

    def _with_base_below(self, name: str, end: int) -> tuple[str, int]:
        """A function and its length; log₂ and log₁₀ are log2 and log10."""
        below = re.match("[₀₁₂₃₄₅₆₇₈₉]+", self.text[end:]) if name == "log" else None
        based = name + below.group().translate(_BELOW) if below is not None else name
        if below is None or based not in WRITTEN:
            return name, end - self.place
        return based, end - self.place + len(below.group())

    def _in_parentheses(self, name: str) -> Characters:
        opening = self.place
        closing = self.closing(opening)
        if closing == len(self.text):
            raise Problem(
                "the parenthesis opened at column {column} is never closed",
                column=self.column(opening),
            )
        self.place += 1
        inside = self._until(closing)
        self.place = closing + 1
        return inside

    def _logarithm(self, base: str, end: int) -> Characters:
        """log_a(x) as (log(x)/log(a))."""
        column = self.column()
        self.place = self.text.index("(", end)
        inside = self._in_parentheses("log")
        return [*at(column, "(log("), *inside, *at(column, f")/log({base}))")]

    def _power(self, name: str) -> Characters:
        """The power between a function and its argument, as in sin²(x), to be written behind."""
        column = self.column()
        raised = self.match(RAISED)
        match = POWER.match(self.text, self.place)
        if raised:
            exponent = raised.translate(_DIGITS)
            self.place += len(raised)
        elif match is not None:
            if match[2] == "(":
                opening = match.end() - 1
                closing = self.closing(opening)
                exponent = self.text[opening + 1 : closing].strip()
                self.place = min(closing + 1, len(self.text))
            else:
                exponent = match[2]
                self.place = match.end()
        else:
            return []
        written = WRITTEN[name][0].strip("(")
        if re.fullmatch(r"[-−–]\s*1", exponent) and written in _INVERSES:
            raise self.two_ways(
                f"{name}^(-1)", f"{_INVERSES[written]}(x)", f"1/{written}(x)", column
            )
        if re.fullmatch(r"[0-9]+", exponent) or self._words.is_symbol(exponent):
            return at(column, f"^{exponent}")
        raise without_argument(name, column)

    def _bare_argument(self, name: str, *, has_blank: bool) -> Characters | None:
        """The argument of ``sin 2x``: factors side by side, up to a blank or another sign."""
        start = self.place
        result: Characters = []
        if has_blank and self.match(re.compile(r"[-−–](?=\S)")):
            result += self.take(1)
        number = self.match(NUMBER)
        if number:
            result += self.take(len(number)) + self._exponent()
        while True:
            sign = self.text[self.place : self.place + 1]
            word, greek = self.match(WORD), self.match(GREEK)
            is_first = not text_of(result).strip("-−–")
            if sign in _ROOTS or (word and self._words.is_function(word)):
                if not is_first:
                    break
                result += self._next()
                break
            if not word and not greek:
                break
            if word and result and text_of(result)[-1].isalnum() and not number:
                result += at(self.column(), "*")
            result += self._argument_word(word) if word else self.take(len(greek))
            result += self._exponent()
        if not text_of(result).strip("-−–"):
            self.place = start
            return None
        self._check_end_of_argument(name, text_of(result))
        return result

    def _argument_word(self, word: str) -> Characters:
        """A word of a bare argument, up to a function that follows it."""
        size = self._words.symbol_before_function(word)
        if size and not self._words.is_whole(word):
            return self.take(size)
        return self._product(["pi"] if word in ("PI", "Pi") else self._words.symbols(word))

    def _exponent(self) -> Characters:
        """The power behind a factor of a bare argument."""
        raised = self.match(RAISED)
        match = POWER.match(self.text, self.place)
        if raised or match is None:
            return self.take(len(raised))
        check_exponent(self, self._words)
        if match[2] != "(":
            return self.take(match.end() - self.place)
        before = self.take(match.end() - self.place)
        inside = self._until(self.closing(match.end() - 1))
        return [*before, *inside, *self.take(1)]

    def _check_end_of_argument(self, name: str, argument: str) -> None:
        """Refuse what may belong to the argument or not, as in ``sin x/2`` and ``sin x y``."""
        rest = self.text[self.place :]
        following = re.match(r"([*/·×÷⋅]|\s*(?=\())\s*([A-Za-z0-9.]+|\S)|\s+([A-Za-z0-9.]+)", rest)
        if following is None or not following.group().strip():
            greek = re.match(rf"\s+({GREEK.pattern})", rest)
            if greek is None:
                return
            sign, other = "*", greek[1]
        else:
            other = following[2] or following[3]
            if following[3] and self._words.is_function(following[3]):
                return
            sign = (following[1] or "").strip() or "*"
        other = "(…)" if other == "(" else other
        before, behind = WRITTEN[name]
        raise self.two_ways(
            f"{name} {argument.strip()}",
            f"{before}{argument}{behind}{sign}{other}",
            f"{before}{argument}{sign}{other}{behind}",
        )

    # Roots

    def _root(self, sign: str) -> Characters:
        column = self.column()
        before, behind = _ROOTS[sign]
        if self.following(self.place + 1) == "(":
            if sign == "√":
                return self.take(1)
            self.place += 1
            self.skip_blanks()
            return [*at(column, before), *self._in_parentheses(sign), *at(column, behind)]
        self.place += 1
        self.skip_blanks()
        word, start = self.match(WORD), self.place
        if self.text[start : start + 1] in _ROOTS or (word and self._words.is_function(word)):
            inside = self._next()
        elif word:
            symbols = self._words.symbols(word)
            if len(symbols) > 1:
                raise self._root_in_two_ways(sign, symbols[0], "*", "*".join(symbols[1:]), column)
            inside = self._product(symbols)
        else:
            inside = self.take(len(self.match(NUMBER) or self.match(GREEK)))
        if not inside:
            return at(column, "√")  # refused with its column by the parser
        following = re.match(r"\^.|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|\w+|\(", self.text[self.place :])
        if following is not None and not following.group().startswith(")"):
            other = following.group().translate(_DIGITS)
            is_power = following.group()[0] in "^⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
            joint = "" if other[0] == "^" else "^" if is_power else "*"
            other = "(…)" if other == "(" else other
            raise self._root_in_two_ways(sign, text_of(inside), joint, other, column)
        return [*at(column, before), *inside, *at(column, behind)]

    def _root_in_two_ways(
        self, sign: str, inside: str, joint: str, other: str, column: int
    ) -> Problem:
        before, behind = _ROOTS[sign]
        return self.two_ways(
            f"{sign}{inside}{other}" if joint != "^" else f"{sign}{inside}^{other}",
            f"{before}{inside}{behind}{joint}{other}",
            f"{before}{inside}{joint}{other}{behind}",
            column,
        )


def _of_base(inside: Characters, column: int) -> Characters:
    """The arguments of log(x, 2) with what stands between them in log(x)/log(2)."""
    comma = next(place for place, each in enumerate(inside) if each.text == ",")
    return [*inside[:comma], *at(column, ")/log("), *inside[comma + 1 :]]
