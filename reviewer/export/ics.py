"""The days of a report as a calendar (RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from reviewer.domain.edition import Edition
from reviewer.domain.errors import ExportError
from reviewer.domain.inert import inert
from reviewer.domain.particular import Basis, Obligation, in_order
from reviewer.domain.report import DocumentReport
from reviewer.export import words

NO_DAYS = "no_days"
_LINE_BYTES = 75
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class IcsExporter:
    """Every obligation and deadline that has a day, as an event of the whole day: no hour, no time zone.

    The same contract gives the same UIDs, so that a calendar brings an event up to date and does not double it.
    """

    format = "ics"
    suffix = ".ics"

    def export(self, edition: Edition) -> bytes:
        """UTF-8 with CRLF, lines folded at 75 bytes.

        Raises:
            ExportError: ``no_days``; a calendar without an event is none.
        """
        run = edition.report.run
        stamp = (run.finished_at or run.started_at) if run else _NEVER
        documents = edition.report.documents.values()
        events = [line for each in documents for line in _events(each, stamp.astimezone(UTC))]
        if not events:
            raise ExportError(
                NO_DAYS,
                "The contracts of this run name no day that a calendar could hold.",
                "Look at the report: duties without a day, such as *within 30 days*, are listed there.",
            )
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Reviewer//Contract dates//EN", "CALSCALE:GREGORIAN"]
        return "".join(f"{folded(line)}\r\n" for line in (*lines, *events, "END:VCALENDAR")).encode("utf-8", "replace")


def _events(report: DocumentReport, stamp: datetime) -> Iterator[str]:
    for each in in_order(report.obligations):
        if each.day is not None:
            yield from _event(report, each, each.day, stamp)


def _event(report: DocumentReport, obligation: Obligation, day: date, stamp: datetime) -> Iterator[str]:
    who = f"{obligation.who}: " if obligation.who else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{obligation.id}@reviewer"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    if day < date.max:
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(f'{who}{obligation.what}')}"
    yield f"DESCRIPTION:{escaped(_description(report, obligation))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(report: DocumentReport, obligation: Obligation) -> str:
    worked_out = "Worked out, not stated: check it. " if obligation.basis is Basis.INFERRED else ""
    place = words.place(report, obligation.section)
    quotes = " / ".join(f"“{' '.join(each.quote.split())}”" for each in obligation.citations)
    return f"{worked_out}{obligation.when}\n{report.document.name}, {place}\n{quotes}"


def escaped(text: str) -> str:
    """A text as a property's value. Other control characters than line breaks are left out."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return inert("".join(each for each in text if each >= " " or each == "\t"))


def folded(line: str) -> str:
    """A line cut at 75 bytes, between characters; each further one begins with a blank."""
    parts, size = [""], 0
    for character in line:
        length = len(character.encode("utf-8", "replace"))
        if size + length > _LINE_BYTES:
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += length
    return "\r\n".join(parts)
