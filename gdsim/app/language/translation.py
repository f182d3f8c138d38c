"""The language of the window, and the core's sentences in it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from gdsim import resources
from gdsim.app.language.languages import LANGUAGES, system_language
from gdsim.core.catalogue.toml_fields import ENGLISH
from gdsim.core.problem import Problem
from gdsim.core.run.ending import Ending
from gdsim.core.sentence import Sentence

_CORE = "Core"


class Translation:
    """The language of the window; installing another one retranslates every widget at once."""

    def __init__(self) -> None:
        self.language = ENGLISH
        self._translators: list[QTranslator] = []

    def speak(self, language: str) -> None:
        """Switch to a language by its key in ``LANGUAGES``; ``system`` follows the desktop."""
        if language == "system":
            language = system_language()
        application = QCoreApplication.instance()
        assert application is not None
        self.language = language
        for translator in self._translators:
            application.removeTranslator(translator)
        self._translators = []
        if name := LANGUAGES[language].file:
            own = QTranslator()
            file = resources.path("i18n", name)
            if not own.load(str(file)):
                raise RuntimeError(f"{file} cannot be read")
            self._translators = [*_of_qt(language), own]
        for translator in self._translators:
            application.installTranslator(translator)

    def name(self, names: Mapping[str, str]) -> str:
        """A name or note of the catalogue in the current language, else in English."""
        return names.get(self.language, names[ENGLISH])


def _of_qt(language: str) -> list[QTranslator]:
    """Qt's own words in a language, where this build of Qt has them."""
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return [translator] if translator.load(QLocale(language), "qtbase", "_", folder) else []


def problem_sentence(problem: Problem) -> str:
    """What is wrong, in the current language."""
    sentence = QCoreApplication.translate(_CORE, problem.template).format(**problem.fields)
    if problem.line is None:
        return sentence
    return QCoreApplication.translate(_CORE, "line {line}: {sentence}").format(
        line=problem.line, sentence=sentence
    )


def ending_sentence(ending: Ending) -> str:
    """How a descent ended, in the current language."""
    return translated(ending.said)


def translated(sentence: Sentence) -> str:
    """A sentence of the core, and the parts that it is made of, in the current language."""
    fields = {
        name: value if isinstance(value, str) else translated(value)
        for name, value in sentence.fields.items()
    }
    return QCoreApplication.translate(_CORE, sentence.template).format(**fields)
