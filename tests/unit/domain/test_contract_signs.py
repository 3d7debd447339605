import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.contract_signs import later_beginnings, reads_like_contract
from reviewer.domain.section import SectionKind

OPENING = "This Supply Agreement is made on 1 May 2026 between Acme Ltd and Beta GmbH.\n"
BODY = "The Supplier shall deliver the Goods to the other party under this agreement.\n" * 70
SIGNED = "Signed by Acme Ltd\n"


def placed(text: str, words: str, kind: SectionKind, start: int = 0) -> tuple[SectionKind, TextSpan]:
    at = text.index(words, start)
    return kind, TextSpan(at, at + len(words))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OPENING + BODY, True),
        ("The agreement of the parties. A party agrees to pay. Each shall act, and must not wait.", True),
        ("We measured the agreement of two raters. Each party of birds was counted twice.", False),
        ("You shall go, you must go, you will go.", False),
        (OPENING + "The party shall and must agree to this. " + "It rained all night over the hills. " * 2000, False),
    ],
)
def test_contract_speaks_of_parties_and_binds_them(text: str, expected: bool) -> None:
    assert reads_like_contract(text) is expected


def test_second_contract_begins_behind_the_first_one_s_signatures() -> None:
    text = OPENING + BODY + SIGNED + OPENING.replace("Supply Agreement", "Lease") + BODY
    sections = [placed(text, SIGNED, SectionKind.SIGNATURE)]
    (span,) = later_beginnings(text, sections)
    assert span.of(text) == "This Lease is made on 1 May 2026 between"


def test_opening_words_that_come_again_are_one_contract() -> None:
    unsigned = OPENING + BODY + OPENING + BODY
    assert later_beginnings(unsigned, []) == ()
    short = OPENING + SIGNED + OPENING + BODY
    assert later_beginnings(short, [placed(short, SIGNED, SectionKind.SIGNATURE)]) == ()
    assert later_beginnings(BODY, []) == ()


def test_form_in_a_schedule_is_no_second_contract() -> None:
    form = "Schedule 1\n" + OPENING + BODY
    text = OPENING + BODY + SIGNED + form
    sections = [placed(text, SIGNED, SectionKind.SIGNATURE), placed(text, form, SectionKind.SCHEDULE)]
    assert later_beginnings(text, sections) == ()
