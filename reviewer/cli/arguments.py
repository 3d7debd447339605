"""The arguments of every command."""

import argparse
from pathlib import Path
from typing import NoReturn

from reviewer import __version__
from reviewer.domain.correction import CorrectionAction
from reviewer.domain.errors import ConfigError
from reviewer.domain.outcome import Severity
from reviewer.domain.projection import View
from reviewer.domain.section import SplitAs
from reviewer.domain.workflow import EngineId

UNDO = "undo"
"""What takes the last correction back."""

AGREED = "agreed"
_EPILOG = """\
exit codes: 0 ok, 1 unexpected error, 2 usage, 3 some documents or sections failed, 4 findings at or above --fail-on,
5 model endpoint unreachable or key refused, 6 budget reached, 7 input unreadable or none, 130 interrupted (finished
work is stored). API keys come from the environment (OPENAI_API_KEY) or the keyring, never from arguments."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments as every other error is said."""

    def error(self, message: str) -> NoReturn:
        """Raises ConfigError ``usage``."""
        raise ConfigError("usage", f"{message[0].upper()}{message[1:].rstrip('.')}.", f"See: {self.prog} --help")


def parser() -> argparse.ArgumentParser:
    """All commands with their flags; each sets ``command`` to its name. Raises ConfigError for wrong arguments."""
    top = _Parser(
        prog="reviewer",
        description="Reviews contracts and synthesizes papers; every finding is anchored to the exact words.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("-V", "--version", action="version", version=f"reviewer {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _window(commands)
    _review(commands)
    _documents(commands)
    _runs(commands)
    _housekeeping(commands)
    return top


_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives the type no public name


def _window(commands: "_Commands[_Parser]") -> None:
    gui = _command(commands, "gui", "open the window; so does no command at all")
    gui.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files, or folders of files, to open")
    gui.add_argument(
        "--screenshot", type=Path, metavar="PNG", help="draw the window with the files open there, and close it"
    )
    _model_flags(gui)
    _workspace_flags(gui)


def _review(commands: "_Commands[_Parser]") -> None:
    review = _command(commands, "review", "review documents: the main job")
    review.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files, or folders of files")
    review.add_argument("--workflow", metavar="ID", help="workflow id or .toml file (default: what fits each document)")
    review.add_argument("-o", "--output", type=Path, metavar="DIR", help="write report.json and report.md there too")
    review.add_argument(
        "--fail-on", choices=[each.value for each in Severity], help="exit with 4 at findings of this severity or worse"
    )
    _model_flags(review)
    _workspace_flags(review)
    demo = _command(commands, "demo", "the main job on bundled samples: no account, no network, no model")
    _workspace_flags(demo)


def _documents(commands: "_Commands[_Parser]") -> None:
    parse = _command(commands, "parse", "show how a document is read")
    parse.add_argument("path", type=Path, metavar="PATH")
    parse.add_argument(
        "--view",
        choices=[each.value for each in View],
        help="how tracked changes are read; changes: nothing but them (default: every block, hidden ones included)",
    )
    split = _command(commands, "split", "show the sections of a document")
    split.add_argument("path", type=Path, metavar="PATH")
    split.add_argument("--as", dest="split_as", choices=[each.value for each in SplitAs], default=SplitAs.AUTO.value)
    correct = _command(commands, "correct", "put right how a document was cut; kept with the document")
    correct.add_argument("path", type=Path, metavar="PATH")
    correct.add_argument("action", nargs="?", choices=[*(each.value for each in CorrectionAction), UNDO])
    correct.add_argument(
        "words",
        nargs="*",
        metavar="WORDS",
        help="merge SECTION | split WORDS | renumber SECTION NUMBER | rename SECTION HEADING | relabel SECTION KIND | "
        "level SECTION LEVEL; a section by its id, number or heading",
    )
    correct.add_argument("--as", dest="split_as", choices=[each.value for each in SplitAs], default=SplitAs.AUTO.value)
    _workspace_flags(correct)
    route = _command(commands, "route", "show which handler each item goes to")
    route.add_argument("--workflow", metavar="ID", required=True)
    route.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    route.add_argument("--text", help="one item, given here")
    route.add_argument("--lines", metavar="FILE", help="one JSON string per line; one JSON object per output line")
    quote = _command(commands, "quote", "check whether words stand in a document")
    quote.add_argument("path", type=Path, metavar="PATH")
    given = quote.add_mutually_exclusive_group(required=True)
    given.add_argument("--quote", metavar="TEXT")
    given.add_argument("--lines", metavar="FILE", help="one JSON string per line; one JSON object per output line")


def _runs(commands: "_Commands[_Parser]") -> None:
    runs = commands.add_parser("runs", help="stored runs", description="Stored runs.")
    actions = runs.add_subparsers(dest="action", metavar="ACTION", required=True)
    _workspace_flags(_command(actions, "list", "all runs, newest first"))
    for name, does in (("show", "the report of a run"), ("resume", "go on with a run that did not finish")):
        action = _command(actions, name, does)
        action.add_argument("run", metavar="RUN", help="its id, or the beginning of it")
        _workspace_flags(action)
    export = _command(commands, "export", "write out a stored run")
    export.add_argument("run", metavar="RUN")
    export.add_argument("--format", required=True, choices=["json", "md"])
    export.add_argument("-o", "--output", type=Path, metavar="FILE")
    export.add_argument("--only", choices=[AGREED], help="what was agreed with (default: all that was not dismissed)")
    _workspace_flags(export)


def _housekeeping(commands: "_Commands[_Parser]") -> None:
    workflows = commands.add_parser("workflows", help="workflow files", description="Workflow files.")
    actions = workflows.add_subparsers(dest="action", metavar="ACTION", required=True)
    _command(actions, "list", "bundled workflows")
    _command(actions, "show", "a workflow's file").add_argument("workflow", metavar="ID")
    _command(actions, "check", "check a workflow file").add_argument("file", metavar="FILE")
    models = commands.add_parser("models", help="model endpoints", description="Model endpoints.")
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)
    key = actions.add_parser("key", help="API keys", description="API keys.")
    keys = key.add_subparsers(dest="key_action", metavar="ACTION", required=True)
    _command(keys, "set", "read a key from standard input into the keyring").add_argument(
        "provider", metavar="PROVIDER"
    )
    _model_flags(_command(actions, "test", "reach an endpoint, list its models, ask one short question"))
    config = commands.add_parser("config", help="settings", description="Settings.")
    actions = config.add_subparsers(dest="action", metavar="ACTION", required=True)
    _workspace_flags(_command(actions, "path", "where configuration and data are kept"))
    _workspace_flags(_command(commands, "doctor", "check that everything needed is there"))
    _command(commands, "version", "the version")


def _command(commands: "_Commands[_Parser]", name: str, does: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.", allow_abbrev=False)
    command.add_argument("--json", action="store_true", help="standard output carries JSON only")
    command.add_argument("-q", "--quiet", action="store_true", help="no progress")
    command.add_argument(
        "-v", "--verbose", action="count", default=0, help="log to standard error; never document text"
    )
    command.add_argument("--no-color", action="store_true", help="plain text (also NO_COLOR)")
    command.add_argument("--offline", action="store_true", help="no connection beyond this computer")
    return command


def _workspace_flags(command: argparse.ArgumentParser) -> None:
    command.add_argument("--workspace", type=Path, metavar="DIR", help="where runs are kept (default: config path)")


def _model_flags(command: argparse.ArgumentParser) -> None:
    models = command.add_argument_group("models")
    models.add_argument("--engine", choices=[each.value for each in EngineId], help="who answers (default: builtin)")
    models.add_argument("--model", action="append", default=[], metavar="PROVIDER/NAME", help="repeat for a panel")
    models.add_argument("--base-url", action="append", default=[], metavar="URL", help="one for all, or one per model")
    models.add_argument("--votes", type=_positive, metavar="N", help="how often each model is asked")
    models.add_argument(
        "--max-connections", type=_positive, default=20, metavar="N", help="calls at once (default: 20)"
    )
    models.add_argument("--timeout", type=_seconds, default=600.0, metavar="S", help="seconds one call may take")
    models.add_argument("--seed", type=int, default=0, metavar="N")


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"must be a whole number of 1 or more, not {text!r}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"must be a number of seconds above 0, not {text!r}")
    return number
