import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.check import Check
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.document import DocumentWarning
from reviewer.domain.edition import Edition, for_export
from reviewer.domain.events import DocumentFailed, StepFailed
from reviewer.domain.finding import Finding, WordEdit
from reviewer.domain.outcome import Friction, Severity
from reviewer.domain.report import Report
from reviewer.export.markdown import MarkdownExporter
from tests.fakes.reports import DOCUMENT, make_report


def markdown(report: Report) -> str:
    return MarkdownExporter().export(Edition(report)).decode("utf-8")


def with_findings(report: Report, **changes: object) -> Report:
    """Every finding changed alike."""
    only = report.documents[DOCUMENT.id]
    changed: tuple[Finding, ...] = tuple(replace(each, **changes) for each in only.findings)  # type: ignore[arg-type]  # fields of it
    return replace(report, documents={DOCUMENT.id: replace(only, findings=changed)})


def unescaped(text: str) -> str:
    """What is left of a Markdown text without its escaped characters."""
    return re.sub(r"\\[!-/:-@\[-`{-~]", "", text)


def test_report_shows_findings_worst_first() -> None:
    text = markdown(make_report())
    headings = re.findall(r"^### (\w+): (\w+)", text, re.MULTILINE)
    assert headings == [("CRITICAL", "Liability"), ("HIGH", "Fees"), ("HIGH", "Audit"), ("INFO", "Term")]


def test_report_shows_votes_quotes_and_what_to_do() -> None:
    text = markdown(make_report())
    assert "“liable without limit” (Quote: exact, p. 1)" in text
    assert "- Gap: Wanted: better." in text
    assert "- Who may accept: Head of Legal" in text
    assert "- Looked in: headings" in text
    assert "not counted: its quote is not in the document" in text
    assert "acceptable fallback 2" in text


def test_report_shows_the_least_change_what_it_does_and_what_to_accept() -> None:
    edit = WordEdit(Citation("ninety days", QuoteStatus.VERIFIED), "30 days")
    report = with_findings(make_report(), edit=edit, if_refused="45 days.", friction=Friction.BLOCKS)
    text = markdown(report)
    assert "- Least change: Change “ninety days” to “30 days”." in text
    assert "- If refused: 45 days." in text
    assert "- What it does: stops the business" in text


def test_report_shows_summaries_translations_synthesis_and_failures() -> None:
    text = markdown(make_report())
    assert "- **Whole document**: Thirty days." in text
    assert "1 part is not translated. Name a model." in text
    assert "  - 60 days (check: the numbers differ)" in text
    assert "- All pay late." in text
    assert "- Failed: 3 Term, assess: Too late." in text


def test_report_shows_a_synthesis_that_failed() -> None:
    failure = StepFailed(None, None, "synthesize", "openai/a", "timeout", "Too late.")
    assert "- Failed: bringing the documents together: Too late." in markdown(
        replace(make_report(), failures=(failure,), synthesis=None)
    )


def test_report_shows_what_the_rules_found_and_how_many_places_more() -> None:
    report = make_report()
    (key, document), *_ = report.documents.items()
    citations = tuple(Citation(f"place {number}", QuoteStatus.UNVERIFIED) for number in range(5))
    check = Check("blank", Severity.MEDIUM, "5 blanks are *not* filled in.", citations)
    shown = markdown(replace(report, documents={key: replace(document, checks=(check,))}))
    assert "### Checked by rules" in shown
    assert r"- **MEDIUM** 5 blanks are \*not\* filled in." in shown
    assert "place 2" in shown
    assert "place 3" not in shown
    assert "  - and 2 more places" in shown
    assert "Checked by rules" not in markdown(report)


def test_report_without_results_is_short() -> None:
    assert markdown(Report()) == "# Review report\n"


def test_report_shows_warnings_and_files_that_failed() -> None:
    report = make_report()
    only = replace(report.documents[DOCUMENT.id], warnings=(DocumentWarning("x", "Mind the gap."),))
    failed = (DocumentFailed("a_b.pdf", "broken", "It is damaged.", "Save it again."),)
    text = markdown(replace(report, documents={DOCUMENT.id: only}, failed_files=failed))
    assert "> Note: Mind the gap." in text
    assert r"- **a\_b.pdf**: It is damaged. Save it again." in text


