"""Laws of the whole code base: who imports what, and where things live."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "gdsim"
MODULES = sorted(PACKAGE.rglob("*.py"))
CORE = sorted((PACKAGE / "core").rglob("*.py"))
SIMULATION = sorted((PACKAGE / "simulation").rglob("*.py"))
WITH_CONTENTS = (PACKAGE / "__init__.py", PACKAGE / "views" / "theme" / "__init__.py")
ROOMS = [
    module for module in MODULES if module.name == "__init__.py" and module not in WITH_CONTENTS
]
MOST_MODULES = 15  # in a folder, the package's own module not counted
MOST_LINES = 400
MOST_REACHES = 39  # of all tests together into private names of others
TESTS = sorted((ROOT / "tests").rglob("*.py"))
BY_NAME = {"setattr", "getattr", "delattr", "hasattr", "patch", "attrgetter", "methodcaller"}
"""Calls that take the name of an attribute as text."""
QT = {"PySide6", "shiboken6", "pyqtgraph", "ziamath"}
HEAVY = QT | {"OpenGL", "PIL", "contourpy", "numpy", "pydantic", "sympy", "ziafont"}
INK = "#010203"  # what typeset formulas are drawn in, to be replaced by a theme's colour
COLOUR = re.compile(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")


def short(module: Path) -> str:
    return str(module.relative_to(ROOT))


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def python(program: str) -> str:
    """What a fresh interpreter prints: this one has imported everything already."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def loaded_by(program: str) -> set[str]:
    printed = python(f"{program}\nimport sys\nprint(*sorted(sys.modules))")
    return {name.partition(".")[0] for name in printed.split()}


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def module_name(module: Path) -> str:
    parts = module.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def import_graph(modules: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """Which of the modules each one imports: at its head, in its functions, for the type checker,
    and by names that are given as text, as ``importlib`` takes them."""
    graph: dict[str, set[str]] = {}
    for name, parsed in modules.items():
        found: set[str] = set()
        for node in ast.walk(parsed):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module is not None:
                for alias in node.names:
                    part = f"{node.module}.{alias.name}"
                    found.add(part if part in modules else node.module)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
        graph[name] = {other for other in found if other in modules and other != name}
    return graph


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """The strongly connected components of more than one module."""

    def reached(first: str, edges: Mapping[str, set[str]]) -> set[str]:
        seen, ahead = {first}, [first]
        while ahead:
            following = edges[ahead.pop()] - seen
            seen |= following
            ahead += following
        return seen

    backwards: dict[str, set[str]] = {name: set() for name in graph}
    for name, others in graph.items():
        for other in others:
            backwards[other].add(name)
    left, found = set(graph), []
    while left:
        name = min(left)
        component = reached(name, graph) & reached(name, backwards)
        left -= component
        if len(component) > 1:
            found.append(sorted(component))
    return found


@pytest.mark.parametrize(
    ("layer", "fewest"), [("core", 80), ("simulation", 10), ("views", 130), ("app", 45)]
)
def test_the_laws_see_the_modules_of_a_layer(layer: str, fewest: int) -> None:
    """A law that looks into the wrong folder would hold in silence."""
    seen = [module for module in MODULES if module.is_relative_to(PACKAGE / layer)]
    assert len(seen) >= fewest, f"only {len(seen)} modules were found in gdsim/{layer}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = {module_name(module): tree(module) for module in MODULES}
    assert len(modules) == len(MODULES) >= 320, f"only {len(modules)} modules were found"
    graph = import_graph(modules)
    edges = sum(len(others) for others in graph.values())
    assert edges >= 1_300, f"only {edges} imports were found"
    assert circles(graph) == []


def test_a_circle_of_any_kind_of_import_is_found() -> None:
    texts = {
        "a": "from a.one import thing",
        "a.one": "import a.two",
        "a.two": "def later():\n    from a import three",
        "a.three": "if TYPE_CHECKING:\n    from a.four import Thing",
        "a.four": "importlib.import_module('a.one')",
        "a.five": "import a.one, a.two",
    }
    graph = import_graph({name: ast.parse(text) for name, text in texts.items()})
    assert circles(graph) == [["a.four", "a.one", "a.three", "a.two"]]


def test_imports_are_absolute() -> None:
    relative = [
        f"{short(module)}:{node.lineno}"
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ImportFrom) and node.level > 0
    ]
    assert not relative


