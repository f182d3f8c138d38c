"""The languages of the window: one entry for each, and nothing else lists them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLocale

from gdsim.core.catalogue.toml_fields import ENGLISH


@dataclass(frozen=True, slots=True)
class Language:
    """A language in which the window can be shown.

    Its sentences are in ``resources/i18n/gdsim_KEY.ts``, compiled to ``gdsim_KEY.qm``. Qt finds the
    translation of its own dialogs by the key, and so does a desktop set to this language.

    Parameters
    ----------
    key : the ISO 639 code, such as ``zh``; also the key of its texts in ``resources/catalogue``.
    own_name : what its speakers call it, as the menu of languages shows it.
    fonts : families with its letters, best first, one for each operating system; none for a
        language whose letters are in every font.
    """

    key: str
    own_name: str
    fonts: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The name of its compiled translation; empty for English, which the source is in."""
        return "" if self.key == ENGLISH else f"gdsim_{self.key}.qm"


LANGUAGES = {
    language.key: language
    for language in (
        Language(ENGLISH, "English"),
        Language("zh", "简体中文", ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC")),
    )
}
"""Every language by its key, in the order of the menu."""


def system_language() -> str:
    """The key of the desktop's language, or of English where the window does not speak it."""
    code = QLocale.languageToCode(QLocale.system().language())
    return code if code in LANGUAGES else ENGLISH


def fonts_for(key: str) -> tuple[str, ...]:
    """Font families for a window in this language: its own first, then those of the others.

    The others are needed too: the menu of languages shows every name in its own letters.
    """
    first = LANGUAGES[key].fonts
    others = (name for language in LANGUAGES.values() for name in language.fonts)
    return tuple(dict.fromkeys((*first, *others)))
