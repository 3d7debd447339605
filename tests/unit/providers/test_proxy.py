import asyncio
import base64
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from reviewer.domain.chat import ChatRequest
from reviewer.domain.destination import Destination
from reviewer.domain.errors import ConfigError, ProviderError
from reviewer.domain.secret import Secret
from reviewer.providers.factory import chat_model
from reviewer.providers.http import HttpClient
from reviewer.providers.http_body import HttpReply
from reviewer.providers.proxy import Proxy, parse_proxy
from reviewer.providers.trust import read_authorities
from tests.fakes.authority import Authority
from tests.fakes.proxy import LoopbackProxy
from tests.model_server.server import ModelServer

T = TypeVar("T")
KEY = "sk-CANARY-0123456789"
LOGIN = "oak:CANARY-pass:word"
HOST = "model.test"
ALLOWED = {Destination("http", HOST, 80), Destination("https", HOST, 443)}
REQUEST = ChatRequest("Judge. JSON.", "text", {"type": "object", "properties": {}}, "assess", seed=1)


def through(
    use: Callable[[HttpClient, ModelServer], Awaitable[T]],
    *,
    login: str | None = None,
    authorities: str | bytes | None = None,
    tls: Any = None,
    **options: Any,
) -> tuple[T, LoopbackProxy, ModelServer]:
    """What came of using a client behind a proxy made with `options`, which leads to a model server."""

    async def scenario() -> tuple[T, LoopbackProxy, ModelServer]:
        async with ModelServer(tls=tls) as server, LoopbackProxy(server.port, **options) as proxy:
            client = HttpClient(
                allowed=ALLOWED,
                proxy=parse_proxy(f"127.0.0.1:{proxy.port}", Secret(login or "")),
                authorities=authorities,
            )
            try:
                return await use(client, server), proxy, server
            finally:
                await client.aclose()

    return asyncio.run(scenario())


def asking(url: str) -> Callable[[HttpClient, ModelServer], Awaitable[HttpReply]]:
    return lambda client, _: client.get_json(url, {"authorization": f"Bearer {KEY}"})


def refused(use: Callable[[HttpClient, ModelServer], Awaitable[Any]], **options: Any) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        through(use, **options)
    error: BaseException | None = caught.value
    while error is not None:
        assert "CANARY" not in f"{error!s} {error!r} {vars(error)!r} {getattr(error, 'hint', '')}"
        error = error.__cause__ or error.__context__
    return caught.value


def test_plain_requests_go_through_the_proxy_and_no_name_is_looked_up() -> None:
    reply, proxy, _ = through(asking(f"http://{HOST}/v1/models"))

    assert reply.status == 200
    assert proxy.heads[0].startswith(f"GET http://{HOST}/v1/models HTTP/1.1\r\n".encode())


def test_a_tunnel_is_encrypted_to_its_end_and_the_proxy_sees_no_key(tmp_path: Path) -> None:
    authority = Authority(tmp_path)

    async def use(client: HttpClient, _: ModelServer) -> str:
        return (await chat_model("openai/m", f"https://{HOST}/v1", Secret(KEY), client).complete(REQUEST)).text

    text, proxy, server = through(use, tls=authority.serving(HOST), authorities=read_authorities(authority.pem))

    assert text == "{}"
    assert proxy.heads[0].startswith(f"CONNECT {HOST}:443 HTTP/1.1\r\n".encode())
    assert b"CANARY" not in b"".join(proxy.heads)
    assert KEY.encode() in server.heads[0]


@pytest.mark.parametrize("listens", [False, True])
def test_replies_come_through_the_proxy_streamed_or_not(listens: bool) -> None:
    pieces: list[str] = []

    async def use(client: HttpClient, _: ModelServer) -> str:
        model = chat_model("openai/m", f"http://{HOST}/v1", Secret(KEY), client)
        return (await model.complete(REQUEST, pieces.append if listens else None)).text

    assert through(use)[0] == "{}"
    assert "".join(pieces) == ("{}" if listens else "")


def test_what_is_on_this_computer_is_never_proxied() -> None:
    async def use(client: HttpClient, server: ModelServer) -> int:
        await client.get_json(f"http://localhost:{server.port}/v1/models", {})
        return (await client.get_json(f"{server.base_url}/models", {})).status

    status, proxy, _ = through(use, refuses_with=500)

    assert (status, proxy.heads) == (200, [])


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_a_password_says_so(scheme: str) -> None:
    error = refused(asking(f"{scheme}://{HOST}/v1/models"), login=None, refuses_with=407)

    assert error.code == "proxy_refused"
    assert error.decision.fatal
    assert error.user_message.endswith("asks for a name and password.")
    assert "models key set proxy" in error.hint


