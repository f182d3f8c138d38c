"""The command line: the same descent without a window, and one line for any error."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from command_line import Captured, columns, run, table

from gdsim.cli import main
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import tasks
from gdsim.core.run.descend import descend
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.verdict.report import report_end


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
    assert err == (
        "gdsim: step limit reached at t = 3: no stop rule was met;"
        " the minimum of the local parabola is 1.54 away\n"
    )


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
    assert err == f"gdsim: {report_end(trace).sentence}\n"
    assert status == (3 if trace.ending and trace.ending.outcome.is_failure else 0)


@pytest.mark.parametrize("key", tasks())
def test_a_learning_task_runs_by_its_key(capsys: Captured, key: str) -> None:
    status, out, _ = run(capsys, key, "--max-steps", "40", "--seed", "5", "--csv", "-")
    assert status == 0
    assert table(out)[1].tobytes() == columns(descend(key, max_steps=40, seed=5)).tobytes()


@pytest.mark.parametrize("optimizer", catalogue.optimizers())
def test_an_optimizer_runs_by_its_key(capsys: Captured, optimizer: str) -> None:
    words = ["himmelblau", "--optimizer", optimizer, "--eta", "0.01", "--stop", "none"]
    status, out, _ = run(capsys, *words, "--max-steps", "60", "--csv", "-")
    trace = descend("himmelblau", optimizer=optimizer, eta=0.01, stop="none", max_steps=60)
    assert status == 0
    assert table(out)[1].tobytes() == columns(trace).tobytes()


def test_every_option_takes_effect(capsys: Captured, tmp_path: Path) -> None:
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
def test_values_with_a_minus_sign_are_not_options(capsys: Captured, words: list[str]) -> None:
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
        (["1/x", "--start", "0"], "undefined at t = 0: division by x = 0, at x = 0"),
        (["log(x)", "--start", "-1"], "undefined at t = 0: log has no value for x = −1, at x = −1"),
        (["x^2", "--start", "1", "--eta", "1e308"], "diverged at t = 0: the update is not finite"),
        (
            ["x^4", "--start", "10", "--eta", "1", "--csv", "-"],
            "diverged at t = 1: L grew from 1e4 to 2.534e14 and still rises",
        ),
        (["exp(x)", "--start", "1000", "--csv", "-"], "diverged at t = 0: the loss is ∞"),
    ],
)
def test_divergence_has_its_own_exit_status(
    capsys: Captured, words: list[str], sentence: str
) -> None:
    status, out, err = run(capsys, *words)
    assert status == 3
    assert err == f"gdsim: {sentence}\n"
    assert out


def test_infinite_numbers_can_be_read_back(capsys: Captured) -> None:
    _, out, _ = run(capsys, "1/x", "--start", "0", "--csv", "-")
    header, numbers = table(out)
    assert header == ["t", "x", "loss", "grad_x", "step_x"]
    assert numbers.tolist() == [[0.0, 0.0, math.inf, -math.inf, math.inf]]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (["--start", "1/2,pi"], ["--start", f"0.5,{math.pi!r}"]),
        (["--start", "-√(2),2^3"], ["--start", f"{-math.sqrt(2)!r},8"]),
        (["--max-steps", "1e1"], ["--max-steps", "10"]),
        (["--epsilon", "10^-3"], ["--epsilon", "0.001"]),
        (["--optimizer", "adam", "--set", "β1=4/5"], ["--optimizer", "adam", "--set", "beta1=0.8"]),
        (["--eta", "1/1000"], ["--eta", "0.001"]),
    ],
)
def test_numbers_are_typed_as_expressions(
    capsys: Captured, typed: list[str], plain: list[str]
) -> None:
    words = ["rosenbrock", "--csv", "-"]
    if "--max-steps" not in typed:
        words += ["--max-steps", "5"]
    assert run(capsys, *words, *typed) == run(capsys, *words, *plain)


def test_the_versions_are_told(capsys: Captured) -> None:
    assert main(["--version"]) == 0
    printed = capsys.readouterr().out
    for name in ("gdsim ", "Python 3.", "Qt 6.", "NumPy "):
        assert name in printed


OPTIMIZERS = ", ".join(catalogue.optimizers())
SCHEDULES = ", ".join(catalogue.schedules())
KEYS = ", ".join((*catalogue.functions(), *tasks()))
COMMA = (
    "the comma at column 2 is only for the arguments of a function;"
    " decimals are written with a point"
)
FUNCTIONS = (
    "abs acos asin atan cos cosh exp floor huber leaky_relu log max min relu sigmoid sign sin sinh"
    " softplus sqrt tan tanh"
)

REFUSED = [
    ([], "the following arguments are required: LOSS"),
    (["x^2", "y^2"], "unrecognized arguments: y^2"),
    (["x^2", "--colour"], "unrecognized arguments: --colour"),
    (["x^2", "--opt", "adam"], "unrecognized arguments: --opt adam"),
    (["x^2", "--eta"], "argument --eta: expected one argument"),
    (["x^2", "--seed=--"], "argument --seed: expected one argument"),
    (["x^2", "--seed", "--", "--eta", "0.1"], "argument --seed: expected one argument"),
    (["x^2", "--colour", "\n", "y"], "unrecognized arguments: --colour   y"),
    (["x^2 +"], "the formula ends at column 6, but something must follow"),
    (["x^2 + foo(x)"], f"unknown function foo at column 7; known: {FUNCTIONS}"),
    (["__import__('os').system('x')"], "_ at column 1 is not part of the notation"),
    (["9**9**9**9"], "the number at column 1 is too large to compute with"),
    (["(" * 10_000], "the formula has 10000 characters; at most 4000 are read"),
    (["3"], "the formula has no parameter, so nothing can be minimised"),
    (
        ["x!"],
        "the factorial at column 2 has no derivative; write a number for it, such as 6 for 3!",
    ),
    (["2xy + ln x/2"], "ln x at column 11 can be read in two ways; write log(x)/2 or log(x/2)"),
    (["2xy + ln x + @"], "@ at column 14 is not part of the notation"),
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
    (
        ["x^2", "--eta", "0.1/s"],
        f"the learning rate names s, which has no number; known schedules: {SCHEDULES}",
    ),
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
        f"there is no stop rule never; known: {', '.join(rule.value for rule in StopRule)}",
    ),
    (["x^2", "--epsilon", "0"], "the tolerance ε must be greater than 0"),
    (["x^2", "--epsilon", "small"], "--epsilon: small is not a number"),
    (["x^2", "--epsilon", "inf"], "epsilon must be a finite number"),
    (
        ["x^2", "--max-steps", "0"],
        "the number of steps must be between 1 and 1\u2009000\u2009000\u2009000",
    ),
    (["x^2", "--max-steps", "1.5"], "--max-steps: 1.5 is not a whole number"),
    (
        ["x^2", "--max-steps", "1" + "0" * 30],
        "the number of steps must be between 1 and 1\u2009000\u2009000\u2009000",
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


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ln x", "log(x)"),
        ("y = x^2 + 2xz", "x^2 + 2x*z"),
        ("cosx", "cos(x)"),
        ("sin²x + ½x", "sin(x)^2 + (1/2)x"),
    ],
)
def test_a_formula_that_is_not_literal_is_said(capsys: Captured, typed: str, read: str) -> None:
    start = ",".join("1" * (2 if "z" in typed else 1))
    status, out, err = run(capsys, typed, "--max-steps", "1", "--start", start)
    again = run(capsys, read, "--max-steps", "1", "--start", start)
    assert (status, out) == again[:2]
    assert err == f"gdsim: {typed} is read as {read}\n{again[2]}"


def test_a_file_that_cannot_be_written_is_named(capsys: Captured, tmp_path: Path) -> None:
    missing = tmp_path / "missing" / "steps.csv"
    status, out, err = run(capsys, "(x - 1)^2", "--csv", str(missing))
    assert (status, out) == (2, "")
    assert err == f"gdsim: {missing}: No such file or directory\n"
    status, _, err = run(capsys, "(x - 1)^2", "--csv", str(tmp_path))
    assert status == 2
    assert str(tmp_path) in err
    assert err.count("\n") == 1
    assert run(capsys, "(x - 1)^2", "--csv", "")[2] == "gdsim: '': No such file or directory\n"


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
        values = "".join(f", {name} = {value:g}" for name, value in function.constants.items())
        assert line.endswith(f"{function.name['en']}: {function.loss}{values}")
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
def test_help_is_printed(capsys: Captured, words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 0
    assert "gdsim" in capsys.readouterr().out
