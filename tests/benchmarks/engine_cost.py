"""What the engine costs a task beside the pool's own work: routes, keys, steps, quote checks, counting, events.

    python -m tests.benchmarks.engine_cost [--items 300] [--runs 10] [--votes 1 3]

The same questions are asked once through a bare pool and once through a whole run over a document of as many clauses,
by a model that answers at once, in virtual time. CPU of the process, the best of several runs; the reference and the
run are measured in turn, with Python's collector as the command line sets it.

Counted is all that a run does from its plan to its last event, less what the bare pool takes for the same calls; a task
of three votes is three calls of the pool, and all else that is done for them. Each run gets a plan that was never run:
no quote was checked, no text read for quotes, no surroundings sought. Prompts are as long as those of a review, with a
fence and an id on each line, as they are what replies are searched against.

Not counted is what the engine only asks for: the store is a dictionary, and the handler has its prompts and its
judgements ready. What the wording of prompts, the parsing of replies and SQLite take is theirs.

*Bare* is the machinery alone, with the search of replies for contraband; *with text* adds what is told from elsewhere
in a long document and the quote gate, each time for a clause not seen before. With 1,500 clauses a task costs about a
tenth more: all of them wait at once, and no cache of the processor holds them.
"""

import argparse
import asyncio
import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.cli.main import collect_seldom
from reviewer.domain.anchor import TextSpan
from reviewer.domain.chat import ChatRequest
from reviewer.domain.events import RunEvent
from reviewer.domain.line_ids import fence_line, with_line_ids
from reviewer.domain.policy import Policy
from reviewer.domain.section import SectionKind, SplitAs
from reviewer.domain.task import Context, Item, Task
from reviewer.domain.vote import Judgement
from reviewer.domain.workflow import Aggregation, HandlerNode, SplitNode
from reviewer.engine.plan import DocumentPlan
from reviewer.engine.pool import Call
from reviewer.engine.prompt import fence
from reviewer.engine.runner import Runner
from tests.fakes.clock import run
from tests.fakes.documents import make_plan, make_workflow
from tests.fakes.handlers import JsonHandler, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.pooling import panel_of, pool_of, rater_of
from tests.fakes.running import make_team
from tests.fakes.workspace import MemoryWorkspace

CLAUSE = (
    "{number} Subject {number}\nThe Supplier shall deliver item {number} within thirty days of the order and shall not "
    "assign this obligation without the prior written consent of the Customer.\n"
)
RUBRIC = "Say in a sentence what the part obliges whom to do, and quote the words that say so. " * 40
SAID = reply_of({"criterion": "summary:1", "value": "", "text": "It delivers.", "quote": "The Supplier shall deliver"})
UNQUOTED = reply_of({"criterion": "summary:1", "value": "", "text": "It delivers."})
ITEM = Item(None, None, SectionKind.OTHER, "", "", "", TextSpan(0, 0))
READ = {said: JsonHandler().read(Task("summarize", ITEM, Context()), said) for said in (SAID, UNQUOTED)}
NODE = HandlerNode("summarize", "summarize", prompt="p", policy=Policy.BEST_QUOTED)


class ReadyHandler(JsonHandler):
    """Has worded all its prompts, and knows already what the replies say."""

    def __init__(self, items: Sequence[Item], secret: bytes) -> None:
        super().__init__()
        self._prompts = {item.name: _prompt(item, fence(secret, item.document, item.section)) for item in items}

    def request(self, task: Task, seed: int) -> ChatRequest:
        return ChatRequest(RUBRIC, self._prompts[task.item.name], {}, "stub", seed)

    def read(self, task: Task, reply: str) -> tuple[Judgement, ...]:
        return READ[reply]


def _prompt(item: Item, mark: str) -> str:
    """About as much as a reviewer's: the part, and as much again of what stands around it."""
    text = f"{fence_line(mark)}\n{with_line_ids(item.text, mark)}\n{fence_line(mark)}\n"
    return f"Document: a contract\nPart: {item.path}\n{text}{text}Answer with JSON only."


def plan_of(items: int, *, has_text: bool) -> DocumentPlan:
    """A document of so many clauses, each an item, that was never run."""
    parts = [CLAUSE.format(number=number) for number in range(1, items + 1)]
    split = SplitNode(SplitAs.CONTRACT, context_tokens=400 if has_text else 0)
    flow = make_workflow(NODE, aggregate=Aggregation.COLLECT, split=split)
    plan = make_plan(make_team(nodes=("summarize",)), parts, flow)
    handler = ReadyHandler(plan.items, MemoryWorkspace().secret)
    return replace(plan, team=make_team(model=handler, nodes=("summarize",)))


def model(*, has_text: bool) -> ScriptedModel:
    """Answers at once."""
    return ScriptedModel(SAID if has_text else UNQUOTED, delay=lambda request: 0.0)


def pool_alone(plan: DocumentPlan, votes: int) -> float:
    """CPU seconds of asking all questions of a plan through a bare pool."""
    asked, handler = model(has_text=True), plan.team.handlers[NODE.id].model
    assert handler
    tasks = [Task(NODE.id, item, Context()) for item in plan.items]
    requests = [handler.request(task, seed) for task in tasks for seed in range(votes)]

    async def work() -> None:
        pool = pool_of(64)
        rater = rater_of(asked)
        async with asyncio.TaskGroup() as group:
            for request in requests:
                group.create_task(_ask(pool.call(rater, Call(request))))

    return _cpu_s(lambda: run(work()))


async def _ask(call: object) -> None:
    await call  # type: ignore[misc]  # a coroutine


def whole_run(plan: DocumentPlan, votes: int, *, has_text: bool) -> float:
    """CPU seconds of a run over a plan."""
    workspace, panel = MemoryWorkspace(), panel_of(model(has_text=has_text), votes=votes)
    events: list[RunEvent] = []

    async def work() -> None:
        await Runner(workspace.steps, pool_of(64), panel, workspace.secret, events.append).run([plan])

    return _cpu_s(lambda: run(work()))


def _cpu_s(work: Callable[[], None]) -> float:
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


def cost_us(items: int, runs: int, votes: int) -> tuple[float, float, float]:
    """Microseconds of CPU a task: of the pool alone, and what the engine adds, bare and with text; the best of all."""
    alone, machinery, whole = [], [], []
    for _ in range(runs):
        alone.append(pool_alone(plan_of(items, has_text=False), votes))
        machinery.append(whole_run(plan_of(items, has_text=False), votes, has_text=False))
        whole.append(whole_run(plan_of(items, has_text=True), votes, has_text=True))
    least = min(alone)
    return 1e6 * least / items, 1e6 * (min(machinery) - least) / items, 1e6 * (min(whole) - least) / items


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=300)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--votes", type=int, nargs="+", default=[1, 3])
    options = parser.parse_args()
    collect_seldom()
    for votes in options.votes:
        alone, bare, full = cost_us(options.items, options.runs, votes)
        print(f"votes a task: {votes}; the pool alone takes {alone:.0f} us a task")
        print(f"  engine adds, bare      {bare:5.0f} us ({bare / alone:.1f} times the pool's own)")
        print(f"  engine adds, with text {full:5.0f} us ({full / alone:.1f} times the pool's own)")


if __name__ == "__main__":
    main()
