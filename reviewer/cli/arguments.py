"""The arguments of every command."""

import argparse
from pathlib import Path
from typing import NoReturn

from reviewer import __version__
from reviewer.cli.argument_kinds import amount, egress, port, positive, seconds
from reviewer.cli.playbook_arguments import add_playbook_actions
from reviewer.domain.correction import CorrectionAction
from reviewer.domain.destination import parse_destination
from reviewer.domain.errors import ConfigError
from reviewer.domain.outcome import Severity
from reviewer.domain.policy import Adaptive
from reviewer.domain.projection import View
from reviewer.domain.section import SplitAs
from reviewer.domain.workflow import EngineId

UNDO = "undo"
"""What takes the last correction back."""

AGREED = "agreed"
RECORD_NOTE = (
    "A seal finds damage and careless edits; it is no proof of authorship. A record holds the documents' text."
)
_EPILOG = """\
exit codes: 0 ok, 1 unexpected error, 2 usage, 3 some documents or sections failed, 4 findings at or above --fail-on,
5 model endpoint unreachable or key refused, 6 budget reached, 7 input unreadable or none, 130 interrupted (finished
work is stored). API keys come from the environment (OPENAI_API_KEY, ANTHROPIC_API_KEY) or the keyring, never from
arguments."""


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
    _matters(commands)
    _search(commands)
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
    _question_flags(review)
    review.add_argument("--matter", metavar="NAME", default="", help="the matter it belongs to (default: none)")
    earlier = "the earlier version, by its file or id: decisions carry over"
    review.add_argument("--version-of", metavar="DOCUMENT", default="", help=earlier)
    _model_flags(review)
    _hidden_flag(review)
    _redaction_flags(review)
    _sure_flag(review)
    _workspace_flags(review)
    _estimate(commands)
    demo = _command(commands, "demo", "the main job on bundled samples: no account, no network, no model")
    _workspace_flags(demo)


def _estimate(commands: "_Commands[_Parser]") -> None:
    estimate = _command(commands, "estimate", "calls, tokens, cost and time of a review, without contacting anybody")
    estimate.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files, or folders of files")
    estimate.add_argument("--workflow", metavar="ID", help="as for review")
    _question_flags(estimate)
    estimate.add_argument("--matter", metavar="NAME", default="", help="as for review")
    estimate.add_argument(
        "--show-requests", action="store_true", help="each request as it would be sent, to the byte; nothing is sent"
    )
    _model_flags(estimate)
    _hidden_flag(estimate)
    _redaction_flags(estimate)
    _workspace_flags(estimate)


def _question_flags(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--playbook", metavar="ID", default="", help="what to hold contracts against (default: what fits)"
    )
    asked = "what to find in each document (workflow questions); repeatable"
    command.add_argument("--question", action="append", default=[], metavar="TEXT", help=asked)
    command.add_argument("--questions", type=Path, metavar="FILE", help="questions, one a line")


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
    redact = _command(commands, "redact", "show what would be sent of a document: placeholders for names and numbers")
    redact.add_argument("path", type=Path, metavar="PATH")
    redact.add_argument("--list", dest="redact_list", type=Path, metavar="FILE", help="names and numbers, one a line")
    redact.add_argument("--matter", metavar="NAME", default="", help="with the list of this matter")
    _workspace_flags(redact)
    route = _command(commands, "route", "show which handler each item goes to")
    route.add_argument("--workflow", metavar="ID", help="workflow id or .toml file (default: the one that is set)")
    route.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    route.add_argument("--text", help="one item, given here")
    route.add_argument("--lines", metavar="FILE", help="one JSON string per line; one JSON object per output line")
    _workspace_flags(route)
    compare = _command(commands, "compare", "compare two versions of a document, of whatever formats")
    compare.add_argument("old", type=Path, metavar="OLD")
    compare.add_argument("new", type=Path, metavar="NEW")
    compare.add_argument("--as", dest="split_as", choices=[each.value for each in SplitAs], default=SplitAs.AUTO.value)
    check = _command(commands, "check", "check a document by rules: terms, references, numbers, blanks, amounts, dates")
    check.add_argument("path", nargs="?", type=Path, metavar="PATH")
    check.add_argument("--as", dest="split_as", choices=[each.value for each in SplitAs], default=SplitAs.AUTO.value)
    check.add_argument("--without", action="append", default=[], metavar="RULE", help="leave a rule out; repeatable")
    check.add_argument("--rules", action="store_true", help="list the rules, and what each is for")
    _reroute(commands)
    quote = _command(commands, "quote", "check whether words stand in a document")
    quote.add_argument("path", type=Path, metavar="PATH")
    given = quote.add_mutually_exclusive_group(required=True)
    given.add_argument("--quote", metavar="TEXT")
    given.add_argument("--lines", metavar="FILE", help="one JSON string per line; one JSON object per output line")


