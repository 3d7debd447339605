import pytest

from reviewer.domain.citation import Citation, QuoteStatus


@pytest.mark.parametrize(
    ("status", "is_evidence"),
    [
        (QuoteStatus.VERIFIED, True),
        (QuoteStatus.MOVED, True),
        (QuoteStatus.NEAR, False),
        (QuoteStatus.UNVERIFIED, False),
    ],
)
def test_citation_is_evidence_only_when_the_words_are_in_the_document(status: QuoteStatus, is_evidence: bool) -> None:
    assert Citation("words", status).is_evidence is is_evidence
