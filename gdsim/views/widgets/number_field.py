"""A field for one number, read as the user's language writes it, or as mathematics does."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtWidgets import QWidget

from gdsim.views.widgets.entry_field import EntryField

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")
# Minus signs, and the full stop of Chinese input methods.
_SIGNS = str.maketrans({"−": "-", "–": "-", "。": ".", "\u00a0": None, "\u202f": None, " ": None})
_WORDS_FOR_INFINITE = frozenset({"nan", "inf", "+inf", "-inf", "infinity", "-infinity", "∞", "-∞"})
_LONGEST_ECHO = 24


def number_text(value: float) -> str:
    """The shortest text that reads back as the same number: 0.1, 100, 1e-6, −0.5.

    The sign of an exponent stays as keyboards and programs write it.
    """
    text = repr(float(value)).removesuffix(".0")
    text = re.sub(r"e([+-])0*(\d)", lambda match: f"e{match[1].strip('+')}{match[2]}", text)
    return "−" + text[1:] if text.startswith("-") else text


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which numbers a field takes."""

    minimum: float = -math.inf
    maximum: float = math.inf
    excludes_minimum: bool = False
    whole: bool = False


class NumberField(EntryField):
    """A number with its own judgement of what is one; refused text never reaches the signal."""

    value_entered = Signal(float)

    def __init__(self, bounds: Bounds | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bounds = bounds or Bounds()
        self._value = 0.0
        self._before = 0.0
        self._judged_here = False
        self.line.setMaxLength(64)
        self._show(number_text(self._value))

    @property
    def value(self) -> float:
        """The last good value."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show a number; the same number again leaves alone what the user is typing."""
        if value == self._value and self.is_being_edited:
            return
        self._value = self._before = value
        self._show(number_text(value))

    def set_error(self, sentence: str | None, column: int | None = None) -> None:
        """Say why the number just entered is refused; the one before it is in force again."""
        if sentence:
            self._value = self._before
            self._in_force = number_text(self._value)
        self._judged_here = False
        super().set_error(sentence, column)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._judged_here:
            self._refuse(self.line.text())
        super().changeEvent(event)

    def _submit(self, text: str) -> None:
        if self._refuse(text):
            return
        value = _read(text)
        assert value is not None
        before, self._value = self._value, value
        self._show(number_text(value))
        self._before = before
        if value != before:
            self.value_entered.emit(value)

    def _refuse(self, text: str) -> bool:
        """Show what is wrong with the text, if anything is."""
        sentence = self._objection(text)
        super().set_error(sentence)
        self._judged_here = sentence is not None
        return self._judged_here

    def _objection(self, text: str) -> str | None:
        plain = _plain(text)
        if not plain:
            return self.tr("Type a number, such as 0.1 or 1e-3.")
        if not self._bounds.whole and _GROUPED.fullmatch(plain) and _by_locale(plain) is None:
            return self.tr("The comma is unclear: write {grouped} or {decimal}.").format(
                grouped=plain.replace(",", ""), decimal=plain.replace(",", ".", 1).replace(",", "")
            )
        value = _read(text)
        if value is None and plain.lower() not in _WORDS_FOR_INFINITE:
            shown = text if len(text) <= _LONGEST_ECHO else text[:_LONGEST_ECHO] + "…"
            return self.tr("“{text}” is not a number.").format(text=shown)
        if value is None or not math.isfinite(value):
            return self.tr("The number must be finite.")
        return self._outside(value)

    def _outside(self, value: float) -> str | None:
        bounds = self._bounds
        if bounds.whole and value != int(value):
            return self.tr("The number must be whole.")
        if bounds.excludes_minimum and value <= bounds.minimum:
            return self.tr("The number must be greater than {limit}.").format(
                limit=number_text(bounds.minimum)
            )
        if value < bounds.minimum:
            return self.tr("The number must be at least {limit}.").format(
                limit=number_text(bounds.minimum)
            )
        if value > bounds.maximum:
            return self.tr("The number must be at most {limit}.").format(
                limit=number_text(bounds.maximum)
            )
        return None


def _plain(text: str) -> str:
    """Full-width digits and typographic signs as a keyboard writes them."""
    return unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS).strip()


def _read(text: str) -> float | None:
    """The number, by the user's locale, then by C with a point or a comma; None: not a number."""
    plain = _plain(text)
    by_locale = _by_locale(plain)
    if by_locale is not None:
        return by_locale
    if _GROUPED.fullmatch(plain):
        return float(plain.replace(",", ""))
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    return float(plain) if _NUMBER.fullmatch(plain) else None


def _by_locale(plain: str) -> float | None:
    locale = QLocale()
    # A point as a thousands separator would read the C number 1.234 as 1234.
    locale.setNumberOptions(QLocale.NumberOption.RejectGroupSeparator)
    value, ok = locale.toDouble(plain)
    return value if ok and math.isfinite(value) else None