def _reroute(commands: "_Commands[_Parser]") -> None:
    does = "send a text to another handler, from now on and for what is like it"
    reroute = commands.add_parser("reroute", help=does, description=f"{does[0].upper()}{does[1:]}.")
    actions = reroute.add_subparsers(dest="action", metavar="ACTION", required=True)
    put = _command(actions, "set", "send a text, or a part of a document, to a route")
    put.add_argument("route", metavar="ROUTE", help="its id, as the workflow's file has it")
    put.add_argument("path", nargs="?", type=Path, metavar="PATH")
    put.add_argument("part", nargs="?", metavar="PART", help="id, number or heading (default: the whole document)")
    put.add_argument("--text", help="a text, given here")
    put.add_argument("--workflow", metavar="ID", help="workflow id or .toml file (default: the one that is set)")
    undo = _command(actions, "undo", "take the last one back, or the one of that number")
    undo.add_argument("number", nargs="?", type=positive, metavar="NUMBER", help="as reroute list shows it")
    for action in (put, undo, _command(actions, "list", "what was sent elsewhere by hand, in all workflows")):
        _workspace_flags(action)


def _runs(commands: "_Commands[_Parser]") -> None:
    runs = commands.add_parser("runs", help="stored runs", description="Stored runs.")
    actions = runs.add_subparsers(dest="action", metavar="ACTION", required=True)
    _workspace_flags(_command(actions, "list", "all runs, newest first"))
    for name, does in (
        ("show", "the report of a run"),
        ("history", "who decided what when"),
        ("resume", "go on with a run that did not finish"),
    ):
        action = _command(actions, name, does)
        action.add_argument("run", metavar="RUN", help="its id, or the beginning of it")
        if name == "resume":
            _limit_flags(action)
            _sure_flag(action)
        _workspace_flags(action)
    retry = _command(actions, "retry", "ask again what failed, or ask more: what is stored is not asked again")
    retry.add_argument("run", metavar="RUN", help="its id, or the beginning of it")
    retry.add_argument("--add-votes", type=positive, default=0, metavar="N", help="so many votes more of each model")
    _model_flags(retry)
    _hidden_flag(retry)
    _redaction_flags(retry)
    _sure_flag(retry)
    _workspace_flags(retry)
    record = _command(actions, "record", "write what a model said in a run to a file, for --model recorded/FILE")
    record.add_argument("run", metavar="RUN", help="its id, or the beginning of it")
    record.add_argument("-o", "--output", type=Path, metavar="FILE", required=True)
    record.add_argument(
        "--rater", metavar="MODEL", default="", help="which of the run's models, where it asked several"
    )
    _workspace_flags(record)
    sent = _command(actions, "sent", "what of a run left this computer: when, where to, and the exact text")
    sent.add_argument("run", metavar="RUN", help="its id, or the beginning of it")
    sent.add_argument("--text", action="store_true", help="the text of each request, too (with --json always)")
    sent.add_argument("--number", type=positive, metavar="N", help="this request only, with its text")
    _workspace_flags(sent)
    _records(actions)
    _workspace_flags(_command(actions, "hit-rates", "how often you agreed with findings, by what they are like"))
    diff = _command(actions, "diff", "what differs between the findings of two runs")
    diff.add_argument("run", metavar="RUN")
    diff.add_argument("other", metavar="OTHER", help="the later run")
    _workspace_flags(diff)
    delete = _command(actions, "delete", "delete a run and all that no other run needs, from the backups too")
    delete.add_argument("run", metavar="RUN")
    delete.add_argument("-y", "--yes", action="store_true", help="do not ask")
    _workspace_flags(delete)
    export = _command(commands, "export", "write out a stored run")
    export.add_argument("run", metavar="RUN")
    export.add_argument("--format", required=True, choices=["json", "md", "ics"])
    export.add_argument("-o", "--output", type=Path, metavar="FILE")
    export.add_argument("--only", choices=[AGREED], help="what was agreed with (default: all that was not dismissed)")
    _workspace_flags(export)


