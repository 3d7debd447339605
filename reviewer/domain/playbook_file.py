"""Playbook files: a TOML text to a checked playbook."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reviewer.domain.ids import sha256_hex
from reviewer.domain.interaction import InteractionPart, InteractionRule
from reviewer.domain.outcome import Friction, Outcome, Severity
from reviewer.domain.playbook import (
    Condition,
    Example,
    Fallback,
    LawNote,
    Playbook,
    Position,
    PositionTest,
    Priority,
    Redline,
    Signals,
    text_pattern,
)
from reviewer.domain.playbook_check import SILENT, report_examples
from reviewer.domain.playbook_header import HEADER_KEYS, read_header
from reviewer.domain.toml_fields import TomlFile, TomlTable, listed, nearest, shown, unique_ids

SCHEMA = "reviewer.playbook/1"
TESTED_OUTCOMES = (Outcome.PREFERRED, Outcome.FALLBACK, Outcome.DEVIATES, Outcome.WALK_AWAY)
SEVERITY_OUTCOMES = (Outcome.FALLBACK, Outcome.DEVIATES, Outcome.WALK_AWAY)
_HINT = "Correct the line and try again."
_NAMED = re.compile(r"\{([a-z_]+)\}")
_NUMBER = "number"


@lru_cache(maxsize=32)
def read_playbook(text: str, name: str) -> Playbook:
    """Reads a playbook file; the same text once only, as each handler of a workflow asks for it.

    Expressions may use names given under ``[words]``: with ``vendor = ["supplier", "provider"]``, ``{vendor}`` stands
    for either word; with ``late = 'overdue|past due'``, ``{late}`` stands for that expression.

    Args:
        text: the file's content.
        name: the file's name, for messages.

    Raises:
        ConfigError: ``bad_playbook``; the first problem, with file, line, field and what would be right.
    """
    file = TomlFile(text, name, "bad_playbook")
    playbook = _read(file.root, sha256_hex(text))
    file.finish(_HINT)
    return playbook


def check_playbook(text: str, name: str) -> tuple[str, ...]:
    """Every problem of a playbook file, in the order of lines; empty for a good one.

    Where all fields are in order, its examples are tried, and its positions held against each other.
    """
    file = TomlFile(text, name, "bad_playbook")
    playbook = _read(file.root, "")
    if not file.problems:
        report_examples(playbook, file.root.tables("positions"))
    return file.problems


@dataclass(frozen=True, slots=True)
class _Expressions:
    """Reads regular expressions in which ``{name}`` stands for the expression of that name."""

    named: Mapping[str, str]

    def texts(self, table: TomlTable, key: str) -> tuple[str, ...]:
        return tuple(self.expand(table, key, each) for each in table.texts(key))

    def number(self, table: TomlTable, key: str) -> str:
        expression = self.expand(table, key, table.text(key, ""))
        if expression and not text_pattern(expression).groups:
            table.report(key, f"{table.named(key)} must hold {{number}}, or a group in parentheses that is a number.")
        return expression

    def expand(self, table: TomlTable, key: str, expression: str) -> str:
        for name in _NAMED.findall(expression):
            if name != _NUMBER and name not in self.named:
                known = (*self.named, _NUMBER)
                table.report(
                    key, f"{table.named(key)} holds {{{name}}}, which is not in [words]; {nearest(name, known)}"
                )
                return ""
        expanded = _NAMED.sub(lambda match: self.named.get(match[1], match[0]), expression)
        try:
            text_pattern(expanded)
        except re.error as error:
            table.report(
                key, f"{table.named(key)} holds {shown(expression)}, which is no regular expression: {error.msg}."
            )
            return ""
        return expanded


def _read(root: TomlTable, digest: str) -> Playbook:
    root.allow(
        *("schema", "id", "version", "title", "contract_type", "side", "law", "languages", "words", "detect"),
        *("positions", "interactions", *HEADER_KEYS),
    )
    if root.text("schema") != SCHEMA:
        root.must("schema", f'"{SCHEMA}"')
    expressions = _read_words(root.table("words", needed=False))
    tables = root.tables("positions")
    if not tables:
        root.report("positions", "there must be at least one [[positions]].")
    positions = tuple(_read_position(table, expressions) for table in tables)
    unique_ids(tables, [position.id for position in positions])
    _check_interacting(tables, positions)
    return Playbook(
        id=root.text("id"),
        version=root.whole("version", 1, 1_000_000),
        title=root.text("title"),
        contract_type=root.text("contract_type"),
        side=root.text("side"),
        law=root.text("law"),
        languages=_read_languages(root),
        detect=_read_signals(root.table("detect"), expressions),
        positions=positions,
        digest=digest,
        interactions=_read_interactions(root, [position.id for position in positions]),
        header=read_header(root, [position.id for position in positions]),
    )


def _check_interacting(tables: Sequence[TomlTable], positions: Sequence[Position]) -> None:
    ids = [position.id for position in positions]
    for table, position in zip(tables, positions, strict=True):
        table.known("interacts_with", position.interacts_with, ids)


def _read_interactions(root: TomlTable, positions: Sequence[str]) -> tuple[InteractionRule, ...]:
    tables = root.tables("interactions")
    rules = tuple(_read_interaction(table, positions) for table in tables)
    unique_ids(tables, [rule.id for rule in rules])
    return rules


def _read_interaction(table: TomlTable, positions: Sequence[str]) -> InteractionRule:
    table.allow("id", "title", "says", "severity", "when")
    parts = tuple(_read_part(each, positions) for each in table.tables("when"))
    if len(parts) < 2:  # noqa: PLR2004 - one alone is a finding
        table.report("when", f"{table.named('id')} needs at least two [[interactions.when]].")
    return InteractionRule(
        id=table.text("id"),
        title=table.text("title"),
        says=table.text("says"),
        severity=table.choice("severity", Severity),
        when=parts,
    )


def _read_part(table: TomlTable, positions: Sequence[str]) -> InteractionPart:
    table.allow("position", "outcomes")
    position = table.text("position")
    if position and position not in positions:
        sentence = f"{table.named('position')} is {shown(position)}, which is no position; "
        table.report("position", sentence + nearest(position, positions))
    outcomes = table.choices("outcomes", Outcome)
    if not outcomes:
        table.report("outcomes", f"{table.named('outcomes')} must list at least one outcome.")
    return InteractionPart(position, outcomes)


def _read_words(table: TomlTable | None) -> _Expressions:
    named: dict[str, str] = {}
    if table is None:
        return _Expressions(named)
    for name, value in table.values.items():
        if not _NAMED.fullmatch(f"{{{name}}}") or name == _NUMBER:
            table.report(name, f'{table.named(name)} must have a name of lower-case letters, other than "{_NUMBER}".')
        elif isinstance(value, str):
            named[name] = f"(?:{_Expressions(named).expand(table, name, value)})"
        else:
            longest_first = sorted(table.texts(name), key=len, reverse=True)
            named[name] = rf"\b(?:{'|'.join(map(_words, longest_first))})\b"
    return _Expressions(named)


def _words(words: str) -> str:
    return " ".join(re.escape(word) for word in words.split())


def _read_languages(root: TomlTable) -> tuple[str, ...]:
    languages = root.texts("languages")
    if not languages or not all(re.fullmatch("[a-z]{2}", language) for language in languages):
        root.report("languages", '"languages" must list ISO 639-1 codes of two lower-case letters, such as "en".')
    return languages


def _read_signals(table: TomlTable | None, expressions: _Expressions) -> Signals:
    if table is None:
        return Signals()
    table.allow("headings", "phrases")
    signals = Signals(table.texts("headings"), expressions.texts(table, "phrases"))
    if not table.values.get("headings") and not table.values.get("phrases"):
        table.report("headings", f'{table.named("headings")} or "phrases" must list at least one sign.')
    return signals


def _read_position(table: TomlTable, expressions: _Expressions) -> Position:
    table.allow(
        "id", "title", "question", "category", "signals", "tests", "preferred", "wording", "fallbacks", "walk_away",
        "severity", "missing_severity", "if_missing", "guidance", "approver", "severities", "applies_when", "friction",
        "priority", "redline", "counterparty_note", "interacts_with", "law_notes", "source", "examples",
    )  # fmt: skip
    fallbacks = tuple(_read_fallback(each, rank) for rank, each in enumerate(table.tables("fallbacks"), start=1))
    return Position(
        id=table.text("id"),
        title=table.text("title"),
        question=table.text("question"),
        category=table.text("category"),
        signals=_read_signals(table.table("signals"), expressions),
        tests=tuple(_read_test(each, expressions, len(fallbacks)) for each in table.tables("tests")),
        preferred=table.text("preferred"),
        wording=table.text("wording"),
        fallbacks=fallbacks,
        walk_away=table.text("walk_away"),
        severity=table.choice("severity", Severity),
        missing_severity=table.choice("missing_severity", Severity),
        if_missing=table.text("if_missing"),
        guidance=table.text("guidance"),
        approver=table.text("approver", ""),
        severities=_read_severities(table.table("severities", needed=False)),
        applies_when=_read_condition(table.table("applies_when", needed=False), expressions),
        friction=table.choice("friction", Friction, Friction.SLOWS),
        priority=table.choice("priority", Priority, Priority.SHOULD),
        redline=table.choice("redline", Redline, Redline.MINIMAL),
        counterparty_note=table.text("counterparty_note", ""),
        interacts_with=table.texts("interacts_with"),
        law_notes=tuple(map(_read_law_note, table.tables("law_notes"))),
        source=table.text("source", ""),
        examples=tuple(_read_example(each, len(fallbacks)) for each in table.tables("examples")),
    )


def _read_severities(table: TomlTable | None) -> dict[Outcome, Severity]:
    if table is None:
        return {}
    table.allow(*SEVERITY_OUTCOMES)
    return {each: table.choice(each, Severity) for each in SEVERITY_OUTCOMES if each in table.values}


def _read_condition(table: TomlTable | None, expressions: _Expressions) -> Condition | None:
    if table is None:
        return None
    table.allow("phrases", "otherwise")
    found = Condition(expressions.texts(table, "phrases"), table.text("otherwise"))
    if "phrases" not in table.values:
        table.report("phrases", f"{table.named('phrases')} must list at least one expression.")
    return found


def _read_law_note(table: TomlTable) -> LawNote:
    table.allow("law", "note", "source", "checked")
    return LawNote(table.text("law"), table.text("note"), table.text("source"), table.text("checked"))


def _read_example(table: TomlTable, fallbacks: int) -> Example:
    table.allow("gives", "clause", "heading")
    example = Example(table.text("gives"), table.text("clause"), table.text("heading", ""))
    ranked = [f"{Outcome.FALLBACK} {rank}" for rank in range(1, fallbacks + 1)]
    known = (Outcome.PREFERRED, *ranked, Outcome.DEVIATES, Outcome.WALK_AWAY, Outcome.NOT_ASSESSED, SILENT)
    if example.gives and example.gives not in known:
        table.must("gives", f"one of {listed(known)}")
    return example


def _read_fallback(table: TomlTable, rank: int) -> Fallback:
    table.allow("rank", "description", "wording", "approver", "ask")
    if table.whole("rank", 1, 99) != rank:
        table.must("rank", f"{rank}: fallbacks are written in order, from 1")
    return Fallback(
        rank,
        table.text("description"),
        table.text("wording", ""),
        table.text("approver", ""),
        table.text("ask", ""),
    )


def _read_test(table: TomlTable, expressions: _Expressions, fallbacks: int) -> PositionTest:
    table.allow("outcome", "says", "rank", "matches", "unless", "number", "over", "under", "instead")
    test = PositionTest(
        outcome=table.choice("outcome", Outcome),
        says=table.text("says"),
        rank=table.whole("rank", 1, 99, 0),
        instead=table.text("instead", ""),
        matches=expressions.texts(table, "matches"),
        unless=expressions.texts(table, "unless"),
        number=expressions.number(table, "number"),
        over=table.amount("over"),
        under=table.amount("under"),
    )
    _check_test(table, test, fallbacks)
    return test


def _check_test(table: TomlTable, test: PositionTest, fallbacks: int) -> None:
    if test.outcome not in TESTED_OUTCOMES:
        table.must("outcome", f"one of {listed(TESTED_OUTCOMES)}")
    if test.outcome is Outcome.FALLBACK and not 1 <= test.rank <= fallbacks:
        table.report("rank", f"{table.named('rank')} must name one of the position's fallbacks, 1 to {fallbacks}.")
    if test.outcome is not Outcome.FALLBACK and test.rank:
        table.report("rank", f'{table.named("rank")} belongs to a test whose outcome is "fallback".')
    if "matches" not in table.values and "number" not in table.values:
        table.report("matches", f'{table.named("matches")} or "number" must be given, or the test would always hold.')
    if "number" not in table.values and (test.over is not None or test.under is not None):
        table.report("number", f'{table.named("number")} is missing, which "over" and "under" compare.')
    if test.over is not None and test.under is not None and test.over >= test.under:
        table.must("over", f'less than "under", which is {test.under:g}')
