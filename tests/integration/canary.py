"""Canaries: a key and a sentence that nobody else has, and where they are looked for.

The key may be nowhere. The sentence may be only where documents are kept: in files that are named as such.
"""

import base64
import io
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

MARK = "3f9a1c7e5b2d8046"
"""What nothing but the key holds; a search index may have cut the rest off."""
KEY = f"sk-canary-{MARK}"
SENTENCE = "The quixotic heliotrope zephyr of Vantablack Holdings shall pay"

_ZIP, _SQLITE = b"PK\x03\x04", b"SQLite format 3\x00"


def leaks(wanted: str, content: bytes, where: str) -> list[str]:
    """Where in a content a text stands: as it is, in another encoding, in a ZIP's members, or in a database's rows."""
    found = [where] if any(each in content for each in _spellings(wanted)) else []
    if content.startswith(_ZIP):
        found += [hit for name, member in _members(content) for hit in leaks(wanted, member, f"{where}!{name}")]
    return found


def leaks_below(folder: Path, wanted: str, allowed: Iterable[str] = ()) -> list[str]:
    """The files below a folder that a text stands in, and the rows of databases.

    Args:
        folder: looked through whole, hidden files included.
        wanted: the text.
        allowed: patterns of paths, relative to the folder, in which it may stand.
    """
    found = []
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = path.relative_to(folder)
        if any(name.match(pattern) for pattern in allowed):
            continue
        content = path.read_bytes()
        found += leaks(wanted, content, str(name))
        if content.startswith(_SQLITE):
            found += _in_rows(path, wanted)
    return found


def _spellings(wanted: str) -> set[bytes]:
    plain = wanted.encode()
    inside = base64.b64encode(plain)[:-4]
    return {plain, wanted.encode("utf-16-le"), plain.hex().encode(), inside, wanted.upper().encode()}


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name, name.encode()
            yield name, archive.read(name)


def _in_rows(path: Path, wanted: str) -> list[str]:
    """Rows hold JSON that may be packed or spread over pages, so they are read as the database gives them."""
    found = []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            values = [each for value in _values(database, table) for each in (value, *_unpacked(value))]
            if any(leaks(wanted, each, table) for each in values):
                found.append(f"{path.name}:{table}")
    return sorted(set(found))


def _values(database: sqlite3.Connection, table: str) -> Iterator[bytes]:
    try:
        rows = database.execute(f'SELECT * FROM "{table}"')
    except sqlite3.OperationalError:  # an index without text of its own; what it keeps is in the tables beside it
        return
    for row in rows:
        yield from (each if isinstance(each, bytes) else str(each).encode("utf-8", "replace") for each in row)


def _unpacked(content: bytes) -> Iterator[bytes]:
    for start in (0, 32):  # a digest may stand before
        try:
            yield zlib.decompress(content[start:])
        except zlib.error:
            continue