def _records(actions: "_Commands[_Parser]") -> None:
    seal = _command(actions, "seal", "write the record of a run to a file, under a seal")
    seal.add_argument("run", metavar="RUN", help="its id, or the beginning of it")
    seal.add_argument("-o", "--output", type=Path, metavar="FILE", required=True)
    verify = _command(actions, "verify", "check that a record is as it was sealed")
    verify.add_argument("file", type=Path, metavar="FILE")
    replay = _command(actions, "replay", "rebuild the report from a record or a stored run; asks no model")
    replay.add_argument("run", metavar="RUN|FILE", help="a run's id, or the beginning of it; or a file of runs seal")
    replay.add_argument(
        "--format", choices=["json", "md", "ics"], help="as export writes it (default: as runs show does)"
    )
    replay.add_argument("-o", "--output", type=Path, metavar="FILE", help="write it there (default: json)")
    for action in (seal, verify, replay):
        action.epilog = RECORD_NOTE
        _workspace_flags(action)


def _matters(commands: "_Commands[_Parser]") -> None:
    matters = commands.add_parser("matters", help="pieces of work: documents, runs, decisions", description="Matters.")
    actions = matters.add_subparsers(dest="action", metavar="ACTION", required=True)
    _workspace_flags(_command(actions, "list", "all matters, newest first"))
    new = _command(actions, "new", "make a matter")
    show = _command(actions, "show", "its documents with their versions, and its runs")
    change = _command(actions, "change", "change a matter")
    pack = _command(actions, "pack", "write a matter to one file for a colleague")
    delete = _command(actions, "delete", "delete a matter, its runs, decisions and documents, from the backups too")
    for action in (new, show, change, pack, delete):
        action.add_argument("matter", metavar="NAME", help="name of the matter")
    for action in (new, change):
        action.add_argument(
            "--egress",
            type=egress,
            metavar="here|listed|ask",
            help="where its text may go: nowhere beyond this computer (a new matter's), to the endpoints listed, or "
            "where you say yes, run by run",
        )
        action.add_argument(
            "--endpoint",
            type=parse_destination,
            action="append",
            metavar="URL",
            help="an endpoint its text may go to; repeat for more (with --egress listed)",
        )
    change.add_argument("--name", metavar="NAME", help="another name")
    change.add_argument("--workflow", metavar="ID", help="what its runs use unless another is named")
    change.add_argument(
        "--playbook", metavar="ID", help="what its documents are held against (default: what fits each)"
    )
    change.add_argument("--note", metavar="TEXT")
    _redaction_flags(change, of_models=False)
    pack.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: NAME.reviewer")
    pack.add_argument("--with-originals", action="store_true", help="the reviewed files too")
    pack.add_argument("--password", action="store_true", help="encrypt; the password is asked for, or read from stdin")
    delete.add_argument("-y", "--yes", action="store_true", help="do not ask")
    take_in = _command(actions, "take-in", "add a colleague's file: what is here stays, decisions of both are kept")
    take_in.add_argument("file", type=Path, metavar="FILE")
    take_in.add_argument("--password", action="store_true", help="the password is asked for, or read from stdin")
    for action in (new, show, change, pack, delete, take_in):
        _workspace_flags(action)


