"""The package of a Word document: its XML parts and what they refer to."""

import posixpath

from reviewer.domain.errors import InputError
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.zip_parts import Element, ZipParts, parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PACKAGE_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_OFFICE_DOCUMENT = "/officeDocument"
# ISO 29500 "strict" files differ in the names of their namespaces only.
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = {
    b"http://purl.oclc.org/ooxml/officeDocument/math": MATH[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": DRAWING[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1].encode(),
}
_KNOWN_VOCABULARIES = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_USUAL_PREFIXES = {"wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "w16", "a14", "cx1", "v", "o", "m"}


class Package:
    """A checked ZIP. Nothing is unpacked before it is asked for; links to the outside are never followed.

    Raises:
        InputError: it is no ZIP, is encrypted, or would unpack to too much.
    """

    def __init__(self, data: bytes) -> None:
        self._parts = ZipParts(data)
        self._known_relations: dict[str, dict[str, tuple[str, str]]] = {}
        self._roots: dict[str, Element] = {}

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

    @property
    def content_type(self) -> str:
        """What the package says its document is; empty where it says nothing."""
        root = self.xml("[Content_Types].xml")
        wanted = "/" + self.main_part
        overrides = root.iter(_TYPES + "Override") if root is not None else ()
        return next((each.get("ContentType", "") for each in overrides if each.get("PartName") == wanted), "")

    @property
    def has_macros(self) -> bool:
        """True where a program is packed with the document. It is not looked into."""
        return any(name.lower().endswith("vbaproject.bin") for name in self._parts.names)

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
        for name in self._parts.names:
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
        if part not in self._roots:
            data = self._parts.read(part)
            if _STRICT in data:
                for strict, transitional in _STRICT_NAMES.items():
                    data = data.replace(strict, transitional)
            self._roots[part] = parse_xml(data)
        return self._roots[part]

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


def leading(element: Element, tag: str) -> Element | None:
    """The child with a tag that stands first when it is there, as properties do: faster than searching for it."""
    first = element[0] if len(element) else None
    return first if first is None or first.tag == tag else element.find(tag)


def alternative(element: Element) -> Element:
    """The branch of an ``mc:AlternateContent`` that is read: the first choice Word understands, else the fallback.

    A prefix that the file does not explain is taken for one of Word's own where Word has one of that name.
    """
    for choice in element.iterchildren(MC + "Choice"):
        if all(_is_understood(prefix, choice) for prefix in choice.get("Requires", "").split()):
            return choice
    fallback = element.find(MC + "Fallback")
    return element.makeelement(MC + "Fallback") if fallback is None else fallback


def _is_understood(prefix: str, choice: Element) -> bool:
    name = choice.nsmap.get(prefix)
    return prefix in _USUAL_PREFIXES if name is None else name.startswith(_KNOWN_VOCABULARIES)
