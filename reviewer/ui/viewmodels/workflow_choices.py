"""The workflows as the window offers them: what most people come for first, the others as examples."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from reviewer.domain.workflow import Workflow
from reviewer.ui.translation import QT_TRANSLATE_NOOP

_FIRST = {
    "contract-review": QT_TRANSLATE_NOOP("WorkflowChoices", "Contract review"),
    "research-synthesis": QT_TRANSLATE_NOOP("WorkflowChoices", "Research synthesis"),
    "compare-versions": QT_TRANSLATE_NOOP("WorkflowChoices", "Compare"),
    "questions": QT_TRANSLATE_NOOP("WorkflowChoices", "Questions"),
    "research-assistant": QT_TRANSLATE_NOOP("WorkflowChoices", "Summarise or translate"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the list; one without an id is a heading and cannot be chosen."""

    name: str
    id: str | None = None
    description: str = ""


def workflow_choices(workflows: Sequence[Workflow]) -> list[Choice]:
    """The main workflows in their order, then the others under *Examples*, by title."""
    by_id = {workflow.id: workflow for workflow in workflows}
    first = [Choice(_tr(name), each, by_id[each].description) for each, name in _FIRST.items() if each in by_id]
    others = sorted((each for each in workflows if each.id not in _FIRST), key=lambda each: each.title)
    examples = [Choice(each.title, each.id, each.description) for each in others]
    return [*first, *([Choice(_tr("Examples"))] if examples else []), *examples]


def _tr(text: str) -> str:
    return QCoreApplication.translate("WorkflowChoices", text)
