"""The commands and options of ``gdsim``, and the lines that it prints on standard error."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, TextIO

from gdsim.cli_data import add_data_options
from gdsim.core.plain_text import plain_text
from gdsim.core.run.stop_rules import StopRule


def say(sentence: str) -> None:
    """Print one line on standard error.

    Without standard error, or where nothing can be written to it, the line is lost: what the
    command does, and its exit status, do not depend on it.
    """
    if sys.stderr is None:
        return
    try:
        print(f"gdsim: {plain_text(sentence)}", file=sys.stderr, flush=True)
    except OSError:
        drop(sys.stderr)


def drop(stream: TextIO | None) -> None:
    """Redirect a stream to nowhere, so that Python does not fail again when it exits."""
    if stream is not None:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class OneLineParser(argparse.ArgumentParser):
    """Reports bad input in one line; argparse would print the usage as well."""

    def error(self, message: str) -> NoReturn:
        say(message)
        self.exit(2)


def command_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = OneLineParser(
        prog="gdsim",
        description="A gradient-descent simulator for the classroom."
        " Without a command it opens the window.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the versions and end")
    parser.add_argument("--reset", action="store_true", help="forget the remembered settings")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=OneLineParser)
    commands.add_parser("list", help="the catalogue: functions, tasks, optimizers, schedules")
    run = commands.add_parser("run", help="run a descent without a window", allow_abbrev=False)
    run.add_argument("loss", metavar="LOSS", help="a key of the catalogue or a formula")
    run.add_argument("--optimizer", metavar="KEY", help="a key of the catalogue")
    run.add_argument(
        "--rule",
        metavar="LINES",
        help="an optimizer of your own: 'v = beta*v + g; theta = theta - eta*v'",
    )
    run.add_argument("--eta", metavar="X", help="the learning rate: a number or a formula of t")
    run.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="a hyperparameter; repeat for more",
    )
    run.add_argument(
        "--constant",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="a name of the formula that is not learned; repeat for more",
    )
    run.add_argument("--start", metavar="A[,B…]", help="the point to start from")
    *rules, last = (rule.value for rule in StopRule)
    run.add_argument("--stop", metavar="RULE", default="step", help=f"{', '.join(rules)} or {last}")
    run.add_argument("--epsilon", metavar="X", help="the tolerance of the stop rule")
    run.add_argument("--max-steps", metavar="N", help="the largest number of updates")
    run.add_argument("--seed", metavar="N", default="0", help="the seed of everything random")
    add_data_options(run)
    run.add_argument("--json", metavar="FILE", help="write how the descent ended as JSON")
    run.add_argument("--csv", metavar="FILE", help="write every step; - is standard output")
    run.add_argument("--force", action="store_true", help="replace an existing file")
    return parser


_VALUED = frozenset(
    f"--{name}"
    for name in (
        "optimizer rule eta set constant start stop epsilon max-steps seed data prediction batch"
        " csv json delimiter decimal encoding".split()
    )
)


def with_minus_signs(words: Sequence[str]) -> list[str]:
    """The arguments with every value joined to its option by ``=``, and formulas last.

    A start such as ``-1.5,2`` and a loss such as ``-cos(x)`` would be options to argparse.
    """
    joined: list[str] = []
    formulas: list[str] = []
    waiting = iter(words)
    for word in waiting:
        name, _, value = word.partition("=")
        if word == "--":
            formulas += waiting
        elif name in _VALUED:
            text = value if name != word else next(waiting, "--")
            # For the value "--" argparse would give a list; so it reports a missing value instead.
            joined.append(name if text == "--" else f"{name}={text}")
        elif word.startswith("-") and not word.startswith("--") and word != "-h":
            formulas.append(word)
        else:
            joined.append(word)
    return [*joined, "--", *formulas] if formulas else joined