def _search(commands: "_Commands[_Parser]") -> None:
    search = _command(commands, "search", "find words in all documents, findings and notes")
    search.add_argument(
        "query",
        nargs="+",
        metavar="QUERY",
        help='words that all occur; also "a phrase" (quoted for the shell too), OR, NOT, ( ), begin*, *part*, '
        "in:document|section|finding|note, kind:KIND, severity:SEVERITY, document:NAME",
    )
    search.add_argument("--limit", type=positive, default=20, metavar="N", help="hits at most (default: 20)")
    _workspace_flags(search)


def _housekeeping(commands: "_Commands[_Parser]") -> None:
    workflows = commands.add_parser("workflows", help="workflow files", description="Workflow files.")
    actions = workflows.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = _command(actions, "list", "workflows: the bundled ones and your own")
    show = _command(actions, "show", "a workflow's file")
    show.add_argument("workflow", metavar="ID")
    check = _command(actions, "check", "check a workflow file and its prompts")
    check.add_argument("file", metavar="FILE|ID")
    for each in (listed, show, check):
        _workspace_flags(each)
    playbooks = commands.add_parser("playbooks", help="playbook files", description="Playbook files.")
    add_playbook_actions(playbooks, _command, _workspace_flags)
    models = commands.add_parser("models", help="model endpoints", description="Model endpoints.")
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)
    key = actions.add_parser("key", help="API keys", description="API keys.")
    keys = key.add_subparsers(dest="key_action", metavar="ACTION", required=True)
    _command(keys, "set", "read a key from standard input into the keyring").add_argument(
        "provider", metavar="PROVIDER"
    )
    listed = _command(actions, "list", "the models set and those known: context, prices, where each figure comes from")
    _workspace_flags(listed)
    detect = _command(actions, "detect", "find model servers on this computer (Ollama, LM Studio, llama.cpp, vLLM)")
    detect.add_argument("--port", type=port, action="append", default=[], metavar="N", help="try this port, too")
    facts = _command(actions, "set", "keep what is known of a model in the user's settings")
    facts.add_argument("name", metavar="PROVIDER/NAME")
    facts.add_argument("--context", type=positive, metavar="N", help="tokens that a request and its reply may have")
    for flag, meaning in (
        ("--price-in", "price of a million tokens read"),
        ("--price-out", "price of a million tokens written"),
        ("--price-cached", "price of a million tokens read from the provider's prompt cache"),
        ("--tokens-per-s", "tokens it writes in a second, on this computer"),
    ):
        facts.add_argument(flag, type=amount, metavar="X", help=meaning)
    _workspace_flags(facts)
    test = _command(actions, "test", "reach an endpoint, list its models, ask one short question")
    _model_flags(test)
    _workspace_flags(test)
    _config(commands)
    _workspace(commands)
    _workspace_flags(_command(commands, "doctor", "check that everything needed is there"))
    _command(commands, "version", "the version")


def _workspace(commands: "_Commands[_Parser]") -> None:
    workspace = commands.add_parser("workspace", help="backups, checks and repair", description="The workspace.")
    actions = workspace.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, does in (
        ("show", "where it is, and its backups"),
        ("check", "whether every row matches its checksum; makes the day's backup"),
        ("backup", "make a backup now"),
        ("restore", "put a backup in its place; what was there becomes a backup"),
        ("repair", "make a new one of what a damaged one still holds"),
    ):
        action = _command(actions, name, does)
        if name == "restore":
            action.add_argument("backup", metavar="NAME", help="as workspace show lists it")
        _workspace_flags(action)


