"""Workflow files: a TOML text to a checked workflow."""

import re
from dataclasses import replace

from reviewer.domain.handler_file import read_handlers, uses_of
from reviewer.domain.ids import canonical_json, sha256_hex
from reviewer.domain.particular import Column
from reviewer.domain.route_file import read_router, read_routes
from reviewer.domain.section import SplitAs
from reviewer.domain.toml_fields import TomlFile, TomlTable
from reviewer.domain.workflow import (
    Aggregation,
    ChecksNode,
    InteractionsNode,
    Output,
    ParticularsNode,
    SplitNode,
    SplitUnit,
    SynthesisNode,
    Workflow,
)
from reviewer.domain.workflow_check import Known, check_named

SCHEMA = "reviewer.workflow/1"
SYNTHESIS_USES = ("synthesize",)
MAX_CHARS = 200_000
MAX_LEVEL = 9
MAX_TOKENS = 20_000
ROOT_KEYS = (
    *("schema", "id", "version", "title", "description", "aggregate", "outputs"),
    *("split", "router", "routes", "handlers", "synthesis", "interactions", "checks", "particulars"),
)
SPLIT_KEYS = ("as", "unit", "max_chars", "level", "pattern", "tokens", "context_tokens")
SYNTHESIS_KEYS = ("uses", "prompt")
CHECKS_KEYS = ("off",)
PARTICULARS_KEYS = ("off",)
_HINT = "Correct the line and try again."


def read_workflow(text: str, name: str, known: Known | None = None) -> Workflow:
    """Reads a workflow file.

    Args:
        text: the file's content.
        name: the file's name, for messages.
        known: what it may name outside of itself; None leaves that unchecked, and its templates unread.

    Raises:
        ConfigError: ``bad_workflow``; the first problem, with file, line, field and what would be right.
    """
    file = TomlFile(text, name, "bad_workflow")
    workflow = _read_all(file, text, known)
    file.finish(_HINT)
    return workflow


def check_workflow(text: str, name: str, known: Known | None = None) -> tuple[str, ...]:
    """Every problem of a workflow file, in the order of lines; empty for a good one."""
    file = TomlFile(text, name, "bad_workflow")
    _read_all(file, text, known)
    return file.problems


def _read_all(file: TomlFile, text: str, known: Known | None) -> Workflow:
    workflow = _read(file.root, sha256_hex(text))
    if known is None:
        return workflow
    templates = check_named(file.root, workflow, known)
    return replace(workflow, templates=templates, digest=sha256_hex(canonical_json([text, *templates.values()])))


def _read(root: TomlTable, digest: str) -> Workflow:
    root.allow(*ROOT_KEYS)
    if root.text("schema") != SCHEMA:
        root.must("schema", f'"{SCHEMA}"')
    handlers = read_handlers(root)
    routes = read_routes(root, [handler.id for handler in handlers])
    workflow = Workflow(
        id=root.text("id"),
        version=root.whole("version", 1, 1_000_000),
        title=root.text("title"),
        description=root.text("description"),
        split=_read_split(root.table("split")),
        router=read_router(root.table("router"), routes),
        routes=routes,
        handlers=handlers,
        aggregate=root.choice("aggregate", Aggregation),
        synthesis=_read_synthesis(root.table("synthesis", needed=False)),
        interactions=_read_interactions(root.table("interactions", needed=False)),
        checks=_read_checks(root.table("checks", needed=False)),
        particulars=_read_particulars(root.table("particulars", needed=False)),
        outputs=root.choices("outputs", Output),
        digest=digest,
    )
    if workflow.aggregate is Aggregation.POSITIONS and not any(handler.uses == "assess" for handler in handlers):
        root.report("aggregate", '"aggregate" is "positions", which needs a handler that uses "assess".')
    return workflow


def _read_split(table: TomlTable | None) -> SplitNode:
    if table is None:
        return SplitNode(SplitAs.AUTO)
    table.allow(*SPLIT_KEYS)
    unit = table.choice("unit", SplitUnit, SplitUnit.SECTION)
    return SplitNode(
        split_as=table.choice("as", SplitAs),
        unit=unit,
        max_chars=table.whole("max_chars", 500, MAX_CHARS, 6000),
        level=table.whole("level", 1, MAX_LEVEL, 1),
        pattern=_read_pattern(table, is_needed=unit is SplitUnit.PATTERN),
        tokens=table.whole("tokens", 50, MAX_TOKENS, 400),
        context_tokens=table.whole("context_tokens", 0, MAX_TOKENS, 400),
    )


def _read_pattern(table: TomlTable, *, is_needed: bool) -> str:
    pattern = table.text("pattern", "")
    if is_needed and not pattern:
        table.must("pattern", 'a regular expression, because "unit" is "pattern"')
    try:
        re.compile(pattern)
    except re.error as error:
        table.report("pattern", f"{table.named('pattern')} is no regular expression: {error}.")
        return ""
    return pattern


def _read_interactions(table: TomlTable | None) -> InteractionsNode | None:
    if table is None:
        return None
    table.allow("prompt")
    return InteractionsNode(table.text("prompt", ""))


def _read_checks(table: TomlTable | None) -> ChecksNode | None:
    if table is None:
        return None
    table.allow(*CHECKS_KEYS)
    return ChecksNode(table.texts("off"))


def _read_particulars(table: TomlTable | None) -> ParticularsNode | None:
    if table is None:
        return None
    table.allow(*PARTICULARS_KEYS)
    return ParticularsNode(table.choices("off", Column))


def _read_synthesis(table: TomlTable | None) -> SynthesisNode | None:
    if table is None:
        return None
    table.allow(*SYNTHESIS_KEYS)
    return SynthesisNode(uses_of(table, SYNTHESIS_USES), table.text("prompt", ""))
