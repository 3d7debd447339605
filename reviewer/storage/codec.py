"""Values to bytes and back: JSON, sealed with a checksum."""

import hashlib
import json
import zlib
from typing import Any, TypeVar

import msgspec

from reviewer.storage.failures import storage_error

T = TypeVar("T")

DIGEST_BYTES = 32

_DECODERS: dict[object, msgspec.json.Decoder[Any]] = {}


def encode(value: object) -> bytes:
    """A value of the domain as JSON.

    Lone surrogates, which occur in file names and in models' replies, have no UTF-8 form; such a value is written with
    escapes throughout.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value), separators=(",", ":")).encode("ascii")


def decode(body: bytes, kind: type[T]) -> T:
    """The value of a type that JSON stands for, every field checked.

    Raises:
        ValueError: it is no JSON, or not of the type.
    """
    try:
        return _decoder(kind).decode(body)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return msgspec.convert(json.loads(body), kind)


def _decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    # Made once per type: making one costs more than a thousand uses.
    decoder = _DECODERS.get(kind)
    if decoder is None:
        decoder = _DECODERS[kind] = msgspec.json.Decoder(kind)
    return decoder


def seal(label: str, body: bytes) -> bytes:
    """A body with the SHA-256 of its label and itself before it.

    Read it back with ``CAST(column AS BLOB)``: in a damaged row anything may stand in place of a BLOB.

    The label says what the body is and whose, so that a body that strayed into another row is noticed too.
    """
    return _digest(label, body) + body


def unseal(label: str, sealed: bytes | None) -> bytes:
    """The body of a seal, as a column holds it; a damaged column may well be empty.

    Raises:
        StorageError: *workspace_damaged*: it is not what was sealed under this label.
    """
    sealed = sealed or b""
    body = sealed[DIGEST_BYTES:]
    if sealed[:DIGEST_BYTES] != _digest(label, body):
        raise storage_error("workspace_damaged")
    return body


def open_sealed(label: str, sealed: bytes | None, kind: type[T]) -> T:
    """The value in a seal.

    Raises:
        StorageError: *workspace_damaged*: it is not what was sealed under this label, or not of this type.
    """
    body = unseal(label, sealed)
    try:
        return decode(body, kind)
    except ValueError as error:
        raise storage_error("workspace_damaged", error) from error


def squeeze(body: bytes) -> bytes:
    """Compresses; quickly rather than tightly."""
    return zlib.compress(body, level=1)


def unsqueeze(body: bytes) -> bytes:
    """Decompresses what passed its seal, which is therefore what was compressed."""
    return zlib.decompress(body)


def _digest(label: str, body: bytes) -> bytes:
    digest = hashlib.sha256(label.encode("utf-8", "surrogatepass"))
    digest.update(b"\0")
    digest.update(body)
    return digest.digest()
