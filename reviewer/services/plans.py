"""The plans of a run's documents: one each, or one for the second of two versions."""

from collections.abc import Mapping, Sequence

from reviewer.domain.compare import compare
from reviewer.domain.correction import Correction
from reviewer.domain.document import Document
from reviewer.domain.errors import ConfigError
from reviewer.domain.ids import DocumentId
from reviewer.domain.version import Version
from reviewer.domain.workflow import Aggregation
from reviewer.engine.changed import changed_plan
from reviewer.engine.plan import DocumentPlan
from reviewer.engine.unseen import with_unseen
from reviewer.services.planning import Planner
from reviewer.services.requests import RunRequest

VERSIONS = 2


def plans_of(
    planner: Planner,
    documents: Sequence[Document],
    corrections: Mapping[DocumentId, Sequence[Correction]],
    request: RunRequest,
) -> list[DocumentPlan]:
    """The plans for a request, in the order of the documents.

    Raises:
        ConfigError: as from the planner; ``two_versions``: the workflow compares two, and there are not two.
    """
    plans = [plan_of(planner, each, corrections[each.id], request) for each in documents]
    if all(plan.workflow.aggregate is not Aggregation.CHANGES for plan in plans):
        return plans
    if len(plans) != VERSIONS:
        problem = f"{plans[0].workflow.title} needs two different documents, and there {_are(len(plans))}."
        raise ConfigError("two_versions", problem, "Name the earlier version first, then the later one.")
    earlier, later = plans
    return [changed_plan(later, compare(_version(earlier), _version(later)), earlier.document.source.name)]


def plan_of(
    planner: Planner, document: Document, corrections: Sequence[Correction], request: RunRequest
) -> DocumentPlan:
    """The plan of one document as a request wants it. Raises ConfigError as from the planner."""
    plan = planner.plan(document, request.workflow, corrections, request.playbook, request.questions)
    return with_unseen(plan) if request.hidden_text and request.models else plan


def _are(count: int) -> str:
    return "is one" if count == 1 else f"are {count}"


def _version(plan: DocumentPlan) -> Version:
    return Version(plan.document, plan.projection, plan.sections)
