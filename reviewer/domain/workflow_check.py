"""What a workflow file names outside of itself: prompts, playbooks and other workflows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reviewer.domain.section import SplitAs
from reviewer.domain.template import VARIABLES, template_problems, variables_of
from reviewer.domain.toml_fields import TomlTable, nearest, shown
from reviewer.domain.workflow import BY_SECTIONS, HandlerNode, SplitNode, SplitUnit, Workflow

MAX_NESTED = 3
"""So many workflows may stand inside each other: what is nested more deeply, nobody can follow."""


@dataclass(frozen=True, slots=True)
class Known:
    """What there is for a workflow file to name.

    Attributes:
        template: the text of a prompt by its name; None where there is none.
        playbooks: ids of all playbooks.
        workflows: ids of all workflows.
        nested: ids of the workflows that one hands items to, by its id.
        split: how a workflow cuts, by its id; None where that is not known.
    """

    template: Callable[[str], str | None]
    playbooks: Sequence[str]
    workflows: Sequence[str]
    nested: Callable[[str], Sequence[str]]
    split: Callable[[str], SplitNode | None]


def check_named(root: TomlTable, workflow: Workflow, known: Known) -> dict[str, str]:
    """Notes everything a file names that is not there, with its line; gives the texts of its prompts by name."""
    templates: dict[str, str] = {}
    for table, handler in zip(root.tables("handlers"), workflow.handlers, strict=True):
        for key, name in _named_prompts(handler):
            _check_template(table, key, name, handler, known, templates)
        _check_variables(table, handler, templates)
        _check_playbooks(table, handler, known)
        if handler.workflow:
            _check_nested(table, handler, workflow, known)
    for key, pass_node in (("synthesis", workflow.synthesis), ("interactions", workflow.interactions)):
        table_of_pass = root.table(key, needed=False)
        if table_of_pass and pass_node and pass_node.prompt:
            kind = "synthesize" if key == "synthesis" else key
            _check_template(table_of_pass, "prompt", pass_node.prompt, HandlerNode(kind, kind), known, templates)
    return templates


def _named_prompts(handler: HandlerNode) -> list[tuple[str, str]]:
    return [("prompt" if name == handler.prompt else "prompts", name) for name in handler.wordings]


def _check_template(
    table: TomlTable, key: str, name: str, handler: HandlerNode, known: Known, templates: dict[str, str]
) -> None:
    text = known.template(name)
    if text is None:
        where = "beside this file or among the bundled prompts"
        table.report(key, f"{table.named(key)} names {shown(name)}, and there is no {name}.md {where}.")
        return
    templates[name] = text
    variables = (*VARIABLES.get(handler.uses, ()), *handler.variables)
    for problem in template_problems(text, f"{name}.md", variables):
        table.report(key, f"{table.named(key)}: {problem}")


def _check_variables(table: TomlTable, handler: HandlerNode, templates: dict[str, str]) -> None:
    texts = [templates[name] for name in handler.wordings if name in templates]
    used = {variable for text in texts for _, variable in variables_of(text)}
    for variable in handler.variables:
        if texts and variable not in used:
            table.report("variables", f'"{variable}" in [handlers.variables] stands in none of the prompts.')


def _check_playbooks(table: TomlTable, handler: HandlerNode, known: Known) -> None:
    for name in handler.playbooks:
        if name not in known.playbooks:
            sentence = f"{table.named('playbooks')} names {shown(name)}, which is no playbook; "
            table.report("playbooks", sentence + nearest(name, known.playbooks))


def _check_nested(table: TomlTable, handler: HandlerNode, workflow: Workflow, known: Known) -> None:
    name, own = handler.workflow, workflow.id
    if name != own and name not in known.workflows:
        sentence = f"{table.named('workflow')} names {shown(name)}, which is no workflow; "
        table.report("workflow", sentence + nearest(name, known.workflows))
        return
    trail = _too_deep(name, (own,), known)
    if trail:
        what = "loops" if trail[-1] in trail[:-1] else f"nests more than {MAX_NESTED} workflows"
        table.report("workflow", f"{table.named('workflow')} {what}: {' > '.join(trail)}.")
        return
    inner = known.split(name)
    if inner and not _cuts_within(workflow.split, inner):
        what = (
            f"{table.named('workflow')} names {shown(name)}, which cuts {_told(inner)}; a part of this file, which cuts"
            f" {_told(workflow.split)}, cannot be cut like that."
        )
        how = (
            'Cut both alike (as = "auto" goes with both kinds, and whole documents with sections), or set unit ='
            f' "document" in {shown(name)}, which takes each part as a whole.'
        )
        table.report("workflow", f"{what} {how}")


def _cuts_within(outer: SplitNode, inner: SplitNode) -> bool:
    """Whether a part can be cut as the workflow that it is handed to says: not at all, no further, or into sections."""
    if inner.unit is SplitUnit.DOCUMENT or _how(outer) == _how(inner):
        return True
    is_of_sections = outer.unit in (SplitUnit.DOCUMENT, SplitUnit.SECTION) and inner.unit in BY_SECTIONS
    return is_of_sections and (SplitAs.AUTO in (outer.split_as, inner.split_as) or outer.split_as is inner.split_as)


def _how(split: SplitNode) -> tuple[object, ...]:
    return split.split_as, split.unit, split.level, split.pattern, split.tokens


def _told(split: SplitNode) -> str:
    return f'by unit = "{split.unit}" and as = "{split.split_as}"'


def _too_deep(name: str, above: tuple[str, ...], known: Known) -> tuple[str, ...]:
    """The way down to what comes twice or lies too deep; empty where all is well."""
    trail = (*above, name)
    if name in above or len(above) > MAX_NESTED:
        return trail
    return next((found for each in known.nested(name) if (found := _too_deep(each, trail, known))), ())
