import re
from dataclasses import replace

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.playbook import (
    Playbook,
    Position,
    PositionTest,
    Signals,
    assess,
    choose_playbook,
    least_change,
    text_pattern,
)


def position(*tests: PositionTest, headings: tuple[str, ...] = (), phrases: tuple[str, ...] = ("notice",)) -> Position:
    return Position(
        id="p", title="P", question="q", category="c", signals=Signals(headings, phrases), tests=tests, preferred="p",
        wording="w", fallbacks=(), walk_away="w", severity=Severity.HIGH, missing_severity=Severity.LOW,
        if_missing="i", guidance="g",
    )  # fmt: skip


def playbook(name: str, detect: Signals) -> Playbook:
    return Playbook(name, 1, "T", "t", "s", "l", ("en",), detect, (position(),))


NOTICE = PositionTest(Outcome.DEVIATES, "Long.", number="notice of {number} days", over=30)


@pytest.mark.parametrize(
    ("expression", "text", "found"),
    [
        ("no later", "No\n  later", "No\n  later"),
        ("not liable", "cannot liable", None),
        ("liable ... loss", "liable for any loss of data", "liable for any loss"),
        ("liable ... loss", "liable to Acme, Inc. for loss", "liable to Acme, Inc. for loss"),
        ("liable ... loss", "liable. A loss", None),
        ("liable ... loss", "liable for glosses", None),
        ("liable ... loss", "liable " + "x " * 120 + "loss", None),
        ("in {number} days", "in sixty (60) days", "in sixty (60) days"),
        (r"a\ b", "a  b", None),
    ],
)
def test_text_pattern_matches_whole_words_in_one_sentence(expression: str, text: str, found: str | None) -> None:
    match = text_pattern(expression).search(text)
    assert (match and match[0]) == found


def test_text_pattern_raises_when_the_expression_is_wrong() -> None:
    with pytest.raises(re.error):
        text_pattern("a(b")


def test_assess_is_none_when_the_clause_does_not_speak_about_the_position() -> None:
    assert assess(position(NOTICE), "Payment", "Fees are due.") is None


def test_assess_takes_the_first_test_that_holds() -> None:
    soft = PositionTest(Outcome.FALLBACK, "Soft.", rank=2, matches=("notice",))
    result = assess(position(NOTICE, soft), "", "It needs notice of 60 days.")
    assert result is not None
    assert (result.outcome, result.rank, result.says) == (Outcome.DEVIATES, 0, "Long.")
    result = assess(position(NOTICE, soft), "", "It needs notice of 30 days.")
    assert result is not None
    assert (result.outcome, result.rank) == (Outcome.FALLBACK, 2)


@pytest.mark.parametrize("heading", ["", "Notice"])
def test_assess_is_not_assessed_when_no_test_decides(heading: str) -> None:
    text = "It is short. Notice must be written. That is all."
    result = assess(position(NOTICE), heading, text)
    assert result is not None
    assert result.outcome is Outcome.NOT_ASSESSED
    assert [span.of(text) for span in result.evidence] == ["Notice must be written."]


def test_assess_quotes_the_heading_when_only_the_heading_speaks() -> None:
    silent = position(headings=("renewal",), phrases=())
    text = "Renewal\nAs agreed."
    result = assess(silent, "Renewal", text)
    assert result is not None
    assert result.evidence[0].of(text).startswith("Renewal")
    result = assess(silent, "Term and renewal", "As agreed.")
    assert result is not None
    assert result.evidence == ()


def test_assess_prefers_words_of_the_body_to_those_of_the_heading() -> None:
    held = PositionTest(Outcome.PREFERRED, "Yes.", matches=("notice",))
    text = "3. Notice\nAny notice is written."
    result = assess(position(held), "Notice", text)
    assert result is not None
    assert [span.of(text) for span in result.evidence] == ["Any notice is written."]


def test_assess_quotes_the_words_alone_when_their_sentence_is_long() -> None:
    held = PositionTest(Outcome.PREFERRED, "Yes.", matches=("notice",))
    text = "so " * 200 + "notice " + "so " * 200
    result = assess(position(held), "", text)
    assert result is not None
    assert [span.of(text) for span in result.evidence] == ["notice"]


