"""Laws of every language: each string that can be seen is translated in its window.

After a change of strings in the source, from the root of the checkout:

    pyside6-lupdate $(find gdsim/views gdsim/app -name '*.py') \
        -ts resources/i18n/*.ts -no-obsolete -locations none
    pyside6-lrelease resources/i18n/*.ts

with every new message translated in between.
"""

from __future__ import annotations

import ast
import re
import string
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QLocale, QTranslator

from gdsim import resources
from gdsim.app.language.core_sentences import SENTENCES
from gdsim.app.language.languages import ENGLISH, LANGUAGES
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import losses, tasks
from gdsim.core.run import ending
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.verdict import end_sentences

ROOT = Path(__file__).parents[1]
SPOKEN = sorted(
    path for folder in ("views", "app") for path in (ROOT / "gdsim" / folder).rglob("*.py")
)
CORE = sorted((ROOT / "gdsim" / "core").rglob("*.py"))
QM = {key: resources.path("i18n", language.file) for key, language in LANGUAGES.items()}
del QM[ENGLISH]
TS = {key: file.with_suffix(".ts") for key, file in QM.items()}

Message = tuple[str, str]  # context, English source

CHINESE = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!.]|[\u4e00-\u9fff]\((?!&)")
LETTERS = {"zh": CHINESE}
"""What is found in every word of a language whose letters are not Latin."""
MISTAKES = {"zh": (HALF_WIDTH, "Chinese takes full-width punctuation")}
"""What is found in no text of a language, and why."""
UNSPOKEN = re.compile(r"\{\w+\}|&\w+;|<[^>]*>")  # fields, entities, tags
KEY = re.compile(r"Home|End|F\d+|(Ctrl|Shift|Alt)\+\S+")
WORD = re.compile(r"[^\W\d_]{2,}")
TRANSLATORS = {"tr", "translate", "QT_TRANSLATE_NOOP"}
SHOWERS = re.compile(
    r"set(\w*Texts?|\w*Title|\w*Tip|WhatsThis|Accessible\w+|\w*Labels?|Html|Suffix|Prefix)"
    r"|set_(title|text|note|tool_tip|accessible_name|message|hint)"
    r"|add(Action|Menu|Item|Items|Tab|Button|Row)|showMessage"
    r"|Q(Label|Action|PushButton|ToolButton|CheckBox|RadioButton|GroupBox|Menu)"
)
"""What puts text before a person."""


def messages(ts: Path) -> dict[Message, ET.Element]:
    """Each message of a .ts file, by its context and source."""
    found = {}
    for context in ET.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            key = (context.findtext("name") or "", message.findtext("source") or "")
            found[key] = translation
    return found


COMMITTED = {key: messages(ts) for key, ts in TS.items()}
SOURCES = {message for committed in COMMITTED.values() for message in committed}

each_language = pytest.mark.parametrize("language", TS)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def called(node: ast.AST) -> str:
    """The bare name of what a call calls, or nothing."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def words(text: str) -> list[str]:
    return WORD.findall(UNSPOKEN.sub("", text))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def marked(path: Path) -> Iterator[Message]:
    """The strings of a module that ask to be translated, as Python sees them."""

    def walk(node: ast.AST, owner: str) -> Iterator[Message]:
        if isinstance(node, ast.ClassDef):
            owner = node.name
        if isinstance(node, ast.Call) and called(node) in TRANSLATORS:
            first, second = [*map(literal, node.args[:2]), None][:2]
            if called(node) == "tr" and first is not None:
                yield owner, first
            elif first is not None and second is not None:
                yield first, second
        for child in ast.iter_child_nodes(node):
            yield from walk(child, owner)

    yield from walk(tree(path), "")


def module_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_laws_see_every_module_that_speaks() -> None:
    """A law that looks into the wrong folder would hold in silence."""
    assert len(SPOKEN) >= 170, f"only {len(SPOKEN)} modules were found in views and app"
    assert len(CORE) >= 80, f"only {len(CORE)} modules were found in core"
    speaking = [path for path in SPOKEN if any(marked(path))]
    assert len(speaking) >= 50, f"only {len(speaking)} modules with strings to translate"


def has_letters(language: str, text: str) -> bool:
    """Whether a text is in the language's own letters, as far as these are not Latin."""
    return language not in LETTERS or LETTERS[language].search(text) is not None


def assert_no_mistake(language: str, text: str) -> None:
    if language in MISTAKES:
        mistake, reason = MISTAKES[language]
        assert not mistake.search(text), reason


# The table of languages


def test_the_table_and_the_files_name_the_same_languages() -> None:
    assert len(LANGUAGES) >= 2
    assert all(key == language.key for key, language in LANGUAGES.items())
    folder = resources.path("i18n")
    assert set(folder.iterdir()) == {*TS.values(), *QM.values()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_a_code_that_qt_knows_and_its_own_name(language: str) -> None:
    known = QLocale(language)
    assert QLocale.languageToCode(known.language()) == language
    own_name = LANGUAGES[language].own_name
    assert has_letters(language, own_name)
    assert own_name not in {other.own_name for key, other in LANGUAGES.items() if key != language}


# The .ts and .qm files


def test_the_ts_files_hold_the_strings_of_the_source_and_no_others(tmp_path: Path) -> None:
    ts = tmp_path / "fresh.ts"
    lupdate = Path(PySide6.__file__).parent / "lupdate"
    subprocess.run(
        [lupdate, "-silent", "-locations", "none", *SPOKEN, "-ts", ts], check=True, timeout=300
    )
    fresh = set(messages(ts))
    for language, committed in COMMITTED.items():
        file = TS[language].name
        assert fresh - set(committed) == set(), f"{file}: run lupdate and translate new strings"
        assert set(committed) - fresh == set(), f"{file}: run lupdate -no-obsolete"


@pytest.mark.parametrize("path", SPOKEN, ids=module_name)
def test_lupdate_sees_what_python_sees(path: Path) -> None:
    assert {message for message in marked(path) if message not in SOURCES} == set()


@each_language
@pytest.mark.parametrize("message", sorted(SOURCES), ids=" ".join)
def test_a_message_is_translated(message: Message, language: str) -> None:
    translation = COMMITTED[language][message]
    assert translation.get("type") is None, "unfinished or vanished"
    text = translation.text or ""
    assert text.strip()
    assert fields(text) == fields(message[1])
    assert has_letters(language, text) or KEY.fullmatch(text) or not words(text)
    assert_no_mistake(language, text)


@each_language
def test_the_qm_file_says_what_the_ts_file_says(language: str) -> None:
    translator = QTranslator()
    assert translator.load(str(QM[language]))
    committed = COMMITTED[language]
    said = {message: translator.translate(*message) for message in committed}
    written = {message: translation.text for message, translation in committed.items()}
    assert said == written, "run lrelease"


# The source


@pytest.mark.parametrize("path", SPOKEN, ids=module_name)
def test_nothing_is_filled_in_before_it_is_translated(path: Path) -> None:
    for call in ast.walk(tree(path)):
        if isinstance(call, ast.Call) and called(call) in TRANSLATORS:
            for argument in call.args:
                filled = [
                    part
                    for part in ast.walk(argument)
                    if isinstance(part, (ast.JoinedStr, ast.BinOp)) or called(part) == "format"
                ]
                assert not filled, f"line {call.lineno}: {ast.unparse(call)}"


@pytest.mark.parametrize("path", SPOKEN, ids=module_name)
def test_every_shown_word_is_translated(path: Path) -> None:
    def bare(node: ast.AST) -> Iterator[str]:
        if called(node) in TRANSLATORS or isinstance(node, ast.Subscript):
            return
        if isinstance(node, ast.expr) and words(literal(node) or ""):
            yield f"line {node.lineno}: {literal(node)!r}"
        for child in ast.iter_child_nodes(node):
            yield from bare(child)

    found = [
        word
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and SHOWERS.fullmatch(called(call))
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]
        for word in bare(argument)
    ]
    assert found == []


# The core's sentences


def templates(node: ast.expr) -> Iterator[str | None]:
    """The literals that an expression can be; None where it can be something else."""
    if isinstance(node, ast.IfExp):
        yield from templates(node.body)
        yield from templates(node.orelse)
    else:
        yield literal(node)


def problems(path: Path) -> Iterator[str]:
    for call in ast.walk(tree(path)):
        if isinstance(call, ast.Call) and called(call) == "Problem":
            for template in templates(call.args[0]):
                assert template is not None, f"{path.name}:{call.lineno}: not a literal"
                yield template


def test_the_list_of_core_sentences_is_the_cores() -> None:
    raised = {template for path in CORE for template in problems(path)}
    rules = {text for stop in StopRule for text in (stop.title, stop.meaning)}
    ends = {*ending.SENTENCES, *end_sentences.SENTENCES}
    assert set(SENTENCES) == raised | ends | rules | {"line {line}: {sentence}"}
    assert len(set(SENTENCES)) == len(SENTENCES)


def test_problems_of_the_command_line_stay_english() -> None:
    elsewhere = {template for path in CORE for template in problems(path)}
    own = set(problems(ROOT / "gdsim" / "cli.py")) - elsewhere
    assert not own & set(SENTENCES)


@each_language
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_core_sentence_is_translated(sentence: str, language: str) -> None:
    assert ("Core", sentence) in COMMITTED[language]


# The catalogue

ENTRIES = {
    f"{kind.__name__}/{key}": entry
    for kind in (catalogue.functions, catalogue.optimizers, catalogue.schedules, tasks, losses)
    for key, entry in kind().items()
}


@pytest.mark.parametrize("key", ENTRIES)
def test_a_catalogue_entry_speaks_english_and_only_languages_of_the_table(key: str) -> None:
    entry = ENTRIES[key]
    for said in (entry.name, entry.note):
        assert ENGLISH in said
        assert set(said) <= set(LANGUAGES)
        assert not CHINESE.search(said[ENGLISH])
        for language, text in said.items():
            assert_no_mistake(language, text)
            # A proper name may be the same in both.
            assert has_letters(language, text) or (text == said[ENGLISH] and said is entry.name)


@pytest.mark.parametrize("key", ENTRIES)
def test_a_catalogue_entry_speaks_chinese(key: str) -> None:
    """Other languages may leave texts out; those are then shown in English."""
    assert "zh" in ENTRIES[key].name
    assert "zh" in ENTRIES[key].note