def logged_in(use: Callable[[HttpClient, ModelServer], Awaitable[T]], given: str, **more: Any) -> tuple[T, Any]:
    async def scenario() -> tuple[T, Any]:
        async with ModelServer(tls=more.get("tls")) as server, LoopbackProxy(server.port, login=LOGIN) as proxy:
            way = parse_proxy(f"http://127.0.0.1:{proxy.port}/", given and Secret(given))
            client = HttpClient(allowed=ALLOWED, proxy=way, authorities=more.get("authorities"))
            try:
                return await use(client, server), server
            finally:
                await client.aclose()

    return asyncio.run(scenario())


def test_the_right_password_is_let_in_and_goes_no_further(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    for scheme, more in (
        ("http", {}),
        ("https", {"tls": authority.serving(HOST), "authorities": read_authorities(authority.pem)}),
    ):

        async def use(client: HttpClient, _: ModelServer, scheme: str = scheme) -> int:
            await chat_model("openai/m", f"{scheme}://{HOST}/v1", Secret(KEY), client).complete(REQUEST)
            return 200

        status, server = logged_in(use, LOGIN, **more)

        assert status == 200
        # A real proxy takes it out of plain requests; ours hands on what it gets.
        assert scheme == "http" or b"proxy-authorization" not in server.heads[0].lower()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_wrong_password_is_told_from_none(scheme: str) -> None:
    with pytest.raises(ProviderError, match="rejected the name and password") as caught:
        logged_in(asking(f"{scheme}://{HOST}/v1/models"), "oak:wrong")

    assert caught.value.code == "proxy_refused"


def test_a_proxy_that_forbids_the_endpoint_is_named() -> None:
    error = refused(asking(f"https://{HOST}/v1/models"), refuses_with=403)

    assert error.code == "proxy_refused"
    assert "(HTTP 403)" in error.user_message


def test_a_proxy_that_cannot_reach_the_endpoint_says_that_it_is_not_reached() -> None:
    error = refused(asking(f"https://{HOST}/v1/models"), refuses_with=502)

    assert (error.code, error.decision.retry) == ("connect_failed", True)
    assert HOST in error.user_message


def test_a_proxy_that_is_not_there_is_named() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{unused.getsockname()[1]}"

        async def scenario() -> None:
            client = HttpClient(allowed=ALLOWED, proxy=parse_proxy(place, None))
            try:
                await chat_model("openai/m", f"https://{HOST}/v1", Secret(KEY), client).complete(REQUEST)
            finally:
                await client.aclose()

        with pytest.raises(ProviderError) as caught:
            asyncio.run(scenario())

    assert caught.value.code == "unreachable"
    assert caught.value.user_message == f"Cannot reach the proxy at {place}."


def test_a_proxy_nobody_told_us_of_is_named_by_what_it_says() -> None:
    async def scenario() -> None:
        async with LoopbackProxy(1, refuses_with=407) as proxy:
            client = HttpClient()
            try:
                await client.get_json(f"http://127.0.0.1:{proxy.port}/v1/models", {})
            finally:
                await client.aclose()

    with pytest.raises(ProviderError) as caught:
        asyncio.run(scenario())

    assert caught.value.code == "proxy_refused"
    assert "models.proxy" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("proxy.example:8080", "http://proxy.example:8080"),
        (" http://proxy.example:8080/ ", "http://proxy.example:8080"),
        ("http://10.0.0.1", "http://10.0.0.1"),
    ],
)
def test_addresses_are_read_as_people_write_them(text: str, address: str) -> None:
    proxy = parse_proxy(text, None)

    assert (proxy.address, proxy.place) == (address, address.removeprefix("http://"))


def test_the_password_may_hold_colons_and_is_in_no_repr() -> None:
    proxy = parse_proxy("proxy.example:8080", Secret(LOGIN))

    token = base64.b64encode(LOGIN.encode()).decode()

    assert proxy == Proxy(
        "http://proxy.example:8080", "proxy.example:8080", {"proxy-authorization": Secret(f"Basic {token}")}
    )
    assert token not in repr(proxy)


@pytest.mark.parametrize(
    "text",
    ["https://p.example:1", "socks5://p.example:1", "http://a:CANARY@p.example:1", "http://p.example/path", "", "a b"],
)
def test_what_is_no_proxy_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_proxy(text, Secret(LOGIN))

    assert caught.value.code == "bad_proxy"
    assert "CANARY" not in f"{caught.value!r} {caught.value.hint}"
