import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.clause import Clause
from reviewer.domain.errors import ProviderError, RetryDecision, StorageError
from reviewer.domain.ids import SectionId
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Context, Item, Task
from reviewer.domain.usage import Usage
from reviewer.domain.vote import Judgement
from reviewer.engine.pool import FatalProviderError
from reviewer.engine.reading import UnusableReplyError
from reviewer.engine.steps import StepResult, StepRunner, most_tokens
from tests.fakes.clock import run
from tests.fakes.handlers import JsonHandler, StubRule, assessed, reply_of
from tests.fakes.models import ScriptedModel, broken, cut, declined, in_turn
from tests.fakes.pooling import panel_of, pool_of, rater_of
from tests.fakes.workspace import MemoryWorkspace

ITEM = Item(None, None, SectionKind.CLAUSE, "Fees", "1 Fees", "Pay now.", TextSpan(0, 8), "en")
TASK = Task("assess", ITEM, Context(fence="f" * 32))
GOOD = reply_of(assessed("preferred", "Pay now."))


def by_model(
    model: ScriptedModel,
    workspace: MemoryWorkspace,
    index: int = 0,
    *,
    task: Task = TASK,
    seed: int = 0,
    temperature: float = 0.0,
    handler: JsonHandler | None = None,
) -> StepResult:
    async def work() -> StepResult:
        steps = StepRunner(workspace.steps, pool_of(), panel_of(model, seed=seed))
        return await steps.by_model(
            "assess", handler or JsonHandler(), task, rater_of(model), index, temperature=temperature
        )

    return run(work())


def by_rule(rule: StubRule, workspace: MemoryWorkspace, task: Task = TASK) -> StepResult:
    async def work() -> StepResult:
        return await StepRunner(workspace.steps, pool_of(), panel_of()).by_rule("assess", rule, task)

    return run(work())


def test_rule_answers_and_is_stored() -> None:
    workspace = MemoryWorkspace()
    rule = StubRule(lambda task: (Judgement("liability", "preferred"),))
    result = by_rule(rule, workspace)
    assert result.judgements == (Judgement("liability", "preferred"),)
    assert result.usage == Usage()
    assert workspace.journal == [("judgements", result.key)]


def test_rule_is_not_asked_again_when_its_answer_is_stored() -> None:
    workspace = MemoryWorkspace()
    rule = StubRule(lambda task: ())
    first = by_rule(rule, workspace)
    second = by_rule(rule, workspace)
    assert len(rule.asked) == 1
    assert second == replace(first, usage=Usage(cached=1))


def test_rules_give_the_loop_a_turn_between_two_answers() -> None:
    turns: list[str] = []
    rule = StubRule(lambda task: turns.append("rule") or ())  # type: ignore[func-returns-value]  # notes its turn

    async def tick() -> None:
        for _ in range(20):
            turns.append("loop")
            await asyncio.sleep(0)

    async def work() -> None:
        steps = StepRunner(MemoryWorkspace().steps, pool_of(), panel_of())
        async with asyncio.TaskGroup() as group:
            group.create_task(tick())
            for number in range(3):
                task = replace(TASK, item=replace(ITEM, text=str(number)))
                group.create_task(steps.by_rule("assess", rule, task))

    run(work())
    assert turns.count("rule") == 3
    assert ("rule", "rule") not in pairwise(turns)


def test_model_reply_is_stored_before_it_is_read() -> None:
    workspace = MemoryWorkspace()

    class Watching(JsonHandler):
        def read(self, task: Task, reply: str) -> tuple[Judgement, ...]:
            workspace.journal.append(("read", reply))
            return super().read(task, reply)

    result = by_model(ScriptedModel(GOOD), workspace, handler=Watching())
    key = result.key
    assert workspace.journal == [("reserve", key), ("reply", key), ("read", GOOD)]
    assert result.usage == Usage(calls=1, tokens_in=10, tokens_out=5)


def test_model_is_not_asked_again_when_its_judgements_are_stored_as_earlier_versions_did() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD)
    first = by_model(model, workspace)
    judgements = (Judgement("liability", "stored"),)
    workspace.steps.kept[first.key] = replace(workspace.steps.kept[first.key], judgements=judgements)
    second = by_model(model, workspace)
    assert len(model.requests) == 1
    assert second == replace(first, judgements=judgements, usage=Usage(cached=1))


def test_model_is_not_asked_again_when_its_reply_is_stored() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD)
    first, second = by_model(model, workspace), by_model(model, workspace)
    assert len(model.requests) == 1
    assert second == replace(first, usage=Usage(cached=1))


def test_model_is_asked_once_more_with_what_was_wrong() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(in_turn("no JSON", GOOD))
    result = by_model(model, workspace)
    first, second = model.requests
    assert second.user.startswith(first.user)
    assert "it is not JSON" in second.user
    assert first.seed != second.seed
    assert result.usage.calls == 2
    assert result.judgements[0].value == "preferred"


