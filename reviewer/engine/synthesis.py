"""The second pass: what several documents say together, over their results and not their text."""

from collections.abc import Sequence
from functools import partial

from reviewer.domain.events import SynthesisMade
from reviewer.domain.finding import Synthesis
from reviewer.domain.report import DocumentReport
from reviewer.domain.vote import RULE
from reviewer.engine.handling import Bench
from reviewer.engine.plan import Rater, Team
from reviewer.engine.second_pass import Question, ask_once, tried
from reviewer.ports.handling import ModelSynthesizer, RuleSynthesizer

SYNTHESIZE = "synthesize"


async def synthesize(documents: Sequence[DocumentReport], team: Team, bench: Bench) -> None:
    """Brings documents together by a model where one is there, else by rule; emits what came of it.

    A model that fails is an event, and the rule's synthesis stands in for it.

    The documents' results come in reading order, so that the same results ask the same question.

    Raises:
        FatalProviderError, StorageError, BudgetExceeded: the run cannot go on.
    """
    synthesis: Synthesis | None = None
    rater = next(iter(bench.panel.raters), None)
    if rater and team.model_synthesizer:
        by_model = partial(_by_model, documents, team.model_synthesizer, rater, bench)
        synthesis = await tried(by_model, SYNTHESIZE, rater.name, bench)
    if synthesis is None and team.rule_synthesizer:
        synthesis = await tried(partial(_by_rule, documents, team.rule_synthesizer), SYNTHESIZE, RULE, bench)
    if synthesis and synthesis.statements:
        bench.emit(SynthesisMade(synthesis))


async def _by_rule(documents: Sequence[DocumentReport], synthesizer: RuleSynthesizer) -> Synthesis:
    return synthesizer.synthesize(documents)


async def _by_model(
    documents: Sequence[DocumentReport], synthesizer: ModelSynthesizer, rater: Rater, bench: Bench
) -> Synthesis:
    question = Question(
        SYNTHESIZE,
        synthesizer,
        partial(synthesizer.request, documents),
        lambda reply: synthesizer.read(documents, reply, rater.name),
        lambda synthesis: [statement.text for statement in synthesis.statements],
    )
    return await ask_once(question, rater, bench)
