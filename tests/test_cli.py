"""The command line: the same descent without a window, and one line for whatever is wrong."""

from __future__ import annotations

import csv
import io
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from gdsim.cli import main
from gdsim.core import catalogue
from gdsim.core.descend import descend
from gdsim.core.descent import Descent
from gdsim.core.tasks import tasks
from gdsim.core.trace import Trace

ROOT = Path(__file__).resolve().parents[1]
Captured = pytest.CaptureFixture[str]


def run(capsys: Captured, *words: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    try:
        status = main(["run", *words])
    except SystemExit as end:
        status = int(end.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


def table(text: str) -> tuple[list[str], np.ndarray]:
    header, *rows = csv.reader(io.StringIO(text))
    return header, np.array([[float(cell) for cell in row] for row in rows])


def columns(trace: Trace) -> np.ndarray:
    t = np.arange(len(trace), dtype=float)
    return np.column_stack([t, trace.theta(), trace.loss(), trace.gradient(), trace.delta()])


def test_the_textbook_example(capsys: Captured) -> None:
    status, out, err = run(
        capsys, "(theta - 3)^2", "--eta", "0.1", "--max-steps", "3", "--csv", "-", "--stop", "none"
    )
    assert status == 0
    assert out.splitlines() == [
        "t,theta,loss,grad_theta,step_theta",
        "0,0.0,9.0,-6.0,0.6000000000000001",
        "1,0.6000000000000001,5.76,-4.8,0.48",
        "2,1.08,3.6864,-3.84,0.384",
        "3,1.464,2.359296,-3.072,0.30720000000000003",
    ]
    assert err == "gdsim: step limit reached at t = 3: no stop rule was met\n"


@pytest.mark.parametrize("key", catalogue.functions())
def test_a_function_runs_by_its_key_with_its_own_choices(capsys: Captured, key: str) -> None:
    status, out, err = run(capsys, key, "--max-steps", "25", "--csv", "-")
    trace = descend(key, max_steps=25)
    header, numbers = table(out)
    names = trace.parameters
    assert header == [
        "t",
        *names,
        "loss",
        *(f"grad_{name}" for name in names),
        *(f"step_{name}" for name in names),
    ]
    assert numbers.tobytes() == columns(trace).tobytes()
    assert err == f"gdsim: {trace.ending}\n"
    assert status == (3 if trace.ending and trace.ending.outcome.is_divergence else 0)


@pytest.mark.parametrize("key", tasks())
def test_a_learning_task_runs_by_its_key(capsys: Captured, key: str) -> None:
    status, out, _ = run(capsys, key, "--max-steps", "40", "--seed", "5", "--csv", "-")
    assert status == 0
    assert table(out)[1].tobytes() == columns(descend(key, max_steps=40, seed=5)).tobytes()


@pytest.mark.parametrize("batch", [None, 1, 3])
def test_own_data_runs_with_the_same_bits_as_in_a_notebook(
    capsys: Captured, tmp_path: Path, batch: int | None
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("x_1,y\n1,2\n2,3.5\n3,4\n4,7\n", encoding="utf-8-sig")
    words = ["abs(prediction - y)", "--data", str(file), "--prediction", "-a + b*x1"]
    words += ["--seed", "11", "--max-steps", "30", "--eta", "0.05", "--csv", "-"]
    status, out, _ = run(capsys, *words, *([] if batch is None else ["--batch", str(batch)]))
    trace = descend(
        "abs(prediction - y)",
        data={"x1": [1, 2, 3, 4], "y": [2, 3.5, 4, 7]},
        prediction="-a + b*x1",
        batch=batch,
        seed=11,
        eta=0.05,
        max_steps=30,
    )
    assert status == 0
    assert table(out)[1].tobytes() == columns(trace).tobytes()


def test_batches_report_the_loss_over_all_rows(capsys: Captured) -> None:
    status, out, _ = run(capsys, "noisy-line", "--batch", "10", "--max-steps", "50")
    trace = descend("noisy-line", batch=10, max_steps=50)
    full = trace.experiment.objective().value(trace.theta()[-1])
    assert status == 0
    assert out.splitlines()[-2:] == [
        f"loss = {float(trace.loss()[-1])!r}",
        f"loss over all rows = {full!r}",
    ]
    assert "all rows" not in run(capsys, "noisy-line", "--max-steps", "5")[1]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the file is empty"),
        ("x,y\n", "the file has titles, but no row of numbers"),
        ("x,y\n1,\n,2\n", "no row of the file holds numbers in all of these columns"),
        ("a,b\n1,2\n", "the loss does not read the prediction"),
    ],
)
def test_data_that_cannot_be_learnt_from_are_refused(
    capsys: Captured, tmp_path: Path, text: str, sentence: str
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(text, encoding="utf-8")
    loss = "(a - y)^2" if "prediction" in sentence else "(prediction - y)^2"
    status, out, err = run(capsys, loss, "--data", str(file), "--prediction", "a*x")
    assert (status, out, err) == (2, "", f"gdsim: {sentence}\n")


def test_a_mistyped_column_is_no_parameter(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("height,y\n1,2\n2,3\n", encoding="utf-8")
    words = ["(prediction - y)^2", "--data", str(file), "--prediction"]
    for prediction, sentence in (
        (
            "a*hieght",
            "hieght is no column of the data; if height is not meant, give the parameter a name"
            " that is less like it",
        ),
        ("a*x", "the prediction reads no column of the data; there are: height, y"),
    ):
        status, out, err = run(capsys, *words, prediction)
        assert (status, out, err) == (2, "", f"gdsim: {sentence}\n")


def test_a_file_that_is_not_there_is_named(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "none.csv"
    status, _, err = run(capsys, "(a - y)^2", "--data", str(file))
    assert (status, err) == (2, f"gdsim: there is no file {file}\n")
    status, _, err = run(capsys, "(a - y)^2", "--data", str(tmp_path))
    assert (status, err) == (2, f"gdsim: {tmp_path} is a folder, not a file\n")


def test_columns_that_are_not_read_are_named_beside_the_parameters(
    capsys: Captured, tmp_path: Path
) -> None:
    """Among the parameters stands a column that somebody has called by another name."""
    file = tmp_path / "rows.csv"
    file.write_text("height,age,y,who\n1,5,2,a\n2,,3,b\n3,7,4,c\n", encoding="utf-8")
    words = ["(prediction - y)^2", "--data", str(file), "--prediction", "a*height + years"]
    status, out, err = run(capsys, *words, "--csv", "-", "--max-steps", "5")
    assert status == 0
    assert table(out)[0][1:3] == ["a", "years"]
    assert err == (
        "gdsim: columns that are not read: age, who; parameters: a, years\n"
        "gdsim: step limit reached at t = 5: no stop rule was met\n"
    )


def test_rows_without_a_number_are_counted_and_left_out(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("x;y\n1,5;2\n?;3\n2;\n2,5;3\n", encoding="gb18030")
    words = ["(prediction - y)^2", "--data", str(file), "--prediction", "a*x", "--csv", "-"]
    _, out, err = run(capsys, *words)
    same = descend("(prediction - y)^2", data={"x": [1.5, 2.5], "y": [2, 3]}, prediction="a*x")
    assert table(out)[1].tobytes() == columns(same).tobytes()
    assert err.startswith("gdsim: rows left out for want of a number: 2, the first in line 3\n")


@pytest.mark.parametrize("optimizer", catalogue.optimizers())
def test_an_optimizer_runs_by_its_key(capsys: Captured, optimizer: str) -> None:
    words = ["himmelblau", "--optimizer", optimizer, "--eta", "0.01", "--stop", "none"]
    status, out, _ = run(capsys, *words, "--max-steps", "60", "--csv", "-")
    trace = descend("himmelblau", optimizer=optimizer, eta=0.01, stop="none", max_steps=60)
    assert status == 0
    assert table(out)[1].tobytes() == columns(trace).tobytes()


def test_every_option_is_heeded(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "steps.csv"
    status, out, err = run(
        capsys,
        "x^2 + 3y^2",
        "--optimizer=adam",
        "--set",
        "beta1=0.5",
        "--set",
        "beta2 = 0.9",
        "--eta",
        "0.2/sqrt(t)",
        "--start",
        "-1.5,2e0",
        "--stop",
        "gradient",
        "--epsilon",
        "0.05",
        "--max-steps",
        "200",
        "--seed",
        "7",
        "--csv",
        str(file),
    )
    trace = descend(
        "x^2 + 3y^2",
        optimizer="adam",
        hyperparameters={"beta1": 0.5, "beta2": 0.9},
        eta="0.2/sqrt(t)",
        start=[-1.5, 2.0],
        stop="gradient",
        epsilon=0.05,
        max_steps=200,
        seed=7,
    )
    assert (status, out) == (0, "")
    assert "converged at t = " in err
    assert "‖∇L‖ = " in err
    _, numbers = table(file.read_text(encoding="utf-8"))
    assert numbers.tobytes() == columns(trace).tobytes()
    assert b"\r" not in file.read_bytes()


def test_without_a_table_the_result_is_printed(capsys: Captured) -> None:
    status, out, err = run(capsys, "(x - 1)^2 + (y + 2)^2", "--epsilon", "1e-9")
    values = dict(line.split(" = ") for line in out.splitlines())
    assert status == 0
    assert list(values) == ["x", "y", "loss"]
    assert float(values["x"]) == pytest.approx(1, abs=1e-7)
    assert float(values["y"]) == pytest.approx(-2, abs=1e-7)
    assert err.startswith("gdsim: converged at t = ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["-cos(x)", "--start", "-1"],
        ["--start", "-1", "-cos(x)"],
        ["--start=-1", "-cos(x)"],
        ["--start", "-1", "--", "-cos(x)"],
        ["--start=-1.0", "--", "-cos(x)"],
        ["--max-steps", "3", "-cos(x)", "--start", "-1e0"],
        ["−cos(x)", "--start", "-1"],
    ],
)
def test_minus_signs_are_no_options(capsys: Captured, words: list[str]) -> None:
    status, out, _ = run(capsys, "--csv", "-", *words)
    assert status == 0
    first = out.splitlines()[1].split(",")
    assert float(first[1]) == -1.0
    assert float(first[2]) == -math.cos(-1.0)


def test_a_long_run_is_written_in_full(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    words = ["rosenbrock", "--optimizer", "adam", "--stop", "none", "--max-steps", "50000"]
    assert run(capsys, *words, "--csv", str(file))[0] == 0
    trace = descend("rosenbrock", optimizer="adam", stop="none", max_steps=50_000)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 50_002
    last = [float(cell) for cell in lines[-1].split(",")]
    assert last == columns(trace)[-1].tolist()
    assert [int(line.split(",")[0]) for line in lines[1:]] == list(range(50_001))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["1/x"], "diverged at t = 0: the loss is ∞"),
        (["log(x)", "--start", "-1"], "diverged at t = 0: the loss is NaN"),
        (["x^2", "--start", "1", "--eta", "1e308"], "diverged at t = 0: the update is not finite"),
        (["x^4", "--start", "10", "--eta", "1", "--csv", "-"], "diverged at t = 4: the loss is ∞"),
    ],
)
def test_divergence_has_an_exit_status_of_its_own(
    capsys: Captured, words: list[str], sentence: str
) -> None:
    status, out, err = run(capsys, *words)
    assert status == 3
    assert err == f"gdsim: {sentence}\n"
    assert out


def test_infinite_numbers_read_back(capsys: Captured) -> None:
    _, out, _ = run(capsys, "1/x", "--csv", "-")
    header, numbers = table(out)
    assert header == ["t", "x", "loss", "grad_x", "step_x"]
    assert numbers.tolist() == [[0.0, 0.0, math.inf, -math.inf, math.inf]]


OPTIMIZERS = ", ".join(catalogue.optimizers())
KEYS = ", ".join((*catalogue.functions(), *tasks()))
COMMA = (
    "the comma at column 2 is only for the arguments of a function;"
    " decimals are written with a point"
)
FUNCTIONS = (
    "abs acos asin atan cos cosh exp huber log max min relu sigmoid sign sin sinh softplus sqrt tan"
    " tanh"
)

REFUSED = [
    ([], "the following arguments are required: LOSS"),
    (["x^2", "y^2"], "unrecognized arguments: y^2"),
    (["x^2", "--colour"], "unrecognized arguments: --colour"),
    (["x^2", "--opt", "adam"], "unrecognized arguments: --opt adam"),
    (["x^2", "--eta"], "argument --eta: expected one argument"),
    (["x^2 +"], "the formula ends at column 6 where something is missing"),
    (["x^2 + foo(x)"], f"unknown function foo at column 7; known: {FUNCTIONS}"),
    (["__import__('os').system('x')"], "_ at column 1 is not part of the notation"),
    (["9**9**9**9"], "the number at column 1 is too large to compute with"),
    (["(" * 10_000], "the formula has 10000 characters; at most 4000 are read"),
    (["3"], "the formula has no parameter to descend along"),
    ([""], "the formula is empty"),
    (["x\n+ @"], "@ at column 5 is not part of the notation"),
    (["rosenbrok"], f"no function and no learning task is called rosenbrok; known: {KEYS}"),
    (["Rosenbrock"], f"no function and no learning task is called Rosenbrock; known: {KEYS}"),
    (["levy13"], f"no function and no learning task is called levy13; known: {KEYS}"),
    (["q" * 5_000], f"no function and no learning task is called {'q' * 39}…; known: {KEYS}"),
    (["x^2", "--optimizer", "sgd"], f"there is no optimizer sgd; known: {OPTIMIZERS}"),
    (["x^2", "--optimizer", "a\nb"], f"there is no optimizer a b; known: {OPTIMIZERS}"),
    (["x^2", "--set", "beta"], "--set: beta does not have the form NAME=VALUE"),
    (["x^2", "--set", "beta=1"], "gradient-descent has no hyperparameter beta; it has: –"),
    (["x^2", "--optimizer", "momentum", "--set", "beta=x"], "--set: x is not a number"),
    (
        ["x^2", "--optimizer", "momentum", "--set", "beta=nan"],
        "hyperparameters.beta must be a finite number",
    ),
    (
        ["x^2", "--optimizer", "momentum", "--set", "b=1"],
        "momentum has no hyperparameter b; it has: beta",
    ),
    (["x^2", "--eta", "0"], "the learning rate must be greater than 0, not 0"),
    (["x^2", "--eta", "-1"], "the learning rate must be greater than 0, not -1"),
    (["x^2", "--eta", "nan"], "the learning rate must be a finite number, not nan"),
    (["x^2", "--eta", "0,1"], COMMA),
    (["x^2", "--eta", "1_0"], "_ at column 2 is not part of the notation"),
    (["x^2", "--eta", "0.1/s"], "unknown name s at column 5; known: t"),
    (
        ["x^2", "--eta", "1/(t-1)"],
        "the learning rate must be greater than 0; at the first update it is nan",
    ),
    (["x^2", "--start", "1,2"], "numbers in the start: 2; parameters of the function: 1 (x)"),
    (["x^2", "--start", "a"], "--start: a is not a number"),
    (["x^2", "--start", ""], "--start: a number is missing"),
    (["x*y", "--start", "1,"], "--start: a number is missing"),
    (["x^2", "--start", "1_0"], "--start: 1_0 is not a number"),
    (["x^2", "--start", "nan"], "start.0 must be a finite number"),
    (
        ["x^2", "--stop", "never"],
        "there is no stop rule never; known: step, gradient, change, loss, none",
    ),
    (["x^2", "--epsilon", "0"], "the tolerance ε must be greater than 0"),
    (["x^2", "--epsilon", "small"], "--epsilon: small is not a number"),
    (["x^2", "--epsilon", "inf"], "epsilon must be a finite number"),
    (["x^2", "--max-steps", "0"], "the number of steps must be between 1 and 1,000,000,000"),
    (["x^2", "--max-steps", "1.5"], "--max-steps: 1.5 is not a whole number"),
    (
        ["x^2", "--max-steps", "1" + "0" * 30],
        "the number of steps must be between 1 and 1,000,000,000",
    ),
    (["x^2", "--seed", "x"], "--seed: x is not a whole number"),
    (["x^2", "--seed", "-1"], "the seed must be a whole number from 0 to 9223372036854775807"),
    (["x^2", "--seed", "9" * 5_000], f"--seed: {'9' * 39}… is not a whole number"),
]


@pytest.mark.parametrize(("words", "sentence"), REFUSED)
def test_bad_input_is_refused_in_one_line(
    capsys: Captured, words: list[str], sentence: str
) -> None:
    status, out, err = run(capsys, *words)
    assert (status, out) == (2, "")
    assert err == f"gdsim: {sentence}\n"


def test_a_file_that_cannot_be_written_is_named(capsys: Captured, tmp_path: Path) -> None:
    missing = tmp_path / "missing" / "steps.csv"
    status, out, err = run(capsys, "x^2", "--csv", str(missing))
    assert (status, out) == (2, "")
    assert err == f"gdsim: {missing}: No such file or directory\n"
    status, _, err = run(capsys, "x^2", "--csv", str(tmp_path))
    assert status == 2
    assert str(tmp_path) in err
    assert err.count("\n") == 1
    assert run(capsys, "x^2", "--csv", "")[2] == "gdsim: '': No such file or directory\n"


def test_bad_input_leaves_the_file_alone(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "kept.csv"
    file.write_text("kept", encoding="utf-8")
    assert run(capsys, "x^2 +", "--csv", str(file))[0] == 2
    assert file.read_text(encoding="utf-8") == "kept"


def test_the_list_shows_the_whole_catalogue(capsys: Captured) -> None:
    assert main(["list"]) == 0
    out = capsys.readouterr().out
    for key, function in catalogue.functions().items():
        (line,) = [line for line in out.splitlines() if line.startswith(f"  {key} ")]
        assert line.endswith(f"{function.name['en']}: {function.loss}")
    for key, optimizer in catalogue.optimizers().items():
        assert f"  {key} " in out
        assert all(line in out for line in optimizer.rule)
    for key, schedule in catalogue.schedules().items():
        assert f"  {key} " in out
        assert schedule.formula in out


@pytest.mark.parametrize("words", [["nonsense"], ["--nonsense"], ["list", "more"]])
def test_an_unknown_command_is_refused(capsys: Captured, words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("gdsim: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["run", "--help"], ["run", "x^2", "-h"]])
def test_help_is_to_be_had(capsys: Captured, words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 0
    assert "gdsim" in capsys.readouterr().out


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "gdsim", *words]


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def test_the_command_stands_on_its_own() -> None:
    done = subprocess.run(
        command("run", "(x - 1)^2", "--start", "-2", "--csv", "-", "--max-steps", "2"),
        env=ENVIRONMENT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[:2] == [
        "t,x,loss,grad_x,step_x",
        "0,-2.0,9.0,-6.0,0.6000000000000001",
    ]
    assert done.stderr.decode() == "gdsim: step limit reached at t = 2: no stop rule was met\n"


def test_a_reader_that_leaves_early_is_no_error() -> None:
    words = command("run", "rosenbrock", "--stop", "none", "--max-steps", "200000", "--csv", "-")
    with subprocess.Popen(
        words, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"t,x,y,loss")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


FULL = Path("/dev/full")
at_full = pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")


@at_full
@pytest.mark.parametrize("words", [["list"], ["run", "x^2", "--csv", "-"]])
def test_an_output_that_cannot_be_written_is_said(words: list[str]) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            command(*words),
            env=ENVIRONMENT,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"gdsim: standard output: No space left on device\n"


@at_full
def test_a_table_that_cannot_be_written_is_named(capsys: Captured) -> None:
    status, out, err = run(capsys, "x^2", "--csv", str(FULL))
    assert (status, out, err) == (2, "", "gdsim: /dev/full: No space left on device\n")


def test_without_a_standard_output_it_says_so(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    for words in (["run", "x^2"], ["run", "x^2", "--csv", "-"], ["list"]):
        assert main(words) == 2
        assert capsys.readouterr().err == "gdsim: there is no standard output to write to\n"
    assert main(["run", "x^2", "--csv", str(tmp_path / "steps.csv")]) == 0


def test_without_a_standard_error_the_table_stays_clean(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["run", "x^2", "--csv", "-"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_an_interrupt_is_no_traceback(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(descent: Descent, updates: int) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Descent, "advance", interrupted)
    assert run(capsys, "x^2", "--start", "1") == (130, "", "gdsim: interrupted\n")


def test_a_terminal_without_greek_can_show_the_list() -> None:
    done = subprocess.run(
        command("list"),
        env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"rosenbrock" in done.stdout


def test_a_run_loads_no_window() -> None:
    script = (
        "import sys; from gdsim.cli import main; main(['run', 'x^2', '--max-steps', '2']);"
        "sys.exit(any(name.split('.')[0] in ('PySide6', 'pyqtgraph') for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=ENVIRONMENT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
