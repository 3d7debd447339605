import importlib.util
from pathlib import Path

from reviewer.domain.citation import QuoteStatus
from reviewer.handlers.builtin.synthesize import RuleSynthesizer

_SPEC = importlib.util.spec_from_file_location("documents", Path(__file__).parents[1] / "documents.py")
assert _SPEC
assert _SPEC.loader
made = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(made)
document, sentence = made.document, made.sentence

FIRST = document(
    "a",
    ("s2", "result", sentence("The later checklist result.")),
    ("s1", "result", sentence("The checklist helps lawyers.")),
    (None, "question", sentence("Does a checklist help?")),
)
SECOND = document(
    "b",
    ("s1", "result", sentence("A checklist hinders lawyers.")),
    ("s2", "", sentence("The checklist was long.")),
    title="On lists",
)


def test_synthesis_needs_two_documents_that_say_something() -> None:
    assert RuleSynthesizer().synthesize([]).statements == ()
    assert RuleSynthesizer().synthesize([FIRST]).statements == ()
    assert RuleSynthesizer().synthesize([FIRST, document("c")]).statements == ()


def test_synthesis_puts_what_each_document_says_side_by_side() -> None:
    synthesis = RuleSynthesizer().synthesize([FIRST, SECOND])
    assert synthesis.rater == "rule"
    assert [(each.facet, each.text) for each in synthesis.statements] == [
        ("question", "Does a checklist help?"),
        ("result", "The checklist helps lawyers."),
        ("result", "A checklist hinders lawyers."),
        ("shared", "2 of 2 documents speak of “checklist”."),
    ]


def test_synthesis_cites_only_what_results_hold() -> None:
    held = {
        (document.document.id, summary.section, citation)
        for document in (FIRST, SECOND)
        for summary in document.summaries
        for said in summary.sentences
        for citation in said.citations
    }
    for statement in RuleSynthesizer().synthesize([FIRST, SECOND]).statements:
        assert statement.citations
        for source in statement.citations:
            assert (source.document, source.section, source.citation) in held


def test_synthesis_leaves_out_sentences_whose_words_are_not_in_the_document() -> None:
    doubtful = document(
        "c",
        ("s1", "result", sentence("Invented checklist.", QuoteStatus.UNVERIFIED)),
        ("s2", "result", sentence("Almost a checklist.", QuoteStatus.NEAR)),
        ("s3", "result", sentence("A moved checklist.", QuoteStatus.MOVED)),
    )
    texts = [each.text for each in RuleSynthesizer().synthesize([SECOND, doubtful]).statements]
    assert "A moved checklist." in texts
    assert not any("Invented" in text or "Almost" in text for text in texts)


def test_synthesis_takes_a_word_that_a_document_uses_once_for_chance() -> None:
    documents = [document(name, ("s1", "", sentence("A checklist helps."))) for name in "ab"]
    assert RuleSynthesizer().synthesize(documents).statements == ()


def test_synthesis_names_at_most_five_shared_terms_the_most_used_first() -> None:
    words = "bravo charlie deltas echoes foxtrot golfing hotels"
    documents = [document(name, ("s1", "", sentence(words)), ("s2", "", sentence(words))) for name in "abc"]
    documents.append(document("d", ("s1", "", sentence("hotels again")), ("s2", "", sentence("more hotels"))))
    statements = RuleSynthesizer().synthesize(documents).statements
    assert len(statements) == 5
    assert statements[0].text == "4 of 4 documents speak of “hotels”."
    assert len(statements[0].citations) == 4
    assert "“bravo”" in statements[1].text
