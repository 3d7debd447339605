"""Which servers are believed, and what is wrong with a certificate that is not."""

import asyncio
import ssl
from datetime import datetime
from pathlib import Path

import certifi

from reviewer import border
from reviewer.domain.errors import ConfigError, ProviderError, RetryDecision

_LOOK_S = 3.0
_LONGEST_NAME = 60
_NOT_YET, _EXPIRED = 9, 10
_OTHER_NAME = {62, 63, 64}
"""OpenSSL's numbers."""


def read_authorities(path: Path) -> str | bytes:
    """Certificates of authorities, as `tls_context` takes them.

    Args:
        path: of a file in PEM, with one or more of them, or in DER.

    Raises:
        ConfigError: ``bad_ca_file``.
    """
    try:
        data = path.read_bytes()
        authorities = data.decode("ascii") if b"-----BEGIN" in data else data
        _without_roots().load_verify_locations(cadata=authorities)
    except (OSError, ValueError):  # ssl.SSLError is an OSError
        raise ConfigError(
            "bad_ca_file",
            f"No certificates of authorities can be read from {path}.",
            "Name a file in PEM or DER in the setting models.ca_file, or unset it.",
        ) from None
    return authorities


def tls_context(own: str | bytes | None = None) -> ssl.SSLContext:
    """Verifies servers against the system's roots (or SSL_CERT_FILE), certifi's where there are none.

    Never writes session keys, whatever SSLKEYLOGFILE says, as `ssl.create_default_context` would. Takes some 20 ms.

    Args:
        own: authorities that are believed besides; see `read_authorities`.
    """
    context = _without_roots()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_default_certs()
    if not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(cafile=certifi.where())
    if own:
        context.load_verify_locations(cadata=own)
    context.set_alpn_protocols(["http/1.1"])
    return context


def _without_roots() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


async def issuer_of(host: str, port: int) -> str:
    """Who signed the certificate of a server, as it says itself; empty where that cannot be found out.

    For the sentence about a certificate that was refused. Nothing is sent or read but the handshake.
    """
    context = _without_roots()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        async with asyncio.timeout(_LOOK_S):
            _, address = (await border.look_up(host, port))[0]
            _, writer = await asyncio.open_connection(address, port, ssl=context, server_hostname=host)
        certificate = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        writer.transport.abort()
    except OSError:  # also where the border is closed; TimeoutError and ssl.SSLError are some
        return ""
    return _issuer(certificate)


def _issuer(certificate: bytes | None) -> str:
    from cryptography import x509  # noqa: PLC0415 - takes 90 ms, and is hardly ever needed
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    try:
        issuer = x509.load_der_x509_certificate(certificate or b"").issuer
    except ValueError:
        return ""
    names = [
        *issuer.get_attributes_for_oid(NameOID.COMMON_NAME),
        *issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME),
    ]
    name = str(names[0].value) if names else ""
    return "".join(letter for letter in name if letter.isprintable())[:_LONGEST_NAME].strip()


def certificate_refused(place: str, error: ssl.SSLCertVerificationError, issuer: str, now: datetime) -> ProviderError:
    """What is wrong with a certificate, and what this computer's clock says where that may be why.

    Args:
        place: host and port.
        error: OpenSSL's.
        issuer: who signed it; empty where that is not known.
        now: aware.
    """
    signed = f", issued by {issuer}," if issuer else ""
    hint = "Name your company's certificate authority in the setting models.ca_file, or ask who runs the endpoint."
    if error.verify_code in (_NOT_YET, _EXPIRED):
        problem = "is not valid yet" if error.verify_code == _NOT_YET else "has expired"
        problem += f"; this computer's clock says {now.astimezone():%Y-%m-%d %H:%M}"
        hint = "Set this computer's clock right. If it is right, ask who runs the endpoint for a new certificate."
    elif error.verify_code in _OTHER_NAME:
        problem = "belongs to another name"
        hint = "Check the address; a proxy or a log-in page may stand in between."
    else:
        problem = "comes from nobody this computer trusts"
    return ProviderError(
        "tls_failed",
        f"The certificate of {place}{signed} {problem}.",
        hint,
        decision=RetryDecision(retry=False, fatal=True),
    )
