"""The seal of a run record: SHA-256 over the record's canonical bytes, in one JSON file with it.

It finds damage and careless edits. It proves nothing about who made the record: whoever changes it on purpose can seal
it anew.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.domain.errors import InputError
from reviewer.domain.ids import Json, canonical_json, sha256_hex

SCHEMA = "reviewer.record/1"
_FAMILY, _, _VERSION = SCHEMA.partition("/")


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """A record that is as it was sealed, and its seal."""

    record: Mapping[str, Json]
    sha256: str


def canonical_bytes(value: Json) -> bytes:
    """Canonical JSON as UTF-8; half a character pair, which has no such form, as its escape."""
    return canonical_json(value).encode("utf-8", "backslashreplace")


def sealed(record: Mapping[str, Json]) -> bytes:
    """A record as its file: one line of canonical JSON, the record and then its seal."""
    settled = json.loads(canonical_bytes(record))  # as it will be read: escapes of two halves become one character
    return _file(settled, {"sha256": sha256_hex(canonical_bytes(settled))})


def unsealed(data: bytes, name: str) -> SealedRecord:
    """The record of a file. Every byte counts: a file that says the same in other bytes is refused, too.

    Args:
        data: the file.
        name: the file's, for messages.

    Raises:
        InputError: ``no_record``: it is none, or damaged beyond reading; ``record_damaged``: something in it was
            changed; ``record_newer``: it is as it was sealed, by a version whose records this one cannot read.
    """
    try:
        whole = json.loads(data.decode("utf-8"))
        record, seal = whole["record"], whole["seal"]
        as_written = _file(record, seal)
        schema = record["schema"]
        family, _, version = schema.partition("/")
        digest = seal["sha256"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_record(name) from error
    if as_written != data or digest != sha256_hex(canonical_bytes(record)):
        raise InputError(
            "record_damaged",
            f"{name} is not as it was sealed: something in it was changed.",
            "Nothing in it can be relied on. Take another copy, or seal the run again: reviewer runs seal RUN -o FILE",
        )
    if family != _FAMILY:
        raise _no_record(name)
    if version != _VERSION:
        raise InputError(
            "record_newer",
            f"{name} was made by a newer version of Reviewer; its seal is whole, and this version cannot replay it.",
            "Replay it with the newer version. The file is JSON and can be read in any editor.",
        )
    return SealedRecord(record, digest)


def _file(record: Json, seal: Json) -> bytes:
    return canonical_bytes({"record": record, "seal": seal}) + b"\n"


def _no_record(name: str) -> InputError:
    return InputError(
        "no_record",
        f"{name} is not a run record, or too damaged to be read as one.",
        "Make one with: reviewer runs seal RUN -o FILE",
    )
