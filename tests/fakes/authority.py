"""A certificate authority of our own, and servers' certificates signed by it."""

import datetime as dt
import ipaddress
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME = "Oak & Birch Internal Root"


class Authority:
    """Signs certificates; its own is in ``pem`` and, in DER, in ``der``."""

    def __init__(self, folder: Path, name: str = NAME) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(name)
        certificate = (
            _building(self._name, self._name, self._key.public_key(), _days(-1000), _days(1000))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.pem, self.der = folder / "authority.pem", folder / "authority.cer"
        self.pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        self.der.write_bytes(certificate.public_bytes(serialization.Encoding.DER))

    def serving(self, host: str = "127.0.0.1", *, from_day: int = -1, to_day: int = 1) -> ssl.SSLContext:
        """How a server serves under a name or address, with a certificate valid between two days from today."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            _building(_name(host), self._name, key.public_key(), _days(from_day), _days(to_day))
            .add_extension(x509.SubjectAlternativeName([_alternative(host)]), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path = self._folder / "server.pem"
        path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _days(days: int) -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(days=days)


def _building(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, begins: dt.datetime, ends: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
