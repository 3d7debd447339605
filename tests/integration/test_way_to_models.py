"""From the settings to the wire: the proxy and the own certificate authority that `build_models` is given."""

import asyncio
from pathlib import Path

import pytest

from reviewer.bootstrap import build_models
from reviewer.domain.chat import ChatRequest
from reviewer.domain.errors import ConfigError
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services.requests import RunRequest
from tests.fakes.authority import Authority
from tests.fakes.proxy import LoopbackProxy
from tests.model_server.server import ModelServer

QUESTION = ChatRequest("Judge. JSON.", "text", {"type": "object", "properties": {}}, "assess", seed=1)


def test_a_request_goes_through_the_proxy_with_its_password_to_a_server_of_the_own_authority(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROXY_API_KEY", "ada:secret")
    authority = Authority(tmp_path)

    async def scenario() -> tuple[str, list[bytes]]:
        async with (
            ModelServer(tls=authority.serving("model.test")) as server,
            LoopbackProxy(server.port, login="ada:secret") as proxy,
        ):
            choice = ModelChoice("openai/m", "https://model.test/v1")
            way = f"http://127.0.0.1:{proxy.port}"
            (model,) = build_models(RunRequest((), models=(choice,), proxy=way, ca_file=authority.pem))
            try:
                return (await model.complete(QUESTION)).text, proxy.heads
            finally:
                await model.aclose()

    text, heads = asyncio.run(scenario())

    assert text == "{}"
    assert heads[0].startswith(b"CONNECT model.test:443 ")


@pytest.mark.parametrize("name", ["http_proxy", "HTTPS_PROXY", "ALL_PROXY"])
def test_a_proxy_of_the_environment_is_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:9")

    async def scenario() -> tuple[str, ...]:
        async with ModelServer(models=("m",)) as server:
            (model,) = build_models(RunRequest((), models=(ModelChoice("openai/m", server.base_url),)))
            try:
                return await model.list_models()
            finally:
                await model.aclose()

    assert asyncio.run(scenario()) == ("m",)


def test_a_file_or_proxy_that_is_none_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    choice = ModelChoice("openai/m", "https://model.test/v1")
    with pytest.raises(ConfigError, match="bad_ca_file"):
        build_models(RunRequest((), models=(choice,), ca_file=tmp_path / "none.pem"))
    with pytest.raises(ConfigError, match="bad_proxy"):
        build_models(RunRequest((), models=(choice,), proxy="socks5://127.0.0.1:1"))
