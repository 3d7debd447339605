"""Plans run to their end over fakes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reviewer.domain.events import RunEvent
from reviewer.domain.report import DocumentReport, Report, fold_all
from reviewer.engine.plan import ALL_AS_IT_IS, DocumentPlan, HandlerPair, Redacting, Team
from reviewer.engine.runner import Runner
from reviewer.ports.handling import ModelHandler, Router, RuleHandler
from tests.fakes.clock import run
from tests.fakes.handlers import Answer, JsonHandler, StubClassifier, StubRule
from tests.fakes.models import ScriptedModel
from tests.fakes.pooling import panel_of, pool_of
from tests.fakes.workspace import MemoryWorkspace


@dataclass
class Outcome:
    """What a run left behind."""

    report: Report
    events: list[RunEvent]
    workspace: MemoryWorkspace = field(default_factory=MemoryWorkspace)

    @property
    def document(self) -> DocumentReport:
        """The report of the only document."""
        (document,) = self.report.documents.values()
        return document

    def of(self, kind: type) -> list[RunEvent]:
        """The events of a type."""
        return [event for event in self.events if isinstance(event, kind)]


def make_team(
    rule: RuleHandler | Answer | None = None,
    model: ModelHandler | None = None,
    classifier: Router | None = None,
    nodes: Sequence[str] = ("assess", "label", "summarize", "translate"),
    **more: object,
) -> Team:
    """The same pair for every node."""
    if rule is not None and not hasattr(rule, "answer"):
        rule = StubRule(rule)
    pair = HandlerPair(rule, model)
    return Team(dict.fromkeys(nodes, pair), classifier or StubClassifier(), **more)  # type: ignore[arg-type]  # the fields are named by each test


def model_team(**more: object) -> Team:
    """A team that asks models in `JsonHandler`'s way."""
    return make_team(model=JsonHandler(), **more)  # type: ignore[arg-type]  # the fields are named by each test


def run_plans(
    plans: Sequence[DocumentPlan],
    *models: ScriptedModel,
    votes: int | None = None,
    workspace: MemoryWorkspace | None = None,
    max_connections: int = 8,
    seed: int = 0,
    events: list[RunEvent] | None = None,
    redacting: Redacting = ALL_AS_IT_IS,
) -> Outcome:
    """Runs plans in virtual time; events are kept even where the run fails, if a list is handed in."""
    kept = MemoryWorkspace() if workspace is None else workspace
    emitted: list[RunEvent] = [] if events is None else events
    panel = panel_of(*models, votes=votes, seed=seed, redacting=redacting)

    async def work() -> Report:
        pool = pool_of(max_connections)
        await Runner(kept.steps, pool, panel, kept.secret, emitted.append).run(plans)
        return fold_all(emitted)

    return Outcome(run(work()), emitted, kept)
