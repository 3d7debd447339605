"""The second pass: what several documents say together, over their results and not their text."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from reviewer.domain.answering import answered_by
from reviewer.domain.events import StepDone, StepFailed, SynthesisMade
from reviewer.domain.finding import Synthesis
from reviewer.domain.report import DocumentReport
from reviewer.domain.task import Context, StepInputs, vote_seed
from reviewer.domain.vote import RULE, StepFailure
from reviewer.engine.boundary import attempt
from reviewer.engine.handling import Bench
from reviewer.engine.plan import Rater, Team
from reviewer.engine.reading import UnusableReplyError, check_clean
from reviewer.ports.handling import InvalidReplyError, ModelSynthesizer, RuleSynthesizer

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
        synthesis = await _attempt(by_model, rater.name, bench)
    if synthesis is None and team.rule_synthesizer:
        synthesis = await _attempt(partial(_by_rule, documents, team.rule_synthesizer), RULE, bench)
    if synthesis and synthesis.statements:
        bench.emit(SynthesisMade(synthesis))


async def _attempt(work: Callable[[], Awaitable[Synthesis]], rater: str, bench: Bench) -> Synthesis | None:
    made = await attempt(work, SYNTHESIZE, rater)
    if isinstance(made, StepFailure):
        bench.emit(StepFailed(None, None, SYNTHESIZE, rater, made.code, made.message, made.usage))
        return None
    return made


async def _by_rule(documents: Sequence[DocumentReport], synthesizer: RuleSynthesizer) -> Synthesis:
    return synthesizer.synthesize(documents)


async def _by_model(
    documents: Sequence[DocumentReport], synthesizer: ModelSynthesizer, rater: Rater, bench: Bench
) -> Synthesis:
    inputs = StepInputs(
        uses=SYNTHESIZE,
        version=synthesizer.version,
        fingerprint=synthesizer.fingerprint,
        text=synthesizer.request(documents, 0).user,
        path="",
        context=Context(),
        rater=rater.name,
        endpoint=rater.endpoint,
        seed=bench.panel.seed,
    )
    key = inputs.key
    request = synthesizer.request(documents, vote_seed(key))
    reply, usage = await bench.steps.ask(key, rater, request)
    try:
        synthesis = synthesizer.read(documents, bench.steps.text_of(rater, request, reply), rater.name)
        check_clean(request, (statement.text for statement in synthesis.statements))
    except (InvalidReplyError, UnusableReplyError) as error:
        await bench.steps.give_up([key], "bad_reply", needs_user=False)
        unusable = UnusableReplyError(error.code, error.user_message, error.hint)
        unusable.usage = usage
        raise unusable from error
    other = answered_by(rater.name, reply.model)
    bench.emit(StepDone(None, None, SYNTHESIZE, key, usage, rater.name, other))
    return synthesis
