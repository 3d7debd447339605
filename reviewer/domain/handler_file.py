"""The handlers of a workflow file: who is asked what, how often, and how the answers are counted."""

import re
from collections.abc import Sequence

from reviewer.domain.answer_field import AnswerField, FieldType
from reviewer.domain.policy import (
    COMPARED,
    LISTED,
    NUMERIC,
    POLICIES,
    STOPPABLE,
    Adaptive,
    ModelClass,
    Policy,
)
from reviewer.domain.toml_fields import TomlTable, listed, nearest, shown, unique_ids
from reviewer.domain.workflow import HandlerNode

HANDLER_USES = tuple(POLICIES)
GENERAL_USES = ("generate", "extract", "classify")
"""Handlers whose answer has the fields that their file gives."""
MAX_VOTES = 15
MAX_FIELDS = 30
MAX_CHOICES = 100
MAX_REPLY_CHARS = 24_000
"""What the longest answer may have: models write at most 8,000 tokens as a rule, three characters each."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
HANDLER_KEYS = (
    *("id", "uses", "votes", "quorum", "prompt", "prompts", "playbooks", "temperature", "temperature_spread"),
    *("model", "policy", "adaptive", "weights", "fields", "variables", "workflow", "each", "questions", "title"),
)
FIELD_KEYS = ("name", "type", "description", "required", "quote", "choices", "max_chars", "max_items")


def read_handlers(root: TomlTable) -> tuple[HandlerNode, ...]:
    """All handlers of a file, in order; what is wrong with them is noted."""
    tables = root.tables("handlers")
    handlers = tuple(_read_handler(table) for table in tables)
    unique_ids(tables, [handler.id for handler in handlers])
    for table, handler in zip(tables, handlers, strict=True):
        if handler.each:
            _check_each(table, handler, handlers)
    return handlers


def uses_of(table: TomlTable, known: Sequence[str]) -> str:
    """What a handler is made of; one of the known words."""
    uses = table.text("uses")
    if uses and uses not in known:
        table.must("uses", f"one of {listed(known)}")
    return uses


def _read_handler(table: TomlTable) -> HandlerNode:
    table.allow(*HANDLER_KEYS)
    uses = uses_of(table, HANDLER_USES)
    handler = HandlerNode(
        id=table.text("id"),
        uses=uses,
        votes=table.whole("votes", 1, MAX_VOTES, 1),
        quorum=table.whole("quorum", 1, MAX_VOTES, 1),
        prompt=table.text("prompt", ""),
        prompts=table.texts("prompts"),
        playbooks=table.texts("playbooks"),
        temperature=table.number("temperature", 0, 2, 0.0),
        temperature_spread=table.number("temperature_spread", 0, 2, 0.0),
        model=table.choice("model", ModelClass, ModelClass.ANY),
        policy=table.choice("policy", Policy, POLICIES.get(uses, (Policy.MAJORITY,))[0]),
        adaptive=table.choice("adaptive", Adaptive, Adaptive.OFF),
        weights=table.named_amounts("weights"),
        fields=_read_fields(table, uses),
        variables=table.named_texts("variables"),
        workflow=table.text("workflow", ""),
        each=table.text("each", ""),
        questions=table.texts("questions"),
        title=table.text("title", ""),
    )
    _check_votes(table, handler)
    _check_policy(table, handler)
    _check_parts(table, handler)
    return handler


def _check_each(table: TomlTable, handler: HandlerNode, handlers: Sequence[HandlerNode]) -> None:
    """Whether a list's entries have where to go: to a handler that makes no list for yet another one."""
    others = {other.id: other for other in handlers if other.id != handler.id}
    if handler.each not in others:
        problem = f"{table.named('each')} names {shown(handler.each)}, which is no other handler; "
        table.report("each", problem + nearest(handler.each, others))
    elif others[handler.each].each or others[handler.each].uses not in GENERAL_USES:
        right = f'a handler that uses one of {listed(GENERAL_USES)} and has no "each" of its own'
        table.report("each", f"{table.named('each')} must name {right}.")
    if [field.type for field in handler.fields].count(FieldType.LIST) != 1:
        table.report("each", f'{table.named("each")} needs exactly one [[handlers.fields]] of type "list".')


def _check_votes(table: TomlTable, handler: HandlerNode) -> None:
    if handler.quorum > handler.votes == table.values.get("votes", 1):
        table.must("quorum", f'at most "votes", which is {handler.votes}')
    if len(handler.wordings) > handler.votes:
        right = f"at least {len(handler.wordings)}, so that each of the prompts is used"
        table.report("votes", f"{table.named('votes')} must be {right}, not {handler.votes}.")
    if handler.temperature + handler.temperature_spread > 2:  # noqa: PLR2004 - the most that interfaces take
        table.must("temperature_spread", 'a number that leaves "temperature" with it at 2 or less')


