"""The second pass: what several documents say together, over their results and not their text."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from reviewer.domain.events import StepDone, StepFailed, SynthesisMade
from reviewer.domain.finding import Synthesis
from reviewer.domain.report import DocumentReport
from reviewer.domain.task import Context, StepInputs, vote_seed
from reviewer.domain.vote import RULE, StepFailure
from reviewer.engine.boundary import attempt
from reviewer.engine.document_run import Bench
from reviewer.engine.plan import Team
from reviewer.engine.steps import UnusableReplyError, whole_text
from reviewer.ports.handling import InvalidReplyError, ModelSynthesizer, RuleSynthesizer
from reviewer.ports.models import ChatModel

SYNTHESIZE = "synthesize"


async def synthesize(documents: Sequence[DocumentReport], team: Team, bench: Bench) -> None:
    """Brings documents together by a model where one is there, else by rule; emits what came of it.

    A model that fails is an event, and the rule's synthesis stands in for it.

    The documents' results come in reading order, so that the same results ask the same question.

    Raises:
        FatalProviderError, StorageError: the run cannot go on.
    """
    synthesis: Synthesis | None = None
    model = next(iter(bench.panel.models), None)
    if model and team.model_synthesizer:
        by_model = partial(_by_model, documents, team.model_synthesizer, model, bench)
        synthesis = await _attempt(by_model, model.name, bench)
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
    documents: Sequence[DocumentReport], synthesizer: ModelSynthesizer, model: ChatModel, bench: Bench
) -> Synthesis:
    inputs = StepInputs(
        uses=SYNTHESIZE,
        version=synthesizer.version,
        fingerprint=synthesizer.fingerprint,
        text=synthesizer.request(documents, 0).user,
        path="",
        context=Context(),
        rater=model.name,
        endpoint=model.endpoint,
        seed=bench.panel.seed,
    )
    key = inputs.key
    reply, usage = await bench.steps.ask(key, model, synthesizer.request(documents, vote_seed(key)))
    try:
        synthesis = synthesizer.read(documents, whole_text(reply), model.name)
    except (InvalidReplyError, UnusableReplyError) as error:
        await bench.steps.forget([key])
        unusable = UnusableReplyError(error.code, error.user_message, error.hint)
        unusable.usage = usage
        raise unusable from error
    bench.emit(StepDone(None, None, SYNTHESIZE, key, usage))
    return synthesis
