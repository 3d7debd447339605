"""Interactions: what a document's findings mean together, by rules and by a model."""

from functools import partial

from reviewer.domain.events import InteractionsFound
from reviewer.domain.interaction import Interaction
from reviewer.domain.report import DocumentReport
from reviewer.domain.vote import RULE
from reviewer.engine.handling import Bench
from reviewer.engine.plan import Rater, Team
from reviewer.engine.second_pass import Question, ask_once, tried
from reviewer.ports.handling import ModelInteractions, RuleInteractions

INTERACTIONS = "interactions"
LEAST = 2
"""Fewer findings cannot mean anything together."""


async def interact(report: DocumentReport, team: Team, bench: Bench) -> None:
    """Finds what findings mean together, and emits it where there is anything; a failure is an event.

    Args:
        report: the document's, with all its findings in the order of reading.
        team: what answers in its workflow.
        bench: what the run has.

    Raises:
        FatalProviderError, StorageError, BudgetExceeded: the run cannot go on.
    """
    if len(report.findings) < LEAST:
        return
    found: tuple[Interaction, ...] = ()
    document = report.document.id
    for rules in team.rule_interactions:
        found += await tried(partial(_by_rule, report, rules), INTERACTIONS, RULE, bench, document) or ()
    rater = next(iter(bench.panel.raters[-1:]), None)
    if rater and team.model_interactions:
        ask = partial(_by_model, report, team.model_interactions, rater, bench)
        found += await tried(ask, INTERACTIONS, rater.name, bench, document) or ()
    if found:
        bench.emit(InteractionsFound(document, found))


async def _by_rule(report: DocumentReport, rules: RuleInteractions) -> tuple[Interaction, ...]:
    return rules.find(report)


async def _by_model(
    report: DocumentReport, interactions: ModelInteractions, rater: Rater, bench: Bench
) -> tuple[Interaction, ...]:
    question = Question(
        INTERACTIONS,
        interactions,
        partial(interactions.request, report),
        lambda reply: interactions.read(report, reply, rater.name),
        lambda found: [text for each in found for text in (each.title, each.text)],
    )
    return await ask_once(question, rater, bench, report.document.id)
