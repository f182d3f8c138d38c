"""The command line with data: the same descent as in Python, and one line for any error."""

from __future__ import annotations

from pathlib import Path

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
        ("a,b\n1,2\n", "the loss does not read the prediction"),
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
    assert err.startswith("gdsim: rows left out for a missing number: 2, the first in line 3\n")
