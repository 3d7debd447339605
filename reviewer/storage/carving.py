"""Rows read straight from the pages of a database file, whatever its trees have come to.

Only leaves of table trees are looked at: no page says which table it belongs to, so whoever asks must know rows by what
is in them (`reviewer.storage.seals`). The format is SQLite's, <https://www.sqlite.org/fileformat2.html>, sections 1.6
(pages), 2.1 (records) and 4 (write-ahead log).
"""

import struct
from collections.abc import Iterator
from mmap import mmap
from typing import TypeAlias

Value: TypeAlias = int | float | str | bytes | None
_LEAF = 0x0D
_HEADER_BYTES = 100
_USUAL_PAGE_BYTES = 4096
_PAGE_BYTES_AT, _RESERVED_AT = 16, 20
_LEAF_HEADER_BYTES = 8
_WAL_HEADER_BYTES, _FRAME_HEADER_BYTES = 32, 24
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_FLOAT, _ZERO, _ONE, _FIRST_BLOB = 7, 8, 9, 12
_MAX_ROW_BYTES = 1 << 30


class Pages:
    """The pages of a database file by number, from 1, with those that its write-ahead log has committed over them.

    Args:
        database: the file's bytes, or a memory map of them.
        wal: the log's bytes; only the pages in it are gone through then, those of the file are what they refer to.
    """

    def __init__(self, database: bytes | mmap, wal: bytes = b"") -> None:
        self._database = database
        self.size = _page_bytes(database[:_HEADER_BYTES])
        self._later = _committed(wal, self.size)
        self._numbers = sorted(self._later) if wal else range(1, -(-len(database) // self.size) + 1)

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __getitem__(self, number: int) -> bytes:
        """A page; what is cut off of the last one is zero. Raises KeyError for a page that is not there."""
        if number in self._later:
            return self._later[number]
        page = self._database[(number - 1) * self.size : number * self.size] if number > 0 else b""
        if not page:
            raise KeyError(number)
        return page.ljust(self.size, b"\0")


def carve(pages: Pages, reserved_bytes: int = 0) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """The row number and the values of every row that can be made out, in the order of the pages. Never raises."""
    for number in pages:
        page = pages[number]
        start = _HEADER_BYTES if number == 1 else 0
        if page[start] == _LEAF:
            for place in _cells(page, start):
                try:
                    yield _row(pages, page, place, len(page) - reserved_bytes)
                except (IndexError, ValueError, KeyError, struct.error, OverflowError):
                    continue


def _page_bytes(database: bytes) -> int:
    """As the header says; where it cannot be right, what SQLite takes unless told otherwise."""
    told = int.from_bytes(database[_PAGE_BYTES_AT : _PAGE_BYTES_AT + 2], "big")
    size = 65536 if told == 1 else told
    is_possible = database.startswith(b"SQLite format 3\0") and size >= 512 and size & (size - 1) == 0  # noqa: PLR2004
    return size if is_possible else _USUAL_PAGE_BYTES


def _committed(wal: bytes, size: int) -> dict[int, bytes]:
    """Pages of the frames up to the last commit whose salt is that of the log; a stale frame has another."""
    salt = wal[16:24]
    step = _FRAME_HEADER_BYTES + size
    pages: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    for start in range(_WAL_HEADER_BYTES, len(wal) - step + 1, step):
        number, database_pages = struct.unpack_from(">II", wal, start)
        if wal[start + 8 : start + 16] != salt or number == 0:
            break
        waiting[number] = wal[start + _FRAME_HEADER_BYTES : start + step]
        if database_pages:
            pages.update(waiting)
            waiting.clear()
    return pages


def _cells(page: bytes, start: int) -> list[int]:
    """Where the cells of a leaf begin."""
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    first = start + _LEAF_HEADER_BYTES
    count = min(count, (len(page) - first) // 2)
    places = struct.unpack_from(f">{count}H", page, first)
    return [place for place in places if first <= place < len(page)]


def _row(pages: Pages, page: bytes, place: int, usable: int) -> tuple[int, tuple[Value, ...]]:
    length, place = _varint(page, place)
    number, place = _varint(page, place)
    if not 0 < length <= _MAX_ROW_BYTES:
        raise ValueError
    local = _local_bytes(length, usable)
    payload = page[place : place + local]
    if local < length:
        further = int.from_bytes(page[place + local : place + local + 4], "big")
        payload += _overflow(pages, further, length - local, usable)
    if len(payload) != length:
        raise ValueError
    return number, _values(payload)


def _local_bytes(length: int, usable: int) -> int:
    """How much of a row stands in the leaf itself (file format, section 1.6)."""
    most = usable - 35
    if length <= most:
        return length
    least = (usable - 12) * 32 // 255 - 23
    kept = least + (length - least) % (usable - 4)
    return kept if kept <= most else least


def _overflow(pages: Pages, number: int, length: int, usable: int) -> bytes:
    parts = []
    seen: set[int] = set()
    while length > 0:
        if number in seen:
            raise ValueError
        seen.add(number)
        page = pages[number]
        parts.append(page[4 : min(usable, 4 + length)])
        length -= len(parts[-1])
        number = int.from_bytes(page[:4], "big")
    return b"".join(parts)


def _values(payload: bytes) -> tuple[Value, ...]:
    header_bytes, place = _varint(payload, 0)
    kinds = []
    while place < header_bytes:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    values = []
    for kind in kinds:
        value, place = _value(payload, place, kind)
        values.append(value)
    return tuple(values)


def _value(payload: bytes, place: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, place
    if kind in (_ZERO, _ONE):
        return kind - _ZERO, place
    if kind == _FLOAT:
        return struct.unpack_from(">d", payload, place)[0], place + 8
    if kind >= _FIRST_BLOB:
        end = place + (kind - _FIRST_BLOB) // 2
        taken = payload[place:end]
        if len(taken) != end - place:
            raise ValueError
        return (taken.decode("utf-8") if kind % 2 else taken), end
    end = place + _INTEGER_BYTES[kind]
    return int.from_bytes(payload[place:end], "big", signed=True), end


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for index in range(9):
        byte = data[place + index]
        if index == 8:  # noqa: PLR2004 - the ninth byte has no mark of its own
            return (value << 8) | byte, place + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:  # noqa: PLR2004
            return value, place + index + 1
    raise ValueError
