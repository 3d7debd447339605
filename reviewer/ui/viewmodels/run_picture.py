"""The picture of a run as the window shows it: ids become names, and all words can be translated."""

from PySide6.QtCore import QCoreApplication

from reviewer.domain.run_picture import Answerer, Answering, RunPicture, Way
from reviewer.domain.workflow import Aggregation, SplitUnit
from reviewer.ui.translation import QT_TRANSLATE_NOOP
from reviewer.ui.viewmodels import wording

_UNITS = {
    SplitUnit.SECTION: QT_TRANSLATE_NOOP("RunPicture", "sections"),
    SplitUnit.HEADING: QT_TRANSLATE_NOOP("RunPicture", "by headings"),
    SplitUnit.PARAGRAPH: QT_TRANSLATE_NOOP("RunPicture", "paragraphs"),
    SplitUnit.PAGE: QT_TRANSLATE_NOOP("RunPicture", "pages"),
    SplitUnit.PATTERN: QT_TRANSLATE_NOOP("RunPicture", "by marks in the text"),
    SplitUnit.WINDOW: QT_TRANSLATE_NOOP("RunPicture", "pieces of one length"),
    SplitUnit.DOCUMENT: QT_TRANSLATE_NOOP("RunPicture", "whole documents"),
}
_RESULTS = {
    Aggregation.POSITIONS: QT_TRANSLATE_NOOP("RunPicture", "findings, and what is missing"),
    Aggregation.COLLECT: QT_TRANSLATE_NOOP("RunPicture", "results part by part"),
    Aggregation.CHANGES: QT_TRANSLATE_NOOP("RunPicture", "what the later version changes, weighty words first"),
}
_WHO = {
    Answerer.MODEL: QT_TRANSLATE_NOOP("RunPicture", "by a model"),
    Answerer.CHECKS: QT_TRANSLATE_NOOP("RunPicture", "by the built-in checks"),
    Answerer.NOBODY: QT_TRANSLATE_NOOP("RunPicture", "needs a model"),
    Answerer.WORKFLOW: QT_TRANSLATE_NOOP("RunPicture", "by the workflow %1"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunPicture", text)


def picture_title(picture: RunPicture) -> str:
    """The workflow, and how many documents it gets."""
    return f"{picture.title}: {_counted(_tr('1 document'), _tr('%1 documents'), picture.documents)}"


def picture_stages(picture: RunPicture) -> list[tuple[str, tuple[str, ...]]]:
    """The four stages with their lines."""
    return [
        (_tr("Cut"), (f"{_parts(picture.parts)} ({_tr(_UNITS[picture.unit])})",)),
        (_tr("Send"), tuple(map(_way, picture.ways)) or (_tr("nothing"),)),
        (_tr("Answer"), tuple(map(_answering, picture.answering)) or (_tr("nobody"),)),
        (_tr("Bring together"), (_result(picture),)),
    ]


def _way(way: Way) -> str:
    name = wording.route_name(way.name) if way.name else _tr("A model decides")
    return f"{name}: {way.count}"


def _answering(each: Answering) -> str:
    who = _tr(_WHO[each.by]).replace("%1", each.workflow)
    votes = _counted(_tr("at most 1 vote each"), _tr("at most %1 votes each"), each.votes) if each.votes else ""
    asked = _counted(_tr("1 question each"), _tr("%1 questions each"), each.questions) if each.questions else ""
    then = ""
    if each.most_parts:
        then = _tr("then up to %1 parts of %2").replace("%1", str(each.most_parts))
        then = then.replace("%2", wording.route_name(each.parts_of))
    how = ", ".join(filter(None, (_parts(each.count), who, votes, asked, then)))
    return f"{wording.route_name(each.name)}: {how}"


def _result(picture: RunPicture) -> str:
    said = _tr(_RESULTS[picture.result])
    if picture.together is None:
        return said
    text = _tr("%1; then the documents together, %2").replace("%1", said)
    return text.replace("%2", _tr(_WHO[picture.together]))


def _parts(count: int) -> str:
    return _counted(_tr("1 part"), _tr("%1 parts"), count)


def _counted(one: str, many: str, count: int) -> str:
    return one if count == 1 else many.replace("%1", str(count))
