"""The command as a process: a closed pipe, a full disk, a terminal without Greek, an interrupt."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
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


@at_full
def test_a_full_standard_error_changes_nothing_else() -> None:
    with FULL.open("wb") as full:
        done = {
            words: subprocess.run(
                command("run", *words),
                env=ENVIRONMENT,
                stdout=subprocess.PIPE,
                stderr=full,
                timeout=300,
                check=False,
            )
            for words in (("(x - 1)^2",), ("x +",), ("-x^3", "--start", "1"))
        }
    assert [each.returncode for each in done.values()] == [0, 2, 3]
    assert done[("(x - 1)^2",)].stdout.startswith(b"x = ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    file = tmp_path / "steps.csv"
    file.write_text("old")
    words = ["run", "rosenbrock", "--stop", "none", "--max-steps", "1000000000", "--force"]
    words += ["--optimizer", "adam"]
    with subprocess.Popen(
        command(*words, "--csv", str(file)), env=ENVIRONMENT, stderr=subprocess.PIPE
    ) as process:
        until = time.monotonic() + 120
        while not any(each.stat().st_size > 10_000 for each in tmp_path.iterdir()):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.01)  # until the other process has written so much
        process.send_signal(getattr(signal, name))
        assert process.wait(timeout=120) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b"gdsim: interrupted\n"
    assert os.listdir(tmp_path) == ["steps.csv"]
    assert file.read_text() == "old"


SQUARED = "(prediction - y)^2"
ROWS = b"x,y\n1,2\n2,3.5\n"


@pytest.mark.parametrize("path", ["-", "/dev/stdin"])
def test_data_come_through_a_pipe(path: str, tmp_path: Path) -> None:
    if path != "-" and not Path(path).exists():
        pytest.skip("there is no such device")
    words = ["run", SQUARED, "--prediction", "a*x", "--max-steps", "3", "--csv", "-", "--data"]
    done = subprocess.run(
        command(*words, path), env=ENVIRONMENT, input=ROWS, capture_output=True, timeout=300
    )
    file = tmp_path / "rows.csv"
    file.write_bytes(ROWS)
    same = subprocess.run(
        command(*words, str(file)), env=ENVIRONMENT, capture_output=True, timeout=300
    )
    assert done.returncode == same.returncode == 0
    assert done.stdout == same.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux")
def test_a_file_name_that_is_no_text_is_no_traceback(tmp_path: Path) -> None:
    file = os.path.join(os.fsencode(tmp_path), b"caf\xe9.csv")
    words = [os.fsencode(word) for word in command("run", SQUARED, "--prediction", "a*x", "--data")]
    missing = subprocess.run([*words, file], env=ENVIRONMENT, capture_output=True, timeout=300)
    assert missing.returncode == 2
    assert missing.stderr.startswith(b"gdsim: there is no file ")
    assert missing.stderr.count(b"\n") == 1
    with open(file, "wb") as opened:
        opened.write(ROWS)
    for more in ([], [b"--csv", os.path.join(os.fsencode(tmp_path), b"\xff.csv")]):
        done = subprocess.run([*words, file, *more], env=ENVIRONMENT, capture_output=True)
        assert done.returncode == 0
        assert b"Traceback" not in done.stderr


def test_an_existing_file_is_kept_without_force(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "steps.csv"
    words = ["(x - 1)^2", "--csv", str(file), "--max-steps", "3"]
    assert run(capsys, *words)[0] == 0
    first = file.read_bytes()
    status, out, err = run(capsys, *words, "--eta", "0.2")
    assert (status, out) == (2, "")
    assert err == f"gdsim: there is already a file {file}; --force replaces it\n"
    assert file.read_bytes() == first
    assert run(capsys, *words, "--eta", "0.2", "--force")[0] == 0
    assert file.read_bytes() != first


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_the_data_are_never_overwritten(capsys: Captured, tmp_path: Path, force: list[str]) -> None:
    file = tmp_path / "rows.csv"
    file.write_bytes(ROWS)
    words = [SQUARED, "--prediction", "a*x", "--data", str(file), "--csv", str(file), *force]
    status, out, err = run(capsys, *words)
    assert (status, out) == (2, "")
    assert err == (f"gdsim: {file} is the file that the data are read from; write to another one\n")
    assert file.read_bytes() == ROWS


def test_a_table_that_is_broken_off_is_not_there(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(descent: Descent, updates: int) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Descent, "advance", interrupted)
    assert run(capsys, "x^2", "--start", "1", "--csv", str(tmp_path / "steps.csv"))[0] == 130
    assert os.listdir(tmp_path) == []


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
