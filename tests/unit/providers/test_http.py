import asyncio
import logging
import socket
import ssl
import traceback
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from reviewer.domain.destination import Destination
from reviewer.domain.errors import ProviderError, StorageError
from reviewer.ports.sending import Outgoing, witnessed_by
from reviewer.providers.http import HttpClient
from reviewer.providers.http_body import HttpReply, Timeouts
from reviewer.providers.proxy import parse_proxy
from reviewer.providers.resolver import BorderedResolver
from tests.fakes.authority import Authority
from tests.fakes.proxy import LoopbackProxy
from tests.model_server.faults import Fault
from tests.model_server.server import ModelServer

MARK = "CANARY"
PATH = "chat/completions?query=QUERY-CANARY"
BODY = b'{"model":"m","messages":[{"role":"user","content":"DOC-CANARY"}]}'
KEY = "sk-CANARY-key-0123456789"
AWAY = Destination("https", "api.example.test", 443)
HEADERS = {"authorization": f"Bearer {KEY}"}


async def post(client: HttpClient, base_url: str) -> HttpReply:
    try:
        return await client.post_json(f"{base_url}/{PATH}", HEADERS, BODY)
    finally:
        await client.aclose()


def refused(attempt: Coroutine[Any, Any, HttpReply]) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        asyncio.run(attempt)
    assert_no_canary(caught.value)
    return caught.value


def assert_no_canary(error: BaseException | None) -> None:
    """Neither the error nor anything chained to it shows the key, the body or the query."""
    while error is not None:
        shown = f"{error!s} {error!r} {vars(error)!r} {getattr(error, 'hint', '')}"
        shown += "".join(traceback.format_exception(error))
        assert MARK not in shown
        error = error.__cause__ or error.__context__


async def post_to_faulty(fault: Fault, client: HttpClient) -> HttpReply:
    async with ModelServer(fault=fault) as server:
        return await post(client, server.base_url)


def test_reply_is_whole_whatever_its_status() -> None:
    reply = asyncio.run(post_to_faulty(Fault("status", status=503, retry_after="7"), HttpClient()))

    assert reply.status == 503
    assert reply.headers["RETRY-AFTER"] == "7"
    assert b"told to fail" in reply.body
    assert "told to fail" not in repr(reply)


def test_request_carries_body_and_headers_and_asks_for_no_compression() -> None:
    async def scenario() -> tuple[bytes, bytes]:
        async with ModelServer() as server:
            await post(HttpClient(), server.base_url)
            return server.heads[0].lower(), server.bodies[0]

    head, body = asyncio.run(scenario())

    assert body == BODY
    for line in (b"accept-encoding: identity", b"content-type: application/json", b"user-agent: reviewer\r"):
        assert head.count(line) == 1
    assert b"authorization: bearer sk-canary" in head
    assert b"cookie" not in head


@pytest.mark.parametrize(
    ("fault", "code", "is_retryable"),
    [
        (Fault("reset"), "connection_lost", True),
        (Fault("truncated"), "connection_lost", True),
        (Fault("huge"), "reply_too_big", False),
        (Fault("huge_announced"), "reply_too_big", False),
        (Fault("redirect", location="http://other.invalid/take?it=1"), "redirected", False),
        (Fault("redirect", location=""), "redirected", False),
        (Fault("redirect", location="http://[broken"), "redirected", False),
        (Fault("redirect", location="http://host:port/"), "redirected", False),
        (Fault("status", status=302), "redirected", False),
    ],
)
def test_transport_failure_is_typed(fault: Fault, code: str, is_retryable: bool) -> None:
    error = refused(post_to_faulty(fault, HttpClient()))

    assert error.code == code
    assert error.decision.retry is is_retryable
    assert error.user_message.endswith(".")
    assert error.hint.endswith(".")


def test_redirect_names_the_target_and_sends_nothing_there() -> None:
    async def scenario() -> tuple[ProviderError, int]:
        async with ModelServer() as other:
            fault = Fault("redirect", location=f"{other.base_url}/{PATH}")
            with pytest.raises(ProviderError) as caught:
                await post_to_faulty(fault, HttpClient())
            assert f"127.0.0.1:{other.port};" in caught.value.user_message
            return caught.value, other.connections

    error, connections = asyncio.run(scenario())

    assert_no_canary(error)
    assert error.decision.fatal
    assert connections == 0


def test_body_up_to_the_limit_is_read_and_one_byte_more_is_not() -> None:
    whole = asyncio.run(post_to_faulty(Fault("html"), HttpClient()))
    size = len(whole.body)

    assert asyncio.run(post_to_faulty(Fault("html"), HttpClient(max_body_bytes=size))).body == whole.body
    assert refused(post_to_faulty(Fault("html"), HttpClient(max_body_bytes=size - 1))).code == "reply_too_big"


