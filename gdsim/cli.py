"""The command ``gdsim``: the window, the catalogue, or a descent without a window."""

from __future__ import annotations

import argparse
import contextlib
import io
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from gdsim.cli_data import in_units_of_the_file, notes, read_options
from gdsim.cli_options import command_parser, drop, say, with_minus_signs
from gdsim.core.formula.tokens import shortened
from gdsim.core.problem import Problem

if TYPE_CHECKING:
    from gdsim.core.run.descent import Descent
    from gdsim.core.run.experiment import Experiment

_CHUNK = 4_096


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns
    -------
    The exit status. 0: the descent converged or reached the step limit, or another command
    succeeded; 2: bad input or no display, which one line on standard error explains; 3: the descent
    diverged; 130: interrupted by Ctrl+C, SIGTERM or SIGHUP.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # not every terminal can print κ
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = command_parser().parse_args(with_minus_signs(words))
    try:
        if options.version:
            return _versions()
        if options.command == "run":
            with _interrupted_by_signals():
                return _run(options)
        if options.command == "list":
            return _list()
        return _window(options)
    except Problem as problem:
        return _refuse(str(problem))
    except BrokenPipeError:
        # The reader of a pipe, such as `| head`, has closed it: no error.
        drop(sys.stdout)
        return 0
    except OSError as error:
        if error.filename is None:
            drop(sys.stdout)
            return _refuse(f"standard output: {error.strerror or error}")
        return _refuse(f"{error.filename or repr('')}: {error.strerror}")
    except KeyboardInterrupt:
        say("interrupted")
        return 130


def _refuse(sentence: str) -> int:
    say(sentence)
    return 2


def _output() -> TextIO:
    """Standard output.

    Raises
    ------
    Problem : the process was started without one.
    """
    if sys.stdout is None:
        raise Problem("there is no standard output to write to")
    return sys.stdout


@contextlib.contextmanager
def _interrupted_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the command as Ctrl+C does, so that nothing is left behind.

    A signal that is ignored, as SIGHUP is under nohup, stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)  # a second one must not break off the clean-up
        raise KeyboardInterrupt

    ending = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in ending}
    changed = [number for number, handler in before.items() if handler is signal.SIG_DFL]
    for number in changed:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number in changed:
            signal.signal(number, before[number])


def _number(option: str, text: str) -> float:
    from gdsim.core.optimizer.typed_number import typed_number

    if not text.strip():
        raise Problem("{option}: a number is missing", option=option)
    value = typed_number(text)
    if value is None:
        raise Problem("{option}: {text} is not a number", option=option, text=shortened(text))
    return value


def _whole(option: str, text: str) -> int:
    from gdsim.core.optimizer.typed_number import typed_whole_number

    if not text.strip():
        raise Problem("{option}: a number is missing", option=option)
    value = typed_whole_number(text)
    if value is None:
        raise Problem("{option}: {text} is not a whole number", option=option, text=shortened(text))
    return value


def _report_rate(experiment: Experiment, typed: str | None) -> None:
    """Say how a formula for the learning rate was read, where that is not as it stands."""
    formula = experiment.schedule.formula
    if typed is None or formula == "eta0" or experiment.schedule.named() is not None:
        return
    if formula != typed.strip():
        say(f"{typed.strip()} is read as {formula}")


def _report_start(experiment: Experiment, is_given: bool) -> None:
    """Say that zeros were replaced by a start with a slope, or that the given start has a flaw."""
    from gdsim.core.loss.proposed_start import Flaw, flaw_of, proposed_start

    if is_given:
        flaw = flaw_of(experiment.objective(), experiment.start)
        if flaw is Flaw.STATIONARY:
            say("the start is a stationary point: the slope is 0 there")
        elif flaw is Flaw.SYMMETRIC:
            say("hidden units start alike here, so they stay alike: give them different values")
        return
    proposed = proposed_start(experiment.objective(), experiment.seed)
    if proposed is None or proposed.at != experiment.start:
        return
    point = ", ".join(
        f"{name} = {value:g}"
        for name, value in zip(experiment.parameters, proposed.at, strict=True)
    )
    reason = {
        Flaw.STATIONARY: "at zeros the slope is 0",
        Flaw.SYMMETRIC: "at zeros all hidden units are alike and would stay so",
        Flaw.UNDEFINED: "at zeros the loss or its slope has no value",
    }[proposed.flaw]
    say(f"start: {point}; {reason}")


def _named_numbers(option: str, settings: Sequence[str]) -> dict[str, float]:
    from gdsim.core.formula.notation import canonical_name

    values = {}
    for setting in settings:
        name, separator, value = setting.partition("=")
        if not separator:
            raise Problem(
                "{option}: {text} does not have the form NAME=VALUE", option=option, text=setting
            )
        values[canonical_name(name)] = _number(option, value)
    return values


