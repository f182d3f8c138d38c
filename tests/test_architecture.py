"""Laws of the whole code base: who imports what, and where things live."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "gdsim"
MODULES = sorted(PACKAGE.rglob("*.py"))
CORE = sorted((PACKAGE / "core").rglob("*.py"))
SIMULATION = sorted((PACKAGE / "simulation").rglob("*.py"))
QT = {"PySide6", "shiboken6", "pyqtgraph", "ziamath"}
HEAVY = QT | {"OpenGL", "PIL", "contourpy", "numpy", "pydantic", "sympy", "ziafont"}
INK = "#010203"  # what typeset formulas are drawn in, to be replaced by a theme's colour
COLOUR = re.compile(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")


def short(module: Path) -> str:
    return str(module.relative_to(ROOT))


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


@pytest.mark.parametrize(
    ("layer", "fewest"), [("core", 80), ("simulation", 10), ("views", 130), ("app", 45)]
)
def test_the_laws_see_the_modules_of_a_layer(layer: str, fewest: int) -> None:
    """A law that looks into the wrong folder would hold in silence."""
    seen = [module for module in MODULES if module.is_relative_to(PACKAGE / layer)]
    assert len(seen) >= fewest, f"only {len(seen)} modules were found in gdsim/{layer}"


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
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py"]
    assert len(set(names)) == len(names)