HOSTILE = [
    "![x](file:///etc/passwd)",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "**bold** `code` | cell ~~gone~~",
    "&lt;img src=x&gt; &#60;b&#62;",
    "# heading\n\n- list\n\n---\n\n~~~\ncode",
    "<!-- comment",
    "line\r\n    indented code",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_texts_of_documents_and_models_format_nothing(hostile: str) -> None:
    report = with_findings(make_report(), rationale=hostile, title=hostile, gap=hostile, suggestion=hostile)
    plain = with_findings(make_report(), rationale="plain", title="plain", gap="plain", suggestion="plain")
    assert re.sub(r"[^\[\]!<>`*|~&]", "", unescaped(markdown(report)).replace("!", "")) == re.sub(
        r"[^\[\]!<>`*|~&]", "", unescaped(markdown(plain)).replace("!", "")
    )
    assert len(markdown(report).splitlines()) == len(markdown(plain).splitlines())


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("- a list", r"\- a list"),
        ("+ a list", r"\+ a list"),
        ("12. a list", r"12\. a list"),
        ("3) a list", r"3\) a list"),
        ("=== under", r"\=== under"),
        ("~~~ fence", r"\~\~\~ fence"),
    ],
)
def test_a_line_that_begins_like_a_list_is_none(said: str, written: str) -> None:
    assert written in markdown(with_findings(make_report(), rationale=said)).splitlines()


@pytest.mark.parametrize("address", ["https://evil.example/a", "www.evil.example", "WWW.evil.example", "file:///etc"])
def test_bare_addresses_are_no_links_and_keep_their_letters(address: str) -> None:
    text = markdown(with_findings(make_report(), rationale=f"See {address}."))
    assert address not in text
    assert f"See {address}." in text.replace("\\", "")


@given(st.text(max_size=60))
def test_nothing_unescaped_is_left_of_any_text(said: str) -> None:
    text = markdown(with_findings(make_report(), rationale=f"@@{said}@@"))
    (line,) = [each for each in text.split("\n") if each.startswith("@@")][:1]
    assert not set("`*_[]<>#|~&") & set(unescaped(line))


def test_export_is_utf8_even_with_half_a_character_pair() -> None:
    assert "\\ud800" in markdown(with_findings(make_report(), rationale="broken \ud800 text"))


def test_report_shows_decisions_and_says_what_it_leaves_out() -> None:
    report = make_report()
    first, second, *_ = report.documents[DOCUMENT.id].findings
    standings = {
        first.id: Standing(Status.DISMISSED, DismissReason.TRIVIAL),
        second.id: Standing(Status.AGREED, note="Raise *first*."),
    }
    whole = Edition(report, standings=standings)

    everything = MarkdownExporter().export(whole).decode("utf-8")
    handed_on = MarkdownExporter().export(for_export(whole)).decode("utf-8")

    assert "- Decision: dismissed: trivial" in everything
    assert "Left out" not in everything
    assert "- Decision: agreed" in handed_on
    assert "- Note: Raise \\*first\\*." in handed_on
    assert "Left out: 1 finding dismissed." in handed_on
    assert first.rationale in everything
    assert first.rationale not in handed_on


def test_report_names_a_model_that_answered_for_another() -> None:
    text = markdown(replace(make_report(), substitutes=(("openai/gpt-4o", "tiny-1b"),)))
    assert "> Note: openai/gpt-4o was asked, and tiny-1b answered." in text


def test_report_says_what_each_clause_is_about() -> None:
    text = markdown(make_report())
    assert "| Clause | About |" in text
    assert "| Cap on liability |" in text
    (report,) = make_report().documents.values()
    bare = replace(make_report(), documents={report.document.id: replace(report, labels=())})
    assert "What each clause is about" not in markdown(bare)
