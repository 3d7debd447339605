import asyncio
import json
import urllib.error
import urllib.request
from dataclasses import replace
from hashlib import sha256

import pytest

from reviewer.domain.chat import ChatRequest
from reviewer.providers.factory import chat_model
from reviewer.providers.http import HttpClient
from tests.model_server.catalogue import parse_fault
from tests.model_server.faults import Fault
from tests.model_server.process import ModelServerProcess
from tests.model_server.server import ModelServer

REQUEST = ChatRequest("Judge.", "A clause of several words.", {"type": "object", "properties": {}}, "empty", seed=0)


async def ask(base_url: str, *seeds: int) -> None:
    model = chat_model("openai/m", base_url, None, HttpClient())
    try:
        async with asyncio.TaskGroup() as group:
            for seed in seeds:
                group.create_task(model.complete(replace(REQUEST, seed=seed)))
    finally:
        await model.aclose()


def test_process_counts_hashes_and_shows_bodies_to_others() -> None:
    with ModelServerProcess("--latency-ms", "20") as server:
        asyncio.run(ask(server.base_url, 1, 2, 3, 3))
        seen = server.requests(with_bodies=True)
        server.forget()

        assert (seen["count"], seen["unique"], seen["aborted"]) == (4, 3, 0)
        assert seen["sha256"] == [sha256(body.encode()).hexdigest() for body in seen["bodies"]]
        assert 1 <= seen["max_concurrency"] <= 4
        assert server.requests()["count"] == 0


def test_most_requests_at_once_are_counted() -> None:
    async def scenario() -> tuple[int, int, int]:
        async with ModelServer(fault=Fault("hang")) as server:
            asking = asyncio.create_task(ask(server.base_url, *range(16)))
            await server.until(lambda s: s.concurrency == 16)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            await server.until(lambda s: s.concurrency == 0)
            return server.max_concurrency, server.aborted, server.connections

    assert asyncio.run(scenario()) == (16, 16, 16)


def test_latency_is_kept() -> None:
    async def scenario() -> float:
        loop = asyncio.get_running_loop()
        async with ModelServer(latency_s=0.1) as server:
            began = loop.time()
            await ask(server.base_url, *range(8))
            return loop.time() - began

    assert 0.1 <= asyncio.run(scenario()) < 0.8


def test_fault_meets_the_first_requests_only() -> None:
    with ModelServerProcess("--fault", "status:status=429,first=2,retry_after=3", "--path", "") as server:
        seen = []
        for _ in range(3):
            body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "x"}]}).encode()
            request = urllib.request.Request(f"{server.base_url}/chat/completions", data=body)
            try:
                with urllib.request.urlopen(request, timeout=5) as reply:
                    seen.append((reply.status, None))
            except urllib.error.HTTPError as error:
                with error:
                    seen.append((error.code, error.headers["Retry-After"]))

    assert seen == [(429, "3"), (429, "3"), (200, None)]


def test_fault_is_read_from_the_command_line() -> None:
    assert parse_fault("hang") == Fault("hang")
    assert parse_fault("drip:every_s=0.5,first=1") == Fault("drip", first=1, every_s=0.5)
    assert parse_fault("limited_seconds:first=2") == replace(parse_fault("limited"), first=2, retry_after="7")
    with pytest.raises(ValueError, match="no such fault"):
        parse_fault("nap")
