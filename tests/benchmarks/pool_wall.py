"""The pool against its neighbours: wall time over the ideal and CPU time a request, all in one run.

    python tests/benchmarks/pool_wall.py [--connections 64] [--latency-ms 200] [--rounds 10] [--runs 3]
                                         [--limit-share 0.1 --retry-after 1] [--rpm N] [--peer-python PYTHON]

*reviewer* is a whole run from its first event to its last: limits, retries, replies read and checked against their
schema, quotes against the document, votes, every step and event on the disk. The others only send the same bytes and
take the reply's text: a bare asyncio protocol (the floor), aiohttp, httpx with its own pool, the openai SDK, litellm;
those that are not installed are named and left out (``--peer-python`` is an interpreter that has them). Each one runs
in a process of its own from a cold client, importing not counted, against a model server in another process, in turns.
Ideal = ceil(requests / connections) * latency.
"""

import argparse
import asyncio
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.model_server.process import ModelServerProcess

WORKFLOW = """
schema = "reviewer.workflow/1"
id = "pool"
version = 1
title = "Pool"
description = "Every clause held against a playbook, three votes each."
aggregate = "positions"
[split]
as = "contract"
unit = "section"
[router]
methods = ["rules"]
margin = 0.6
default = "clause"
target_language = "en"
[[routes]]
id = "clause"
description = "Everything."
kinds = ["title", "parties", "preamble", "recital", "definition", "clause", "schedule", "appendix", "section", "other"]
handlers = ["assess"]
[[handlers]]
id = "assess"
uses = "assess"
prompt = "assess"
playbooks = ["services-customer"]
votes = 3
quorum = 2
"""
SENTENCE = "The Supplier shall indemnify the Customer against all losses arising out of this agreement. "
Ask = Callable[[int], Awaitable[Any]]


@dataclass(frozen=True)
class Round:
    """One measurement, in seconds; ``calls`` that were answered."""

    wall_s: float
    cpu_s: float
    calls: int


def body(seed: int) -> bytes:
    """About 3 KB, as a clause with its rubric."""
    messages = [
        {"role": "system", "content": "Judge the clause. " * 60},
        {"role": "user", "content": SENTENCE * 20},
    ]
    return json.dumps({"model": "test-model", "messages": messages, "seed": seed, "max_tokens": 100}).encode()


async def _workers(ask: Ask, options: argparse.Namespace) -> Round:
    seeds: Iterator[int] = iter(range(options.requests))

    async def work() -> None:
        for seed in seeds:
            await ask(seed)

    began, cpu_began = time.perf_counter(), time.process_time()
    async with asyncio.TaskGroup() as group:
        for _ in range(options.connections):
            group.create_task(work())
    return Round(time.perf_counter() - began, time.process_time() - cpu_began, options.requests)


