"""Faults that pass: the next attempt has its answer, and what a server says about itself harms no run."""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.domain.chat import ChatRequest
from reviewer.domain.ids import Json
from reviewer.engine.dispatcher import Dispatcher
from reviewer.engine.limits import Limits
from reviewer.engine.plan import Rater
from reviewer.engine.pool import Answered, Call, Pool
from reviewer.providers.factory import chat_model
from reviewer.providers.http import HttpClient
from reviewer.providers.http_body import Timeouts
from tests.integration.fault_meeting import PROTOCOLS, HurriedClock, Streamed
from tests.integration.fault_table import Case, cases
from tests.model_server.catalogue import NAMED, fault_named
from tests.model_server.process import ModelServerProcess
from tests.model_server.protocols import LLAMA_CPP, OPENAI
from tests.model_server.server import ModelServer

_ROOT = Path(__file__).parents[2]
_SCHEMA: dict[str, Json] = {"type": "object", "properties": {"answer": {"enum": ["ok", "bad"]}}, "required": ["answer"]}
_QUESTION = ChatRequest("Judge.", "A clause.", _SCHEMA, "assess", 1)
_PATIENCE_S = 0.3
_PASSING = [case for case in cases() if case.end.waits and case.fault in NAMED]


@pytest.mark.parametrize("case", _PASSING, ids=str)
def test_fault_that_passes_costs_one_more_attempt(case: Case) -> None:
    async def scenario() -> tuple[Answered, int]:
        clock, protocol = HurriedClock(), PROTOCOLS[case.server]
        client = HttpClient(timeouts=Timeouts(_PATIENCE_S, _PATIENCE_S, _PATIENCE_S, _PATIENCE_S))
        fault = replace(fault_named(case.fault, protocol), first=1)
        async with ModelServer(fault=fault, openai=LLAMA_CPP if protocol is LLAMA_CPP else OPENAI) as server:
            address = server.base_url.removesuffix("/v1") if case.server == "ollama" else server.base_url
            model = chat_model(f"{case.server}/m", address, None, client)
            pool = Pool(Dispatcher(clock), lambda _: Limits(4), clock)
            rater = Rater((Streamed(model) if case.streams else model,))
            answered = await pool.call(rater, Call(_QUESTION))
            pool.close()
            await model.aclose()
            return answered, len(server.bodies)

    answered, requests = asyncio.run(scenario())

    assert json.loads(answered.reply.text)["answer"] in {"ok", "bad"}
    assert (answered.retries, requests) == (1, 2)


@pytest.mark.parametrize("fault", ["odd_usage", "limited_wild_zone"])
def test_review_is_whole_whatever_numbers_and_dates_a_server_tells(fault: str, tmp_path: Path) -> None:
    contract = tmp_path / "agreement.txt"
    clauses = [f"{n}. Subject {n}. The Supplier shall deliver item {n} within {n} days." for n in range(1, 7)]
    contract.write_text("\n\n".join(["SERVICES AGREEMENT", *clauses]), "utf-8")
    settings = tmp_path / "config" / "settings.toml"
    settings.parent.mkdir()
    settings.write_text('[models]\nfacts = [{ name = "openai/m", price_in = 2.0, price_out = 8.0 }]\n', "utf-8")
    with ModelServerProcess("--fault", f"{fault}:first=1") as server:
        model = ("--model", "openai/m", "--base-url", server.base_url, "--offline", "--workspace", str(tmp_path / "w"))
        command = [sys.executable, "-m", "reviewer", "review", str(contract), "--workflow", "contract-review", *model]
        environment = {**os.environ, "PYTHONPATH": str(_ROOT), "REVIEWER_HOME": str(tmp_path)}
        run = subprocess.run(
            [*command, "--json", "-q"], env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    assert (run.returncode, run.stderr) == (0, "")
    assert 0 < json.loads(run.stdout)["usage"]["cost"] < 1
