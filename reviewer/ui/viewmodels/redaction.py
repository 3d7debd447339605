"""What is replaced in a document, in pieces that a view can show one after the other."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication

from reviewer.services.redactions import RedactionPreview
from reviewer.ui.translation import QT_TRANSLATE_NOOP

CONTEXT = "Redaction"
_KINDS = {
    "PARTY": QT_TRANSLATE_NOOP("Redaction", "listed names"),
    "NUMBER": QT_TRANSLATE_NOOP("Redaction", "listed numbers"),
}


def pieces(made: RedactionPreview) -> Iterator[tuple[str, str, str]]:
    """The visible text from its beginning to its end: text that stays, words that are replaced, their placeholder."""
    done = 0
    for place in made.redaction.replaced:
        yield made.visible[done : place.span.start], place.span.of(made.visible), place.placeholder
        done = place.span.end
    yield made.visible[done:], "", ""


def counted(counts: Sequence[tuple[str, int]], *, is_on: bool) -> str:
    """At how many places each kind is replaced, in a line; or that nothing is, and why."""
    if not counts and not is_on:
        return _translated(QT_TRANSLATE_NOOP("Redaction", "Nothing is replaced: Replace is off. Text goes as it is."))
    if not counts:
        return _translated(QT_TRANSLATE_NOOP("Redaction", "Nothing in this document would be replaced."))
    named = (f"{_translated(_KINDS[kind]) if kind in _KINDS else kind} {count}" for kind, count in counts)
    places = _translated(QT_TRANSLATE_NOOP("Redaction", "Places that are replaced: %1"))
    return places.replace("%1", ", ".join(named))


def _translated(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
