"""Every fault of a model server x every kind of server x whole and streamed replies."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.domain.chat import ChatRequest
from reviewer.domain.errors import ProviderError
from reviewer.engine.dispatcher import Dispatcher
from reviewer.engine.limits import Limits
from reviewer.engine.plan import Rater
from reviewer.engine.pool import Call, Pool
from reviewer.providers.factory import chat_model
from reviewer.providers.http import HttpClient
from tests.integration.fault_meeting import KEY, HurriedClock, meet
from tests.integration.fault_table import ANSWERED, TABLE, Case, cases
from tests.model_server.catalogue import NAMED
from tests.model_server.faults import Fault
from tests.model_server.pacing import Limit
from tests.model_server.server import ModelServer

_GRACE_S = 2.0
_ROOT = Path(__file__).parents[2]
_MOST_GROWTH = 50_000_000


@pytest.mark.parametrize("case", cases(), ids=str)
def test_fault_ends_as_the_table_says_and_harms_no_other_call(case: Case) -> None:
    met = asyncio.run(meet(case))

    assert (met.error.code if met.error else ANSWERED) == case.end.code
    assert met.requests == case.end.requests
    assert met.waits == pytest.approx(case.end.waits)
    assert met.stops_the_run == case.end.stops_the_run
    assert met.took_s <= met.deadline_s + _GRACE_S
    assert met.beside.judgements
    assert met.is_kept
    if met.error is None:
        assert met.answer is not None
        assert met.answer.judgements
        assert met.answer.answered_by == ("another-model" if case.fault == "other_model" else "")
        assert met.heard in {None, met.said}
    else:
        assert met.error.user_message.endswith(".")
        assert met.error.hint.endswith(".")
        assert KEY not in f"{met.error!r} {met.error.hint} {met.error.__cause__!r}"


def test_refusals_of_a_fifth_of_the_calls_cost_no_answer() -> None:
    async def scenario() -> tuple[int, int, int, list[float]]:
        clock = HurriedClock()
        limit = Limit(share=0.2, retry_after="1")
        async with ModelServer(limit=limit, latency_s=0.002, latency_sigma=0.5, seed=1) as server:
            model = chat_model("openai/m", server.base_url, None, HttpClient())
            pool = Pool(Dispatcher(clock), lambda _: Limits(16), clock)
            async with asyncio.TaskGroup() as group:
                asked = [group.create_task(pool.call(Rater((model,)), Call(_question(seed)))) for seed in range(100)]
            await model.aclose()
            answered = sum(bool(each.result().reply.text) for each in asked)
            return answered, len(server.bodies), server.pace.refused, clock.slept

    answers, seen, refused, waits = asyncio.run(scenario())

    assert answers == 100
    assert seen == 100 + refused
    assert refused >= 10
    assert waits == [1.0] * refused


def test_pool_ends_what_its_own_deadline_meets_first() -> None:
    async def scenario() -> tuple[ProviderError, int, float]:
        clock, loop = HurriedClock(), asyncio.get_running_loop()
        async with ModelServer(fault=Fault("hang")) as server:
            model = chat_model("openai/m", server.base_url, None, HttpClient())
            pool = Pool(Dispatcher(clock), lambda _: Limits(16), clock, deadline_s=0.1)
            began = loop.time()
            with pytest.raises(ProviderError) as caught:
                await pool.call(Rater((model,)), Call(_question(0)))
            took_s = loop.time() - began
            await model.aclose()
            return caught.value, len(server.bodies), took_s

    error, seen, took_s = asyncio.run(scenario())

    assert (error.code, seen) == ("timeout", 3)
    assert took_s < 3 * 0.1 + _GRACE_S


def _question(seed: int) -> ChatRequest:
    return ChatRequest("Judge.", "A clause.", {"type": "object", "properties": {}}, "empty", seed)


def test_every_named_fault_is_in_the_table() -> None:
    assert NAMED.keys() <= TABLE.keys()


def test_memory_grows_little_over_all_faults() -> None:
    program = [sys.executable, "-m", "tests.integration.fault_memory"]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    run = subprocess.run(program, cwd=_ROOT, env=environment, capture_output=True, text=True, timeout=110, check=False)

    assert run.returncode == 0, run.stderr
    assert int(run.stdout) <= _MOST_GROWTH
