"""A ZIP of XML parts, opened with suspicion: Word and OpenDocument files are packed like this."""

import io
import zipfile
import zlib
from collections.abc import Collection
from functools import cache
from typing import TypeAlias

from lxml import etree

from reviewer.parsing.outcomes import OutcomeCode, failure

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml gives its element type no public name

MAX_PARTS = 5000
MAX_PART_BYTES = 60 * 1024 * 1024
MAX_TOTAL_BYTES = 300 * 1024 * 1024
_MAX_RATIO = 200
_RATIO_MATTERS_ABOVE = 20 * 1024 * 1024
_ENCRYPTED_FLAG = 1
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class ZipParts:
    """A checked ZIP. Nothing is unpacked before it is asked for.

    Raises:
        InputError: it is no ZIP, is encrypted, or would unpack to too much.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {info.filename: info for info in self._zip.infolist()}
        except _BROKEN_ZIP as error:
            raise failure(OutcomeCode.CORRUPT) from error
        self._check(len(data))

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    @property
    def names(self) -> Collection[str]:
        """The parts."""
        return self._parts.keys()

    def read(self, part: str) -> bytes:
        """The bytes of a part; empty where there is no such part.

        Raises:
            InputError: the part is damaged or too big.
        """
        if part not in self._parts:
            return b""
        try:
            with self._zip.open(self._parts[part]) as stream:
                data = stream.read(MAX_PART_BYTES + 1)
        except _BROKEN_ZIP as error:
            raise failure(OutcomeCode.CORRUPT) from error
        if len(data) > MAX_PART_BYTES:
            raise failure(OutcomeCode.ZIP_BOMB)
        return data

    def _check(self, packed: int) -> None:
        infos = self._parts.values()
        total = sum(info.file_size for info in infos)
        if len(self._parts) > MAX_PARTS or total > MAX_TOTAL_BYTES:
            raise failure(OutcomeCode.ZIP_BOMB)
        if total > _RATIO_MATTERS_ABOVE and total > _MAX_RATIO * packed:
            raise failure(OutcomeCode.ZIP_BOMB)
        if any(info.flag_bits & _ENCRYPTED_FLAG for info in infos):
            raise failure(OutcomeCode.ENCRYPTED)


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )


def parse_xml(data: bytes) -> Element:
    """The root of a part's XML; comments and processing instructions are left out.

    Raises:
        InputError: it is not XML or holds a document type.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise failure(OutcomeCode.DTD_REFUSED)
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise failure(OutcomeCode.CORRUPT) from error
    if (
        root.getroottree().docinfo.internalDTD is not None
    ):  # written in an encoding that the byte search does not see through
        raise failure(OutcomeCode.DTD_REFUSED)
    return root
