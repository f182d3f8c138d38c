"""The command ``gdsim``: the window, the catalogue, or one descent without a window."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from gdsim.core.formula.tokens import shortened
from gdsim.core.plain_text import plain_text, quoted
from gdsim.core.problem import Problem

if TYPE_CHECKING:
    from gdsim.core.data.csv_dialect import DialectChoices
    from gdsim.core.data.csv_reader import Table
    from gdsim.core.run.descent import Descent
    from gdsim.core.run.experiment import Experiment

_CHUNK = 4_096


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status.

    0: converged, step limit, or nothing to report; 2: bad input or no display, in one line;
    3: the descent diverged; 130: interrupted.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack κ
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser().parse_args(_with_minus_signs(words))
    try:
        if options.command == "run":
            return _run(options)
        if options.command == "list":
            return _list()
        return _window(options)
    except Problem as problem:
        return _refuse(str(problem))
    except BrokenPipeError:
        # The reader of a pipe such as `| head` has what it wanted.
        _drop_output()
        return 0
    except OSError as error:
        if error.filename is None:
            _drop_output()
            return _refuse(f"standard output: {error.strerror or error}")
        return _refuse(f"{error.filename or repr('')}: {error.strerror}")
    except KeyboardInterrupt:
        _say("interrupted")
        return 130


def _refuse(sentence: str) -> int:
    _say(sentence)
    return 2


def _say(sentence: str) -> None:
    """One line on standard error, if there is one: without it, print would take the other."""
    if sys.stderr is not None:
        print(f"gdsim: {plain_text(sentence)}", file=sys.stderr)


def _output() -> TextIO:
    """Standard output; a process can be started without one."""
    if sys.stdout is None:
        raise Problem("there is no standard output to write to")
    return sys.stdout


def _drop_output() -> None:
    """Send what could not be written nowhere, so that Python does not try again as it ends."""
    if sys.stdout is not None:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    """One line for bad input, where argparse would print its usage as well."""

    def error(self, message: str) -> None:  # type: ignore[override]
        _say(message)
        self.exit(2)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="gdsim",
        description="A gradient-descent simulator for the classroom."
        " Without a command it opens the window.",
        allow_abbrev=False,
    )
    parser.add_argument("--reset", action="store_true", help="forget the remembered settings")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    commands.add_parser("list", help="the catalogue: functions, tasks, optimizers, schedules")
    run = commands.add_parser("run", help="the same descent without a window", allow_abbrev=False)
    run.add_argument("loss", metavar="LOSS", help="a key of the catalogue or a formula")
    run.add_argument("--optimizer", metavar="KEY", help="a key of the catalogue")
    run.add_argument("--eta", metavar="X", help="the learning rate: a number or a formula of t")
    run.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="a hyperparameter; repeat for more",
    )
    run.add_argument("--start", metavar="A[,B…]", help="the point to start from")
    run.add_argument(
        "--stop", metavar="RULE", default="step", help="step, gradient, change, loss or none"
    )
    run.add_argument("--epsilon", metavar="X", help="the tolerance of the stop rule")
    run.add_argument("--max-steps", metavar="N", help="the most updates that are made")
    run.add_argument("--seed", metavar="N", default="0", help="the seed of everything random")
    run.add_argument("--data", metavar="FILE", help="rows to learn from; - is standard input")
    run.add_argument(
        "--prediction", metavar="FORMULA", help="the model, over columns and parameters"
    )
    run.add_argument("--batch", metavar="N", help="rows an update; by default all")
    run.add_argument(
        "--delimiter", metavar="SIGN", help="what separates the cells of the data; also tab, blank"
    )
    run.add_argument("--decimal", metavar="SIGN", help="the sign before decimals in the data: . ,")
    run.add_argument("--encoding", metavar="NAME", help="how letters are stored in the data")
    run.add_argument("--csv", metavar="FILE", help="write every step; - is standard output")
    run.add_argument("--force", action="store_true", help="replace an existing file")
    return parser


_VALUED = frozenset(
    f"--{name}"
    for name in (
        "optimizer eta set start stop epsilon max-steps seed data prediction batch csv"
        " delimiter decimal encoding".split()
    )
)


def _with_minus_signs(words: Sequence[str]) -> list[str]:
    """The words with every value tied to its option, and formulas last.

    argparse takes ``-1.5,2`` and ``-cos(x)`` for options; a start and a loss may begin so.
    """
    tied: list[str] = []
    formulas: list[str] = []
    waiting = iter(words)
    for word in waiting:
        name, _, value = word.partition("=")
        if word == "--":
            formulas += waiting
        elif name in _VALUED:
            text = value if name != word else next(waiting, "--")
            # argparse would give a list for a value that is "--"; so it says that there is none.
            tied.append(name if text == "--" else f"{name}={text}")
        elif word.startswith("-") and not word.startswith("--") and word != "-h":
            formulas.append(word)
        else:
            tied.append(word)
    return [*tied, "--", *formulas] if formulas else tied


def _number(option: str, text: str) -> float:
    if not text.strip():
        raise Problem("{option}: a number is missing", option=option)
    try:
        return float(text.replace("_", "?"))  # Python would take 1_0 for 10
    except ValueError:
        shown = shortened(text)
        raise Problem("{option}: {text} is not a number", option=option, text=shown) from None


def _whole(option: str, text: str) -> int:
    if not text.strip():
        raise Problem("{option}: a number is missing", option=option)
    try:
        return int(text.replace("_", "?"))
    except ValueError:
        shown = shortened(text)
        raise Problem("{option}: {text} is not a whole number", option=option, text=shown) from None


_DELIMITERS = {"tab": "\t", "\\t": "\t", "blank": " ", "space": " "}


def _table(options: argparse.Namespace) -> Table | None:
    """The data to learn from, if there are any."""
    choices = _dialect_choices(options)
    if options.data is None:
        return None
    from gdsim.core.data.cell_numbers import AmbiguousNumber
    from gdsim.core.run.dataset_source import table_of

    try:
        return table_of(options.data, options.loss, options.prediction, choices, may_wait=True)
    except AmbiguousNumber as problem:
        raise Problem("{sentence}, by --decimal . or --decimal ,", sentence=problem) from None


def _dialect_choices(options: argparse.Namespace) -> DialectChoices:
    """How the data are written, as far as the options say."""
    from gdsim.core.data.csv_dialect import DialectChoices

    for name in ("delimiter", "decimal", "encoding"):
        if getattr(options, name) is not None and options.data is None:
            raise Problem("--{name} says how data are written; there is no --data", name=name)
    delimiter = options.delimiter
    if delimiter is not None:
        delimiter = _DELIMITERS.get(delimiter, delimiter)
        if len(delimiter) != 1 or delimiter in '"\r\n':
            shown = shortened(delimiter)
            raise Problem("--delimiter: {text} is not one sign", text=shown)
    if options.decimal not in (None, ".", ","):
        shown = shortened(options.decimal)
        raise Problem("--decimal: {text} is neither a point nor a comma", text=shown)
    return DialectChoices(encoding=options.encoding, delimiter=delimiter, decimal=options.decimal)


def _say_of_data(table: Table, experiment: Experiment) -> None:
    """What should be known about a file and about the columns that are read from it."""
    cell = table.first_left_out
    if cell is not None:
        said = f" says {quoted(cell.text)}" if cell.text.strip() else ""
        _say(
            f"rows left out because a number is missing: {table.left_out},"
            f" the first in line {cell.line}{said}"
        )
    for column in table.columns:
        if column.classes is not None:
            low, high = column.classes
            _say(f"column {column.spelled}: 0 is {low}, 1 is {high}")
        elif (share := table.preview.share_in(column)) is not None:
            _say(f"column {column.spelled}: {share[0]} is read as {share[1]}")
    read = {column.place for column in table.columns}
    preview = table.preview
    unread = [c.spelled for c in preview.columns[: preview.width] if c.place not in read]
    if unread:
        _say(
            f"columns that are not read: {', '.join(unread)};"
            f" parameters: {', '.join(experiment.parameters)}"
        )


def _hyperparameters(settings: Sequence[str]) -> dict[str, float]:
    values = {}
    for setting in settings:
        name, separator, value = setting.partition("=")
        if not separator:
            raise Problem("--set: {text} does not have the form NAME=VALUE", text=setting)
        values[name.strip()] = _number("--set", value)
    return values


def _run(options: argparse.Namespace) -> int:
    from gdsim.core.run.descent import Descent
    from gdsim.core.run.experiment import DEFAULT_MAX_STEPS, choose

    start, table = options.start, _table(options)
    experiment = choose(
        options.loss,
        optimizer=options.optimizer,
        hyperparameters=_hyperparameters(options.set),
        start=None if start is None else [_number("--start", part) for part in start.split(",")],
        eta=options.eta,
        stop=options.stop,
        epsilon=None if options.epsilon is None else _number("--epsilon", options.epsilon),
        max_steps=(
            DEFAULT_MAX_STEPS
            if options.max_steps is None
            else _whole("--max-steps", options.max_steps)
        ),
        seed=_whole("--seed", options.seed),
        data=None if table is None else table.dataset(),
        prediction=options.prediction,
        batch=None if options.batch is None else _whole("--batch", options.batch),
    )
    if table is not None:
        _say_of_data(table, experiment)
    with _destination(options) as file:
        descent = Descent(experiment)
        _descend(descent, file)
    ending = descent.ending
    assert ending is not None
    if options.csv is None:
        _print_result(descent, _output())
    _say(str(ending))
    return 3 if ending.outcome.is_divergence else 0


@contextlib.contextmanager
def _destination(options: argparse.Namespace) -> Iterator[TextIO | None]:
    """The file that every step is written to, if there is one."""
    if options.csv is None:
        yield None
    elif options.csv == "-":
        output = _output()
        yield output
        output.flush()
    else:
        from gdsim.core.safe_write import written_file

        sources = [] if options.data is None else [0 if options.data == "-" else options.data]
        with written_file(options.csv, force=options.force, sources=sources) as file:
            yield file


def _descend(descent: Descent, file: TextIO | None) -> None:
    """Go to the end, writing rows as they come and giving their memory back."""
    from gdsim.core.run.trace_csv import write_header

    trace = descent.trace
    if file is not None:
        write_header(trace, file)
    written = _write(descent, file, 0)
    while descent.ending is None:
        descent.advance(_CHUNK)
        written = _write(descent, file, written)
        # The newest row stays readable, and so does the one before it, for the stop rule.
        trace.release(written - 2)


def _write(descent: Descent, file: TextIO | None, start: int) -> int:
    from gdsim.core.run.trace_csv import write_rows

    trace = descent.trace
    stop = len(trace)
    if file is not None:
        write_rows(trace, file, start, stop)
    return stop


def _print_result(descent: Descent, output: TextIO) -> None:
    step = descent.trace.step(len(descent.trace) - 1)
    lines = [
        f"{name} = {value!r}"
        for name, value in zip(descent.trace.parameters, step.theta.tolist(), strict=True)
    ]
    lines.append(f"loss = {step.loss!r}")
    if descent.experiment.learns_in_parts:
        lines.append(f"loss over all rows = {descent.experiment.objective().value(step.theta)!r}")
    _print(lines, output)


def _list() -> int:
    from gdsim.core.catalogue import entries as catalogue
    from gdsim.core.catalogue.tasks import tasks

    lines = ["Functions"]
    for key, function in catalogue.functions().items():
        lines.append(f"  {key:<24} {function.name['en']}: {function.loss}")
    lines.append("\nLearning tasks")
    for key, task in tasks().items():
        lines.append(
            f"  {key:<24} {task.name['en']}: {task.formula}, prediction = {task.prediction}"
        )
    lines.append("\nOptimizers")
    for key, optimizer in catalogue.optimizers().items():
        lines.append(f"  {key:<24} {optimizer.name['en']}: {'; '.join(optimizer.rule)}")
    lines.append("\nSchedules of the learning rate")
    for key, schedule in catalogue.schedules().items():
        lines.append(f"  {key:<24} {schedule.name['en']}: {schedule.formula}")
    _print(lines, _output())
    return 0


def _print(lines: Sequence[str], output: TextIO) -> None:
    """Print the lines; what is wrong with the output is known when this returns."""
    print("\n".join(lines), file=output, flush=True)


def _window(options: argparse.Namespace) -> int:
    from gdsim.app.platform import missing_for_a_window

    sentence = missing_for_a_window()
    if sentence is not None:
        return _refuse(sentence)
    from gdsim.app.application import open_window

    return open_window(reset=options.reset)
