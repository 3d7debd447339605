from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.edition import Edition
from reviewer.domain.errors import ExportError
from reviewer.domain.particular import Obligation
from reviewer.domain.report import Report
from reviewer.export.ics import IcsExporter, escaped, folded
from tests.fakes.reports import DOCUMENT, make_report
from tests.unit.export.test_particular_words import CITED, OBLIGATIONS, report


def calendar(*obligations: Obligation) -> str:
    documents = {DOCUMENT.id: replace(report(), obligations=obligations)}
    return IcsExporter().export(Edition(replace(make_report(), documents=documents))).decode("utf-8")


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_calendar_holds_what_has_a_day() -> None:
    lines = unfolded(calendar(*OBLIGATIONS))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20250630",
        "DTSTART;VALUE=DATE:20260301",
    ]
    assert "DTEND;VALUE=DATE:20250701" in lines
    assert "UID:d2@reviewer" in lines
    assert "SUMMARY:Customer: report" in lines
    (worked_out,) = [line for line in lines if "Worked out" in line]
    assert "check it" in worked_out


def test_same_run_gives_the_same_bytes_and_stamps_in_utc() -> None:
    first, second = (calendar(*OBLIGATIONS) for _ in range(2))
    assert first == second
    (stamp, *_) = [line for line in unfolded(first) if line.startswith("DTSTAMP:")]
    assert datetime.strptime(stamp.removeprefix("DTSTAMP:"), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def test_lines_are_short_and_values_escaped() -> None:
    long = Obligation("d", "Ä", "pay; a, b \\ " + "ü" * 200, "now\nthen", date(9999, 12, 31), None, CITED)
    text = calendar(long)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    (summary,) = [line for line in unfolded(text) if line.startswith("SUMMARY")]
    assert summary == "SUMMARY:Ä: pay\\; a\\, b \\\\ " + "ü" * 200
    assert "DTEND" not in text


def test_calendar_without_a_day_is_refused() -> None:
    with pytest.raises(ExportError, match="no day"):
        calendar(OBLIGATIONS[0])
    with pytest.raises(ExportError):
        IcsExporter().export(Edition(Report()))


@given(st.text())
def test_folding_loses_nothing(text: str) -> None:
    line = escaped(text)
    parts = folded(line).split("\r\n")
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert all(len(part.encode("utf-8", "replace")) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
