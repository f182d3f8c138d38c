"""The command line with data: the same descent as in Python, and one line for any error."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from command_line import Captured, columns, run, table

from gdsim.core.run.descend import descend


@pytest.mark.parametrize("batch", [None, 1, 3])
def test_own_data_give_the_same_bits_as_in_python(
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
        ("a,b\n1,2\n", "the loss does not use the prediction"),
    ],
)
def test_unusable_data_are_refused(
    capsys: Captured, tmp_path: Path, text: str, sentence: str
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(text, encoding="utf-8")
    loss = "(a - y)^2" if "prediction" in sentence else "(prediction - y)^2"
    status, out, err = run(capsys, loss, "--data", str(file), "--prediction", "a*x")
    assert (status, out, err) == (2, "", f"gdsim: {sentence}\n")


def test_a_mistyped_column_does_not_become_a_parameter(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("height,y\n1,2\n2,3\n", encoding="utf-8")
    words = ["(prediction - y)^2", "--data", str(file), "--prediction"]
    for prediction, sentence in (
        (
            "a*hieght",
            "the data have no column hieght; if you do not mean height, give the parameter a less"
            " similar name",
        ),
        ("a*x", "the prediction uses no column of the data; the columns are: height, y"),
    ):
        status, out, err = run(capsys, *words, prediction)
        assert (status, out, err) == (2, "", f"gdsim: {sentence}\n")


def test_a_file_that_is_not_there_is_named(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "none.csv"
    status, _, err = run(capsys, "(a - y)^2", "--data", str(file))
    assert (status, err) == (2, f"gdsim: there is no file {file}\n")
    status, _, err = run(capsys, "(a - y)^2", "--data", str(tmp_path))
    assert (status, err) == (2, f"gdsim: {tmp_path} is a folder, not a file\n")


def test_unused_columns_are_reported_with_the_parameters(capsys: Captured, tmp_path: Path) -> None:
    """A column whose name was mistyped is then seen among the parameters."""
    file = tmp_path / "rows.csv"
    file.write_text("height,age,y,who\n1,5,2,a\n2,,3,b\n3,7,4,c\n", encoding="utf-8")
    words = ["(prediction - y)^2", "--data", str(file), "--prediction", "a*height + years"]
    status, out, err = run(capsys, *words, "--csv", "-", "--max-steps", "5")
    assert status == 0
    assert table(out)[0][1:3] == ["a", "years"]
    unused, end = err.splitlines()
    assert unused == "gdsim: unused columns: age, who; parameters: a, years"
    assert end.startswith("gdsim: step limit reached at t = 5: no stop rule was met; ")


def test_rows_without_a_number_are_counted_and_left_out(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("x;y\n1,5;2\n?;3\n2;\n2,5;3\n", encoding="gb18030")
    words = ["(prediction - y)^2", "--data", str(file), "--prediction", "a*x", "--csv", "-"]
    _, out, err = run(capsys, *words)
    same = descend("(prediction - y)^2", data={"x": [1.5, 2.5], "y": [2, 3]}, prediction="a*x")
    assert table(out)[1].tobytes() == columns(same).tobytes()
    assert err.startswith(
        "gdsim: rows left out for a missing number: 2, the first in line 3 says “?”\n"
    )


def test_a_number_with_two_meanings_is_refused_and_answered(
    capsys: Captured, tmp_path: Path
) -> None:
    file = tmp_path / "houses.csv"
    file.write_text("area;price\n950;95\n1.024;250\n2.048;410\n", encoding="utf-8")
    words = ["(prediction - price)^2", "--data", str(file), "--prediction", "a*area"]
    words += ["--max-steps", "1", "--csv", "-", "--eta", "1e-9"]
    assert run(capsys, *words) == (
        2,
        "",
        "gdsim: line 3 says “1.024”, which may be 1.024 or 1024: say whether a point or a comma"
        " precedes the decimals, by --decimal . or --decimal ,\n",
    )
    for decimal, area in ((".", [950, 1.024, 2.048]), (",", [950, 1024, 2048])):
        _, out, _ = run(capsys, *words, "--decimal", decimal)
        same = descend(
            "(prediction - price)^2",
            data={"area": area, "price": [95, 250, 410]},
            prediction="a*area",
            max_steps=1,
            eta=1e-9,
        )
        assert table(out)[1].tobytes() == columns(same).tobytes()


@pytest.mark.parametrize(
    ("text", "encoding", "options"),
    [
        ("x|y\n1|2\n2|3\n", "utf-8", ["--delimiter", "|"]),
        ("x:y\n1:2\n2:3\n", "utf-8", ["--delimiter", ":"]),
        ("x\ty\n1\t2\n2\t3\n", "utf-8", ["--delimiter", "tab"]),
        ("x  y\n1  2\n2  3\n", "utf-8", ["--delimiter=blank"]),
        ("größe,x,y\n1,1,2\n2,2,3\n", "cp1250", ["--encoding", "cp1250"]),
        ("x,y\n1,2\n2,3\n", "utf-16-le", ["--encoding", "utf-16-le"]),
    ],
)
def test_how_a_file_is_written_can_be_said(
    capsys: Captured, tmp_path: Path, text: str, encoding: str, options: list[str]
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(text, encoding=encoding)
    words = ["(prediction - y)^2", "--data", str(file), "--prediction", "a*x", "--csv", "-"]
    _, out, _ = run(capsys, *words, *options)
    same = descend("(prediction - y)^2", data={"x": [1, 2], "y": [2, 3]}, prediction="a*x")
    assert table(out)[1].tobytes() == columns(same).tobytes()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--delimiter", ",,"], "--delimiter: ,, is not one sign"),
        (["--delimiter", ""], "--delimiter:  is not one sign"),
        (["--decimal", "dot"], "--decimal: dot is neither a point nor a comma"),
        (
            ["--encoding", "klingon"],
            "there is no encoding klingon; usual ones are utf-8, gb18030, cp1252 and utf-16",
        ),
        (["--encoding", "utf-16"], "the file cannot be read as utf-16"),
        (["--encoding", "zip"], "there is no encoding zip"),
    ],
)
def test_a_wrong_way_of_writing_is_one_sentence(
    capsys: Captured, tmp_path: Path, options: list[str], sentence: str
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("x,y\n1,2\n2,3\n", encoding="utf-8")
    words = ["(prediction - y)^2", "--data", str(file), "--prediction", "a*x", *options]
    status, out, err = run(capsys, *words)
    assert (status, out) == (2, "")
    assert err.startswith(f"gdsim: {sentence}")
    assert err.count("\n") == 1


def test_a_way_of_writing_needs_data(capsys: Captured) -> None:
    for name in ("delimiter", "decimal", "encoding"):
        assert run(capsys, "x^2", f"--{name}", ",")[2] == (
            f"gdsim: --{name} says how data are written; there is no --data\n"
        )


def test_classes_and_percentages_are_said(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("Share 1,label\n12%,no\n90%,yes\n60%,no\n", encoding="utf-8")
    words = ["crossentropy(prediction, label)", "--data", str(file), "--max-steps", "1"]
    _, out, err = run(capsys, *words, "--prediction", "sigmoid(w*Share_1)", "--eta", "1")
    assert err.startswith(
        "gdsim: column Share_1: 12% is read as 0.12\ngdsim: column label: 0 is no, 1 is yes\n"
    )
    # L = mean of log 2 at w = 0, with the slope mean((1/2 - label) x)
    slope = ((0.5 - 0) * 0.12 + (0.5 - 1) * 0.9 + (0.5 - 0) * 0.6) / 3
    assert float(out.splitlines()[0].removeprefix("w = ")) == pytest.approx(-slope)


def test_one_kind_of_several_is_learnt_by_its_own_name(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "flowers.csv"
    file.write_text("petal,kind\n1.4,setosa\n4.7,versicolor\n6,virginica\n1.3,setosa\n")
    words = ["crossentropy(prediction, kind_setosa)", "--data", str(file), "--max-steps", "2"]
    status, _, err = run(capsys, *words, "--prediction", "sigmoid(a + b*petal)")
    assert status == 0
    assert "column kind_setosa: 0 is versicolor / virginica, 1 is setosa\n" in err
    words[0] = "crossentropy(prediction, kind)"
    assert run(capsys, *words, "--prediction", "sigmoid(a + b*petal)")[2] == (
        "gdsim: column kind of the file holds 3 kinds of text; each has a column of its own, 1 for"
        " that kind and 0 for the others: kind_setosa, kind_versicolor, kind_virginica\n"
    )


def test_standardised_columns_are_told_in_the_units_of_the_file(
    capsys: Captured, tmp_path: Path
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("x,y\n1000,2\n2000,3.5\n3000,4\n4000,7\n", encoding="utf-8")
    words = ["(prediction - y)^2", "--prediction", "a + b*x", "--eta", "0.25", "--data", str(file)]
    status, out, _ = run(capsys, *words, "--standardise", "--epsilon", "1e-12")
    assert status == 0
    lines = dict(line.split(" = ") for line in out.splitlines())
    b, a = np.polyfit([1000, 2000, 3000, 4000], [2, 3.5, 4, 7], 1)
    assert float(lines["a in the units of the file"]) == pytest.approx(a, rel=1e-9)
    assert float(lines["b in the units of the file"]) == pytest.approx(b, rel=1e-9)
    assert float(lines["a"]) == pytest.approx(0, abs=1e-9)


def test_there_is_nothing_to_standardise_without_data(capsys: Captured) -> None:
    status, out, err = run(capsys, "x^2", "--standardise")
    assert (status, out) == (2, "")
    assert err == "gdsim: only data can be standardised: give data, or a task of the catalogue\n"
    assert run(capsys, "noisy-line", "--standardise", "--max-steps", "3")[0] == 0