def test_model_that_was_corrected_is_not_asked_again() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(in_turn("no JSON", GOOD))
    by_model(model, workspace)
    assert by_model(model, workspace).usage == Usage(cached=1)
    assert len(model.requests) == 2


def test_model_that_cannot_be_read_twice_fails_and_is_forgotten() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel("no JSON")
    with pytest.raises(UnusableReplyError, match="bad_reply") as raised:
        by_model(model, workspace)
    assert raised.value.usage.calls == 2
    assert len(model.requests) == 2
    assert workspace.steps.kept == {}


@pytest.mark.parametrize(("reply", "code"), [(cut(), "reply_cut"), (declined(), "refused")])
def test_model_reply_that_is_no_answer_fails_and_is_forgotten(reply: ChatReply, code: str) -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(in_turn(reply))
    with pytest.raises(UnusableReplyError) as raised:
        by_model(model, workspace)
    assert raised.value.code == code
    assert [each.max_tokens for each in model.requests] == ([2048, 4096] if code == "reply_cut" else [2048])
    assert workspace.steps.kept == {}


def test_model_reply_is_kept_when_the_handler_fails_on_it() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD)

    class Defect(JsonHandler):
        def read(self, task: Task, reply: str) -> tuple[Judgement, ...]:
            raise ValueError(reply)

    with pytest.raises(ValueError, match="Pay now"):
        by_model(model, workspace, handler=Defect())
    by_model(model, workspace)
    assert len(model.requests) == 1


def test_votes_never_share_a_request() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD)
    for index in range(3):
        by_model(model, workspace, index)
    by_model(model, workspace, seed=7)
    assert len({request.seed for request in model.requests}) == 4


@pytest.mark.parametrize(
    "item",
    [
        replace(ITEM, text="Pay later."),
        replace(ITEM, path="2 Fees"),
        replace(ITEM, language="de"),
        replace(ITEM, kind=SectionKind.SCHEDULE),
    ],
)
def test_step_is_another_when_what_it_reads_is(item: Item) -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD)
    by_model(model, workspace)
    by_model(model, workspace, task=replace(TASK, item=item))
    assert len(model.requests) == 2


def test_step_is_another_when_temperature_or_prompt_is() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD)
    by_model(model, workspace)
    by_model(model, workspace, temperature=0.5)
    by_model(model, workspace, handler=JsonHandler("another prompt"))
    assert len(model.requests) == 3


def test_step_is_the_same_when_only_the_fence_differs() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD)
    by_model(model, workspace)
    by_model(model, workspace, task=replace(TASK, context=Context(fence="g" * 32)))
    assert len(model.requests) == 1


def test_step_fails_when_the_workspace_is_full() -> None:
    workspace = MemoryWorkspace()
    workspace.steps.is_full = True
    with pytest.raises(StorageError, match="disk_full"):
        by_model(ScriptedModel(GOOD), workspace)


def test_step_that_is_cancelled_stays_in_flight_as_it_may_be_paid_for() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD, delay=lambda request: 50.0)

    async def work() -> None:
        steps = StepRunner(workspace.steps, pool_of(), panel_of(model))
        asking = asyncio.create_task(steps.by_model("assess", JsonHandler(), TASK, rater_of(model), 0, temperature=0.0))
        await asyncio.sleep(1.0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    run(work())
    assert [what for what, _ in workspace.journal] == ["reserve"]
    assert run(workspace.steps.settle()) == 1


def test_reservation_is_enough_for_the_question_and_the_longest_answer() -> None:
    request = JsonHandler().request(TASK, 1)
    words = request.system + request.user
    assert most_tokens(request) >= len(words.split()) + request.max_tokens
    chinese = replace(request, system="", user="合同" * 100)
    assert most_tokens(chinese) == 300 + request.max_tokens


@pytest.mark.parametrize(
    ("decision", "state"),
    [(RetryDecision(retry=False), "needs_user"), (RetryDecision(retry=True), "fail")],
)
def test_call_that_fails_leaves_why(decision: RetryDecision, state: str) -> None:
    workspace = MemoryWorkspace()

    def refuse(_request: ChatRequest) -> str:
        raise ProviderError("too_long", "Too long.", decision=decision)

    with pytest.raises(ProviderError):
        by_model(ScriptedModel(refuse), workspace)
    assert [what for what, _ in workspace.journal] == ["reserve", state]
    assert set(workspace.steps.codes.values()) == {"too_long"}


def test_rejected_key_needs_the_user() -> None:
    workspace = MemoryWorkspace()

    def refuse(_request: ChatRequest) -> str:
        raise ProviderError("bad_key", "No.", decision=RetryDecision(retry=False, fatal=True))

    with pytest.raises(FatalProviderError):
        by_model(ScriptedModel(refuse), workspace)
    assert workspace.journal[-1][0] == "needs_user"


def test_question_is_not_asked_when_its_cost_cannot_be_reserved() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD)
    workspace.steps.is_full = True
    with pytest.raises(StorageError):
        by_model(model, workspace)
    assert model.requests == []


