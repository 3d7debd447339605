from collections.abc import Callable

from reviewer.domain.anchor import TextSpan
from reviewer.domain.clause import LEAD_CHARS, Clause, clauses_of, sentence_starts
from reviewer.domain.document import Document
from reviewer.domain.ids import SectionId
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SectionKind
from tests.fakes.documents import make_document

MakeDocument = Callable[..., Document]


def section(name: str, start: int, end: int, parent: str = "", heading: str = "", own_end: int = 0) -> Section:
    above = SectionId(parent) if parent else None
    own = TextSpan(start, own_end or end)
    return Section(SectionId(name), SectionKind.CLAUSE, "", heading, 1, above, TextSpan(start, end), own)


def test_clause_goes_on_with_the_unfinished_sentence_above_it() -> None:
    head = "5 Liability\nThe cap is low. The limit of liability shall not apply to claims that rest on:\n"
    text = f"{head}(a) fraud; or\n(b) death.\n"
    document = make_document(text)
    end, middle = len(text), len(head) + 14
    cut = [
        section("top", 0, end, heading="Liability", own_end=len(head)),
        section("a", len(head), middle, "top"),
        section("b", middle, end, "top"),
    ]
    top, first, second = clauses_of(project(document), cut)
    assert top.text == head
    assert (top.lead, top.above, top.section) == ("", (), SectionId("top"))
    assert first.lead == "The limit of liability shall not apply to claims that rest on:"
    assert first.above == ("Liability",)
    assert second.lead == first.lead
    assert second.span.of(text) == "(b) death.\n"


def test_clause_under_a_whole_sentence_stands_alone() -> None:
    text = "The parties agree to all of what stands below here.\n(a) One.\n"
    cut = [section("top", 0, len(text), own_end=52), section("a", 52, len(text), "top")]
    assert clauses_of(project(make_document(text)), cut)[1].lead == ""


def test_long_unfinished_sentence_is_cut_at_its_beginning() -> None:
    head = "word " * 300
    text = f"{head}\n(a) One.\n"
    cut = [section("top", 0, len(text), own_end=len(head)), section("a", len(head), len(text), "top")]
    assert len(clauses_of(project(make_document(text)), cut)[1].lead) == LEAD_CHARS


def test_body_begins_after_the_heading() -> None:
    assert Clause("5. Term. It ends.", "Term").body == 7
    assert Clause("It ends.", "Term").body == 0
    assert Clause("It ends.").body == 0
    assert Clause("It ends when it does. " * 4, "It ends when it does. " * 3).body == 0


def test_sentences_end_at_stops_semicolons_and_empty_lines() -> None:
    text = "One is. (Two) is; Three\n\nfour."
    assert [text[start:][:4] for start in sentence_starts(text)] == ["One ", "(Two", "Thre", "four"]
