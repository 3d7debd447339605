"""Two versions compared, as the JSON of the command line."""

from typing import Any

from reviewer.domain.anchor import TextSpan
from reviewer.domain.comparison import Change, Comparison, SectionFate
from reviewer.domain.events import DocumentHeader
from reviewer.domain.section import Section
from reviewer.export.json_documents import document_header

_FLAGS = ("inserted", "deleted", "changed", "moved", "renumbered", "same")


def comparison_json(
    old: DocumentHeader, new: DocumentHeader, comparison: Comparison, untracked: Comparison | None
) -> dict[str, Any]:
    """``reviewer.comparison/1``. Offsets are of the ``text`` of the old and of the new document.

    ``untracked`` is null where the new version has no tracked changes.
    """
    return {
        "schema": "reviewer.comparison/1",
        "old": document_header(old),
        "new": document_header(new),
        **_comparison(comparison),
        "untracked": _comparison(untracked) if untracked else None,
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "is_same": comparison.is_same,
        "sections": [_fate(each) for each in comparison.sections],
        "changes": [_change(each) for each in comparison.changes],
    }


def _fate(fate: SectionFate) -> dict[str, Any]:
    return {
        "old": _section(fate.old),
        "new": _section(fate.new),
        "status": [flag for flag in _FLAGS if getattr(fate, f"is_{flag}")],
    }


def _section(section: Section | None) -> dict[str, Any] | None:
    if section is None:
        return None
    return {"id": section.id, "kind": section.kind.value, "number": section.number, "heading": section.heading}


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "old": _words(change.old, change.old_words, change.old_section),
        "new": _words(change.new, change.new_words, change.new_section),
        "weights": [weight.value for weight in change.weights],
        "is_weighty": change.is_weighty,
        "follows_numbers": change.follows_numbers,
        "is_doubtful": change.is_doubtful,
    }


def _words(span: TextSpan, words: str, section: Section | None) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": words, "section": section.id if section else None}
