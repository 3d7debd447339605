"""What the engine costs a task beside the pool's own work: routes, keys, steps, quote checks, counting, events.

    python -m tests.benchmarks.engine_cost [--items 1500] [--runs 5]

The same questions are asked once through a bare pool and once through a whole run over a document of as many clauses,
one vote each, by a model that answers at once, in virtual time. CPU of the process, the best of several runs; the
reference and the run are measured in turn, with Python's collector as the command line sets it. Counted is all that a
run does from its plan to its last event, less what the bare pool takes for the same questions. The store is a
dictionary, and the handler has its judgements ready: what a handler's parsing and SQLite take is theirs. *Bare* is the
machinery alone, with the search of replies for contraband; *with text* adds what is told from elsewhere in a long
document and the quote gate, each time for a clause not seen before.
"""

import argparse
import asyncio
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.cli.main import collect_seldom
from reviewer.domain.anchor import TextSpan
from reviewer.domain.chat import ChatRequest
from reviewer.domain.events import RunEvent
from reviewer.domain.policy import Policy
from reviewer.domain.section import SectionKind, SplitAs
from reviewer.domain.task import Context, Item, Task
from reviewer.domain.vote import Judgement
from reviewer.domain.workflow import Aggregation, HandlerNode, SplitNode
from reviewer.engine.plan import DocumentPlan
from reviewer.engine.pool import Call
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
ITEM = Item(None, None, SectionKind.OTHER, "", "", "", TextSpan(0, 0))
SAID = reply_of({"criterion": "summary:1", "value": "", "text": "It delivers.", "quote": "The Supplier shall deliver"})
UNQUOTED = reply_of({"criterion": "summary:1", "value": "", "text": "It delivers."})
READ = {said: JsonHandler().read(Task("summarize", ITEM, Context()), said) for said in (SAID, UNQUOTED)}
NODE = HandlerNode("summarize", "summarize", prompt="p", policy=Policy.BEST_QUOTED)


class ReadyHandler(JsonHandler):
    """Asks as its parent does, and knows already what the replies say."""

    def read(self, task: Task, reply: str) -> tuple[Judgement, ...]:
        return READ[reply]


def plan_of(items: int, *, has_text: bool) -> DocumentPlan:
    """A document of so many clauses, each an item."""
    parts = [CLAUSE.format(number=number) for number in range(1, items + 1)]
    split = SplitNode(SplitAs.CONTRACT, context_tokens=400 if has_text else 0)
    flow = make_workflow(NODE, aggregate=Aggregation.COLLECT, split=split)
    return make_plan(make_team(model=ReadyHandler(), nodes=("summarize",)), parts, flow)


def model(*, has_text: bool) -> ScriptedModel:
    """Answers at once."""
    return ScriptedModel(SAID if has_text else UNQUOTED, delay=lambda request: 0.0)


def pool_alone(requests: list[ChatRequest]) -> float:
    """CPU seconds of asking all of them through a bare pool."""
    asked = model(has_text=True)

    async def work() -> None:
        pool = pool_of(64)
        rater = rater_of(asked)
        async with asyncio.TaskGroup() as group:
            for request in requests:
                group.create_task(_ask(pool.call(rater, Call(request))))

    return _cpu_s(lambda: run(work()))


async def _ask(call: object) -> None:
    await call  # type: ignore[misc]  # a coroutine


def whole_run(plan: DocumentPlan, *, has_text: bool) -> float:
    """CPU seconds of a run over a plan."""
    workspace, asked = MemoryWorkspace(), model(has_text=has_text)
    events: list[RunEvent] = []

    async def work() -> None:
        await Runner(workspace.steps, pool_of(64), panel_of(asked), workspace.secret, events.append).run([plan])

    return _cpu_s(lambda: run(work()))


def _cpu_s(work: Callable[[], None]) -> float:
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


def cost_us(items: int, runs: int) -> tuple[float, float, float]:
    """Microseconds of CPU a task: of the pool alone, and what the engine adds, bare and with text; the best of all."""
    bare, full = plan_of(items, has_text=False), plan_of(items, has_text=True)
    requests = [JsonHandler().request(Task("summarize", item, Context()), 0) for item in bare.items]
    alone, machinery, whole = [], [], []
    for _ in range(runs):
        alone.append(pool_alone(requests))
        machinery.append(whole_run(bare, has_text=False))
        whole.append(whole_run(full, has_text=True))
    least = min(alone)
    return 1e6 * least / items, 1e6 * (min(machinery) - least) / items, 1e6 * (min(whole) - least) / items


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=1500)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    collect_seldom()
    alone, bare, full = cost_us(options.items, options.runs)
    print(f"pool alone {alone:.0f} us a task")
    print(f"engine adds, bare      {bare:5.0f} us ({bare / alone:.1f} times the pool's own)")
    print(f"engine adds, with text {full:5.0f} us ({full / alone:.1f} times the pool's own)")


if __name__ == "__main__":
    main()