@pytest.mark.parametrize("layer", ["core", "views"])
def test_a_room_says_which_rooms_of_its_layer_it_imports(layer: str) -> None:
    graph = import_graph({module_name(module): tree(module) for module in MODULES})
    folders = sorted(
        path for path in (PACKAGE / layer).iterdir() if (path / "__init__.py").exists()
    )
    rooms = {f"gdsim.{layer}.{folder.name}": folder.name for folder in folders}
    assert len(rooms) >= 12, f"only {len(rooms)} rooms were found in gdsim/{layer}"

    def room_of(name: str) -> str:
        return ".".join(name.split(".")[:3])

    wrong = {}
    for folder in folders:
        own = f"gdsim.{layer}.{folder.name}"
        imported = {
            rooms[room_of(other)]
            for name, others in graph.items()
            for other in others
            if room_of(name) == own != room_of(other) and room_of(other) in rooms
        }
        *others, last = sorted(imported) or ["no other room"]
        says = f"Imports {', '.join(others)} and {last}." if others else f"Imports {last}."
        docstring = " ".join((ast.get_docstring(tree(folder / "__init__.py")) or "").split())
        if not docstring.endswith(says) and folder.name != "theme":
            wrong[folder.name] = says
    assert not wrong


def test_no_room_holds_more_modules_than_can_be_overseen() -> None:
    rooms = Counter(module.parent for module in MODULES if module.name != "__init__.py")
    assert len(rooms) >= 45, f"only {len(rooms)} rooms were found"
    assert not {short(room): count for room, count in rooms.items() if count > MOST_MODULES}


def test_no_module_is_longer_than_can_be_read_at_once() -> None:
    lines = {short(module): len(module.read_text("utf-8").splitlines()) for module in MODULES}
    assert not {name: count for name, count in lines.items() if count > MOST_LINES}


@pytest.mark.parametrize("room", ROOMS, ids=short)
def test_a_room_says_what_it_holds_and_imports_nothing(room: Path) -> None:
    """What a package imports is paid for by everyone who needs a single module of it."""
    (only,) = tree(room).body
    assert isinstance(only, ast.Expr)
    assert isinstance(only.value, ast.Constant)
    assert isinstance(only.value.value, str)


def test_imports_point_downwards() -> None:
    program = "from importlinter.cli import lint_imports_command as lint; lint()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_importing_gdsim_imports_nothing_heavy() -> None:
    assert not loaded_by("import gdsim") & HEAVY


def test_the_command_line_starts_without_qt_and_without_mathematics() -> None:
    assert not loaded_by("import gdsim.cli") & HEAVY


def test_the_core_runs_without_qt() -> None:
    names = [
        ".".join(module.relative_to(ROOT).with_suffix("").parts)
        for module in CORE
        if module.stem != "__init__"
    ]
    assert len(names) >= 80, f"only {len(names)} modules were found in gdsim/core"
    loaded = loaded_by("\n".join(f"import {name}" for name in names))
    assert not loaded & QT


@pytest.mark.parametrize("module", CORE, ids=short)
def test_the_core_names_no_qt_even_inside_functions(module: Path) -> None:
    roots = {name.partition(".")[0] for name in imports(module)}
    assert not roots & QT


@pytest.mark.parametrize("module", SIMULATION, ids=short)
def test_the_simulation_knows_no_widgets(module: Path) -> None:
    # import-linter cannot tell parts of an outside package apart.
    names = set(imports(module))
    assert not {name for name in names if name.startswith(("PySide6.QtWidgets", "PySide6.QtGui"))}
    assert not {name.partition(".")[0] for name in names} & {"pyqtgraph", "ziamath"}


@pytest.mark.parametrize("module", MODULES, ids=short)
def test_only_resources_locates_files(module: Path) -> None:
    if module == PACKAGE / "resources.py":
        return
    names = {node.id for node in ast.walk(tree(module)) if isinstance(node, ast.Name)}
    assert "__file__" not in names
    assert not {"importlib.resources", "pkgutil"} & set(imports(module))


