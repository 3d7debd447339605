import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.chat import ChatReply
from reviewer.domain.errors import StorageError
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Context, Item, Task
from reviewer.domain.usage import Usage
from reviewer.domain.vote import Judgement
from reviewer.engine.plan import Panel
from reviewer.engine.pool import Pool
from reviewer.engine.steps import StepResult, StepRunner, UnusableReplyError
from tests.fakes.clock import FakeClock, run
from tests.fakes.handlers import JsonHandler, StubRule, assessed, reply_of
from tests.fakes.models import ScriptedModel, cut, declined, in_turn
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
        steps = StepRunner(workspace.steps, Pool(4, FakeClock()), Panel((model,), seed=seed))
        return await steps.by_model("assess", handler or JsonHandler(), task, model, index, temperature=temperature)

    return run(work())


def by_rule(rule: StubRule, workspace: MemoryWorkspace, task: Task = TASK) -> StepResult:
    async def work() -> StepResult:
        return await StepRunner(workspace.steps, Pool(4, FakeClock()), Panel()).by_rule("assess", rule, task)

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
        steps = StepRunner(MemoryWorkspace().steps, Pool(4, FakeClock()), Panel())
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
    assert workspace.journal == [("reply", result.key), ("read", GOOD), ("judgements", result.key)]
    assert result.usage == Usage(calls=1, tokens_in=10, tokens_out=5)


def test_model_is_not_asked_again_when_its_judgements_are_stored() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD)
    first, second = by_model(model, workspace), by_model(model, workspace)
    assert len(model.requests) == 1
    assert second == replace(first, usage=Usage(cached=1))


def test_model_is_not_asked_again_when_its_reply_is_stored_unread() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD)
    key = by_model(model, workspace).key
    stored = workspace.steps.kept[key]
    workspace.steps.kept[key] = replace(stored, judgements=None)
    result = by_model(model, workspace)
    assert len(model.requests) == 1
    assert result.usage == Usage(cached=1)
    assert workspace.steps.kept[key] == stored


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
    assert len(model.requests) == 1
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


def test_step_that_is_cancelled_stores_nothing() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD, delay=lambda request: 50.0)

    async def work() -> None:
        steps = StepRunner(workspace.steps, Pool(4, FakeClock()), Panel((model,)))
        asking = asyncio.create_task(steps.by_model("assess", JsonHandler(), TASK, model, 0, temperature=0.0))
        await asyncio.sleep(1.0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    run(work())
    assert workspace.journal == []
