"""The console script: arguments to a command, errors to one line and an exit code."""

import argparse
import gc
import io
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from reviewer import border
from reviewer.cli.arguments import parser
from reviewer.cli.codes import ExitCode, code_of
from reviewer.cli.console import Console
from reviewer.domain.errors import ConfigError, ReviewerError
from reviewer.services.crash import places, unexpected
from reviewer.services.logs import OURS, guard_logs

_log = logging.getLogger(__name__)

Command = Callable[[argparse.Namespace, Console], ExitCode]
Window = Callable[[argparse.Namespace], int]
"""Opens the window for the arguments of ``gui``; gives the exit code once it is closed."""


def main(argv: Sequence[str] | None = None, window: Window | None = None) -> int:
    """Runs one command and returns its exit code. Never shows a traceback.

    Args:
        argv: the arguments; None for those of the process.
        window: what ``gui``, or no command at all, does; the command line itself never imports Qt.

    Raises:
        SystemExit: help or the version was asked for.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    console = Console(as_json="--json" in words, quiet=False)
    try:
        code = _run(words, window)
        sys.stdout.flush()
    except ReviewerError as error:
        console.error(error)
        return code_of(error)
    except KeyboardInterrupt:
        console.error(ReviewerError("interrupted", "It was stopped; what was finished before is stored."))
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away; standard output must not be flushed into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.UNEXPECTED
    except Exception as error:  # noqa: BLE001 - the crash handler
        _log.debug("%s at %s", type(error).__name__, places(error))
        console.error(unexpected(error, "Run it again with -vv and report what it logs; that holds no document text."))
        return ExitCode.UNEXPECTED
    return code


def collect_seldom() -> None:
    """Lets Python look for garbage less often: a run makes many values and few cycles, and each search takes longer.

    The window has a collector of its own.
    """
    gc.set_threshold(20_000, 50, 100)


def _run(words: Sequence[str], window: Window | None) -> int:
    arguments = parser()
    namespace = arguments.parse_args(words)
    if border.guard(os.environ):
        told = f"{border.KEY_LOG} is ignored: whoever reads that file could read everything that is sent."
        print(f"reviewer: warning: {told}", file=sys.stderr)
    if namespace.command is None:
        if window is None or not has_display():
            arguments.print_help()
            return ExitCode.OK
        namespace = arguments.parse_args(["gui"])
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s", force=True)
    # Ours only: what a library logs may hold an address, a header or a document's words.
    logging.getLogger(OURS).setLevel(_level(namespace.verbose))
    guard_logs()
    if namespace.command == "gui":
        return _open(window, namespace)
    collect_seldom()
    return _command(namespace.command)(namespace, Console(as_json=namespace.json, quiet=namespace.quiet))


def _open(window: Window | None, namespace: argparse.Namespace) -> int:
    if window is None or not has_display():
        raise ConfigError(
            "no_display",
            "There is no display to open the window on.",
            "Use the command line, for example: reviewer review FILE",
        )
    return window(namespace)


def has_display() -> bool:
    """True where a window can be opened."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _speak_utf8() -> None:
    """Output is UTF-8 everywhere; half a character pair, as broken files hold, is written as its escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _level(verbose: int) -> int:
    return (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]


def _command(name: str) -> Command:
    """The command's function; its module is imported only when it is the one to run, so that each starts fast."""
    module = import_module(f"reviewer.cli.{_MODULES.get(name, 'housekeeping')}")
    commands: Mapping[str, Command] = module.COMMANDS
    return commands[name]


_MODULES = {
    "review": "review", "demo": "review", "estimate": "estimate", "parse": "documents", "split": "documents",
    "route": "documents", "quote": "documents", "redact": "redact", "check": "checks", "compare": "comparison",
    "correct": "corrections", "reroute": "overrides", "matters": "matters", "workspace": "workspace", "runs": "runs",
    "export": "runs", "search": "search", "config": "config",
    "playbooks": "playbooks",
}  # fmt: skip
"""Where a command is; the others are housekeeping."""