@pytest.mark.parametrize(
    ("fault", "timeouts"),
    [
        (Fault("hang"), Timeouts(connect_s=0.1, first_byte_s=0.1)),
        (Fault("hang"), Timeouts(total_s=0.2)),
        (Fault("drip", every_s=0.02), Timeouts(total_s=0.3)),
        (Fault("drip", every_s=5.0), Timeouts(idle_s=0.1)),
    ],
    ids=["first byte", "total", "slow drip", "idle"],
)
def test_wait_ends_in_time(fault: Fault, timeouts: Timeouts) -> None:
    async def scenario() -> tuple[float, ProviderError]:
        loop = asyncio.get_running_loop()
        async with ModelServer(fault=fault) as server:
            began = loop.time()
            with pytest.raises(ProviderError) as caught:
                await post(HttpClient(timeouts=timeouts), server.base_url)
            took_s = loop.time() - began
            await server.until(lambda s: s.aborted == 1)
            return took_s, caught.value

    took_s, error = asyncio.run(scenario())

    assert_no_canary(error)
    assert error.code == "timeout"
    assert error.decision.retry
    assert took_s < 2


def test_refused_connection_names_the_host() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        error = refused(post(HttpClient(), f"http://127.0.0.1:{port}/v1"))

    assert error.code == "connect_failed"
    assert error.user_message == f"Cannot reach the endpoint at 127.0.0.1:{port}."
    assert error.decision.retry
    assert isinstance(error.__cause__, OSError)


@pytest.mark.parametrize("url", ["ftp://host/x", "nonsense", "http://", "http://[::1", "http://h:99999999/"])
def test_address_that_is_none_is_refused(url: str) -> None:
    assert refused(HttpClient().get_json(url, {})).code == "bad_address"


@pytest.mark.parametrize(
    "url", ["https://example.invalid/v1", "http://127.0.0.1.example.invalid", "http://10.0.0.1/v1"]
)
def test_offline_refuses_everything_but_loopback(url: str) -> None:
    error = refused(post(HttpClient(is_offline=True), url))

    assert error.code == "offline_refused"
    assert error.decision.fatal


def test_offline_reaches_localhost_without_looking_the_name_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_look_up(*args: object, **kwargs: object) -> None:
        raise AssertionError(f"looked up {args}")

    async def scenario() -> HttpReply:
        async with ModelServer() as server:
            asyncio.get_running_loop().getaddrinfo = no_look_up  # type: ignore[assignment, method-assign]
            return await post(HttpClient(is_offline=True), f"http://localhost:{server.port}/v1")

    assert asyncio.run(scenario()).status == 200


def test_cancelling_closes_the_connection() -> None:
    async def scenario() -> int:
        async with ModelServer(fault=Fault("hang")) as server:
            client = HttpClient()
            task = asyncio.create_task(client.post_json(f"{server.base_url}/chat/completions", HEADERS, BODY))
            await server.until(lambda s: s.concurrency == 1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await server.until(lambda s: s.concurrency == 0)  # before the client is closed
            await client.aclose()
            return server.aborted

    assert asyncio.run(scenario()) == 1


def test_connections_are_used_again() -> None:
    async def scenario() -> tuple[int, int]:
        async with ModelServer() as server:
            client = HttpClient()
            for _ in range(5):
                await client.post_json(f"{server.base_url}/chat/completions", HEADERS, BODY)
            await client.aclose()
            return server.connections, len(server.bodies)

    assert asyncio.run(scenario()) == (1, 5)


def test_one_client_serves_several_loops_and_again_after_closing() -> None:
    client = HttpClient()

    async def scenario() -> list[int]:
        async with ModelServer() as server:
            return [(await post(client, server.base_url)).status for _ in range(2)]

    assert asyncio.run(scenario()) == [200, 200]
    assert asyncio.run(scenario()) == [200, 200]


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert asyncio.run(post_to_faulty(Fault("html"), HttpClient())).status == 200


@pytest.mark.parametrize(("slowest_rate", "code"), [(1_000_000.0, "timeout"), (1.0, "")])
def test_a_body_that_comes_too_slowly_is_given_up(slowest_rate: float, code: str) -> None:
    """A drop each 5 ms: never idle for long, and 200 bytes a second."""

    async def scenario() -> str:
        limits = Timeouts(slow_s=0.05, slowest_rate=slowest_rate)
        async with ModelServer(fault=Fault("drip", every_s=0.005)) as server:
            asking = asyncio.create_task(post(HttpClient(timeouts=limits), server.base_url))
            done, _ = await asyncio.wait({asking}, timeout=0.5)
            if not done:
                asking.cancel()
                await asyncio.wait({asking})
                return ""
            failure = asking.exception()
            assert isinstance(failure, ProviderError)
            return failure.code

    assert asyncio.run(scenario()) == code


def test_resolver_asks_nobody_for_localhost() -> None:
    found = asyncio.run(BorderedResolver().resolve("localhost", 80, socket.AF_UNSPEC))

    assert [one["host"] for one in found] == ["127.0.0.1", "::1"]


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.test/v1",
        "http://api.example.test:443/v1",
        "https://api.example.test:8443/v1",
        "https://api.example.test.evil.test/v1",
        "https://api.example.test@evil.test/v1",
        "http://127.0.0.2:1/v1",
        "http://[::ffff:127.0.0.1]:1/v1",
    ],
)
def test_what_is_not_allowed_to_the_letter_is_refused(url: str) -> None:
    client = HttpClient(allowed={Destination("https", "api.example.test", 444)})

    error = refused(post(client, url))

    assert error.code == "address_refused"
    assert error.decision.fatal


