from reviewer.domain.section import SplitAs
from reviewer.parsing.doc_kind import detect_kind


def test_agreement_reads_like_a_contract() -> None:
    text = "This Services Agreement is between the parties. WHEREAS ... The Supplier shall pay. 1.1 Governing law."
    assert detect_kind(text) is SplitAs.CONTRACT


def test_study_reads_like_a_paper() -> None:
    text = (
        "Title\n\nAbstract\n\nWe show that [1] holds (Smith et al., 2019).\n\nIntroduction\n\nReferences\n\ndoi:10.1/2"
    )
    assert detect_kind(text) is SplitAs.PAPER


def test_german_contract_reads_like_a_contract() -> None:
    assert detect_kind("Dieser Vertrag regelt die Pflichten der Parteien.\n§ 1 Haftung\n") is SplitAs.CONTRACT


def test_text_that_says_nothing_is_a_contract() -> None:
    assert detect_kind("") is SplitAs.CONTRACT