@pytest.mark.parametrize("module", MODULES, ids=short)
def test_only_the_theme_holds_colours(module: Path) -> None:
    if module == PACKAGE / "views" / "theme" / "colours.py":
        return
    found = [
        node.value
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and COLOUR.fullmatch(node.value)
        and node.value != INK
    ]
    assert not found


@pytest.mark.parametrize("module", MODULES, ids=short)
def test_translated_strings_are_literals(module: Path) -> None:
    """An f-string or a variable inside ``tr()`` is invisible to lupdate: it never translates."""
    for node in ast.walk(tree(module)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "tr"
        ):
            assert node.args, f"{short(module)}:{node.lineno}"
            assert isinstance(node.args[0], ast.Constant), f"{short(module)}:{node.lineno}"


@pytest.mark.parametrize("module", MODULES, ids=short)
def test_no_layout_is_asked_for_its_items(module: Path) -> None:
    """PySide keeps what it gave for an item when Qt has deleted it. What is built there later, such
    as a cell of a table, is taken for the item, and the program crashes when it goes."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in ("itemAt", "takeAt"), f"{short(module)}:{node.lineno}"


def test_files_of_tests_have_names_of_their_own() -> None:
    """Two of one name cannot be given to one run of pytest."""
    names = [path.name for path in TESTS if path.name != "conftest.py"]
    assert len(set(names)) == len(names)


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def private_text(call: ast.Call) -> Iterator[str]:
    """Private names that a call such as ``setattr(view, "_note", …)`` is given as text."""
    named = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    named = named or getattr(call.func, "id", "")
    for argument in call.args:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            text = argument.value
            if named in BY_NAME and any(map(is_private, text.split("."))):
                yield text


def reaches(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of each use of a private name that is not an object's own."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            if getattr(node.value, "id", "") not in ("self", "cls"):
                yield node.end_lineno or node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Call):
            yield from ((node.lineno, text) for text in private_text(node))
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            path = (node.module or "").split(".") if isinstance(node, ast.ImportFrom) else []
            names = [*path, *(part for alias in node.names for part in alias.name.split("."))]
            yield from ((node.lineno, name) for name in names if is_private(name))


def lines_with_a_reason(source: str) -> set[int]:
    """The lines that have a comment of at least three words, or come right after one."""
    found, above, last = set(), "", 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT or token.string.startswith(("# type:", "# noqa")):
            continue
        line, is_alone = token.start[0], not token.line[: token.start[1]].strip()
        above = f"{above if line == last + 1 else ''} {token.string.lstrip('# ')}"
        last = line if is_alone else 0
        if len(above.split()) >= 3:
            found |= {line, line + 1} if is_alone else {line}
    return found


def test_the_law_of_private_names_sees_a_reach() -> None:
    source = """
from gdsim.views import _hidden
view._canvas._picture = self._own
# It has no public
# name.
view._canvas
super()._columns()  # the one way to count them
monkeypatch.setattr(view, "_later", "_hat")
patch("gdsim.app._inner.name")
name("_bar").__class__
"""
    found = {text for _, text in reaches(ast.parse(source))}
    assert found == {
        *("_hidden", "view._canvas._picture", "view._canvas", "super()._columns"),
        *("_later", "_hat", "gdsim.app._inner.name"),
    }
    assert lines_with_a_reason(source) == {4, 5, 6, 7}


def test_tests_ask_in_public() -> None:
    """What a test wants to know, a reader of the class may want to know too; and a test that knows
    the inside of a class fails when nothing but the inside has changed."""
    assert len(TESTS) >= 170, f"only {len(TESTS)} files of tests were found"
    found = {
        f"{short(path)}:{line}: {text}": line in lines_with_a_reason(path.read_text("utf-8"))
        for path in TESTS
        for line, text in reaches(tree(path))
    }
    assert len(found) <= MOST_REACHES, "\n".join(found)
    assert [reach for reach, has_reason in found.items() if not has_reason] == []
