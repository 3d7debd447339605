"""A matter in one file, to be handed to a colleague.

A ZIP: ``manifest.json`` names the matter and the SHA-256 of each other member; ``tables/*.jsonl`` hold the rows, each
with the checksum it has in the workspace; ``originals/`` the reviewed files, where they were asked for. With a password
the whole of that is one member, ``payload``, encrypted with AES-256-GCM under a key from scrypt.
"""

import base64
import io
import json
import os
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from reviewer.domain.decision import Decision
from reviewer.domain.errors import InputError
from reviewer.domain.ids import sha256_hex
from reviewer.domain.matter import MatterId, Turn
from reviewer.domain.run import Run
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.domain.workspace import Unpacked
from reviewer.storage.codec import encode, open_sealed, seal
from reviewer.storage.references import in_batches, references
from reviewer.storage.seals import SEALED_TABLES, Row

SCHEMA = "reviewer.matter/1"
MANIFEST, PAYLOAD = "manifest.json", "payload"
MAX_BYTES = 4 << 30
"""What a file may unpack to."""

_ORIGINAL = re.compile(r"originals/([0-9a-f]{64})")
_TABLE = re.compile(r"tables/([a-z]+)\.jsonl")
_ORDER = ("matters", "turns", "runs", "events", "steps", "documents", "decisions")
_TABLES = {table.name: table for table in SEALED_TABLES}
_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES = 16, 12, 32
_SCRYPT = {"n": 1 << 15, "r": 8, "p": 1}
"""About 0.1 s and 32 MB for each guess (RFC 7914; OWASP's password storage cheat sheet)."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a portable file holds: whole rows by table, and originals by their hash."""

    matter: str
    rows: dict[str, list[Row]]
    originals: dict[str, bytes]


# ------------------------------------------------------------------------------------------------------------ packing


def collect_rows(connection: sqlite3.Connection, matter: str) -> dict[str, list[Row]]:
    """All rows of a matter. Folders of this computer are left out of them."""
    turns = connection.execute("SELECT matter, document, body FROM turns WHERE matter = ?", (matter,)).fetchall()
    columns = ", ".join(_TABLES["runs"].columns)
    runs = connection.execute(f"SELECT {columns} FROM runs").fetchall()  # noqa: S608 - names of ours
    runs = [row for row in runs if open_sealed(f"run:{row[0]}", row[6], Run).matter == matter]
    found = references(connection, [row[0] for row in runs])
    found.documents.update(document for _, document, _ in turns)
    return {
        "matters": connection.execute("SELECT id, body FROM matters WHERE id = ?", (matter,)).fetchall(),
        "turns": [_without_folder(row) for row in turns],
        "runs": [_without_folders(row) for row in runs],
        "events": _select(connection, "events", "run", [row[0] for row in runs]),
        "steps": _select(connection, "steps", "key", found.steps),
        "documents": _select(connection, "documents", "id", found.documents),
        "decisions": _select(connection, "decisions", "subject", found.findings | found.documents),
    }


def pack(parcel: Parcel, name: str, password: Secret = NO_SECRET) -> bytes:
    """The bytes of a portable file."""
    members = {f"tables/{table}.jsonl": _lines(rows) for table, rows in parcel.rows.items()}
    members |= {f"originals/{sha256}": data for sha256, data in parcel.originals.items()}
    manifest = {
        "schema": SCHEMA,
        "matter": parcel.matter,
        "name": name,
        "members": {each: sha256_hex(data) for each, data in members.items()},
    }
    content = _zip({MANIFEST: json.dumps(manifest, indent=1).encode(), **members})
    if not password:
        return content
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    told = {"schema": SCHEMA, "encrypted": True, "salt": salt.hex(), "nonce": nonce.hex(), **_SCRYPT}
    sealed = AESGCM(_key(password, salt)).encrypt(nonce, content, SCHEMA.encode())
    return _zip({MANIFEST: json.dumps(told, indent=1).encode(), PAYLOAD: sealed})


def _select(connection: sqlite3.Connection, table: str, column: str, values: Iterable[str]) -> list[Row]:
    columns = ", ".join(_TABLES[table].columns)
    found: list[Row] = []
    for batch in in_batches(values):
        marks = ", ".join("?" * len(batch))
        found += connection.execute(f"SELECT {columns} FROM {table} WHERE {column} IN ({marks})", batch)  # noqa: S608
    return found


def _without_folder(row: tuple[str, str, bytes]) -> Row:
    matter, document, body = row
    label = f"turn:{matter}:{document}"
    turn = open_sealed(label, body, Turn)
    return matter, document, seal(label, encode(replace(turn, path=Path(turn.path).name)))


def _without_folders(row: tuple[Any, ...]) -> Row:
    label = f"run:{row[0]}"
    run = open_sealed(label, row[6], Run)
    names = tuple(Path(each).name for each in run.paths)
    return (*row[:6], seal(label, encode(replace(run, paths=names))))


def _lines(rows: Sequence[Row]) -> bytes:
    return "".join(json.dumps([_written(value) for value in row]) + "\n" for row in rows).encode()


def _written(value: Any) -> Any:
    return {"bytes": base64.b64encode(value).decode("ascii")} if isinstance(value, bytes) else value


