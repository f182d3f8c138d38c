"""The command as a process: a closed pipe, a full disk, a terminal without Greek, an interrupt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Captured, run

from gdsim.cli import main
from gdsim.core.run.descent import Descent

ROOT = Path(__file__).resolve().parents[1]


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "gdsim", *words]


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def test_python_m_gdsim_works() -> None:
    done = subprocess.run(
        command("run", "(x - 1)^2", "--start", "-2", "--csv", "-", "--max-steps", "2"),
        env=ENVIRONMENT,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[:2] == [
        "t,x,loss,grad_x,step_x",
        "0,-2.0,9.0,-6.0,0.6000000000000001",
    ]
    assert done.stderr.decode() == (
        "gdsim: step limit reached at t = 2: no stop rule was met;"
        " the minimum of the local parabola is 1.92 away\n"
    )


def test_a_pipe_that_is_closed_early_is_no_error() -> None:
    words = command("run", "rosenbrock", "--stop", "none", "--max-steps", "200000", "--csv", "-")
    with subprocess.Popen(
        words, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"t,x,y,loss")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=300) == 0


FULL = Path("/dev/full")
at_full = pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")


@at_full
@pytest.mark.parametrize("words", [["list"], ["run", "(x - 1)^2", "--csv", "-"]])
def test_an_output_that_cannot_be_written_is_reported(words: list[str]) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            command(*words),
            env=ENVIRONMENT,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=300,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"gdsim: standard output: No space left on device\n"


@at_full
def test_a_table_that_cannot_be_written_is_named(capsys: Captured) -> None:
    status, out, err = run(capsys, "(x - 1)^2", "--csv", str(FULL))
    assert (status, out, err) == (2, "", "gdsim: /dev/full: No space left on device\n")


def test_without_a_standard_output_it_says_so(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    for words in (["run", "(x - 1)^2"], ["run", "(x - 1)^2", "--csv", "-"], ["list"]):
        assert main(words) == 2
        assert capsys.readouterr().err == "gdsim: there is no standard output to write to\n"
    assert main(["run", "(x - 1)^2", "--csv", str(tmp_path / "steps.csv")]) == 0


def test_without_standard_error_the_table_contains_no_messages(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["run", "(x - 1)^2", "--max-steps", "1", "--csv", "-"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_an_interrupt_prints_no_traceback(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(descent: Descent, updates: int) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Descent, "advance", interrupted)
    assert run(capsys, "(x - 1)^2", "--start", "2") == (130, "", "gdsim: interrupted\n")


def test_the_list_can_be_printed_on_a_terminal_without_greek() -> None:
    done = subprocess.run(
        command("list"),
        env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"rosenbrock" in done.stdout


def test_a_run_does_not_import_qt() -> None:
    script = (
        "import sys; from gdsim.cli import main; main(['run', 'x^2', '--max-steps', '2']);"
        "sys.exit(any(name.split('.')[0] in ('PySide6', 'pyqtgraph') for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=ENVIRONMENT,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0
