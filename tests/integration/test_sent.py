"""What is foretold, what is logged, and what a server gets are the same bytes."""

import asyncio
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.bootstrap import open_services
from reviewer.domain.destination import Destination
from reviewer.domain.matter import Egress
from reviewer.domain.sent import SentStatus
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services.container import Services
from reviewer.services.requests import RunRequest
from tests.fakes.authority import Authority
from tests.fakes.proxy import LoopbackProxy
from tests.fakes.services import write_all
from tests.model_server.server import ModelServer

AGREEMENT = "SERVICES AGREEMENT\n\n" + "\n\n".join(
    f"{n}. Subject {n}. The Supplier shall deliver item {n} (“Größe”, 中文) within {n} days." for n in range(1, 5)
)
PLACE = Destination("https", "model.test", 443)


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_every_request_is_logged_to_the_byte_and_was_foretold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, provider: str
) -> None:
    monkeypatch.setenv("REVIEWER_HOME", str(tmp_path / "home"))
    (contract,) = write_all(tmp_path, contract=AGREEMENT)
    authority = Authority(tmp_path)
    choice = ModelChoice(f"{provider}/test-model", "https://model.test/v1")

    async def scenario(services: Services) -> None:
        matter = await services.matters.create("Acme", Egress.LISTED, [PLACE])
        async with ModelServer(tls=authority.serving("model.test")) as server, LoopbackProxy(server.port) as proxy:
            way = f"http://127.0.0.1:{proxy.port}"
            request = RunRequest((contract,), "contract-review", (choice,), votes=2, matter=matter.id, proxy=way)
            request = replace(request, ca_file=authority.pem)
            foretold = await services.runs.estimate(request, with_bodies=True)
            assert (server.bodies, proxy.heads) == ([], [])
            result = await services.runs.run(replace(request, seed=0), lambda _: None)
            run = result.report.run
            assert run is not None
            sent = await services.sent.of_run(run.id)
            bodies = [(await services.sent.text(each)).encode() for each in sent]

            assert Counter(bodies) == Counter(server.bodies)
            assert {each.body for each in foretold.planned if each.body} <= set(server.bodies)
            assert len({each.body for each in foretold.planned if each.section}) >= 4  # no fewer than sections
            assert {(each.destination, each.via, each.run) for each in sent} == {
                (PLACE, way.removeprefix("http://"), run.id)
            }
            assert [each.size_bytes for each in sent] == [len(each) for each in bodies]
            assert {each.section for each in sent} >= {each.section for each in foretold.planned}
            assert {each.model for each in sent} == {choice.spec}
            assert {each.status for each in sent} == {SentStatus.ANSWERED}

            await services.runs.delete(run.id)
            assert b"model.test" not in (tmp_path / "w" / "reviewer.db").read_bytes()

    with open_services(tmp_path / "w") as services:
        asyncio.run(scenario(services))


def test_nothing_is_logged_of_what_stays_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWER_HOME", str(tmp_path / "home"))
    (contract,) = write_all(tmp_path, contract=AGREEMENT)

    async def scenario(services: Services) -> None:
        async with ModelServer() as server:
            choice = ModelChoice("openai/test-model", server.base_url)
            matter = await services.matters.create("Acme")
            request = RunRequest((contract,), "contract-review", (choice,), matter=matter.id)
            result = await services.runs.run(request, lambda _: None)
            run = result.report.run
            assert run is not None
            assert server.bodies
            assert await services.sent.of_run(run.id) == ()
            (here,) = (await services.runs.estimate(replace(request, votes=7))).departures
            assert here.destination is None

    with open_services(tmp_path / "w") as services:
        asyncio.run(scenario(services))
