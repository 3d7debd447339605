"""What the window says about what the next run is told, and what it still needs to be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from reviewer.ui.viewmodels.instructions import VERSIONS, Need
from reviewer.ui.viewmodels.session import Session, ShelfFile

SHOWN_CHARS = 140


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and what can be done about it.

    Attributes:
        action: what the button says; empty for none.
        is_missing: nothing can be run before something is done.
    """

    text: str
    action: str = ""
    is_missing: bool = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("Instructions", text)


def instruction_words(session: Session) -> Said | None:
    """What the strip says; None where the workflow needs nothing."""
    match session.instructions.need:
        case Need.QUESTIONS:
            return _of_questions(session.instructions.questions)
        case Need.VERSIONS:
            return _of_versions(session.ordered())
        case Need.NOTHING:
            return None


def _of_questions(questions: Sequence[str]) -> Said:
    if not questions:
        return Said(
            _tr("Write what to find in each document, one question a line."), _tr("Write questions…"), is_missing=True
        )
    listed = _short("  ·  ".join(questions))
    count = _tr("1 question") if len(questions) == 1 else _tr("%1 questions").replace("%1", str(len(questions)))
    return Said(f"{count}: {listed}", _tr("Change…"))


def _of_versions(files: Sequence[ShelfFile]) -> Said:
    if len(files) == VERSIONS:
        text = _tr("Earlier version: %1.  Later version: %2.").replace("%1", files[0].name)
        return Said(text.replace("%2", files[1].name), _tr("Swap"))
    if not files:
        return Said(_tr("Add the two versions to compare: the earlier and the later one."), is_missing=True)
    if len(files) == 1:
        return Said(_tr("Two versions are compared. Add the other version of this document."), is_missing=True)
    text = _tr("Two versions are compared, and here are %1 documents. Remove those that are not to be compared.")
    return Said(text.replace("%1", str(len(files))), is_missing=True)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_CHARS else f"{text[: SHOWN_CHARS - 1].rstrip()}…"
