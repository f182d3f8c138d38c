"""Languages: which one is spoken, and the core's sentences in it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from gdsim import resources
from gdsim.core.problem import Problem
from gdsim.core.run.stopping import Ending

LANGUAGES = {"en": "English", "zh": "简体中文"}
"""Each language by its own name, as a menu of languages shows it."""

_CORE = "Core"
_FILES = {"zh": "gdsim_zh.qm"}
_QT_FILES = {"zh": "qtbase_zh_CN.qm"}  # the words of Qt's own dialogs and menus


class Translation:
    """The language of the window; installing another one retranslates every widget at once."""

    def __init__(self) -> None:
        self.language = "en"
        self._translators: list[QTranslator] = []

    def speak(self, language: str) -> None:
        """Switch to ``en`` or ``zh``; ``system`` follows the desktop."""
        if language == "system":
            language = system_language()
        application = QCoreApplication.instance()
        assert application is not None
        self.language = language
        for translator in self._translators:
            application.removeTranslator(translator)
        self._translators = []
        if language in _FILES:
            own = QTranslator()
            file = resources.path("i18n", _FILES[language])
            if not own.load(str(file)):
                raise RuntimeError(f"{file} cannot be read")
            self._translators = [*_of_qt(_QT_FILES[language]), own]
        for translator in self._translators:
            application.installTranslator(translator)

    def name(self, names: Mapping[str, str]) -> str:
        """The catalogue's name or note in the language of now."""
        return names[self.language]


def _of_qt(file: str) -> list[QTranslator]:
    """Qt's own translation, where this build of Qt brings it."""
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return [translator] if translator.load(file, folder) else []


def system_language() -> str:
    """``zh`` on a Chinese desktop, ``en`` elsewhere."""
    return "zh" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def problem_sentence(problem: Problem) -> str:
    """What is wrong, in the language of now."""
    sentence = QCoreApplication.translate(_CORE, problem.template).format(**problem.fields)
    if problem.line is None:
        return sentence
    return QCoreApplication.translate(_CORE, "line {line}: {sentence}").format(
        line=problem.line, sentence=sentence
    )


def ending_sentence(ending: Ending) -> str:
    """How a descent ended, in the language of now."""
    return QCoreApplication.translate(_CORE, ending.template).format(t=ending.t, **ending.fields)