def _config(commands: "_Commands[_Parser]") -> None:
    config = commands.add_parser("config", help="settings", description="Settings.")
    actions = config.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = _command(actions, "show", "every setting with its value")
    show.add_argument("--origin", action="store_true", help="say where each value comes from")
    get = _command(actions, "get", "the value of a setting")
    put = _command(actions, "set", "keep a setting in the user's file")
    unset = _command(actions, "unset", "take a setting out of the user's file")
    for action in (get, put, unset):
        action.add_argument("key", metavar="KEY", help="as `reviewer config show` names it")
    put.add_argument(
        "value", nargs="+", metavar="VALUE", help="for models.panel one or more of PROVIDER/NAME or PROVIDER/NAME=URL"
    )
    for action in (put, unset):
        action.add_argument("--project", action="store_true", help="in the workspace's file instead")
    path = _command(actions, "path", "where configuration and data are kept")
    for action in (show, get, put, unset, path):
        _workspace_flags(action)


def _command(commands: "_Commands[_Parser]", name: str, does: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.", allow_abbrev=False)
    command.add_argument("--json", action="store_true", help="standard output carries JSON only")
    command.add_argument("-q", "--quiet", action="store_true", help="no progress")
    command.add_argument(
        "-v", "--verbose", action="count", default=0, help="log to standard error; never document text"
    )
    command.add_argument("--no-color", action="store_true", help="plain text (also NO_COLOR)")
    command.add_argument("--offline", action="store_true", default=None, help="no connection beyond this computer")
    return command


def _workspace_flags(command: argparse.ArgumentParser) -> None:
    command.add_argument("--workspace", type=Path, metavar="DIR", help="where runs are kept (default: config path)")
    command.add_argument("--config", type=Path, metavar="FILE", help="a file of settings in place of the user's")


def _model_flags(command: argparse.ArgumentParser) -> None:
    models = command.add_argument_group("models")
    models.add_argument(
        "--engine", choices=[each.value for each in EngineId], help="who answers (default: the models set, or builtin)"
    )
    models.add_argument("--model", action="append", default=[], metavar="PROVIDER/NAME", help="repeat for a panel")
    models.add_argument("--base-url", action="append", default=[], metavar="URL", help="one for all, or one per model")
    models.add_argument("--votes", type=positive, metavar="N", help="how often each model is asked")
    models.add_argument(
        "--adaptive",
        choices=[each.value for each in Adaptive],
        help="ask fewer where the answer is clear: exact (the rest could not change it), fast (two equal answers)",
    )
    models.add_argument(
        "--max-connections",
        type=positive,
        metavar="N",
        help="calls at once at one endpoint (default: 20, and more where it keeps up)",
    )
    models.add_argument("--rpm", type=positive, metavar="N", help="requests a minute at one endpoint")
    models.add_argument("--tpm", type=positive, metavar="N", help="tokens a minute at one endpoint")
    models.add_argument("--timeout", type=seconds, metavar="S", help="seconds one call may take (default: 600)")
    models.add_argument("--seed", type=int, metavar="N")
    _limit_flags(command)


def _hidden_flag(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--include-hidden",
        action=argparse.BooleanOptionalAction,
        help="let models read what a reader does not see, too: hidden and deleted text, comments; never evidence",
    )


def _redaction_flags(command: argparse.ArgumentParser, *, of_models: bool = True) -> None:
    redaction = command.add_argument_group("redaction")
    redaction.add_argument(
        "--redact",
        action=argparse.BooleanOptionalAction,
        help="send models elsewhere placeholders for listed names and for mail, telephone, account and id numbers",
    )
    redaction.add_argument("--redact-list", type=Path, metavar="FILE", help="names and numbers, one a line")
    if of_models:
        redaction.add_argument(
            "--redact-local", action="store_true", default=None, help="models on this computer get placeholders, too"
        )


def _limit_flags(command: argparse.ArgumentParser) -> None:
    limits = command.add_argument_group("limits")
    limits.add_argument(
        "--max-cost", type=amount, metavar="X", help="what the run may cost at most (prices: models list)"
    )
    limits.add_argument("--max-tokens", type=positive, metavar="N", help="tokens the run may read and write at most")


def _sure_flag(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-y",
        "--yes",
        action="store_true",
        help="yes: the text of a matter that asks may go to the models; where a price is not known, calls are free",
    )
