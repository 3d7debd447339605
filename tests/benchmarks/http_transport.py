"""Wall time over the ideal, and CPU time per request, of the whole provider path, for two transports in one run.

    python tests/benchmarks/http_transport.py [--requests 640] [--connections 64] [--latency-ms 200] [--rounds 3]

The model server is a process of its own. Workers ask through `OpenAiChatModel`, so that building the request and
reading the reply count; opening the connections counts too, importing does not.
"""

import argparse
import asyncio
import math
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx

from reviewer.domain.chat import ChatRequest
from reviewer.providers.endpoint import parse_endpoint
from reviewer.providers.http import HttpClient
from reviewer.providers.openai_chat import OpenAiChatModel
from tests.model_server.process import ModelServerProcess


@dataclass(frozen=True)
class Round:
    """One measurement, in seconds."""

    wall_s: float
    cpu_s: float


def plain_httpx(connections: int) -> HttpClient:
    """The client over httpx's own connection pool."""
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    return HttpClient(make_transport=lambda tls: httpx.AsyncHTTPTransport(verify=tls, limits=limits, trust_env=False))


def question(seed: int) -> ChatRequest:
    """About 2 KB, as a clause with its rubric."""
    clause = "The supplier shall indemnify the customer against all losses arising out of this agreement. " * 12
    schema = {"type": "object", "properties": {"answer": {"type": "string"}}, "required": ["answer"]}
    return ChatRequest(system="Judge the clause. " * 20, user=clause, schema=schema, schema_name="answer", seed=seed)


async def ask_all(client: HttpClient, base_url: str, requests: int, connections: int) -> Round:
    """Asks all questions with so many workers."""
    model = OpenAiChatModel("openai", "test-model", parse_endpoint(base_url), "sk-benchmark", client)
    seeds = iter(range(requests))
    began, cpu_began = time.perf_counter(), time.process_time()
    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(work(model, seeds))
    result = Round(time.perf_counter() - began, time.process_time() - cpu_began)
    await client.aclose()
    return result


async def work(model: OpenAiChatModel, seeds: Iterator[int]) -> None:
    """One worker: asks until there is nothing left."""
    for seed in seeds:
        await model.complete(question(seed))


def main() -> None:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(description="Two HTTP transports under the provider path.")
    parser.add_argument("--requests", type=int, default=640)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--latency-ms", type=float, default=200.0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    ideal_s = math.ceil(options.requests / options.connections) * options.latency_ms / 1000
    clients: dict[str, Callable[[], HttpClient]] = {
        "httpx-aiohttp": HttpClient,
        "httpx": lambda: plain_httpx(options.connections),
    }
    rounds: dict[str, list[Round]] = {name: [] for name in clients}
    with ModelServerProcess("--static", "--latency-ms", str(options.latency_ms)) as server:
        for _ in range(options.rounds):
            for name, make in clients.items():
                run = ask_all(make(), server.base_url, options.requests, options.connections)
                rounds[name].append(asyncio.run(run))
                server.forget()
    print(f"{options.requests} requests, {options.connections} connections, {options.latency_ms:g} ms: {ideal_s:.2f} s")
    print(f"{'transport':<14} {'wall/ideal':>10} {'least':>6} {'CPU ms/request':>15} {'least':>6}")
    for name, taken in rounds.items():
        walls = [one.wall_s / ideal_s for one in taken]
        cpus = [one.cpu_s / options.requests * 1000 for one in taken]
        print(f"{name:<14} {median(walls):>10.2f} {min(walls):>6.2f} {median(cpus):>15.3f} {min(cpus):>6.3f}")


if __name__ == "__main__":
    main()
