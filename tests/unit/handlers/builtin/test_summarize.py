from collections.abc import Callable

import pytest

from reviewer.domain.section import SectionKind
from reviewer.domain.task import Task
from reviewer.handlers.builtin.summarize import SummarizeHandler, one_line

MakeTask = Callable[..., Task]
PAPER = (
    "Reading a contract takes a lawyer many hours of careful work every week.\n"
    "We ask whether a checklist makes lawyers find more errors in long contracts. "
    "We recruited forty lawyers and compared contracts read with a checklist and contracts read without one. "
    "Lawyers with a checklist found 31 percent more errors in contracts than law-\nyers without a checklist. "
    "This was also seen elsewhere (Smith and Miller 2019) and in other work on contracts [3, 4]. "
    "However, all contracts were short, and the lawyers knew that the errors were planted in them. "
    "It rained. "
) * 2


def test_summary_sentences_stand_in_the_text_exactly(make_task: MakeTask) -> None:
    judgements = SummarizeHandler().answer(make_task(PAPER, kind=SectionKind.SECTION))
    assert 1 <= len(judgements) <= 3
    assert [judgement.criterion for judgement in judgements] == [f"summary:{n}" for n in range(1, len(judgements) + 1)]
    starts = []
    for judgement in judgements:
        (evidence,) = judgement.evidence
        assert evidence.start is not None
        assert PAPER[evidence.start : evidence.start + len(evidence.quote)] == evidence.quote
        assert judgement.text == one_line(evidence.quote)
        starts.append(evidence.start)
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("heading", "path", "kind", "facet"),
    [
        ("Results", "", SectionKind.SECTION, "result"),
        ("Errors found", "4 Results > Errors found", SectionKind.SECTION, "result"),
        ("Methods", "", SectionKind.SECTION, "method"),
    ],
)
def test_summary_takes_its_facet_from_the_heading(
    make_task: MakeTask, heading: str, path: str, kind: SectionKind, facet: str
) -> None:
    judgements = SummarizeHandler().answer(make_task(PAPER, heading=heading, path=path, kind=kind))
    assert {judgement.value for judgement in judgements} == {facet}


def test_summary_of_an_abstract_takes_its_facets_from_the_sentences(make_task: MakeTask) -> None:
    judgements = SummarizeHandler().answer(make_task(PAPER * 2, heading="Abstract", kind=SectionKind.ABSTRACT))
    assert len({judgement.value for judgement in judgements}) > 1


def test_summary_says_nothing_twice(make_task: MakeTask) -> None:
    judgements = SummarizeHandler().answer(make_task(PAPER * 3))
    assert len({judgement.text for judgement in judgements}) == len(judgements) == 3


def test_summary_takes_no_short_sentence_and_none_that_cites(make_task: MakeTask) -> None:
    said = " ".join(judgement.text for judgement in SummarizeHandler().answer(make_task(PAPER)))
    assert "rained" not in said
    assert "Smith" not in said


def test_summary_of_a_short_text_is_one_sentence(make_task: MakeTask) -> None:
    text = "The Supplier delivers the goods to the store. The Customer pays the price of the goods in thirty days."
    assert len(SummarizeHandler().answer(make_task(text))) == 1


@pytest.mark.parametrize("text", ["", "Too short.", "word " * 100 + "."])
def test_summary_is_empty_when_no_sentence_is_fit(make_task: MakeTask, text: str) -> None:
    assert SummarizeHandler().answer(make_task(text)) == ()


def test_summary_is_the_same_every_time(make_task: MakeTask) -> None:
    assert SummarizeHandler().answer(make_task(PAPER)) == SummarizeHandler().answer(make_task(PAPER))


def test_one_line_joins_broken_words_and_keeps_compounds() -> None:
    assert one_line("obli-\ngation of a\nnon-Swiss well-known  firm") == "obligation of a non-Swiss well-known firm"
