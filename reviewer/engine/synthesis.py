"""The second pass: what several documents say together, over their results and not their text."""

from collections.abc import Sequence

from reviewer.domain.errors import ProviderError
from reviewer.domain.events import StepDone, StepFailed, SynthesisMade
from reviewer.domain.finding import Synthesis
from reviewer.domain.report import DocumentReport
from reviewer.domain.task import Context, StepInputs, vote_seed
from reviewer.engine.document_run import Bench
from reviewer.engine.plan import Team
from reviewer.engine.steps import UnusableReplyError, whole_text
from reviewer.ports.handling import InvalidReplyError, ModelSynthesizer
from reviewer.ports.models import ChatModel

SYNTHESIZE = "synthesize"


async def synthesize(documents: Sequence[DocumentReport], team: Team, bench: Bench) -> None:
    """Brings documents together by a model where one is there, else by rule; emits what came of it.

    A model that fails is an event, and the rule's synthesis stands in for it.

    Raises:
        FatalProviderError, StorageError: the run cannot go on.
    """
    synthesis: Synthesis | None = None
    if bench.panel.models and team.model_synthesizer:
        synthesis = await _by_model(documents, team.model_synthesizer, bench.panel.models[0], bench)
    if synthesis is None and team.rule_synthesizer:
        synthesis = team.rule_synthesizer.synthesize(documents)
    if synthesis and synthesis.statements:
        bench.emit(SynthesisMade(synthesis))


async def _by_model(
    documents: Sequence[DocumentReport], synthesizer: ModelSynthesizer, model: ChatModel, bench: Bench
) -> Synthesis | None:
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
    try:
        reply, usage = await bench.steps.ask(key, model, synthesizer.request(documents, vote_seed(key)))
        synthesis = synthesizer.read(documents, whole_text(reply), model.name)
    except (ProviderError, InvalidReplyError, UnusableReplyError) as error:
        await bench.steps.forget([key])
        bench.emit(StepFailed(None, None, SYNTHESIZE, model.name, error.code, error.user_message))
        return None
    bench.emit(StepDone(None, None, SYNTHESIZE, key, usage))
    return synthesis