def test_witness_is_told_of_what_leaves_before_it_does_and_not_of_what_stays() -> None:
    told: list[Outgoing] = []

    class Refusing:
        async def leaving(self, outgoing: Outgoing) -> int:
            told.append(outgoing)
            raise StorageError("disk_full", "There is no room.")

        async def ended(self, number: int, outcome: str) -> None:
            raise AssertionError("it never left")

    async def scenario() -> None:
        with witnessed_by(Refusing()):
            async with ModelServer() as server:
                await post(HttpClient(), server.base_url)
            assert not told
            with pytest.raises(StorageError):
                await post(HttpClient(allowed={AWAY}), "https://api.example.test/v1")

    asyncio.run(scenario())

    assert told == [Outgoing(AWAY, "", BODY)]


class Noting:
    """A witness that notes what came of each request."""

    def __init__(self) -> None:
        self.left = 0
        self.outcomes: list[tuple[int, str]] = []

    async def leaving(self, _: Outgoing) -> int:
        self.left += 1
        return self.left

    async def ended(self, number: int, outcome: str) -> None:
        self.outcomes.append((number, outcome))


def test_witness_is_told_what_came_of_each_request(tmp_path: Path) -> None:
    authority, witness = Authority(tmp_path), Noting()
    url = "https://api.example.test/v1"

    async def scenario() -> None:
        async with ModelServer(tls=authority.serving("api.example.test")) as server, LoopbackProxy(server.port) as way:
            proxy = parse_proxy(f"http://127.0.0.1:{way.port}", None)
            client = HttpClient(allowed={AWAY}, proxy=proxy, authorities=authority.pem.read_text("utf-8"))
            with witnessed_by(witness):
                await post(client, url)
                server.fault = Fault("status", status=503)
                await post(client, url)
                server.fault = Fault("hang")
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(post(client, url), 0.2)
            await client.aclose()
        with witnessed_by(witness), pytest.raises(ProviderError):
            await post(HttpClient(allowed={AWAY}, proxy=parse_proxy("http://127.0.0.1:9", None)), url)

    asyncio.run(scenario())

    assert witness.left == 4
    assert witness.outcomes == [(1, "answered"), (2, "status_503"), (4, "unreachable")]


def over_tls(tls: ssl.SSLContext) -> Coroutine[Any, Any, HttpReply]:
    async def scenario() -> HttpReply:
        async with ModelServer(tls=tls) as server:
            return await post(HttpClient(), server.base_url)

    return scenario()


def test_certificate_nobody_vouches_for_stops_the_run(tmp_path: Path) -> None:
    error = refused(over_tls(Authority(tmp_path).serving()))

    assert error.code == "tls_failed"
    assert error.user_message.endswith(" comes from nobody this computer trusts.")
    assert error.decision.fatal


def test_company_certificate_named_in_the_environment_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.pem))

    assert asyncio.run(over_tls(authority.serving())).status == 200


def test_https_to_a_plain_server_is_a_tls_failure() -> None:
    async def scenario() -> HttpReply:
        async with ModelServer() as server:
            return await post(HttpClient(), server.base_url.replace("http:", "https:"))

    assert refused(scenario()).code == "tls_failed"


def test_server_that_speaks_no_http_is_typed_and_shows_no_key() -> None:
    async def scenario() -> HttpReply:
        async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(10)
            writer.write(b"SSH-2.0-server\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(greet, "127.0.0.1", 0)
        async with server:
            return await post(HttpClient(), f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1")

    assert refused(scenario()).code == "connection_lost"


def test_logs_hold_no_key_body_or_query(caplog: pytest.LogCaptureFixture) -> None:
    client = HttpClient()
    caplog.set_level(logging.DEBUG)
    for name in ("reviewer", "httpx", "httpcore", "aiohttp"):
        caplog.set_level(logging.DEBUG, logger=name)

    asyncio.run(post_to_faulty(Fault("html"), client))
    refused(post_to_faulty(Fault("truncated"), client))

    assert "status 200" in caplog.text
    assert "CANARY" not in caplog.text


def test_loggers_of_the_http_libraries_are_quiet() -> None:
    HttpClient()

    assert {logging.getLogger(name).level for name in ("httpx", "httpcore", "aiohttp")} == {logging.WARNING}


@pytest.mark.parametrize(
    ("client", "way"),
    [
        (HttpClient(is_offline=True, allowed={AWAY}), "--egress ask"),
        (HttpClient(), "--egress listed --endpoint ADDRESS"),
    ],
)
def test_refusal_says_what_to_do_next_in_the_window_and_on_the_command_line(client: HttpClient, way: str) -> None:
    error = refused(post(client, "https://api.example.test/v1"))
    assert f"reviewer matters change NAME {way}" in error.hint
    assert "File > Matters" in error.hint
