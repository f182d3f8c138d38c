"""The wheel carries everything: built, installed elsewhere, run from an unrelated folder."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody would who has never seen this checkout."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
    }
    return subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = run(
        *(sys.executable, "-m", "build", "--no-isolation", "--wheel"),
        *("--outdir", folder, ROOT),
        cwd=folder,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it, and this one's libraries in sight.

    The libraries come by a ``.pth`` file, whose folders' own ``.pth`` files Python does not read:
    so an editable install of this checkout stays out of sight.
    """
    folder = tmp_path_factory.mktemp("elsewhere") / "environment"
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    done = run(
        *(sys.executable, "-m", "pip", "--python", python),
        *("install", "--quiet", "--no-deps", "--no-index", wheel),
        cwd=folder,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin"


def test_the_wheel_holds_every_resource(wheel: Path) -> None:
    """All but the README's pictures, which nobody needs at run time."""
    packed = set(zipfile.ZipFile(wheel).namelist())
    resources = {
        f"gdsim/_resources/{file.relative_to(ROOT / 'resources').as_posix()}"
        for file in (ROOT / "resources").rglob("*")
        if file.is_file() and file.parent.name != "pictures"
    }
    assert resources
    assert resources <= packed


def test_the_wheel_holds_every_module(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert {file.relative_to(ROOT).as_posix() for file in (ROOT / "gdsim").rglob("*.py")} <= packed


def test_the_wheel_itself_is_what_runs(elsewhere: Path, tmp_path: Path) -> None:
    done = run(elsewhere / "python", "-c", "import gdsim; print(gdsim.__file__)", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(elsewhere.parent)


def test_list_shows_the_catalogue(elsewhere: Path, tmp_path: Path) -> None:
    done = run(elsewhere / "gdsim", "list", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "rosenbrock" in done.stdout
    assert "adam" in done.stdout


def test_run_descends_on_a_catalogue_function(elsewhere: Path, tmp_path: Path) -> None:
    done = run(elsewhere / "gdsim", "run", "quadratic", "--csv", "-", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    header, start, first, *_ = done.stdout.splitlines()
    assert header.startswith("t,")
    assert float(start.split(",")[1]) == 0.0
    assert float(first.split(",")[1]) == pytest.approx(0.6, rel=1e-12)
    assert done.stderr.strip(), "the outcome sentence goes to standard error"