def _run(options: argparse.Namespace) -> int:
    from gdsim.core.run.choices import choose, standardise
    from gdsim.core.run.descent import Descent
    from gdsim.core.run.experiment import DEFAULT_MAX_STEPS
    from gdsim.core.verdict.report import report_end

    start, constants = options.start, _named_numbers("--constant", options.constant)
    table, reading = read_options(options, constants)
    loss, prediction = reading.texts
    experiment = choose(
        loss,
        optimizer=options.optimizer,
        rule=options.rule,
        hyperparameters=_named_numbers("--set", options.set),
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
        prediction=prediction,
        batch=None if options.batch is None else _whole("--batch", options.batch),
        constants=constants,
    )
    as_read = experiment
    if options.standardise:
        experiment = standardise(experiment)
    for each in reading.rewritten:
        say(f"{each.typed.strip()} is read as {each.text}")
    _report_rate(experiment, options.eta)
    if table is not None:
        for sentence in notes(table, experiment):
            say(sentence)
    _report_start(experiment, options.start is not None)
    with _destination(options, options.json) as report_file:
        with _destination(options, options.csv) as file:
            descent = Descent(experiment)
            _descend(descent, file)
        if options.csv is None:
            theta = descent.trace.step(len(descent.trace) - 1).theta
            units = in_units_of_the_file(as_read, experiment, theta) if options.standardise else []
            _print_result(descent, units, _output())
        report = report_end(descent.trace)
        if report_file is not None:
            import json

            json.dump(report.as_json(), report_file, ensure_ascii=False, allow_nan=False, indent=2)
            report_file.write("\n")
    if report.overshoot is not None:
        say(str(report.overshoot))
    say(report.sentence)
    return 3 if report.ending.outcome.is_failure else 0


@contextlib.contextmanager
def _destination(options: argparse.Namespace, path: str | None) -> Iterator[TextIO | None]:
    """The file at a path to write to; None without a path."""
    if path is None:
        yield None
    elif path == "-":
        output = _output()
        yield output
        output.flush()
    else:
        from gdsim.core.safe_write import written_file

        sources = [] if options.data is None else [0 if options.data == "-" else options.data]
        with written_file(path, force=options.force, sources=sources) as file:
            yield file


def _descend(descent: Descent, file: TextIO | None) -> None:
    """Run to the end; rows are written as they are computed, and their memory is released."""
    from gdsim.core.run.trace_csv import write_header
    from gdsim.core.verdict.overshoot import UPDATES

    trace = descent.trace
    if file is not None:
        write_header(trace, file)
    written = _write(descent, file, 0)
    while descent.ending is None:
        descent.advance(_CHUNK)
        written = _write(descent, file, written)
        # The stop rule needs the newest two rows, the look at the end those of the last updates.
        trace.release(written - 1 - UPDATES)


def _write(descent: Descent, file: TextIO | None, start: int) -> int:
    from gdsim.core.run.trace_csv import write_rows

    trace = descent.trace
    stop = len(trace)
    if file is not None:
        write_rows(trace, file, start, stop)
    return stop


def _print_result(descent: Descent, more: Sequence[str], output: TextIO) -> None:
    step = descent.trace.step(len(descent.trace) - 1)
    lines = [
        f"{name} = {value!r}"
        for name, value in zip(descent.trace.parameters, step.theta.tolist(), strict=True)
    ]
    lines.append(f"loss = {step.loss!r}")
    if descent.experiment.learns_in_parts:
        lines.append(f"loss over all rows = {descent.experiment.objective().value(step.theta)!r}")
    _print([*lines, *more], output)


def _versions() -> int:
    """Print what a bug report needs: gdsim's own version, Python's, Qt's and NumPy's."""
    from importlib.metadata import PackageNotFoundError, version
    from platform import platform, python_version

    lines = []
    for name, package in (("gdsim", "gdsim"), ("Qt", "PySide6-Essentials"), ("NumPy", "numpy")):
        with contextlib.suppress(PackageNotFoundError):
            lines.append(f"{name} {version(package)}")
    lines.insert(1, f"Python {python_version()}, {platform()}")
    _print(lines, _output())
    return 0


def _list() -> int:
    from gdsim.core.catalogue.listing import listing

    _print(list(listing()), _output())
    return 0


def _print(lines: Sequence[str], output: TextIO) -> None:
    """Print the lines and flush them, so that an error in writing is raised here."""
    print("\n".join(lines), file=output, flush=True)


def _window(options: argparse.Namespace) -> int:
    from gdsim.app.platform import missing_for_a_window

    sentence = missing_for_a_window()
    if sentence is not None:
        return _refuse(sentence)
    from gdsim.app.application import open_window

    return open_window(reset=options.reset)
