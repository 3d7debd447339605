"""What a run comes to over all its documents, and what its votes are worth: rows of the summary panel."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from reviewer.domain.independence import Independence, independence_of, questions_of
from reviewer.domain.report import Report
from reviewer.domain.shelf_report import ShelfReport, shelf_report
from reviewer.ui.viewmodels.prose import Cell, Row, Tone, one_line
from reviewer.ui.viewmodels.severity_words import severity_word

MOST = 5
"""So many reasons, and so many findings that documents share, are told."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Totals", text)


def total_rows(report: Report) -> list[Row]:
    """One heading, closed, and under it a sentence each; nothing of one document without votes. Linear in results."""
    found = shelf_report(report)
    is_one = found.documents + found.unread < 2  # it says so itself
    said = [*([] if is_one else _over_all(found)), *_votes(report)]
    if not said:
        return []
    rows = tuple(Row(("total", number), (Cell(one_line(text), tip=text),)) for number, text in enumerate(said))
    title = _tr("This run") if is_one else _tr("All documents of this run")
    cell = Cell(title, aside="" if is_one else _severities(found))
    return [Row("totals", (cell,), Tone.HEADING, None, rows, is_closed=True)]


def _over_all(found: ShelfReport) -> Iterator[str]:
    if found.findings or found.undecided:
        yield _to_look_at(found)
    parts, documents = _counted(_tr("1 part"), _tr("%1 parts"), found.parts), found.documents
    text = _tr("Read: %1 of %2 in %3.").replace("%1", str(found.analysed)).replace("%2", parts)
    yield text.replace("%3", _counted(_tr("1 document"), _tr("%1 documents"), documents))
    if found.unread:
        files = _counted(_tr("1 file"), _tr("%1 files"), found.unread)
        yield _tr("Could not be read: %1.").replace("%1", files)
    for reason, count in list(found.not_read.items())[:MOST]:
        parts = _counted(_tr("1 part"), _tr("%1 parts"), count)
        yield _tr("Left out, %1: %2").replace("%1", parts).replace("%2", reason)
    for title, count in list(found.common.items())[:MOST]:
        yield _tr("In %1 documents: %2").replace("%1", str(count)).replace("%2", title)


def _to_look_at(found: ShelfReport) -> str:
    text = _tr("To look at: %1.").replace("%1", _severities(found) or _tr("nothing"))
    if found.undecided:
        undecided = _counted(_tr("1 finding is"), _tr("%1 findings are"), found.undecided)
        text += " " + _tr("%1 for you to decide: the votes do not.").replace("%1", undecided)
    return text


def _severities(found: ShelfReport) -> str:
    """How many findings of each severity, the worst first."""
    return ", ".join(f"{count} {severity_word(each)}" for each, count in found.findings.items())


def _votes(report: Report) -> Iterator[str]:
    saved = sum(each.saved for each in report.documents.values())
    if saved:
        text = _tr("Saved: %1. The votes before had decided.")
        yield text.replace("%1", _counted(_tr("1 call"), _tr("%1 calls"), saved))
    found = independence_of(questions_of(report))
    if found is not None:
        yield _worth_of_one(found) if len(found.raters) == 1 else _worth(found)


def _worth_of_one(found: Independence) -> str:
    text = _tr("All votes are of one model, asked up to %1 times.").replace("%1", str(found.votes))
    if found.within is not None:
        steady = _tr("Any two of its answers agree in %1 of cases.").replace("%1", _percent(found.within))
        text = f"{text} {steady}"
    warning = _tr(
        "That shows how steady it is, not whether it is right: it repeats its own mistakes. A second model would tell "
        "more than further votes."
    )
    return f"{text} {warning}"


def _worth(found: Independence) -> str:
    between = _tr("Answers of different models agree in %1 of cases").replace("%1", _percent(found.between or 0.0))
    if found.effective is None or found.within is None:
        return f"{between}."
    text = _tr("%1, answers of one model in %2: %3 votes of %4 models are worth about %5 independent ones.")
    parts = (
        between,
        _percent(found.within),
        str(found.votes),
        str(len(found.raters)),
        f"{round(found.effective, 1):g}",
    )
    for number, part in enumerate(parts, start=1):
        text = text.replace(f"%{number}", part, 1)
    return text


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _counted(one: str, many: str, count: int) -> str:
    return one if count == 1 else many.replace("%1", str(count))
