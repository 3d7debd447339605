"""The ZIP around a Word document, opened with suspicion, and its XML parts."""

import io
import posixpath
import zipfile
import zlib
from typing import TypeAlias

from lxml import etree

from reviewer.domain.errors import InputError
from reviewer.parsing.outcomes import OutcomeCode, failure

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml gives its element type no public name

MAX_PARTS = 5000
MAX_PART_BYTES = 60 * 1024 * 1024
MAX_TOTAL_BYTES = 300 * 1024 * 1024
_MAX_RATIO = 200
_RATIO_MATTERS_ABOVE = 20 * 1024 * 1024
_ENCRYPTED_FLAG = 1

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PACKAGE_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE_DOCUMENT = "/officeDocument"
# ISO 29500 "strict" files differ in the names of their namespaces only.
_STRICT_NAMES = {
    b"http://purl.oclc.org/ooxml/officeDocument/math": MATH[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": DRAWING[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1].encode(),
}
_KNOWN_VOCABULARIES = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class Package:
    """A checked ZIP. Nothing is unpacked before it is asked for; links to the outside are never followed.

    Raises:
        InputError: it is no ZIP, is encrypted, or would unpack to too much.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {info.filename: info for info in self._zip.infolist()}
        except _BROKEN_ZIP as error:
            raise failure(OutcomeCode.CORRUPT) from error
        self._known_relations: dict[str, dict[str, tuple[str, str]]] = {}
        self._check(len(data))

    @property
    def main_part(self) -> str:
        """Name of the part that holds the document.

        Raises:
            InputError: there is none, so this is no Word file.
        """
        targets = [target for kind, target in self._relations("").values() if kind.endswith(_OFFICE_DOCUMENT)]
        for name in (*targets, "word/document.xml"):
            if name in self._parts:
                return name
        raise failure(OutcomeCode.NOT_A_DOCX)

    def related(self, part: str, kind: str) -> str | None:
        """Name of the first part inside the package that a part refers to as of a kind, such as ``styles``."""
        for relation, target in self._relations(part).values():
            if relation.endswith("/" + kind) and target in self._parts:
                return target
        return None

    def target(self, part: str, relation_id: str) -> str | None:
        """Name of the part that a relation of a part leads to, where it is inside the package."""
        _, target = self._relations(part).get(relation_id, ("", ""))
        return target if target in self._parts else None

    def external_links(self) -> list[tuple[str, str]]:
        """Kind and address of everything outside that the package's parts refer to, hyperlinks too."""
        links: list[tuple[str, str]] = []
        for name in self._parts:
            if name.endswith(".rels"):
                try:
                    root = self.xml(name)
                except InputError as error:
                    if error.code != OutcomeCode.CORRUPT:
                        raise
                    continue  # of a part that is not read, else it had been refused before
                found = root.iter(_PACKAGE_REL + "Relationship") if root is not None else ()
                links += [
                    (relation.get("Type", "").rpartition("/")[2], relation.get("Target", ""))
                    for relation in found
                    if relation.get("TargetMode") == "External"
                ]
        return links

    def xml(self, part: str | None) -> Element | None:
        """Root of a part; None where there is no such part.

        Raises:
            InputError: the part is not XML, holds a document type, or is too big.
        """
        if part is None or part not in self._parts:
            return None
        data = self._read(part)
        for strict, transitional in _STRICT_NAMES.items():
            data = data.replace(strict, transitional)
        return _parse(data)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        if part not in self._known_relations:
            self._known_relations[part] = self._read_relations(part)
        return self._known_relations[part]

    def _read_relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", name + ".rels"))
        if root is None:
            return {}
        relations = {}
        for relation in root.iter(_PACKAGE_REL + "Relationship"):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                relations[relation.get("Id", "")] = (relation.get("Type", ""), target)
        return relations

    def _check(self, packed: int) -> None:
        infos = self._parts.values()
        total = sum(info.file_size for info in infos)
        if len(self._parts) > MAX_PARTS or total > MAX_TOTAL_BYTES:
            raise failure(OutcomeCode.ZIP_BOMB)
        if total > _RATIO_MATTERS_ABOVE and total > _MAX_RATIO * packed:
            raise failure(OutcomeCode.ZIP_BOMB)
        if any(info.flag_bits & _ENCRYPTED_FLAG for info in infos):
            raise failure(OutcomeCode.ENCRYPTED)

    def _read(self, part: str) -> bytes:
        try:
            with self._zip.open(self._parts[part]) as stream:
                data = stream.read(MAX_PART_BYTES + 1)
        except _BROKEN_ZIP as error:
            raise failure(OutcomeCode.CORRUPT) from error
        if len(data) > MAX_PART_BYTES:
            raise failure(OutcomeCode.ZIP_BOMB)
        return data


def alternative(element: Element) -> Element:
    """The branch of an ``mc:AlternateContent`` that is read: the first choice Word understands, else the fallback.

    A prefix that the file does not explain is taken for one of Word's own, as such files use the usual ones.
    """
    for choice in element.iterchildren(MC + "Choice"):
        needed = [choice.nsmap.get(prefix, W[1:-1]) for prefix in choice.get("Requires", "").split()]
        if all(name.startswith(_KNOWN_VOCABULARIES) for name in needed):
            return choice
    fallback = element.find(MC + "Fallback")
    return element.makeelement(MC + "Fallback") if fallback is None else fallback


def _parse(data: bytes) -> Element:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise failure(OutcomeCode.DTD_REFUSED)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise failure(OutcomeCode.CORRUPT) from error
    if (
        root.getroottree().docinfo.internalDTD is not None
    ):  # written in an encoding that the byte search does not see through
        raise failure(OutcomeCode.DTD_REFUSED)
    return root