def _zip(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return target.getvalue()


def _key(password: Secret, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=_KEY_BYTES, **_SCRYPT).derive(password.reveal().encode())


# ---------------------------------------------------------------------------------------------------------- unpacking


def unpack(content: bytes, password: Secret = NO_SECRET) -> Parcel:
    """What a portable file holds, every row and file checked. Nothing is written anywhere.

    Raises:
        InputError: *not_a_matter*, *matter_newer*, *matter_damaged*, *encrypted*, *wrong_password*, *unsafe_names*.
    """
    members = _members(content)
    manifest = _manifest(members)
    if manifest.get("encrypted"):
        members = _members(_decrypted(manifest, members.get(PAYLOAD, b""), password))
        manifest = _manifest(members)
    hashes = manifest.get("members")
    if not isinstance(hashes, dict) or set(hashes) != members.keys() - {MANIFEST}:
        raise _damaged()
    if any(sha256_hex(members[name]) != told for name, told in hashes.items()):
        raise _damaged()
    rows: dict[str, list[Row]] = {name: [] for name in _ORDER}
    originals = {}
    for name, data in members.items():
        if table := _TABLE.fullmatch(name):
            rows.setdefault(table[1], []).extend(_read_rows(table[1], data))
        elif original := _ORIGINAL.fullmatch(name):
            if sha256_hex(data) != original[1]:
                raise _damaged()
            originals[original[1]] = data
    matters = [str(row[0]) for row in rows["matters"]]
    if matters != [manifest.get("matter")]:
        raise _damaged()
    return Parcel(matters[0], rows, originals)


def put_rows(connection: sqlite3.Connection, parcel: Parcel) -> Unpacked:
    """Adds what is not there yet, in one transaction; what is there stays as it is.

    Decisions of different people stand side by side: the journal has both, and the last word counts.
    """
    known = {row[0] for row in connection.execute("SELECT id FROM runs")}
    new_runs = [row for row in parcel.rows["runs"] if row[0] not in known]
    new_ids = {row[0] for row in new_runs}
    _insert(connection, "matters", parcel.rows["matters"])
    _insert(connection, "turns", parcel.rows["turns"])
    _insert(connection, "runs", new_runs)
    _insert(connection, "events", [row for row in parcel.rows["events"] if row[0] in new_ids])
    _insert(connection, "steps", parcel.rows["steps"])
    _insert(connection, "documents", parcel.rows["documents"])
    kept = {bytes(body) for (body,) in connection.execute("SELECT CAST(body AS BLOB) FROM decisions")}
    decisions = [row for row in parcel.rows["decisions"] if row[3] not in kept]
    for _, kind, subject, body in sorted(decisions, key=_decided_at):
        connection.execute("INSERT INTO decisions (kind, subject, body) VALUES (?, ?, ?)", (kind, subject, body))
    return Unpacked(MatterId(parcel.matter), len(new_runs), len(decisions))


def _decided_at(row: Row) -> datetime:
    _, kind, subject, body = row
    return open_sealed(f"decision:{kind!s}:{subject!s}", body if isinstance(body, bytes) else b"", Decision).at


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    columns = _TABLES[table].columns
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of ours
    connection.executemany(statement, rows)


def _members(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            infos = package.infolist()
            if any(_climbs(each.filename) for each in infos):
                raise InputError(
                    "unsafe_names",
                    "The file holds names that lead out of their folder; nothing of it was taken in.",
                    "Ask whoever sent it for another one, and tell them so.",
                )
            if sum(each.file_size for each in infos) > MAX_BYTES:
                raise InputError("too_large", "The file unpacks to more than 4 GB.", "Ask for it without originals.")
            return {each.filename: package.read(each) for each in infos}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        if content[:4] == b"PK\x03\x04":
            raise _damaged() from error
        raise _unknown() from error


def _climbs(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _manifest(members: dict[str, bytes]) -> dict[str, Any]:
    try:
        told = json.loads(members[MANIFEST])
        schema = str(told["schema"])
    except (KeyError, ValueError, TypeError) as error:
        raise _unknown() from error
    if schema != SCHEMA:
        raise InputError("matter_newer", "The file was made by a newer version of Reviewer.", "Update Reviewer.")
    return dict(told)


def _decrypted(manifest: dict[str, Any], payload: bytes, password: Secret) -> bytes:
    if not password:
        raise InputError("encrypted", "The file is protected by a password.", "Give the password it was made with.")
    try:
        salt, nonce = bytes.fromhex(manifest["salt"]), bytes.fromhex(manifest["nonce"])
        return AESGCM(_key(password, salt)).decrypt(nonce, payload, SCHEMA.encode())
    except InvalidTag as error:
        raise InputError("wrong_password", "The password does not open the file.", "Try again.") from error
    except (KeyError, ValueError, TypeError) as error:
        raise _damaged() from error


def _read_rows(name: str, data: bytes) -> Iterator[Row]:
    table = _TABLES.get(name)
    if table is None:  # of a newer version
        return
    for line in data.splitlines():
        try:
            row = tuple(_value(each) for each in json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            raise _damaged() from error
        if len(row) != len(table.columns) or not table.is_whole(row):
            raise _damaged()
        yield row


def _value(written: Any) -> Any:
    return base64.b64decode(written["bytes"]) if isinstance(written, dict) else written


def _damaged() -> InputError:
    return InputError("matter_damaged", "The file is damaged; nothing of it was taken in.", "Ask for it once more.")


def _unknown() -> InputError:
    return InputError("not_a_matter", "This is no file of Reviewer.", "Choose a file that ends in .reviewer.")
