"""The README tells the truth: commands, examples, tables and pictures are the program's own."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from gdsim import resources
from gdsim.cli import main
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue import tasks
from gdsim.core.formula.expression import FUNCTIONS

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [
    dedent(block).lstrip("\n")
    for block in re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", TEXT, re.MULTILINE)
]
EXAMPLES = re.findall(r"^ {4}# resources/(\S+)\n((?: {4}.*\n)+)", TEXT, re.MULTILINE)
COMMANDS = [
    example
    for block in BLOCKS
    for example in re.findall(r"^\$ (.*)\n((?:(?!\$ ).+\n)*)", block, re.MULTILINE)
]


def in_row(label: str) -> str:
    """The second cell of the table's row that begins so."""
    (row,) = re.findall(rf"^\| {re.escape(label)}.*?\| (.*) \|$", TEXT, re.MULTILINE)
    return str(row)


def test_it_opens_with_a_picture_and_the_two_commands() -> None:
    assert TEXT.startswith("![")
    install, develop = (block.strip() for block in BLOCKS[:2])
    assert install == "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/gdsim"
    assert develop.startswith("python3 -m venv .venv && ")
    assert develop.endswith(" && .venv/bin/pytest")


def test_it_shows_every_picture_and_no_other() -> None:
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", TEXT)
    there = [path.relative_to(ROOT).as_posix() for path in resources.path("pictures").glob("*")]
    assert sorted(shown) == sorted(there)


def test_files_that_it_names_exist() -> None:
    named = set(re.findall(r"`((?:gdsim|core|tests|resources)/[\w./]+)`", TEXT))
    examples = {name for name in named if "/memory/" in name}
    assert named > examples
    for name in named - examples:
        assert (ROOT / name).exists() or (ROOT / "gdsim" / name).exists(), name


@pytest.mark.parametrize(
    ("layer", "next_layer", "fewest"),
    [("app", "views", 7), ("views", "simulation", 12), ("core", "resources", 15)],
)
def test_the_architecture_names_the_rooms_of_a_layer(
    layer: str, next_layer: str, fewest: int
) -> None:
    (figure,) = (block for block in BLOCKS if "controls ─→" in block)
    lines = figure[figure.index(f"{layer}/") : figure.index(f"{next_layer}")].splitlines()
    named = {word for line in lines for word in re.findall(r"[a-z_]+", line[14:53])}
    rooms = {path.parent.name for path in (ROOT / "gdsim" / layer).glob("*/__init__.py")}
    assert len(rooms) >= fewest
    assert named == rooms


def test_the_options_are_those_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", "--help"])
    known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    table = TEXT[TEXT.index("| option of `run`") : TEXT.index("Without options a catalogue")]
    assert set(re.findall(r"`(--[a-z-]+)", table)) == known


def test_the_optimizers_and_functions_are_those_of_the_program() -> None:
    keys = re.findall(r"`([a-z-]+)`", in_row("`--optimizer KEY`"))
    assert set(keys) <= set(catalogue.optimizers())
    (named,) = re.findall(r"Functions:\s`([a-z_\s]+)`", TEXT)
    assert set(named.split()) == set(FUNCTIONS)


@pytest.mark.parametrize(("command", "printed"), COMMANDS, ids=[line for line, _ in COMMANDS])
def test_the_commands_print_what_it_says(
    command: str,
    printed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    program, *words = shlex.split(command)
    assert program == "gdsim"
    assert main(words) == 0
    said = capsys.readouterr()
    assert said.err
    if printed:
        assert said.out + said.err == printed


def test_the_lines_for_a_notebook_run() -> None:
    (lines,) = (block for block in BLOCKS if block.startswith("import gdsim"))
    names: dict[str, Any] = {}
    exec(lines, names)
    assert "stop rule met" in str(names["trace"].ending)


@pytest.fixture
def extended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The resources with what the README adds to them."""
    folder = tmp_path / "resources"
    shutil.copytree(resources.path(), folder, ignore=shutil.ignore_patterns("pictures"))
    for name, added in EXAMPLES:
        file = folder / name
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        file.write_text(f"{before}\n{dedent(added)}".lstrip("\n"), encoding="utf-8")
    read = (catalogue.functions, catalogue.optimizers, tasks.tasks)
    monkeypatch.setattr(resources, "root", lambda: folder)
    for cached in read:
        cached.cache_clear()
    yield
    for cached in read:
        cached.cache_clear()


@pytest.mark.usefixtures("extended")
def test_what_it_adds_to_the_catalogue_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    listed = capsys.readouterr().out
    assert all(f"  {key} " in listed for key in ("zakharov", "signum", "parabola"))
    for words in (["zakharov"], ["zakharov", "--optimizer", "signum"], ["parabola"]):
        assert main(["run", *words]) == 0