LONG = replace(TASK, item=replace(ITEM, text="The Supplier shall deliver the Services and pay for all losses. " * 300))


def read_as(tokens: int, model: str = "openai/scripted") -> ChatReply:
    return ChatReply(GOOD, model, tokens_in=tokens, tokens_out=5)


@pytest.mark.parametrize("tokens", [2048, 2047, 1000])
def test_a_prompt_that_the_server_clipped_gives_no_verdict_and_says_what_to_do(tokens: int) -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(in_turn(read_as(tokens)))
    with pytest.raises(UnusableReplyError) as raised:
        by_model(model, workspace, task=LONG)
    assert raised.value.code == "prompt_clipped"
    assert "num_ctx" in raised.value.hint
    assert raised.value.usage.calls == 1
    assert ("reply", workspace.journal[0][1]) in workspace.journal


@pytest.mark.parametrize("tokens", [0, 7, 3400, 4600])
def test_a_prompt_that_was_read_whole_or_not_counted_is_used(tokens: int) -> None:
    result = by_model(ScriptedModel(in_turn(read_as(tokens))), MemoryWorkspace(), task=LONG)
    assert result.judgements[0].value == "preferred"


def test_a_text_that_cannot_fit_is_refused_before_anything_is_sent() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD)
    model.context_tokens = 2048  # type: ignore[attr-defined]  # what a model may offer
    with pytest.raises(ProviderError, match="too_long") as raised:
        by_model(model, workspace, task=LONG)
    assert model.requests == []
    assert "2048" in raised.value.user_message
    assert [kind for kind, _ in workspace.journal] == ["needs_user"]


def test_a_reply_that_was_cut_is_asked_for_once_more_with_twice_the_room() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(in_turn(cut(), GOOD))
    result = by_model(model, workspace)
    assert [each.max_tokens for each in model.requests] == [2048, 4096]
    assert model.requests[0].user == model.requests[1].user
    assert result.usage.calls == 2
    assert by_model(model, workspace).usage == Usage(cached=1)
    assert len(model.requests) == 2


def test_a_reply_stays_cut_where_the_endpoint_takes_no_higher_limit() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(in_turn(cut(), broken()))
    with pytest.raises(UnusableReplyError, match="reply_cut") as raised:
        by_model(model, workspace)
    assert raised.value.usage.calls == 1
    assert workspace.steps.kept == {}


def test_a_cut_reply_is_not_asked_for_again_where_the_context_has_no_room() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(in_turn(cut(), GOOD))
    model.context_tokens = 2050  # type: ignore[attr-defined]  # what a model may offer
    with pytest.raises(UnusableReplyError, match="reply_cut"):
        by_model(model, workspace)
    assert len(model.requests) == 1


def test_a_reply_that_is_unreadable_and_then_cut_is_asked_for_three_times_at_most() -> None:
    model = ScriptedModel(in_turn("no JSON", cut(), "no JSON"))
    with pytest.raises(UnusableReplyError, match="bad_reply"):
        by_model(model, MemoryWorkspace())
    assert len(model.requests) == 3
    assert "it is not JSON" in model.requests[2].user
    assert model.requests[2].max_tokens == 4096


def test_a_refusal_in_prose_is_an_abstention_and_not_asked_again() -> None:
    model = ScriptedModel("I'm sorry, but I can't help with that.")
    with pytest.raises(UnusableReplyError, match="refused"):
        by_model(model, MemoryWorkspace())
    assert len(model.requests) == 1


def test_the_model_that_answered_is_named_where_another_was_asked() -> None:
    workspace, other = MemoryWorkspace(), ScriptedModel(in_turn(read_as(0, "tiny-1b")))
    assert by_model(other, workspace).answered_by == "tiny-1b"
    assert by_model(other, workspace).answered_by == "tiny-1b"  # from the workspace
    same = ScriptedModel(in_turn(read_as(0, "scripted-2024-08-06")))
    assert by_model(same, MemoryWorkspace()).answered_by == ""


def test_step_asks_at_the_temperature_of_its_vote() -> None:
    model = ScriptedModel(reply_of())
    by_model(model, MemoryWorkspace(), temperature=0.7)
    assert [request.temperature for request in model.requests] == [0.7]


def test_labels_are_asked_for_again_where_an_item_is_cut_otherwise() -> None:
    workspace, rule = MemoryWorkspace(), StubRule(lambda task: ())
    clause = Clause("Pay now.", section=SectionId("s1"), span=ITEM.span)
    other = replace(clause, section=SectionId("s2"))

    async def work(uses: str, clauses: tuple[Clause, ...]) -> StepResult:
        task = replace(TASK, item=replace(ITEM, clauses=clauses))
        return await StepRunner(workspace.steps, pool_of(), panel_of()).by_rule(uses, rule, task)

    assert run(work("label", (clause,))).key != run(work("label", (other,))).key
    assert run(work("assess", (clause,))).key == run(work("assess", (other,))).key