async def by_protocol(url: str, options: argparse.Namespace) -> Round:
    """The floor: a socket for each worker, and no more HTTP than it takes."""
    parts = urlsplit(url)
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(seed: int) -> None:
        reader, writer = idle.pop() if idle else await asyncio.open_connection(parts.hostname, parts.port)
        sent = body(seed)
        head = f"POST {parts.path}/chat/completions HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: {len(sent)}\r\n"
        writer.write(head.encode() + b"Content-Type: application/json\r\n\r\n" + sent)
        received = await reader.readuntil(b"\r\n\r\n")
        size = int(received.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        json.loads(await reader.readexactly(size))["choices"][0]["message"]["content"]
        idle.append((reader, writer))

    return await _workers(ask, options)


async def by_aiohttp(url: str, options: argparse.Namespace) -> Round:
    """aiohttp as it comes."""
    import aiohttp

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def ask(seed: int) -> None:
            headers = {"content-type": "application/json"}
            async with session.post(f"{url}/chat/completions", data=body(seed), headers=headers) as reply:
                json.loads(await reply.read())["choices"][0]["message"]["content"]

        return await _workers(ask, options)


async def by_httpx(url: str, options: argparse.Namespace) -> Round:
    """httpx with as many connections as workers."""
    import httpx

    limits = httpx.Limits(max_connections=options.connections, max_keepalive_connections=options.connections)
    async with httpx.AsyncClient(limits=limits, timeout=60, trust_env=False) as client:

        async def ask(seed: int) -> None:
            headers = {"content-type": "application/json"}
            reply = await client.post(f"{url}/chat/completions", content=body(seed), headers=headers)
            json.loads(reply.content)["choices"][0]["message"]["content"]

        return await _workers(ask, options)


async def by_openai(url: str, options: argparse.Namespace) -> Round:
    """The openai SDK as it comes."""
    import openai  # type: ignore[import-not-found]

    async with openai.AsyncOpenAI(base_url=url, api_key="none") as client:

        async def ask(seed: int) -> None:
            reply = await client.chat.completions.create(**json.loads(body(seed)))
            assert reply.choices[0].message.content

        return await _workers(ask, options)


async def by_litellm(url: str, options: argparse.Namespace) -> Round:
    """litellm as it comes."""
    import litellm  # type: ignore[import-not-found]

    async def ask(seed: int) -> None:
        said = json.loads(body(seed)) | {"model": "openai/test-model"}
        reply = await litellm.acompletion(**said, api_base=url, api_key="none")
        assert reply.choices[0].message.content

    return await _workers(ask, options)


async def by_reviewer(url: str, options: argparse.Namespace) -> Round:
    """A run of so many calls, from its first event to its last."""
    from reviewer.bootstrap import open_services
    from reviewer.cli.main import collect_seldom
    from reviewer.domain.events import RunEvent, RunFinished, RunStarted
    from reviewer.domain.setting_kinds import ModelChoice
    from reviewer.services.requests import RunRequest

    collect_seldom()
    moments: dict[type, tuple[float, float]] = {}

    def listen(event: RunEvent) -> None:
        if isinstance(event, RunStarted | RunFinished):
            moments[type(event)] = (time.perf_counter(), time.process_time())

    with tempfile.TemporaryDirectory() as folder:
        workflow, contract = Path(folder) / "pool.toml", Path(folder) / "contract.txt"
        workflow.write_text(WORKFLOW, "utf-8")
        # The title takes a vote too, so the clauses make up the rest.
        clauses = (f"{n}. Subject {n}. {SENTENCE * 4}Case {n}." for n in range(1, options.requests // 3))
        contract.write_text("\n\n".join(["SERVICES AGREEMENT", *clauses]) + "\n", "utf-8")
        request = RunRequest(
            (contract,),
            workflow=str(workflow),
            models=(ModelChoice("openai/test-model", url),),
            max_connections=options.connections,
            rpm=options.rpm,
            offline=True,
        )
        with open_services(Path(folder) / "workspace") as services:
            result = await services.runs.run(request, listen)
    (began, cpu_began), (ended, cpu_ended) = moments[RunStarted], moments[RunFinished]
    return Round(ended - began, cpu_ended - cpu_began, result.report.usage.calls)


PEERS: dict[str, tuple[str, Callable[[str, argparse.Namespace], Awaitable[Round]]]] = {
    "reviewer": ("reviewer", by_reviewer),
    "raw asyncio": ("asyncio", by_protocol),
    "aiohttp": ("aiohttp", by_aiohttp),
    "httpx": ("httpx", by_httpx),
    "openai SDK": ("openai", by_openai),
    "litellm": ("litellm", by_litellm),
}


def _measure(peer: str, options: argparse.Namespace) -> Round | None:
    """One round in a process of its own; None where the peer is not installed."""
    flags = ["--latency-ms", str(options.latency_ms), *options.server_flags]
    if peer != "reviewer":
        flags.append("--static")
    own = peer in {"reviewer", "raw asyncio"}
    python = sys.executable if own else options.peer_python
    with ModelServerProcess(*flags) as server:
        command = [python, __file__, "--peer", peer, "--url", server.base_url]
        for name in ("connections", "requests"):
            command += [f"--{name}", str(getattr(options, name))]
        command += ["--rpm", str(options.rpm)] if options.rpm else []
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        raise SystemExit(done.stderr)
    said = json.loads(done.stdout.splitlines()[-1])
    return Round(**said) if said else None


def _be_peer(options: argparse.Namespace) -> None:
    module, ask_all = PEERS[options.peer]
    if find_spec(module) is None:
        print("null")
        return
    result = asyncio.run(ask_all(options.url, options))  # type: ignore[arg-type]
    print(json.dumps({"wall_s": result.wall_s, "cpu_s": result.cpu_s, "calls": result.calls}))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--latency-ms", type=float, default=200.0)
    parser.add_argument("--rounds", type=int, default=10, help="requests for each connection")
    parser.add_argument("--requests", type=int, help="in place of --rounds")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rpm", type=int, help="reviewer's own limit; the ideal is then requests / rate")
    parser.add_argument("--limit-share", type=float, help="share of requests that the server answers with 429")
    parser.add_argument("--retry-after", type=float, default=1.0)
    parser.add_argument("--peers", nargs="+", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--peer-python", default=sys.executable)
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.requests = options.requests or options.rounds * options.connections // 3 * 3
    options.server_flags = []
    if options.limit_share:
        options.server_flags = ["--limit-share", str(options.limit_share), "--retry-after", str(options.retry_after)]
    return options


def main() -> None:
    """Prints each round, and the best and the median of each peer."""
    options = _arguments()
    if options.peer:
        _be_peer(options)
        return
    rounds: dict[str, list[Round]] = {peer: [] for peer in options.peers}
    for _ in range(options.runs):
        for peer, measured in rounds.items():
            result = _measure(peer, options)
            if result is not None:
                measured.append(result)
    print(f"{options.connections} connections, {options.latency_ms:g} ms, {options.requests} requests")
    for peer, measured in rounds.items():
        if not measured:
            print(f"{peer:12} not installed")
            continue
        calls = measured[0].calls
        ideal = math.ceil(calls / options.connections) * options.latency_ms / 1000
        if options.rpm:
            ideal = max(ideal, calls / (options.rpm / 60) + options.latency_ms / 1000)
        ratios = sorted(each.wall_s / ideal for each in measured)
        cpu = sorted(1e6 * each.cpu_s / each.calls for each in measured)
        middle = len(measured) // 2
        print(
            f"{peer:12} calls {calls}  ideal {ideal:.2f} s  ratio best {ratios[0]:.3f} median {ratios[middle]:.3f}"
            f"  CPU best {cpu[0]:.0f} median {cpu[middle]:.0f} us a request"
        )


if __name__ == "__main__":
    main()
