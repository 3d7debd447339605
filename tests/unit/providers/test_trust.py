import asyncio
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewer.domain.errors import ConfigError, ProviderError
from reviewer.providers.http import HttpClient
from reviewer.providers.trust import certificate_refused, issuer_of, read_authorities, tls_context
from tests.fakes.authority import NAME, Authority
from tests.model_server.server import ModelServer


def asked(tls: ssl.SSLContext, authorities: str | bytes | None = None, *, host: str = "127.0.0.1") -> int:
    async def scenario() -> int:
        async with ModelServer(tls=tls) as server:
            client = HttpClient(authorities=authorities)
            try:
                return (await client.get_json(f"https://{host}:{server.port}/v1/models", {})).status
            finally:
                await client.aclose()

    return asyncio.run(scenario())


def refused(tls: ssl.SSLContext, authorities: str | bytes | None = None, *, host: str = "127.0.0.1") -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        asked(tls, authorities, host=host)
    assert caught.value.code == "tls_failed"
    assert caught.value.decision.fatal
    return caught.value


def test_session_keys_are_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))

    context = tls_context()

    assert context.keylog_filename is None
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert not (tmp_path / "keys").exists()


def test_certifi_vouches_where_the_system_has_no_roots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))

    assert tls_context().cert_store_stats()["x509_ca"] > 50


def test_an_own_authority_is_believed_besides_the_others(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    usual = tls_context().cert_store_stats()["x509_ca"]

    for path in (authority.pem, authority.der):
        own = read_authorities(path)
        assert asked(authority.serving(), own) == 200
        assert tls_context(own).cert_store_stats()["x509_ca"] == usual + 1


def test_a_certificate_of_nobody_known_is_refused_with_who_signed_it(tmp_path: Path) -> None:
    error = refused(Authority(tmp_path).serving())

    assert f"issued by {NAME}" in error.user_message
    assert error.user_message.endswith("comes from nobody this computer trusts.")
    assert "models.ca_file" in error.hint


@pytest.mark.parametrize(("from_day", "to_day", "problem"), [(-30, -2, "has expired"), (2, 30, "is not valid yet")])
def test_a_certificate_of_another_time_is_refused_with_what_the_clock_says(
    tmp_path: Path, from_day: int, to_day: int, problem: str
) -> None:
    authority = Authority(tmp_path)
    tls = authority.serving(from_day=from_day, to_day=to_day)
    error = refused(tls, read_authorities(authority.pem))

    assert f"issued by {NAME}, {problem}; this computer's clock says 20" in error.user_message
    assert "clock" in error.hint


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    for serves, host in (("other.test", "127.0.0.1"), ("other.test", "localhost")):
        error = refused(authority.serving(serves), read_authorities(authority.pem), host=host)
        assert error.user_message.endswith("belongs to another name.")


def test_the_clock_is_told_in_this_computers_time() -> None:
    reason = ssl.SSLCertVerificationError("x")
    reason.verify_code = 10
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)

    message = certificate_refused("host:1", reason, "", moment).user_message

    assert (
        message
        == f"The certificate of host:1 has expired; this computer's clock says {moment.astimezone():%Y-%m-%d %H:%M}."
    )


def test_an_issuers_name_is_shown_harmless_and_short(tmp_path: Path) -> None:
    async def scenario() -> str:
        tls = Authority(tmp_path, "Bad\x1b[31m\u202e" + "x" * 50).serving()
        async with ModelServer(tls=tls) as server:
            return await issuer_of("127.0.0.1", server.port)

    name = asyncio.run(scenario())

    assert name.startswith("Bad[31mxxx")
    assert name.isprintable()
    assert len(name) <= 60


def test_who_speaks_no_tls_has_no_issuer() -> None:
    async def scenario() -> str:
        async with ModelServer() as server:
            return await issuer_of("127.0.0.1", server.port)

    assert asyncio.run(scenario()) == ""


@pytest.mark.parametrize(
    "content", [None, b"", b"text", b"-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n"]
)
def test_a_file_without_certificates_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "own.pem"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfigError) as caught:
        read_authorities(path)

    assert caught.value.code == "bad_ca_file"
    assert "models.ca_file" in caught.value.hint
