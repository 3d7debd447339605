"""Identities: the names of things, and how they are derived from content."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import NewType, TypeAlias

DocumentId = NewType("DocumentId", str)
SectionId = NewType("SectionId", str)
FindingId = NewType("FindingId", str)
RunId = NewType("RunId", str)
TaskId = NewType("TaskId", str)
StepKey = NewType("StepKey", str)

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical_json(value: Json) -> str:
    """The one spelling of a JSON value: keys sorted, no spaces, no escapes, no NaN.

    Raises:
        ValueError: the value holds NaN or an infinity.
    """
    return _CANONICAL.encode(value)


def sha256_hex(data: bytes | str) -> str:
    """SHA-256 of bytes, or of a text's UTF-8 form, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data).hexdigest()


def content_id(prefix: str, *parts: Json) -> str:
    """A short stable name derived from content: the same parts give the same name on every machine and run.

    16 hexadecimal digits (64 bits) of SHA-256 over the canonical JSON of the parts.
    """
    return f"{prefix}-{sha256_hex(canonical_json(list(parts)))[:16]}"
