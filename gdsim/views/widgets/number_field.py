"""A field for one number, typed as in the user's language or with a decimal point."""

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


def exact_text(value: float) -> str:
    """The shortest text from which the same number is read: 0.1, 100, 1e-6, −0.5.

    The exponent keeps the hyphen as its minus sign, as keyboards and programs write it.
    """
    text = repr(float(value)).removesuffix(".0")
    text = re.sub(r"e([+-])0*(\d)", lambda match: f"e{match[1].strip('+')}{match[2]}", text)
    return "−" + text[1:] if text.startswith("-") else text


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which numbers a field accepts."""

    minimum: float = -math.inf
    maximum: float = math.inf
    excludes_minimum: bool = False
    whole: bool = False


class NumberField(EntryField):
    """A field that checks its text; ``value_entered`` carries only accepted numbers."""

    value_entered = Signal(float)

    def __init__(self, bounds: Bounds | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bounds = bounds or Bounds()
        self._value = 0.0
        self._before = 0.0
        self._has_own_error = False
        self.line.setMaxLength(64)
        self._show(exact_text(self._value))

    @property
    def value(self) -> float:
        """The last accepted number."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show a number. If it is the current one already, the user may go on typing."""
        if value == self._value and self.is_being_edited:
            return
        self._value = self._before = value
        self._show(exact_text(value))

    def set_error(self, sentence: str | None, column: int | None = None) -> None:
        """Show why the number just entered is refused, and go back to the number before it."""
        if sentence:
            self._value = self._before
            self._current_text = exact_text(self._value)
        self._has_own_error = False
        super().set_error(sentence, column)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._has_own_error:
            self._refuse(self.line.text())
        super().changeEvent(event)

    def _submit(self, text: str) -> None:
        if self._refuse(text):
            return
        value = _read(text)
        assert value is not None
        before, self._value = self._value, value
        self._show(exact_text(value))
        self._before = before
        if value != before:
            self.value_entered.emit(value)

    def _refuse(self, text: str) -> bool:
        """Show what is wrong with the text; whether anything is."""
        sentence = self._problem_with(text)
        super().set_error(sentence)
        self._has_own_error = sentence is not None
        return self._has_own_error

    def _problem_with(self, text: str) -> str | None:
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
        return self._problem_with_bounds(value)

    def _problem_with_bounds(self, value: float) -> str | None:
        bounds = self._bounds
        if bounds.whole and value != int(value):
            return self.tr("The number must be whole.")
        if bounds.excludes_minimum and value <= bounds.minimum:
            return self.tr("The number must be greater than {limit}.").format(
                limit=exact_text(bounds.minimum)
            )
        if value < bounds.minimum:
            return self.tr("The number must be at least {limit}.").format(
                limit=exact_text(bounds.minimum)
            )
        if value > bounds.maximum:
            return self.tr("The number must be at most {limit}.").format(
                limit=exact_text(bounds.maximum)
            )
        return None


def _plain(text: str) -> str:
    """The text with full-width digits and typographic signs replaced by those of a keyboard."""
    return unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS).strip()


def _read(text: str) -> float | None:
    """Read a number as in the user's locale, or with a decimal point or comma; else None."""
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
    # Without this, a locale whose thousands separator is a point would read 1.234 as 1234.
    locale.setNumberOptions(QLocale.NumberOption.RejectGroupSeparator)
    value, ok = locale.toDouble(plain)
    return value if ok and math.isfinite(value) else None
