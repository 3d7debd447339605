"""The console script: arguments to a command, errors to one line and an exit code."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence

from reviewer.cli.arguments import parser
from reviewer.cli.codes import ExitCode, code_of
from reviewer.cli.console import Console
from reviewer.domain.errors import ReviewerError

Command = Callable[[argparse.Namespace, Console], ExitCode]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. Never shows a traceback."""
    arguments = parser()
    namespace = arguments.parse_args(argv)
    if namespace.command is None:
        arguments.print_help()
        return ExitCode.OK
    console = Console(as_json=namespace.json, quiet=namespace.quiet)
    logging.basicConfig(
        level=_level(namespace.verbose), stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )
    try:
        return _command(namespace.command)(namespace, console)
    except ReviewerError as error:
        console.error(error)
        return code_of(error)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away; standard output must not be flushed into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.UNEXPECTED


def _level(verbose: int) -> int:
    return (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]


def _command(name: str) -> Command:
    """The command's function; imported only when it is the one to run, so that each starts fast."""
    match name:
        case "review" | "demo":
            from reviewer.cli import review

            return review.demo if name == "demo" else review.review
        case "parse" | "split" | "route" | "quote":
            from reviewer.cli import documents

            return documents.COMMANDS[name]
        case "runs" | "export":
            from reviewer.cli import runs

            return runs.export if name == "export" else runs.runs
        case _:
            from reviewer.cli import housekeeping

            return housekeeping.COMMANDS[name]
