"""Placeholders in place of words, and the words back in place of placeholders."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.citation import QuoteStatus
from reviewer.domain.identifiers import IdentifierKind
from reviewer.domain.line_ids import fence_line, line_tag, with_line_ids
from reviewer.domain.quote import QuoteGate
from reviewer.domain.redaction import ALL_KINDS, UNKNOWN, Redaction, RedactionChoice, RedactionRules

TEXT = (
    "Between ACME Corpo-\nration (“Acme”) and O’Brien Ltd, HRB 98765.\n\n"
    "Acme Corporation shall pay 1,000,000 EUR by 2 May 2024 to DE89 3704 0044 0532 0130 00 (info@acme.example).\n\n"
    "ACME CORPORATION shall not be liable; write to info@acme.example."
)
TERMS = ["Acme Corporation", "O'Brien", "98765", "Acme"]


def redaction(text: str = TEXT, terms: list[str] | None = None, *others: str) -> Redaction:
    return Redaction(RedactionRules.of(TERMS if terms is None else terms), text, others)


def whole(made: Redaction, text: str = TEXT) -> str:
    return made.of_span(TextSpan(0, len(text)))


def test_listed_words_and_identifiers_become_placeholders_and_nothing_else_changes() -> None:
    assert whole(redaction()) == (
        "Between [PARTY_1]\n (“[PARTY_3]”) and [PARTY_2] Ltd, HRB [NUMBER_1].\n\n"
        "[PARTY_1] shall pay 1,000,000 EUR by 2 May 2024 to [IBAN_1] ([EMAIL_1]).\n\n"
        "[PARTY_1] shall not be liable; write to [EMAIL_1]."
    )


def test_table_says_what_stands_for_what_and_how_often() -> None:
    made = redaction()
    assert [(row.name, row.kind, row.words, row.places) for row in made.table] == [
        ("[EMAIL_1]", "EMAIL", ("info@acme.example",), 2),
        ("[IBAN_1]", "IBAN", ("DE89 3704 0044 0532 0130 00",), 1),
        ("[NUMBER_1]", "NUMBER", ("98765",), 1),
        ("[PARTY_1]", "PARTY", ("ACME Corporation", "Acme Corporation", "ACME CORPORATION"), 3),
        ("[PARTY_2]", "PARTY", ("O’Brien",), 1),
        ("[PARTY_3]", "PARTY", ("Acme",), 1),
    ]
    assert made.counts == (("EMAIL", 2), ("IBAN", 1), ("NUMBER", 1), ("PARTY", 5))


def test_the_same_document_and_list_give_the_same_placeholders() -> None:
    assert redaction().table == redaction().table
    longer = redaction(TEXT, [*TERMS, "Between"])
    assert [row for row in longer.table if row.name != "[PARTY_4]"] == list(redaction().table)


def test_a_span_that_cuts_a_place_shows_none_of_it() -> None:
    made, start = redaction(), TEXT.index("Corpo")
    assert made.of_span(TextSpan(start, start + 4)) == "[PARTY_1]"
    assert made.of_span(TextSpan(0, start + 2)) == "Between [PARTY_1]"
    assert made.of_span(TextSpan(start, start + 16)) == "[PARTY_1]\n (“"
    assert made.of_span(TextSpan(3, 3)) == ""


def test_placeholders_that_the_document_holds_are_not_used() -> None:
    text = "Acme [PARTY_1] and Party 2 and party-3 and EMAIL_1 a@example.org"
    made = redaction(text, ["Acme"])
    assert whole(made, text).startswith("[PARTY_4] [PARTY_1] and")
    assert whole(made, text).endswith("[EMAIL_2]")
    assert made.restored("[PARTY_1] [PARTY_4]") == "[PARTY_1] Acme"


def test_title_and_file_name_have_the_same_placeholders() -> None:
    made = redaction(TEXT, None, "acme_corporation_v2.pdf", "by b@example.org")
    assert made.of_text("acme_corporation_v2.pdf") == "[PARTY_1]_v2.pdf"
    assert made.of_text("by b@example.org") == "by [EMAIL_2]"
    assert made.of_text("from nowhere@example.org") == f"from {UNKNOWN}"
    assert made.restored(UNKNOWN) == UNKNOWN


def test_words_that_overlap_are_one_place() -> None:
    text = "Acme Corp Holdings pays."
    assert whole(redaction(text, ["Acme Corp", "Corp Holdings"]), text) == "[PARTY_2] pays."
    assert whole(redaction(text, ["Corp", "Acme Corp Holdings"]), text) == "[PARTY_2] pays."
    assert whole(redaction(text, ["Acme Corp", "Acme Corp Holdings"]), text) == "[PARTY_2] pays."


@pytest.mark.parametrize(
    "said",
    ["[PARTY_2]", "[party_2]", "[PARTY_2", "PARTY_2]", "PARTY_2", "[Party 2]", "[PARTY-2]", "[PARTY2]", "［PARTY_2］",
     "[PARTY\\\\_2]", "Party 2]", "[ PARTY_2 ]", "【PARTY_2】"],
)  # fmt: skip
def test_a_placeholder_that_a_model_broke_is_put_back(said: str) -> None:
    assert redaction().restored(f'{{"quote": "and {said} Ltd"}}') == '{"quote": "and O’Brien Ltd"}'


@pytest.mark.parametrize("said", ["[PARTY_9]", "Party 2", "COUNTERPARTY_2", "[PART_2]", "PARTY_2x", "[1]"])
def test_what_is_no_placeholder_stays(said: str) -> None:
    assert redaction().restored(said) == said


def test_words_are_put_back_as_json() -> None:
    text = 'The "Big \\ House" pays.'
    made = redaction(text, ["Big \\ House"])
    assert json.loads(made.restored('{"quote": "The \\"[PARTY_1]\\" pays."}')) == {"quote": text}


def test_the_spelling_that_stands_there_is_put_back() -> None:
    made = redaction()
    for quote in (
        "ACME Corporation (“Acme”) and O’Brien Ltd",
        "Acme Corporation shall pay 1,000,000 EUR",
        "ACME CORPORATION shall not be liable; write to info@acme.example.",
    ):
        sent = made.of_text(quote)
        assert "[PARTY_1]" in sent
        back = json.loads(made.restored(json.dumps({"quote": sent})))["quote"]
        assert QuoteGate(TEXT).check(back).status is QuoteStatus.VERIFIED


def test_a_hyphen_of_the_words_own_stays() -> None:
    text = "by Rolls-\nRoyce plc"
    assert redaction(text, ["Rolls-Royce"]).table[0].words == ("Rolls-Royce",)


def test_only_the_kinds_that_are_wanted() -> None:
    text = "a@example.org DE89 3704 0044 0532 0130 00"
    rules = RedactionRules.of([], frozenset({IdentifierKind.IBAN}))
    assert Redaction(rules, text).of_text(text) == "a@example.org [IBAN_1]"


def test_a_choice_grows_and_never_shrinks() -> None:
    choice = RedactionChoice(terms=("Acme",))
    assert (choice.identity, choice.rules.kinds) == ([], ALL_KINDS)
    more = choice.with_list([" Beta ", "Acme"], is_on=True)
    assert (more.is_on, more.terms) == (True, ("Acme", "Beta"))
    assert more.with_list([], is_on=False) == more
    assert more.identity == [["Acme", "Beta"], True, False]
    assert RedactionChoice(patterns=False).rules.kinds == frozenset()


_WORDS = st.lists(st.sampled_from(["the", "fee", "Acme", "ACME", "Beta Ltd", "beta\nltd", "Be-\nta Ltd", "[PARTY_1]",
                                   "a@b.example", "1,000", "(", "“", "DE89370400440532013000", "shall", "\n\n"]),
                  min_size=1, max_size=30)  # fmt: skip


@given(words=_WORDS, data=st.data())
def test_nothing_listed_is_sent_and_all_of_it_comes_back(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    made = Redaction(RedactionRules.of(["Acme", "Beta Ltd"]), text)
    sent = made.of_span(TextSpan(0, len(text)))
    flat = "".join(filter(str.isalnum, sent)).lower()
    assert not any(each in flat for each in ("acme", "betaltd", "abexample", "de8937"))
    assert sent.count("\n") == text.count("\n")
    assert made.of_text(sent) == sent
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part = "".join(filter(str.isalnum, made.of_span(TextSpan(start, end)))).lower()
    assert "acme" not in part
    back = json.loads(made.restored(json.dumps(sent)))
    assert NormalizedWords(back) == NormalizedWords(text)


class NormalizedWords:
    """A text as it is compared here: letters and digits, in lower case."""

    def __init__(self, text: str) -> None:
        self.text = "".join(filter(str.isalnum, text)).lower()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NormalizedWords) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


@given(
    st.sampled_from(range(12)), st.sampled_from((1, 12, 99_999)), st.sampled_from(("a@example.org", "0221 555 0199"))
)
def test_fence_and_line_ids_are_never_taken_for_what_is_replaced(place: int, first: int, words: str) -> None:
    fence = f"{place * 2**119 + 7:032x}"
    message = f"{fence_line(fence)}\n{with_line_ids(words, fence, first)}\n{fence_line(fence)}"
    # Listed numbers that are the marks' own digits: the worst there is.
    redaction = Redaction(RedactionRules.of([line_tag(fence), f"{line_tag(fence)}{first}"]), words)
    sent = redaction.of_message(message, fence)
    assert sent == f"{fence_line(fence)}\n{with_line_ids(redaction.of_text(words), fence, first)}\n{fence_line(fence)}"
