"""Documents, sections, routes and quotes as the JSON of the command line."""

from collections.abc import Sequence
from typing import Any

from reviewer.assets import label_titles
from reviewer.domain.anchor import Box
from reviewer.domain.check import Check
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.document import Block, Cell, Document
from reviewer.domain.events import DocumentHeader, RoutedItem
from reviewer.domain.finding import Label
from reviewer.domain.projection import Projection, View, project, takes_part
from reviewer.domain.reference import read_reference
from reviewer.domain.section import Section, SectionKind
from reviewer.ports.handling import CheckRule


def document_header(header: DocumentHeader) -> dict[str, Any]:
    """The ``document`` object of every schema."""
    return {
        "id": header.id,
        "name": header.name,
        "media_type": header.media_type,
        "page_count": header.page_count,
        "language": header.language or None,
        "title": header.title or None,
    }


def box(value: Box | None) -> list[float] | None:
    """``[x0, y0, x1, y1]`` in points, origin top left, to a hundredth of a point."""
    if value is None:
        return None
    return [round(each, 2) for each in (value.x0, value.y0, value.x1, value.y1)]


def document_json(document: Document, header: DocumentHeader, view: View | None = None) -> dict[str, Any]:
    """``reviewer.document/1``; with a view its name, and only the blocks that take part in it.

    ``text`` is the whole text all the same, so offsets do not change.
    """
    blocks = [block for block in document.blocks if view is None or takes_part(block, view)]
    return {
        "schema": "reviewer.document/1",
        "document": document_header(header),
        **({"view": view.value} if view else {}),
        "text": document.text,
        "blocks": [_block_json(block, document.text) for block in blocks],
        "warnings": warnings_json(document),
    }


def cell_json(cell: Cell | None, text: str) -> dict[str, Any] | None:
    """A cell's place and the words of its headings; the text is the whole document's."""
    if cell is None:
        return None
    return {
        "table": cell.table,
        "row": cell.row,
        "column": cell.column,
        "columns": cell.columns,
        "row_headings": [" ".join(span.of(text).split()) for span in cell.row_headings],
        "column_headings": [" ".join(span.of(text).split()) for span in cell.column_headings],
    }


def _block_json(block: Block, text: str) -> dict[str, Any]:
    return {
        "start": block.span.start,
        "end": block.span.end,
        "kind": block.kind.value,
        "page": block.page,
        "box": box(block.box),
        "number": block.number,
        "level": block.level,
        "visibility": block.visibility.value,
        "author": block.author or None,
        "locator": block.locator or None,
        "cell": cell_json(block.cell, text),
    }


def checks_json(header: DocumentHeader, checks: Sequence[Check]) -> dict[str, Any]:
    """``reviewer.checks/1``."""
    return {
        "schema": "reviewer.checks/1",
        "document": document_header(header),
        "checks": [check_json(each) for each in checks],
    }


def check_json(check: Check) -> dict[str, Any]:
    """A check as every schema shows it."""
    return {
        "rule": check.rule,
        "severity": check.severity.value,
        "message": check.message,
        "citations": [citation_json(each) for each in check.citations],
    }


def rules_json(rules: Sequence[CheckRule]) -> dict[str, Any]:
    """``reviewer.rules/1``: what the linter looks for."""
    return {
        "schema": "reviewer.rules/1",
        "rules": [
            {"id": each.id, "title": each.title, "severity": each.severity.value, "explanation": each.explanation}
            for each in rules
        ],
    }


def warnings_json(document: Document) -> list[dict[str, Any]]:
    """The warnings of a document."""
    return [{"code": each.code, "message": each.message, "page": each.page} for each in document.warnings]


def section_list_json(sections: Sequence[Section], document: Document | None) -> list[dict[str, Any]]:
    """The sections of a document, without their text where it is not at hand. References say what they name."""
    visible = project(document) if document is not None else None
    text = document.text if document is not None else None
    return [_section_json(section, text, visible) for section in sections]


def _section_json(section: Section, text: str | None, visible: Projection | None) -> dict[str, Any]:
    is_reference = visible is not None and section.kind is SectionKind.REFERENCE
    # An entry that goes on on the next page holds the page's foot, which is no part of what it says.
    words = visible.from_document(section.own).of(visible.text) if visible is not None and is_reference else ""
    return {
        "id": section.id,
        "kind": section.kind.value,
        "number": section.number or None,
        "heading": section.heading or None,
        "level": section.level,
        "parent": section.parent,
        "start": section.span.start,
        "end": section.span.end,
        "text": None if text is None else section.span.of(text),
        "own_start": section.own.start,
        "own_end": section.own.end,
        **({"reference": reference_json(words)} if words else {}),
    }


def reference_json(text: str) -> dict[str, Any]:
    """What an entry in a list of references names; None or an empty list where it does not print it."""
    found = read_reference(text)
    return {"doi": found.doi or None, "year": found.year, "authors": list(found.authors)}


def label_json(label: Label) -> dict[str, Any]:
    """A label of a section, with what people read for it and the signs it rests on."""
    return {
        "section": label.section,
        "label": label.label,
        "title": label_titles().get(label.label, label.label),
        "confidence": label.confidence,
        "reason": label.reason,
    }


def sections_json(
    document: Document, header: DocumentHeader, sections: Sequence[Section], labels: Sequence[Label] = ()
) -> dict[str, Any]:
    """``reviewer.sections/1``."""
    return {
        "schema": "reviewer.sections/1",
        "document": document_header(header),
        "sections": section_list_json(sections, document),
        "labels": [label_json(each) for each in labels],
        "warnings": warnings_json(document),
    }


def route_json(routed: RoutedItem) -> dict[str, Any]:
    """One item's route."""
    return {
        "item": routed.item,
        "text": routed.text,
        "language": routed.language or None,
        "route": routed.route.route,
        "confidence": round(routed.route.confidence, 4),
        "method": routed.route.method.value,
        "reason": routed.route.reason,
        **({"also": list(routed.route.also)} if routed.route.also else {}),
    }


def quote_json(quote: str, citation: Citation) -> dict[str, Any]:
    """One checked quote."""
    anchor = citation.anchor
    return {
        "quote": quote,
        "status": citation.status.value,
        "start": anchor.span.start if anchor else None,
        "end": anchor.span.end if anchor else None,
        "page": anchor.page if anchor else None,
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation; what is not in the document has no place. Where it differs, ``document_quote`` is the document's."""
    anchor = citation.anchor
    return {
        "start": anchor.span.start if anchor else None,
        "end": anchor.span.end if anchor else None,
        "quote": anchor.quote.exact if anchor and citation.status is not QuoteStatus.NEAR else citation.quote,
        "page": anchor.page if anchor else None,
        "page_label": (anchor.label or None) if anchor else None,
        "boxes": [box(each) for each in anchor.boxes] if anchor else [],
        "status": citation.status.value,
        **({"hidden": citation.hidden} if citation.hidden else {}),
        **({"document_quote": anchor.quote.exact} if anchor and citation.status is QuoteStatus.NEAR else {}),
    }
