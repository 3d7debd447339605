import json
from dataclasses import replace

import pytest

from reviewer.domain.outcome import Outcome, Severity
from reviewer.handlers.llm.interactions import ModelInteractions
from reviewer.ports.handling import InvalidReplyError
from tests.fakes.reports import LIABILITY, make_finding, make_report

ASK = ModelInteractions("Read together.")
CAP = make_finding("cap", Outcome.DEVIATES, Severity.HIGH, LIABILITY)
LAW = make_finding("law", Outcome.MISSING, Severity.LOW, None)
OPEN = make_finding("open", Outcome.NOT_ASSESSED, Severity.INFO, None)
REPORT = replace(next(iter(make_report().documents.values())), findings=(CAP, OPEN, LAW))


def reply(*said: tuple[list[str], str]) -> str:
    found = [{"title": "T", "text": "Both.", "severity": severity, "findings": numbers} for numbers, severity in said]
    return json.dumps({"interactions": found})


def test_request_lists_findings_with_their_place_and_quote_behind_a_mark() -> None:
    user = ASK.request(REPORT, 1, "d" * 32).user
    assert 'F1 [2 Liability] Cap: deviates. The cap is deviates.; "liable without limit"' in user
    assert "F2 [whole document] Law: missing." in user
    assert "Open" not in user
    first, *_, last = user.splitlines()
    assert first == last == f"=== {'d' * 32} ==="


def test_reply_names_findings_worst_first() -> None:
    found = ASK.read(REPORT, reply((["F1", "F2"], "low"), (["F2", "F1", "F2"], "high")), "m")
    assert [(each.severity, each.findings, each.by) for each in found] == [
        (Severity.HIGH, (LAW.id, CAP.id), "m"),
        (Severity.LOW, (CAP.id, LAW.id), "m"),
    ]


def test_what_rests_on_one_finding_or_on_none_there_is_is_dropped() -> None:
    assert ASK.read(REPORT, reply((["F1"], "low"), (["F1", "F9"], "low")), "m") == ()


def test_reply_of_another_shape_is_refused() -> None:
    with pytest.raises(InvalidReplyError):
        ASK.read(REPORT, reply((["F1", "F2"], "awful")), "m")