def test_evidence_joins_words_of_the_same_sentence_and_keeps_others_apart() -> None:
    test = PositionTest(Outcome.PREFERRED, "Yes.", matches=("written",), number="{number} days")
    assert test.evidence("It is written in 3 days.") == (TextSpan(0, 24),)
    text = "It takes 3 days. It is written."
    assert [span.of(text) for span in test.evidence(text) or ()] == ["It takes 3 days.", "It is written."]


@pytest.mark.parametrize(
    ("test", "holds"),
    [
        (PositionTest(Outcome.PREFERRED, "s", matches=("notice", "days")), True),
        (PositionTest(Outcome.PREFERRED, "s", matches=("notice", "months")), False),
        (PositionTest(Outcome.PREFERRED, "s", matches=("notice",), unless=("days",)), False),
        (PositionTest(Outcome.PREFERRED, "s", number="{number} months"), False),
        (PositionTest(Outcome.PREFERRED, "s", number="{number} days"), True),
        (PositionTest(Outcome.PREFERRED, "s", number="{number} days", over=119), True),
        (PositionTest(Outcome.PREFERRED, "s", number="{number} days", over=120), False),
        (PositionTest(Outcome.PREFERRED, "s", number="{number} days", under=121), True),
        (PositionTest(Outcome.PREFERRED, "s", number="{number} days", under=120), False),
        (PositionTest(Outcome.PREFERRED, "s", number=r"of (\w+)", under=999), False),
        (PositionTest(Outcome.PREFERRED, "s", number="{number} years|{number} days", under=121), True),
        (PositionTest(Outcome.PREFERRED, "s", number=r"about \w+ {number}"), False),
    ],
)
def test_position_test_holds_when_every_part_holds(test: PositionTest, holds: bool) -> None:
    assert (test.evidence("notice of about one hundred twenty days") is not None) is holds


def test_signals_find_headings_as_whole_words_and_phrases_in_their_order() -> None:
    signals = Signals(("term",), ("second", "first"))
    assert signals.in_heading("Term of contract") == "term"
    assert signals.in_heading("Termination") is None
    assert signals.in_text("first second") == TextSpan(6, 12)
    assert signals.in_text("third") is None


def test_choose_playbook_reads_the_title_before_the_text() -> None:
    nda = playbook("nda", Signals(("nda",), ("secret",)))
    services = playbook("services", Signals(("services",), ("work",)))
    assert choose_playbook((nda, services), "Services", "secret") is services
    assert choose_playbook((nda, services), "", "work and secret") is nda
    assert choose_playbook((nda, services), "", "x " * 2000 + "work") is None


def test_playbook_position_is_found_by_id() -> None:
    book = playbook("x", Signals())
    assert book.position("p") is book.positions[0]
    with pytest.raises(KeyError):
        book.position("q")


def test_least_change_is_the_number_as_it_is_printed() -> None:
    short = replace(NOTICE, instead="thirty (30)")
    text = "Notice. A notice of ninety (90) days is given."
    found = least_change(position(short), "Notice", text, Outcome.DEVIATES)
    assert found is not None
    assert (found[0].of(text), found[1]) == ("ninety (90)", "thirty (30)")
    plain = least_change(position(short), "", "A notice of 90 days (all told) is given.", Outcome.DEVIATES)
    assert plain is not None
    assert plain[0] == TextSpan(12, 14)


def test_least_change_without_a_number_is_the_words_that_were_found() -> None:
    test = PositionTest(Outcome.WALK_AWAY, "No notice.", matches=("without notice",), instead="on notice")
    text = "A party may leave without notice."
    found = least_change(position(test), "", text, Outcome.WALK_AWAY)
    assert found is not None
    assert (found[0].of(text), found[1]) == ("without notice", "on notice")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("A notice of ninety (90) days is given.", Outcome.WALK_AWAY),
        ("A notice of ten days is given.", Outcome.NOT_ASSESSED),
        ("Nothing.", Outcome.DEVIATES),
    ],
)
def test_least_change_is_not_known_where_the_tests_find_another_outcome(text: str, outcome: Outcome) -> None:
    assert least_change(position(replace(NOTICE, instead="30")), "", text, outcome) is None


def test_least_change_is_not_known_where_the_test_names_none() -> None:
    assert least_change(position(NOTICE), "", "A notice of ninety days is given.", Outcome.DEVIATES) is None
