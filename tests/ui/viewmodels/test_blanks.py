from dataclasses import replace

import pytest

from reviewer.domain.finding import Synthesis
from reviewer.ui.viewmodels import blanks
from tests.fakes.reports import DOCUMENT, make_report

REPORT = make_report().documents[DOCUMENT.id]
BARE = replace(REPORT, summaries=(), translations=(), failures=(), routes=(), is_finished=True)


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (None, "Press Run"),
        (replace(BARE, is_finished=False), "Nothing yet."),
        (BARE, "Contracts are assessed: see Findings."),
        (replace(BARE, playbook=""), "The panel Where parts went tells why."),
    ],
)
def test_summary_blank_says_why(report: object, said: str) -> None:
    assert said in blanks.summary_blank(report)  # type: ignore[arg-type]  # the cases are reports or None


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (None, "Press Run"),
        (replace(BARE, is_finished=False), "Nothing yet."),
        (replace(BARE, routes=REPORT.routes), "Everything is in English; nothing to translate."),
        (replace(BARE, routes=(replace(REPORT.routes[0], language="de"),)), "Nothing was translated here."),
    ],
)
def test_translation_blank_says_why(report: object, said: str) -> None:
    assert said in blanks.translation_blank(report)  # type: ignore[arg-type]  # the cases are reports or None


def test_blanks_are_empty_when_there_is_something_to_show() -> None:
    assert blanks.summary_blank(REPORT) == ""
    assert blanks.translation_blank(REPORT) == ""
    assert blanks.routes_blank(REPORT) == ""
    assert blanks.synthesis_blank(make_report().synthesis) == ""


def test_synthesis_blank_says_what_it_needs() -> None:
    wanted = "A synthesis needs two or more papers in one run."
    assert blanks.synthesis_blank(None) == wanted
    assert blanks.synthesis_blank(Synthesis("rule", ())) == wanted


def test_routes_blank_tells_before_from_during_a_run() -> None:
    assert blanks.routes_blank(None).startswith("Press Run.")
    assert blanks.routes_blank(BARE) == "Finding where each part goes …"