def _check_policy(table: TomlTable, handler: HandlerNode) -> None:
    fitting = POLICIES.get(handler.uses, tuple(Policy))
    policy = handler.policy
    if policy not in fitting:
        table.must("policy", f'one of {listed(fitting)} for a handler that uses "{handler.uses}"')
    types = {field.type for field in handler.fields}
    if policy in NUMERIC and not types & {FieldType.NUMBER, FieldType.MONEY}:
        table.report("policy", f'{table.named("policy")} is "{policy}", which needs a field of type number or money.')
    if policy in LISTED and FieldType.LIST not in types:
        table.report("policy", f'{table.named("policy")} is "{policy}", which needs a field of type list.')
    if policy is Policy.OVERLAP and not any(each.is_quoted for each in handler.fields if each.type is FieldType.LIST):
        table.report("policy", f'{table.named("policy")} is "overlap", which needs a list with quotes (quote = true).')
    if policy in COMPARED and handler.votes < 2:  # noqa: PLR2004 - one alone is the best
        table.report("policy", f'{table.named("policy")} is "{policy}", which needs at least 2 "votes".')
    if handler.weights and policy is not Policy.WEIGHTED:
        table.report("weights", f'{table.named("weights")} is for the policy "weighted"; this one is "{policy}".')
    if handler.adaptive is not Adaptive.OFF and policy not in STOPPABLE:
        table.report(
            "adaptive", f'{table.named("adaptive")} must be "off": under "{policy}" every vote adds something.'
        )


def _check_parts(table: TomlTable, handler: HandlerNode) -> None:
    uses = handler.uses
    if uses == "assess" and not handler.playbooks and "playbooks" not in table.values:
        table.report("playbooks", f'{table.named("playbooks")} is missing; a handler that uses "assess" needs one.')
    if uses in GENERAL_USES and not handler.prompt and "prompt" not in table.values:
        table.report("prompt", f'{table.named("prompt")} is missing; a handler that uses "{uses}" asks a model.')
    if handler.questions and uses != "answer":
        table.report("questions", f'{table.named("questions")} is for a handler that uses "answer".')
    if uses == "workflow" and not handler.workflow:
        table.report("workflow", f"{table.named('workflow')} is missing; it must be the id of a workflow.")
    if handler.workflow and uses != "workflow":
        table.report("workflow", f'{table.named("workflow")} is for a handler that uses "workflow".')


def _read_fields(table: TomlTable, uses: str) -> tuple[AnswerField, ...]:
    tables = table.tables("fields")
    fields = tuple(_read_field(each, is_quoted=uses == "extract") for each in tables)
    for index, (each, field) in enumerate(zip(tables, fields, strict=True)):
        if field.name in [other.name for other in fields[:index]]:
            each.report(
                "name", f"{each.named('name')} is {shown(field.name)}, which another field has; names must differ."
            )
    _check_fields(table, fields, uses)
    return fields or ((AnswerField("text", max_chars=6000),) if uses == "generate" else ())


def _check_fields(table: TomlTable, fields: Sequence[AnswerField], uses: str) -> None:
    if fields and uses not in GENERAL_USES:
        table.report("fields", f"[[handlers.fields]] are for a handler that uses one of {listed(GENERAL_USES)}.")
    if uses == "extract" and not fields:
        table.report("fields", 'a handler that uses "extract" needs at least one [[handlers.fields]].')
    if uses == "classify" and not any(field.type in (FieldType.CHOICE, FieldType.BOOL) for field in fields):
        table.report("fields", 'a handler that uses "classify" needs a field of type choice or bool.')
    if len(fields) > MAX_FIELDS:
        table.report("fields", f"there must be at most {MAX_FIELDS} [[handlers.fields]], not {len(fields)}.")
    most = sum(field.most_chars for field in fields)
    if most > MAX_REPLY_CHARS:
        table.report(
            "fields",
            f"the fields may take {most} characters together, and no model can be relied on for more than "
            f"{MAX_REPLY_CHARS}; lower max_chars or max_items, or use fewer fields.",
        )


def _read_field(table: TomlTable, *, is_quoted: bool) -> AnswerField:
    table.allow(*FIELD_KEYS)
    name = table.text("name")
    if name and not _NAME.fullmatch(name):
        table.must("name", "small letters, digits and _, at most 40, the first a letter")
    kind = table.choice("type", FieldType, FieldType.TEXT)
    required, quoted = table.flag("required"), table.flag("quote")
    field = AnswerField(
        name=name,
        type=kind,
        description=table.text("description", ""),
        is_required=True if required is None else required,
        is_quoted=is_quoted if quoted is None else quoted,
        choices=table.texts("choices"),
        max_chars=table.whole("max_chars", 1, MAX_REPLY_CHARS, 600 if kind is FieldType.TEXT else 200),
        max_items=table.whole("max_items", 1, 100, 20),
    )
    _check_choices(table, field)
    for key, types in (("max_chars", (FieldType.TEXT, FieldType.LIST)), ("max_items", (FieldType.LIST,))):
        if key in table.values and kind not in types:
            table.report(key, f"{table.named(key)} is for fields of type {listed(types)}.")
    return field


def _check_choices(table: TomlTable, field: AnswerField) -> None:
    if field.type is not FieldType.CHOICE:
        if field.choices:
            table.report("choices", f"{table.named('choices')} is for fields of type choice.")
        return
    if not 1 < len(set(field.choices)) == len(field.choices) <= MAX_CHOICES:
        right = f"a list of 2 to {MAX_CHOICES} different texts in quotes"
        table.report("choices", f"{table.named('choices')} must be {right}.")
